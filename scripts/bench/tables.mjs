// Rows of the benchmark for files that are looked at: a page at any place of a file of a hundred million rows, and
// what the index of a CSV file's records takes.
import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine, timed } from './processes.mjs';

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const pageRows = 256;
const places = 24;

/** Written by the engine itself, once. */
async function makeNumbers(engine, path, format, rowCount) {
  if (existsSync(path)) return;
  const text = `SELECT id, id % 1000 AS k, concat('name ', id % 100000) AS name FROM range(${rowCount})`;
  const partial = `${path}.part`;
  await engine.call('exportQuery', { sessionId: 'bench', text, path: partial, format });
  renameSync(partial, path);
}

async function pagesOf(engine, tableId, rowCount) {
  const times = [];
  for (let place = 0; place < places; place++) {
    const start = Math.floor((place / (places - 1)) * (rowCount - pageRows));
    const page = { tableId, start, count: pageRows, columnStart: 0, columnEnd: 3 };
    const read = await timed(() => engine.call('readTable', page));
    if (read.value.rowCount !== pageRows) throw new Error(`no page at row ${start}`);
    times.push(read.elapsedMs);
  }
  return times;
}

export async function rows({ root, quick }) {
  const folder = join(tmpdir(), 'strata-bench');
  mkdirSync(folder, { recursive: true });
  const rowCount = quick ? 1_000_000 : 100_000_000;
  const engine = startEngine(join(root, 'dist/engine.js'));
  await engine.call('openSession', { sessionId: 'bench', settings: {} });
  const results = [];
  for (const format of ['parquet', 'csv']) {
    const path = join(folder, `numbers-${rowCount}.${format}`);
    await makeNumbers(engine, path, format, rowCount);
    const view = { name: 'numbers', path, format };
    const opened = await timed(() =>
      engine.call('openTable', { tableId: format, settings: {}, view }),
    );
    const megabytes = statSync(path).size / 1e6;
    const last = { tableId: format, start: rowCount - 1, count: 1, columnStart: 0, columnEnd: 3 };
    const found = await timed(() => engine.call('readTable', last));
    const times = await pagesOf(engine, format, rowCount);
    results.push({
      name: `a page of ${pageRows} rows, at ${places} places of ${rowCount.toLocaleString('en-US')} rows of ${format}`,
      unit: 'ms',
      ours: median(times),
      note: `worst ${Math.max(...times).toFixed(0)} ms, opened in ${opened.elapsedMs.toFixed(0)} ms`,
    });
    if (format === 'csv')
      results.push({
        name: 'the last row of a CSV file that was just opened, per gigabyte',
        unit: 's',
        ours: found.elapsedMs / megabytes,
        note: 'its records are indexed while types are read',
      });
    await engine.call('closeTable', { tableId: format });
  }
  results.push(...(await resultRows(engine, rowCount)));
  await engine.stop();
  return results;
}

/** A result that is kept whole while it is looked at: pages at any place of it, also while the rest is computed. */
async function resultRows(engine, rowCount) {
  const text = `SELECT id, id % 1000 AS k, concat('name ', id % 100000) AS name FROM range(${rowCount})`;
  const started = await engine.call('runQuery', { sessionId: 'bench', text });
  const { resultId } = started;
  const page = (start) =>
    timed(() => engine.call('readRows', { resultId, start, count: pageRows }));
  await page(0);
  const during = [];
  let isKept = false;
  const keeping = timed(() => engine.call('keepResult', { resultId })).finally(() => {
    isKept = true;
  });
  while (!isKept) {
    during.push((await page(0)).elapsedMs);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const kept = await keeping;
  const times = [];
  for (let place = 0; place < places; place++) {
    const start = Math.floor((place / (places - 1)) * (kept.value.rowCount - pageRows));
    const read = await page(start);
    if (read.value.rowCount !== pageRows) throw new Error(`no page at row ${start}`);
    times.push(read.elapsedMs);
  }
  const orderBy = [{ column: 2, descending: true }];
  const arrangement = { orderBy, where: '', search: '' };
  const sorted = await timed(() => engine.call('arrangeResult', { resultId, arrangement }));
  const count = kept.value.rowCount.toLocaleString('en-US');
  return [
    {
      name: `a page of ${pageRows} rows, at ${places} places of a result of ${count} rows`,
      unit: 'ms',
      ours: median(times),
      note: `worst ${Math.max(...times).toFixed(0)} ms; while the rest is computed, worst ${Math.max(...during).toFixed(0)} ms`,
    },
    {
      name: 'all rows of that result computed and kept',
      unit: 's',
      ours: kept.elapsedMs / 1000,
      note: `${(kept.value.byteLength / 2 ** 20).toFixed(0)} MiB on disk${kept.value.complete ? '' : ', as far as the limit allows'}`,
    },
    {
      name: 'that result sorted by a text, without running its query again',
      unit: 's',
      ours: sorted.elapsedMs / 1000,
      note: `${(sorted.value.state.byteLength / 2 ** 20).toFixed(0)} MiB on disk`,
    },
  ];
}
