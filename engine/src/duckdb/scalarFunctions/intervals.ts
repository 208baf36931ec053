/** Arithmetic of intervals: months, microseconds, and the three parts of a calendar interval. */
import { divided } from './rounding.ts';
import type { CalendarInterval, ScalarFunction, Site, Value } from './scalarFunction.ts';

const dayMicros = 86_400_000_000n;

type Interval = number | bigint | CalendarInterval;

function isCalendar(value: Interval): value is CalendarInterval {
  return typeof value === 'object';
}

const fits = (value: bigint, bits: number) => BigInt.asIntN(bits, value) === value;

/** Raises, or is null, where a part does not fit. */
function checked(site: Site, alternative: string) {
  const overflow = () =>
    site.mode === 'try'
      ? null
      : alternative === ''
        ? site.raise('INTERVAL_ARITHMETIC_OVERFLOW.WITHOUT_SUGGESTION')
        : site.raise('INTERVAL_ARITHMETIC_OVERFLOW.WITH_SUGGESTION', `\`${alternative}\``);
  const isMonths = site.type.kind === 'yearMonthInterval';
  return {
    overflow,
    ansi: (value: bigint): Value =>
      !fits(value, isMonths ? 32 : 64) ? overflow() : isMonths ? Number(value) : value,
    calendar: (months: bigint, days: bigint, micros: bigint): Value =>
      fits(months, 32) && fits(days, 32) && fits(micros, 64)
        ? { months: Number(months), days: Number(days), micros }
        : overflow(),
  };
}

/** `extra` is the operator, `+` or `-`. */
export const intervalSumFunction: ScalarFunction = {
  name: 'interval_sum',
  prepare(site) {
    const sign = site.extra === '-' ? -1n : 1n;
    const { ansi, calendar } = checked(site, site.extra === '-' ? 'try_subtract' : 'try_add');
    return (left: Interval, right: Interval): Value => {
      if (isCalendar(left) && isCalendar(right))
        return calendar(
          BigInt(left.months) + sign * BigInt(right.months),
          BigInt(left.days) + sign * BigInt(right.days),
          left.micros + sign * right.micros,
        );
      return ansi(BigInt(left as number | bigint) + sign * BigInt(right as number | bigint));
    };
  },
};

export const intervalNegationFunction: ScalarFunction = {
  name: 'interval_negation',
  prepare(site) {
    const { ansi, calendar } = checked(site, '');
    return (value: Interval): Value =>
      isCalendar(value)
        ? calendar(-BigInt(value.months), -BigInt(value.days), -value.micros)
        : ansi(-BigInt(value));
  },
};

/** `extra` is the operator, `*` or `/`; the second argument is any number. */
export const intervalScaleFunction: ScalarFunction = {
  name: 'interval_scale',
  prepare(site) {
    const isQuotient = site.extra === '/';
    const { ansi, calendar, overflow } = checked(site, isQuotient ? 'try_divide' : 'try_multiply');
    const factorType = site.parameterTypes[1];
    const unit = factorType?.kind === 'decimal' ? 10n ** BigInt(factorType.scale) : 1n;
    const isWhole = factorType?.kind !== 'double' && factorType?.kind !== 'float';
    return (interval: Interval, factor: number | bigint): Value => {
      if (isQuotient && Number(factor) === 0)
        return site.mode === 'try' || (isCalendar(interval) && site.mode !== 'ansi')
          ? null
          : site.raise('INTERVAL_DIVIDED_BY_ZERO');
      if (isCalendar(interval)) {
        const scale = (value: number) =>
          isQuotient ? value / Number(factor) : value * Number(factor);
        const months = scale(interval.months);
        const days = scale(interval.days);
        const wholeDays = Math.trunc(days);
        const micros = scale(Number(interval.micros)) + Number(dayMicros) * (days - wholeDays);
        if (![months, days, micros].every(Number.isFinite)) return overflow();
        return calendar(BigInt(Math.trunc(months)), BigInt(wholeDays), BigInt(Math.round(micros)));
      }
      const value = BigInt(interval);
      if (isWhole) {
        const by = BigInt(factor);
        return isQuotient
          ? ansi(divided(by < 0n ? -value * unit : value * unit, by < 0n ? -by : by, 'half_up'))
          : ansi(divided(value * by, unit, 'half_up'));
      }
      const exact = isQuotient ? Number(value) / Number(factor) : Number(value) * Number(factor);
      if (!Number.isFinite(exact)) return overflow();
      const size = Math.floor(Math.abs(exact) + 0.5);
      return ansi(BigInt(exact < 0 ? -size : size));
    };
  },
};

export const intervalRatioFunction: ScalarFunction = {
  name: 'interval_ratio',
  prepare: (site) => (left: number | bigint, right: number | bigint) => {
    if (BigInt(right) === 0n)
      return site.mode === 'try' ? null : site.raise('INTERVAL_DIVIDED_BY_ZERO');
    const ratio = BigInt(left) / BigInt(right);
    if (fits(ratio, 64)) return ratio;
    return site.raise('INTERVAL_ARITHMETIC_OVERFLOW.WITH_SUGGESTION', '`try_divide`');
  },
};

export const makeIntervalFunction: ScalarFunction = {
  name: 'make_interval',
  prepare(site) {
    const { calendar } = checked(site, 'try_make_interval');
    const lenient = site.mode !== 'ansi';
    return (
      years: number,
      months: number,
      weeks: number,
      days: number,
      hours: number,
      minutes: number,
      seconds: bigint,
    ): Value => {
      const parts = [
        BigInt(years) * 12n + BigInt(months),
        BigInt(weeks) * 7n + BigInt(days),
        seconds + (BigInt(hours) * 60n + BigInt(minutes)) * 60_000_000n,
      ] as const;
      const isFitting = fits(parts[0], 32) && fits(parts[1], 32) && fits(parts[2], 64);
      return !isFitting && lenient ? null : calendar(...parts);
    };
  },
};

export const makeDayTimeFunction: ScalarFunction = {
  name: 'make_dt_interval',
  prepare(site) {
    const { ansi } = checked(site, '');
    return (days: number, hours: number, minutes: number, seconds: bigint): Value =>
      ansi(
        BigInt(days) * dayMicros + (BigInt(hours) * 60n + BigInt(minutes)) * 60_000_000n + seconds,
      );
  },
};

export const makeYearMonthFunction: ScalarFunction = {
  name: 'make_ym_interval',
  prepare(site) {
    const { ansi } = checked(site, '');
    return (years: number, months: number): Value => ansi(BigInt(years) * 12n + BigInt(months));
  },
};
