/** Arrays of NumPy as objects of the analysis: making them, and what is said of a write. */
import type { DType } from '#shared/layout/dtype.ts';
import { contiguousStrides, elementCount } from '#shared/layout/strides.ts';
import type { Fix } from '../../finding.ts';
import type { Argument, Machine } from '../flow/machine.ts';
import type { ArrayState, Place, Value } from '../flow/values.ts';
import { itemsOf } from './arguments.ts';
import { dtypeOfNumbers } from './numpyDtypes.ts';

/** A new array in memory of its own. */
export function newArray(
  machine: Machine,
  madeAt: Place,
  dtype: DType | undefined,
  shape: readonly number[] | undefined,
  order: 'C' | 'F' = 'C',
): Value {
  return machine.allocate({
    kind: 'ndarray',
    readonly: false,
    isView: false,
    offset: 0,
    madeAt,
    ...(dtype ? { dtype } : {}),
    ...(shape ? { shape } : {}),
    ...(dtype && shape
      ? {
          strides: contiguousStrides(shape, dtype.itemsize, order),
          memory: elementCount(shape) * dtype.itemsize,
        }
      : {}),
  });
}

export function arrayOf(machine: Machine, value: Value | undefined): ArrayState | undefined {
  const object = machine.objectOf(value);
  return object?.kind === 'ndarray' ? object : undefined;
}

export interface Sketch {
  readonly shape?: readonly number[];
  readonly dtype?: DType;
}

/** What `np.asarray` would see: an array, a number, or nested lists of numbers. */
export function sketchOf(machine: Machine, value: Value): Sketch {
  const array = arrayOf(machine, value);
  if (array)
    return {
      ...(array.shape ? { shape: array.shape } : {}),
      ...(array.dtype ? { dtype: array.dtype } : {}),
    };
  if (/^(int|float|bool|complex)$/.test(value.kind)) return { shape: [] };
  const leaves: Value[] = [];
  const shape = shapeOfLists(machine, value, leaves, 0);
  const dtype = shape && dtypeOfNumbers(leaves);
  return { ...(shape ? { shape } : {}), ...(dtype ? { dtype } : {}) };
}

/** Undefined where an item is not known: it may be a list itself. */
function shapeOfLists(
  machine: Machine,
  value: Value,
  leaves: Value[],
  depth: number,
): readonly number[] | undefined {
  if (/^(int|float|bool|complex)$/.test(value.kind)) {
    leaves.push(value);
    return [];
  }
  if (value.kind === 'range') return value.length === undefined ? undefined : [value.length];
  const items = itemsOf(machine, value);
  if (!items || depth > 8 || leaves.length > 10_000) return undefined;
  let inner: readonly number[] | undefined;
  for (const item of items) {
    const shape = shapeOfLists(machine, item, leaves, depth + 1);
    if (!shape || (inner && !sameShape(shape, inner))) return undefined;
    inner = shape;
  }
  return [items.length, ...(inner ?? [])];
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

/** An array on memory that may not be written is copied where it is made. */
function copyFixes(machine: Machine, { from, to }: Place): readonly Fix[] {
  const made = machine.textOf({ from, to });
  return /^[\w.]*\b(frombuffer|broadcast_to)\([^]*\)$/.test(made)
    ? [
        {
          title: 'Copy it, so that it may be written: .copy()',
          edits: [{ start: to, end: to, text: '.copy()' }],
        },
      ]
    : [];
}

/** Reports a write into an array that is certainly read-only; true where it may be written. */
export function checkWritable(machine: Machine, target: Argument, message: string): boolean {
  const array = arrayOf(machine, target.value);
  if (array?.readonly !== true) return true;
  machine.report({
    rule: array.readonlyRule ?? 'numpy-readonly',
    at: target.expression,
    message: `${message}${array.readonlyBecause === undefined ? '' : `: ${array.readonlyBecause}`}`,
    exception: 'ValueError',
    related: [
      { start: array.madeAt.from, end: array.madeAt.to, message: 'The array is made here.' },
    ],
    fixes: copyFixes(machine, array.madeAt),
  });
  return false;
}
