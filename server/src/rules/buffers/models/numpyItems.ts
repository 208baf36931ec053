/** Items and slices of NumPy's arrays: reading and writing. */
import { broadcastShapes } from '#shared/layout/broadcast.ts';
import { shapeText } from '#shared/layout/dtypeText.ts';
import { sliceLayout } from '#shared/layout/slice.ts';
import { elementCount } from '#shared/layout/strides.ts';
import type { Argument, Machine, SubscriptSite } from '../flow/machine.ts';
import type { ArrayState, Value } from '../flow/values.ts';
import { knownNumber, unknown } from '../flow/values.ts';
import { itemsOf, knownSubscripts } from './arguments.ts';
import { checkWritable, newArray, sameShape, sketchOf } from './numpyArrays.ts';
import { checkBounds } from './numpyBounds.ts';

export function indexArray(machine: Machine, array: ArrayState, site: SubscriptSite): Value {
  const { subscript, indices } = site;
  const hasFields = array.dtype?.kind !== 'scalar';
  const kinds = indices.map((item) => (item.kind === 'slice' ? 'slice' : item.value.kind));
  const isBasic = kinds.every((kind) => /^(slice|int|none|ellipsis)$/.test(kind));
  if (hasFields && array.dtype) return unknown;
  if (!isBasic) {
    const isFancy = kinds.some((kind) => kind === 'object');
    if (!isFancy) return unknown;
    if (!checkPicked(machine, array, site)) return unknown;
    const shape = pickedShape(machine, array, site);
    const { dtype } = array;
    machine.note(subscript, {
      relation: 'copy',
      of: subscript.object,
      because: 'indexing with a list or an array copies the items',
      ...(shape && dtype ? { byteLength: elementCount(shape) * dtype.itemsize } : {}),
    });
    return shape && dtype ? newArray(machine, subscript, dtype, shape) : unknown;
  }
  const isItem = kinds.every((kind) => kind === 'int') && array.shape?.length === kinds.length;
  const sliced = viewOf(machine, array, site);
  if (sliced === 'refused') return unknown;
  if (isItem) return unknown;
  if (kinds.some((kind) => kind !== 'int') || (array.shape && kinds.length < array.shape.length))
    machine.note(subscript, {
      relation: 'view',
      of: subscript.object,
      because: 'a slice of an array copies nothing',
    });
  else if (!array.shape) return unknown;
  return machine.allocate({
    kind: 'ndarray',
    isView: true,
    madeAt: subscript,
    ...(array.dtype ? { dtype: array.dtype } : {}),
    ...(array.base === undefined ? baseOf(site) : { base: array.base }),
    ...(array.readonly === undefined ? {} : { readonly: array.readonly }),
    ...(array.readonlyBecause === undefined ? {} : { readonlyBecause: array.readonlyBecause }),
    ...(array.readonlyRule === undefined ? {} : { readonlyRule: array.readonlyRule }),
    ...(array.memory === undefined ? {} : { memory: array.memory }),
    ...(sliced ?? {}),
  });
}

/** `a[[0, 2]]`: the items or rows of one list of integers, whose own shape takes the place of the first axis. */
function pickedShape(
  machine: Machine,
  array: ArrayState,
  { indices }: SubscriptSite,
): readonly number[] | undefined {
  const [only] = indices;
  if (indices.length !== 1 || only?.kind !== 'index' || !array.shape?.length) return undefined;
  const { shape, dtype } = sketchOf(machine, only.value);
  // An empty list counts as one of floats, and picks nothing.
  if (!shape?.length || shape.includes(0)) return undefined;
  if (dtype?.kind !== 'scalar' || !/^u?int$/.test(dtype.scalar)) return undefined;
  return [...shape, ...array.shape.slice(1)];
}

/** Whether a list of numbers, as the only index, names rows that are there; the first that is not is reported. */
function checkPicked(machine: Machine, array: ArrayState, site: SubscriptSite): boolean {
  const [only] = site.indices;
  const length = array.shape?.[0];
  if (site.indices.length !== 1 || only?.kind !== 'index' || length === undefined) return true;
  const items = only.value.kind === 'object' ? (itemsOf(machine, only.value) ?? []) : [];
  if (!items.every(({ kind }) => kind === 'int')) return true;
  for (const item of items) {
    const index = knownNumber(item);
    if (index === undefined || (-length <= index && index < length)) continue;
    machine.report({
      rule: 'numpy-index',
      at: site.subscript,
      message: `index ${index} is out of bounds for axis 0 with size ${length}`,
      exception: 'IndexError',
    });
    return false;
  }
  return true;
}

