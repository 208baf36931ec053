import { afterAll, expect, test } from 'vitest';
import { examples } from '#sql/functions/examples.ts';
import { findFunction } from '#sql/functions/table.ts';
import { ok } from '#shared/result.ts';
import { createEngine } from '../src/session/engine.ts';
import { testDatabase } from './duckdb/evaluate.ts';
import { runStatement } from './runStatement.ts';

const engine = createEngine({
  database: async () => ok(await testDatabase()),
  onProgress: () => undefined,
  storeByteLength: 1 << 24,
});
void engine.answers.openSession(
  { sessionId: 'examples', settings: {} },
  new AbortController().signal,
);
afterAll(() => engine.dispose());

test('each example of the help on functions gives what it says', async () => {
  const wrong: string[] = [];
  for (const [name, { call, result }] of examples) {
    if (!findFunction(name)) wrong.push(`${name} is no function`);
    const ran = await runStatement(engine, 'examples', `SELECT ${call}`);
    const shown = ran.ok ? ran.rows.join('\n') : ran.error.message;
    if (shown !== result) wrong.push(`${call} gives ${shown}, not ${result}`);
  }
  expect(wrong).toEqual([]);
});
