/** Arithmetic of times in zones. */
import { civilFromDays, daysFromCivil } from '#shared/calendar.ts';
import { daysInMonth, floorDivide } from '#sql/value/datetime.ts';
import type { CalendarInterval, ScalarFunction, Site } from './scalarFunction.ts';
import { instantAt, offsetAt, zoneOf } from './zones.ts';

const dayMicros = 86_400_000_000n;

export function zoneReader(site: Site): (text: string) => string {
  let last: string | undefined;
  let zone = 'UTC';
  return (text) => {
    if (text === last) return zone;
    zone = zoneOf(text) ?? site.raise('INVALID_TIMEZONE', text);
    last = text;
    return zone;
  };
}

export const fromUtcFunction: ScalarFunction = {
  name: 'from_utc',
  prepare(site) {
    const zoneFor = zoneReader(site);
    return (instant: bigint, text: string) => instant + offsetAt(zoneFor(text), instant);
  },
};

export const toUtcFunction: ScalarFunction = {
  name: 'to_utc',
  prepare(site) {
    const zoneFor = zoneReader(site);
    return (shown: bigint, text: string) => instantAt(zoneFor(text), shown);
  },
};

export const convertZoneFunction: ScalarFunction = {
  name: 'convert_zone',
  prepare(site) {
    const [fromZone, toZone] = [zoneReader(site), zoneReader(site)];
    return (from: string, to: string, local: bigint) => {
      const instant = instantAt(fromZone(from), local);
      return instant + offsetAt(toZone(to), instant);
    };
  },
};

/** The time of its parts; the last argument, a zone, may be missing. */
export const makeTimeFunction: ScalarFunction = {
  name: 'make_time',
  prepare(site) {
    const zoneFor = zoneReader(site);
    const fails = site.mode === 'ansi';
    return (
      year: number,
      month: number,
      day: number,
      hour: number,
      minute: number,
      seconds: bigint,
      zone?: string,
    ) => {
      const invalid = (text: string) =>
        fails ? site.raise('DATETIME_FIELD_OUT_OF_BOUNDS', text) : null;
      const outside = (name: string, low: number, high: number, value: number | bigint) =>
        invalid(`Invalid value for ${name} (valid values ${low} - ${high}): ${value}`);
      const whole = floorDivide(seconds, 1_000_000n);
      const micros = seconds - whole * 1_000_000n;
      const isLeap = whole === 60n;
      if (isLeap && micros > 0n)
        return fails ? site.raise('INVALID_FRACTION_OF_SECOND', secondsText(seconds)) : null;
      if (year < -999_999_999 || 999_999_999 < year)
        return outside('Year', -999999999, 999999999, year);
      if (month < 1 || 12 < month) return outside('MonthOfYear', 1, 12, month);
      if (day < 1 || 31 < day) return outside('DayOfMonth', 1, 31, day);
      if (hour < 0 || 23 < hour) return outside('HourOfDay', 0, 23, hour);
      if (minute < 0 || 59 < minute) return outside('MinuteOfHour', 0, 59, minute);
      if (!isLeap && (whole < 0n || 59n < whole)) return outside('SecondOfMinute', 0, 59, whole);
      if (day > daysInMonth(year, month)) return invalid(dayProblem(year, month, day));
      const days = BigInt(daysFromCivil(year, month, day));
      const local =
        days * dayMicros + BigInt(hour * 60 + minute) * 60_000_000n + whole * 1_000_000n + micros;
      // A local time has no zone, whatever was said of one.
      if (site.type.kind === 'timestamp_ntz') return local;
      return instantAt(zone === undefined ? site.timeZone : zoneFor(zone), local);
    };
  },
};

function secondsText(micros: bigint): string {
  const fraction = String(micros % 1_000_000n).padStart(6, '0');
  return `${micros / 1_000_000n}.${fraction.replace(/0+$/, '')}`;
}

const monthNames =
  'JANUARY FEBRUARY MARCH APRIL MAY JUNE JULY AUGUST SEPTEMBER OCTOBER NOVEMBER DECEMBER'.split(
    ' ',
  );

export function dayProblem(year: number, month: number, day: number): string {
  return day === 29 && month === 2
    ? `Invalid date 'February 29' as '${year}' is not a leap year`
    : `Invalid date '${monthNames[month - 1] ?? ''} ${day}'`;
}

