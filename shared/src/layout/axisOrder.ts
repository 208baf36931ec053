/** Views that only move, add or drop axes: no byte is touched, and no copy is ever made. */
import type { Result } from '../result.ts';
import { ok } from '../result.ts';
import type { PythonException } from './pythonException.ts';
import { raise } from './pythonException.ts';
import type { StridedLayout } from './strides.ts';

/** `array.transpose(axes)`; without axes the order is turned round. */
export function transposeLayout(
  layout: StridedLayout,
  axes?: readonly number[],
): Result<StridedLayout, PythonException> {
  const count = layout.shape.length;
  const wanted = axes ?? layout.shape.map((_, axis) => count - 1 - axis);
  if (wanted.length !== count) return raise('ValueError', "axes don't match array");
  const order: number[] = [];
  for (const given of wanted) {
    const axis = axisOf(given, count);
    if (!axis.ok) return axis;
    if (order.includes(axis.value)) return raise('ValueError', 'repeated axis in transpose');
    order.push(axis.value);
  }
  return ok({
    ...layout,
    shape: order.map((axis) => layout.shape[axis] ?? 0),
    strides: order.map((axis) => layout.strides[axis] ?? 0),
  });
}

/** `numpy.squeeze(array, axis)`: drops axes of length 1, all of them where none is named. */
export function squeezeLayout(
  layout: StridedLayout,
  axis?: number,
): Result<StridedLayout, PythonException> {
  let kept = layout.shape.map((length) => length !== 1);
  if (axis !== undefined) {
    const found = axisOf(axis, layout.shape.length);
    if (!found.ok) return found;
    if (layout.shape[found.value] !== 1)
      return raise(
        'ValueError',
        'cannot select an axis to squeeze out which has size not equal to one',
      );
    kept = layout.shape.map((_, position) => position !== found.value);
  }
  return ok({
    ...layout,
    shape: layout.shape.filter((_, position) => kept[position]),
    strides: layout.strides.filter((_, position) => kept[position]),
  });
}

/** A Python axis, negative from the end. */
export function axisOf(axis: number, count: number): Result<number, PythonException> {
  if (axis < -count || axis >= count)
    return raise(
      'numpy.exceptions.AxisError',
      `axis ${axis} is out of bounds for array of dimension ${count}`,
    );
  return ok(axis < 0 ? axis + count : axis);
}
