/** Prints times by Java's patterns, in English. */
import { civilFromDays, daysFromCivil } from '#shared/calendar.ts';
import { floorDivide } from '#sql/value/datetime.ts';
import type { DateTimeField, NumberPart, OffsetShape, PatternPart } from './dateTimePattern.ts';
import { offsetAt, zoneName } from './zones.ts';

export const monthNames: readonly string[] =
  'January February March April May June July August September October November December'.split(
    ' ',
  );
export const dayNames: readonly string[] =
  'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');

const dayMicros = 86_400_000_000n;

/** A pattern that can't print the value that it was given. */
export class Unprintable extends Error {}

export interface Printed {
  /** Local microseconds. */
  readonly local: bigint;
  /** Where a time has no zone, patterns with a zone can't print it. */
  readonly zone: string | undefined;
}

export function formatParts(parts: readonly PatternPart[], time: Printed): string {
  const clock = clockOf(time.local);
  return parts.map((part) => printed(part, time, clock)).join('');
}

export type Clock = Readonly<Record<DateTimeField | 'nano', number>>;

export function clockOf(local: bigint): Clock {
  const days = floorDivide(local, dayMicros);
  const rest = local - days * dayMicros;
  const { year, month, day } = civilFromDays(Number(days));
  const seconds = Number(rest / 1_000_000n);
  const hour = Math.floor(seconds / 3600);
  return {
    era: year > 0 ? 1 : 0,
    year,
    yearOfEra: year > 0 ? year : 1 - year,
    quarter: Math.floor((month + 2) / 3),
    month,
    day,
    dayOfYear: Number(days) - daysFromCivil(year, 1, 1) + 1,
    alignedDay: ((day - 1) % 7) + 1,
    dayOfWeek: (((Number(days) + 3) % 7) + 7) % 7,
    amPm: hour < 12 ? 0 : 1,
    hour,
    clockHour: hour === 0 ? 24 : hour,
    hourOfHalf: hour % 12,
    clockHourOfHalf: hour % 12 === 0 ? 12 : hour % 12,
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    nano: Number(rest % 1_000_000n) * 1000,
  };
}

function printed(part: PatternPart, time: Printed, clock: Clock): string {
  switch (part.kind) {
    case 'literal':
      return part.text;
    case 'number':
      return numberText(part, clock[part.field]);
    case 'text':
      return fieldText(part.field, clock[part.field], part.isFull);
    case 'optional': {
      try {
        return part.parts.map((one) => printed(one, time, clock)).join('');
      } catch (error) {
        if (error instanceof Unprintable) return '';
        throw error;
      }
    }
    case 'offset': {
      const seconds = offsetSeconds(time);
      return seconds === 0 ? part.zero : offsetText(seconds, part.shape);
    }
    case 'localizedOffset':
      return localizedText(offsetSeconds(time), part.isFull);
    case 'zoneId':
      if (time.zone === undefined) throw new Unprintable('ZoneId');
      return time.zone;
    case 'zoneText': {
      if (time.zone === undefined) throw new Unprintable('ZoneId');
      const instant = time.local - BigInt(offsetSeconds(time)) * 1_000_000n;
      const name = zoneName(time.zone, instant, part.isFull);
      if (name === undefined) throw new UnknownZoneName(time.zone);
      return name;
    }
  }
}

/** A name that Java has and that is not known here. */
export class UnknownZoneName extends Error {}

function offsetSeconds({ local, zone }: Printed): number {
  if (zone === undefined) throw new Unprintable('OffsetSeconds');
  // The offset at the instant: found from the local time, which lies within a day of it.
  let offset = offsetAt(zone, local);
  offset = offsetAt(zone, local - offset);
  return Number(offset / 1_000_000n);
}

function numberText(part: NumberPart, value: number): string {
  if (part.field === 'nano') return String(value).padStart(9, '0').slice(0, part.maximum);
  const size = part.isReduced === true ? Math.abs(value) % 100 : Math.abs(value);
  const digits = String(size);
  if (digits.length > part.maximum)
    throw new Unprintable(`Field ${part.field} exceeds the maximum print width`);
  const isNegative = value < 0 && part.isReduced !== true;
  const plus = part.sign === 'exceedsPad' && !isNegative && digits.length > part.minimum ? '+' : '';
  return `${isNegative ? '-' : plus}${digits.padStart(part.minimum, '0')}`;
}

const ordinals = ['1st', '2nd', '3rd', '4th'];

export function fieldText(field: DateTimeField, value: number, isFull: boolean): string {
  switch (field) {
    case 'era':
      return value === 1 ? (isFull ? 'Anno Domini' : 'AD') : isFull ? 'Before Christ' : 'BC';
    case 'quarter':
      return isFull ? `${ordinals[value - 1] ?? ''} quarter` : `Q${value}`;
    case 'month': {
      const name = monthNames[value - 1] ?? '';
      return isFull ? name : name.slice(0, 3);
    }
    case 'dayOfWeek': {
      const name = dayNames[value] ?? '';
      return isFull ? name : name.slice(0, 3);
    }
    default:
      return value === 0 ? 'AM' : 'PM';
  }
}

const two = (value: number) => String(value).padStart(2, '0');

function offsetText(seconds: number, shape: OffsetShape): string {
  const size = Math.abs(seconds);
  const [hours, minutes, rest] = [Math.floor(size / 3600), Math.floor(size / 60) % 60, size % 60];
  const colon = shape.includes(':') ? ':' : '';
  let text = `${seconds < 0 ? '-' : '+'}${two(hours)}`;
  const hasSeconds = shape.endsWith('ss') && rest > 0;
  if (shape !== '+HHmm' || minutes > 0) text += `${colon}${two(minutes)}`;
  return hasSeconds ? `${text}${colon}${two(rest)}` : text;
}

function localizedText(seconds: number, isFull: boolean): string {
  if (seconds === 0) return 'GMT';
  const size = Math.abs(seconds);
  const [hours, minutes, rest] = [Math.floor(size / 3600), Math.floor(size / 60) % 60, size % 60];
  const sign = seconds < 0 ? '-' : '+';
  if (isFull) return `GMT${sign}${two(hours)}:${two(minutes)}${rest > 0 ? `:${two(rest)}` : ''}`;
  const short = minutes > 0 || rest > 0 ? `:${two(minutes)}${rest > 0 ? `:${two(rest)}` : ''}` : '';
  return `GMT${sign}${hours}${short}`;
}
