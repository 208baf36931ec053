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
    case 'nanosecond':
      return { kind: 'dayTime', unit: 'second', micros: 0n };
    default:
      return undefined;
  }
}

/** Why a text is no interval of its units: another form, or a field beyond its range as Spark says it. */
export type FieldsRead =
  { readonly ok: true; readonly value: bigint } | { readonly ok: false; readonly problem: string };

/** `'1-2' YEAR TO MONTH`. */
export function parseYearMonth(text: string): FieldsRead {
  const match = /^([+|-]?)(\d+)-(\d+)$/.exec(text.trim());
  if (match === null) return { ok: false, problem: 'form' };
  const months = BigInt(match[2] ?? '0') * 12n + BigInt(match[3] ?? '0');
  const value = match[1] === '-' ? -months : months;
  const isInRange = Number(match[3]) <= 11 && -(1n << 31n) <= value && value < 1n << 31n;
  return isInRange ? { ok: true, value } : { ok: false, problem: 'range' };
}

const longest = (1n << 63n) - 1n;

/** `'1 02:03:04.5' DAY TO SECOND` and every shorter pair of units. */
export function parseDayTime(text: string, first: DayTimeUnit, last: DayTimeUnit): FieldsRead {
  const from = dayTimeUnits.indexOf(first);
  const to = dayTimeUnits.indexOf(last);
  const units = dayTimeUnits.slice(from, to + 1);
  const leading = { day: '(\\d+)', hour: '(\\d{1,10})', minute: '(\\d{1,12})', second: '' };
  const body = units
    .map((unit, index) => {
      if (index === 0) return leading[unit];
      const between = units[index - 1] === 'day' ? ' ' : ':';
      return `${between}(\\d{1,2}${unit === 'second' ? '(?:\\.\\d{1,9})?' : ''})`;
    })
    .join('');
  const match = new RegExp(`^([+|-]?)${body}$`).exec(text.trim());
  if (match === null) return { ok: false, problem: 'form' };
  let micros = 0n;
  for (const [index, unit] of units.entries()) {
    const [whole = '0', fraction = ''] = (match[index + 2] ?? '0').split('.');
    const most = index === 0 ? longest / microsOf[unit] : unit === 'hour' ? 23n : 59n;
    if (BigInt(whole) > most) {
      return { ok: false, problem: `${unit} ${whole} outside range [0, ${most}]` };
    }
    micros += BigInt(whole) * microsOf[unit] + BigInt(fraction.padEnd(6, '0').slice(0, 6));
  }
  const value = match[1] === '-' ? -micros : micros;
  const isInRange = -longest - 1n <= value && value <= longest;
  return isInRange ? { ok: true, value } : { ok: false, problem: 'long overflow' };
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
