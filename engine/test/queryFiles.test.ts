/** The rows of test-fixtures/sql; the front end's own tests hold names, types and the analyzer's errors. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sqlFixtures } from '../../sql/test/sqlFixture.ts';
import type { Database } from '../src/duckdb/native.ts';
import type { Engine } from '../src/session/engine.ts';
import { createEngine } from '../src/session/engine.ts';
import { testDatabase } from './duckdb/evaluate.ts';
import { runStatement } from './runStatement.ts';
import { ok } from '#shared/result.ts';

const root = join(import.meta.dirname, '../..');
const { signal } = new AbortController();
let database: Database;

beforeAll(async () => {
  database = await testDatabase();
});

describe.each(sqlFixtures())('$name', ({ name, settings, tables, expectations }) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = createEngine({
      database: () => Promise.resolve(ok(database)),
      onProgress: () => undefined,
      storeByteLength: 1 << 24,
    });
    await engine.answers.openSession({ sessionId: name, settings }, signal);
    for (const table of tables) {
      const { path } = table.source;
      const view = { name: table.name, path: join(root, path) };
      const defined = await engine.answers.defineView({ sessionId: name, view }, signal);
      expect(defined.ok).toBe(true);
    }
  });
  afterAll(() => engine.dispose());

  test.each(expectations)('$kind $condition: $sql', async (expected) => {
    const ran = await runStatement(engine, name, expected.sql);
    if (expected.kind !== 'query') {
      expect(ran.ok ? 'rows' : ran.error.class).toBe(expected.condition);
      return;
    }
    if (!ran.ok) throw new Error(ran.error.message);
    const order = (rows: readonly string[]) => (expected.ordered ? rows : rows.toSorted());
    expect(order(ran.rows)).toEqual(order(expected.rows));
  });
});
