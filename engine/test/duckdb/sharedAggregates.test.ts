/** A query that is read twice is computed once, and what only looks like it is not taken for it. */
import { afterAll, expect, test } from 'vitest';
import { ok } from '#shared/result.ts';
import { ownQueries } from '../../src/duckdb/sourceReader.ts';
import { createEngine } from '../../src/session/engine.ts';
import { Session } from '../../src/session/session.ts';
import { createSourceCache } from '../../src/sources/openSource.ts';
import { runStatement } from '../runStatement.ts';
import { testDatabase } from './evaluate.ts';

const { signal } = new AbortController();
const sessionId = 'shared';
const engine = createEngine({
  database: async () => ok(await testDatabase()),
  onProgress: () => undefined,
  storeByteLength: 1 << 24,
});
void engine.answers.openSession({ sessionId, settings: {} }, signal);
afterAll(() => engine.dispose());

async function lowered(query: string): Promise<string> {
  const session = new Session(sessionId, {}, createSourceCache());
  const reader = ownQueries(await testDatabase(), signal);
  const prepared = await session.prepare(query, { sample: false }, reader);
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.error));
  return prepared.value.lowered.sql;
}

const rows = "VALUES ('c1', 1), ('c1', 5), ('c2', 7), (NULL, 2) AS t(k, v)";
const sums = `WITH s AS (SELECT k, sum(v) AS total, count(*) AS n FROM ${rows} GROUP BY k)`;

test.each([
  [1, `${sums} SELECT k FROM s WHERE total = (SELECT max(total) FROM s)`, 'c2'],
  [1, `${sums} SELECT a.k, b.n FROM s a JOIN s b ON a.total = b.total + 1 ORDER BY 1`, 'c2\t2'],
  [
    1,
    `${sums}, m AS (SELECT n, max(total) AS most FROM s GROUP BY n) SELECT x.most, y.n FROM m x JOIN m y ON x.n < y.n JOIN s ON s.n = x.n ORDER BY 1, 2`,
    '7\t2 7\t2',
  ],
  [
    0,
    `SELECT (SELECT sum(v) FROM ${rows} WHERE k = 'c1'), (SELECT sum(v) FROM ${rows} WHERE k = 'c2')`,
    '6\t7',
  ],
  [
    0,
    `SELECT v, (SELECT count(*) FROM ${rows} WHERE t.v < u.v), (SELECT count(*) FROM ${rows} WHERE t.v < u.w) FROM VALUES (3, 6) AS u(v, w)`,
    '3\t2\t3',
  ],
])('%i of %s', async (count, query, expected) => {
  expect((await lowered(query)).match(/AS MATERIALIZED/g) ?? []).toHaveLength(count);
  const ran = await runStatement(engine, sessionId, query);
  expect(ran.ok ? ran.rows.join(' ') : ran.error.message).toBe(expected);
});
