/** Files of other formats against what their own libraries read (scripts/formatFixtures.py). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatOf } from '#buffers/format/formats.ts';
import type { Box } from '#buffers/format/hdf5Boxes.ts';
import { boxesOf } from '#buffers/format/hdf5Boxes.ts';
import { openBuffer, openMember } from '#buffers/inspect.ts';
import { decodeElement } from '#shared/layout/elementValue.ts';
import type { ArrayDescription } from '#shared/protocol/bufferView.ts';
import type { ByteSource } from '#buffers/source/byteSource.ts';
import { memorySource } from './memorySource.ts';

const folder = fileURLToPath(new URL('../../test-fixtures/formats', import.meta.url));

interface Expected {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly values: readonly unknown[];
}
const expected = JSON.parse(readFileSync(join(folder, 'expect.json'), 'utf8')) as Readonly<
  Record<string, Readonly<Record<string, Expected>>>
>;

async function open(name: string) {
  const opened = await openBuffer(join(folder, name));
  if (!opened.ok) throw new Error(opened.error.message);
  const described = await opened.value.describe();
  if (!described.ok) throw new Error(described.error.message);
  return { buffer: opened.value, description: described.value };
}

/** All elements in C order, one at a time: the files are small. */
async function valuesOf(source: ByteSource, array: ArrayDescription): Promise<unknown[]> {
  const { shape, strides, offset, dtype } = array;
  const count = shape.reduce((product, length) => product * length, 1);
  const values: unknown[] = [];
  for (let at = 0; at < count; at++) {
    let rest = at;
    let place = offset;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const length = shape[axis] ?? 1;
      place += (rest % length) * (strides[axis] ?? 0);
      rest = Math.floor(rest / length);
    }
    const read = await source.read(place, dtype.itemsize);
    if (!read.ok) throw new Error(read.error.message);
    const view = new DataView(read.value.buffer, read.value.byteOffset, read.value.length);
    const value = decodeElement(dtype, view, 0);
    values.push(typeof value === 'bigint' ? Number(value) : value);
  }
  return values;
}

describe('files of other formats have the arrays that their own libraries read', () => {
  test.each(Object.entries(expected))('%s', async (name, arrays) => {
    const { buffer, description } = await open(name);
    expect(description.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    for (const [arrayName, { dtype, shape, values }] of Object.entries(arrays)) {
      const inFile = description.arrays.find((array) => array.name.startsWith(arrayName));
      const member = description.members?.find((one) => one.name === arrayName);
      const unpacked = member && (await openMember(buffer.source, member));
      if (unpacked && !unpacked.ok) throw new Error(unpacked.error.message);
      const array = inFile ?? member?.array;
      if (!array) throw new Error(`there is no array ${arrayName}`);
      expect([array.dtypeText, array.shape]).toEqual([dtype, shape]);
      const source = unpacked?.value.source ?? buffer.source;
      expect((await valuesOf(source, array)).map(plain)).toEqual(values.map(plain));
      unpacked?.value.dispose();
    }
    buffer.dispose();
  });
});

const plain = (value: unknown) => (typeof value === 'boolean' ? Number(value) : value);

describe('what is wrong with such a file is told, and its bytes stay', () => {
  test.each([
    ['bomb.png', 'compression-bomb'],
    ['bad_crc.png', 'bad-crc'],
    ['cut.png', 'truncated-data'],
    ['cut.bmp', 'truncated-data'],
    ['cut.wav', 'truncated-data'],
    ['cut.arrow', 'truncated-data'],
    ['cut.parquet', 'truncated-data'],
    ['cut.h5', 'unreadable'],
    ['datasets.h5', 'external-link'],
  ])('%s: %s', async (name, kind) => {
    const { buffer, description } = await open(name);
    expect(description.problems.map((problem) => problem.kind)).toContain(kind);
    const read = await buffer.source.read(0, 4);
    expect(read.ok && read.value.length).toBe(4);
    buffer.dispose();
  });

  test.each(['cut.png', 'cut.jpg'])('%s can not be decoded', async (name) => {
    const { buffer, description } = await open(name);
    const [member] = description.members ?? [];
    const opened = member && (await openMember(buffer.source, member));
    if (opened) expect(opened).toMatchObject({ ok: false, error: { kind: 'corrupt-member' } });
    else expect(description.problems.map(({ severity }) => severity)).toContain('error');
    buffer.dispose();
  });
});

test('the pages of a Parquet file fill the chunks that its footer names', async () => {
  const text = readFileSync(join(folder, 'columns.parquet.json'), 'utf8');
  const chunks = JSON.parse(text) as { name: string; start: number; byteLength: number }[];
  const { buffer, description } = await open('columns.parquet');
  expect(description.problems.filter(({ severity }) => severity !== 'info')).toEqual([]);
  for (const { name, start, byteLength } of chunks) {
    const pages = description.regions.filter(
      ({ label }) => label.startsWith(name) && !label.endsWith('index'),
    );
    expect(pages.length).toBeGreaterThan(1);
    let at = start;
    for (const page of pages) {
      expect(page.start).toBe(at);
      at = page.end;
    }
    expect(at).toBe(start + byteLength);
  }
  const covered = description.regions.toSorted((one, other) => one.start - other.start);
  expect(covered.at(-1)?.end).toBe(description.byteLength);
  buffer.dispose();
});

/** Whatever is broken in such a file is a problem, never a throw, and never much memory. */
test.each(Object.keys(expected).concat('columns.parquet'))(
  '%s with any byte changed still opens',
  async (name) => {
    const bytes = readFileSync(join(folder, name));
    const format = formatOf(bytes.subarray(0, 16), name);
    const places = Array.from({ length: 150 }, (_, k) => Math.floor((k * bytes.length) / 150));
    for (const place of places)
      for (const flip of [0xff, 0x80, 0x01]) {
        const changed = Uint8Array.from(bytes);
        changed[place] = (changed[place] ?? 0) ^ flip;
        const source = memorySource(changed);
        const described = await format.describe(source, undefined);
        expect(described.ok).toBe(true);
        if (!described.ok) continue;
        for (const { offset, byteLength, order } of described.value.arrays)
          if (order !== 'strided') expect(offset + byteLength).toBeLessThanOrEqual(bytes.length);
      }
  },
);

test('any run of elements is a few boxes that follow one another', () => {
  const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 });
  fc.assert(
    fc.property(shapes, fc.nat(), fc.nat(), (shape, a, b) => {
      const count = shape.reduce((product, length) => product * length, 1);
      const [first, last] = [a % count, b % (count + 1)].sort((x, y) => x - y) as [number, number];
      const found = boxesOf(shape, first, last).flatMap((box) => elementsOf(shape, box));
      expect(found).toEqual(Array.from({ length: last - first }, (_, k) => first + k));
    }),
  );
});

/** Flat indices of a box in C order. */
function elementsOf(shape: readonly number[], { start, count }: Box): number[] {
  return shape.reduce<number[]>(
    (flat, length, axis) =>
      flat.flatMap((at) =>
        Array.from({ length: count[axis] ?? 0 }, (_, k) => at * length + (start[axis] ?? 0) + k),
      ),
    [0],
  );
}
