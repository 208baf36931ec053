/** Elements as a copy has them: packed in one order, in a temporary file that lives as long as its source. */
import type { StridedLayout } from '#shared/layout/strides.ts';
import { elementCount } from '#shared/layout/strides.ts';
import type { Result } from '#shared/result.ts';
import type { ByteSource } from '../source/byteSource.ts';
import type { UnpackFailure } from '../source/temporaryFile.ts';
import { writeTemporary } from '../source/temporaryFile.ts';
import { packedElements } from './elements.ts';

export function copyElements(
  source: ByteSource,
  layout: StridedLayout,
  order: 'C' | 'F',
  signal?: AbortSignal,
): Promise<Result<ByteSource, UnpackFailure>> {
  const walked =
    order === 'C'
      ? layout
      : { ...layout, shape: layout.shape.toReversed(), strides: layout.strides.toReversed() };
  const pieces = async function* () {
    for await (const piece of packedElements(source, walked, {}, signal)) {
      if (!piece.ok) throw new Error(piece.error.message);
      yield piece.value;
    }
  };
  return writeTemporary(pieces(), elementCount(layout.shape) * layout.itemsize, (error) => ({
    kind: 'unreadable',
    message: error instanceof Error ? error.message : String(error),
  }));
}
