/**
 * Whether an expression may raise: what can must not be computed for rows that it was not meant for.
 * True on doubt.
 */
import { childrenOf } from '../plan/traverse.ts';
import type { Cast, Expression, FunctionCall } from '../plan/resolved.ts';
import type { DataType } from '../plan/types.ts';
import { isDatetime, isFractional, isIntegral, isNumeric, sameType } from '../plan/types.ts';

export function canRaise(expression: Expression): boolean {
  switch (expression.kind) {
    case 'attribute':
    case 'literal':
    case 'outerReference':
      return false;
    // Their plans may raise, and a scalar subquery of several rows does.
    case 'subquery':
    case 'windowExpression':
      return true;
    case 'cast':
      if (castCanRaise(expression)) return true;
      break;
    case 'call':
      if (callCanRaise(expression)) return true;
      break;
    case 'aggregateCall':
      if (!['count', 'min', 'max'].includes(expression.name)) return true;
      break;
    default:
      break;
  }
  return childrenOf(expression).some(canRaise);
}

const neverRaises = new Set([
  'and',
  'or',
  'not',
  '=',
  '<=>',
  '<',
  '<=',
  '>',
  '>=',
  'isnull',
  'isnotnull',
  'isnan',
  'coalesce',
  'ifnull',
  'nvl',
  'nvl2',
  'nullif',
  'if',
  '&',
  '|',
  '^',
  '~',
  'positive',
  'upper',
  'lower',
  'trim',
  'ltrim',
  'rtrim',
  'length',
  'char_length',
  'startswith',
  'endswith',
  'contains',
  'year',
  'month',
  'day',
  'dayofmonth',
]);
const arithmetic = new Set(['+', '-', '*', '/', '%', 'div', 'negative', 'abs', 'pmod']);

function callCanRaise({ name, type, evalMode, arguments: values }: FunctionCall): boolean {
  if (neverRaises.has(name)) return false;
  if (arithmetic.has(name)) {
    if (!isNumeric(type)) return true;
    if (evalMode !== 'ansi') return false;
    // Floating point overflows to infinity; only a division by zero raises.
    return !(isFractional(type) && ['+', '-', '*', 'negative', 'abs'].includes(name));
  }
  if (name === 'concat') return type.kind !== 'string';
  if (name === 'like' || name === 'ilike') {
    const [, pattern] = values;
    // A pattern may not end in its escape character.
    return !(
      values.length === 2 &&
      pattern?.kind === 'literal' &&
      typeof pattern.value === 'string' &&
      !pattern.value.includes('\\')
    );
  }
  return true;
}

function castCanRaise({ child, type, evalMode }: Cast): boolean {
  return evalMode === 'ansi' && !isLosslessCast(child.type, type);
}

/** A cast that gives every value of one type a value of the other, without rounding of integers aside. */
function isLosslessCast(from: DataType, to: DataType): boolean {
  if (from.kind === 'void' || sameType(from, to)) return true;
  if (to.kind === 'string') return isNumeric(from) || isDatetime(from) || from.kind === 'boolean';
  if (isFractional(to)) return isNumeric(from) && !(from.kind === 'double' && to.kind === 'float');
  if (isIntegral(from) && isIntegral(to)) return bytesOf(from) <= bytesOf(to);
  if (to.kind === 'decimal') {
    const digits = isIntegral(from)
      ? (integralDigits[from.kind] ?? 38)
      : from.kind === 'decimal'
        ? from.precision - from.scale
        : Infinity;
    const scale = from.kind === 'decimal' ? from.scale : 0;
    return digits <= to.precision - to.scale && scale <= to.scale;
  }
  // Even a date is not: those far from today are no timestamps.
  return false;
}

const integralDigits: Readonly<Record<string, number>> = { byte: 3, short: 5, int: 10, long: 20 };

/** How many bytes an integral type has. */
export function bytesOf(type: DataType): number {
  switch (type.kind) {
    case 'byte':
      return 1;
    case 'short':
      return 2;
    case 'int':
      return 4;
    default:
      return 8;
  }
}
