/** Casts from, to and between intervals. */
import type { DataType, DayTimeUnit } from '#sql/plan/types.ts';
import { simpleString, typeSql } from '#sql/plan/types.ts';
import { formatCalendar, parseCalendar } from '#sql/value/calendarInterval.ts';
import { formatDayTime, formatYearMonth, microsOf, parseDayTime } from '#sql/value/interval.ts';
import { divided } from './rounding.ts';
import type { CalendarInterval, ScalarFunction, Site, Value } from './scalarFunction.ts';

export const intervalCastFunction: ScalarFunction = {
  name: 'interval_cast',
  prepare(site) {
    const from = site.parameterTypes[0] ?? site.type;
    if (site.type.kind === 'string') return textOf(from);
    if (from.kind === 'string') return fromText(site);
    if (from.kind.endsWith('Interval') && site.type.kind === from.kind) return cut(site, from);
    return from.kind.endsWith('Interval') ? toNumber(site, from) : fromNumber(site, from);
  },
};

type Months = DataType & { readonly kind: 'yearMonthInterval' };
type Micros = DataType & { readonly kind: 'dayTimeInterval' };

function textOf(from: DataType): (value: never) => Value {
  if (from.kind === 'yearMonthInterval')
    return (months: number) => formatYearMonth(BigInt(months), from.first, from.last);
  if (from.kind === 'dayTimeInterval')
    return (micros: bigint) => formatDayTime(micros, from.first, from.last);
  return (value: CalendarInterval) => formatCalendar(value);
}

/** The unit of the last field, in which numbers count. */
function unitOf(type: Months | Micros): bigint {
  if (type.kind === 'yearMonthInterval') return type.last === 'year' ? 12n : 1n;
  return microsOf[type.last];
}

/** What the type has no field for is cut away. */
function cut(site: Site, from: DataType): (value: never) => Value {
  const { type } = site;
  if (type.kind === 'yearMonthInterval')
    return (months: number) =>
      type.last === 'year' && from.kind === 'yearMonthInterval' ? months - (months % 12) : months;
  if (type.kind !== 'dayTimeInterval') return (value: Value) => value;
  const unit = type.last === 'second' ? 1n : microsOf[type.last];
  return (micros: bigint) => micros - (micros % unit);
}

const bits: Readonly<Record<string, number>> = { byte: 8, short: 16, int: 32, long: 64 };

function toNumber(site: Site, from: DataType): (value: never) => Value {
  if (from.kind !== 'yearMonthInterval' && from.kind !== 'dayTimeInterval')
    throw new Error('no cast makes a number of a calendar interval');
  const { type } = site;
  const text = (value: Value) =>
    from.kind === 'yearMonthInterval'
      ? formatYearMonth(BigInt(value as number), from.first, from.last)
      : formatDayTime(value as bigint, from.first, from.last);
  if (type.kind === 'decimal') {
    // Seconds have digits behind the point, other fields are whole.
    const isSeconds = from.kind === 'dayTimeInterval' && from.last === 'second';
    return (value: number | bigint) => {
      const whole = isSeconds ? BigInt(value) : BigInt(value) / unitOf(from);
      const scale = isSeconds ? 6 : 0;
      const unscaled =
        type.scale >= scale
          ? whole * 10n ** BigInt(type.scale - scale)
          : divided(whole, 10n ** BigInt(scale - type.scale), 'half_up');
      const digits = String(unscaled < 0n ? -unscaled : unscaled);
      if (digits.length <= type.precision || unscaled === 0n) return unscaled;
      if (site.mode === 'try') return null;
      return site.raise(
        'NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION',
        isSeconds ? secondsText(BigInt(value)) : String(whole),
        String(type.precision),
        String(type.scale),
      );
    };
  }
  const width = bits[type.kind] ?? 64;
  return (value: number | bigint) => {
    const whole = BigInt(value) / unitOf(from);
    if (BigInt.asIntN(width, whole) === whole) return width === 64 ? whole : Number(whole);
    if (site.mode === 'try') return null;
    return site.raise('CAST_OVERFLOW', text(value), `"${typeSql(from)}"`, `"${typeSql(type)}"`);
  };
}

function secondsText(micros: bigint): string {
  const size = micros < 0n ? -micros : micros;
  return `${micros < 0n ? '-' : ''}${size / 1_000_000n}.${String(size % 1_000_000n).padStart(6, '0')}`;
}

