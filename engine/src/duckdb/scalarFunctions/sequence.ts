/** Dates and timestamps from one to another. */
import { instantIn, localTimeIn } from '#sql/value/datetime.ts';
import type { CalendarInterval, ScalarFunction, Site, Value } from './scalarFunction.ts';

const microsPerDay = 86_400_000_000n;
/** Java's arrays hold no more. */
const maxLength = 2_147_483_632;

interface Step {
  readonly months: number;
  readonly days: number;
  readonly micros: bigint;
}

export const sequenceOfTimes: ScalarFunction = {
  name: 'sequence',
  prepare(site) {
    const isDate = site.parameterTypes[0]?.kind === 'date';
    const readStep = stepReader(site);
    return (start: number | bigint, stop: number | bigint, given?: Value) => {
      const from = isDate ? BigInt(start) * microsPerDay : BigInt(start);
      const to = isDate ? BigInt(stop) * microsPerDay : BigInt(stop);
      const step =
        given === undefined
          ? { months: 0, days: from <= to ? 1 : -1, micros: 0n }
          : readStep(given);
      const sign = signOf(step);
      const wrong = sign === 0 ? from !== to : sign > 0 ? from > to : from < to;
      if (wrong || (isDate && step.micros % microsPerDay !== 0n)) {
        return site.raise(
          'ILLEGAL_SEQUENCE_BOUNDARIES',
          String(start),
          String(stop),
          stepText(step),
        );
      }
      const items: Value[] = [];
      for (let count = 0; count < maxLength; count++) {
        const item = moved(site, isDate, from, step, count);
        if (sign >= 0 ? item > to : item < to) break;
        items.push(isDate ? Number(item / microsPerDay) : item);
        if (sign === 0) break;
      }
      return items;
    };
  },
};

function stepReader(site: Site): (value: Value) => Step {
  const kind = site.parameterTypes[2]?.kind;
  return (value) => {
    if (kind === 'yearMonthInterval') return { months: Number(value), days: 0, micros: 0n };
    if (kind === 'calendarInterval') return value as CalendarInterval;
    const micros = value as bigint;
    const days = micros / microsPerDay;
    return { months: 0, days: Number(days), micros: micros - days * microsPerDay };
  };
}

function signOf({ months, days, micros }: Step): number {
  const size = BigInt(months) * 28n * microsPerDay + BigInt(days) * microsPerDay + micros;
  return size > 0n ? 1 : size < 0n ? -1 : 0;
}

function stepText({ months, days, micros }: Step): string {
  return `${months} months ${days} days ${micros} microseconds`;
}

/** So many steps on from the start: each counts from there, so that months' ends are not lost. */
function moved(site: Site, isDate: boolean, from: bigint, step: Step, count: number): bigint {
  const times = BigInt(count);
  const isZoned = site.parameterTypes[0]?.kind === 'timestamp';
  if (step.months === 0 && step.days === 0) return from + times * step.micros;
  const local = isZoned ? (localTimeIn(site.timeZone, from) ?? from) : from;
  const calendar = addMonths(local, step.months * count) + times * BigInt(step.days) * microsPerDay;
  const instant = isZoned ? (instantIn(site.timeZone, calendar) ?? calendar) : calendar;
  return instant + times * step.micros;
}

function addMonths(micros: bigint, months: number): bigint {
  if (months === 0) return micros;
  const days = micros / microsPerDay - (micros % microsPerDay < 0n ? 1n : 0n);
  const date = new Date(Number(days) * 86_400_000);
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth() + months;
  const [year, index] = [Math.floor(month / 12), ((month % 12) + 12) % 12];
  const last = new Date(Date.UTC(2000, 0, 1));
  last.setUTCFullYear(year, index + 1, 0);
  const day = Math.min(date.getUTCDate(), last.getUTCDate());
  last.setUTCFullYear(year, index, day);
  return BigInt(last.getTime() / 86_400_000) * microsPerDay + (micros - days * microsPerDay);
}
