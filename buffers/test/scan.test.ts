import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DType } from '#shared/layout/dtype.ts';
import { parseDType } from '#shared/layout/dtypeText.ts';
import type { StridedLayout } from '#shared/layout/strides.ts';
import { byteExtent, byteOffsetOf, elementCount, indexOfPosition } from '#shared/layout/strides.ts';
import { packedElements } from '#buffers/scan/elements.ts';
import { gather } from '#buffers/scan/gather.ts';
import { statisticsInJavaScript, statisticsOf } from '#buffers/scan/statistics.ts';
import { memorySource } from './memorySource.ts';

/** Layouts of any strides, moved so that they start at byte 5 of their extent. */
const layoutsOf = (maxAxes: number) =>
  fc
    .record({
      axes: fc.array(
        fc.record({
          length: fc.integer({ min: 0, max: 6 }),
          stride: fc.integer({ min: -300, max: 300 }),
        }),
        { maxLength: maxAxes },
      ),
      itemsize: fc.integer({ min: 1, max: 9 }),
    })
    .map(({ axes, itemsize }): StridedLayout => {
      const layout = {
        shape: axes.map((axis) => axis.length),
        strides: axes.map((axis) => axis.stride),
        offset: 0,
        itemsize,
      };
      return { ...layout, offset: 5 - byteExtent(layout).start };
    });

function naive(bytes: Uint8Array, layout: StridedLayout, limit = Infinity): number[] {
  const count = Math.min(elementCount(layout.shape), limit);
  return Array.from({ length: count }, (_, position) => {
    const start = byteOffsetOf(layout, indexOfPosition(layout.shape, position));
    return Array.from(bytes.subarray(start, start + layout.itemsize));
  }).flat();
}

function somebytes(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let k = 0; k < length; k++) bytes[k] = (k * 167 + (k >> 8)) & 255;
  return bytes;
}

test('gathering is the same as one element at a time', async () => {
  await fc.assert(
    fc.asyncProperty(layoutsOf(2), async (layout) => {
      const bytes = somebytes(byteExtent(layout).end + 3);
      const packed = await gather(memorySource(bytes), layout);
      expect(packed.ok && Array.from(packed.value)).toEqual(naive(bytes, layout));
    }),
  );
});

test('pieces of an array are its elements in C order, up to the limit', async () => {
  await fc.assert(
    fc.asyncProperty(layoutsOf(4), fc.nat({ max: 300 }), async (layout, limit) => {
      const bytes = somebytes(byteExtent(layout).end + 3);
      const found: number[] = [];
      for await (const piece of packedElements(memorySource(bytes), layout, { limit }))
        if (piece.ok) found.push(...piece.value);
      expect(found).toEqual(naive(bytes, layout, limit));
    }),
  );
});

describe('few reads serve a window', () => {
  const megabyte = 1024 * 1024;
  test.each<[name: string, layout: StridedLayout, reads: number]>([
    [
      'a block of neighbouring rows',
      { shape: [64, 64], strides: [1024, 8], offset: 0, itemsize: 8 },
      1,
    ],
    ['64 rows far apart', { shape: [64, 64], strides: [65_536, 8], offset: 0, itemsize: 8 }, 64],
    [
      '64 columns far apart, F order',
      { shape: [64, 64], strides: [8, 65_536], offset: 0, itemsize: 8 },
      64,
    ],
    [
      'one column of sparse rows',
      { shape: [40, 1], strides: [32_768, 8], offset: 0, itemsize: 8 },
      40,
    ],
  ])('%s', async (_, layout, reads) => {
    const bytes = somebytes(8 * megabyte);
    const source = memorySource(bytes);
    const packed = await gather(source, layout);
    expect(packed.ok && Buffer.from(packed.value).equals(Buffer.from(naive(bytes, layout)))).toBe(
      true,
    );
    expect(source.reads).toHaveLength(reads);
  });

  test('and no read is larger than a megabyte where elements are sparse', async () => {
    const bytes = somebytes(8 * megabyte);
    const source = memorySource(bytes);
    await gather(source, { shape: [2, 4000], strides: [4, 2000], offset: 0, itemsize: 1 });
    expect(Math.max(...source.reads.map(({ length }) => length))).toBeLessThanOrEqual(megabyte);
  });
});

test('an aborted gather stops', async () => {
  const source = memorySource(somebytes(1000));
  const layout = { shape: [10], strides: [8], offset: 0, itemsize: 8 };
  await expect(gather(source, layout, AbortSignal.abort())).rejects.toThrow();
});