function fromNumber(site: Site, from: DataType): (value: never) => Value {
  const { type } = site;
  if (type.kind !== 'yearMonthInterval' && type.kind !== 'dayTimeInterval')
    throw new Error('no cast makes a calendar interval of a number');
  const isMonths = type.kind === 'yearMonthInterval';
  const one = from.kind === 'decimal' ? 10n ** BigInt(from.scale) : 1n;
  // Only seconds have a fraction; of other fields whole ones count.
  const exactly = (value: bigint) =>
    type.last === 'second'
      ? divided(value * unitOf(type), one, 'half_up')
      : (isMonths ? divided(value, one, 'half_up') : value / one) * unitOf(type);
  const suffixes: Readonly<Record<string, string>> = {
    byte: 'Y',
    short: 'S',
    long: 'L',
    decimal: 'BD',
  };
  const suffix = suffixes[from.kind] ?? '';
  return (value: number | bigint) => {
    const result = exactly(BigInt(value));
    const width = isMonths ? 32 : 64;
    if (BigInt.asIntN(width, result) === result) return isMonths ? Number(result) : result;
    if (site.mode === 'try') return null;
    return site.raise(
      'CAST_OVERFLOW',
      `${value}${suffix}`,
      `"${typeSql(from)}"`,
      `"${typeSql(type)}"`,
    );
  };
}

/** Reads the text of an interval; undefined where it is none of the type. */
export function intervalReader(
  type: DataType,
): (text: string) => number | bigint | CalendarInterval | undefined {
  switch (type.kind) {
    case 'yearMonthInterval':
      return readMonths(type);
    case 'dayTimeInterval':
      return readMicros(type);
    default:
      return (text) => {
        const parts = parseCalendar(text);
        return parts && { ...parts };
      };
  }
}

function fromText(site: Site): (text: string) => Value {
  const { type } = site;
  const read = intervalReader(type);
  return (text) => {
    const value = read(text);
    if (value !== undefined) return value;
    if (site.mode === 'try' || type.kind === 'calendarInterval') return null;
    return site.raise(
      'INVALID_INTERVAL_FORMAT.UNMATCHED_FORMAT_STRING_WITH_NOTICE',
      text,
      type.kind === 'yearMonthInterval' ? 'year-month' : 'day-time',
      simpleString(type),
    );
  };
}

/** The quoted part of `INTERVAL '…' YEAR TO MONTH`, with the sign before it, or the bare text. */
function bodyOf(text: string, type: DataType): { readonly body: string; readonly sign: bigint } {
  const units = simpleString(type).replace(/^interval /, '');
  const literal = new RegExp(
    `^\\s*interval\\s+([+-]?)\\s*'([^']*)'\\s+${units.replaceAll(' ', '\\s+')}\\s*$`,
    'i',
  ).exec(text);
  return literal
    ? { body: literal[2] ?? '', sign: literal[1] === '-' ? -1n : 1n }
    : { body: text, sign: 1n };
}

function readMonths(type: Months): (text: string) => number | undefined {
  return (text) => {
    const { body, sign } = bodyOf(text, type);
    const match =
      type.first === type.last
        ? /^\s*([+-]?)(\d+)\s*$/.exec(body)
        : /^\s*([+-]?)(\d+)-(\d+)\s*$/.exec(body);
    if (!match) return undefined;
    const [, minus, first = '0', second = '0'] = match;
    if (Number(second) > 11) return undefined;
    const months =
      type.first === type.last
        ? BigInt(first) * (type.first === 'year' ? 12n : 1n)
        : BigInt(first) * 12n + BigInt(second);
    const value = sign * (minus === '-' ? -months : months);
    return BigInt.asIntN(32, value) === value ? Number(value) : undefined;
  };
}

function readMicros(type: Micros): (text: string) => bigint | undefined {
  const { first, last } = type;
  return (text) => {
    const { body, sign } = bodyOf(text, type);
    const read = first === last ? undefined : parseDayTime(body, first, last);
    const micros = read?.ok === true ? read.value : singleField(body, first, last);
    const value = micros === undefined ? undefined : sign * micros;
    return value === undefined || BigInt.asIntN(64, value) !== value ? undefined : value;
  };
}

/** A single field may have any number of digits. */
function singleField(body: string, first: DayTimeUnit, last: DayTimeUnit): bigint | undefined {
  if (first !== last) return undefined;
  const match = /^\s*([+-]?)(\d+)(?:\.(\d{1,9}))?\s*$/.exec(body);
  if (!match || (match[3] !== undefined && last !== 'second')) return undefined;
  const [, minus, digits = '0', fraction = ''] = match;
  const micros = BigInt(digits) * microsOf[last] + BigInt(fraction.padEnd(6, '0').slice(0, 6));
  return minus === '-' ? -micros : micros;
}
