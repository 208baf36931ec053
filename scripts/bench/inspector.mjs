// Rows of the benchmark for scrolling: the inspector's own panel in a real browser over a sparse .npy of 100 GB, read
// by the extension's own worker in a process of its own. VS Code's pipe between the two is a loopback server here.
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { chromium } from 'playwright-core';
import { browserArguments, findBrowser } from '../browser.mjs';
import { caller, writeSparseNpy } from './buffers.mjs';
import { answerFile, buildPage, busyClock, percentile, scrolled } from './panelPage.mjs';

const self = fileURLToPath(import.meta.url);
const MIB = 1024 * 1024;

export async function rows({ root, quick }) {
  const folder = mkdtempSync(join(tmpdir(), 'strata-inspector-'));
  await buildPage(folder);
  const path = join(folder, 'huge.npy');
  writeSparseNpy(path);
  const reader = fork(self, ['--serve', folder, join(root, 'dist/bufferWorker.js'), path]);
  const port = await new Promise((resolve, reject) => {
    reader.once('message', resolve);
    reader.once('exit', (code) => reject(new Error(`the reader ended with code ${code}`)));
  });
  const browser = await chromium.launch({ executablePath: findBrowser(), args: browserArguments });
  try {
    const tab = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await tab.goto(`http://127.0.0.1:${port}/`);
    await tab.waitForFunction('globalThis.bench');
    await tab.evaluate(() => globalThis.bench.mountInspector());
    return await scrollRows(tab, port, quick ? 60 : 400);
  } finally {
    await browser.close();
    reader.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function scrollRows(tab, port, turns) {
  const { devtools, busyMs } = await busyClock(tab);
  const readerMiB = async () =>
    Number(await (await fetch(`http://127.0.0.1:${port}/memory`)).text()) / MIB;
  const heapMiB = async () => {
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    return usedSize / MIB;
  };
  const panes = [
    { name: 'grid', frame: 'section[aria-label="Grid"] .grid-frame', sideways: 300 },
    { name: 'hex', frame: 'section[aria-label="Hex"] .grid-frame', sideways: 0 },
  ];
  const measured = [];
  // What is compiled, and the pages that the caches may keep, are there before the memory is counted.
  for (const pane of panes) await scrolled(tab, busyMs, pane, 60);
  const before = { heap: await heapMiB(), reader: await readerMiB() };
  for (const pane of panes) {
    const { frames, farFrames, arrivals } = await scrolled(tab, busyMs, pane, turns);
    measured.push(
      {
        name: `a scrolled frame of ${pane.name} in 100 GB (p95)`,
        ours: percentile(frames, 0.95),
        peer: null,
        ratio: null,
        goal: '< 8 ms',
        unit: 'ms',
        note: `CPU time of script, style and layout; median ${percentile(frames, 0.5).toFixed(1)}, of jumps to where nothing is read ${percentile(farFrames, 0.5).toFixed(1)}, worst ${Math.max(...frames).toFixed(1)} of ${frames.length}`,
      },
      {
        name: `${pane.name}: from the wheel to the bytes on the screen (p95)`,
        ours: percentile(arrivals, 0.95),
        peer: null,
        ratio: null,
        goal: null,
        unit: 'ms',
        note: `anywhere in the file, loopback included; median ${percentile(arrivals, 0.5).toFixed(1)}, worst ${Math.max(...arrivals).toFixed(1)} of ${arrivals.length}`,
      },
    );
  }
  const after = { heap: await heapMiB(), reader: await readerMiB() };
  return [
    ...measured,
    {
      name: `heap of the page after ${turns * 2} turns more`,
      ours: after.heap - before.heap,
      peer: null,
      ratio: null,
      goal: 'flat',
      unit: 'MiB',
      note: `${before.heap.toFixed(1)} before, ${after.heap.toFixed(1)} after, garbage collected`,
    },
    {
      name: 'memory of the reader after them',
      ours: after.reader - before.reader,
      peer: null,
      ratio: null,
      goal: '< 64 MiB of pages',
      unit: 'MiB',
      note: `${before.reader.toFixed(0)} before, ${after.reader.toFixed(0)} after: the whole process, garbage included`,
    },
  ];
}

/** The other process: the page's files, and the worker that the extension has, over HTTP. */
async function serve(folder, bundle, path) {
  const call = caller(new Worker(bundle));
  const { bufferId } = await call('open', { path });
  const answer = async ({ id, method, params }) => {
    const value = await call(method, { ...params, bufferId });
    const bytes = new Uint8Array(value.bytes ?? 0);
    const told = value.bytes ? { ...value, bytes: null } : value;
    const json = Buffer.from(
      JSON.stringify({ wire: 'reply', id, reply: { ok: true, value: told } }),
    );
    const length = Buffer.alloc(4);
    length.writeUInt32LE(json.length);
    return Buffer.concat([length, json, bytes]);
  };
  const server = createServer((request, response) => {
    if (request.url === '/memory') {
      response.end(String(process.memoryUsage.rss()));
      return;
    }
    if (request.url === '/call') {
      const pieces = [];
      request.on('data', (piece) => pieces.push(piece));
      request.on('end', () => {
        void answer(JSON.parse(Buffer.concat(pieces).toString())).then((body) =>
          response.end(body),
        );
      });
      return;
    }
    answerFile(folder, request, response);
  });
  server.listen(0, '127.0.0.1', () => process.send(server.address().port));
}

const [, entry, mode, folder, bundle, path] = process.argv;
if (entry === self && mode === '--serve') await serve(folder, bundle, path);
