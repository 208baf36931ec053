/** Reads times by Java's patterns: strict, as Spark has it, and in English. */
import { daysFromCivil } from '#shared/calendar.ts';
import { daysInMonth } from '#sql/value/datetime.ts';
import { dayNames, fieldText, monthNames } from './dateTimeFormat.ts';
import type { DateTimeField, NumberPart, OffsetShape, PatternPart } from './dateTimePattern.ts';
import { zoneOf } from './zones.ts';

export interface ParsedTime {
  readonly local: bigint;
  /** What is left of its nanoseconds, 0 to 999. */
  readonly nanos: number;
  /** A zone or an offset that the text itself has. */
  readonly zone: string | undefined;
}

/** The message is Java's. */
export class Unparsable extends Error {}

interface State {
  readonly text: string;
  readonly fields: Map<DateTimeField | 'nano', number>;
  zone: string | undefined;
}

export function parseParts(parts: readonly PatternPart[], text: string): ParsedTime {
  const state: State = { text, fields: new Map(), zone: undefined };
  const end = readAll(parts, state, 0);
  if (end < 0) throw new Unparsable(`Text '${text}' could not be parsed at index ${~end}`);
  if (end < text.length)
    throw new Unparsable(`Text '${text}' could not be parsed, unparsed text found at index ${end}`);
  return {
    local: resolved(state),
    nanos: (state.fields.get('nano') ?? 0) % 1000,
    zone: state.zone,
  };
}

/** The position behind what was read, or the complement of where it failed. */
function readAll(parts: readonly PatternPart[], state: State, start: number): number {
  let at = start;
  for (const part of parts) {
    at = read(part, state, at);
    if (at < 0) return at;
  }
  return at;
}

function read(part: PatternPart, state: State, at: number): number {
  const { text } = state;
  switch (part.kind) {
    case 'literal': {
      const found = text.slice(at, at + part.text.length);
      return found.toLowerCase() === part.text.toLowerCase() ? at + part.text.length : ~at;
    }
    case 'number':
      return part.field === 'nano' ? readFraction(part, state, at) : readNumber(part, state, at);
    case 'text':
      return readText(part, state, at);
    case 'optional': {
      const kept = new Map(state.fields);
      const { zone } = state;
      const end = readAll(part.parts, state, at);
      if (end >= 0) return end;
      state.fields.clear();
      for (const [field, value] of kept) state.fields.set(field, value);
      state.zone = zone;
      return at;
    }
    case 'offset':
      return readOffset(part.shape, part.zero, state, at);
    case 'localizedOffset': {
      if (text.slice(at, at + 3).toUpperCase() !== 'GMT') return ~at;
      const rest = part.isFull
        ? /^[+-]\d{2}:\d{2}(:\d{2})?/.exec(text.slice(at + 3))
        : /^[+-]\d{1,2}(:\d{2}(:\d{2})?)?/.exec(text.slice(at + 3));
      state.zone = rest ? (zoneOf(rest[0]) ?? 'UTC') : 'UTC';
      return at + 3 + (rest?.[0].length ?? 0);
    }
    case 'zoneId':
    case 'zoneText':
      return readZone(state, at);
  }
}

function readNumber(part: NumberPart, state: State, start: number): number {
  const { text } = state;
  let at = start;
  let isNegative = false;
  let isPositive = false;
  const sign = text[at];
  if (sign === '+') {
    if (part.sign !== 'exceedsPad') return ~start;
    isPositive = true;
    at += 1;
  } else if (sign === '-') {
    if (part.sign === 'notNegative') return ~start;
    isNegative = true;
    at += 1;
  }
  if (at + part.minimum > text.length) return ~at;
  let most = part.maximum + Math.max(part.subsequent, 0);
  let end = digitsEnd(text, at, most);
  if (end - at < part.minimum) return ~at;
  if (part.subsequent > 0) {
    // Once more, leaving their digits to the numbers behind.
    most = Math.max(part.minimum, end - at - part.subsequent);
    end = digitsEnd(text, at, most);
  }
  const digits = text.slice(at, end);
  let value = Number(digits);
  if (isNegative) {
    if (value === 0) return ~(at - 1);
    value = -value;
  } else if (part.sign === 'exceedsPad') {
    if (isPositive && digits.length <= part.minimum) return ~(at - 1);
    if (!isPositive && digits.length > part.minimum) return ~at;
  }
  if (part.isReduced === true) value += 2000;
  return setField(state, part.field, value) ? end : ~start;
}

