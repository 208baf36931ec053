/** Walks all elements of an array in C order, a packed piece at a time, whatever its strides. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { StridedLayout } from '#shared/layout/strides.ts';
import {
  byteOffsetOf,
  contiguityOf,
  elementCount,
  indexOfPosition,
} from '#shared/layout/strides.ts';
import type { Result } from '#shared/result.ts';
import type { ByteSource, SourceFailure } from '../source/byteSource.ts';
import { gather } from './gather.ts';

const PIECE_BYTES = 4 * 1024 * 1024;
const PIECES_PER_TURN = 16;

/**
 * Pieces of whole elements, at most `limit` elements in all. With `anyOrder` an F-ordered array is read as it lies
 * in the file, for scans that don't care.
 */
export async function* packedElements(
  source: ByteSource,
  layout: StridedLayout,
  { limit = Infinity, anyOrder = false }: { limit?: number; anyOrder?: boolean },
  signal?: AbortSignal,
): AsyncGenerator<Result<Uint8Array, SourceFailure>> {
  const { itemsize } = layout;
  const count = Math.min(elementCount(layout.shape), limit);
  const perPiece = Math.max(1, Math.floor(PIECE_BYTES / Math.max(itemsize, 1)));
  const contiguity = contiguityOf(layout);
  if (contiguity === 'C' || contiguity === 'both' || (anyOrder && contiguity === 'F')) {
    for (let done = 0; done < count; done += perPiece) {
      const length = Math.min(perPiece, count - done) * itemsize;
      const piece = await source.readUncached(layout.offset + done * itemsize, length, signal);
      yield piece;
      if (!piece.ok) return;
    }
    return;
  }
  yield* gatheredRows(source, layout, count, perPiece, signal);
}

/** Rectangles of the last two axes; the axes before them are walked one index at a time. */
async function* gatheredRows(
  source: ByteSource,
  layout: StridedLayout,
  count: number,
  perPiece: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Result<Uint8Array, SourceFailure>> {
  const { shape, strides, itemsize } = layout;
  const outerAxes = Math.max(shape.length - 2, 0);
  const [rows = 1, columns = 1] = shape.length === 1 ? [1, ...shape] : shape.slice(outerAxes);
  const [rowStride = 0, columnStride = 0] =
    shape.length === 1 ? [0, ...strides] : strides.slice(outerAxes);
  const columnStep = Math.min(columns, perPiece);
  const rowStep = columnStep < columns ? 1 : Math.max(1, Math.floor(perPiece / columns));
  const outerShape = shape.slice(0, outerAxes);
  let left = count;
  let pieces = 0;
  for (let outer = 0; outer < elementCount(outerShape); outer++) {
    const index = [...indexOfPosition(outerShape, outer), ...shape.slice(outerAxes).map(() => 0)];
    const base = byteOffsetOf(layout, index);
    for (let row = 0; row < rows; row += rowStep) {
      for (let column = 0; column < columns; column += columnStep) {
        if (left <= 0) return;
        // Pages of the cache need no disk, so without this a signal could never arrive.
        if (++pieces % PIECES_PER_TURN === 0) await nextTurn();
        const width = Math.min(columnStep, columns - column, left);
        const height =
          width < columns ? 1 : Math.min(rowStep, rows - row, Math.floor(left / width));
        const piece = await gather(
          source,
          {
            shape: [height, width],
            strides: [rowStride, columnStride],
            offset: base + row * rowStride + column * columnStride,
            itemsize,
          },
          signal,
        );
        yield piece;
        if (!piece.ok) return;
        left -= height * width;
        // A limit that ends inside a rectangle leaves rows of it that the next turn has to take.
        if (width === columns && height < Math.min(rowStep, rows - row)) row += height - rowStep;
      }
    }
  }
}
