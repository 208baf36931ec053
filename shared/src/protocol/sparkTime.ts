/** Dates and times as Spark prints them, in a session's zone. */
import { civilFromDays, daysFromCivil } from '../calendar.ts';

interface Format {
  formatToParts(date: number): { readonly type: string; readonly value: string }[];
}
declare const Intl: {
  DateTimeFormat: new (locale: string, options: Readonly<Record<string, unknown>>) => Format;
};

/** The date and time of microseconds since 1970, read as UTC. */
export function localDateTime(micros: bigint): { date: string; time: string } {
  const dayMicros = 86_400_000_000n;
  const days = floorDiv(micros, dayMicros);
  const { year, month, day } = civilFromDays(Number(days));
  const rest = micros - days * dayMicros;
  const seconds = Number(rest / 1_000_000n);
  const fraction = (rest % 1_000_000n).toString().padStart(6, '0').replace(/0+$/, '');
  const two = (part: number) => String(part).padStart(2, '0');
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map(two)
    .join(':');
  return {
    date: `${yearText(year)}-${two(month)}-${two(day)}`,
    time: fraction === '' ? clock : `${clock}.${fraction}`,
  };
}

/** Of nanoseconds since midnight. */
export function timeOfDayText(nanos: bigint): string {
  const { time } = localDateTime(nanos / 1000n);
  const rest = nanos % 1000n;
  if (rest === 0n) return time;
  const [clock = '', fraction = ''] = time.split('.');
  return `${clock}.${fraction.padEnd(6, '0')}${String(rest).padStart(3, '0').replace(/0+$/, '')}`;
}

export function timestampText(micros: bigint, timeZone: string): string {
  const { date, time } = localDateTime(micros + BigInt(offsetMillis(micros, timeZone)) * 1000n);
  return `${date} ${time}`;
}

/** 0002-01-01, a year after the first. */
const firstMillis = -62_104_060_800_000;

const formats = new Map<string, Format | undefined>();

function offsetMillis(micros: bigint, timeZone: string): number {
  if (/^(utc|gmt|z|etc\/utc)$/i.test(timeZone)) return 0;
  const fixed = /^(?:UTC|GMT|UT)?([+-])(\d{1,2})(?::?(\d{2}))?$/i.exec(timeZone);
  if (fixed)
    return (fixed[1] === '-' ? -1 : 1) * (Number(fixed[2]) * 60 + Number(fixed[3] ?? 0)) * 60_000;
  if (!formats.has(timeZone)) formats.set(timeZone, formatOf(timeZone));
  const format = formats.get(timeZone);
  if (!format) return 0;
  // Zones do not change before the year 1, where the calendar's eras would confuse the parts.
  const millis = Math.max(Math.min(Number(floorDiv(micros, 1000n)), 8e15), firstMillis);
  const whole = Math.floor(millis / 1000) * 1000;
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(whole)) {
    part[type] = Number(value);
  }
  const days = daysFromCivil(part.year ?? 1, part.month ?? 1, part.day ?? 1);
  const seconds = (part.hour ?? 0) * 3600 + (part.minute ?? 0) * 60 + (part.second ?? 0);
  return days * 86_400_000 + seconds * 1000 - whole;
}

function formatOf(timeZone: string): Format | undefined {
  try {
    return new Intl.DateTimeFormat('en-u-ca-gregory', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return undefined;
  }
}

function yearText(year: number): string {
  if (year > 9999) return `+${year}`;
  return year < 0 ? `-${String(-year).padStart(4, '0')}` : String(year).padStart(4, '0');
}

function floorDiv(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}
