import { afterAll, expect, test } from 'vitest';
import { ok } from '#shared/result.ts';
import { createEngine } from '../src/session/engine.ts';
import { testDatabase } from './duckdb/evaluate.ts';
import { runStatement } from './runStatement.ts';

const engine = createEngine({
  database: async () => ok(await testDatabase()),
  onProgress: () => undefined,
  storeByteLength: 1 << 24,
});
void engine.answers.openSession({ sessionId: 'in', settings: {} }, new AbortController().signal);
afterAll(() => engine.dispose());

const list = '(SELECT y FROM VALUES (1), (NULL) AS u(y))';

// What Spark 4.0 answers: where nulls leave IN of a query open, it and its opposite are false.
test.each([
  [`SELECT x IN ${list} FROM VALUES (1), (2), (NULL) AS t(x)`, 'true false false'],
  [`SELECT x NOT IN ${list} FROM VALUES (1), (2), (NULL) AS t(x)`, 'false false false'],
  [`SELECT (x IN ${list}) IS NULL FROM VALUES (2) AS t(x)`, 'false'],
  [`SELECT x FROM VALUES (1), (2) AS t(x) WHERE x NOT IN ${list}`, ''],
  [
    `SELECT x, z FROM VALUES (1), (2) AS t(x) LEFT JOIN VALUES (1) AS v(z) ON x = z AND x NOT IN ${list} ORDER BY x`,
    '1\tNULL 2\tNULL',
  ],
  [
    `SELECT x, z FROM VALUES (1) AS t(x) LEFT JOIN VALUES (1) AS v(z) ON x = z AND NOT EXISTS (SELECT 1 WHERE x = 2)`,
    '1\t1',
  ],
])('%s', async (query, expected) => {
  const ran = await runStatement(engine, 'in', query);
  expect(ran.ok ? ran.rows.join(' ') : ran.error.message).toBe(expected);
});
