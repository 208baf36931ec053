/** Casts of texts to dates and timestamps, character by character as Spark reads them. */
import { daysFromCivil } from '#shared/calendar.ts';
import { typeSql } from '#sql/plan/types.ts';
import { daysInMonth, floorDivide } from '#sql/value/datetime.ts';
import type { ScalarFunction, Site } from './scalarFunction.ts';
import { instantAt, offsetAt, zoneOf } from './zones.ts';

const dayMicros = 86_400_000_000n;

function malformed(site: Site, text: string): null {
  if (site.mode !== 'ansi') return null;
  return site.raise('CAST_INVALID_INPUT', `'${text}'`, '"STRING"', `"${typeSql(site.type)}"`);
}

export const textDateFunction: ScalarFunction = {
  name: 'text_date',
  prepare: (site) => (text: string) => parseDateText(trimAll(text)) ?? malformed(site, text),
};

export const textTimestampFunction: ScalarFunction = {
  name: 'text_timestamp',
  prepare(site) {
    const isInstant = site.type.kind === 'timestamp';
    return (text: string) => {
      const time = parseTimeText(trimAll(text));
      if (time === undefined || (time.isClockOnly && !isInstant)) return malformed(site, text);
      if (!isInstant) return time.local;
      const zone = time.zone ?? site.timeZone;
      if (!time.isClockOnly) return fitted(instantAt(zone, time.local)) ?? malformed(site, text);
      const now = BigInt(Date.now()) * 1000n;
      const today = floorDivide(now + offsetAt(zone, now), dayMicros) * dayMicros;
      return instantAt(zone, today + time.local);
    };
  },
};

const fitted = (value: bigint) => (BigInt.asIntN(64, value) === value ? value : undefined);

/** Everything up to the blank counts as white space. */
function trimAll(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && text.charCodeAt(start) <= 0x20) start += 1;
  while (start < end && text.charCodeAt(end - 1) <= 0x20) end -= 1;
  return text.slice(start, end);
}

export function parseDateText(text: string): number | undefined {
  const match = /^([+-]?)(\d{4,7})(?:-(\d{1,2})(?:-(\d{1,2})(?:[ T][^]*)?)?)?$/.exec(text);
  if (!match) return undefined;
  const [, sign, digits, month = '1', day = '1'] = match;
  const days = daysOf(Number(digits) * (sign === '-' ? -1 : 1), Number(month), Number(day));
  return days === undefined || Math.abs(days) >= 2 ** 31 ? undefined : days;
}

function daysOf(year: number, month: number, day: number): number | undefined {
  if (month < 1 || 12 < month || day < 1 || daysInMonth(year, month) < day) return undefined;
  return daysFromCivil(year, month, day);
}

interface TextTime {
  readonly local: bigint;
  readonly zone: string | undefined;
  readonly isClockOnly: boolean;
}

const clock = String.raw`(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:\.(\d*))?)?)?`;
const dated = new RegExp(
  String.raw`^([+-]?)(\d{4,6})(?:-(\d{1,2})(?:-(\d{1,2})(?:[ T]|[ T]${clock}(.*))?)?)?$`,
);
const timed = new RegExp(
  String.raw`^(?:T${clock}|(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d*))?)?)(.*)$`,
);

function parseTimeText(text: string): TextTime | undefined {
  const date = dated.exec(text);
  if (date) {
    const [, sign, year, month = '1', day = '1', hour, minute, second, fraction, rest = ''] = date;
    const days = daysOf(Number(year) * (sign === '-' ? -1 : 1), Number(month), Number(day));
    const micros = clockMicros(hour, minute, second, fraction);
    const zone = zoneBehind(rest, second);
    if (days === undefined || micros === undefined || zone === null) return undefined;
    return { local: BigInt(days) * dayMicros + micros, zone, isClockOnly: false };
  }
  const time = timed.exec(text);
  if (!time) return undefined;
  const [, h1, m1, s1, f1, h2, m2, s2, f2, rest = ''] = time;
  const micros = clockMicros(h1 ?? h2, m1 ?? m2, s1 ?? s2, f1 ?? f2);
  const zone = zoneBehind(rest, s1 ?? s2);
  if (micros === undefined || zone === null) return undefined;
  return { local: micros, zone, isClockOnly: true };
}

function clockMicros(hour = '0', minute = '0', second = '0', fraction = ''): bigint | undefined {
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const seconds = BigInt(Number(hour) * 3600 + Number(minute) * 60 + Number(second));
  return seconds * 1_000_000n + BigInt(fraction.slice(0, 6).padEnd(6, '0'));
}

/** The zone behind the seconds; null where what is there is none. */
function zoneBehind(rest: string, second: string | undefined): string | undefined | null {
  if (rest === '') return undefined;
  if (second === undefined) return null;
  return zoneOf(rest.trim()) ?? null;
}