function dtypeOf(text: string): DType {
  const dtype = parseDType(text);
  if (!dtype.ok) throw new Error(dtype.error.message);
  return dtype.value;
}

async function stats(type: string, bytes: Uint8Array, offset = 0) {
  const dtype = dtypeOf(type);
  const count = Math.floor((bytes.length - offset) / dtype.itemsize);
  const layout = { shape: [count], strides: [dtype.itemsize], offset, itemsize: dtype.itemsize };
  const result = await statisticsOf(memorySource(bytes), dtype, layout);
  if (!result.ok || !result.value) throw new Error('no statistics');
  return result.value;
}

describe('statistics', () => {
  test('of floats are exact where plain sums are not', async () => {
    const values = [1e16, 1, -1e16, 1, NaN, Infinity, -0];
    const found = await stats('<f8', new Uint8Array(Float64Array.from(values).buffer));
    expect(found).toMatchObject({
      count: 7,
      min: -1e16,
      max: 1e16,
      mean: 2 / 5,
      zeros: 1,
      nan: 1,
      positiveInfinite: 1,
      negativeInfinite: 0,
    });
  });

  test('of 64-bit integers are exact far from zero', async () => {
    const base = 2n ** 62n;
    const values = BigInt64Array.from([base, base + 2n, base + 4n]);
    const found = await stats('<i8', new Uint8Array(values.buffer));
    expect(found).toMatchObject({ min: base, max: base + 4n, mean: 2 ** 62 });
    expect(found.std).toBeCloseTo(Math.sqrt(8 / 3), 12);
  });

  test('of nothing are null, and of NaN alone too', async () => {
    expect(await stats('<f4', new Uint8Array(0))).toMatchObject({ count: 0, min: null, std: null });
    const nan = new Uint8Array(Float32Array.of(NaN).buffer);
    expect(await stats('<f4', nan)).toMatchObject({ count: 1, nan: 1, max: null, mean: null });
  });

  test('do not depend on alignment, byte order or the number of pieces', async () => {
    const values = Float64Array.from({ length: 600_000 }, (_, k) => Math.sin(k) * 1000 + 1e6);
    const little = Buffer.from(values.buffer);
    const shifted = Buffer.concat([Buffer.of(1, 2, 3), little]);
    const big = Buffer.from(little).swap64();
    const expected = await stats('<f8', little);
    expect(await stats('<f8', shifted, 3)).toEqual(expected);
    // Another order of bytes is summed in other pieces.
    const swapped = await stats('>f8', big);
    expect(swapped).toEqual({ ...expected, std: swapped.std });
    expect(Math.abs(swapped.std! / expected.std! - 1)).toBeLessThan(1e-13);
    const mean = values.reduce((sum, value) => sum + (value - 1e6), 0) / values.length + 1e6;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(expected.mean! / mean - 1)).toBeLessThan(1e-13);
    expect(Math.abs(expected.std! / Math.sqrt(variance) - 1)).toBeLessThan(1e-12);
  });

  test.each(['i1', 'u1', '<i2', '>u2', '<i4', '>u4', '<i8', '>u8'])(
    'of %s are those of its bigints',
    async (type) => {
      const bytes = somebytes(8 * 64);
      const found = await stats(type, bytes);
      const size = Number(type.at(-1));
      const view = new DataView(bytes.buffer);
      const values = Array.from({ length: bytes.length / size }, (_, k) => {
        const little = type.startsWith('>')
          ? bytes.slice(k * size, k * size + size).reverse()
          : bytes.slice(k * size, k * size + size);
        const wide = little.reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);
        return type.includes('i') ? BigInt.asIntN(size * 8, wide) : wide;
      });
      expect(view.byteLength).toBe(bytes.length);
      const min = values.reduce((a, b) => (a < b ? a : b));
      const max = values.reduce((a, b) => (a > b ? a : b));
      const mean = Number(values.reduce((a, b) => a + b)) / values.length;
      const std = Math.sqrt(
        values.reduce((sum, value) => sum + (Number(value) - mean) ** 2, 0) / values.length,
      );
      expect([BigInt(found.min!), BigInt(found.max!), found.mean]).toEqual([min, max, mean]);
      expect(Math.abs(found.std! / std - 1)).toBeLessThan(1e-12);
    },
  );
});

