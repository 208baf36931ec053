import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportArray } from '#buffers/export/exportArray.ts';
import { openBuffer } from '#buffers/inspect.ts';
import { packedElements } from '#buffers/scan/elements.ts';
import { parseDType } from '#shared/layout/dtypeText.ts';
import { contiguousStrides } from '#shared/layout/strides.ts';
import type { ExportFormat } from '#shared/protocol/bufferExport.ts';
import type { ArrayDescription } from '#shared/protocol/bufferView.ts';
import { memorySource } from './memorySource.ts';
import { pathOf } from './corpus.ts';

let folder: string;
const idle = new AbortController().signal;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'strata-export-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function write(
  dtype: string,
  shape: readonly number[],
  bytes: Uint8Array,
  format: ExportFormat,
): Promise<Buffer | string> {
  const parsed = parseDType(dtype);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const strides = contiguousStrides(shape, parsed.value.itemsize, 'C');
  const layout = { shape, strides, offset: 0, itemsize: parsed.value.itemsize };
  const path = join(folder, `out.${format}`);
  rmSync(path, { force: true });
  const done = await exportArray(memorySource(bytes), parsed.value, layout, format, path, idle);
  return done.ok ? readFileSync(path) : done.error.message;
}

async function packed(path: string): Promise<{ array: ArrayDescription; bytes: Buffer }> {
  const opened = await openBuffer(path);
  if (!opened.ok) throw new Error(opened.error.message);
  const described = await opened.value.describe();
  const array = described.ok ? described.value.arrays[0] : undefined;
  if (!array) throw new Error(`${path} has no array`);
  const parts: Uint8Array[] = [];
  const layout = { ...array, itemsize: array.dtype.itemsize };
  for await (const piece of packedElements(opened.value.source, layout, {}))
    if (piece.ok) parts.push(piece.value);
  opened.value.dispose();
  return { array, bytes: Buffer.concat(parts) };
}

describe('.npy', () => {
  test.each(['f_order_2d.npy', 'zero_d.npy', 'M8_25s.npy', 'S5.npy', 'U4_be.npy', 'V6.npy'])(
    '%s keeps its type, its shape and its values',
    async (name) => {
      const before = await packed(pathOf(name));
      const path = join(folder, name);
      const opened = await openBuffer(pathOf(name));
      if (!opened.ok) throw new Error(opened.error.message);
      const layout = { ...before.array, itemsize: before.array.dtype.itemsize };
      const { dtype } = before.array;
      const done = await exportArray(opened.value.source, dtype, layout, 'npy', path, idle);
      expect(done).toMatchObject({ ok: true });
      opened.value.dispose();
      const after = await packed(path);
      expect(after.array.dtypeText).toBe(before.array.dtypeText);
      expect(after.array.shape).toEqual(before.array.shape);
      expect(after.bytes.equals(before.bytes)).toBe(true);
    },
  );

  test('a header is what NumPy writes, aligned to 64 bytes', async () => {
    const file = await write('<f4', [2], new Uint8Array(8), 'npy');
    expect(file.toString('latin1')).toMatch(
      /^.NUMPY.\0v\0\{'descr': '<f4', 'fortran_order': False, 'shape': \(2,\), \} *\n\0{8}$/,
    );
  });
});

describe('.csv', () => {
  test.each([
    ['<f8', [2], [0, 0, 0, 0, 0, 0, 240, 127, 0, 0, 0, 0, 0, 0, 224, 63], 'value\ninf\n0.5\n'],
    ['u1', [2, 2], [1, 2, 3, 4], '0,1\n1,2\n3,4\n'],
    ['u1', [2, 1, 2], [1, 2, 3, 4], 'axis0,axis1,0,1\n0,0,1,2\n1,0,3,4\n'],
    ["[('a', 'u1'), ('b', 'S3')]", [1], [7, 120, 44, 121], 'a,b\n7,"x,y"\n'],
  ])('%s %j', async (dtype, shape, bytes, text) => {
    expect((await write(dtype, shape, Uint8Array.from(bytes), 'csv')).toString()).toBe(text);
  });
});

describe('.parquet', () => {
  test('has magic at both ends, and a footer that is read', async () => {
    await write("[('a', '<i4'), ('t', '<M8[s]')]", [3], new Uint8Array(36), 'parquet');
    const opened = await openBuffer(join(folder, 'out.parquet'));
    if (!opened.ok) throw new Error(opened.error.message);
    const described = await opened.value.describe();
    expect(described).toMatchObject({
      ok: true,
      value: { format: 'parquet', problems: [{ severity: 'info' }] },
    });
    opened.value.dispose();
  });

  test.each([
    ['<f16', [1], 'Column value: Parquet has no type for'],
    ['<M8[25s]', [1], 'Column value: Parquet has no type for'],
    ['u1', [1, 10_001], '10001 columns are more than'],
  ])('%s %j is refused before a file is made', async (dtype, shape, message) => {
    const bytes = new Uint8Array(20_000);
    expect(String(await write(dtype, shape, bytes, 'parquet'))).toContain(message);
  });
});

test('what is cancelled leaves no file', async () => {
  const dtype = parseDType('u1');
  if (!dtype.ok) throw new Error(dtype.error.message);
  const control = new AbortController();
  control.abort();
  const path = join(folder, 'cancelled.npy');
  const layout = { shape: [4], strides: [1], offset: 0, itemsize: 1 };
  const source = memorySource(new Uint8Array(4));
  const done = await exportArray(source, dtype.value, layout, 'npy', path, control.signal);
  expect(done).toMatchObject({ error: { message: /cancelled/ } });
  expect(readdirSync(folder).filter((name) => name.includes('cancelled'))).toEqual([]);
});
