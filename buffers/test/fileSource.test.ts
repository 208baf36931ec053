import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openBuffer } from '#buffers/inspect.ts';
import type { ByteSource } from '#buffers/source/byteSource.ts';
import { openFileSource } from '#buffers/source/fileSource.ts';
import { PAGE_BYTES, PageCache } from '#buffers/source/pageCache.ts';

let folder: string;
let source: ByteSource | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strata-source-'));
});
afterEach(() => {
  source?.dispose();
  source = undefined;
  rmSync(folder, { recursive: true, force: true });
});

async function open(path: string, cache = new PageCache()): Promise<ByteSource> {
  const opened = await openFileSource(path, { cache });
  if (!opened.ok) throw new Error(opened.error.message);
  source = opened.value;
  return source;
}

function file(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

const pattern = (length: number) =>
  Uint8Array.from({ length }, (_, k) => (k * 31 + (k >> 8)) & 255);

describe('a read gives exactly its bytes', () => {
  const bytes = pattern(3 * PAGE_BYTES + 100);
  test.each([
    [0, 0],
    [0, 1],
    [PAGE_BYTES - 1, 2],
    [10, 3 * PAGE_BYTES],
    [0, 10 * PAGE_BYTES],
    [3 * PAGE_BYTES + 90, 50],
    [bytes.length, 10],
    [bytes.length + 10, 10],
  ])('%d + %d', async (offset, length) => {
    const from = await open(file('data.bin', bytes));
    const expected = Buffer.from(bytes.subarray(offset, offset + length));
    for (const read of [from.read(offset, length), from.readUncached(offset, length)]) {
      const found = await read;
      expect(found.ok && expected.equals(found.value)).toBe(true);
    }
  });
});

test('pages never take more than the limit', async () => {
  const cache = new PageCache(4 * PAGE_BYTES);
  const from = await open(file('data.bin', pattern(20 * PAGE_BYTES)), cache);
  for (let page = 0; page < 20; page++) {
    await from.read(page * PAGE_BYTES, 10);
    expect(cache.byteLength).toBeLessThanOrEqual(4 * PAGE_BYTES);
  }
  from.dispose();
  expect(cache.byteLength).toBe(0);
});

test('a file that grew, was rewritten or replaced is a new generation with the new bytes', async () => {
  const path = file('data.bin', 'first');
  const from = await open(path);
  await from.read(0, 5);
  expect(await from.refresh()).toMatchObject({ value: { changed: false } });
  appendFileSync(path, ' and more');
  expect(await from.refresh()).toMatchObject({ value: { changed: true } });
  expect([from.generation, from.byteLength]).toEqual([2, 14]);
  renameSync(file('other.bin', 'other'), path);
  await from.refresh();
  const read = await from.read(0, 100);
  expect(read.ok && Buffer.from(read.value).toString()).toBe('other');
  expect(from.generation).toBe(3);
});

test('a file that shrinks while it is read is a failure, and a new generation', async () => {
  const path = file('data.bin', pattern(200_000));
  const from = await open(path);
  await from.read(0, 10);
  truncateSync(path, 100);
  expect(await from.read(150_000, 10)).toMatchObject({ error: { kind: 'unreadable' } });
  expect([from.generation, from.byteLength]).toEqual([2, 100]);
  expect(await from.read(90, 100)).toMatchObject({ ok: true });
});

test('a deleted file is unreadable and not created anew', async () => {
  const path = file('data.bin', 'x');
  const from = await open(path);
  rmSync(path);
  expect(await from.refresh()).toMatchObject({ error: { message: /no such file/ } });
  expect(() => statSync(path)).toThrow();
  expect(await from.read(0, 1)).toMatchObject({ error: { kind: 'unreadable' } });
  expect(() => statSync(path)).toThrow();
});

describe('what is no file is refused with a reason', () => {
  test('a folder', async () => {
    mkdirSync(join(folder, 'inner.npy'));
    expect(await openFileSource(join(folder, 'inner.npy'))).toMatchObject({
      error: { kind: 'unreadable', message: 'it is a folder, not a file' },
    });
  });
  test('a file that is not there', async () => {
    expect(await openFileSource(join(folder, 'none'))).toMatchObject({
      error: { message: 'there is no such file (ENOENT)' },
    });
  });
  test.runIf(process.platform !== 'win32')('a pipe and a device, at once', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(await openFileSource(pipe)).toMatchObject({ error: { message: /a pipe/ } });
    expect(await openFileSource('/dev/null')).toMatchObject({ error: { message: /a device/ } });
  });
});

test('a disposed source reads no more', async () => {
  const from = await open(file('data.bin', 'abc'));
  from.dispose();
  expect(await from.read(0, 1)).toMatchObject({ error: { message: 'the file was closed' } });
});

test('an aborted read throws', async () => {
  const from = await open(file('data.bin', 'abc'));
  await expect(from.read(0, 1, AbortSignal.abort())).rejects.toThrow();
});

describe('odd files open', () => {
  const header = (text: string, version = 1) =>
    Buffer.concat([
      Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0]),
      version === 1
        ? Buffer.of(text.length & 255, text.length >> 8)
        : Buffer.from(Uint32Array.of(Buffer.byteLength(text)).buffer),
      Buffer.from(text),
    ]);
  test.each<[name: string, bytes: Buffer | string, expected: object]>([
    ['empty.npy', '', { arrays: [], problems: [{ kind: 'bad-magic' }] }],
    ['magic.npy', '\x93NUMPY', { problems: [{ kind: 'truncated-header' }] }],
    ['a name\nof two lines.bin', 'x', { format: 'raw', arrays: [{ shape: [1] }], problems: [] }],
    [
      'unicode.npy',
      header("{'descr': [('größe', '<f4')], 'fortran_order': False, 'shape': (0,)}", 3),
      { arrays: [{ shape: [0], dtype: { fields: [{ name: 'größe' }] } }], problems: [] },
    ],
    [
      'not-utf8.npy',
      Buffer.concat([header('', 3).subarray(0, 8), Buffer.of(1, 0, 0, 0, 0xff)]),
      { problems: [{ kind: 'header-not-utf8' }] },
    ],
    [
      'no-bytes.npy',
      header("{'descr': '|V0', 'fortran_order': False, 'shape': (1000000,)}"),
      { arrays: [{ shape: [1_000_000], byteLength: 0 }], problems: [] },
    ],
    [
      'sub-array.npy',
      Buffer.concat([
        header("{'descr': ('<i2', (2,)), 'fortran_order': False, 'shape': (1,)}"),
        Buffer.alloc(4),
      ]),
      { arrays: [{ shape: [1, 2], strides: [4, 2] }] },
    ],
    [
      'unknown-key.npy',
      header("{'descr': '|u1', 'fortran_order': False, 'shape': (), 'x': 1}"),
      { problems: [{ kind: 'header-keys' }] },
    ],
    [
      'missing-key.npy',
      header("{'descr': '|u1', 'shape': ()}"),
      { problems: [{ kind: 'header-keys' }] },
    ],
    [
      'long-number.npy',
      header(`{'descr': '|u1', 'fortran_order': False, 'shape': (${'9'.repeat(5000)},)}`),
      { problems: [{ kind: 'header-not-literal' }] },
    ],
  ])('%j', async (name, bytes, expected) => {
    const buffer = await openBuffer(
      file(name, typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes),
      { idleMs: 0 },
    );
    if (!buffer.ok) throw new Error(buffer.error.message);
    source = buffer.value.source;
    expect(await buffer.value.describe()).toMatchObject({ value: { fileName: name, ...expected } });
  });
});
