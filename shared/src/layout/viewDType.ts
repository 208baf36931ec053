/** `array.view(dtype)`: the same bytes as elements of another type. */
import type { Result } from '../result.ts';
import { ok } from '../result.ts';
import type { PythonException } from './pythonException.ts';
import { raise } from './pythonException.ts';
import type { StridedLayout } from './strides.ts';

/** Another item size cuts or joins elements along the last axis, which therefore has to lie without gaps. */
export function viewAsItemsize(
  layout: StridedLayout,
  itemsize: number,
): Result<StridedLayout, PythonException> {
  if (itemsize === layout.itemsize) return ok(layout);
  const axes = layout.shape.length;
  if (axes === 0)
    return raise(
      'ValueError',
      'Changing the dtype of a 0d array is only supported if the itemsize is unchanged',
    );
  const length = layout.shape[axes - 1] ?? 0;
  const isRun =
    length === 1 || layout.shape.includes(0) || layout.strides[axes - 1] === layout.itemsize;
  if (!isRun)
    return raise(
      'ValueError',
      'To change to a dtype of a different size, the last axis must be contiguous',
    );
  if (itemsize < layout.itemsize) {
    if (itemsize === 0 || layout.itemsize % itemsize !== 0)
      return raise(
        'ValueError',
        'When changing to a smaller dtype, its size must be a divisor of the size of original dtype',
      );
  } else if ((length * layout.itemsize) % itemsize !== 0)
    return raise(
      'ValueError',
      'When changing to a larger dtype, its size must be a divisor of the total size in bytes of the last axis of the array.',
    );
  return ok({
    ...layout,
    itemsize,
    shape: layout.shape.with(axes - 1, (length * layout.itemsize) / itemsize),
    strides: layout.strides.with(axes - 1, itemsize),
  });
}
