/** Scans behind plots and counts, held to plain loops over what was put in. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ScalarType } from '#shared/layout/dtype.ts';
import { parseDType } from '#shared/layout/dtypeText.ts';
import type { Result } from '#shared/result.ts';
import { histogramOf } from '#buffers/scan/histogram.ts';
import { progressSource } from '#buffers/scan/progress.ts';
import { seriesOf } from '#buffers/scan/series.ts';
import { uniqueOf } from '#buffers/scan/unique.ts';
import { memorySource } from './memorySource.ts';

function scalar(text: string): ScalarType {
  const dtype = parseDType(text);
  if (!dtype.ok || dtype.value.kind !== 'scalar') throw new Error(text);
  return dtype.value;
}

function valueOf<T>(result: Result<T, { readonly message: string }>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const float = scalar('<f8');
const vector = (length: number, itemsize = 8) => ({
  shape: [length],
  strides: [itemsize],
  offset: 0,
  itemsize,
});
const bytesOf = (numbers: readonly number[]) => new Uint8Array(Float64Array.from(numbers).buffer);

describe('a histogram', () => {
  test('counts every finite element once, as a loop does', async () => {
    const numbers = fc.array(
      fc.oneof(
        fc.integer({ min: -100, max: 100 }),
        fc.constantFrom(5e-324, NaN, Infinity, -Infinity),
      ),
      { maxLength: 80 },
    );
    await fc.assert(
      fc.asyncProperty(numbers, fc.integer({ min: 1, max: 9 }), async (values, bins) => {
        const source = memorySource(bytesOf(values));
        const found = valueOf(
          await histogramOf(source, float, vector(values.length), {
            bins,
            part: 'value',
            range: undefined,
          }),
        );
        const finite = values.filter(Number.isFinite);
        expect(found.counts.reduce((sum, count) => sum + count, 0)).toBe(finite.length);
        expect(found.notFinite).toBe(values.length - finite.length);
        const below = finite.filter((value) => value < (found.low + found.high) / 2).length;
        if (bins === 2) expect(found.counts[0]).toBe(below);
      }),
    );
  });

  test('of numpy.histogram([1, 1, 2, 5], 4)', async () => {
    const source = memorySource(bytesOf([1, 1, 2, 5]));
    const options = { bins: 4, part: 'value', range: undefined } as const;
    expect(valueOf(await histogramOf(source, float, vector(4), options))).toEqual({
      counts: [2, 1, 0, 1],
      low: 1,
      high: 5,
      notFinite: 0,
    });
  });

  test('of one value has a range of 1, and of the widest range no bin outside', async () => {
    const same = memorySource(bytesOf([3, 3]));
    const options = { bins: 2, part: 'value', range: undefined } as const;
    expect(valueOf(await histogramOf(same, float, vector(2), options))).toMatchObject({
      low: 2.5,
      high: 3.5,
    });
    const widest = memorySource(bytesOf([-Number.MAX_VALUE, 0, Number.MAX_VALUE]));
    expect(valueOf(await histogramOf(widest, float, vector(3), options)).counts).toEqual([1, 2]);
  });

  test('of complex numbers by magnitude and phase', async () => {
    const source = memorySource(bytesOf([3, 4, 0, -1]));
    const complex = scalar('<c16');
    const over = async (part: 'magnitude' | 'phase') =>
      valueOf(
        await histogramOf(source, complex, vector(2, 16), { bins: 1, part, range: undefined }),
      );
    expect(await over('magnitude')).toMatchObject({ low: 1, high: 5 });
    expect((await over('phase')).low).toBeCloseTo(-Math.PI / 2);
  });
});

test('a series keeps every spike', async () => {
  const numbers = fc.array(fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constant(NaN)), {
    maxLength: 60,
  });
  await fc.assert(
    fc.asyncProperty(numbers, fc.integer({ min: 1, max: 20 }), async (values, runs) => {
      const source = memorySource(bytesOf(values));
      const { extremes, step } = valueOf(
        await seriesOf(source, float, vector(values.length), { runs, part: 'value' }),
      );
      const pairs = new Float64Array(extremes);
      expect(pairs.length / 2).toBeLessThanOrEqual(runs);
      for (let run = 0; 2 * run < pairs.length; run++) {
        const numbersOfRun = values
          .slice(run * step, (run + 1) * step)
          .filter((value) => !Number.isNaN(value));
        const isEmpty = numbersOfRun.length === 0;
        expect(pairs[2 * run]).toBe(isEmpty ? NaN : Math.min(...numbersOfRun));
        expect(pairs[2 * run + 1]).toBe(isEmpty ? NaN : Math.max(...numbersOfRun));
      }
    }),
  );
});

describe('distinct values', () => {
  test.each([1, 2, 3, 8])('of %d bytes are counted, the most frequent first', async (itemsize) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(3), { maxLength: 40 }), async (picks) => {
        const bytes = new Uint8Array(picks.length * itemsize);
        picks.forEach((pick, k) => {
          bytes[k * itemsize] = pick;
          bytes[(k + 1) * itemsize - 1] = 200 + pick;
        });
        const layout = vector(picks.length, itemsize);
        const found = valueOf(await uniqueOf(memorySource(bytes), layout, 2));
        const counts = new Map<number, number>();
        for (const pick of picks) counts.set(pick, (counts.get(pick) ?? 0) + 1);
        const sorted = [...counts.values()].sort((a, b) => b - a);
        expect(found.distinct).toBe(counts.size);
        expect(found.counts).toEqual(sorted.slice(0, 2));
        expect(found.bytes.byteLength).toBe(found.counts.length * itemsize);
      }),
      { numRuns: 30 },
    );
  });

  test('too many are told as not counted', async () => {
    const bytes = new Uint8Array(Uint32Array.from({ length: 200_000 }, (_, k) => k).buffer);
    const found = valueOf(await uniqueOf(memorySource(bytes), vector(200_000, 4), 10));
    expect(found).toMatchObject({ distinct: null, counts: [] });
  });
});

test('progress never passes the total, and is told now and then only', async () => {
  const told: number[] = [];
  const source = progressSource(memorySource(new Uint8Array(100)), 50, (done) => told.push(done));
  for (let k = 0; k < 1000; k++) await source.readUncached(0, 100);
  expect(told.every((done) => done <= 50)).toBe(true);
  expect(told.length).toBeLessThan(10);
});
