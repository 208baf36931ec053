import type { ScalarType } from '#shared/layout/dtype.ts';
import type { StridedLayout } from '#shared/layout/strides.ts';
import { elementCount } from '#shared/layout/strides.ts';
import type { NumberPart, Series } from '#shared/protocol/bufferScan.ts';
import type { Result } from '#shared/result.ts';
import { ok } from '#shared/result.ts';
import type { ByteSource, SourceFailure } from '../source/byteSource.ts';
import { numbersOf } from './numbers.ts';

/** Elements in C order as at most `runs` pairs of extremes, so that no spike is lost however many there are. */
export async function seriesOf(
  source: ByteSource,
  dtype: ScalarType,
  layout: StridedLayout,
  { runs, part }: { readonly runs: number; readonly part: NumberPart },
  signal?: AbortSignal,
): Promise<Result<Series, SourceFailure>> {
  const count = elementCount(layout.shape);
  const step = Math.max(1, Math.ceil(count / runs));
  const extremes = new Float64Array(2 * Math.ceil(count / step)).fill(NaN);
  let position = 0;
  for await (const piece of numbersOf(source, dtype, layout, part, false, signal)) {
    if (!piece.ok) return piece;
    const numbers = piece.value;
    for (let k = 0; k < numbers.length; k++, position++) {
      const value = numbers[k] ?? 0;
      if (Number.isNaN(value)) continue;
      const run = 2 * Math.floor(position / step);
      const low = extremes[run] ?? NaN;
      const high = extremes[run + 1] ?? NaN;
      // A comparison with NaN is false, which makes the first number both.
      if (!(low <= value)) extremes[run] = value;
      if (!(high >= value)) extremes[run + 1] = value;
    }
  }
  return ok({ extremes: extremes.buffer, step });
}
