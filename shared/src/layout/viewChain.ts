/**
 * A chain of steps from one view to the next, each as NumPy or CPython takes it: another view of the same bytes,
 * a copy, or the exception that Python raises. Nothing is read: steps are arithmetic on layouts.
 */
import type { Result } from '../result.ts';
import { fail, ok } from '../result.ts';
import { axisOf, squeezeLayout, transposeLayout } from './axisOrder.ts';
import { broadcastLayout } from './broadcast.ts';
import type { DType } from './dtype.ts';
import { dtypeName, parseDType, shapeText } from './dtypeText.ts';
import { castView, nativeItemsize } from './memoryviewCast.ts';
import { subscriptMemoryview } from './memoryviewSubscript.ts';
import { pep3118Format } from './pep3118.ts';
import type { PythonException } from './pythonException.ts';
import { raise } from './pythonException.ts';
import type { ReshapeObstacle, ReshapeOrder } from './reshape.ts';
import { reshapeLayout } from './reshape.ts';
import type { SliceProblem } from './slice.ts';
import { parseSlice, sliceLayout } from './slice.ts';
import type { StridedLayout } from './strides.ts';
import {
  byteExtent,
  byteOffsetOf,
  contiguityOf,
  contiguousStrides,
  elementCount,
  indexOfPosition,
} from './strides.ts';
import { viewAsItemsize } from './viewDType.ts';

export type ViewStep =
  | { readonly kind: 'transpose'; readonly axes?: readonly number[] }
  | { readonly kind: 'slice'; readonly text: string }
  | { readonly kind: 'newaxis'; readonly axis: number }
  | { readonly kind: 'squeeze'; readonly axis?: number }
  | { readonly kind: 'reshape'; readonly shape: readonly number[]; readonly order: ReshapeOrder }
  | { readonly kind: 'ravel' }
  | { readonly kind: 'broadcast'; readonly shape: readonly number[] }
  | { readonly kind: 'view'; readonly dtype: string }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'copy'; readonly order: 'C' | 'F' }
  | { readonly kind: 'cast'; readonly format: string; readonly shape?: readonly number[] }
  | {
      readonly kind: 'as_strided';
      readonly shape: readonly number[];
      readonly strides: readonly number[];
    };

/** Where the elements lie: in the buffer that was opened, or in a copy that a step made of another view. */
export type Memory =
  | { readonly kind: 'buffer'; readonly byteLength: number }
  | {
      readonly kind: 'copy';
      readonly byteLength: number;
      readonly of: ViewState;
      readonly order: 'C' | 'F';
    };

export interface ViewState {
  readonly object: 'ndarray' | 'memoryview';
  readonly dtype: DType;
  /** Of a memoryview: its format string. */
  readonly format: string;
  readonly layout: StridedLayout;
  readonly memory: Memory;
  readonly isWriteable: boolean;
}

export interface StepOutcome {
  readonly state: ViewState;
  readonly effect: 'view' | 'copy';
  /** One sentence. */
  readonly reason: string;
}

