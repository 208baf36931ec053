/** Results on disk: the rows that were seen are those that are sorted, filtered, written, and found by a later process. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { unarranged, type Arrangement } from '#shared/protocol/arrangement.ts';
import type { EngineEvents } from '#shared/protocol/engine.ts';
import { decodePage, hiveText } from '#shared/protocol/resultRows.ts';
import type { EngineProcess } from './engineProcess.ts';
import { startEngineProcess } from './engineProcess.ts';

let folder: string;
const engines: EngineProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strata-results-'));
});
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.stop();
  rmSync(folder, { recursive: true, force: true });
});

const kept = () => join(folder, 'kept');

async function start(
  env: Readonly<Record<string, string>> = {},
  onState?: (state: EngineEvents['resultState']) => void,
) {
  const engine = startEngineProcess({
    env: { STRATA_TEMP: folder, STRATA_RESULTS: kept(), ...env },
    ...(onState ? { onResultState: onState } : {}),
  });
  engines.push(engine);
  const { call } = engine;
  await call('openSession', { sessionId: 's', settings: {} });
  const run = async (text: string) => {
    const started = await call('runQuery', { sessionId: 's', text });
    if (!started.ok) throw new Error(JSON.stringify(started.error));
    return started.value;
  };
  const rows = async (resultId: number, start = 0, count = 100) => {
    const page = await call('readRows', { resultId, start, count });
    if (!page.ok) throw new Error(JSON.stringify(page.error));
    const { rows: cells, columns, timeZone } = decodePage(page.value.arrow);
    return cells.map((row) => hiveText(row, columns, timeZone));
  };
  const arrange = async (resultId: number, change: Partial<Arrangement>) => {
    const arrangement = { ...unarranged, ...change };
    const reply = await call('arrangeResult', { resultId, arrangement });
    if (!reply.ok) throw new Error(JSON.stringify(reply.error));
    return reply.value;
  };
  return { engine, call, run, rows, arrange };
}

const everyType = `SELECT id, CASE WHEN id % 7 = 0 THEN NULL ELSE id * 1.25D END AS d, CAST(id AS decimal(38, 4)) AS big,
  concat('row ', id) AS text, CAST(concat('b', id) AS binary) AS bin, DATE'2024-01-01' + CAST(id AS int) AS day,
  TIMESTAMP'2024-03-10 12:00:00.123456' AS at, INTERVAL '3' MONTH AS months, INTERVAL '1 02:03:04.000005' DAY TO SECOND AS span,
  make_interval(1, 2, 0, 3, 0, 0, 4.000005) AS calendar, array(make_interval(0, 1), NULL) AS spans,
  array(id, NULL) AS list, map('k', id) AS m, named_struct('a', id, 'b', named_struct('a', 'x')) AS s, NULL AS nothing,
  id % 2 = 0 AS even, CAST('NaN' AS float) AS f`;

describe('a result', () => {
  test('reads the same from memory and from disk, in all types', async () => {
    const { call, run, rows } = await start();
    const { resultId } = await run(`${everyType} FROM range(50)`);
    const before = await rows(resultId);
    expect(before).toHaveLength(50);
    expect((await call('keepResult', { resultId })).ok).toBe(true);
    expect(await rows(resultId)).toEqual(before);
    expect(await rows(resultId, 48, 10)).toEqual(before.slice(48));
  });

  test('is sorted and filtered as it was seen, and not by its query once more', async () => {
    const { run, rows, arrange } = await start();
    const { resultId } = await run('SELECT id, rand() AS r FROM range(5000)');
    const seen = await rows(resultId, 0, 5000);
    const sorted = await arrange(resultId, { orderBy: [{ column: 1, descending: true }] });
    expect(sorted.state).toMatchObject({ rowCount: 5000, complete: true });
    const again = await rows(sorted.resultId, 0, 5000);
    expect(again).not.toEqual(seen);
    expect([...again].sort()).toEqual([...seen].sort());
    const few = await arrange(resultId, { where: 'id < 3' });
    expect(await rows(few.resultId)).toEqual(seen.slice(0, 3));
  });

  test('sorts nulls and what is not a number as Spark does', async () => {
    const { run, rows, arrange } = await start();
    const { resultId } = await run(
      "SELECT * FROM VALUES (1D), (NULL), (CAST('NaN' AS double)), (-1D), (CAST('Infinity' AS double)) AS t(d)",
    );
    const up = await arrange(resultId, { orderBy: [{ column: 0, descending: false }] });
    expect(await rows(up.resultId)).toEqual(['NULL', '-1.0', '1.0', 'Infinity', 'NaN']);
    const down = await arrange(resultId, { orderBy: [{ column: 0, descending: true }] });
    expect(await rows(down.resultId)).toEqual(['NaN', 'Infinity', '1.0', '-1.0', 'NULL']);
  });

  test('with two columns of one name is sorted by either, and searched', async () => {
    const { call, run, rows, arrange } = await start();
    const { resultId } = await run('SELECT id AS a, 9 - id AS a FROM range(10)');
    const sorted = await arrange(resultId, { orderBy: [{ column: 1, descending: false }] });
    expect((await rows(sorted.resultId))[0]).toBe('9\t0');
    const found = await arrange(resultId, { search: '9' });
    expect(await rows(found.resultId)).toEqual(['0\t9', '9\t0']);
    const arrangement = { ...unarranged, where: '1 = a' };
    expect(await call('arrangeResult', { resultId, arrangement })).toMatchObject({
      ok: false,
      error: { class: 'AMBIGUOUS_REFERENCE', start: 4, end: 5 },
    });
  });

  test('that grows past what is held in memory is read at any place', async () => {
    const states: EngineEvents['resultState'][] = [];
    const { call, run, rows } = await start({}, (state) => states.push(state));
    const { resultId } = await run('SELECT id, id * 3 AS triple FROM range(1200000)');
    const whole = await call('keepResult', { resultId });
    expect(whole).toMatchObject({ ok: true, value: { rowCount: 1_200_000, complete: true } });
    expect(await rows(resultId, 1_199_999, 5)).toEqual(['1199999\t3599997']);
    expect(await rows(resultId, 491_518, 4)).toEqual(
      [491_518, 491_519, 491_520, 491_521].map((id) => `${id}\t${3 * id}`),
    );
    expect(states.at(-1)).toMatchObject({ resultId, rowCount: 1_200_000, complete: true });
  });

  test('is written as it was seen', async () => {
    const { call, run, rows } = await start();
    const { resultId } = await run('SELECT rand() AS r FROM range(3)');
    const seen = await rows(resultId);
    const path = join(folder, 'seen.parquet');
    expect(await call('exportResult', { resultId, path, format: 'parquet' })).toEqual({
      ok: true,
      value: { rowCount: 3 },
    });
    const again = await run(`SELECT * FROM parquet.\`${path}\``);
    expect(await rows(again.resultId)).toEqual(seen);
  });
});

describe('what is kept', () => {
  test('is found by a later process with its types, and can be arranged there', async () => {
    const first = await start();
    const { resultId, keptId = '' } = await first.run(`${everyType} FROM range(40)`);
    const seen = await first.rows(resultId);
    await first.call('keepResult', { resultId });
    await first.engine.stop();
    const second = await start();
    const found = await second.call('openResult', { sessionId: 's', keptId });
    if (!found.ok) throw new Error(JSON.stringify(found.error));
    expect(found.value.state).toMatchObject({ rowCount: 40, complete: true });
    expect(await second.rows(found.value.resultId)).toEqual(seen);
    const { resultId: sorted } = await second.arrange(found.value.resultId, {
      orderBy: [{ column: 0, descending: true }],
    });
    expect(await second.rows(sorted)).toEqual([...seen].reverse());
  });

  test('outlives a process that is killed', async () => {
    const first = await start();
    const { resultId, keptId = '' } = await first.run('SELECT id FROM range(10)');
    await first.call('keepResult', { resultId });
    first.engine.child.kill('SIGKILL');
    await first.engine.stop();
    const second = await start();
    const found = await second.call('openResult', { sessionId: 's', keptId });
    expect(found).toMatchObject({ ok: true, value: { state: { rowCount: 10 } } });
  });

  test('is gone when its result is closed', async () => {
    const { call, run } = await start();
    const { resultId, keptId = '' } = await run('SELECT id FROM range(10)');
    await call('keepResult', { resultId });
    expect(readdirSync(kept())).toEqual([keptId]);
    await call('closeResult', { resultId });
    expect(await call('openResult', { sessionId: 's', keptId })).toMatchObject({ ok: false });
  });

  test('leaves room for other results', async () => {
    const { call, run, rows } = await start({ STRATA_RESULT_STORE_MIB: '8' });
    const text =
      'SELECT id, sha2(CAST(id AS string), 256) AS hash, sha2(CAST(-id AS string), 256) AS other FROM range(200000)';
    const { resultId } = await run(text);
    const some = await call('keepResult', { resultId });
    expect(some).toMatchObject({ ok: true, value: { complete: false } });
    const next = await run('SELECT 1 AS one');
    expect(await rows(next.resultId)).toEqual(['1']);
    expect((await call('keepResult', { resultId: next.resultId })).ok).toBe(true);
  });

  test.each(['../escape', '', 'nothing-of-that-name'])('does not open %j', async (keptId) => {
    const { call } = await start();
    expect(await call('openResult', { sessionId: 's', keptId })).toMatchObject({
      ok: false,
      error: { kind: 'gone' },
    });
  });
});
