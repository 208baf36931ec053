/** Scalar dtypes as file formats name them. */
import type { DType, ScalarKind } from '#shared/layout/dtype.ts';

export function scalar(
  kind: ScalarKind,
  itemsize: number,
  byteOrder: 'little' | 'big' = 'little',
): DType {
  return { kind: 'scalar', scalar: kind, itemsize, byteOrder: itemsize === 1 ? 'none' : byteOrder };
}

export const uint8: DType = scalar('uint', 1);
