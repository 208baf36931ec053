/** Ticks of datetime64 and timedelta64 from the text that `timeText.ts` writes for them. */
import { daysFromCivil } from '../calendar.ts';
import type { Result } from '../result.ts';
import { fail, ok } from '../result.ts';
import { NOT_A_TIME, splitUnit, ticksPerDayOf, unitNameOf } from './timeText.ts';

interface BadTime {
  readonly kind: 'badTime';
  readonly message: string;
}

const iso =
  /^(-?\d{3,12})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d{1,18}))?)?)?)?)?)?Z?$/;

export function datetimeTicks(text: string, unit: string): Result<bigint, BadTime> {
  const known = plainTicks(text);
  if (known !== undefined) return ok(known);
  const { multiplier, code } = splitUnit(unit);
  if (code === '' && /^\d{4}$/.test(text)) return ok(BigInt(text));
  const found = iso.exec(text);
  if (!found || code === '')
    return bad(
      code === ''
        ? 'A datetime without a unit is edited as a whole number.'
        : `'${text}' is no date and time such as 2024-02-29T12:30.`,
    );
  const [, yearText = '', ...rest] = found;
  const [month = 1, day = 1, hour = 0, minute = 0, second = 0] = rest.slice(0, 5).map(optional);
  const year = Number(yearText);
  const isReal =
    1 <= month &&
    month <= 12 &&
    1 <= day &&
    day <= lastDay(year, month) &&
    hour < 24 &&
    minute < 60;
  if (!isReal || second >= 60) return bad(`'${text}' is not on the calendar.`);
  const days = BigInt(daysFromCivil(year, month, day));
  const attoseconds =
    BigInt(hour * 3600 + minute * 60 + second) * 10n ** 18n +
    BigInt((rest[5] ?? '').padEnd(18, '0'));
  const isMidnight = attoseconds === 0n;
  const perDay = ticksPerDayOf(code);
  const tooFine = bad(
    `'${text}' is finer than the unit of this array (${unit === '' ? 'none' : unit}).`,
  );
  let count: bigint;
  if (code === 'Y' || code === 'M') {
    if (day !== 1 || !isMidnight || (code === 'Y' && month !== 1)) return tooFine;
    count =
      BigInt(year - 1970) * (code === 'M' ? 12n : 1n) + (code === 'M' ? BigInt(month - 1) : 0n);
  } else if (code === 'W') {
    if (!isMidnight || days % 7n !== 0n) return tooFine;
    count = days / 7n;
  } else {
    const ticks = attoseconds * (perDay ?? 1n);
    const attosecondsPerDay = 86_400n * 10n ** 18n;
    if (ticks % attosecondsPerDay !== 0n) return tooFine;
    count = days * (perDay ?? 1n) + ticks / attosecondsPerDay;
  }
  return count % multiplier === 0n ? ok(count / multiplier) : tooFine;
}

export function timedeltaTicks(text: string, unit: string): Result<bigint, BadTime> {
  const known = plainTicks(text);
  const { multiplier, code } = splitUnit(unit);
  // A number alone counts in units, as the text with the unit's name does.
  const [, digits = '', name = ''] = /^([+-]?\d{1,30})\s+([a-z ]+)$/i.exec(text) ?? [];
  if (known === undefined && (digits === '' || name !== unitNameOf(code)))
    return bad(`'${text}' is no number of ${unitNameOf(code)}.`);
  if (known === NOT_A_TIME) return ok(known);
  const count = known ?? BigInt(digits);
  return count % multiplier === 0n
    ? ok(count / multiplier)
    : bad(`${count} is no multiple of ${multiplier} ${unitNameOf(code)}.`);
}

/** `NaT`, or ticks as they stand in the bytes. */
function plainTicks(text: string): bigint | undefined {
  if (/^nat$/i.test(text)) return NOT_A_TIME;
  // Four digits alone are a year.
  return /^[+-]?\d{1,30}$/.test(text) && !/^\d{4}$/.test(text) ? BigInt(text) : undefined;
}

function optional(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}

function lastDay(year: number, month: number): number {
  return (
    daysFromCivil(month === 12 ? year + 1 : year, (month % 12) + 1, 1) -
    daysFromCivil(year, month, 1)
  );
}

function bad(message: string): Result<never, BadTime> {
  return fail({ kind: 'badTime', message });
}
