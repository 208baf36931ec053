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
import { fileURLToPath } from 'node:url';
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

/** (3, 4) int32 in Fortran order behind a header of 128 bytes. */
const whole: ElementWindow = { shape: [3, 4], strides: [4, 12], offset: 128, itemsize: 4 };

describe('a window of elements', () => {
  test('of an F-ordered array comes row by row', async () => {
    const bufferId = await open(pathOf('f_order_2d.npy'));
    const read = await caller.call('readElements', { bufferId, ...whole });
    if (!read.ok) throw new Error(read.error.kind);
    const values = Array.from(new Int32Array(read.value.bytes));
    const turned = await caller.call('readElements', {
      bufferId,
      shape: [2, 1],
      strides: [12, 4],
      offset: 128 + 12 + 2 * 4,
      itemsize: 4,
    });
    if (!turned.ok) throw new Error(turned.error.kind);
    expect(values).toHaveLength(12);
    expect(Array.from(new Int32Array(turned.value.bytes))).toEqual([values[9], values[10]]);
  });

  test('of one element', async () => {
    const bufferId = await open(pathOf('zero_d.npy'));
    const one: ElementWindow = { shape: [1, 1], strides: [0, 0], offset: 128, itemsize: 8 };
    const read = await caller.call('readElements', { bufferId, ...one });
    expect(read.ok && Array.from(new Float64Array(read.value.bytes))).toEqual([3.25]);
  });

  test('walks backwards and repeats, as strides say', async () => {
    const bufferId = await open(pathOf('zero_d.npy'));
    const window: ElementWindow = { shape: [2, 6], strides: [0, -1], offset: 5, itemsize: 1 };
    const read = await caller.call('readElements', { bufferId, ...window });
    const text = read.ok ? Buffer.from(read.value.bytes).toString('latin1') : '';
    expect(text).toBe('YPMUN\x93YPMUN\x93');
  });

  test.each<[name: string, change: Partial<ElementWindow>]>([
    ['NaN', { shape: [NaN, 1] }],
    ['a fraction', { shape: [0.5, 1] }],
    ['an infinite length', { shape: [1, Infinity] }],
    ['more rows than there are', { shape: [3, 5] }],
    ['a negative length', { shape: [-1, 1] }],
    ['a stride that leaves the file', { strides: [4, 1e15] }],
    ['a negative stride that leaves the file', { strides: [-128, 12] }],
    ['a stride of a half', { strides: [4, 0.5] }],
    ['an offset beyond the end', { offset: 1e9 }],
    ['a negative offset', { offset: -4 }],
    ['more than a page', { shape: [2 ** 21, 4], strides: [0, 0] }],
    ['no shape at all', { shape: undefined as unknown as [number, number] }],
    ['three axes', { strides: [1, 1, 1] as unknown as [number, number] }],
  ])('%s is out of range', async (_, change) => {
    const bufferId = await open(pathOf('f_order_2d.npy'));
    const read = await caller.call('readElements', { bufferId, ...whole, ...change });
    expect(read).toMatchObject({ error: { kind: 'outOfRange' } });
  });
});

describe('scans', () => {
  const elements = { dtype: '<i4', shape: [3, 4], strides: [4, 12], offset: 128 };

  test('count, search and plot an array, and what does not lie in the file is out of range', async () => {
    const bufferId = await open(pathOf('f_order_2d.npy'));
    const scan = { bufferId, job: 1, elements };
    expect(await caller.call('statistics', scan)).toMatchObject({
      value: { statistics: { count: 12, nan: 0 } },
    });
    expect(await caller.call('histogram', { ...scan, bins: 3, part: 'value' })).toMatchObject({
      value: { counts: [4, 4, 4] },
    });
    expect(await caller.call('series', { ...scan, runs: 100, part: 'value' })).toMatchObject({
      value: { step: 1 },
    });
    expect(await caller.call('unique', { ...scan, limit: 5 })).toMatchObject({
      value: { distinct: 12, counts: [1, 1, 1, 1, 1] },
    });
    const outside = { ...scan, elements: { ...elements, shape: [300, 400] } };
    expect(await caller.call('statistics', outside)).toMatchObject({
      error: { kind: 'outOfRange' },
    });
  });

  test('find bytes and values, and say what is wrong with a query', async () => {
    const bufferId = await open(pathOf('f_order_2d.npy'));
    const range = { bufferId, job: 2, start: 0, end: 1e6, limit: 10, backward: false };
    const bytes = { ...range, query: { kind: 'bytes', pattern: '4e 55 4d' } } as const;
    expect(await caller.call('find', bytes)).toMatchObject({
      value: { matches: [{ start: 1, end: 4 }], count: 1 },
    });
    const test = { kind: 'equals', value: '5' } as const;
    const value = { ...range, query: { kind: 'value', elements, test } } as const;
    expect(await caller.call('find', value)).toMatchObject({ value: { count: 1 } });
    const bad = { ...range, query: { kind: 'bytes', pattern: 'xy' } } as const;
    expect(await caller.call('find', bad)).toMatchObject({ error: { kind: 'badQuery' } });
  });
});

