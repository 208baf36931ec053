/** A rule changes what a query costs, never its rows: the statements of each rule's fixture run with it and without. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ok } from '#shared/result.ts';
import { createEngine } from '../src/session/engine.ts';
import { testDatabase } from './duckdb/evaluate.ts';
import { runStatement } from './runStatement.ts';

const fixtures = fileURLToPath(new URL('../../test-fixtures/plans', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'strata-rules-'));
const { signal } = new AbortController();
const engine = createEngine({
  database: async () => ok(await testDatabase()),
  onProgress: () => undefined,
  storeByteLength: 2 ** 24,
});
const views = { orders: join(folder, 'orders.csv'), customers: join(folder, 'customers.parquet') };

beforeAll(async () => {
  writeFileSync(
    views.orders,
    `id,customer_id,amount,day,status
1,1,12.5,2024-01-01,paid
2,1,10,2023-12-31,open
3,2,20,2024-02-29,paid
4,,-5,2024-02-29,
5,9,,2024-03-01,50%
6,3,1e10,,lost
7,3,15,2024-03-02,void
`,
  );
  await openSession('make', '');
  const made = await runStatement(
    engine,
    'make',
    `INSERT OVERWRITE DIRECTORY '${views.customers}' USING parquet SELECT * FROM VALUES
      (1, 'Ann', 'NL', 10000000000L), (2, 'Bob', NULL, 5L), (3, 'Cyd', 'NL', NULL), (4, NULL, 'BE', 7L)
      AS t (id, name, country, big)`,
  );
  if (!made.ok) throw new Error(made.error.message);
});
afterAll(() => {
  engine.dispose();
  rmSync(folder, { recursive: true, force: true });
});

async function openSession(sessionId: string, excluded: string): Promise<void> {
  const settings = {
    'spark.sql.ansi.enabled': 'true',
    ...(excluded === '' ? {} : { 'spark.sql.optimizer.excludedRules': excluded }),
  };
  await engine.answers.openSession({ sessionId, settings }, signal);
  for (const [name, path] of Object.entries(views)) {
    const format = path.endsWith('.csv') ? 'csv' : 'parquet';
    await engine.answers.defineView({ sessionId, view: { name, path, format } }, signal);
  }
}

const names = readdirSync(fixtures).flatMap((name) =>
  name.endsWith('.sql') ? [name.slice(0, -'.sql'.length)] : [],
);

describe.each(names)('%s', (fixture) => {
  const rule = fixture.charAt(0).toUpperCase() + fixture.slice(1);
  const statements = readFileSync(join(fixtures, `${fixture}.sql`), 'utf8')
    .trim()
    .split(/\n\s*\n/)
    .map((block) => block.replace(/^--.*\n/, ''));

  test('the rows are the same without it', async () => {
    await openSession(`with ${rule}`, '');
    await openSession(`without ${rule}`, `org.apache.spark.sql.catalyst.optimizer.${rule}`);
    for (const text of statements) {
      const [one, other] = await Promise.all(
        ['with', 'without'].map((word) => runStatement(engine, `${word} ${rule}`, text)),
      );
      expect(comparable(other), text).toEqual(comparable(one));
    }
  });
});

test('the setting is heeded', async () => {
  await openSession('heeded', 'org.apache.spark.sql.catalyst.optimizer.ConstantFolding');
  const ran = await runStatement(engine, 'heeded', 'EXPLAIN SELECT 1 + 1 AS two');
  expect(ran.ok && ran.rows.join('\n')).toContain('(1 + 1) AS two');
});

/** What was not asked to be in an order may come in any. */
function comparable(ran: Awaited<ReturnType<typeof runStatement>> | undefined): unknown {
  if (ran?.ok !== true) return ran?.error.class;
  return { schema: ran.schema, rows: [...ran.rows].sort() };
}
