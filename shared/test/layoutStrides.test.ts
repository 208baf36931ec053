import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StridedLayout } from '#shared/layout/strides.ts';
import {
  byteExtent,
  byteOffsetOf,
  contiguityOf,
  contiguousStrides,
  elementAtByte,
  elementCount,
  indexOfPosition,
} from '#shared/layout/strides.ts';
import { parseSlice, resolveSlice, sliceLayout } from '#shared/layout/slice.ts';
import { readBufferTable } from './layoutTables.ts';

interface ViewRow {
  readonly name: string;
  readonly expr: string;
  readonly base: { readonly shape: number[]; readonly strides: number[]; readonly dtype: string };
  readonly offset: number | null;
  readonly shape: number[];
  readonly strides: number[];
  readonly itemsize: number;
  readonly c: boolean;
  readonly f: boolean;
  readonly byte_range: [number, number] | null;
  readonly samples?: { readonly index: number[]; readonly byte: number }[];
  readonly error?: string;
}

const views = (readBufferTable('expect_views.json') as ViewRow[]).filter(
  (row) => row.error === undefined,
);
const slices = readBufferTable('expect_slices.json') as (number | null)[][];

describe('a view of NumPy has the same bytes here', () => {
  test.each(views)('$name', (view) => {
    const layout = { ...view, offset: view.offset ?? 0 };
    const contiguity = contiguityOf(layout);
    expect([
      contiguity === 'C' || contiguity === 'both',
      contiguity === 'F' || contiguity === 'both',
    ]).toEqual([view.c, view.f]);
    if (view.offset === null) return;
    const { start, end } = byteExtent(layout);
    if (view.byte_range) expect([start, end]).toEqual(view.byte_range);
    for (const { index, byte } of view.samples ?? []) {
      expect(byteOffsetOf(layout, index)).toBe(byte);
      const found = elementAtByte(layout, byte);
      expect(byteOffsetOf(layout, found!.index) + found!.byteInElement).toBe(byte);
    }
  });
});

describe('a slice of NumPy is the same view here', () => {
  const basic = views.filter(
    (view) => /^A\[[-\d:,. None]+\]$/.test(view.expr) && view.offset !== null,
  );
  test.each(basic)('$expr', ({ expr, base, ...view }) => {
    const subscripts = parseSlice(expr.slice(1));
    if (!subscripts.ok) throw new Error(subscripts.error.message);
    const itemsize = Number(base.dtype.slice(2));
    expect(sliceLayout({ ...base, offset: 0, itemsize }, subscripts.value)).toMatchObject({
      value: { shape: view.shape, strides: view.strides, offset: view.offset },
    });
  });

  test('there are some', () => {
    expect(basic.length).toBeGreaterThan(0);
  });
});

test('start, stop and step resolve as in Python', () => {
  const big = (value: number | null | undefined) => (value == null ? {} : { value: BigInt(value) });
  for (const [length, start, stop, step, ...expected] of slices) {
    const slice = {
      ...('value' in big(start) ? { start: BigInt(start!) } : {}),
      ...('value' in big(stop) ? { stop: BigInt(stop!) } : {}),
      ...('value' in big(step) ? { step: BigInt(step!) } : {}),
    };
    const resolved = resolveSlice(slice, length!)!;
    expect([resolved.start, resolved.stop, resolved.step, resolved.count]).toEqual(expected);
  }
});

describe('what is no slice says why', () => {
  const layout = { shape: [3, 4], strides: [4, 1], offset: 0, itemsize: 1 };
  test.each([
    ['', 'bad-slice'],
    ['a', 'bad-slice'],
    ['1,,2', 'bad-slice'],
    ['1:2:3:4', 'bad-slice'],
    ['1.5', 'bad-slice'],
    ['..., ...', 'bad-slice'],
    ['0, 0, 0', 'too-many-indices'],
    ['3', 'index-out-of-bounds'],
    ['-4', 'index-out-of-bounds'],
    ['::0', 'zero-step'],
    ['99999999999999999999', 'index-out-of-bounds'],
  ])('[%s]', (text, kind) => {
    const subscripts = parseSlice(`[${text}]`);
    const result = subscripts.ok ? sliceLayout(layout, subscripts.value) : subscripts;
    expect(result).toMatchObject({ error: { kind } });
  });
});

const layouts = fc
  .record({
    axes: fc.array(
      fc.record({
        length: fc.integer({ min: 1, max: 5 }),
        stride: fc.integer({ min: -40, max: 40 }),
      }),
      { maxLength: 4 },
    ),
    offset: fc.integer({ min: 0, max: 1000 }),
    itemsize: fc.integer({ min: 1, max: 9 }),
  })
  .map(({ axes, offset, itemsize }): StridedLayout => ({
    shape: axes.map((axis) => axis.length),
    strides: axes.map((axis) => axis.stride),
    offset,
    itemsize,
  }));

function allOffsets(layout: StridedLayout): number[] {
  return Array.from({ length: elementCount(layout.shape) }, (_, position) =>
    byteOffsetOf(layout, indexOfPosition(layout.shape, position)),
  );
}

test('every element lies in the extent, and the extent is no wider', () => {
  fc.assert(
    fc.property(layouts, (layout) => {
      const offsets = allOffsets(layout);
      expect(byteExtent(layout)).toEqual({
        start: Math.min(...offsets),
        end: Math.max(...offsets) + layout.itemsize,
      });
    }),
  );
});

test('a byte finds an element that has it exactly where there is one', () => {
  fc.assert(
    fc.property(layouts, (layout) => {
      const offsets = allOffsets(layout);
      const { start, end } = byteExtent(layout);
      for (let byte = start - 2; byte < end + 2; byte++) {
        const owned = offsets.some((offset) => offset <= byte && byte < offset + layout.itemsize);
        const found = elementAtByte(layout, byte);
        expect(found !== undefined).toBe(owned);
        if (found) {
          expect(byteOffsetOf(layout, found.index) + found.byteInElement).toBe(byte);
          expect(found.byteInElement).toBeLessThan(layout.itemsize);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('index to byte to index is the identity where elements do not overlap', () => {
  const shapes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 0, maxLength: 5 });
  fc.assert(
    fc.property(shapes, fc.constantFrom('C', 'F'), fc.nat(), (shape, order, seed) => {
      const strides = contiguousStrides(shape, 8, order);
      const layout = { shape, strides, offset: 80, itemsize: 8 };
      const index = indexOfPosition(shape, seed % elementCount(shape));
      const byte = byteOffsetOf(layout, index) + (seed % 8);
      expect(elementAtByte(layout, byte)).toEqual({ index, byteInElement: seed % 8 });
    }),
  );
});

test('a huge array answers at once', () => {
  const shape = [100_000, 1000, 1000];
  const layout = { shape, strides: contiguousStrides(shape, 8, 'F'), offset: 128, itemsize: 8 };
  const found = elementAtByte(layout, 128 + 8 * 12_345_678_901);
  expect(found?.index).toEqual([78_901, 456, 123]);
});
