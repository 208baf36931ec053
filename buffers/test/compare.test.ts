import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CompareMode } from '#shared/protocol/bufferCompare.ts';
import { compareSources } from '#buffers/compare.ts';
import type { ByteSource } from '#buffers/source/byteSource.ts';
import { ok } from '#shared/result.ts';
import { memorySource } from './memorySource.ts';

async function compare(here: Uint8Array, there: Uint8Array, mode: CompareMode, limit = 100) {
  const found = await compareSources(memorySource(here), memorySource(there), mode, limit);
  return found.ok ? found.value : found.error.message;
}

const bytes = { kind: 'bytes' } as const;
const values = (
  change: Partial<Extract<CompareMode, { kind: 'values' }>> & {
    readonly type?: string;
    readonly otherType?: string;
    readonly count: number;
  },
): CompareMode => {
  const { type = '<f8', otherType = type, count, ...rest } = change;
  const size = (text: string) => Number(text.slice(2));
  const laid = (text: string) => ({
    dtype: text,
    shape: [count],
    strides: [size(text)],
    offset: 0,
  });
  return {
    kind: 'values',
    elements: laid(type),
    other: laid(otherType),
    absolute: 0,
    relative: 0,
    ...rest,
  };
};
const doubles = (...numbers: number[]) => new Uint8Array(Float64Array.from(numbers).buffer);

describe('bytes', () => {
  test('runs that differ are what a loop finds', async () => {
    const few = fc.uint8Array({ max: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(few, few, async (one, other) => {
        const shared = Math.min(one.length, other.length);
        let count = Math.abs(one.length - other.length);
        const differs = Array.from({ length: shared }, (_, k) => one[k] !== other[k]);
        count += differs.filter(Boolean).length;
        const found = await compare(one, other, bytes);
        if (typeof found === 'string') throw new Error(found);
        expect(found.count).toBe(count);
        const told = new Set<number>();
        for (const { start, end, otherEnd } of found.differences)
          for (let at = start; at < Math.max(end, otherEnd); at++) told.add(at);
        expect(told.size).toBe(count);
      }),
    );
  });

  test('a run over the border of a piece is one', async () => {
    const one = new Uint8Array(3 * 1024 * 1024);
    const other = one.slice();
    other.fill(1, 1024 * 1024 - 2, 1024 * 1024 + 2);
    expect(await compare(one, other, bytes)).toMatchObject({
      count: 4,
      differences: [{ start: 1024 * 1024 - 2, end: 1024 * 1024 + 2 }],
    });
  });

  test('the same bytes are the same', async () => {
    expect(await compare(doubles(1, 2), doubles(1, 2), bytes)).toMatchObject({
      count: 0,
      differences: [],
      compared: 16,
    });
  });
});

describe('values', () => {
  test('within a tolerance are the same, as numpy.isclose has it', async () => {
    const one = doubles(1, 2, NaN, Infinity, 0);
    const other = doubles(1.001, 2.5, NaN, -Infinity, -0);
    const found = await compare(one, other, values({ count: 5, relative: 0.01 }));
    expect(found).toMatchObject({
      count: 2,
      greatest: 0.5,
      differences: [
        { position: 1, here: '2.0', there: '2.5' },
        { position: 3, here: 'inf', there: '-inf' },
      ],
    });
  });

  test('of other types are compared as numbers', async () => {
    const ints = new Uint8Array(Int32Array.of(1, 2, 3).buffer);
    const found = await compare(
      ints,
      doubles(1, 2, 4),
      values({ count: 3, type: '<i4', otherType: '<f8' }),
    );
    expect(found).toMatchObject({ count: 1, differences: [{ position: 2 }] });
  });

  test('whole numbers beyond 2^53 are told apart', async () => {
    const one = new Uint8Array(BigInt64Array.of(2n ** 53n, 5n).buffer);
    const other = new Uint8Array(BigInt64Array.of(2n ** 53n + 1n, 5n).buffer);
    expect(await compare(one, other, values({ count: 2, type: '<i8' }))).toMatchObject({
      count: 1,
    });
  });

  test('of another order are met at their index', async () => {
    const one = Uint8Array.of(1, 2, 3, 4);
    const other = Uint8Array.of(1, 3, 2, 4);
    const mode: CompareMode = {
      kind: 'values',
      elements: { dtype: '|u1', shape: [2, 2], strides: [2, 1], offset: 0 },
      other: { dtype: '|u1', shape: [2, 2], strides: [1, 2], offset: 0 },
      absolute: 0,
      relative: 0,
    };
    expect(await compare(one, other, mode)).toMatchObject({ count: 0, compared: 4 });
  });

  test('of other shapes, and text with numbers, can’t be compared', async () => {
    const mode = values({ count: 1 });
    const longer = { ...mode, other: { dtype: '<f8', shape: [2], strides: [8], offset: 0 } };
    expect(await compare(doubles(1), doubles(1, 2), longer as CompareMode)).toBe(
      'The shapes differ: (1,) here, (2,) there.',
    );
    expect(
      await compare(doubles(1), doubles(1), values({ count: 1, type: '<f8', otherType: '|S8' })),
    ).toBe('Values of float64 and S8 can’t be compared.');
  });
});

/** Zeros as far as one likes, and what stands among them. */
function zerosWith(byteLength: number, places: ReadonlyMap<number, number>): ByteSource {
  const zeros = new Uint8Array(1024 * 1024);
  const read = (offset: number, length: number) => {
    const size = Math.max(0, Math.min(length, byteLength - offset));
    const within = [...places].filter(([at]) => offset <= at && at < offset + size);
    if (within.length === 0) return Promise.resolve(ok(zeros.subarray(0, size)));
    const bytes = new Uint8Array(size);
    for (const [at, byte] of within) bytes[at - offset] = byte;
    return Promise.resolve(ok(bytes));
  };
  return { ...memorySource(zeros), byteLength, read, readUncached: read };
}

test('beyond 2 GiB bytes are compared to their ends, whichever is longer', async () => {
  const size = 2 ** 31 + 4096;
  const one = zerosWith(size, new Map([[5, 1]]));
  const other = zerosWith(
    size + 1,
    new Map([
      [5, 1],
      [size - 2, 120],
    ]),
  );
  expect(await compareSources(one, other, bytes, 10)).toMatchObject({
    value: { count: 2, differences: [{ start: size - 2, end: size - 1 }, { otherEnd: size + 1 }] },
  });
});
