/** Spark's casts. In ANSI mode what does not fit raises, in the others it becomes null or wraps as in Spark. */
import type { Range } from '#sql/plan/range.ts';
import { nowhere } from '#sql/plan/range.ts';
import type { Cast, EvalMode } from '#sql/plan/resolved.ts';
import type {
  ArrayType,
  DataType,
  DecimalType,
  MapType,
  StructType,
  TimeType,
} from '#sql/plan/types.ts';
import {
  isFractional,
  isIntegral,
  sameType,
  stringType,
  timeType,
  typeSql,
} from '#sql/plan/types.ts';
import type { Lowering } from './context.ts';
import { castTo, isUtc, offsetMinutes } from './context.ts';
import { quoteIdentifier, quoteString } from './quote.ts';
import { refuse } from './refusal.ts';
import { raise } from './runtimeError.ts';
import { scalarCall } from './scalarFunctions/scalarFunction.ts';
import { toVariant, variantCast } from './scalarFunctions/variantFunctions.ts';
import { intervalCastFunction } from './scalarFunctions/intervalCasts.ts';
import type { ScalarFunction } from './scalarFunctions/scalarFunction.ts';
import {
  integerBytesFunction,
  saturatedIntegerFunction,
  secondsTimestampFunction,
} from './scalarFunctions/numberCasts.ts';
import { textDateFunction, textTimestampFunction } from './scalarFunctions/textTimes.ts';
import { textTimeOfDayFunction } from './scalarFunctions/timesOfDay.ts';
import { duckType, structFieldNames } from './types.ts';

export function lowerCast(cast: Cast, lowering: Lowering): string {
  const { child, type, evalMode, range } = cast;
  if (child.type.kind === 'variant' || type.kind === 'variant') {
    const isSame = child.type.kind === type.kind || child.type.kind === 'void';
    if (isSame) return castTo(lowering.lower(child), type);
    const definition = type.kind === 'variant' ? toVariant : variantCast;
    const call = { arguments: [child], type, evalMode, range };
    return scalarCall(definition, [lowering.lower(child)], call, lowering, evalMode);
  }
  return castSql(lowering.lower(cast.child), cast.child.type, cast.type, {
    mode: cast.evalMode,
    timeZone: lowering.timeZone,
    range: cast.range,
    lowering,
  });
}

export interface CastOptions {
  readonly mode: EvalMode;
  readonly timeZone: string;
  readonly range: Range;
  /** Without it what takes functions of ours is refused. */
  readonly lowering?: Lowering;
}

export function castSql(sql: string, from: DataType, to: DataType, options: CastOptions): string {
  if (sameType(from, to)) return sql;
  if (from.kind === 'void') return castTo('NULL', to);
  if (from.kind.endsWith('Interval') || to.kind.endsWith('Interval'))
    return intervalCast(sql, from, to, options);
  if (to.kind === 'string') return stringOf(sql, from, options);
  if (isIntegral(to)) return toIntegral(sql, from, to, options);
  switch (to.kind) {
    case 'boolean':
      return toBoolean(sql, from, options);
    case 'float':
    case 'double':
      return toFractional(sql, from, to, options);
    case 'decimal':
      return toDecimal(sql, from, to, options);
    case 'date':
      return toDate(sql, from, options);
    case 'timestamp':
    case 'timestamp_ntz':
      return toTimestamp(sql, from, to, options);
    case 'time':
      return toTime(sql, from, to, options);
    case 'binary':
      if (from.kind === 'string') return `encode(${sql})`;
      if (isIntegral(from)) return castCall(integerBytesFunction, sql, from, to, options);
      break;
    case 'array':
      if (from.kind === 'array') return arrayOf(sql, from, to, options);
      break;
    case 'map':
      if (from.kind === 'map') return mapOf(sql, from, to, options);
      break;
    case 'struct':
      if (from.kind === 'struct') return structOf(sql, from, to, options);
      break;
    default:
      break;
  }
  throw unsupported(from, to, options.range);
}

