import type { ScalarType } from '#shared/layout/dtype.ts';
import type { StridedLayout } from '#shared/layout/strides.ts';
import type { Histogram, NumberPart } from '#shared/protocol/bufferScan.ts';
import type { Result } from '#shared/result.ts';
import { ok } from '#shared/result.ts';
import type { ByteSource, SourceFailure } from '../source/byteSource.ts';
import { numbersOf } from './numbers.ts';

/**
 * Counts of the finite elements in bins of the same width, as `numpy.histogram` has them. Without a range it is read
 * from the elements first.
 */
export async function histogramOf(
  source: ByteSource,
  dtype: ScalarType,
  layout: StridedLayout,
  options: {
    readonly bins: number;
    readonly part: NumberPart;
    readonly range: { readonly low: number; readonly high: number } | undefined;
  },
  signal?: AbortSignal,
): Promise<Result<Histogram, SourceFailure>> {
  const { bins, part } = options;
  const range = options.range
    ? ok(options.range)
    : await rangeOf(source, dtype, layout, part, signal);
  if (!range.ok) return range;
  let { low, high } = range.value;
  // As in NumPy a single value stands in the middle of a range of 1.
  if (low === high) {
    low -= 0.5;
    high += 0.5;
  }
  const counts = new Float64Array(bins);
  const width = high - low;
  // A range wider than the largest float has no width: halves of it do.
  const isHuge = !Number.isFinite(width);
  let notFinite = 0;
  for await (const piece of numbersOf(source, dtype, layout, part, true, signal)) {
    if (!piece.ok) return piece;
    const numbers = piece.value;
    for (let k = 0, { length } = numbers; k < length; k++) {
      const value = numbers[k] ?? 0;
      if (!Number.isFinite(value)) notFinite++;
      else if (low <= value && value <= high) {
        const place = isHuge
          ? ((value / 2 - low / 2) / (high / 2 - low / 2)) * bins
          : ((value - low) / width) * bins;
        const bin = Math.min(bins - 1, Math.floor(place));
        counts[bin] = (counts[bin] ?? 0) + 1;
      }
    }
  }
  return ok({ counts: Array.from(counts), low, high, notFinite });
}

async function rangeOf(
  source: ByteSource,
  dtype: ScalarType,
  layout: StridedLayout,
  part: NumberPart,
  signal?: AbortSignal,
): Promise<Result<{ low: number; high: number }, SourceFailure>> {
  let low = Infinity;
  let high = -Infinity;
  for await (const piece of numbersOf(source, dtype, layout, part, true, signal)) {
    if (!piece.ok) return piece;
    const numbers = piece.value;
    for (let k = 0, { length } = numbers; k < length; k++) {
      const value = numbers[k] ?? 0;
      if (!Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return ok(low > high ? { low: 0, high: 1 } : { low, high });
}
