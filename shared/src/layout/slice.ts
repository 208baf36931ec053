/** Basic slicing as NumPy has it: `[::-2, 3, ..., None]` turns a layout into a view of the same bytes. */
import type { Result } from '../result.ts';
import { fail, ok } from '../result.ts';
import type { StridedLayout } from './strides.ts';

export interface Slice {
  readonly kind: 'slice';
  readonly start?: bigint;
  readonly stop?: bigint;
  readonly step?: bigint;
}

export type Subscript =
  | Slice
  | { readonly kind: 'index'; readonly value: bigint }
  | { readonly kind: 'ellipsis' }
  | { readonly kind: 'newaxis' };

export interface SliceProblem {
  readonly kind: 'bad-slice' | 'index-out-of-bounds' | 'too-many-indices' | 'zero-step';
  /** In the words of NumPy where it has them. */
  readonly message: string;
}

/** Reads the text between the brackets, with or without them. */
export function parseSlice(text: string): Result<readonly Subscript[], SliceProblem> {
  const bare = text
    .trim()
    .replace(/^\[([^]*)\]$/, '$1')
    .trim();
  if (bare === '') return fail({ kind: 'bad-slice', message: 'the slice is empty' });
  const items = bare.split(',').map((item) => item.trim());
  if (items.length > 1 && items.at(-1) === '') items.pop();
  const subscripts: Subscript[] = [];
  for (const item of items) {
    const subscript = parseSubscript(item);
    if (!subscript)
      return fail({
        kind: 'bad-slice',
        message: `'${item}' is no index, slice, '...' or None`,
      });
    subscripts.push(subscript);
  }
  if (subscripts.filter(({ kind }) => kind === 'ellipsis').length > 1)
    return fail({
      kind: 'bad-slice',
      message: "an index can only have a single ellipsis ('...')",
    });
  return ok(subscripts);
}

export interface ResolvedSlice {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
  readonly count: number;
}

/** Python's `slice.indices(length)`; `stop` may be -1 for a negative step. Undefined where the step is 0. */
export function resolveSlice(
  slice: Omit<Slice, 'kind'>,
  length: number,
): ResolvedSlice | undefined {
  const step = slice.step ?? 1n;
  if (step === 0n) return undefined;
  const size = BigInt(length);
  const lower = step < 0n ? -1n : 0n;
  const upper = step < 0n ? size - 1n : size;
  const bound = (value: bigint | undefined, missing: bigint) => {
    if (value === undefined) return missing;
    if (value >= 0n) return value < upper ? value : upper;
    return value + size > lower ? value + size : lower;
  };
  const start = bound(slice.start, step < 0n ? upper : lower);
  const stop = bound(slice.stop, step < 0n ? lower : upper);
  const distance = step < 0n ? start - stop : stop - start;
  const stride = step < 0n ? -step : step;
  const count = distance > 0n ? (distance - 1n) / stride + 1n : 0n;
  return { start: Number(start), stop: Number(stop), step: Number(step), count: Number(count) };
}

/** The view that the subscripts select. Nothing is copied; every element of the view is one of the array. */
export function sliceLayout(
  layout: StridedLayout,
  subscripts: readonly Subscript[],
): Result<StridedLayout, SliceProblem> {
  const used = subscripts.filter(({ kind }) => kind === 'index' || kind === 'slice').length;
  const axes = layout.shape.length;
  if (used > axes)
    return fail({
      kind: 'too-many-indices',
      message: `too many indices for array: array is ${axes}-dimensional, but ${used} were indexed`,
    });
  const whole: Subscript[] = new Array<Subscript>(axes - used).fill({ kind: 'slice' });
  const at = subscripts.findIndex(({ kind }) => kind === 'ellipsis');
  const all =
    at < 0
      ? [...subscripts, ...whole]
      : [...subscripts.slice(0, at), ...whole, ...subscripts.slice(at + 1)];

  const shape: number[] = [];
  const strides: number[] = [];
  let offset = layout.offset;
  let axis = 0;
  for (const subscript of all) {
    if (subscript.kind === 'newaxis') {
      shape.push(1);
      strides.push(0);
      continue;
    }
    const length = layout.shape[axis] ?? 0;
    const stride = layout.strides[axis] ?? 0;
    if (subscript.kind === 'index') {
      const position = subscript.value < 0n ? subscript.value + BigInt(length) : subscript.value;
      if (position < 0n || position >= BigInt(length))
        return fail({
          kind: 'index-out-of-bounds',
          message: `index ${subscript.value} is out of bounds for axis ${axis} with size ${length}`,
        });
      offset += Number(position) * stride;
    } else if (subscript.kind === 'slice') {
      const resolved = resolveSlice(subscript, length);
      if (!resolved) return fail({ kind: 'zero-step', message: 'slice step cannot be zero' });
      // NumPy leaves an axis without elements where it starts, with its own stride.
      const empty = resolved.count === 0;
      shape.push(resolved.count);
      strides.push(
        empty || resolved.count === 1
          ? stride * clampStep(resolved.step, empty)
          : stride * resolved.step,
      );
      if (!empty) offset += resolved.start * stride;
    }
    axis++;
  }
  return ok({ shape, strides, offset, itemsize: layout.itemsize });
}

/** A step that overflows int64 would make a stride without meaning; of one element or none it has no say. */
function clampStep(step: number, empty: boolean): number {
  return empty || !Number.isSafeInteger(step) ? 1 : step;
}

function parseSubscript(item: string): Subscript | undefined {
  if (item === '...' || item === 'Ellipsis') return { kind: 'ellipsis' };
  if (item === 'None' || item === 'newaxis' || item === 'np.newaxis') return { kind: 'newaxis' };
  const parts = item.split(':').map((part) => part.trim());
  if (parts.length > 3) return undefined;
  const values = parts.map((part) => (part === '' || part === 'None' ? undefined : readInt(part)));
  if (values.includes(null)) return undefined;
  const [first, second, third] = values as (bigint | undefined)[];
  if (parts.length === 1) return first === undefined ? undefined : { kind: 'index', value: first };
  return {
    kind: 'slice',
    ...(first === undefined ? {} : { start: first }),
    ...(second === undefined ? {} : { stop: second }),
    ...(third === undefined ? {} : { step: third }),
  };
}

/** Null where it is no integer of a sensible length. */
function readInt(text: string): bigint | null {
  return /^[+-]?\d{1,30}$/.test(text) ? BigInt(text.replace('+', '')) : null;
}
