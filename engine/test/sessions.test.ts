/** The sessions of test-fixtures/sql/sessions; its README says what they look like. */
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { createEngine } from '../src/session/engine.ts';
import { testDatabase } from './duckdb/evaluate.ts';
import { runStatement } from './runStatement.ts';
import { ok } from '#shared/result.ts';

interface Step {
  readonly sql: string;
  readonly error: string;
  /** The schema and the rows; empty where nothing is answered. */
  readonly answer: readonly string[];
}

const folder = new URL('../../test-fixtures/sql/sessions/', import.meta.url);
const { signal } = new AbortController();

describe.each(readdirSync(folder).filter((name) => name.endsWith('.slt')))('%s', (name) => {
  const engine = createEngine({
    database: async () => ok(await testDatabase()),
    onProgress: () => undefined,
    storeByteLength: 1 << 24,
  });
  void engine.answers.openSession({ sessionId: name, settings: {} }, signal);
  afterAll(() => engine.dispose());

  // One test a session: its statements hang on each other.
  test('answers as Spark does', async () => {
    for (const step of stepsOf(readFileSync(new URL(name, folder), 'utf8'))) {
      const ran = await runStatement(engine, name, step.sql);
      const answer = ran.ok
        ? [
            ran.schema.map((field) => `${field.name}: ${field.type}`).join(', '),
            ...ran.rows.flatMap((row) => row.split('\n')),
          ]
        : [`error ${ran.error.class}`, ran.error.message];
      const expected = step.error === '' ? step.answer : [`error ${step.error}`];
      const shown = step.error === '' ? answer.filter((line) => line !== '') : answer.slice(0, 1);
      expect(shown, `${step.sql}\n${answer.join('\n')}`).toEqual(expected);
    }
  });
});

function stepsOf(text: string): readonly Step[] {
  return text.split(/\n\n+/).flatMap((block) => {
    const lines = block.split('\n').filter((line) => line !== '');
    while (lines[0]?.startsWith('#') === true) lines.shift();
    if (lines.length === 0) return [];
    const error = /^error (\S+)$/.exec(lines[0] ?? '')?.[1] ?? '';
    const body = error === '' ? lines : lines.slice(1);
    const at = body.indexOf('----');
    const sql = (at < 0 ? body : body.slice(0, at)).join('\n');
    return [{ sql, error, answer: at < 0 ? [] : body.slice(at + 1) }];
  });
}