// Each lambda's body names nothing but its own variable, so that one name does for all depths.
function arrayOf(sql: string, from: ArrayType, to: ArrayType, options: CastOptions): string {
  return `list_transform(${sql}, lambda x: ${castSql('x', from.element, to.element, options)})`;
}

function mapOf(sql: string, from: MapType, to: MapType, options: CastOptions): string {
  const key = castSql('x.key', from.key, to.key, options);
  const value = castSql('x.value', from.value, to.value, options);
  return `map_from_entries(list_transform(map_entries(${sql}), lambda x: {key: ${key}, value: ${value}}))`;
}

/** By position: the names are those of the target. */
function structOf(sql: string, from: StructType, to: StructType, options: CastOptions): string {
  const names = structFieldNames(from.fields);
  const targets = structFieldNames(to.fields);
  const fields = to.fields.map((field, index) => {
    const source = from.fields[index];
    if (source === undefined) throw new Error('structs of one length are cast');
    const value = `struct_extract(x, ${quoteString(names[index] ?? '')})`;
    return `${quoteIdentifier(targets[index] ?? '')}: ${castSql(value, source.type, field.type, options)}`;
  });
  return `list_transform([${sql}], lambda x: CASE WHEN x IS NOT NULL THEN {${fields.join(', ')}} END)[1]`;
}

/** Nested values as Spark writes them: `[1, null]`, `{a -> 1}`, `{1, x}`. */
function nestedText(sql: string, from: DataType, options: CastOptions): string | undefined {
  const text = (value: string, type: DataType) =>
    `COALESCE(${stringOf(castTo(value, type), type, options)}, 'null')`;
  const listed = (list: string, open: string, close: string) =>
    `${quoteString(open)} || COALESCE(array_to_string(${list}, ', '), '') || ${quoteString(close)}`;
  switch (from.kind) {
    case 'array': {
      const items = `list_transform(x, lambda x: ${text('x', from.element)})`;
      return `list_transform([${sql}], lambda x: ${listed(items, '[', ']')})[1]`;
    }
    case 'map': {
      const pair = `${text('x.key', from.key)} || ' -> ' || ${text('x.value', from.value)}`;
      const items = `list_transform(map_entries(x), lambda x: ${pair})`;
      return `list_transform([${sql}], lambda x: ${listed(items, '{', '}')})[1]`;
    }
    case 'struct': {
      const names = structFieldNames(from.fields);
      const parts = from.fields.map((field, index) =>
        text(`struct_extract(x, ${quoteString(names[index] ?? '')})`, field.type),
      );
      const inner = parts.length === 0 ? "''" : parts.join(" || ', ' || ");
      return `list_transform([${sql}], lambda x: CASE WHEN x IS NOT NULL THEN '{' || ${inner} || '}' END)[1]`;
    }
    default:
      return undefined;
  }
}

/** One of our functions for what DuckDB can't cast. */
function castCall(
  definition: ScalarFunction,
  sql: string,
  from: DataType,
  to: DataType,
  { lowering, mode, range }: CastOptions,
): string {
  if (!lowering) throw unsupported(from, to, range);
  const call = { arguments: [{ type: from }], type: to, evalMode: mode, range };
  return scalarCall(definition, [sql], call, lowering);
}

function intervalCast(sql: string, from: DataType, to: DataType, options: CastOptions): string {
  // Only fields after the last one of the type are cut away.
  const isKept =
    from.kind === to.kind &&
    'last' in from &&
    'last' in to &&
    (to.last === 'second' || to.last === 'month' || to.last === from.last);
  return isKept ? sql : castCall(intervalCastFunction, sql, from, to, options);
}

/** The local time in the session's zone of a timestamp's instant. */
export function localOf(sql: string, timeZone: string): string {
  if (isUtc(timeZone)) return sql;
  const offset = offsetMinutes(timeZone);
  if (offset !== undefined) return `(${sql} + to_minutes(${offset}))`;
  return `timezone(${quoteString(timeZone)}, timezone('UTC', ${sql}))`;
}

