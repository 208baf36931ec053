import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ok } from '#shared/result.ts';
import type { Engine } from '../../src/session/engine.ts';
import { createEngine } from '../../src/session/engine.ts';
import { testDatabase } from '../duckdb/evaluate.ts';
import { runStatement } from '../runStatement.ts';
import type { Expected } from './sparkCases.ts';
import { judge } from './sparkCases.ts';

/** What scripts/tpch.mjs makes; it needs a Python with pip, once. */
const folder = join(process.env.TPCH_DATA ?? join(homedir(), '.cache/strata/tpch-1.5.5'), 'sf0.01');
const answers = JSON.parse(
  readFileSync(
    fileURLToPath(new URL('../../../test-fixtures/spark/tpch/answers.json', import.meta.url)),
    'utf8',
  ),
) as readonly Omit<Expected, 'query'>[];
const tables = 'customer lineitem nation orders part partsupp region supplier'.split(' ');

describe.runIf(existsSync(folder))("TPC-H's queries give the rows that Spark gave", () => {
  const { signal } = new AbortController();
  const sessionId = 'tpch';
  let engine: Engine;
  let queries: readonly string[] = [];

  beforeAll(async () => {
    queries = JSON.parse(readFileSync(join(folder, 'queries.json'), 'utf8')) as string[];
    const database = await testDatabase();
    engine = createEngine({
      database: () => Promise.resolve(ok(database)),
      onProgress: () => undefined,
      storeByteLength: 2 ** 28,
    });
    const settings = { 'spark.sql.session.timeZone': 'UTC', 'spark.sql.ansi.enabled': 'true' };
    await engine.answers.openSession({ sessionId, settings }, signal);
    for (const name of tables) {
      const view = { name, path: join(folder, `${name}.parquet`) };
      await engine.answers.defineView({ sessionId, view }, signal);
    }
  });
  afterAll(() => {
    engine.dispose();
  });

  test.each(answers.map((answer, at) => [at + 1, answer] as const))(
    'query %i',
    async (number, answer) => {
      const query = queries[number - 1] ?? '';
      const { outcome, here, spark } = judge(
        { ...answer, query },
        await runStatement(engine, sessionId, query),
      );
      expect({ outcome, rows: here }).toEqual({
        outcome: 'equal',
        rows: outcome === 'equal' ? here : spark,
      });
    },
  );
});
