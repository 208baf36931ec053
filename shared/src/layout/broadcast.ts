/** Broadcasting as NumPy does it: the common shape of arrays that meet in one operation. */
import type { Result } from '../result.ts';
import { ok } from '../result.ts';
import { shapeText } from './dtypeText.ts';
import type { PythonException } from './pythonException.ts';
import { raise } from './pythonException.ts';
import { messageShape } from './reshape.ts';
import type { StridedLayout } from './strides.ts';

export type Broadcast =
  | { readonly kind: 'fits'; readonly shape: readonly number[] }
  | {
      readonly kind: 'mismatch';
      /** The first two shapes that disagree, as positions among those given. */
      readonly arguments: readonly [number, number];
      /** Counted from the last axis, which is 0. */
      readonly axisFromEnd: number;
    };

/** Lengths meet from the last axis on; 1, and an axis that is not there, fit any length. */
export function broadcastShapes(shapes: readonly (readonly number[])[]): Broadcast {
  const axes = Math.max(0, ...shapes.map((shape) => shape.length));
  const lengths: number[] = [];
  const from: number[] = [];
  for (const [position, shape] of shapes.entries()) {
    for (let axis = 0; axis < axes; axis++) {
      const length = shape.at(-1 - axis);
      if (length === undefined || axis >= shape.length || length === 1) continue;
      const known = lengths[axis];
      if (known === undefined) {
        lengths[axis] = length;
        from[axis] = position;
      } else if (known !== length)
        return { kind: 'mismatch', arguments: [from[axis] ?? 0, position], axisFromEnd: axis };
    }
  }
  return {
    kind: 'fits',
    shape: Array.from({ length: axes }, (_, i) => lengths[axes - 1 - i] ?? 1),
  };
}

/** The strides that make an array of `shape` look like one of `wanted`: 0 where an axis repeats or has no say. */
export function broadcastStrides(
  shape: readonly number[],
  strides: readonly number[],
  wanted: readonly number[],
): readonly number[] {
  const missing = wanted.length - shape.length;
  const isEmpty = shape.includes(0);
  return wanted.map((_, axis) => {
    const own = axis - missing;
    return own < 0 || shape[own] === 1 || isEmpty ? 0 : (strides[own] ?? 0);
  });
}

/** `numpy.broadcast_to(array, shape)`: always a view, and read-only. */
export function broadcastLayout(
  layout: StridedLayout,
  wanted: readonly number[],
): Result<StridedLayout, PythonException> {
  const { shape, strides } = layout;
  if (wanted.length === 0 && shape.length > 0)
    return raise('ValueError', 'cannot broadcast a non-scalar to a scalar array');
  if (wanted.some((length) => length < 0))
    return raise('ValueError', 'all elements of broadcast shape must be non-negative');
  const missing = wanted.length - shape.length;
  if (missing < 0)
    return raise(
      'ValueError',
      'input operand has more dimensions than allowed by the axis remapping',
    );
  if (!shape.every((length, axis) => length === 1 || length === wanted[missing + axis]))
    return raise(
      'ValueError',
      'operands could not be broadcast together with remapped shapes [original->remapped]: ' +
        `${messageShape(shape)}  and requested shape ${messageShape(wanted)}`,
    );
  return ok({ ...layout, shape: wanted, strides: broadcastStrides(shape, strides, wanted) });
}

/** The words of a ufunc: `operands could not be broadcast together with shapes (2,3) (4,)`. */
export function operandsMessage(shapes: readonly (readonly number[])[]): string {
  const texts = shapes.map((shape) => shapeText(shape).replaceAll(' ', ''));
  return `operands could not be broadcast together with shapes ${texts.join(' ')}`;
}
