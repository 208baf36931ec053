// The wheel turned in the table editor's panel, and in the results panel, over an engine that has a hundred million
// rows. VS Code's pipe between panel and engine is a loopback server here.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { browserArguments, findBrowser } from '../browser.mjs';
import { answerFile, buildPage, busyClock, percentile, scrolled } from './panelPage.mjs';

const MIB = 1024 * 1024;
const frame = '.grid-frame';

/** `read` answers for the rows of a `table` and of a `result`. */
export async function openPanels(read) {
  const folder = mkdtempSync(join(tmpdir(), 'strata-tables-'));
  await buildPage(folder);
  const server = createServer((request, response) => {
    if (request.method !== 'POST') return answerFile(folder, request, response);
    const pieces = [];
    request.on('data', (piece) => pieces.push(piece));
    request.on('end', () => {
      void read[request.url.slice(1)](JSON.parse(Buffer.concat(pieces).toString())).then(
        ({ arrow, ...told }) => {
          response.setHeader('x-page', JSON.stringify(told));
          response.end(Buffer.from(arrow));
        },
        (error) => {
          response.statusCode = 500;
          response.end(String(error));
        },
      );
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch({ executablePath: findBrowser(), args: browserArguments });
  return {
    async newTab() {
      const tab = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      await tab.goto(`http://127.0.0.1:${server.address().port}/`);
      await tab.waitForFunction('globalThis.bench');
      return tab;
    },
    async close() {
      await browser.close();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Rows of the benchmark for a grid in which each row's first cell is its number. */
export async function scrollRows(tab, what, turns) {
  const { devtools, busyMs } = await busyClock(tab);
  const heapMiB = async () => {
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    return usedSize / MIB;
  };
  const pane = { frame, sideways: 0 };
  // What is compiled, and the pages that the cache may keep, are there before the memory is counted.
  await scrolled(tab, busyMs, pane, 400);
  const before = await heapMiB();
  const { frames, farFrames, arrivals } = await scrolled(tab, busyMs, pane, turns);
  const after = await heapMiB();
  await sawRows(tab, what);
  await tab.evaluate((where) => globalThis.bench.wheel(where, 0, 1e12), frame);
  await tab.evaluate(() => globalThis.bench.settled());
  await sawRows(tab, `the end of ${what}`);
  return [
    {
      name: `a scrolled frame of ${what} (p95)`,
      unit: 'ms',
      ours: percentile(frames, 0.95),
      goal: '< 8 ms',
      note: `CPU time of script, style and layout; median ${percentile(frames, 0.5).toFixed(1)}, of jumps to where nothing is read ${percentile(farFrames, 0.5).toFixed(1)}, worst ${Math.max(...frames).toFixed(1)} of ${frames.length}`,
    },
    {
      name: `how long its rows are blank after a jump of 449,000 rows (p95)`,
      unit: 'ms',
      ours: percentile(arrivals, 0.95),
      note: `loopback included; median ${percentile(arrivals, 0.5).toFixed(1)}, worst ${Math.max(...arrivals).toFixed(1)} of ${arrivals.length}; then none is blank`,
    },
    {
      name: `heap of the page after ${turns} turns more`,
      unit: 'MiB',
      ours: after - before,
      goal: 'flat',
      note: `${before.toFixed(1)} before, ${after.toFixed(1)} after, garbage collected`,
    },
  ];
}

/** Throws unless all rows in sight are there, and are those that their numbers say. */
async function sawRows(tab, what) {
  const { shown, blank, wrong } = await tab.evaluate(() => globalThis.bench.rows());
  if (shown < 20 || blank > 0 || wrong > 0)
    throw new Error(`${what} shows ${shown} rows: ${blank} blank, ${wrong} of other numbers`);
}