/** The instant of a local time in the session's zone: the earlier one where the clock is put back. */
export function instantOf(sql: string, timeZone: string): string {
  if (isUtc(timeZone)) return sql;
  const offset = offsetMinutes(timeZone);
  if (offset !== undefined) return `(${sql} - to_minutes(${offset}))`;
  return `spark_instant(${quoteString(timeZone)}, ${sql})`;
}

function unsupported(from: DataType, to: DataType, range: Range) {
  return refuse('UNSUPPORTED_CAST', `A cast from ${typeSql(from)} to ${typeSql(to)}`, range);
}

export function stringOf(sql: string, from: DataType, options: CastOptions): string {
  switch (from.kind) {
    case 'void':
      return 'CAST(NULL AS VARCHAR)';
    case 'string':
      return sql;
    case 'boolean':
    case 'byte':
    case 'short':
    case 'int':
    case 'long':
      return `CAST(${sql} AS VARCHAR)`;
    case 'decimal':
      // BigDecimal.toString turns to E below 1e-6; ANSI mode prints plainly.
      if (options.mode !== 'ansi' && from.scale > 6) break;
      // DuckDB prints no zero before the point where the type has no digits there.
      return from.scale === from.precision
        ? `regexp_replace(CAST(${sql} AS VARCHAR), '^(-?)\\.', '\\10.')`
        : `CAST(${sql} AS VARCHAR)`;
    case 'yearMonthInterval':
    case 'dayTimeInterval':
    case 'calendarInterval':
      return castCall(intervalCastFunction, sql, from, stringType, options);
    case 'float':
    case 'double':
      return `spark_double_string(${sql})`;
    case 'date':
      return `spark_date_string(${sql})`;
    case 'timestamp':
      return `spark_timestamp_string(${localOf(sql, options.timeZone)})`;
    case 'timestamp_ntz':
      return `spark_timestamp_string(${sql})`;
    case 'time':
      return `spark_time_string(${sql})`;
    case 'binary':
      // Spark takes the bytes as they are; text that is no UTF-8 would differ, so it raises here.
      return `decode(${sql})`;
    default:
      break;
  }
  const nested = nestedText(sql, from, options);
  if (nested !== undefined) return nested;
  throw refuse('UNSUPPORTED_CAST', `A cast from ${typeSql(from)} to STRING`, options.range);
}

const integralRange: Readonly<Record<string, readonly [low: string, high: string, bits: number]>> =
  {
    byte: ['-128', '127', 8],
    short: ['-32768', '32767', 16],
    int: ['-2147483648', '2147483647', 32],
    long: ['-9223372036854775808', '9223372036854775807', 64],
  };

const literalSuffix: Readonly<Record<string, string>> = {
  byte: 'Y',
  short: 'S',
  long: 'L',
  double: 'D',
  decimal: 'BD',
};

