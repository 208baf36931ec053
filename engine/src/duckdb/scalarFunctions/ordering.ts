/** Spark's order and equality of values of any type. */
import type { DataType } from '#sql/plan/types.ts';
import type { CalendarInterval, Value } from './scalarFunction.ts';

export type Compare = (left: Value, right: Value) => number;

/** Nulls come first; NaN is greater than any number and equal to itself; -0.0 is 0.0. */
export function ordering(type: DataType): Compare {
  const present = presentOrdering(type);
  return (left, right) => {
    if (left === null) return right === null ? 0 : -1;
    return right === null ? 1 : present(left, right);
  };
}

type Present = Exclude<Value, null>;

function presentOrdering(type: DataType): (left: Present, right: Present) => number {
  switch (type.kind) {
    case 'string':
      return (left, right) => compareText(left as string, right as string);
    case 'binary':
      return (left, right) => Buffer.compare(left as Uint8Array, right as Uint8Array);
    case 'float':
    case 'double':
      return (left, right) => compareDoubles(left as number, right as number);
    case 'array': {
      const compare = ordering(type.element);
      return (left, right) => {
        const [a, b] = [left as readonly Value[], right as readonly Value[]];
        const shared = Math.min(a.length, b.length);
        for (let index = 0; index < shared; index++) {
          const order = compare(a[index] ?? null, b[index] ?? null);
          if (order !== 0) return order;
        }
        return a.length - b.length;
      };
    }
    case 'struct': {
      const compares = type.fields.map((field) => ordering(field.type));
      return (left, right) => {
        const [a, b] = [left as readonly Value[], right as readonly Value[]];
        for (const [index, compare] of compares.entries()) {
          const order = compare(a[index] ?? null, b[index] ?? null);
          if (order !== 0) return order;
        }
        return 0;
      };
    }
    default:
      return (left, right) => {
        const [a, b] = [left as number | bigint, right as number | bigint];
        return a < b ? -1 : a > b ? 1 : 0;
      };
  }
}

function compareDoubles(left: number, right: number): number {
  if (Number.isNaN(left)) return Number.isNaN(right) ? 0 : 1;
  if (Number.isNaN(right)) return -1;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** By code points, which is the order of UTF-8's bytes; UTF-16's differs beyond the first plane. */
export function compareText(left: string, right: string): number {
  const shared = Math.min(left.length, right.length);
  for (let index = 0; index < shared; index++) {
    const [a, b] = [left.charCodeAt(index), right.charCodeAt(index)];
    if (a === b) continue;
    const isPair = (unit: number) => unit >= 0xd800 && unit <= 0xdfff;
    if (isPair(a) !== isPair(b)) return isPair(a) ? 1 : -1;
    return a - b;
  }
  return left.length - right.length;
}

/** Equal keys are equal values. */
export function keyOf(type: DataType): (value: Value) => string | number | bigint | boolean | null {
  const present = presentKey(type);
  return (value) => (value === null ? null : present(value));
}

function presentKey(type: DataType): (value: Present) => string | number | bigint | boolean {
  switch (type.kind) {
    case 'float':
    case 'double':
      return (value) => (Object.is(value, -0) ? 0 : (value as number));
    case 'binary':
      return (value) => Buffer.from(value as Uint8Array).toString('latin1');
    case 'calendarInterval':
      return (value) => {
        const { months, days, micros } = value as CalendarInterval;
        return `${months} ${days} ${micros}`;
      };
    case 'array': {
      const key = keyOf(type.element);
      return (value) => joined((value as readonly Value[]).map(key));
    }
    case 'struct': {
      const keys = type.fields.map((field) => keyOf(field.type));
      return (value) =>
        joined(keys.map((key, index) => key((value as readonly Value[])[index] ?? null)));
    }
    case 'map': {
      const [key, item] = [keyOf(type.key), keyOf(type.value)];
      return (value) =>
        joined(
          (value as readonly (readonly [Value, Value])[]).flatMap(([k, v]) => [key(k), item(v)]),
        );
    }
    default:
      return (value) => value as string | number | bigint | boolean;
  }
}

function joined(keys: readonly (string | number | bigint | boolean | null)[]): string {
  return keys
    .map((key) => {
      const text = String(key);
      return `${(typeof key)[0] ?? ''}${text.length}:${text}`;
    })
    .join('');
}