describe('a raw file', () => {
  const layout = {
    kind: 'struct',
    type: '<bidh',
    shape: '',
    order: 'C',
    offset: '',
    strides: '',
  } as const;

  test('is what it is said to be, until it is bytes again', async () => {
    const path = join(folder, 'records.dat');
    writeFileSync(path, new Uint8Array(32));
    const bufferId = await open(path);
    expect(await caller.call('layRaw', { bufferId, layout })).toMatchObject({
      value: {
        arrays: [{ shape: [2], dtype: { kind: 'struct', itemsize: 15 } }],
        problems: [{ kind: 'trailing-bytes' }],
      },
    });
    expect(await caller.call('describe', { bufferId })).toMatchObject({
      value: { arrays: [{ shape: [2] }] },
    });
    expect(await caller.call('layRaw', { bufferId, layout: null })).toMatchObject({
      value: { arrays: [{ shape: [32] }], problems: [] },
    });
  });

  test.each([
    [{ type: 'zzz' }, 'type'],
    [{ shape: '5' }, 'shape'],
    [{ offset: '33' }, 'offset'],
    [{ shape: '2', strides: '40' }, 'strides'],
  ])('%o is refused at its field, and what was shown stays', async (change, field) => {
    const path = join(folder, `${field}.dat`);
    writeFileSync(path, new Uint8Array(32));
    const bufferId = await open(path);
    const laid = await caller.call('layRaw', { bufferId, layout: { ...layout, ...change } });
    expect(laid).toMatchObject({ error: { kind: 'badLayout', field } });
    expect(await caller.call('describe', { bufferId })).toMatchObject({
      value: { arrays: [{ shape: [32] }] },
    });
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

describe('a part of a file', () => {
  test.each(['rgb.png', 'rgb.bmp', 'datasets.h5', 'zstd.feather', 'columns.arrow'])(
    'of %s that is packed is read as the array that it is told to be',
    async (file) => {
      const path = fileURLToPath(new URL(`../../test-fixtures/formats/${file}`, import.meta.url));
      const opened = await caller.call('open', { path });
      if (!opened.ok) throw new Error(opened.error.kind);
      const parts = opened.value.description.parts ?? [];
      for (const part of parts.filter(({ canOpen, isShown }) => canOpen && !isShown)) {
        const inner = await caller.call('open', { path, parts: [part.name] });
        if (!inner.ok) throw new Error(inner.error.kind);
        const { bufferId, description } = inner.value;
        expect(description.arrays[0]).toMatchObject(part.array!);
        const bytes = await caller.call('readBytes', {
          bufferId,
          offset: 0,
          length: description.byteLength,
        });
        expect(bytes.ok && bytes.value.bytes.byteLength).toBe(part.byteLength);
        await caller.call('close', { bufferId });
      }
    },
  );

  test('that is not there, or lies about itself, is unreadable', async () => {
    const path = pathOf('bomb_1000to1.npz');
    expect(await caller.call('open', { path, parts: ['none'] })).toMatchObject({
      error: { kind: 'unreadable', message: 'it has no part none' },
    });
    const bomb = await caller.call('open', { path });
    if (!bomb.ok) throw new Error(bomb.error.kind);
    const parts = [bomb.value.description.parts![0]!.name];
    expect(await caller.call('open', { path, parts })).toMatchObject({
      error: { kind: 'unreadable' },
    });
    const corrupt = await caller.call('open', { path: pathOf('bad_zip_crc.npz') });
    if (!corrupt.ok) throw new Error(corrupt.error.kind);
    for (const { name } of corrupt.value.description.parts ?? [])
      expect(
        await caller.call('open', { path: pathOf('bad_zip_crc.npz'), parts: [name, 'inner'] }),
      ).toMatchObject({ error: { kind: 'unreadable' } });
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