/** What NumPy would do without a word: read or write memory that is not the buffer's. */
export interface OutsideMemory {
  readonly kind: 'outside-memory';
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

export type StepProblem = PythonException | OutsideMemory | SliceProblem;

/** The array as it was opened, before any step. */
export function firstView(
  array: {
    readonly dtype: DType;
    readonly shape: readonly number[];
    readonly strides: readonly number[];
    readonly offset: number;
  },
  byteLength: number,
): ViewState {
  const { dtype, shape, strides, offset } = array;
  return {
    object: 'ndarray',
    dtype,
    format: '',
    layout: { shape, strides, offset, itemsize: dtype.itemsize },
    memory: { kind: 'buffer', byteLength },
    isWriteable: true,
  };
}

/** The outcome of each step; the first that fails is the last that is told. */
export function runChain(
  first: ViewState,
  steps: readonly ViewStep[],
): readonly Result<StepOutcome, StepProblem>[] {
  const outcomes: Result<StepOutcome, StepProblem>[] = [];
  let state = first;
  for (const step of steps) {
    const outcome = takeStep(state, step);
    outcomes.push(outcome);
    if (!outcome.ok) break;
    ({ state } = outcome.value);
  }
  return outcomes;
}

export function takeStep(state: ViewState, step: ViewStep): Result<StepOutcome, StepProblem> {
  if (step.kind === 'cast') return castStep(state, step.format, step.shape);
  if (step.kind === 'slice') return sliceStep(state, step.text);
  // A memoryview has none of the steps below: numpy.asarray makes an array of it, without a copy.
  const array = asArray(state);
  const { layout } = array;
  switch (step.kind) {
    case 'transpose':
      return viewOf(
        array,
        transposeLayout(layout, step.axes),
        'Only the order of the axes changes.',
      );
    case 'squeeze':
      return viewOf(array, squeezeLayout(layout, step.axis), 'Axes of length 1 go; no byte moves.');
    case 'newaxis':
      return newAxisStep(array, step.axis);
    case 'reshape':
      return reshapeStep(array, step.shape, step.order);
    case 'ravel': {
      const contiguity = contiguityOf(layout);
      return contiguity === 'C' || contiguity === 'both'
        ? reshapeStep(array, [-1], 'C')
        : copyStep(
            array,
            [elementCount(layout.shape)],
            'C',
            'The elements don’t lie without gaps in C order.',
          );
    }
    case 'broadcast':
      return viewOf(
        array,
        broadcastLayout(layout, step.shape),
        'Repeated axes get stride 0; NumPy makes the view read-only.',
        false,
      );
    case 'view':
      return viewStep(array, step.dtype);
    case 'field':
      return fieldStep(array, step.name);
    case 'copy':
      return copyStep(array, layout.shape, step.order, 'A copy was asked for.');
    case 'as_strided':
      return asStridedStep(array, step.shape, step.strides);
  }
}

/** The byte of the opened buffer behind each byte of an element, through all copies. */
export function sourceBytes(state: ViewState, index: readonly number[]): number[] {
  const start = byteOffsetOf(state.layout, index);
  return Array.from({ length: state.layout.itemsize }, (_, k) =>
    sourceByte(state.memory, start + k),
  );
}

function sourceByte(memory: Memory, byteOffset: number): number {
  if (memory.kind === 'buffer') return byteOffset;
  const { of, order } = memory;
  const { itemsize, shape } = of.layout;
  const position = Math.floor(byteOffset / itemsize);
  const index =
    order === 'C'
      ? indexOfPosition(shape, position)
      : indexOfPosition(shape.toReversed(), position).reverse();
  return sourceByte(of.memory, byteOffsetOf(of.layout, index) + (byteOffset % itemsize));
}

function asArray(state: ViewState): ViewState {
  return state.object === 'ndarray' ? state : { ...state, object: 'ndarray', format: '' };
}

function viewOf(
  state: ViewState,
  layout: Result<StridedLayout, PythonException>,
  reason: string,
  isWriteable = state.isWriteable,
): Result<StepOutcome, PythonException> {
  if (!layout.ok) return layout;
  return ok({ state: { ...state, layout: layout.value, isWriteable }, effect: 'view', reason });
}

/** The elements one behind the other in a memory of their own. */
function copyStep(
  state: ViewState,
  shape: readonly number[],
  order: 'C' | 'F',
  reason: string,
): Result<StepOutcome, PythonException> {
  const { itemsize } = state.layout;
  const byteLength = elementCount(shape) * itemsize;
  const layout = { shape, strides: contiguousStrides(shape, itemsize, order), offset: 0, itemsize };
  const memory: Memory = { kind: 'copy', byteLength, of: state, order };
  return ok({ state: { ...state, layout, memory, isWriteable: true }, effect: 'copy', reason });
}

function reshapeStep(
  state: ViewState,
  shape: readonly number[],
  order: ReshapeOrder,
): Result<StepOutcome, PythonException> {
  const { layout } = state;
  const reshaped = reshapeLayout(layout, shape, order);
  if (!reshaped.ok) return raise('ValueError', reshaped.error.message);
  const { isView, obstacle } = reshaped.value;
  if (!isView) {
    const walk = obstacle?.order ?? 'C';
    return copyStep(state, reshaped.value.layout.shape, walk, obstacleText(layout, obstacle));
  }
  const contiguity = contiguityOf(layout);
  return viewOf(
    state,
    ok(reshaped.value.layout),
    contiguity === 'strided'
      ? 'The axes that join are each one run of memory.'
      : 'The elements lie without gaps in the order that they are read.',
  );
}

function obstacleText(
  { shape, strides }: StridedLayout,
  obstacle: ReshapeObstacle | undefined,
): string {
  if (!obstacle) return 'No strides give this shape over these bytes.';
  const { outer, inner, order } = obstacle;
  const [fast, slow] = order === 'C' ? [inner, outer] : [outer, inner];
  const [length = 0, fastStride = 0, slowStride = 0] = [shape[fast], strides[fast], strides[slow]];
  return (
    `Axes ${outer} and ${inner} don’t join: axis ${slow} would need the stride ` +
    `${length} × ${fastStride} = ${length * fastStride}, and has ${slowStride}.`
  );
}

function newAxisStep(state: ViewState, axis: number): Result<StepOutcome, PythonException> {
  const { shape } = state.layout;
  const at = axisOf(axis, shape.length + 1);
  if (!at.ok) return at;
  const target = shape.toSpliced(at.value, 0, 1);
  const reshaped = reshapeStep(state, target, 'A');
  if (!reshaped.ok) return reshaped;
  return ok({ ...reshaped.value, reason: 'An axis of length 1 is added; its stride has no say.' });
}

function sliceStep(state: ViewState, text: string): Result<StepOutcome, StepProblem> {
  const subscripts = parseSlice(text);
  if (!subscripts.ok) return subscripts;
  const { layout } = state;
  if (state.object === 'memoryview') {
    const viewed = subscriptMemoryview({ ...layout, format: state.format }, subscripts.value);
    if (!viewed.ok) return viewed;
    const { shape, strides, offset, itemsize } = viewed.value;
    return viewOf(
      state,
      ok({ shape, strides, offset, itemsize }),
      sliceReason(layout, viewed.value),
    );
  }
  const sliced = sliceLayout(layout, subscripts.value);
  if (!sliced.ok)
    return raise(
      sliced.error.kind === 'zero-step' ? 'ValueError' : 'IndexError',
      sliced.error.message,
    );
  return viewOf(state, sliced, sliceReason(layout, sliced.value));
}

function sliceReason(before: StridedLayout, after: StridedLayout): string {
  const moved = after.offset - before.offset;
  return moved === 0
    ? 'The view starts where it did; steps multiply the strides.'
    : `The start moves by ${moved} bytes; steps multiply the strides.`;
}

function viewStep(state: ViewState, text: string): Result<StepOutcome, PythonException> {
  const dtype = parseDType(text);
  if (!dtype.ok)
    return dtype.error.kind === 'object-dtype'
      ? raise('TypeError', 'Cannot change data-type for array of references.')
      : raise('TypeError', dtype.error.message);
  // As in NumPy a void type without a size takes that of the elements.
  const isFlexible = dtype.value.kind === 'scalar' && dtype.value.itemsize === 0;
  const itemsize = isFlexible ? state.layout.itemsize : dtype.value.itemsize;
  const viewed = viewAsItemsize(state.layout, itemsize);
  if (!viewed.ok) return viewed;
  const type = isFlexible ? { ...dtype.value, itemsize } : dtype.value;
  return viewOf(
    { ...state, dtype: type },
    viewed,
    itemsize === state.layout.itemsize
      ? 'The same bytes are read as another type.'
      : 'The last axis lies without gaps, so its bytes can be cut anew.',
  );
}

function fieldStep(state: ViewState, name: string): Result<StepOutcome, PythonException> {
  const { dtype, layout } = state;
  if (dtype.kind !== 'struct')
    return raise(
      'IndexError',
      'only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices',
    );
  const field = dtype.fields.find((one) => one.name === name || one.title === name);
  if (!field) return raise('ValueError', `no field of name ${name}`);
  // A sub-array becomes axes behind those of the array.
  const inner = field.dtype.kind === 'subarray' ? field.dtype : undefined;
  const base = inner?.base ?? field.dtype;
  return viewOf(
    { ...state, dtype: base },
    ok({
      shape: [...layout.shape, ...(inner?.shape ?? [])],
      strides: [
        ...layout.strides,
        ...(inner ? contiguousStrides(inner.shape, inner.base.itemsize, 'C') : []),
      ],
      offset: layout.offset + field.offset,
      itemsize: base.itemsize,
    }),
    `The field begins ${field.offset} bytes into each element; strides stay.`,
  );
}

function castStep(
  state: ViewState,
  format: string,
  shape: readonly number[] | undefined,
): Result<StepOutcome, PythonException> {
  const { layout } = state;
  let from = state.format;
  if (state.object === 'ndarray') {
    const exported = pep3118Format(
      state.dtype,
      layout.strides.filter((_, axis) => layout.shape[axis] !== 1),
    );
    if (!exported.ok) return raise('ValueError', exported.error.message);
    from = exported.value;
  }
  const cast = castView({ ...layout, format: from }, format, shape);
  if (!cast.ok) return raise(cast.error.exception, cast.error.message);
  const { itemsize, strides, offset } = cast.value;
  return viewOf(
    { ...state, object: 'memoryview', format, dtype: dtypeOfCode(format) },
    ok({ shape: cast.value.shape, strides, offset, itemsize }),
    `The same bytes are read as ${dtypeName(dtypeOfCode(format))} in the machine’s own order.`,
  );
}

function dtypeOfCode(format: string): DType {
  const code = format.startsWith('@') ? format.slice(1) : format;
  const parsed = parseDType(code);
  const itemsize = nativeItemsize(format) ?? 1;
  if (!parsed.ok) throw new Error(`no dtype for the format ${format}`);
  return { ...parsed.value, itemsize };
}

function asStridedStep(
  state: ViewState,
  shape: readonly number[],
  strides: readonly number[],
): Result<StepOutcome, StepProblem> {
  if (shape.length !== strides.length)
    return raise('ValueError', 'mismatch in length of strides and shape');
  if (shape.some((length) => length < 0))
    return raise('ValueError', 'negative dimensions are not allowed');
  const layout = { ...state.layout, shape, strides };
  const { start, end } = byteExtent(layout);
  const { byteLength } = state.memory;
  if (start < end && (start < 0 || end > byteLength))
    return fail({
      kind: 'outside-memory',
      start,
      end,
      message:
        `NumPy does not check this, and would reach bytes ${start} to ${end} ` +
        `of a buffer of ${byteLength}: shape ${shapeText(shape)} with strides ${shapeText(strides)}.`,
    });
  return viewOf(state, ok(layout), 'Taken as given: NumPy checks no bounds here, Strata does.');
}
