/** Decimal arithmetic in 64 bits, where a file says that its values are small enough, and exact wherever they are not. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ok } from '#shared/result.ts';
import { ownQueries } from '../../src/duckdb/sourceReader.ts';
import { createEngine } from '../../src/session/engine.ts';
import { Session } from '../../src/session/session.ts';
import { createSourceCache } from '../../src/sources/openSource.ts';
import { runStatement } from '../runStatement.ts';
import { testDatabase } from './evaluate.ts';

const folder = mkdtempSync(join(tmpdir(), 'strata-narrow-'));
const { signal } = new AbortController();
const sessionId = 'narrow';
const engine = createEngine({
  database: async () => ok(await testDatabase()),
  onProgress: () => undefined,
  storeByteLength: 1 << 24,
});
const session = new Session(sessionId, {}, createSourceCache());

const small = '(1.50, 10), (-2.25, -3), (99999.99, 7), (NULL, 1)';
const large = '(9999999999999.99, 2000000000), (-9999999999999.99, -2000000000)';

beforeAll(async () => {
  const database = await testDatabase();
  await engine.answers.openSession({ sessionId, settings: {} }, signal);
  for (const [name, rows] of [
    ['small', small],
    ['large', large],
  ] as const) {
    const path = join(folder, `${name}.parquet`);
    await ownQueries(database, signal).rows(
      `COPY (SELECT x::DECIMAL(15, 2) AS x, n::INTEGER AS n FROM (VALUES ${rows}) AS t(x, n)) TO '${path}' (FORMAT parquet)`,
    );
    await engine.answers.defineView({ sessionId, view: { name, path } }, signal);
    await session.defineView({ name, path }, ownQueries(database, signal), false);
  }
});
afterAll(() => {
  engine.dispose();
  rmSync(folder, { recursive: true, force: true });
});

async function lowered(query: string): Promise<string> {
  const reader = ownQueries(await testDatabase(), signal);
  const prepared = await session.prepare(query, { sample: false }, reader);
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.error));
  return prepared.value.lowered.sql;
}

// Wide arithmetic widens one of its operands first.
const widened = 'AS DECIMAL(19, ';

test.each([
  'SELECT sum(x * (1 - x)) FROM small',
  'SELECT avg(x * n) FROM small',
  'SELECT sum(CASE WHEN n > 1 THEN x * x ELSE 0 END) FROM small',
  'SELECT x * n - x * x FROM small',
  'SELECT sum(y * y) FROM (SELECT x AS y, n FROM small) WHERE n > 0',
])('in 64 bits: %s', async (query) => {
  expect(await lowered(query)).not.toContain(widened);
  expect(await lowered(query.replace('small', 'large'))).toContain(widened);
});

test.each([
  ['SELECT sum(x * (1 - x)) FROM small', '-9999898008.0726'],
  ['SELECT sum(x * x * (1 + x)) FROM small', '1000009699998029.296974'],
  ['SELECT avg(x * n) FROM small', '233340.560000'],
  ['SELECT max(x * n - x * x) FROM small', '12.7500'],
  ['SELECT x * n AS p FROM small WHERE n = 7', '699999.93'],
  [
    'SELECT x * x, count(*) FROM small WHERE n > 0 AND n < 10 GROUP BY x * x ORDER BY 1',
    'NULL\t1 9999998000.0001\t1',
  ],
  ['SELECT x * x + 1, count(*) FROM small WHERE n = 10 GROUP BY x * x', '3.2500\t1'],
  ['SELECT sum(x * (1 - x)) FROM large', '-199999999999999600000000000.0002'],
  ['SELECT sum(x * n) FROM large', '39999999999999960000000.00'],
  ['SELECT sum(l.x * s.x) FROM large l JOIN small s ON l.n > s.n', '999992399999999000.0076'],
])('%s', async (query, expected) => {
  const ran = await runStatement(engine, sessionId, query);
  expect(ran.ok ? ran.rows.join(' ') : ran.error.message).toBe(expected);
});

test('an overflow beyond 38 digits is an error still', async () => {
  const ran = await runStatement(engine, sessionId, 'SELECT sum(x * x * x * x) FROM large');
  expect(ran.ok ? ran.rows : ran.error.class).toMatch(
    /NUMERIC_VALUE_OUT_OF_RANGE|UNSUPPORTED_DECIMAL_PRECISION/,
  );
});
