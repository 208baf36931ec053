/**
 * Computes constant expressions. `undefined` means: not here. What would raise under ANSI is never
 * computed, so that it raises when it runs, and only if it runs.
 */
import type { Cast, Expression, FunctionCall, Literal } from '../plan/resolved.ts';
import type { DataType } from '../plan/types.ts';
import { isFractional, isIntegral, sameType } from '../plan/types.ts';
import type { LiteralValue } from '../plan/unresolved.ts';
import { parseDate } from '../value/datetime.ts';
import { parseDecimal, rescale } from '../value/decimal.ts';
import { literalOf } from './build.ts';

const bitsOf: Readonly<Record<string, bigint>> = { byte: 7n, short: 15n, int: 31n, long: 63n };

export function evaluate(expression: Expression): Literal | undefined {
  switch (expression.kind) {
    case 'literal':
      return expression;
    case 'cast':
      return evaluateCast(expression);
    case 'call':
      return evaluateCall(expression);
    default:
      return undefined;
  }
}

function evaluateCast(cast: Cast): Literal | undefined {
  const from = evaluate(cast.child);
  if (from === undefined) return undefined;
  const value = castValue(from.value, from.type, cast.type);
  return value === undefined ? undefined : literalOf(value, cast.type, cast.range);
}

/** Only casts whose result is plain; the rest is left to the engine. */
function castValue(value: LiteralValue, from: DataType, to: DataType): LiteralValue | undefined {
  if (value === null || sameType(from, to)) return value;
  if (typeof value === 'bigint' && (isIntegral(from) || from.kind === 'decimal')) {
    const scale = from.kind === 'decimal' ? from.scale : 0;
    if (isIntegral(to)) {
      const whole = value / 10n ** BigInt(scale);
      return inRange(whole, to) ? whole : undefined;
    }
    if (to.kind === 'decimal') return rescale(value, scale, to);
    if (to.kind === 'double' && scale === 0) return Number(value);
    if (to.kind === 'double') return Number(`${value}e-${scale}`);
    if (to.kind === 'string' && scale === 0) return String(value);
  }
  if (typeof value === 'string') {
    const text = trimAll(value);
    if (isIntegral(to) && /^[+-]?\d+$/.test(text)) {
      const parsed = BigInt(text.replace('+', ''));
      return inRange(parsed, to) ? parsed : undefined;
    }
    if (to.kind === 'decimal' && /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text)) {
      const parsed = parseDecimal(text);
      return parsed && rescale(parsed.unscaled, parsed.type.scale, to);
    }
    if (to.kind === 'double' && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) {
      return Number(text);
    }
    if (to.kind === 'date' && /^\d{4}-\d{1,2}-\d{1,2}$/.test(text)) {
      const days = parseDate(text);
      return days === undefined ? undefined : BigInt(days);
    }
    if (to.kind === 'boolean') {
      const lower = text.toLowerCase();
      return ['true', 't', 'yes', 'y', '1'].includes(lower)
        ? true
        : ['false', 'f', 'no', 'n', '0'].includes(lower)
          ? false
          : undefined;
    }
  }
  if (typeof value === 'number' && from.kind === 'float' && to.kind === 'double') return value;
  return undefined;
}

/** Without blanks and control characters at both ends; other white space stays. */
function trimAll(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charCodeAt(start) <= 0x20) start += 1;
  while (start < end && text.charCodeAt(end - 1) <= 0x20) end -= 1;
  return text.slice(start, end);
}

function inRange(value: bigint, type: DataType): boolean {
  const bits = bitsOf[type.kind] ?? 0n;
  return -(1n << bits) <= value && value < 1n << bits;
}

const nullOnNull = new Set(['+', '-', '*', '/', '%', '=', '<', '<=', '>', '>=', 'not', 'negative']);

function evaluateCall(call: FunctionCall): Literal | undefined {
  const values = call.arguments.map(evaluate);
  const literals = values.filter((value) => value !== undefined);
  if (literals.length < values.length) return undefined;
  const [left, right] = literals;
  if (left === undefined) return undefined;
  const result = (value: LiteralValue) => literalOf(value, call.type, call.range);
  if (call.name === 'isnull') return result(left.value === null);
  if (call.name === 'isnotnull') return result(left.value !== null);
  if (nullOnNull.has(call.name) && literals.some((literal) => literal.value === null)) {
    return result(null);
  }
  const computed = right === undefined ? unary(call, left) : binary(call, left.value, right.value);
  return computed === undefined ? undefined : result(computed);
}

function unary(call: FunctionCall, { value, type }: Literal): LiteralValue | undefined {
  if (call.name === 'not' && typeof value === 'boolean') return !value;
  if (call.name === 'positive') return value;
  if (call.name !== 'negative') return undefined;
  if (typeof value === 'number') return -value;
  if (typeof value !== 'bigint') return undefined;
  return type.kind === 'decimal' || inRange(-value, type) ? -value : undefined;
}

function binary(
  call: FunctionCall,
  left: LiteralValue,
  right: LiteralValue,
): LiteralValue | undefined {
  const { name, type } = call;
  if (['=', '<', '<=', '>', '>=', '<=>'].includes(name)) return compare(name, call, left, right);
  if (typeof left === 'bigint' && typeof right === 'bigint' && isIntegral(type)) {
    const result =
      name === '+'
        ? left + right
        : name === '-'
          ? left - right
          : name === '*'
            ? left * right
            : undefined;
    // What does not fit raises or wraps, which is the engine's to do.
    return result !== undefined && inRange(result, type) ? result : undefined;
  }
  if (typeof left === 'number' && typeof right === 'number' && type.kind === 'double') {
    if (name === '+') return left + right;
    if (name === '-') return left - right;
    if (name === '*') return left * right;
    if (name === '/' && right !== 0) return left / right;
    return undefined;
  }
  return name === '+' || name === '-' || name === '*' ? decimals(call, left, right) : undefined;
}

function decimals(call: FunctionCall, left: LiteralValue, right: LiteralValue): bigint | undefined {
  const [first, second] = call.arguments.map((argument) => argument.type);
  if (first?.kind !== 'decimal' || second?.kind !== 'decimal') return undefined;
  if (call.type.kind !== 'decimal') return undefined;
  if (typeof left !== 'bigint' || typeof right !== 'bigint') return undefined;
  if (call.name === '*') return rescale(left * right, first.scale + second.scale, call.type);
  const scale = Math.max(first.scale, second.scale);
  const a = left * 10n ** BigInt(scale - first.scale);
  const b = right * 10n ** BigInt(scale - second.scale);
  return rescale(call.name === '+' ? a + b : a - b, scale, call.type);
}

function compare(
  name: string,
  call: FunctionCall,
  left: LiteralValue,
  right: LiteralValue,
): boolean | undefined {
  const type = call.arguments[0]?.type;
  if (type === undefined) return undefined;
  if (name === '<=>' && (left === null || right === null)) return left === right;
  // NaN and -0.0 have an order of their own in Spark.
  const isPlain =
    typeof left === typeof right &&
    (typeof left === 'bigint' || typeof left === 'string' || typeof left === 'boolean') &&
    !isFractional(type);
  if (!isPlain || right === null) return undefined;
  if (type.kind === 'string' && name !== '=' && name !== '<=>') return undefined;
  switch (name) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    default:
      return left === right;
  }
}
