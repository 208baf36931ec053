/** `--axis`: statistics of each line along an axis, which the panel shows of the selected row and column. */
import { hasNumbers } from '#buffers/scan/numbers.ts';
import type { Statistics } from '#buffers/scan/statistics.ts';
import { statisticsOf } from '#buffers/scan/statistics.ts';
import type { ByteSource } from '#buffers/source/byteSource.ts';
import type { ArrayDescription } from '#shared/protocol/bufferView.ts';
import { leavesOf } from '#shared/layout/leaves.ts';
import { byteOffsetOf, elementCount, indexOfPosition } from '#shared/layout/strides.ts';
import { CannotRun } from './command.ts';
import { layoutOf, readable } from './inspectMember.ts';

export interface AxisStatistics {
  readonly axis: number;
  /** All lines: the elements of the other axes. */
  readonly count: number;
  /** The first of them in C order; of records one for each field with numbers. */
  readonly lines: readonly AxisLine[];
}

interface AxisLine {
  /** As a slice of the array: `[3, :]`. */
  readonly slice: string;
  readonly index: readonly (number | null)[];
  readonly field: string;
  readonly stats: Statistics;
}

export async function statisticsAlong(
  asked: number,
  source: ByteSource,
  view: ArrayDescription,
  { file, limit }: { readonly file: string; readonly limit: number },
  signal: AbortSignal,
): Promise<AxisStatistics> {
  const { shape, strides } = view;
  const axis = asked < 0 ? asked + shape.length : asked;
  const length = shape[axis];
  if (length === undefined)
    throw new CannotRun(
      `--axis ${asked} is out of bounds for an array of dimension ${shape.length}`,
    );
  const others = shape.toSpliced(axis, 1);
  const count = elementCount(others);
  const leaves = leavesOf(view.dtype).filter(({ dtype }) => hasNumbers(dtype));
  const lines: AxisLine[] = [];
  for (let at = 0; at < Math.min(count, limit) && leaves.length > 0; at++) {
    const origin = indexOfPosition(others, at).toSpliced(axis, 0, 0);
    const index = origin.map((position, other) => (other === axis ? null : position));
    const start = byteOffsetOf(layoutOf(view), origin);
    for (const { name, dtype, offset } of leaves) {
      const line = {
        shape: [length],
        strides: [strides[axis] ?? 0],
        offset: start + offset,
        itemsize: dtype.itemsize,
      };
      const stats = readable(file, await statisticsOf(source, dtype, line, signal));
      if (stats)
        lines.push({
          slice: `[${index.map((position) => position ?? ':').join(', ')}]`,
          index,
          field: name,
          stats,
        });
    }
  }
  return { axis, count, lines };
}