export const makeDateFunction: ScalarFunction = {
  name: 'make_date',
  prepare:
    ({ mode, raise }) =>
    (year: number, month: number, day: number) => {
      const invalid = (text: string) =>
        mode === 'ansi' ? raise('DATETIME_FIELD_OUT_OF_BOUNDS', text) : null;
      const outside = (name: string, low: number, high: number, value: number) =>
        invalid(`Invalid value for ${name} (valid values ${low} - ${high}): ${value}`);
      if (month < 1 || 12 < month) return outside('MonthOfYear', 1, 12, month);
      if (day < 1 || 31 < day) return outside('DayOfMonth', 1, 31, day);
      if (day > daysInMonth(year, month)) return invalid(dayProblem(year, month, day));
      const days = daysFromCivil(year, month, day);
      return Math.abs(days) < 2 ** 31 ? days : outside('EpochDay', -(2 ** 31), 2 ** 31 - 1, days);
    },
};

/** Of instants, in the zone that is `extra`; where the clock changes, what has passed of the day counts. */
export const monthsBetweenFunction: ScalarFunction = {
  name: 'months_between',
  prepare: (site) => (first: bigint, second: bigint, rounds: boolean) => {
    const zone = zoneReader(site)(site.extra);
    const parts = (instant: bigint) => {
      const days = floorDivide(instant + offsetAt(zone, instant), dayMicros);
      const { year, month, day } = civilFromDays(Number(days));
      const passed = instant - instantAt(zone, days * dayMicros);
      const seconds = Number(floorDivide(passed, 1_000_000n));
      return { months: year * 12 + month, day, isLast: day === daysInMonth(year, month), seconds };
    };
    const [a, b] = [parts(first), parts(second)];
    const months = a.months - b.months;
    if (a.day === b.day || (a.isLast && b.isLast)) return months;
    const difference = months + ((a.day - b.day) * 86_400 + a.seconds - b.seconds) / (31 * 86_400);
    return rounds ? Math.floor(difference * 1e8 + 0.5) / 1e8 : difference;
  },
};

const dayNumbers: ReadonlyMap<string, number> = new Map(
  [
    'SU SUN SUNDAY',
    'MO MON MONDAY',
    'TU TUE TUESDAY',
    'WE WED WEDNESDAY',
    'TH THU THURSDAY',
    'FR FRI FRIDAY',
    'SA SAT SATURDAY',
  ].flatMap((names, index) => names.split(' ').map((name) => [name, index] as const)),
);

export const nextDayFunction: ScalarFunction = {
  name: 'next_day',
  prepare:
    ({ mode, raise }) =>
    (days: number, name: string) => {
      const wanted = dayNumbers.get(name.replace(/^ +| +$/g, '').toUpperCase());
      if (wanted === undefined) return mode === 'ansi' ? raise('ILLEGAL_DAY_OF_WEEK', name) : null;
      // The epoch was a Thursday.
      const today = (((days + 4) % 7) + 7) % 7;
      return days + ((wanted - today + 6) % 7) + 1;
    },
};

/** Seconds as any number; what is no number and no time is null. */
export const timestampSecondsFunction: ScalarFunction = {
  name: 'timestamp_seconds',
  prepare({ parameterTypes, raise, extra }) {
    const [from] = parameterTypes;
    const perUnit = BigInt(extra);
    const fitted = (micros: bigint) =>
      BigInt.asIntN(64, micros) === micros
        ? micros
        : raise('ARITHMETIC_OVERFLOW', 'long overflow', '');
    if (from?.kind === 'double' || from?.kind === 'float')
      return (value: number) => {
        if (!Number.isFinite(value)) return null;
        const micros = value * Number(perUnit);
        if (Math.abs(micros) >= 2 ** 63) return micros > 0 ? (1n << 63n) - 1n : -(1n << 63n);
        return BigInt(Math.trunc(micros));
      };
    if (from?.kind === 'decimal')
      return (value: bigint) => {
        const scaled = value * perUnit;
        const unit = 10n ** BigInt(from.scale);
        if (scaled % unit !== 0n) raise('ARITHMETIC_OVERFLOW', 'Rounding necessary', '');
        return fitted(scaled / unit);
      };
    return (value: number | bigint) => fitted(BigInt(value) * perUnit);
  },
};

const unitMonths: Readonly<Record<string, number>> = { YEAR: 12, QUARTER: 3, MONTH: 1 };
const unitMicros: Readonly<Record<string, bigint>> = {
  HOUR: 3_600_000_000n,
  MINUTE: 60_000_000n,
  SECOND: 1_000_000n,
  MILLISECOND: 1000n,
  MICROSECOND: 1n,
};

