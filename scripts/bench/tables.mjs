// Rows of the benchmark for files and results that are looked at: a page at any place of a hundred million rows, what
// the index of a CSV file's records takes, sorting, and the wheel turned in the panels that show them.
import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { percentile } from './panelPage.mjs';
import { startEngine, timed } from './processes.mjs';
import { openPanels, scrollRows } from './tableScroll.mjs';

const pageRows = 256;
const places = 24;
const textOf = (rowCount) =>
  `SELECT id, id % 1000 AS k, concat('name ', id % 100000) AS name FROM range(${rowCount})`;
const byName = { orderBy: [{ column: 2, descending: true }], where: '', search: '' };

export async function rows({ root, quick }) {
  const folder = join(tmpdir(), 'strata-bench');
  mkdirSync(folder, { recursive: true });
  const rowCount = quick ? 1_000_000 : 100_000_000;
  const engine = startEngine(join(root, 'dist/engine.js'));
  await engine.call('openSession', { sessionId: 'bench', settings: {} });
  const read = {
    table: (range) => engine.call('readTable', { ...range, tableId: 'parquet' }),
    result: ({ start, count }) =>
      engine.call('readRows', { resultId: read.resultId, start, count }),
  };
  const panels = await openPanels(read);
  const turns = quick ? 60 : 400;
  try {
    const results = [];
    const csv = await makeNumbers(engine, folder, 'csv', rowCount);
    results.push(...(await csvRows(engine, csv, rowCount)));
    const parquet = await makeNumbers(engine, folder, 'parquet', rowCount);
    const opened = await openTable(engine, 'parquet', parquet);
    results.push(await pageRow(engine, 'parquet', opened, rowCount));
    const table = await panels.newTab();
    await table.evaluate((state) => globalThis.bench.mountTable(state), opened.value);
    const what = `${rowCount.toLocaleString('en-US')} rows`;
    results.push(...(await scrollRows(table, `a Parquet file of ${what}`, turns)));
    await table.close();
    results.push(...(await sortRows(engine)));
    await engine.call('closeTable', { tableId: 'parquet' });

    const { rows: kept, resultId, schema } = await resultRows(engine, rowCount);
    results.push(...kept);
    read.resultId = resultId;
    const result = await panels.newTab();
    await result.evaluate(
      ([fields, count]) => globalThis.bench.mountResult(fields, count),
      [schema, rowCount],
    );
    results.push(...(await scrollRows(result, `a result of ${what}`, turns)));
    results.push(await sortedResultRow(engine, resultId));
    return results;
  } finally {
    await panels.close();
    await engine.stop();
  }
}

/** Written by the engine itself, once. */
async function makeNumbers(engine, folder, format, rowCount) {
  const path = join(folder, `numbers-${rowCount}.${format}`);
  if (existsSync(path)) return path;
  const partial = `${path}.part`;
  const text = textOf(rowCount);
  await engine.call('exportQuery', { sessionId: 'bench', text, path: partial, format });
  renameSync(partial, path);
  return path;
}

function openTable(engine, format, path) {
  const view = { name: 'numbers', path, format };
  return timed(() => engine.call('openTable', { tableId: format, settings: {}, view }));
}

async function pagesOf(rowCount, page) {
  const times = [];
  for (let place = 0; place < places; place++) {
    const start = Math.floor((place / (places - 1)) * (rowCount - pageRows));
    const read = await timed(() => page(start));
    if (read.value.rowCount !== pageRows) throw new Error(`no page at row ${start}`);
    times.push(read.elapsedMs);
  }
  return times;
}

async function pageRow(engine, tableId, opened, rowCount) {
  const columns = { columnStart: 0, columnEnd: 3 };
  const times = await pagesOf(rowCount, (start) =>
    engine.call('readTable', { tableId, start, count: pageRows, ...columns }),
  );
  return {
    name: `a page of ${pageRows} rows, at ${places} places of ${rowCount.toLocaleString('en-US')} rows of ${tableId}`,
    unit: 'ms',
    ours: percentile(times, 0.5),
    note: `at its end ${times.at(-1).toFixed(0)} ms, worst ${Math.max(...times).toFixed(0)} ms, opened in ${opened.elapsedMs.toFixed(0)} ms`,
  };
}

