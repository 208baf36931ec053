/** A row that can't be computed after many that can: DuckDB's C API ends such a stream as if it were whole. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EngineProcess } from './engineProcess.ts';
import { startEngineProcess } from './engineProcess.ts';

let folder: string;
let engine: EngineProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'strata-late-'));
  engine = startEngineProcess({ env: { STRATA_TEMP: folder } });
  await engine.call('openSession', { sessionId: 's', settings: {} });
});
afterAll(async () => {
  await engine.stop();
  rmSync(folder, { recursive: true, force: true });
});

const LATE = 250_000;
const ALL = 300_000;

test.each([
  ['a division', `SELECT id, 1 / (id - ${LATE}) AS q FROM range(${ALL})`, 'DIVIDE_BY_ZERO'],
  [
    'a cast that does not fit',
    `SELECT CAST(if(id = ${LATE}, 1000, 1) AS TINYINT) FROM range(${ALL})`,
    'CAST_OVERFLOW',
  ],
  [
    'a text that is no number',
    `SELECT CAST(if(id = ${LATE}, 'x', '1') AS INT) FROM range(${ALL})`,
    'CAST_INVALID_INPUT',
  ],
  [
    'a function of ours',
    `SELECT raise_error(concat('at ', id)) FROM range(${ALL}) WHERE id = ${LATE} OR soundex(CAST(id AS STRING)) IS NULL`,
    'USER_RAISED_EXCEPTION',
  ],
  [
    'a column whose type is a map',
    `SELECT map(id, 1 / (id - ${LATE})) AS m, named_struct('a', array(id)) AS s FROM range(${ALL})`,
    'DIVIDE_BY_ZERO',
  ],
])('%s fails with what went wrong, whatever came before', async (_name, text, errorClass) => {
  const started = await engine.call('runQuery', { sessionId: 's', text });
  // An error in the rows that DuckDB computes before the first is one of the query.
  const reply = started.ok
    ? await engine.call('keepResult', { resultId: started.value.resultId })
    : started;
  expect(reply).toMatchObject({ ok: false, error: { kind: 'spark', class: errorClass } });
});

test('the rows before it can be read', async () => {
  const text = `SELECT id, 1 / (id - ${LATE}) AS q FROM range(${ALL})`;
  const started = await engine.call('runQuery', { sessionId: 's', text });
  if (!started.ok) throw new Error(JSON.stringify(started.error));
  const { resultId } = started.value;
  expect(await engine.call('readRows', { resultId, start: 0, count: 10 })).toMatchObject({
    ok: true,
    value: { rowCount: 10, complete: false },
  });
  expect(await engine.call('readRows', { resultId, start: ALL - 1, count: 10 })).toMatchObject({
    ok: false,
    error: { class: 'DIVIDE_BY_ZERO' },
  });
});
