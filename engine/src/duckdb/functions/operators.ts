/** Operators: arithmetic with Spark's overflow and zero rules, comparison, logic, bits. */
import type { FunctionCall } from '#sql/plan/resolved.ts';
import { intType, isFractional, isIntegral } from '#sql/plan/types.ts';
import type { Lowering } from '../context.ts';
import { instantOf, localOf, stringOf } from '../casts.ts';
import { isUtc } from '../context.ts';
import {
  intervalNegationFunction,
  intervalRatioFunction,
  intervalScaleFunction,
  intervalSumFunction,
} from '../scalarFunctions/intervals.ts';
import { compareNested } from '../scalarFunctions/arrays.ts';
import { scalarCall } from '../scalarFunctions/scalarFunction.ts';
import { moveTimeFunction } from '../scalarFunctions/timesOfDay.ts';
import { calendarMoveFunction } from '../scalarFunctions/times.ts';
import { lowerDecimalOperator } from '../decimals.ts';
import { refuse } from '../refusal.ts';
import { raise } from '../runtimeError.ts';
import { duckType } from '../types.ts';
import type { Row, Rows } from './row.ts';
import { template } from './row.ts';

/** Nulls within arrays and structs are the least in Spark, and the greatest in DuckDB. */
function ordered(operator: string): Row {
  return (args, call, lowering) => {
    const { type } = call.arguments[0] ?? call;
    if (type.kind !== 'array' && type.kind !== 'struct')
      return comparison(operator)(args, call, lowering);
    const site = { ...call, type: intType };
    return `(${scalarCall(compareNested, args, site, lowering)} ${operator} 0)`;
  };
}

const comparison =
  (operator: string): Row =>
  ([left = '', right = '']) =>
    `(${left} ${operator} ${right})`;

const chain =
  (operator: string): Row =>
  (args) =>
    `(${args.join(` ${operator} `)})`;

export const operators: Rows = {
  '+': (args, call, lowering) => arithmetic('+', 'addition', args, call, lowering),
  '-': (args, call, lowering) => arithmetic('-', 'subtraction', args, call, lowering),
  '*': (args, call, lowering) => arithmetic('*', 'multiplication', args, call, lowering),
  '/': (args, call, lowering) => quotient(args, call, lowering),
  '%': remainder,
  mod: remainder,
  pmod: positiveRemainder,
  div: integralQuotient,
  negative: (args, call, lowering) => negated(args, call, lowering),
  positive: template('$1'),
  abs: (args, call, lowering) => absolute(args, call, lowering),
  '=': comparison('='),
  '==': comparison('='),
  '<=>': comparison('IS NOT DISTINCT FROM'),
  '<>': comparison('<>'),
  '!=': comparison('<>'),
  '<': ordered('<'),
  '<=': ordered('<='),
  '>': ordered('>'),
  '>=': ordered('>='),
  and: chain('AND'),
  or: chain('OR'),
  not: template('NOT $1'),
  '!': template('NOT $1'),
  isnull: template('$1 IS NULL'),
  isnotnull: template('$1 IS NOT NULL'),
  isnan: template('COALESCE(isnan($1), FALSE)'),
  // What is computed is computed once: it may be another value each time.
  between: ([value = '', low = '', high = ''], call, lowering) => {
    const type = call.arguments[0]?.type ?? call.type;
    if (type.kind === 'array' || type.kind === 'struct') {
      const from = ordered('>=')([value, low], call, lowering);
      return `(${from} AND ${ordered('<=')([value, high], call, lowering)})`;
    }
    return /^\w+$/.test(value)
      ? `(${value} >= ${low} AND ${value} <= ${high})`
      : `(${value} BETWEEN ${low} AND ${high})`;
  },
  '<<': shift,
  shiftleft: shift,
  '>>': shift,
  shiftright: shift,
  '>>>': shift,
  shiftrightunsigned: shift,
  '&': bits('&'),
  '|': bits('|'),
  '^': (args, call) => `CAST(xor(${args.join(', ')}) AS ${duckType(call.type)})`,
  '~': (args, call) => `CAST(~(${args[0] ?? ''}) AS ${duckType(call.type)})`,
};

function bits(operator: string): Row {
  return ([left = '', right = ''], call) =>
    `CAST(${left} ${operator} ${right} AS ${duckType(call.type)})`;
}

