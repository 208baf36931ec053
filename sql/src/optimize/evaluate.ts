/**
 * Values of constant expressions, where they are certain. Undefined for everything else, and for all that
 * would raise: the engine raises it, and only if a row gets there.
 */
import type { Expression, FunctionCall } from '../plan/resolved.ts';
import type { DataType } from '../plan/types.ts';
import { sameType } from '../plan/types.ts';
import type { LiteralValue } from '../plan/unresolved.ts';
import { evaluate as compute } from '../typing/evaluate.ts';

interface Value {
  readonly value: LiteralValue;
}

/** The value of an expression whose operands are literals. */
export function evaluate(expression: Expression): Value | undefined {
  switch (expression.kind) {
    case 'cast':
      return expression.child.kind === 'literal' ? compute(expression) : undefined;
    case 'call':
      return expression.arguments.every(({ kind }) => kind === 'literal')
        ? (ofCall(expression) ?? compute(expression))
        : undefined;
    case 'in':
      return ofIn(expression.child, expression.list);
    default:
      return undefined;
  }
}

/** Less than zero, zero or more, in Spark's order; undefined where we do not know it. */
export function compareValues(
  left: LiteralValue,
  right: LiteralValue,
  type: DataType,
): number | undefined {
  switch (type.kind) {
    case 'byte':
    case 'short':
    case 'int':
    case 'long':
    case 'decimal':
    case 'date':
    case 'timestamp':
    case 'timestamp_ntz':
    case 'time':
    case 'yearMonthInterval':
    case 'dayTimeInterval':
      return typeof left === 'bigint' && typeof right === 'bigint'
        ? Number(left > right) - Number(left < right)
        : undefined;
    case 'boolean':
      return Number(left) - Number(right);
    case 'float':
    case 'double':
      return typeof left === 'number' && typeof right === 'number'
        ? compareFractions(left, right)
        : undefined;
    case 'string':
      return typeof left === 'string' && typeof right === 'string'
        ? compareText(left, right)
        : undefined;
    default:
      return undefined;
  }
}

/** NaN equals itself and is the greatest; zeros are equal. */
function compareFractions(left: number, right: number): number {
  if (Number.isNaN(left) || Number.isNaN(right)) {
    return Number(Number.isNaN(left)) - Number(Number.isNaN(right));
  }
  return Number(left > right) - Number(left < right);
}

/** Spark compares the bytes of UTF-8, which is the order of code points, not of UTF-16 units. */
function compareText(left: string, right: string): number {
  const theirs = right[Symbol.iterator]();
  for (const character of left) {
    const other = theirs.next();
    if (other.done === true) return 1;
    const difference = (character.codePointAt(0) ?? 0) - (other.value.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return theirs.next().done === true ? 0 : -1;
}

const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

function ofCall({ name, type, arguments: operands }: FunctionCall): Value | undefined {
  const values = operands.flatMap((operand) => (operand.kind === 'literal' ? [operand.value] : []));
  if (name === 'concat' && type.kind === 'string') {
    return values.every((value) => typeof value === 'string')
      ? { value: values.join('') }
      : undefined;
  }
  const [first, second] = operands;
  const [left = null, right = null] = values;
  if (first === undefined || second === undefined || !sameType(first.type, second.type)) {
    return undefined;
  }
  if (name === '<=>') {
    if (left === null || right === null) return { value: left === right };
    const order = compareValues(left, right, first.type);
    return order === undefined ? undefined : { value: order === 0 };
  }
  const holds = Object.hasOwn(comparisons, name) ? comparisons[name] : undefined;
  if (holds === undefined || left === null || right === null) return undefined;
  const order = compareValues(left, right, first.type);
  return order === undefined ? undefined : { value: holds(order) };
}

function ofIn(child: Expression, list: readonly Expression[]): Value | undefined {
  if (child.kind !== 'literal') return undefined;
  if (child.value === null) return { value: null };
  let hasNull = false;
  for (const item of list) {
    if (item.kind !== 'literal') return undefined;
    if (item.value === null) hasNull = true;
    else {
      const order = sameType(child.type, item.type)
        ? compareValues(child.value, item.value, child.type)
        : undefined;
      if (order === undefined) return undefined;
      if (order === 0) return { value: true };
    }
  }
  return { value: hasNull ? null : false };
}
