/**
 * Decimal arithmetic with Spark's precision: exact, rounded half up to the analyzed type. DuckDB holds 38
 * digits and has no decimal division, so quotients are those of the unscaled integers.
 */
import type { FunctionCall } from '#sql/plan/resolved.ts';
import type { DataType, DecimalType } from '#sql/plan/types.ts';
import type { Lowering } from './context.ts';
import { narrowDecimal, narrowDigits } from './narrowDecimals.ts';
import { refuse } from './refusal.ts';
import { raise } from './runtimeError.ts';
import { duckType } from './types.ts';

export function lowerDecimalOperator(call: FunctionCall, lowering: Lowering): string {
  const [left, right] = call.arguments;
  if (!left || !right || left.type.kind !== 'decimal' || right.type.kind !== 'decimal')
    throw new Error(`decimal ${call.name} needs two decimals`);
  const isWide = call.type.kind === 'decimal' && call.type.precision > narrowDigits;
  const narrow = isWide && lowering.isGrouped !== true ? narrowDecimal(call, lowering) : undefined;
  if (narrow !== undefined) return `CAST(${narrow} AS ${duckType(call.type)})`;
  const [a, b] = [lowering.lower(left), lowering.lower(right)];
  if (call.type.kind !== 'decimal') {
    if (call.name === 'div') return integralQuotient(a, b, left.type, right.type, call);
    throw refuse(
      'UNSUPPORTED_FUNCTION',
      `${call.name} of decimals as ${call.type.kind}`,
      call.range,
    );
  }
  switch (call.name) {
    case '+':
    case '-': {
      const scale = Math.max(left.type.scale, right.type.scale);
      const digits =
        Math.max(left.type.precision - left.type.scale, right.type.precision - right.type.scale) +
        scale +
        1;
      const wide = widened(a, left.type, right.type, digits);
      return rounded(`(${wide} ${call.name} ${b})`, digits, scale, call, call.type, lowering);
    }
    case '*': {
      const digits = left.type.precision + right.type.precision;
      return rounded(
        `(${widened(a, left.type, right.type, digits)} * ${b})`,
        digits,
        left.type.scale + right.type.scale,
        call,
        call.type,
        lowering,
      );
    }
    case '/':
      return decimalQuotient(a, b, left.type, right.type, call, call.type);
    case '%':
    case 'mod':
      return remainder(a, b, left.type, right.type, call, call.type);
    default:
      throw refuse('UNSUPPORTED_FUNCTION', `${call.name} of decimals`, call.range);
  }
}

/** Of two decimals of 64 bits DuckDB makes no wider one, and raises where the result has more digits. */
function widened(sql: string, left: DecimalType, right: DecimalType, digits: number): string {
  const isNarrow = left.precision <= narrowDigits && right.precision <= narrowDigits;
  if (!isNarrow || digits <= narrowDigits) return sql;
  return `CAST(${sql} AS ${duckType({ ...left, precision: narrowDigits + 1 })})`;
}

/** `sql` has `digits` digits at most if it is exact; DuckDB raises where it needs more than 38. */
function rounded(
  sql: string,
  digits: number,
  scale: number,
  call: FunctionCall,
  type: DecimalType,
  lowering: Lowering,
): string {
  // Beyond 38 digits DuckDB raises. Where nothing is rounded away that is Spark's overflow as well.
  if (digits > 38)
    lowering.noteOverflow(scale === type.scale ? 'decimal' : 'rounded decimal', call.range);
  if (scale > 38) throw refuse('UNSUPPORTED_DECIMAL_PRECISION', 'A scale above 38', call.range);
  if (digits <= 38 && digits - scale < type.precision - type.scale + (scale > type.scale ? 0 : 1))
    return `CAST(${sql} AS ${duckType(type)})`;
  if (call.evalMode === 'ansi') return `CAST(${sql} AS ${duckType(type)})`;
  // A product beyond 38 digits may still fit once it is rounded, so null would be a guess.
  if (scale > type.scale && digits > 38)
    throw refuse('UNSUPPORTED_DECIMAL_PRECISION', 'A decimal of more than 38 digits', call.range);
  return `TRY(CAST(${sql} AS ${duckType(type)}))`;
}

/** The integer behind a decimal: its value times ten to its scale. */
export function unscaled(sql: string, type: DecimalType): string {
  if (type.scale === 0) return `CAST(${sql} AS HUGEINT)`;
  if (type.precision + type.scale <= 38) {
    const factor = { kind: 'decimal', precision: type.scale + 1, scale: 0 } as const;
    const wide = widened(sql, type, factor, type.precision + factor.precision);
    return `CAST(${wide} * CAST(${power(type.scale)} AS ${duckType(factor)}) AS HUGEINT)`;
  }
  return `CAST(replace(CAST(${sql} AS VARCHAR), '.', '') AS HUGEINT)`;
}