function digitsEnd(text: string, start: number, most: number): number {
  let at = start;
  while (at < text.length && at < start + most && /[0-9]/.test(text[at] ?? '')) at += 1;
  return at;
}

function readFraction(part: NumberPart, state: State, at: number): number {
  const end = digitsEnd(state.text, at, part.maximum);
  if (end - at < part.minimum) return ~at;
  const nano = Number(state.text.slice(at, end).padEnd(9, '0'));
  return setField(state, 'nano', nano) ? end : ~at;
}

/** A field that is there twice has to say the same. */
function setField(state: State, field: DateTimeField | 'nano', value: number): boolean {
  const before = state.fields.get(field);
  state.fields.set(field, value);
  return before === undefined || before === value;
}

function readText(part: PatternPart & { readonly kind: 'text' }, state: State, at: number): number {
  const values: Partial<Record<DateTimeField, readonly number[]>> = {
    era: [0, 1],
    month: monthNames.map((_, index) => index + 1),
    dayOfWeek: dayNames.map((_, index) => index),
    amPm: [0, 1],
    quarter: [1, 2, 3, 4],
  };
  for (const value of values[part.field] ?? []) {
    const name = fieldText(part.field, value, part.isFull);
    if (state.text.slice(at, at + name.length).toLowerCase() !== name.toLowerCase()) continue;
    return setField(state, part.field, value) ? at + name.length : ~at;
  }
  return ~at;
}

const offsetPatterns: Readonly<Record<OffsetShape, RegExp>> = {
  '+HHmm': /^[+-](\d{2})(?:(\d{2}))?/,
  '+HHMM': /^[+-](\d{2})(\d{2})/,
  '+HH:MM': /^[+-](\d{2}):(\d{2})/,
  '+HHMMss': /^[+-](\d{2})(\d{2})(?:(\d{2}))?/,
  '+HH:MM:ss': /^[+-](\d{2}):(\d{2})(?::(\d{2}))?/,
};

function readOffset(shape: OffsetShape, zero: string, state: State, at: number): number {
  const { text } = state;
  const match = offsetPatterns[shape].exec(text.slice(at));
  if (match) {
    const [, hours = '00', minutes = '00', seconds = '00'] = match;
    if (Number(minutes) > 59 || Number(seconds) > 59 || Number(hours) > 18) return ~at;
    state.zone = `${text[at] ?? '+'}${hours}:${minutes}:${seconds}`;
    return at + match[0].length;
  }
  if (text.slice(at, at + zero.length).toUpperCase() !== zero.toUpperCase()) return ~at;
  state.zone = '+00:00';
  return at + zero.length;
}

function readZone(state: State, at: number): number {
  const rest = state.text.slice(at);
  // The longest text that names a zone.
  const match = /^[A-Za-z0-9~/._+:-]+/.exec(rest);
  for (let length = match?.[0].length ?? 0; length > 0; length--) {
    const zone = zoneOf(rest.slice(0, length));
    if (zone === undefined) continue;
    state.zone = zone;
    return at + length;
  }
  return ~at;
}

const ranges: Partial<Record<DateTimeField | 'nano', readonly [string, number, number]>> = {
  month: ['MonthOfYear', 1, 12],
  day: ['DayOfMonth', 1, 31],
  dayOfYear: ['DayOfYear', 1, 366],
  hour: ['HourOfDay', 0, 23],
  clockHour: ['ClockHourOfDay', 1, 24],
  hourOfHalf: ['HourOfAmPm', 0, 11],
  clockHourOfHalf: ['ClockHourOfAmPm', 1, 12],
  minute: ['MinuteOfHour', 0, 59],
  second: ['SecondOfMinute', 0, 59],
};