/** Java's shifts: the distance counts modulo the width, and bits that leave are lost. */
function shift(args: readonly string[], call: FunctionCall): string {
  const [value = '', distance = ''] = args;
  const width = call.type.kind === 'long' ? 64n : 32n;
  const power = `CAST(pow(2, CAST(${distance} AS INTEGER) & ${width - 1n}) AS HUGEINT)`;
  const wide = `CAST(${value} AS HUGEINT)`;
  if (call.name === '<<' || call.name === 'shiftleft') {
    // The bits that stay are taken before they move, so that 128 bits hold the product.
    const modulus = `(CAST('${2n ** width}' AS HUGEINT) // ${power})`;
    return wrapped(`(((${wide} % ${modulus}) + ${modulus}) % ${modulus})`, '*', power, call);
  }
  const isUnsigned = call.name === '>>>' || call.name === 'shiftrightunsigned';
  const bits = isUnsigned
    ? `(CASE WHEN ${value} < 0 THEN ${wide} + CAST('${2n ** width}' AS HUGEINT) ELSE ${wide} END)`
    : wide;
  const floor = `((${bits} - (((${bits} % ${power}) + ${power}) % ${power})) // ${power})`;
  return wrapped(floor, '+', '0', call);
}

const duckWidth: Readonly<Record<string, string>> = {
  byte: 'INT8',
  short: 'INT16',
  int: 'INT32',
  long: 'INT64',
};

function arithmetic(
  operator: '+' | '-' | '*',
  word: string,
  args: readonly string[],
  call: FunctionCall,
  lowering: Lowering,
): string {
  const [left = '', right = ''] = args;
  if (call.type.kind === 'decimal') return lowerDecimalOperator(call, lowering);
  if (isFractional(call.type)) return `(${left} ${operator} ${right})`;
  if (isIntegral(call.type)) {
    if (call.evalMode === 'legacy') return wrapped(left, operator, right, call);
    if (call.evalMode === 'try') return tried(left, operator, right);
    lowering.noteOverflow(`${word} ${duckWidth[call.type.kind] ?? ''}`, call.range);
    return `(${left} ${operator} ${right})`;
  }
  return datetimeArithmetic(operator, args, call, lowering);
}

