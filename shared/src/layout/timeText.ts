/** NumPy's text of datetime64 and timedelta64: ISO 8601 down to the unit, and a count with the unit's name. */

/** The int64 that stands for "not a time". */
export const NOT_A_TIME = -(2n ** 63n);

interface Unit {
  readonly name: string;
  /** Ticks a day, and decimal digits of the second, where the unit is one of the clock. */
  readonly ticksPerDay?: bigint;
  readonly fractionDigits?: number;
}

const DAY_SECONDS = 86_400n;
const units: Readonly<Record<string, Unit>> = {
  Y: { name: 'years' },
  M: { name: 'months' },
  W: { name: 'weeks' },
  D: { name: 'days' },
  h: { name: 'hours', ticksPerDay: 24n },
  m: { name: 'minutes', ticksPerDay: 1440n },
  s: { name: 'seconds', ticksPerDay: DAY_SECONDS, fractionDigits: 0 },
  ms: { name: 'milliseconds', ticksPerDay: DAY_SECONDS * 10n ** 3n, fractionDigits: 3 },
  us: { name: 'microseconds', ticksPerDay: DAY_SECONDS * 10n ** 6n, fractionDigits: 6 },
  ns: { name: 'nanoseconds', ticksPerDay: DAY_SECONDS * 10n ** 9n, fractionDigits: 9 },
  ps: { name: 'picoseconds', ticksPerDay: DAY_SECONDS * 10n ** 12n, fractionDigits: 12 },
  fs: { name: 'femtoseconds', ticksPerDay: DAY_SECONDS * 10n ** 15n, fractionDigits: 15 },
  as: { name: 'attoseconds', ticksPerDay: DAY_SECONDS * 10n ** 18n, fractionDigits: 18 },
};

/** `unit` as in a dtype: `ns`, `25s`, or empty for the generic unit, which has no calendar. */
export function datetimeText(ticks: bigint, unit: string): string {
  if (ticks === NOT_A_TIME) return 'NaT';
  const { multiplier, code } = splitUnit(unit);
  const count = ticks * multiplier;
  const { ticksPerDay, fractionDigits } = units[code] ?? {};
  if (code === 'Y') return yearText(1970n + count);
  if (code === 'M') {
    const year = floorDivide(count, 12n);
    return `${yearText(1970n + year)}-${two(count - year * 12n + 1n)}`;
  }
  if (code === 'W') return dateText(count * 7n);
  if (code === 'D') return dateText(count);
  if (ticksPerDay === undefined) return String(ticks);
  const day = floorDivide(count, ticksPerDay);
  const inDay = count - day * ticksPerDay;
  if (code === 'h') return `${dateText(day)}T${two(inDay)}`;
  if (code === 'm') return `${dateText(day)}T${two(inDay / 60n)}:${two(inDay % 60n)}`;
  const perSecond = ticksPerDay / DAY_SECONDS;
  const second = inDay / perSecond;
  const clock = `${two(second / 3600n)}:${two((second / 60n) % 60n)}:${two(second % 60n)}`;
  const digits = fractionDigits ?? 0;
  const fraction = digits === 0 ? '' : `.${String(inDay % perSecond).padStart(digits, '0')}`;
  return `${dateText(day)}T${clock}${fraction}`;
}

export function timedeltaText(ticks: bigint, unit: string): string {
  if (ticks === NOT_A_TIME) return 'NaT';
  const { multiplier, code } = splitUnit(unit);
  return `${ticks * multiplier} ${unitNameOf(code)}`;
}

/** `25s` as 25 and `s`. */
export function splitUnit(unit: string): { multiplier: bigint; code: string } {
  const [, digits = '', code = ''] = /^(\d*)(.*)$/.exec(unit) ?? [];
  return { multiplier: BigInt(digits === '' ? '1' : digits), code };
}

export function ticksPerDayOf(code: string): bigint | undefined {
  return code === 'D' ? 1n : units[code]?.ticksPerDay;
}

export function unitNameOf(code: string): string {
  return units[code]?.name ?? 'generic time units';
}

/** Days since 1970-01-01 in the proleptic Gregorian calendar, in eras of 400 years from the first of March. */
function dateText(day: bigint): string {
  const shifted = day + 719_468n;
  const era = floorDivide(shifted, 146_097n);
  const dayOfEra = shifted - era * 146_097n;
  const yearOfEra = (dayOfEra - dayOfEra / 1460n + dayOfEra / 36_524n - dayOfEra / 146_096n) / 365n;
  const dayOfYear = dayOfEra - (365n * yearOfEra + yearOfEra / 4n - yearOfEra / 100n);
  const monthFromMarch = (5n * dayOfYear + 2n) / 153n;
  const dayOfMonth = dayOfYear - (153n * monthFromMarch + 2n) / 5n + 1n;
  const month = monthFromMarch < 10n ? monthFromMarch + 3n : monthFromMarch - 9n;
  const year = yearOfEra + era * 400n + (month <= 2n ? 1n : 0n);
  return `${yearText(year)}-${two(month)}-${two(dayOfMonth)}`;
}

/** As C's `%04d`: the sign counts as one of the four. */
function yearText(year: bigint): string {
  return year < 0n ? `-${String(-year).padStart(3, '0')}` : String(year).padStart(4, '0');
}

function two(value: bigint): string {
  return String(value).padStart(2, '0');
}

function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend < 0n && quotient * divisor !== dividend ? quotient - 1n : quotient;
}