/** The local microseconds of the fields; what is missing is 1970-01-01 00:00:00. */
function resolved({ text, fields }: State): bigint {
  const prefix = `Text '${text}' could not be parsed: `;
  for (const [field, value] of fields) {
    const range = ranges[field];
    if (!range || (range[1] <= value && value <= range[2])) continue;
    throw new Unparsable(
      `${prefix}Invalid value for ${range[0]} (valid values ${range[1]} - ${range[2]}): ${value}`,
    );
  }
  const days = resolvedDays(fields, prefix);
  const seconds = (hourOf(fields) * 60 + (fields.get('minute') ?? 0)) * 60;
  const micros = Math.floor((fields.get('nano') ?? 0) / 1000);
  return (
    (BigInt(days) * 86_400n + BigInt(seconds + (fields.get('second') ?? 0))) * 1_000_000n +
    BigInt(micros)
  );
}

function hourOf(fields: State['fields']): number {
  const hour = fields.get('hour');
  if (hour !== undefined) return hour;
  const clock = fields.get('clockHour');
  if (clock !== undefined) return clock % 24;
  const half = fields.get('hourOfHalf') ?? fields.get('clockHourOfHalf');
  const isAfternoon = fields.get('amPm') === 1;
  // Without an hour the afternoon begins at noon.
  return (half === undefined ? 0 : half % 12) + (isAfternoon ? 12 : 0);
}

function yearOf(fields: State['fields']): number | undefined {
  const year = fields.get('year');
  if (year !== undefined) return year;
  const ofEra = fields.get('yearOfEra');
  if (ofEra === undefined) return undefined;
  return fields.get('era') === 0 ? 1 - ofEra : ofEra;
}

function resolvedDays(fields: State['fields'], prefix: string): number {
  const givenYear = yearOf(fields);
  // Java itself resolves a date with a year; the rest is Spark's, whose words are other ones.
  const [before, behind] = givenYear === undefined ? ['', '.'] : [prefix, ''];
  const year = givenYear ?? 1970;
  const month = fields.get('month');
  const day = fields.get('day');
  const dayOfYear = fields.get('dayOfYear');
  if (
    dayOfYear === undefined ||
    (month !== undefined && day !== undefined && givenYear !== undefined)
  ) {
    const [m, d] = [month ?? 1, day ?? 1];
    if (d > daysInMonth(year, m)) {
      const name = (monthNames[m - 1] ?? '').toUpperCase();
      throw new Unparsable(
        d === 29
          ? `${before}Invalid date 'February 29' as '${year}' is not a leap year`
          : `${before}Invalid date '${name} ${d}'`,
      );
    }
    const days = daysFromCivil(year, m, d);
    if (dayOfYear !== undefined && days - daysFromCivil(year, 1, 1) + 1 !== dayOfYear)
      throw new Unparsable(
        `${before}Conflict found: Field DayOfYear differs from DayOfYear ${dayOfYear}`,
      );
    return days;
  }
  const first = daysFromCivil(year, 1, 1);
  if (dayOfYear === 366 && daysInMonth(year, 2) !== 29)
    throw new Unparsable(`${before}Invalid date 'DayOfYear 366' as '${year}' is not a leap year`);
  const days = first + dayOfYear - 1;
  const is = dateOf(year, dayOfYear);
  const wrong = (name: string, given: number, derived: number) =>
    new Unparsable(
      `${before}Conflict found: Field ${name} ${given} differs from ${name} ${derived} derived from ${year}-${String(is.month).padStart(2, '0')}-${String(is.day).padStart(2, '0')}${behind}`,
    );
  if (month !== undefined && month !== is.month) throw wrong('MonthOfYear', month, is.month);
  if (day !== undefined && day !== is.day) throw wrong('DayOfMonth', day, is.day);
  return days;
}

function dateOf(year: number, dayOfYear: number): { month: number; day: number } {
  let month = 1;
  let day = dayOfYear;
  while (day > daysInMonth(year, month)) {
    day -= daysInMonth(year, month);
    month += 1;
  }
  return { month, day };
}
