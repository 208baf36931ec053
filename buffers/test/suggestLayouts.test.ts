import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  suggestLayouts,
  suggestionOfSidecar,
  suggestionsOfBytes,
  suggestionsOfCode,
} from '#buffers/suggestLayouts.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'strata-suggest-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('Python code that opens the file says what it holds', () => {
  test.each([
    [`a = np.fromfile('data.bin', dtype='<f4')`, '<f4', ''],
    [`a = np.fromfile("raw/data.bin", np.int16).reshape(-1, 2)`, 'int16', ''],
    [`a = np.fromfile("data.bin", np.int16).reshape(4, 2)`, 'int16', '4, 2'],
    [
      `m = np.memmap('data.bin', mode='r', dtype=np.float64, shape=(3, 4), order='F')`,
      'float64',
      '3, 4',
    ],
    [`a = np.fromfile(\n    'data.bin',\n    dtype="<u2",\n)`, '<u2', ''],
    [
      `with open('data.bin', 'rb') as f:\n    head = struct.unpack('<bidh', f.read(15))`,
      '<bidh',
      '',
    ],
    [`FORMAT = struct.Struct('QdQ')\nwith open("data.bin") as f:\n    pass`, 'QdQ', ''],
  ])('%s', (code, type, shape) => {
    expect(suggestionsOfCode(code, 'load.py', 'data.bin')).toMatchObject([
      { layout: { type, shape }, reason: /load\.py, line \d+ opens it so/ },
    ]);
  });

  test.each([
    `np.fromfile('other_data.bin', dtype='<f4')`,
    `np.fromfile('data.bin.gz', dtype=kind)`,
    `print('data.bin')`,
    `np.fromfile('data.bin', dtype=kind_of(x))`,
    `struct.unpack('nope!', open('data.bin').read())`,
  ])('and %s does not', (code) => {
    expect(suggestionsOfCode(code, 'load.py', 'data.bin')).toEqual([]);
  });
});

describe('a text file beside it', () => {
  test.each([
    ['{"dtype": "<f4", "shape": [2, 3]}', '<f4', '2, 3', ''],
    ['dtype: int16\nshape: (4, 5)\noffset: 16', 'int16', '4, 5', '16'],
    [
      'ENVI\nsamples = 5\nlines = 4\nbands = 3\nheader offset = 0\ndata type = 4\nbyte order = 1',
      '>f4',
      '3, 4, 5',
      '0',
    ],
  ])('%j', (text, type, shape, offset) => {
    expect(suggestionOfSidecar(text, 'x.hdr')).toMatchObject({
      layout: { type, shape, offset },
      reason: 'x.hdr beside it says so',
    });
  });

  test('that says nothing of a type is no suggestion', () => {
    expect(suggestionOfSidecar('{"name": "x"}', 'x.json')).toBeUndefined();
    expect(suggestionOfSidecar('dtype: object', 'x.txt')).toBeUndefined();
  });
});

describe('the first bytes', () => {
  const bytesOf = (numbers: Float32Array | Float64Array) => new Uint8Array(numbers.buffer);

  test('of floats are floats, and a square count is a square', () => {
    const values = Float64Array.from({ length: 256 }, (_, k) => Math.sin(k) * 10);
    expect(suggestionsOfBytes(2048, bytesOf(values))[0]).toMatchObject({
      layout: { type: '<f8', shape: '16, 16' },
    });
    const singles = Float32Array.from({ length: 200 }, (_, k) => Math.cos(k) * 100);
    expect(suggestionsOfBytes(800, bytesOf(singles))[0]).toMatchObject({ layout: { type: '<f4' } });
  });

  test('of text, of zeros and of nothing are no numbers', () => {
    expect(suggestionsOfBytes(64, new TextEncoder().encode('name,age\n'.repeat(7)))).toEqual([]);
    expect(suggestionsOfBytes(64, new Uint8Array(64))).toEqual([]);
    expect(suggestionsOfBytes(0, new Uint8Array())).toEqual([]);
  });
});

test('at most three, the best reason first, and no layout twice', async () => {
  const path = join(folder, 'data.bin');
  const values = Float32Array.from({ length: 300 }, (_, k) => Math.sin(k));
  writeFileSync(path, values);
  writeFileSync(join(folder, 'load.py'), `np.fromfile('data.bin', dtype='<f4')`);
  writeFileSync(join(folder, 'data.json'), '{"dtype": "<f4"}');
  const head = new Uint8Array(values.buffer);
  const found = await suggestLayouts(path, 1200, head, [join(folder, 'missing.py')]);
  expect(found.length).toBeLessThanOrEqual(3);
  expect(found[0]).toMatchObject({ label: '<f4', reason: 'load.py, line 1 opens it so' });
  expect(new Set(found.map(({ label }) => label)).size).toBe(found.length);
});