function toIntegral(sql: string, from: DataType, to: DataType, options: CastOptions): string {
  const target = duckType(to);
  const [low, high, bits] = integralRange[to.kind] ?? ['', '', 0];
  const overflow = () =>
    raise(
      'CAST_OVERFLOW',
      options.range,
      `${stringOf(sql, from, options)} || ${quoteString(literalSuffix[from.kind] ?? '')}`,
      quoteString(`"${typeSql(from)}"`),
      quoteString(`"${typeSql(to)}"`),
    );
  const wrapped = (whole: string) => {
    const half = 2n ** BigInt(bits - 1);
    return `CAST(((CAST(${whole} AS HUGEINT) + ${half}) & ${2n * half - 1n}) - ${half} AS ${target})`;
  };
  if (isIntegral(from)) {
    if ((integralRange[from.kind]?.[2] ?? 0) <= bits) return `CAST(${sql} AS ${target})`;
    if (options.mode === 'try') return `TRY_CAST(${sql} AS ${target})`;
    if (options.mode === 'legacy') return wrapped(sql);
    return `CASE WHEN ${sql} NOT BETWEEN ${low} AND ${high} THEN ${overflow()} ELSE CAST(${sql} AS ${target}) END`;
  }
  if (from.kind === 'boolean') return `CAST(${sql} AS ${target})`;
  if (isFractional(from)) {
    const fits = `(floor(${sql}) <= ${high} AND ceil(${sql}) >= ${low})`;
    if (options.mode === 'legacy')
      return castCall(saturatedIntegerFunction, sql, from, to, options);
    const otherwise = options.mode === 'try' ? 'NULL' : overflow();
    // 2^63 as a double fits by Java's comparison, and is then cut to the greatest bigint.
    const greatest =
      to.kind === 'long' ? `WHEN ${sql} >= 9.223372036854775807e18 THEN ${high} ` : '';
    return `CASE WHEN NOT ${fits} THEN ${otherwise} ${greatest}ELSE CAST(trunc(${sql}) AS ${target}) END`;
  }
  if (from.kind === 'decimal') {
    const whole = `CAST(trunc(${sql}) AS HUGEINT)`;
    if (options.mode === 'legacy') return wrapped(whole);
    if (from.precision - from.scale < high.length) return `CAST(trunc(${sql}) AS ${target})`;
    if (options.mode === 'try') return `TRY_CAST(${whole} AS ${target})`;
    return `CASE WHEN ${whole} NOT BETWEEN ${low} AND ${high} THEN ${overflow()} ELSE CAST(${whole} AS ${target}) END`;
  }
  if (from.kind === 'string') {
    const text = `spark_trim_all(${sql})`;
    if (options.mode === 'legacy')
      return `CASE WHEN regexp_full_match(${text}, '[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)') THEN TRY_CAST(TRY_CAST(regexp_replace(regexp_extract(${text}, '^[+-]?[0-9]*'), '^([+-]?)$', '\\10') AS HUGEINT) AS ${target}) END`;
    const value = `CASE WHEN regexp_full_match(${text}, '[+-]?[0-9]+') THEN TRY_CAST(${text} AS ${target}) END`;
    return orMalformed(sql, value, from, to, options);
  }
  if (from.kind === 'time') return secondsOfDay(sql, from, to, options);
  // The older mode has the cast, and nothing that it could yield.
  if (from.kind === 'date' && options.mode === 'legacy') return castTo('NULL', to);
  if (from.kind === 'timestamp') {
    const seconds = `CAST(floor(epoch_us(${sql}) / 1000000) AS BIGINT)`;
    if (to.kind === 'long')
      return `(epoch_us(${sql}) - (epoch_us(${sql}) % 1000000 + 1000000) % 1000000) // 1000000`;
    if (options.mode !== 'ansi') return `TRY_CAST(${seconds} AS ${target})`;
    const error = raise(
      'CAST_OVERFLOW',
      options.range,
      `'TIMESTAMP ''' || ${stringOf(sql, from, options)} || ''''`,
      quoteString('"TIMESTAMP"'),
      quoteString(`"${typeSql(to)}"`),
    );
    return `CASE WHEN ${seconds} NOT BETWEEN ${low} AND ${high} THEN ${error} ELSE CAST(${seconds} AS ${target}) END`;
  }
  throw unsupported(from, to, options.range);
}

/** `value` is null where the text is malformed; that raises in ANSI mode. */
function orMalformed(
  sql: string,
  value: string,
  from: DataType,
  to: DataType,
  options: CastOptions,
): string {
  if (options.mode !== 'ansi') return value;
  const error = raise(
    'CAST_INVALID_INPUT',
    options.range,
    `'''' || ${stringOf(sql, from, options)} || ''''`,
    quoteString(`"${typeSql(from)}"`),
    quoteString(`"${typeSql(to)}"`),
  );
  return `CASE WHEN ${sql} IS NOT NULL AND (${value}) IS NULL THEN ${error} ELSE ${value} END`;
}

