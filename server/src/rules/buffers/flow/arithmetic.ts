/** Numbers as Python computes them, where they are known. */
import type { Machine } from './machine.ts';
import type { Value } from './values.ts';
import { integer, knownBigint, knownText, unknown } from './values.ts';

/** Larger integers are not computed: `1 << 10**9` must cost nothing. */
const MAX_BITS = 4096n;

export function numberLiteral(text: string): Value {
  const digits = text.replaceAll('_', '');
  if (/^(0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+|[1-9]\d*|0+)$/.test(digits))
    return digits.length > 1200 ? { kind: 'int' } : integer(BigInt(digits));
  if (/[jJ]$/.test(digits)) return { kind: 'complex' };
  const value = Number(digits);
  return Number.isNaN(value) ? unknown : { kind: 'float', value };
}

export function unaryNumber(operator: string, operand: Value): Value {
  const known = knownBigint(operand);
  if (known !== undefined) {
    if (operator === '-') return integer(-known);
    if (operator === '+') return integer(known);
    if (operator === '~') return integer(~known);
  }
  if (operand.kind === 'float') {
    if (operand.value === undefined) return operand;
    if (operator === '-') return { kind: 'float', value: -operand.value };
    if (operator === '+') return operand;
  }
  if (operand.kind === 'int' || operand.kind === 'bool') return { kind: 'int' };
  return unknown;
}

export function binaryNumber(operator: string, left: Value, right: Value): Value {
  if (isInteger(left) && isInteger(right)) return integers(operator, left, right);
  if (isNumber(left) && isNumber(right)) return floats(operator, left, right);
  if (operator === '+' && left.kind === 'tuple' && right.kind === 'tuple')
    return { kind: 'tuple', items: [...left.items, ...right.items] };
  if (left.kind === 'str' && operator === '%') return { kind: 'str' };
  if (operator === '+' && left.kind === 'str' && right.kind === 'str') {
    if (!left.literal || !right.literal) return { kind: 'str' };
    return {
      kind: 'str',
      literal: {
        kind: 'str',
        value: left.literal.value + right.literal.value,
        starts: [...left.literal.starts, ...right.literal.starts],
        ends: [...left.literal.ends, ...right.literal.ends],
      },
    };
  }
  return unknown;
}

function integers(operator: string, left: Value, right: Value): Value {
  if (operator === '/') return floats(operator, left, right);
  const a = knownBigint(left);
  const b = knownBigint(right);
  if (a === undefined || b === undefined) return operator === '**' ? unknown : { kind: 'int' };
  const value = computed(operator, a, b);
  if (value !== undefined) return integer(value);
  return operator === '**' && b < 0n ? { kind: 'float' } : unknown;
}

function computed(operator: string, a: bigint, b: bigint): bigint | undefined {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '//':
      return b === 0n ? undefined : floorDivide(a, b);
    case '%':
      return b === 0n ? undefined : a - b * floorDivide(a, b);
    case '<<':
      return 0n <= b && b < MAX_BITS ? a << b : undefined;
    case '>>':
      return 0n <= b && b < MAX_BITS ? a >> b : undefined;
    case '&':
      return a & b;
    case '|':
      return a | b;
    case '^':
      return a ^ b;
    case '**':
      return 0n <= b && b < 256n && -(1n << 64n) < a && a < 1n << 64n ? a ** b : undefined;
    default:
      return undefined;
  }
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

function floats(operator: string, left: Value, right: Value): Value {
  const a = floatOf(left);
  const b = floatOf(right);
  if (a === undefined || b === undefined) return { kind: 'float' };
  if (operator === '+') return { kind: 'float', value: a + b };
  if (operator === '-') return { kind: 'float', value: a - b };
  if (operator === '*') return { kind: 'float', value: a * b };
  if (operator === '/') return b === 0 ? unknown : { kind: 'float', value: a / b };
  return { kind: 'float' };
}

export function floatOf(value: Value): number | undefined {
  if (value.kind === 'float') return value.value;
  const known = knownBigint(value);
  return known === undefined ? undefined : Number(known);
}

function isInteger(value: Value): boolean {
  return value.kind === 'int' || value.kind === 'bool';
}

function isNumber(value: Value): boolean {
  return isInteger(value) || value.kind === 'float';
}

export function compareValues(
  machine: Machine,
  operator: string,
  left: Value,
  right: Value,
): boolean | undefined {
  if (operator === 'is' || operator === 'is not') {
    const same = isSame(machine, left, right);
    return same === undefined ? undefined : same === (operator === 'is');
  }
  if (operator === '==' || operator === '!=') {
    const equal = isEqual(left, right);
    return equal === undefined ? undefined : equal === (operator === '==');
  }
  if (!isNumber(left) || !isNumber(right)) return undefined;
  const [a, b] = [knownBigint(left) ?? floatOf(left), knownBigint(right) ?? floatOf(right)];
  if (a === undefined || b === undefined) return undefined;
  if (operator === '<') return a < b;
  if (operator === '<=') return a <= b;
  if (operator === '>') return a > b;
  return operator === '>=' ? a >= b : undefined;
}

/** `is` is certain only against None: which equal numbers are one object is nobody's promise. */
function isSame(_machine: Machine, left: Value, right: Value): boolean | undefined {
  if (left.kind === 'unknown' || right.kind === 'unknown') return undefined;
  if (left.kind === 'method' || right.kind === 'method') return undefined;
  if (left.kind === 'none' || right.kind === 'none') return left.kind === right.kind;
  return undefined;
}

function isEqual(left: Value, right: Value): boolean | undefined {
  if (isNumber(left) && isNumber(right)) {
    const [a, b] = [knownBigint(left) ?? floatOf(left), knownBigint(right) ?? floatOf(right)];
    // A bigint and a number are equal here as an int and a float are in Python.
    return a === undefined || b === undefined ? undefined : a == b;
  }
  if (left.kind === 'str' && right.kind === 'str') {
    const [a, b] = [knownText(left), knownText(right)];
    return a === undefined || b === undefined ? undefined : a === b;
  }
  if (left.kind === 'tuple' && right.kind === 'tuple') {
    if (left.items.length !== right.items.length) return false;
    const each = left.items.map((item, index) => isEqual(item, right.items[index] ?? unknown));
    if (each.includes(false)) return false;
    return each.includes(undefined) ? undefined : true;
  }
  if (left.kind === 'none' && right.kind === 'none') return true;
  return undefined;
}
