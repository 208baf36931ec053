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
}

export interface ReshapeProblem {
  readonly kind: 'two-unknown' | 'size';
  /** The text of NumPy's ValueError. */
  readonly message: string;
}

/** A negative length in `shape` is the one that NumPy works out. */
export function reshapeLayout(
  layout: StridedLayout,
  shape: readonly number[],
  order: ReshapeOrder = 'C',
): Result<Reshaped, ReshapeProblem> {
  const resolved = resolveShape(elementCount(layout.shape), shape);
  if (!resolved.ok) return resolved;
  const lengths = resolved.value;
  const { itemsize, offset } = layout;
  if (sameShape(lengths, layout.shape)) return ok({ layout, isView: true });
  const contiguity = contiguityOf(layout);
  const walk = order === 'A' ? (contiguity === 'F' ? 'F' : 'C') : order;
  const contiguous = contiguousStrides(lengths, itemsize, walk);
  if (contiguity === 'both' || contiguity === walk)
    return ok({ layout: { shape: lengths, strides: contiguous, itemsize, offset }, isView: true });
  const strides = stridesWithoutCopy(layout, lengths, walk);
  if (strides) return ok({ layout: { shape: lengths, strides, itemsize, offset }, isView: true });
  return ok({
    layout: { shape: lengths, strides: contiguous, itemsize, offset: 0 },
    isView: false,
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
      message: `cannot reshape array of size ${count} into shape ${newShapeText(shape)}`,
    });
  return ok(shape.map((length) => (length < 0 ? count / known : length)));
}

/** As in NumPy's message: no blanks, `newaxis` for the length to be worked out, and none of these in front. */
function newShapeText(shape: readonly number[]): string {
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
): readonly number[] | undefined {
  const old = layout.shape
    .map((length, axis) => ({ length, stride: layout.strides[axis] ?? 0 }))
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
    const isOneRun = group.every(({ stride }, index) => {
      const next = group[index + 1];
      if (!next) return true;
      return order === 'C'
        ? stride === next.length * next.stride
        : next.stride === (group[index]?.length ?? 1) * stride;
    });
    if (!isOneRun) return undefined;
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