function toBoolean(sql: string, from: DataType, options: CastOptions): string {
  if (isIntegral(from) || isFractional(from) || from.kind === 'decimal') return `(${sql} <> 0)`;
  if (from.kind === 'date' && options.mode === 'legacy') return castTo('NULL', { kind: 'boolean' });
  if (from.kind === 'timestamp') return `(epoch_us(${sql}) <> 0)`;
  if (from.kind !== 'string') throw unsupported(from, { kind: 'boolean' }, options.range);
  const text = `lower(spark_trim_all(${sql}))`;
  const value = `CASE WHEN ${text} IN ('t', 'true', 'y', 'yes', '1') THEN TRUE WHEN ${text} IN ('f', 'false', 'n', 'no', '0') THEN FALSE END`;
  return orMalformed(sql, value, from, { kind: 'boolean' }, options);
}

function toFractional(sql: string, from: DataType, to: DataType, options: CastOptions): string {
  const target = duckType(to);
  if (from.kind === 'double' && to.kind === 'float') return `spark_float(${sql})`;
  if (isIntegral(from) || isFractional(from) || from.kind === 'boolean')
    return `CAST(${sql} AS ${target})`;
  // Through text: the nearest double of the decimal's digits, as BigDecimal.doubleValue.
  if (from.kind === 'decimal')
    return from.precision <= 15
      ? `CAST(${sql} AS ${target})`
      : `CAST(CAST(${sql} AS VARCHAR) AS ${target})`;
  if (from.kind === 'string') {
    const text = `lower(spark_trim_all(${sql}))`;
    const value = `CASE WHEN regexp_full_match(${text}, '[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)(e[+-]?[0-9]+)?[df]?') THEN TRY_CAST(rtrim(${text}, 'df') AS ${target})
      WHEN ${text} IN ('nan') THEN CAST('NaN' AS ${target})
      WHEN ${text} IN ('infinity', '+infinity', 'inf', '+inf') THEN CAST('Infinity' AS ${target})
      WHEN ${text} IN ('-infinity', '-inf') THEN CAST('-Infinity' AS ${target}) END`;
    return orMalformed(sql, value, from, to, options);
  }
  if (from.kind === 'date' && options.mode === 'legacy') return castTo('NULL', to);
  if (from.kind === 'timestamp') return `CAST(epoch_us(${sql}) / 1000000 AS ${target})`;
  throw unsupported(from, to, options.range);
}

