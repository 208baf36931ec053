/** Arithmetic and comparison of plain Python values. */
import type { SyntaxNode } from '@lezer/common';
import type { Value } from './values.ts';
import { cannotKnow } from './values.ts';

const plainKinds = new Set([
  'none',
  'bool',
  'int',
  'float',
  'str',
  'bytes',
  'list',
  'tuple',
  'dict',
]);

export function isKnown(value: Value): boolean {
  return plainKinds.has(value.kind);
}

/** Undefined where the operator is no comparison, or its result is not certain. */
export function comparison(operator: string, left: Value, right: Value): boolean | undefined {
  switch (operator) {
    case '==':
      return isEqual(left, right);
    case '!=': {
      const equal = isEqual(left, right);
      return equal === undefined ? undefined : !equal;
    }
    case 'is':
    case 'is not': {
      if (left.kind !== 'none' && right.kind !== 'none') return undefined;
      return (left.kind === right.kind) === (operator === 'is');
    }
    case 'in':
    case 'not in': {
      if (right.kind === 'str' && left.kind === 'str')
        return right.value.includes(left.value) === (operator === 'in');
      const items =
        right.kind === 'dict'
          ? right.entries.map(([key]) => key)
          : right.kind === 'list' || right.kind === 'tuple'
            ? right.items
            : undefined;
      if (!items) return undefined;
      const found = items.map((item) => isEqual(left, item));
      if (found.includes(undefined)) return undefined;
      return found.includes(true) === (operator === 'in');
    }
    case '<':
    case '<=':
    case '>':
    case '>=': {
      const order = compare(left, right);
      if (order === undefined) return undefined;
      if (operator === '<') return order < 0;
      if (operator === '<=') return order <= 0;
      return operator === '>' ? order > 0 : order >= 0;
    }
    default:
      return undefined;
  }
}

function isEqual(left: Value, right: Value): boolean | undefined {
  if (!isKnown(left) || !isKnown(right)) return undefined;
  if (left.kind === 'none' || right.kind === 'none') return left.kind === right.kind;
  if (left.kind === 'str' || right.kind === 'str')
    return left.kind === 'str' && right.kind === 'str' && left.value === right.value;
  const [a, b] = [numberOf(left), numberOf(right)];
  return a === undefined || b === undefined ? undefined : a === b;
}

function compare(left: Value, right: Value): number | undefined {
  if (left.kind === 'str' && right.kind === 'str')
    return left.value < right.value ? -1 : left.value > right.value ? 1 : 0;
  const [a, b] = [numberOf(left), numberOf(right)];
  return a === undefined || b === undefined ? undefined : a - b;
}

/** Undefined where a double does not hold the number exactly. */
function numberOf(value: Value): number | undefined {
  if (value.kind === 'bool') return Number(value.value);
  if (value.kind === 'float') return value.value;
  if (value.kind !== 'int') return undefined;
  return Number.isSafeInteger(Number(value.value)) ? Number(value.value) : undefined;
}

export function arithmetic(operator: string, left: Value, right: Value): Value | undefined {
  if (operator === '+') {
    if (left.kind === 'str' && right.kind === 'str')
      return { kind: 'str', value: left.value + right.value };
    if (left.kind === 'list' && right.kind === 'list')
      return { kind: 'list', items: [...left.items, ...right.items] };
    if (left.kind === 'tuple' && right.kind === 'tuple')
      return { kind: 'tuple', items: [...left.items, ...right.items] };
  }
  if (operator === '*' && right.kind === 'int' && 0n <= right.value && right.value < 10_000n) {
    const count = Number(right.value);
    if (left.kind === 'str') return { kind: 'str', value: left.value.repeat(count) };
    if (left.kind === 'list' || left.kind === 'tuple')
      return { kind: left.kind, items: Array.from({ length: count }, () => left.items).flat() };
  }
  if (left.kind === 'int' && right.kind === 'int')
    return integers(operator, left.value, right.value);
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a === undefined || b === undefined) return undefined;
  const result = floats(operator, a, b);
  return result === undefined ? undefined : { kind: 'float', value: result };
}

function integers(operator: string, left: bigint, right: bigint): Value | undefined {
  const int = (value: bigint): Value => ({ kind: 'int', value });
  switch (operator) {
    case '+':
      return int(left + right);
    case '-':
      return int(left - right);
    case '*':
      return int(left * right);
    case '**':
      return 0n <= right && right < 64n ? int(left ** right) : undefined;
    case '/':
      return right === 0n ? undefined : { kind: 'float', value: Number(left) / Number(right) };
    case '//':
    case '%': {
      if (right === 0n) return undefined;
      // Python's rest has the sign of the divisor.
      const rest = ((left % right) + right) % right;
      return int(operator === '%' ? rest : (left - rest) / right);
    }
    default:
      return undefined;
  }
}

function floats(operator: string, left: number, right: number): number | undefined {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0 ? undefined : left / right;
    default:
      return undefined;
  }
}

/** The items of a list, a tuple or a dictionary. */
export function listOf(value: Value, node: SyntaxNode): readonly Value[] {
  if (value.kind === 'list' || value.kind === 'tuple') return value.items;
  if (value.kind === 'dict') return value.entries.map(([key]) => key);
  return cannotKnow('the items of this are known only when the script runs', node);
}

/** Whether Python takes the value for true. */
export function truth(value: Value, node: SyntaxNode): boolean {
  switch (value.kind) {
    case 'none':
      return false;
    case 'bool':
      return value.value;
    case 'int':
      return value.value !== 0n;
    case 'float':
      return value.value !== 0;
    case 'str':
      return value.value !== '';
    case 'list':
    case 'tuple':
      return value.items.length > 0;
    case 'dict':
      return value.entries.length > 0;
    default:
      return cannotKnow('whether this is true is known only when the script runs', node);
  }
}
