/** Interval literals and how Spark prints interval values. */
import type { DayTimeUnit, YearMonthUnit } from '../plan/types.ts';

const dayTimeUnits: readonly DayTimeUnit[] = ['day', 'hour', 'minute', 'second'];
export const microsOf: Readonly<Record<DayTimeUnit, bigint>> = {
  day: 86_400_000_000n,
  hour: 3_600_000_000n,
  minute: 60_000_000n,
  second: 1_000_000n,
};

export type IntervalUnit =
  | { readonly kind: 'yearMonth'; readonly unit: YearMonthUnit; readonly months: bigint }
  | { readonly kind: 'dayTime'; readonly unit: DayTimeUnit; readonly micros: bigint };

/** A unit's name as SQL writes it, singular or plural. */
export function intervalUnit(word: string): IntervalUnit | undefined {
  const name = word.toLowerCase().replace(/s$/, '');
  switch (name) {
    case 'year':
      return { kind: 'yearMonth', unit: 'year', months: 12n };
    case 'month':
      return { kind: 'yearMonth', unit: 'month', months: 1n };
    case 'week':
      return { kind: 'dayTime', unit: 'day', micros: 7n * microsOf.day };
    case 'day':
    case 'hour':
    case 'minute':
    case 'second':
      return { kind: 'dayTime', unit: name, micros: microsOf[name] };
    case 'millisecond':
      return { kind: 'dayTime', unit: 'second', micros: 1000n };
    case 'microsecond':
      return { kind: 'dayTime', unit: 'second', micros: 1n };
    default:
      return undefined;
  }
}

/** `3`, `-3`, and for seconds `1.5`; undefined where it is no such number. */
export function scaledInterval(text: string, unit: IntervalUnit): bigint | undefined {
  const match = /^\s*([+-]?)\s*(\d+)(?:\.(\d{1,9}))?\s*$/.exec(text);
  if (match === null) return undefined;
  const perUnit = unit.kind === 'yearMonth' ? unit.months : unit.micros;
  if (match[3] !== undefined && perUnit !== 1_000_000n) return undefined;
  const fraction = BigInt((match[3] ?? '').padEnd(6, '0').slice(0, 6));
  const magnitude = BigInt(match[2] ?? '0') * perUnit + fraction;
  return match[1] === '-' ? -magnitude : magnitude;
}

/** `'1-2' YEAR TO MONTH`. */
export function parseYearMonth(text: string): bigint | undefined {
  const match = /^\s*([+-]?)(\d+)-(\d+)\s*$/.exec(text);
  if (match === null || Number(match[3]) > 11) return undefined;
  const months = BigInt(match[2] ?? '0') * 12n + BigInt(match[3] ?? '0');
  return match[1] === '-' ? -months : months;
}

/** `'1 02:03:04.5' DAY TO SECOND` and every shorter pair of units. */
export function parseDayTime(
  text: string,
  first: DayTimeUnit,
  last: DayTimeUnit,
): bigint | undefined {
  const from = dayTimeUnits.indexOf(first);
  const to = dayTimeUnits.indexOf(last);
  const units = dayTimeUnits.slice(from, to + 1);
  const part = {
    day: '(\\d+)',
    hour: '(\\d{1,10})',
    minute: '(\\d{1,10})',
    second: '(\\d{1,10}(?:\\.\\d{1,9})?)',
  };
  const body = units
    .map((unit, index) => (index === 0 ? '' : units[index - 1] === 'day' ? ' ' : ':') + part[unit])
    .join('');
  const match = new RegExp(`^\\s*([+-]?)${body}\\s*$`).exec(text);
  if (match === null) return undefined;
  let micros = 0n;
  for (const [index, unit] of units.entries()) {
    const value = match[index + 2] ?? '0';
    const limit = unit === 'hour' ? 24 : 60;
    if (index > 0 && Number(value) >= limit) return undefined;
    const [whole = '0', fraction = ''] = value.split('.');
    micros += BigInt(whole) * microsOf[unit] + BigInt(fraction.padEnd(6, '0').slice(0, 6));
  }
  return match[1] === '-' ? -micros : micros;
}

/** `INTERVAL '1-2' YEAR TO MONTH`. */
export function formatYearMonth(months: bigint, first: YearMonthUnit, last: YearMonthUnit): string {
  const sign = months < 0n ? '-' : '';
  const size = months < 0n ? -months : months;
  const value =
    first === 'year' && last === 'month'
      ? `${size / 12n}-${size % 12n}`
      : first === 'year'
        ? String(size / 12n)
        : String(size);
  const unit = first === last ? first : `${first} to ${last}`;
  return `INTERVAL '${sign}${value}' ${unit.toUpperCase()}`;
}

/** `INTERVAL '1 02:03:04.5' DAY TO SECOND`. */
export function formatDayTime(micros: bigint, first: DayTimeUnit, last: DayTimeUnit): string {
  const sign = micros < 0n ? '-' : '';
  let rest = micros < 0n ? -micros : micros;
  const units = dayTimeUnits.slice(dayTimeUnits.indexOf(first), dayTimeUnits.indexOf(last) + 1);
  let text = '';
  for (const [index, unit] of units.entries()) {
    const count = rest / microsOf[unit];
    rest %= microsOf[unit];
    const digits = unit === 'day' ? String(count) : String(count).padStart(2, '0');
    text += (index === 0 ? '' : units[index - 1] === 'day' ? ' ' : ':') + digits;
    if (unit === 'second' && rest > 0n) {
      text += `.${String(rest).padStart(6, '0').replace(/0+$/, '')}`;
    }
  }
  const unit = first === last ? first : `${first} to ${last}`;
  return `INTERVAL '${sign}${text}' ${unit.toUpperCase()}`;
}