describe('the kernel sums as JavaScript does', () => {
  const arrays: Record<string, (values: readonly number[]) => ArrayBufferView<ArrayBuffer>> = {
    '<f8': (values) => Float64Array.from(values),
    '<f4': (values) => Float32Array.from(values),
    '<i4': (values) => Int32Array.from(values),
    '<u4': (values) => Uint32Array.from(values),
    '<i2': (values) => Int16Array.from(values),
    '<u2': (values) => Uint16Array.from(values),
    i1: (values) => Int8Array.from(values),
    u1: (values) => Uint8Array.from(values),
  };
  /** A few values repeated over several blocks, with others in places of their own. */
  const valuesOf = fc
    .record({
      repeated: fc.array(fc.double({ min: -1e300, max: 1e300 }), { minLength: 1, maxLength: 7 }),
      length: fc.nat({ max: 20_000 }),
      special: fc.array(
        fc.tuple(
          fc.nat({ max: 20_000 }),
          fc.constantFrom(NaN, Infinity, -Infinity, 0, -0, 1e16, -1e16, 1, 5e-324),
        ),
        { maxLength: 5 },
      ),
    })
    .map(({ repeated, length, special }) => {
      const values = Array.from({ length }, (_, k) => repeated[k % repeated.length]!);
      for (const [at, value] of special) if (at < length) values[at] = value;
      return values;
    });

  test.each(Object.keys(arrays))('over %s', async (type) => {
    await fc.assert(
      fc.asyncProperty(valuesOf, fc.nat({ max: 9 }), async (values, before) => {
        const array = arrays[type]!(values);
        const bytes = new Uint8Array(before + array.byteLength);
        bytes.set(new Uint8Array(array.buffer), before);
        const dtype = dtypeOf(type);
        const layout = {
          shape: [values.length],
          strides: [dtype.itemsize],
          offset: before,
          itemsize: dtype.itemsize,
        };
        const both = [statisticsOf, statisticsInJavaScript].map((scan) =>
          scan(memorySource(bytes), dtype, layout),
        );
        const [found, expected] = (await Promise.all(both)).map((result) =>
          result.ok ? result.value : undefined,
        );
        const { mean, std, min, max, ...counts } = found!;
        expect(counts).toEqual({
          count: expected!.count,
          zeros: expected!.zeros,
          nan: expected!.nan,
          positiveInfinite: expected!.positiveInfinite,
          negativeInfinite: expected!.negativeInfinite,
        });
        // Of zeros either may be the smallest, so +0 and -0 are the same here.
        expect([min === expected!.min, max === expected!.max]).toEqual([true, true]);
        // A deviation is rounded relative to the numbers that it is of: of equal ones it is nearly zero. Denormal
        // numbers have no relative precision, so a few of their steps are allowed.
        const scale = Math.max(Math.abs(Number(min ?? 0)), Math.abs(Number(max ?? 0)));
        for (const [ours, theirs, bound] of [
          [mean, expected!.mean, Math.abs(expected!.mean ?? 0)],
          [std, expected!.std, scale],
        ] as const) {
          if (ours === null || theirs === null) expect(ours).toBe(theirs);
          else
            expect(Math.abs(ours - theirs)).toBeLessThanOrEqual(
              Math.max(1e-12 * bound, 8 * Number.MIN_VALUE),
            );
        }
      }),
      { numRuns: 60 },
    );
  });

  test('of more than one piece, and the next scan does not see the last', async () => {
    const values = Float64Array.from({ length: 700_001 }, (_, k) => (k % 5 === 0 ? NaN : k));
    const found = await stats('<f8', new Uint8Array(values.buffer));
    const nan = 140_001;
    expect(found).toMatchObject({ count: 700_001, nan, min: 1, max: 699_999, zeros: 0 });
    expect(found.mean).toBe(350_000);
    const ones = await stats('<f8', new Uint8Array(Float64Array.of(1, 1, 1, 1, 1).buffer));
    expect(ones).toMatchObject({ count: 5, nan: 0, min: 1, max: 1, mean: 1, std: 0 });
  });

  test('and stops at a file that ends early', async () => {
    const dtype = dtypeOf('<f8');
    const layout = { shape: [100], strides: [8], offset: 0, itemsize: 8 };
    const result = await statisticsOf(memorySource(new Uint8Array(799)), dtype, layout);
    expect(result).toMatchObject({ error: { kind: 'unreadable' } });
  });

  test('and when it is told to', async () => {
    const dtype = dtypeOf('<f8');
    const layout = { shape: [100], strides: [8], offset: 0, itemsize: 8 };
    const source = memorySource(new Uint8Array(800));
    await expect(statisticsOf(source, dtype, layout, AbortSignal.abort())).rejects.toThrow();
  });
});