/** The decimal of an unscaled integer that is known to have `type.precision` digits at most. */
export function scaled(sql: string, type: DecimalType): string {
  const whole = `CAST(${sql} AS DECIMAL(38, 0))`;
  if (type.scale === 0) return `CAST(${whole} AS ${duckType(type)})`;
  const unit = `CAST('0.${'0'.repeat(type.scale - 1)}1' AS DECIMAL(${type.scale}, ${type.scale}))`;
  return `CAST(${whole} * ${unit} AS ${duckType(type)})`;
}

function power(exponent: number): string {
  return `1${'0'.repeat(exponent)}`;
}

/** `a / b` of unscaled integers, rounded half up at `type.scale`; `shift` is the power of ten that takes. */
export function roundedQuotient(
  a: string,
  b: string,
  shift: number,
  digits: number,
  type: DecimalType,
  call: { readonly range: FunctionCall['range'] },
): string {
  const ten = `CAST('${power(Math.abs(shift))}' AS HUGEINT)`;
  const dividend = shift < 0 ? a : `(${a} * ${ten})`;
  const divisor = shift < 0 ? `(${b} * ${ten})` : b;
  // Half of the divisor is compared from below, so that doubling can't overflow.
  const half = `(abs(${dividend} % ${divisor}) >= abs(${divisor}) - abs(${dividend} % ${divisor}))`;
  const sign = `(CASE WHEN (${a} < 0) <> (${b} < 0) THEN -1 ELSE 1 END)`;
  const quotient = `(${dividend} // ${divisor} + CASE WHEN ${half} THEN ${sign} ELSE 0 END)`;
  const value = scaled(quotient, type);
  if (digits + Math.max(shift, 0) <= 38) return value;
  const limit = `CAST('${power(Math.max(0, 38 - Math.max(shift, 0)))}' AS HUGEINT)`;
  return `CASE WHEN abs(${a}) >= ${limit} THEN ${raise('UNSUPPORTED_DECIMAL_PRECISION', call.range)} ELSE ${value} END`;
}

function decimalQuotient(
  a: string,
  b: string,
  left: DecimalType,
  right: DecimalType,
  call: FunctionCall,
  type: DecimalType,
): string {
  const shift = type.scale - left.scale + right.scale;
  if (38 < shift)
    throw refuse('UNSUPPORTED_DECIMAL_PRECISION', 'A quotient of more than 38 digits', call.range);
  const value = roundedQuotient(
    unscaled(a, left),
    unscaled(b, right),
    shift,
    left.precision,
    type,
    call,
  );
  const onZero = call.evalMode === 'ansi' ? raise('DIVIDE_BY_ZERO', call.range) : 'NULL';
  return `CASE WHEN ${b} = 0 THEN CASE WHEN ${a} IS NOT NULL THEN ${onZero} END ELSE ${value} END`;
}

function remainder(
  a: string,
  b: string,
  left: DecimalType,
  right: DecimalType,
  call: FunctionCall,
  type: DecimalType,
): string {
  const scale = Math.max(left.scale, right.scale);
  const digits = Math.max(left.precision - left.scale, right.precision - right.scale) + scale;
  if (38 < digits)
    throw refuse('UNSUPPORTED_DECIMAL_PRECISION', 'A remainder of more than 38 digits', call.range);
  const common: DataType = { kind: 'decimal', precision: digits, scale };
  const integer = (sql: string) => unscaled(`CAST(${sql} AS ${duckType(common)})`, common);
  const value = scaled(`(${integer(a)} % ${integer(b)})`, { ...common, precision: 38 });
  const onZero = call.evalMode === 'ansi' ? raise('DIVIDE_BY_ZERO', call.range) : 'NULL';
  return `CASE WHEN ${b} = 0 THEN CASE WHEN ${a} IS NOT NULL THEN ${onZero} END ELSE CAST(${value} AS ${duckType(type)}) END`;
}

/** `div`: the quotient's whole part as a bigint. */
function integralQuotient(
  a: string,
  b: string,
  left: DecimalType,
  right: DecimalType,
  call: FunctionCall,
): string {
  const scale = Math.max(left.scale, right.scale);
  const digits = Math.max(left.precision - left.scale, right.precision - right.scale) + scale;
  if (38 < digits)
    throw refuse('UNSUPPORTED_DECIMAL_PRECISION', 'A quotient of more than 38 digits', call.range);
  const common: DecimalType = { kind: 'decimal', precision: digits, scale };
  const integer = (sql: string) => unscaled(`CAST(${sql} AS ${duckType(common)})`, common);
  const onZero = call.evalMode === 'ansi' ? raise('DIVIDE_BY_ZERO', call.range) : 'NULL';
  return `CASE WHEN ${b} = 0 THEN CASE WHEN ${a} IS NOT NULL THEN ${onZero} END ELSE CAST(${integer(a)} // ${integer(b)} AS BIGINT) END`;
}
