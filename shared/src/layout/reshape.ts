/** `reshape` as NumPy does it: which strides the result has, whether it shares the bytes, and why it can't be. */
import type { Result } from '../result.ts';
import { fail, ok } from '../result.ts';
import type { StridedLayout } from './strides.ts';
import { contiguityOf, contiguousStrides, elementCount } from './strides.ts';

export type ReshapeOrder = 'C' | 'F' | 'A';

export interface Reshaped {
  /** Of a copy the offset is 0: it has bytes of its own. */
  readonly layout: StridedLayout;
  /** Whether it shares the bytes of the array; a copy does not. */
  readonly isView: boolean;
  /** Of a copy: two neighbouring axes of the array that are not one run of memory. */
  readonly obstacle?: ReshapeObstacle;
}

export interface ReshapeObstacle {
  readonly outer: number;
  readonly inner: number;
  /** The order in which they would have to be one run. */
  readonly order: 'C' | 'F';
}

export interface ReshapeProblem {
  readonly kind: 'two-unknown' | 'size' | 'too-many-axes' | 'too-large';
  /** The text of NumPy's ValueError. */
  readonly message: string;
}

const MAX_AXES = 64;

/** A negative length in `shape` is the one that NumPy works out. */
export function reshapeLayout(
  layout: StridedLayout,
  shape: readonly number[],
  order: ReshapeOrder = 'C',
): Result<Reshaped, ReshapeProblem> {
  if (shape.length > MAX_AXES)
    return fail({
      kind: 'too-many-axes',
      message: `maximum supported dimension for an ndarray is currently ${MAX_AXES}, found ${shape.length}`,
    });
  if (shape.some((length) => Math.abs(length) >= 2 ** 63))
    return fail({ kind: 'too-large', message: 'Maximum allowed dimension exceeded' });
  // NumPy looks before it works out the unknown length, so that `-1` gives strides anew where the shape is the same.
  if (sameShape(shape, layout.shape)) return ok({ layout, isView: true });
  const resolved = resolveShape(elementCount(layout.shape), shape);
  if (!resolved.ok) return resolved;
  const lengths = resolved.value;
  const { itemsize, offset } = layout;
  const contiguity = contiguityOf(layout);
  const walk = order === 'A' ? (contiguity === 'F' ? 'F' : 'C') : order;
  const contiguous = contiguousStrides(lengths, itemsize, walk);
  if (contiguity === 'both' || contiguity === walk)
    return ok({ layout: { shape: lengths, strides: contiguous, itemsize, offset }, isView: true });
  const found = stridesWithoutCopy(layout, lengths, walk);
  if (!('outer' in found))
    return ok({ layout: { shape: lengths, strides: found, itemsize, offset }, isView: true });
  return ok({
    layout: { shape: lengths, strides: contiguous, itemsize, offset: 0 },
    isView: false,
    obstacle: { ...found, order: walk },
  });
}

function resolveShape(
  count: number,
  shape: readonly number[],
): Result<readonly number[], ReshapeProblem> {
  const unknown = shape.filter((length) => length < 0).length;
  if (unknown > 1)
    return fail({ kind: 'two-unknown', message: 'can only specify one unknown dimension' });
  const known = elementCount(shape.filter((length) => length >= 0));
  const fits = unknown === 0 ? known === count : known !== 0 && count % known === 0;
  if (!fits)
    return fail({
      kind: 'size',
      message: `cannot reshape array of size ${count} into shape ${messageShape(shape)}`,
    });
  return ok(shape.map((length) => (length < 0 ? count / known : length)));
}

/** As in NumPy's messages: no blanks, `newaxis` for the length to be worked out, and none of these in front. */
export function messageShape(shape: readonly number[]): string {
  const first = shape.findIndex((length) => length >= 0);
  const lengths = shape
    .slice(first < 0 ? shape.length : first)
    .map((length) => (length < 0 ? 'newaxis' : String(length)));
  return `(${lengths.join(',')}${shape.length === 1 && first === 0 ? ',' : ''})`;
}

/**
 * Axes are matched in groups of equal products; inside a group of the old array the strides must be those of one run
 * through memory. Axes of length 1 say nothing.
 */
function stridesWithoutCopy(
  layout: StridedLayout,
  lengths: readonly number[],
  order: 'C' | 'F',
): readonly number[] | { readonly outer: number; readonly inner: number } {
  const old = layout.shape
    .map((length, axis) => ({ axis, length, stride: layout.strides[axis] ?? 0 }))
    .filter(({ length }) => length !== 1);
  const strides = new Array<number>(lengths.length).fill(0);
  let oldStart = 0;
  let newStart = 0;
  while (newStart < lengths.length && oldStart < old.length) {
    let oldEnd = oldStart + 1;
    let newEnd = newStart + 1;
    let oldProduct = old[oldStart]?.length ?? 1;
    let newProduct = lengths[newStart] ?? 1;
    while (oldProduct !== newProduct) {
      if (newProduct < oldProduct) newProduct *= lengths[newEnd++] ?? oldProduct;
      else oldProduct *= old[oldEnd++]?.length ?? newProduct;
    }
    const group = old.slice(oldStart, oldEnd);
    for (const [position, outer] of group.slice(0, -1).entries()) {
      const inner = group[position + 1];
      if (!inner) break;
      const isOneRun =
        order === 'C'
          ? outer.stride === inner.length * inner.stride
          : inner.stride === outer.length * outer.stride;
      if (!isOneRun) return { outer: outer.axis, inner: inner.axis };
    }
    if (order === 'C') {
      let stride = group.at(-1)?.stride ?? 0;
      for (let axis = newEnd - 1; axis >= newStart; axis--) {
        strides[axis] = stride;
        stride *= lengths[axis] ?? 1;
      }
    } else {
      let stride = group[0]?.stride ?? 0;
      for (let axis = newStart; axis < newEnd; axis++) {
        strides[axis] = stride;
        stride *= lengths[axis] ?? 1;
      }
    }
    oldStart = oldEnd;
    newStart = newEnd;
  }
  let last = newStart > 0 ? (strides[newStart - 1] ?? 0) : layout.itemsize;
  if (order === 'F' && newStart > 0) last *= lengths[newStart - 1] ?? 1;
  return strides.fill(last, newStart);
}

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}