/** Of an array that owns its memory. */
function baseOf(site: SubscriptSite): { readonly base?: number } {
  return site.receiver.kind === 'object' ? { base: site.receiver.id } : {};
}

/** The layout that basic indexing selects; undefined where it is not known. */
function viewOf(machine: Machine, array: ArrayState, site: SubscriptSite) {
  const { shape, strides, dtype, offset = 0 } = array;
  const subscripts = knownSubscripts(site.indices);
  if (!shape || !subscripts) return undefined;
  const itemsize = dtype?.itemsize ?? 1;
  const sliced = sliceLayout(
    { shape, strides: strides ?? shape.map(() => 0), offset, itemsize },
    subscripts,
  );
  if (!sliced.ok) {
    machine.report({
      rule: 'numpy-index',
      at: site.subscript,
      message: sliced.error.message,
      exception: sliced.error.kind === 'zero-step' ? 'ValueError' : 'IndexError',
    });
    return 'refused';
  }
  return strides && dtype
    ? { shape: sliced.value.shape, strides: sliced.value.strides, offset: sliced.value.offset }
    : { shape: sliced.value.shape };
}

export function storeInArray(
  machine: Machine,
  array: ArrayState,
  site: SubscriptSite,
  stored: Argument,
): void {
  const target = { expression: site.subscript, value: site.receiver };
  if (!checkWritable(machine, target, 'assignment destination is read-only')) return;
  const isBasic = site.indices.every(
    (item) => item.kind === 'slice' || /^(int|none|ellipsis)$/.test(item.value.kind),
  );
  if (!isBasic) {
    if (checkPicked(machine, array, site)) checkPickedStore(machine, array, site, stored);
    return;
  }
  if (array.dtype?.kind !== 'scalar') return;
  const view = viewOf(machine, array, site);
  const source = sketchOf(machine, stored.value).shape;
  if (view === 'refused' || !checkBounds(machine, array.dtype, stored)) return;
  if (!view || !source) return;
  if (view.shape.length === 0 && elementCount(source) > 1) {
    machine.report({
      rule: 'numpy-broadcast',
      at: { from: site.subscript.from, to: stored.expression.to },
      message: `setting an array element with a sequence: it is one item, what is stored has shape ${words(source)}`,
      exception: 'ValueError',
    });
    return;
  }
  // Leading axes of length 1 are dropped from what is stored.
  let given = source;
  while (given.length > view.shape.length && given[0] === 1) given = given.slice(1);
  const broadcast = broadcastShapes([view.shape, given]);
  const fits =
    broadcast.kind === 'fits' &&
    broadcast.shape.length === view.shape.length &&
    broadcast.shape.every((length, axis) => length === view.shape[axis]);
  if (fits || (view.shape.length === 0 && source.length > 0)) return;
  machine.report({
    rule: 'numpy-broadcast',
    at: { from: site.subscript.from, to: stored.expression.to },
    message: `could not broadcast input array from shape ${words(source)} into shape ${words(view.shape)}`,
    exception: 'ValueError',
  });
}

/** `a[[0, 1]] = …`: what is stored must fit the items that the list picks. */
function checkPickedStore(
  machine: Machine,
  array: ArrayState,
  site: SubscriptSite,
  stored: Argument,
): void {
  const shape = pickedShape(machine, array, site);
  const source = sketchOf(machine, stored.value).shape;
  if (!shape || !source) return;
  let given = source;
  while (given.length > shape.length && given[0] === 1) given = given.slice(1);
  const broadcast = broadcastShapes([shape, given]);
  if (broadcast.kind === 'fits' && sameShape(broadcast.shape, shape)) return;
  machine.report({
    rule: 'numpy-broadcast',
    at: { from: site.subscript.from, to: stored.expression.to },
    message: `shape mismatch: value array of shape ${words(source)} could not be broadcast to indexing result of shape ${words(shape)}`,
    exception: 'ValueError',
  });
}

function words(shape: readonly number[]): string {
  return shapeText(shape).replaceAll(' ', '');
}