function toDecimal(sql: string, from: DataType, to: DecimalType, options: CastOptions): string {
  const target = duckType(to);
  const read = (numeral: string) => readDecimal(numeral, to);
  const wholeDigits = to.precision - to.scale;
  let text = sql;
  switch (from.kind) {
    case 'decimal':
      if (from.precision - from.scale <= wholeDigits - (from.scale > to.scale ? 1 : 0))
        return `CAST(${sql} AS ${target})`;
      break;
    case 'byte':
    case 'short':
    case 'int':
    case 'long':
      if ({ byte: 3, short: 5, int: 10, long: 19 }[from.kind] <= wholeDigits)
        return `CAST(${sql} AS ${target})`;
      break;
    case 'boolean':
      text = `CAST(${sql} AS INTEGER)`;
      break;
    case 'date':
      if (options.mode !== 'legacy') throw unsupported(from, to, options.range);
      return castTo('NULL', to);
    case 'timestamp':
      text = `(CAST(epoch_us(${sql}) AS DECIMAL(19, 0)) * CAST('0.000001' AS DECIMAL(6, 6)))`;
      break;
    case 'time':
      text = `(CAST(${sql} AS DECIMAL(18, 0)) * CAST('0.000000001' AS DECIMAL(9, 9)))`;
      if (options.mode === 'ansi')
        return `CASE WHEN ${sql} IS NOT NULL AND TRY_CAST(${text} AS ${target}) IS NULL THEN ${outOfRange(`CAST(${text} AS VARCHAR)`, to, options)} ELSE TRY_CAST(${text} AS ${target}) END`;
      break;
    case 'float':
    case 'double':
      // Spark takes the shortest text of the double and rounds that half up; DuckDB would round its binary value.
      text = `CASE WHEN isfinite(${sql}) THEN CASE WHEN abs(${sql}) < 1e-40 THEN '0' ELSE CAST(${from.kind === 'float' ? `CAST(${sql} AS DOUBLE)` : sql} AS VARCHAR) END END`;
      // What is no number is null in ANSI mode too.
      if (options.mode === 'ansi')
        return `CASE WHEN isfinite(${sql}) AND ${read(text)} IS NULL THEN ${outOfRange(stringOf(sql, from, options), to, options)} ELSE ${read(text)} END`;
      break;
    case 'string': {
      const trimmed = `spark_trim_all(${sql})`;
      const numeral = `regexp_full_match(${trimmed}, '[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?')`;
      const value = `CASE WHEN ${numeral} THEN ${read(trimmed)} END`;
      if (options.mode !== 'ansi') return value;
      return `CASE WHEN NOT ${numeral} THEN ${raise('CAST_INVALID_INPUT', options.range, `'''' || ${sql} || ''''`, quoteString('"STRING"'), quoteString(`"${typeSql(to)}"`))}
        WHEN ${sql} IS NOT NULL AND ${read(trimmed)} IS NULL THEN ${outOfRange(trimmed, to, options)}
        ELSE ${value} END`;
    }
    default:
      throw unsupported(from, to, options.range);
  }
  const value =
    from.kind === 'float' || from.kind === 'double' ? read(text) : `TRY_CAST(${text} AS ${target})`;
  if (options.mode !== 'ansi') return value;
  return `CASE WHEN ${sql} IS NOT NULL AND ${value} IS NULL THEN ${outOfRange(stringOf(sql, from, options), to, options)} ELSE ${value} END`;
}

/** DuckDB reads no text with an exponent as a decimal without a place before the point. */
function readDecimal(text: string, to: DecimalType): string {
  if (to.precision > to.scale || to.precision === 38) return `TRY_CAST(${text} AS ${duckType(to)})`;
  const wider = duckType({ ...to, precision: to.precision + 1 });
  return `TRY_CAST(TRY_CAST(${text} AS ${wider}) AS ${duckType(to)})`;
}

export function outOfRange(
  text: string,
  to: DecimalType,
  options: Pick<CastOptions, 'range'>,
): string {
  return raise(
    'NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION',
    options.range,
    text,
    quoteString(String(to.precision)),
    quoteString(String(to.scale)),
  );
}

function toDate(sql: string, from: DataType, options: CastOptions): string {
  if (from.kind === 'timestamp_ntz') return `CAST(${sql} AS DATE)`;
  if (from.kind === 'timestamp') return `CAST(${localOf(sql, options.timeZone)} AS DATE)`;
  if (from.kind !== 'string') throw unsupported(from, { kind: 'date' }, options.range);
  if (options.lowering)
    return `CASE WHEN ${plainDate(sql)} THEN CAST(${sql} AS DATE) ELSE ${castCall(textDateFunction, sql, from, { kind: 'date' }, options)} END`;
  return orMalformed(sql, `spark_string_date(${sql})`, from, { kind: 'date' }, options);
}

/** A text brings six digits of its second whatever the precision; digits that a time loses are cut off. */
function toTime(sql: string, from: DataType, to: TimeType, options: CastOptions): string {
  if (from.kind === 'string')
    return castCall(textTimeOfDayFunction, sql, from, timeType(), options);
  if (from.kind !== 'time') throw unsupported(from, to, options.range);
  if (from.precision <= to.precision) return sql;
  return `((${sql}) - (${sql}) % ${10 ** (9 - to.precision)})`;
}

/** The whole seconds; Spark says where they do not fit, but not where in the statement. */
function secondsOfDay(sql: string, from: DataType, to: DataType, options: CastOptions): string {
  const seconds = `(${sql} // 1000000000)`;
  const [, high = '', bits] = integralRange[to.kind] ?? [];
  if (bits === undefined || bits >= 32) return castTo(seconds, to);
  if (options.mode !== 'ansi') return `TRY_CAST(${seconds} AS ${duckType(to)})`;
  const error = raise(
    'CAST_OVERFLOW',
    nowhere,
    `'TIME ''' || ${stringOf(sql, from, options)} || ''''`,
    quoteString(`"${typeSql(from)}"`),
    quoteString(`"${typeSql(to)}"`),
  );
  return `CASE WHEN ${seconds} > ${high} THEN ${error} ELSE ${castTo(seconds, to)} END`;
}

function toTimestamp(sql: string, from: DataType, to: DataType, options: CastOptions): string {
  const isInstant = to.kind === 'timestamp';
  const zoned = (local: string) => (isInstant ? instantOf(local, options.timeZone) : local);
  switch (from.kind) {
    case 'date':
      return zoned(`CAST(${sql} AS TIMESTAMP)`);
    case 'timestamp':
      return localOf(sql, options.timeZone);
    case 'timestamp_ntz':
      return instantOf(sql, options.timeZone);
    case 'string': {
      if (options.lowering)
        return `CASE WHEN ${plainTime(sql)} THEN ${zoned(`CAST(${sql} AS TIMESTAMP)`)} ELSE ${castCall(textTimestampFunction, sql, from, to, options)} END`;
      const value = isInstant
        ? stringInstant(sql, options.timeZone)
        : `spark_string_local(spark_trim_all(${sql}))`;
      return orMalformed(sql, value, from, to, options);
    }
    case 'byte':
    case 'short':
    case 'int':
    case 'long':
      if (isInstant) return `make_timestamp(CAST(${sql} AS BIGINT) * 1000000)`;
      break;
    case 'float':
    case 'double':
    case 'decimal':
    case 'boolean':
      if (isInstant) return castCall(secondsTimestampFunction, sql, from, to, options);
      break;
    default:
      break;
  }
  throw unsupported(from, to, options.range);
}

/** What everyone writes, and DuckDB reads as Spark does. */
function plainDate(sql: string): string {
  return String.raw`regexp_full_match(${sql}, '[12]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])')`;
}

function plainTime(sql: string): string {
  return String.raw`regexp_full_match(${sql}, '[12]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])( ([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?)?')`;
}

/** The instant of a text with an optional zone behind it: `Z`, an offset, or a region's name. */
function stringInstant(sql: string, timeZone: string): string {
  const local = 'spark_string_local(s)';
  const [offset, region] = [
    String.raw`[ T]\d{1,2}:.*?( ?(?:UTC|GMT|UT)?([+-](?:\d{4}|\d{1,2}(?::\d{1,2})?)))$`,
    String.raw`[ T]\d{1,2}:.*?( ?(Z|UTC|GMT|UT|[A-Za-z]+/[A-Za-z_/+-]+))$`,
  ].map(quoteString);
  const zoned = (pattern: string, value: string) =>
    `list_transform([regexp_extract(s, ${pattern}, ['tail', 'zone'])], lambda z: ${value})[1]`;
  const cut = 'spark_string_local(left(s, length(s) - length(z.tail)))';
  const minutes = `(CAST(regexp_extract(z.zone, '\\d\\d?') AS BIGINT) * 60 + COALESCE(TRY_CAST(regexp_extract(z.zone, '[+-](?:\\d\\d?:|\\d\\d)(\\d+)', 1) AS BIGINT), 0))`;
  const byOffset = `${cut} - to_minutes(CASE WHEN z.zone LIKE '-%' THEN -${minutes} ELSE ${minutes} END)`;
  const byRegion = `TRY(timezone('UTC', timezone(CASE WHEN z.zone = 'Z' THEN 'UTC' ELSE z.zone END, ${cut})))`;
  const instant = `CASE WHEN regexp_matches(s, ${offset ?? ''}) THEN ${zoned(offset ?? '', byOffset)}
    WHEN regexp_matches(s, ${region ?? ''}) THEN ${zoned(region ?? '', byRegion)}
    ELSE ${instantOf(local, timeZone)} END`;
  // The text is used many times, so it is computed once and given a name.
  return `list_transform([spark_trim_all(${sql})], lambda s: ${instant})[1]`;
}