/** Null where the result is too large. What the operands raise is raised, and DuckDB wants it outside of TRY. */
function tried(left: string, operator: string, right: string): string {
  if (!/\berror\(/.test(left + right)) return `TRY(${left} ${operator} ${right})`;
  return `list_transform([{l: ${left}, r: ${right}}], lambda x: TRY(x.l ${operator} x.r))[1]`;
}

/** Java's wrapping arithmetic, computed in 128 bits, which hold any product of two longs. */
function wrapped(left: string, operator: string, right: string, call: FunctionCall): string {
  const width = { byte: 8n, short: 16n, int: 32n, long: 64n }[call.type.kind as 'long'];
  const half = 2n ** (width - 1n);
  const exact = `(CAST(${left} AS HUGEINT) ${operator} CAST(${right} AS HUGEINT))`;
  const modulus = `CAST('${2n * half}' AS HUGEINT)`;
  const offset = `CAST('${half}' AS HUGEINT)`;
  return `CAST(((((${exact} % ${modulus}) + ${modulus} + ${offset}) % ${modulus}) - ${offset}) AS ${duckType(call.type)})`;
}

function quotient(args: readonly string[], call: FunctionCall, lowering: Lowering): string {
  const [left = '', right = ''] = args;
  if (call.type.kind.endsWith('Interval')) return datetimeArithmetic('/', args, call, lowering);
  if (call.type.kind === 'decimal') return lowerDecimalOperator(call, lowering);
  if (!isFractional(call.type)) throw refuse('UNSUPPORTED_FUNCTION', 'This division', call.range);
  const divisor = call.arguments[1];
  if (divisor?.kind === 'literal' && typeof divisor.value === 'number' && divisor.value !== 0)
    return `(${left} / ${right})`;
  return guarded(left, right, `${left} / ${right}`, 'DIVIDE_BY_ZERO', call);
}

/** A null dividend gives null before the divisor is looked at, as in Spark. */
function guarded(
  left: string,
  right: string,
  value: string,
  condition: 'DIVIDE_BY_ZERO',
  call: FunctionCall,
): string {
  if (call.evalMode !== 'ansi') return `CASE WHEN ${right} <> 0 THEN ${value} END`;
  const isNull = call.arguments[0]?.nullable === false ? '' : `WHEN ${left} IS NULL THEN NULL `;
  return `CASE ${isNull}WHEN ${right} = 0 THEN ${raise(condition, call.range)} ELSE ${value} END`;
}

function remainder(args: readonly string[], call: FunctionCall, lowering: Lowering): string {
  const [left = '', right = ''] = args;
  if (call.type.kind === 'decimal') return lowerDecimalOperator(call, lowering);
  // DuckDB's fmod has the divisor's sign, its operator the dividend's.
  const value = isFractional(call.type)
    ? `(${left} % ${right})`
    : exactRemainder(left, right, call);
  return guarded(left, right, `CAST(${value} AS ${duckType(call.type)})`, 'DIVIDE_BY_ZERO', call);
}

/** DuckDB raises on the lowest value by -1, whose remainder is 0. */
function exactRemainder(left: string, right: string, call: FunctionCall): string {
  const divisor = call.arguments[1];
  if (divisor?.kind === 'literal' && divisor.value !== -1n) return `${left} % ${right}`;
  return `CASE WHEN ${right} = -1 THEN 0 ELSE ${left} % ${right} END`;
}

function positiveRemainder(args: readonly string[], call: FunctionCall): string {
  const [left = '', right = ''] = args;
  if (!isIntegral(call.type))
    throw refuse('UNSUPPORTED_FUNCTION', `pmod of ${call.type.kind}`, call.range);
  const wide = (sql: string) => `CAST(${sql} AS HUGEINT)`;
  const [a, n] = [wide(left), wide(right)];
  const value = `CAST(CASE WHEN ${a} % ${n} < 0 THEN (${a} % ${n} + ${n}) % ${n} ELSE ${a} % ${n} END AS ${duckType(call.type)})`;
  return guarded(left, right, value, 'DIVIDE_BY_ZERO', call);
}

function integralQuotient(args: readonly string[], call: FunctionCall, lowering: Lowering): string {
  const [left = '', right = ''] = args;
  if (call.arguments[0]?.type.kind === 'decimal') return lowerDecimalOperator(call, lowering);
  if (call.arguments[0]?.type.kind.endsWith('Interval') === true)
    return scalarCall(intervalRatioFunction, args, call, lowering);
  if (!isIntegral(call.arguments[0]?.type ?? call.type) || call.type.kind !== 'long')
    throw refuse('UNSUPPORTED_FUNCTION', 'This division', call.range);
  if (call.evalMode === 'legacy')
    return `CASE WHEN ${right} = -1 THEN ${wrapped('0', '-', left, call)} WHEN ${right} <> 0 THEN CAST(${left} // ${right} AS BIGINT) END`;
  const value = `CASE WHEN ${right} = -1 THEN CAST(0 AS BIGINT) - CAST(${left} AS BIGINT) ELSE CAST(${left} // ${right} AS BIGINT) END`;
  lowering.noteOverflow('subtraction INT64', call.range);
  return guarded(left, right, value, 'DIVIDE_BY_ZERO', call);
}

function negated(args: readonly string[], call: FunctionCall, lowering: Lowering): string {
  const [value = ''] = args;
  if (isIntegral(call.type) && call.evalMode === 'legacy') return wrapped('0', '-', value, call);
  if (isIntegral(call.type) || call.type.kind === 'decimal' || isFractional(call.type)) {
    lowering.noteOverflow('negation', call.range);
    return `CAST(-(${value}) AS ${duckType(call.type)})`;
  }
  if (call.type.kind.endsWith('Interval'))
    return scalarCall(intervalNegationFunction, args, call, lowering);
  throw refuse('UNSUPPORTED_FUNCTION', `Negation of ${call.type.kind}`, call.range);
}

function absolute(args: readonly string[], call: FunctionCall, lowering: Lowering): string {
  const [value = ''] = args;
  if (isIntegral(call.type)) {
    const minus = negated([value], call, lowering);
    return `CASE WHEN ${value} < 0 THEN ${minus} ELSE ${value} END`;
  }
  return `CAST(abs(${value}) AS ${duckType(call.type)})`;
}

function datetimeArithmetic(
  operator: '+' | '-' | '*' | '/',
  args: readonly string[],
  call: FunctionCall,
  lowering: Lowering,
): string {
  const [left = '', right = ''] = args;
  const [leftType, rightType] = [call.arguments[0]?.type.kind, call.arguments[1]?.type.kind];
  if (operator === '*' || operator === '/')
    return scalarCall(intervalScaleFunction, args, call, lowering, operator);
  if (leftType !== undefined && rightType !== undefined) {
    if (leftType === 'time')
      return rightType === 'time'
        ? `((${left} - ${right}) // 1000)`
        : scalarCall(moveTimeFunction, args, call, lowering, operator);
    if (leftType.endsWith('Interval') && leftType === rightType)
      return scalarCall(intervalSumFunction, args, call, lowering, operator);
    if (rightType.endsWith('Interval')) {
      const moved = movedTime(operator, [left, right], [leftType, rightType], call, lowering);
      return call.type.kind === 'string'
        ? stringOf(
            moved,
            { kind: 'timestamp' },
            { timeZone: lowering.timeZone, mode: 'ansi', range: call.range, lowering },
          )
        : moved;
    }
    if (operator === '-' && leftType === 'date' && rightType === 'date')
      return call.type.kind === 'dayTimeInterval'
        ? `(CAST(${left} - ${right} AS BIGINT) * 86400000000)`
        : `CAST(${left} - ${right} AS ${duckType(call.type)})`;
    if (operator === '-' && leftType === rightType && leftType.startsWith('timestamp')) {
      const local = (sql: string) =>
        leftType === 'timestamp' ? localOf(sql, lowering.timeZone) : sql;
      return `(epoch_us(${local(left)}) - epoch_us(${local(right)}))`;
    }
    if (leftType === 'date' && isIntegralKind(rightType))
      return `(${left} ${operator} CAST(${right} AS INTEGER))`;
  }
  throw refuse(
    'UNSUPPORTED_FUNCTION',
    `'${operator}' of ${leftType ?? 'nothing'} and ${rightType ?? 'nothing'}`,
    call.range,
  );
}

/** Months and days move the clock of the session's zone, hours the instant. */
function movedTime(
  operator: '+' | '-',
  [left, right]: readonly [string, string],
  [leftType, rightType]: readonly [string, string],
  call: FunctionCall,
  lowering: Lowering,
): string {
  const sign = operator === '-' ? '-' : '';
  const months = (sql: string) => `to_months(CAST(${sign}(${sql}) AS INTEGER))`;
  if (leftType === 'date') {
    if (rightType === 'yearMonthInterval') return `CAST(${left} + ${months(right)} AS DATE)`;
    if (rightType === 'dayTimeInterval')
      return `(${left} ${operator} CAST(${right} // 86400000000 AS INTEGER))`;
    const whole = `CAST(${left} + to_months(CAST(${sign}(date_part('year', ${right}) * 12 + date_part('month', ${right})) AS INTEGER)) AS DATE) ${operator} CAST(date_part('day', ${right}) AS INTEGER)`;
    if (call.evalMode !== 'ansi') return `(${whole})`;
    const clock = `(date_part('epoch', ${right} - to_months(CAST(date_part('year', ${right}) * 12 + date_part('month', ${right}) AS INTEGER)) - to_days(CAST(date_part('day', ${right}) AS INTEGER))) <> 0)`;
    return `CASE WHEN ${clock} THEN ${raise('INVALID_INTERVAL_WITH_MICROSECONDS_ADDITION', call.range)} ELSE ${whole} END`;
  }
  const zone = leftType === 'timestamp' ? lowering.timeZone : 'UTC';
  if (rightType === 'yearMonthInterval')
    return instantOf(`(${localOf(left, zone)} + ${months(right)})`, zone);
  if (rightType === 'calendarInterval')
    return scalarCall(calendarMoveFunction, [left, right], call, lowering, `${operator} ${zone}`);
  if (isUtc(zone)) return `(${left} + to_microseconds(${sign}(${right})))`;
  const days = `to_days(CAST(${sign}(${right} // 86400000000) AS INTEGER))`;
  return `(${instantOf(`(${localOf(left, zone)} + ${days})`, zone)} + to_microseconds(${sign}(${right} % 86400000000)))`;
}

function isIntegralKind(kind: string): boolean {
  return kind in duckWidth;
}
