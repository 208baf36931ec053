import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EngineProcess } from '#client/engineProcess.ts';
import { dataStamp } from '#client/data/dataStamp.ts';
import { Statistics } from '#client/data/statistics.ts';
import { StatisticsFile } from '#client/data/statisticsFile.ts';
import type { Field } from '#shared/protocol/engine.ts';
import { fail, ok } from '#shared/result.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strata-statistics-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const fields: readonly Field[] = ['id', 'city'].map((name) => ({
  name,
  type: 'string',
  nullable: true,
}));

/** A window on the workspace; `asked` are the columns that its engine was asked for, and "city" may fail. */
function openWindow({ failsAt = '' } = {}) {
  const asked: string[] = [];
  const call = (_: string, { column }: { column: string }) => {
    asked.push(column);
    const counts = { rowCount: 3, nullCount: 0, distinctCount: 2, isDistinctEstimated: false };
    return Promise.resolve(column === failsAt ? fail({ kind: 'cancelled' }) : ok(counts));
  };
  const engine = { ready: () => Promise.resolve(ok({ call })) } as unknown as EngineProcess;
  const store = new StatisticsFile(join(folder, 'kept', 'statistics.json'));
  const statistics = new Statistics(
    () => Promise.resolve(engine),
    () => ({}),
    store,
  );
  return { asked, statistics };
}

function dataFile(text: string) {
  const path = join(folder, 'cities.csv');
  writeFileSync(path, text);
  return { name: 'cities', path };
}

const measure = (
  { statistics }: ReturnType<typeof openWindow>,
  view: { name: string; path: string },
) => statistics.measure(view, fields, new AbortController().signal, () => undefined);

test('what was measured is known in the next window, under any name, and not measured again', async () => {
  const view = dataFile('id,city\n1,Oslo\n');
  const first = openWindow();
  await measure(first, view);
  expect(first.asked).toEqual(['id', 'city']);

  const second = openWindow();
  await second.statistics.ready();
  const stamp = await dataStamp(view.path);
  const renamed = { ...view, name: 'towns' };
  expect(second.statistics.known(renamed, stamp, 'city')).toMatchObject({ distinctCount: 2 });
  expect(second.statistics.rowCount(renamed, stamp)).toBe(3);
  await measure(second, view);
  expect(second.asked).toEqual([]);
});

test('of a file that changed nothing is known, and what is measured takes its place', async () => {
  const view = dataFile('id,city\n1,Oslo\n');
  await measure(openWindow(), view);
  dataFile('id,city\n1,Oslo\n2,Porto\n');
  const second = openWindow();
  await second.statistics.ready();
  const stamp = await dataStamp(view.path);
  expect(second.statistics.known(view, stamp, 'city')).toBeUndefined();
  expect(second.statistics.rowCount(view, stamp)).toBeUndefined();
  await measure(second, view);
  expect(second.asked).toEqual(['id', 'city']);
  const kept = await new StatisticsFile(join(folder, 'kept', 'statistics.json')).read();
  expect(kept.map(({ column, stamp: each }) => [column, each])).toEqual([
    ['id', stamp],
    ['city', stamp],
  ]);
});

test('the columns that were done before a cancel are kept', async () => {
  const view = dataFile('id,city\n1,Oslo\n');
  expect(await measure(openWindow({ failsAt: 'city' }), view)).toMatchObject({ ok: false });
  const second = openWindow();
  await measure(second, view);
  expect(second.asked).toEqual(['city']);
});

test('a file that says something else is no statistics', async () => {
  const view = dataFile('id\n1\n');
  await measure(openWindow(), view);
  const path = join(folder, 'kept', 'statistics.json');
  const good = readFileSync(path, 'utf8');
  for (const text of [
    '{',
    'null',
    '[]',
    '{"version":1,"columns":[null,{"view":{},"profile":{}}]}',
    good.replace('"version":1', '"version":0'),
    good.replaceAll('"rowCount":3', '"rowCount":"3"'),
  ]) {
    writeFileSync(path, text);
    expect(await new StatisticsFile(path).read(), text).toEqual([]);
  }
});
