import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BufferWorkerContract, ElementWindow } from '#shared/protocol/bufferView.ts';
import { MAX_PAGE_BYTES } from '#shared/protocol/bufferView.ts';
import type { CallerEnd } from '#shared/protocol/wire.ts';
import { callOver } from '#shared/protocol/wire.ts';
import { portOfWorker } from '#shared/protocol/ports.ts';
import { pathOf } from './corpus.ts';

let worker: Worker;
let caller: CallerEnd<BufferWorkerContract>;
let folder: string;
let onChange: (bufferId: number) => void = () => undefined;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'strata-worker-'));
  worker = new Worker(join(process.env.STRATA_DIST!, 'bufferWorker.js'));
  caller = callOver<BufferWorkerContract>(portOfWorker(worker), {
    changed: ({ bufferId }) => onChange(bufferId),
  });
});
afterAll(async () => {
  await worker.terminate();
  rmSync(folder, { recursive: true, force: true });
});

async function open(path: string): Promise<number> {
  const opened = await caller.call('open', { path });
  if (!opened.ok) throw new Error(opened.error.kind);
  return opened.value.bufferId;
}

const whole: ElementWindow = {
  array: 0,
  index: [0, 0],
  rowAxis: 0,
  columnAxis: 1,
  rows: { start: 0, end: 3 },
  columns: { start: 0, end: 4 },
};

describe('a window of elements', () => {
  test('of an F-ordered array comes row by row', async () => {
    const bufferId = await open(pathOf('f_order_2d.npy'));
    const read = await caller.call('readElements', { bufferId, ...whole });
    if (!read.ok) throw new Error(read.error.kind);
    const values = Array.from(new Int32Array(read.value.bytes));
    const turned = await caller.call('readElements', {
      bufferId,
      ...whole,
      rowAxis: 1,
      columnAxis: 0,
      rows: { start: 1, end: 3 },
      columns: { start: 2, end: 3 },
    });
    if (!turned.ok) throw new Error(turned.error.kind);
    expect(values).toHaveLength(12);
    expect(Array.from(new Int32Array(turned.value.bytes))).toEqual([values[9], values[10]]);
  });

  test('of no axes is one element', async () => {
    const bufferId = await open(pathOf('zero_d.npy'));
    const window = { array: 0, index: [], rowAxis: null, columnAxis: null };
    const one = { start: 0, end: 1 };
    const read = await caller.call('readElements', {
      bufferId,
      ...window,
      rows: one,
      columns: one,
    });
    expect(read.ok && Array.from(new Float64Array(read.value.bytes))).toEqual([3.25]);
  });

  test('of a member lies in the archive', async () => {
    const bufferId = await open(pathOf('stored.npz'));
    const read = await caller.call('readElements', {
      bufferId,
      array: 1,
      index: [0, 0],
      rowAxis: 0,
      columnAxis: 1,
      rows: { start: 0, end: 2 },
      columns: { start: 0, end: 3 },
    });
    expect(read.ok && Array.from(new Float64Array(read.value.bytes))).toEqual([1, 0, 0, 0, 1, 0]);
  });

  test.each<[name: string, change: Partial<ElementWindow>]>([
    ['an array that is not there', { array: 1 }],
    ['a negative array', { array: -1 }],
    ['NaN', { rows: { start: NaN, end: 1 } }],
    ['a fraction', { rows: { start: 0.5, end: 1 } }],
    ['an infinite end', { columns: { start: 0, end: Infinity } }],
    ['more rows than there are', { rows: { start: 0, end: 4 } }],
    ['rows backwards', { rows: { start: 2, end: 1 } }],
    ['an axis that is not there', { rowAxis: 2 }],
    ['the same axis twice', { columnAxis: 0 }],
    ['an index of other axes', { index: [0] }],
    ['an index outside', { index: [0, 4], columnAxis: null, columns: { start: 0, end: 1 } }],
    ['no ranges at all', { rows: undefined as unknown as ElementWindow['rows'] }],
    ['no index at all', { index: undefined as unknown as number[] }],
  ])('%s is out of range', async (_, change) => {
    const bufferId = await open(pathOf('f_order_2d.npy'));
    const read = await caller.call('readElements', { bufferId, ...whole, ...change });
    expect(read).toMatchObject({ error: { kind: 'outOfRange' } });
  });
});

describe('bytes', () => {
  test('are cut at the end of the file', async () => {
    const bufferId = await open(pathOf('zero_d.npy'));
    const read = await caller.call('readBytes', { bufferId, offset: 130, length: 100 });
    expect(read.ok && read.value.bytes.byteLength).toBe(6);
    const none = await caller.call('readBytes', { bufferId, offset: 136, length: 100 });
    expect(none.ok && none.value.bytes.byteLength).toBe(0);
  });

  test.each([
    [-1, 1],
    [0, -1],
    [NaN, 1],
    [0, Infinity],
    [0, MAX_PAGE_BYTES + 1],
    [137, 1],
    [2 ** 60, 1],
  ])('%d + %d is out of range', async (offset, length) => {
    const bufferId = await open(pathOf('zero_d.npy'));
    const read = await caller.call('readBytes', { bufferId, offset, length });
    expect(read).toEqual({ ok: false, error: { kind: 'outOfRange', byteLength: 136 } });
  });

  test('of a closed buffer are unreadable', async () => {
    const bufferId = await open(pathOf('zero_d.npy'));
    await caller.call('close', { bufferId });
    const read = await caller.call('readBytes', { bufferId, offset: 0, length: 1 });
    expect(read).toMatchObject({ error: { kind: 'unreadable' } });
    expect(await caller.call('describe', { bufferId })).toMatchObject({
      error: { kind: 'unreadable' },
    });
    expect(await caller.call('close', { bufferId })).toMatchObject({ ok: true });
  });
});

test('a file that is not there says so', async () => {
  const opened = await caller.call('open', { path: join(folder, 'none.npy') });
  expect(opened).toMatchObject({ error: { kind: 'unreadable', message: /no such file/ } });
  expect(existsSync(join(folder, 'none.npy'))).toBe(false);
});

test('a hostile file opens with its problem, and the worker lives on', async () => {
  const opened = await caller.call('open', { path: pathOf('bad_huge_shape.npy') });
  expect(opened).toMatchObject({
    value: { description: { arrays: [], problems: [{ kind: 'shape-exceeds-file' }] } },
  });
});

test('a change on disk is told, and asking again describes the new bytes', async () => {
  const path = join(folder, 'grows.bin');
  writeFileSync(path, 'abc');
  const bufferId = await open(path);
  const changed = new Promise<number>((resolve) => {
    onChange = resolve;
  });
  appendFileSync(path, 'def');
  expect(await changed).toBe(bufferId);
  const described = await caller.call('describe', { bufferId });
  expect(described).toMatchObject({ value: { byteLength: 6, generation: 2 } });
  truncateSync(path, 2);
  const again = await caller.call('describe', { bufferId });
  expect(again).toMatchObject({ value: { byteLength: 2, generation: 3 } });
});
