/** Times of day, which are nanoseconds since midnight: read, made, moved and cut. */
import { floorDivide, formatTimeOfDay, nanosPerDay, parseTimeOfDay } from '#sql/value/datetime.ts';
import { parseParts, Unparsable } from './dateTimeParse.ts';
import { patternReader } from './patterns.ts';
import type { ScalarFunction, Site } from './scalarFunction.ts';
import { zoneReader } from './times.ts';
import { instantAt } from './zones.ts';

const dayMicros = 86_400_000_000n;

export const textTimeOfDayFunction: ScalarFunction = {
  name: 'text_time_of_day',
  prepare: (site) => (text: string) => {
    const nanos = parseTimeOfDay(text);
    if (nanos !== undefined) return nanos;
    if (site.mode !== 'ansi') return null;
    return site.raise('CAST_INVALID_INPUT', `'${text}'`, '"STRING"', '"TIME(6)"');
  },
};

/** By the pattern, if there is one; the result is null where either is. */
export const toTimeFunction: ScalarFunction = {
  name: 'to_time',
  prepare(site) {
    const partsOf = patternReader(site.mode === 'try' ? { ...site, raise: unfit } : site, 'parse');
    const fail = (text: string, pattern: string) =>
      site.mode === 'try' ? null : site.raise('CANNOT_PARSE_TIME', `'${text}'`, `'${pattern}'`);
    return (text: string, pattern?: string) => {
      if (pattern === undefined) return parseTimeOfDay(text) ?? fail(text, 'HH:mm:ss.SSSSSS');
      try {
        const { local, nanos } = parseParts(partsOf(pattern), text);
        return (((local % dayMicros) + dayMicros) % dayMicros) * 1000n + BigInt(nanos);
      } catch (error) {
        if (error instanceof Unparsable) return fail(text, pattern);
        throw error;
      }
    };
  },
};

function unfit(): never {
  throw new Unparsable();
}

function outOfBounds(site: Site, rangeMessage: string): never {
  return site.raise('DATETIME_FIELD_OUT_OF_BOUNDS.WITHOUT_SUGGESTION', rangeMessage);
}

export const makeTimeOfDayFunction: ScalarFunction = {
  name: 'make_time_of_day',
  prepare: (site) => (hour: number, minute: number, secondMicros: bigint) => {
    const fields = [
      ['HourOfDay', 23n, BigInt(hour)],
      ['MinuteOfHour', 59n, BigInt(minute)],
      ['SecondOfMinute', 59n, floorDivide(secondMicros, 1_000_000n)],
    ] as const;
    for (const [name, high, value] of fields) {
      if (value < 0n || high < value)
        outOfBounds(site, `Invalid value for ${name} (valid values 0 - ${high}): ${value}`);
    }
    return BigInt(hour * 60 + minute) * 60_000_000_000n + secondMicros * 1000n;
  },
};

const unitNanos: Readonly<Record<string, bigint>> = {
  HOUR: 3_600_000_000_000n,
  MINUTE: 60_000_000_000n,
  SECOND: 1_000_000_000n,
  MILLISECOND: 1_000_000n,
  MICROSECOND: 1000n,
};

function nanosOfUnit(site: Site, functionName: string, unit: string): bigint {
  const name = unit.toUpperCase();
  const nanos = Object.hasOwn(unitNanos, name) ? unitNanos[name] : undefined;
  return (
    nanos ?? site.raise('INVALID_PARAMETER_VALUE.TIME_UNIT', functionName, '`unit`', `'${unit}'`)
  );
}

export const timeDiffFunction: ScalarFunction = {
  name: 'time_diff',
  prepare: (site) => (unit: string, start: bigint, end: bigint) =>
    (end - start) / nanosOfUnit(site, '`time_diff`', unit),
};

export const timeTruncFunction: ScalarFunction = {
  name: 'time_trunc',
  prepare: (site) => (unit: string, time: bigint) =>
    time - (time % nanosOfUnit(site, '`time_trunc`', unit)),
};

/** `extra` is the nanoseconds of a unit. */
export const timeFromFunction: ScalarFunction = {
  name: 'time_from',
  prepare(site) {
    const unit = BigInt(site.extra);
    const [from] = site.parameterTypes;
    const overflow = () => outOfBounds(site, 'Overflow in TIME conversion');
    const fitted = (nanos: bigint) =>
      0n <= nanos && nanos < nanosPerDay
        ? nanos
        : outOfBounds(
            site,
            `Invalid TIME value: must be between 00:00:00 and 23:59:59.999999999, but got ${nanos} nanoseconds`,
          );
    if (from?.kind === 'float' || from?.kind === 'double')
      return (value: number) => {
        if (!Number.isFinite(value))
          return outOfBounds(site, 'Cannot convert NaN or Infinite value to TIME');
        const nanos = value * Number(unit);
        if (Math.abs(nanos) < 2 ** 63) return fitted(BigInt(Math.trunc(nanos)));
        return fitted(nanos > 0 ? (1n << 63n) - 1n : -(1n << 63n));
      };
    const scale = from?.kind === 'decimal' ? 10n ** BigInt(from.scale) : 1n;
    return (value: number | bigint) => {
      const scaled = BigInt(value) * unit;
      const nanos = scaled / scale;
      if (scaled % scale !== 0n || BigInt.asIntN(64, nanos) !== nanos) return overflow();
      return fitted(nanos);
    };
  },
};

/** Of a date, a time of day and a zone, of which the last two may be missing. */
export const timestampOfDayFunction: ScalarFunction = {
  name: 'timestamp_of_day',
  prepare(site) {
    const zoneFor = zoneReader(site);
    return (days: number, time?: bigint, zone?: string) => {
      const local = BigInt(days) * dayMicros + (time ?? 0n) / 1000n;
      if (site.type.kind === 'timestamp_ntz') return local;
      return instantAt(zone === undefined ? site.timeZone : zoneFor(zone), local);
    };
  },
};

const fieldMicros: Readonly<Record<string, bigint>> = {
  day: dayMicros,
  hour: 3_600_000_000n,
  minute: 60_000_000n,
  second: 1_000_000n,
};

/** `extra` is the operator. There is no way around midnight. */
export const moveTimeFunction: ScalarFunction = {
  name: 'move_time',
  prepare(site) {
    const sign = site.extra === '-' ? -1n : 1n;
    const [, by] = site.parameterTypes;
    const unit = by?.kind === 'dayTimeInterval' ? by.last : 'second';
    return (time: bigint, interval: bigint) => {
      const micros = sign * interval;
      const moved = time + micros * 1000n;
      if (0n <= moved && moved < nanosPerDay) return moved;
      if (site.mode === 'try') return null;
      if (BigInt.asIntN(64, micros * 1000n) !== micros * 1000n)
        return site.raise('ARITHMETIC_OVERFLOW', 'overflow', '');
      const amount = amountText(micros, fieldMicros[unit] ?? 1n);
      return site.raise(
        'DATETIME_OVERFLOW',
        `add INTERVAL '${amount}' ${unit.toUpperCase()} to the time value TIME '${formatTimeOfDay(time)}'`,
      );
    };
  },
};

/** In units of its last field, with as much of a fraction as there is. */
function amountText(micros: bigint, unit: bigint): string {
  const sign = micros < 0n ? '-' : '';
  const size = micros < 0n ? -micros : micros;
  const fraction = String(size % unit).padStart(String(unit).length - 1, '0');
  const digits = unit === 1_000_000n ? fraction.replace(/0+$/, '') : '';
  return `${sign}${size / unit}${digits === '' ? '' : `.${digits}`}`;
}