async function csvRows(engine, path, rowCount) {
  const indexed = new Promise((resolve) => {
    engine.on('tableState', ({ tableId, state }) => {
      if (tableId === 'csv' && state.complete) resolve(performance.now());
    });
  });
  const began = performance.now();
  const opened = await openTable(engine, 'csv', path);
  const first = { tableId: 'csv', start: 0, count: pageRows, columnStart: 0, columnEnd: 3 };
  await engine.call('readTable', first);
  const shownMs = performance.now() - began;
  const indexedMs = (await indexed) - began;
  const pages = await pageRow(engine, 'csv', opened, rowCount);
  await engine.call('closeTable', { tableId: 'csv' });
  const megabytes = statSync(path).size / 1e6;
  return [
    {
      name: 'the records of a CSV file indexed',
      unit: 'MB/s',
      ours: (1000 * megabytes) / indexedMs,
      note: `${megabytes.toFixed(0)} MB in ${(indexedMs / 1000).toFixed(1)} s, while the types of all cells are read; first rows after ${shownMs.toFixed(0)} ms`,
    },
    pages,
  ];
}

/** The whole table sorted by a text, and a sort that is given up while it runs. */
async function sortRows(engine) {
  const told = [];
  engine.on('tableProgress', ({ percent }) => told.push({ percent, at: performance.now() }));
  const began = performance.now();
  const params = { tableId: 'parquet', arrangement: byName };
  const sorted = await timed(() => engine.call('arrangeTable', params));
  const times = [began, ...told.map(({ at }) => at), performance.now()];
  const silence = Math.max(...times.slice(1).map((time, index) => time - times[index]));
  const heard = told.length;

  const { id, reply } = engine.start('arrangeTable', params);
  const running = new Promise((resolve) => {
    engine.on('tableProgress', ({ percent }) => {
      if (percent > 0) resolve();
    });
  });
  const isRunning = await Promise.race([running.then(() => true), reply.then(() => false)]);
  const page = { tableId: 'parquet', start: 77_000, count: 1, columnStart: 0, columnEnd: 1 };
  const cancelled = await timed(() => {
    engine.cancel(id);
    return engine.call('readTable', page);
  });
  return [
    {
      name: 'that table sorted by a text',
      unit: 's',
      ours: sorted.elapsedMs / 1000,
      note: `${(sorted.value.byteLength / 2 ** 20).toFixed(0)} MiB on disk; progress told ${heard} times, at most ${silence.toFixed(0)} ms apart`,
    },
    {
      name: 'cancel a sort of it, and have a page read',
      unit: 'ms',
      ours: isRunning ? cancelled.elapsedMs : null,
      goal: '< 100 ms',
      note: isRunning ? 'while it runs' : 'it was done before it could be cancelled',
    },
  ];
}

/** A result that is kept whole while it is looked at: pages at any place of it, also while the rest is computed. */
async function resultRows(engine, rowCount) {
  const text = textOf(rowCount);
  const { resultId, schema } = await engine.call('runQuery', { sessionId: 'bench', text });
  const page = (start) => engine.call('readRows', { resultId, start, count: pageRows });
  await page(0);
  const during = [];
  let isKept = false;
  const keeping = timed(() => engine.call('keepResult', { resultId })).finally(() => {
    isKept = true;
  });
  while (!isKept) {
    during.push((await timed(() => page(0))).elapsedMs);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const kept = await keeping;
  const { rowCount: keptCount, byteLength, complete } = kept.value;
  const count = keptCount.toLocaleString('en-US');
  const times = await pagesOf(keptCount, page);
  return {
    resultId,
    schema,
    rows: [
      {
        name: `a page of ${pageRows} rows, at ${places} places of a result of ${count} rows`,
        unit: 'ms',
        ours: percentile(times, 0.5),
        note: `worst ${Math.max(...times).toFixed(0)} ms; while the rest is computed, worst ${Math.max(...during).toFixed(0)} ms`,
      },
      {
        name: 'all rows of that result computed and kept',
        unit: 's',
        ours: kept.elapsedMs / 1000,
        note: `${(keptCount / kept.elapsedMs / 1000).toFixed(2)} million rows a second, ${(byteLength / 2 ** 20).toFixed(0)} MiB on disk${complete ? '' : ', as far as the limit allows'}`,
      },
    ],
  };
}

async function sortedResultRow(engine, resultId) {
  const orderBy = [{ column: 1, descending: true }];
  const params = { resultId, arrangement: { ...byName, orderBy } };
  const sorted = await timed(() => engine.call('arrangeResult', params));
  return {
    name: 'that result sorted by a number, without running its query again',
    unit: 's',
    ours: sorted.elapsedMs / 1000,
    note: `${(sorted.value.state.byteLength / 2 ** 20).toFixed(0)} MiB on disk`,
  };
}