/** A local time some months later, on the last day of the month where that day is missing. */
export function addMonths(local: bigint, months: number): bigint {
  const days = floorDivide(local, dayMicros);
  const { year, month, day } = civilFromDays(Number(days));
  const total = year * 12 + month - 1 + months;
  const [toYear, toMonth] = [Math.floor(total / 12), (((total % 12) + 12) % 12) + 1];
  const toDay = Math.min(day, daysInMonth(toYear, toMonth));
  return local + (BigInt(daysFromCivil(toYear, toMonth, toDay)) - days) * dayMicros;
}

/** `extra` is the unit. Days and months move the clock of the zone, hours the instant. */
export const timestampAddFunction: ScalarFunction = {
  name: 'timestampadd',
  prepare(site) {
    const unit = site.extra.toUpperCase();
    const zone = site.type.kind === 'timestamp' ? site.timeZone : 'UTC';
    const fail = (quantity: bigint) =>
      site.raise('DATETIME_OVERFLOW', `add ${quantity} ${unit} to the timestamp`);
    return (quantity: bigint, instant: bigint) => {
      const isLarge = quantity < -(1n << 31n) || 1n << 31n <= quantity;
      const micros = unitMicros[unit];
      let result: bigint;
      if (micros !== undefined) result = instant + quantity * micros;
      else {
        const local = instant + offsetAt(zone, instant);
        const months = unitMonths[unit];
        if (isLarge) return fail(quantity);
        const moved =
          months === undefined
            ? local + quantity * (unit === 'WEEK' ? 7n : 1n) * dayMicros
            : addMonths(local, Number(quantity) * months);
        result = instantAt(zone, moved);
      }
      return BigInt.asIntN(64, result) === result ? result : fail(quantity);
    };
  },
};

/** `extra` is the unit; whole units between the clocks of the zone. */
export const timestampDiffFunction: ScalarFunction = {
  name: 'timestampdiff',
  prepare({ extra, timeZone }) {
    const unit = extra.toUpperCase();
    return (start: bigint, end: bigint) => {
      const [from, to] = [start + offsetAt(timeZone, start), end + offsetAt(timeZone, end)];
      const months = unitMonths[unit];
      if (months !== undefined) return BigInt(Math.trunc(monthsUntil(from, to) / months));
      const micros = unitMicros[unit] ?? (unit === 'WEEK' ? 7n * dayMicros : dayMicros);
      return (to - from) / micros;
    };
  },
};

/** Whole months from one local time to another. */
function monthsUntil(from: bigint, to: bigint): number {
  const index = (local: bigint) => {
    const { year, month } = civilFromDays(Number(floorDivide(local, dayMicros)));
    return year * 12 + month;
  };
  let months = index(to) - index(from);
  const inMonth = (local: bigint) => {
    const days = floorDivide(local, dayMicros);
    return BigInt(civilFromDays(Number(days)).day) * dayMicros + (local - days * dayMicros);
  };
  if (months > 0 && inMonth(to) < inMonth(from)) months -= 1;
  if (months < 0 && inMonth(to) > inMonth(from)) months += 1;
  return months;
}

/** The start of a bucket that is as long as the interval and begins with the origin. */
export const timeBucketFunction: ScalarFunction = {
  name: 'time_bucket',
  prepare(site) {
    const zone = site.type.kind === 'timestamp' ? site.timeZone : 'UTC';
    const isMonths = site.parameterTypes[0]?.kind === 'yearMonthInterval';
    return (size: bigint | number, time: bigint, origin: bigint) => {
      if (!isMonths) {
        const width = BigInt(size);
        return origin + floorDivide(time - origin, width) * width;
      }
      const [local, start] = [time + offsetAt(zone, time), origin + offsetAt(zone, origin)];
      const width = Number(size);
      let count = Math.floor(monthsUntil(start, local) / width);
      while (addMonths(start, (count + 1) * width) <= local) count += 1;
      while (addMonths(start, count * width) > local) count -= 1;
      return instantAt(zone, addMonths(start, count * width));
    };
  },
};

/** `extra` is the operator and the zone: a time moved by months and days on its clock, then by microseconds. */
export const calendarMoveFunction: ScalarFunction = {
  name: 'calendar_move',
  prepare({ extra }) {
    const [operator, zone = 'UTC'] = extra.split(' ');
    const sign = operator === '-' ? -1 : 1;
    return (instant: bigint, { months, days, micros }: CalendarInterval) => {
      const local = addMonths(instant + offsetAt(zone, instant), sign * months);
      const moved = instantAt(zone, local + BigInt(sign * days) * dayMicros);
      return moved + BigInt(sign) * micros;
    };
  },
};
