// Rows of `npm run bench` for the buffer inspector. Files are made in the temporary folder of the system and removed.
import { build } from 'esbuild';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { wasmForEsbuild } from '../wasm.mjs';

const self = fileURLToPath(import.meta.url);
const MIB = 1024 * 1024;

export async function rows({ root, quick }) {
  const folder = mkdtempSync(join(tmpdir(), 'strata-bench-'));
  try {
    return [
      ...(await openRows(root, folder)),
      ...(await scanRows(root, folder, quick ? 64 * MIB : 1024 * MIB)),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A sparse .npy of 100 GB, opened in a process of its own, so that the memory is the inspector's alone. */
async function openRows(root, folder) {
  const path = join(folder, 'huge.npy');
  writeSparseNpy(path);
  const child = spawnSync(
    process.execPath,
    [self, '--open', join(root, 'dist/bufferWorker.js'), path],
    { encoding: 'utf8' },
  );
  rmSync(path);
  if (child.status !== 0) throw new Error(`opening the sparse file failed: ${child.stderr}`);
  const { coldMs, warmMs, pageMs, growthMiB } = JSON.parse(child.stdout);
  return [
    {
      name: 'open a 100 GB .npy, first page of hex and grid',
      ours: coldMs,
      peer: null,
      ratio: null,
      goal: '< 300 ms',
      unit: 'ms',
      note: `worker thread started too; ${warmMs.toFixed(1)} ms in a running one`,
    },
    {
      name: 'a page of the grid anywhere in 100 GB (p95)',
      ours: pageMs,
      peer: null,
      ratio: null,
      goal: '< 16 ms',
      unit: 'ms',
      note: '60 × 20 elements in rows of 8 kB',
    },
    {
      name: 'memory after 4,000 pages of it',
      ours: growthMiB,
      peer: null,
      ratio: null,
      goal: '< 64 MiB of pages',
      unit: 'MiB',
      note: 'growth of the whole process since the file was opened, garbage included',
    },
  ];
}

/** The other end of `openRows`: prints its measures as JSON. */
async function measureOpen(bundle, path) {
  const started = performance.now();
  const worker = new Worker(bundle);
  const call = caller(worker);
  const { bufferId } = await call('open', { path });
  await call('readBytes', { bufferId, offset: 0, length: 4096 });
  await call('readElements', windowAt(bufferId, 0));
  const coldMs = performance.now() - started;

  const again = performance.now();
  const second = await call('open', { path });
  await call('readBytes', { bufferId: second.bufferId, offset: 0, length: 4096 });
  await call('readElements', windowAt(second.bufferId, 0));
  const warmMs = performance.now() - again;

  const before = process.memoryUsage.rss();
  const times = [];
  for (let page = 0; page < 4000; page++) {
    const row = (page * 7_919_317) % 12_499_000;
    const start = performance.now();
    await call('readElements', windowAt(bufferId, row));
    times.push(performance.now() - start);
  }
  const growthMiB = (process.memoryUsage.rss() - before) / MIB;
  times.sort((a, b) => a - b);
  const pageMs = times[Math.floor(times.length * 0.95)];
  console.log(JSON.stringify({ coldMs, warmMs, pageMs, growthMiB }));
  await worker.terminate();
}

/** 60 rows of 20 columns, in rows of 1,000 float64 behind a header of 128 bytes. */
function windowAt(bufferId, row) {
  return {
    bufferId,
    shape: [60, 20],
    strides: [8000, 8],
    offset: 128 + row * 8000,
    itemsize: 8,
  };
}

/** Asks the worker of the extension, and rejects what it refuses. */
export function caller(worker) {
  const waiting = new Map();
  let nextId = 1;
  worker.on('message', ({ wire, id, reply }) => {
    if (wire !== 'reply') return;
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (reply.ok) resolve(reply.value);
    else reject(new Error(JSON.stringify(reply.error)));
  });
  return (method, params) =>
    new Promise((resolve, reject) => {
      const id = nextId++;
      waiting.set(id, { resolve, reject });
      worker.postMessage({ wire: 'request', id, method, params });
    });
}

async function scanRows(root, folder, byteLength) {
  const path = join(folder, 'values.npy');
  writeValues(path, byteLength);
  const bundle = join(folder, 'statistics.mjs');
  await build({
    stdin: {
      contents: `export { openBuffer } from './buffers/src/inspect.ts';
        export { findBytes } from './buffers/src/scan/find.ts';
        export { statisticsOf } from './buffers/src/scan/statistics.ts';`,
      resolveDir: root,
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    plugins: [wasmForEsbuild],
    outfile: bundle,
  });
  const { findBytes, openBuffer, statisticsOf } = await import(pathToFileURL(bundle).href);
  const opened = (await openBuffer(path)).value;
  const [array] = (await opened.describe()).value.arrays;
  const { dtype, shape, strides, offset } = array;
  const layout = { shape, strides, offset, itemsize: dtype.itemsize };
  let oursMs = Infinity;
  for (let run = 0; run < 5; run++) {
    const started = performance.now();
    await statisticsOf(opened.source, dtype, layout);
    oursMs = Math.min(oursMs, performance.now() - started);
  }
  const peerMs = numpyMs(path);
  const find = await findRow(path, byteLength, async (needle) => {
    await opened.source.refresh();
    return findBytes(opened.source, needle, 100);
  });
  opened.dispose();
  const statistics = {
    name: `min, max, mean, NaN of ${byteLength / MIB} MiB of float64`,
    ours: oursMs,
    peer: peerMs,
    ratio: peerMs === null ? null : oursMs / peerMs,
    goal: 1.2,
    unit: 'ms',
    note:
      peerMs === null
        ? 'no python3 with numpy here'
        : 'peer: NumPy min, max, mean of the mapped file; ours also zeros, infinities and std',
  };
  return [statistics, find];
}

/** A needle that is there once, at the end, so that both read all of the file. */
async function findRow(path, byteLength, find) {
  const needle = 'strata-needle';
  appendFileSync(path, needle);
  let oursMs = Infinity;
  let peerMs = Infinity;
  for (let run = 0; run < 5; run++) {
    const started = performance.now();
    const found = await find(Buffer.from(needle));
    oursMs = Math.min(oursMs, performance.now() - started);
    if (found.value.count !== 1) throw new Error('the needle was not found');
    const asked = performance.now();
    const grep = spawnSync('grep', ['-c', '-F', '-a', needle, path], {
      env: { ...process.env, LC_ALL: 'C' },
    });
    peerMs = grep.status === 0 ? Math.min(peerMs, performance.now() - asked) : null;
    if (peerMs === null) break;
  }
  return {
    name: `find bytes in ${byteLength / MIB} MiB`,
    ours: oursMs,
    peer: peerMs,
    ratio: peerMs === null ? null : oursMs / peerMs,
    goal: 1.5,
    unit: 'ms',
    note:
      peerMs === null
        ? 'no grep here'
        : 'peer: grep -c -F -a in the C locale; process start included',
  };
}

const numpyScript = `
import sys, time
import numpy
values = numpy.load(sys.argv[1], mmap_mode='r')
best = float('inf')
for _ in range(5):
    started = time.perf_counter()
    values.min(), values.max(), values.mean()
    best = min(best, time.perf_counter() - started)
print(best * 1000)
`;

function numpyMs(path) {
  try {
    const printed = execFileSync('python3', ['-c', numpyScript, path], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return Number(printed);
  } catch {
    return null;
  }
}

/** 12,500,000 rows of 1,000 float64: 100 GB, of which the disk holds the header. */
export function writeSparseNpy(path) {
  const columns = 1000;
  const rowCount = 12_500_000;
  writeNpyHeader(path, "'<f8'", `(${rowCount}, ${columns})`);
  truncateSync(path, statSync(path).size + rowCount * columns * 8);
}

function writeNpyHeader(path, descr, shape) {
  const text =
    `{'descr': ${descr}, 'fortran_order': False, 'shape': ${shape}, }`.padEnd(117) + '\n';
  const file = openSync(path, 'w');
  writeSync(file, Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, text.length, 0]));
  writeSync(file, text);
  closeSync(file);
}

function writeValues(path, byteLength) {
  writeNpyHeader(path, "'<f8'", `(${byteLength / 8},)`);
  const values = new Float64Array(MIB / 8);
  const file = openSync(path, 'a');
  for (let done = 0; done < byteLength; done += MIB) {
    for (let k = 0; k < values.length; k++) values[k] = Math.sin(done + k) * 1000;
    writeSync(file, new Uint8Array(values.buffer));
  }
  closeSync(file);
}

const [, entry, mode, bundle, path] = process.argv;
if (entry === self && mode === '--open') await measureOpen(bundle, path);
