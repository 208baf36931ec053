/** Dates and timestamps as Spark counts them: days and microseconds since 1970-01-01, proleptic Gregorian. */
import { civilFromDays, daysFromCivil } from '#shared/calendar.ts';

export const microsPerSecond = 1_000_000n;
export const microsPerDay = 86_400n * microsPerSecond;

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Words that Spark takes for a moment where a constant text becomes a date or a timestamp. */
export function namesMoment(text: string): boolean {
  return /^(epoch|now|today|tomorrow|yesterday)(\s.*)?$/i.test(text.trim());
}

const datePattern = /^([+-]?\d{4,7})(?:-(\d{1,2})(?:-(\d{1,2})(?:[ T].*)?)?)?$/;

/** `2024`, `2024-2`, `2024-02-03`, and anything after a space or T. */
export function parseDate(text: string): number | undefined {
  const match = datePattern.exec(text.trim());
  if (match === null) return undefined;
  return dayNumber(Number(match[1]), Number(match[2] ?? 1), Number(match[3] ?? 1));
}

function dayNumber(year: number, month: number, day: number): number | undefined {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  return daysFromCivil(year, month, day);
}

const timestampPattern =
  /^([+-]?\d{4,6})(?:-(\d{1,2})(?:-(\d{1,2})(?:[ T](\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{0,9}))?)?\s*(\S.*)?|[ T])?)?)?$/;

export interface LocalTimestamp {
  /** As if the text were in UTC. */
  readonly micros: bigint;
  readonly zone: string | undefined;
}

export function parseTimestamp(text: string): LocalTimestamp | undefined {
  const match = timestampPattern.exec(text.trim());
  if (match === null) return undefined;
  const [, year, month = '1', day = '1', hour = '0', minute = '0', second = '0'] = match;
  const fraction = (match[7] ?? '').padEnd(6, '0').slice(0, 6);
  const zone = match[8];
  const days = dayNumber(Number(year), Number(month), Number(day));
  if (days === undefined) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const seconds =
    BigInt(days) * 86_400n + BigInt(Number(hour) * 3600 + Number(minute) * 60 + Number(second));
  if (zone !== undefined && offsetOf(zone, 0n) === undefined) return undefined;
  return { micros: seconds * microsPerSecond + BigInt(fraction), zone };
}

/** The instant of a local time in a zone; of two (clocks go back) the earlier, in a gap the later offset moves it on. */
export function instantIn(zone: string, localMicros: bigint): bigint | undefined {
  const before = offsetOf(zone, localMicros - microsPerDay);
  const after = offsetOf(zone, localMicros + microsPerDay);
  if (before === undefined || after === undefined) return undefined;
  const early = localMicros - before;
  if (offsetOf(zone, early) === before) return early;
  const late = localMicros - after;
  return offsetOf(zone, late) === after ? late : early;
}

export function localTimeIn(zone: string, instant: bigint): bigint | undefined {
  const offset = offsetOf(zone, instant);
  return offset === undefined ? undefined : instant + offset;
}

const formatters = new Map<string, Intl.DateTimeFormat | undefined>();

/** Microseconds east of UTC at an instant; undefined where there is no such zone. */
export function offsetOf(zone: string, instant: bigint): bigint | undefined {
  const fixed = /^(?:UTC|GMT|UT|Z)?([+-])(\d{1,2})(?::?(\d{2}))?(?::?(\d{2}))?$/.exec(zone);
  if (fixed !== null) {
    const seconds = Number(fixed[2]) * 3600 + Number(fixed[3] ?? 0) * 60 + Number(fixed[4] ?? 0);
    if (seconds > 18 * 3600) return undefined;
    return BigInt(fixed[1] === '-' ? -seconds : seconds) * microsPerSecond;
  }
  if (zone === 'Z' || zone === 'UTC' || zone === 'GMT' || zone === 'UT') return 0n;
  const formatter = formatterOf(zone);
  if (formatter === undefined) return undefined;
  const milliseconds = Number(floorDivide(instant, 1000n));
  if (Math.abs(milliseconds) > 8.64e15) return undefined;
  const part: Record<string, number> = {};
  let era = '';
  for (const { type, value } of formatter.formatToParts(milliseconds)) {
    part[type] = Number(value);
    if (type === 'era') era = value;
  }
  const year = era.startsWith('B') ? 1 - (part.year ?? 0) : (part.year ?? 0);
  const days = daysFromCivil(year, part.month ?? 1, part.day ?? 1);
  const seconds =
    days * 86_400 + (part.hour ?? 0) * 3600 + (part.minute ?? 0) * 60 + (part.second ?? 0);
  return BigInt(seconds - Math.floor(milliseconds / 1000)) * microsPerSecond;
}

function formatterOf(zone: string): Intl.DateTimeFormat | undefined {
  if (formatters.has(zone)) return formatters.get(zone);
  let formatter: Intl.DateTimeFormat | undefined;
  try {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    // Intl has no other way to say that it knows no such zone.
    formatter = undefined;
  }
  formatters.set(zone, formatter);
  return formatter;
}

export function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}

const nanosPerSecond = 1_000_000_000n;
export const nanosPerDay = 86_400n * nanosPerSecond;

const timeOfDayPattern = /^T?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d*))?)?(?: *([AaPp][Mm]))?$/;

/** The nanoseconds since midnight of `[h]h:[m]m[:[s]s[.fraction]]`, on a clock of 12 hours with AM or PM behind. */
export function parseTimeOfDay(text: string): bigint | undefined {
  const match = timeOfDayPattern.exec(trimmed(text));
  if (match === null) return undefined;
  const [, hour = '', minute = '', second = '0', fraction = '', half] = match;
  let hours = Number(hour);
  if (half !== undefined) {
    if (hours < 1 || hours > 12) return undefined;
    hours = (hours % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  }
  if (hours > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const seconds = BigInt(hours * 3600 + Number(minute) * 60 + Number(second));
  // Digits behind the sixth do not count.
  return seconds * nanosPerSecond + BigInt(fraction.slice(0, 6).padEnd(6, '0')) * 1000n;
}

/** Everything up to the blank counts as white space. */
function trimmed(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && text.charCodeAt(start) <= 0x20) start += 1;
  while (start < end && text.charCodeAt(end - 1) <= 0x20) end -= 1;
  return text.slice(start, end);
}

/** A time of day as Spark prints it, with as much of the fraction as there is. */
export function formatTimeOfDay(nanos: bigint): string {
  const seconds = nanos / nanosPerSecond;
  const fraction = String(nanos % nanosPerSecond)
    .padStart(9, '0')
    .replace(/0+$/, '');
  const clock = `${two(seconds / 3600n)}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}`;
  return fraction === '' ? clock : `${clock}.${fraction}`;
}

const two = (value: number | bigint) => String(value).padStart(2, '0');

export function formatDate(days: number): string {
  const { year, month, day } = civilFromDays(days);
  const sign = year < 0 ? '-' : year > 9999 ? '+' : '';
  return `${sign}${String(Math.abs(year)).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/** A local time as Spark prints it, with as much of the fraction as there is. */
export function formatLocalTimestamp(micros: bigint): string {
  const days = floorDivide(micros, microsPerDay);
  const rest = micros - days * microsPerDay;
  const seconds = rest / microsPerSecond;
  const fraction = String(rest % microsPerSecond)
    .padStart(6, '0')
    .replace(/0+$/, '');
  const time = `${two(seconds / 3600n)}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}`;
  return `${formatDate(Number(days))} ${time}${fraction === '' ? '' : `.${fraction}`}`;
}
