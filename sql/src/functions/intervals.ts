/** Intervals: their products and quotients, and the functions that make them. */
import type { Expression } from '../plan/resolved.ts';
import type { DataType } from '../plan/types.ts';
import {
  calendarIntervalType,
  decimalType,
  doubleType,
  intType,
  isAnsiInterval,
  isNumeric,
  longType,
} from '../plan/types.ts';
import { coerced, literalOf } from '../typing/build.ts';
import type { CallSite, FunctionRow, Typed } from './row.ts';
import { anyNull, cast, plain } from './row.ts';

const yearToMonth: DataType = { kind: 'yearMonthInterval', first: 'year', last: 'month' };
const dayToSecond: DataType = { kind: 'dayTimeInterval', first: 'day', last: 'second' };

export const isInterval = (type: DataType): boolean => type.kind.endsWith('Interval');

/** An interval of the widest fields of its family. */
export function wholeInterval(type: DataType): DataType {
  if (type.kind === 'yearMonthInterval') return yearToMonth;
  return type.kind === 'dayTimeInterval' ? dayToSecond : type;
}

/** An interval times a number, or by one; undefined where the operands are no such pair. */
export function scaled(site: CallSite, operator: '*' | '/'): Typed | undefined {
  const [left, right] = site.arguments as readonly [Expression, Expression];
  const isScale = ({ type }: Expression) =>
    isNumeric(type) || type.kind === 'string' || type.kind === 'void';
  const isFirst = isInterval(left.type) && isScale(right);
  const isSecond = operator === '*' && isInterval(right.type) && isScale(left);
  if (!isFirst && !isSecond) return undefined;
  const [interval, factor] = isFirst ? [left, right] : [right, left];
  const mode = site.ansi ? 'ansi' : 'legacy';
  const isDouble = interval.type.kind === 'calendarInterval' || !isNumeric(factor.type);
  const by = isDouble ? coerced(factor, doubleType, mode) : factor;
  return {
    arguments: [interval, by],
    type: wholeInterval(interval.type),
    nullable: interval.nullable || by.nullable || operator === '/',
  };
}

/** How many times one interval is in another. */
export function ratio(site: CallSite): Typed | undefined {
  const [left, right] = site.arguments as readonly [Expression, Expression];
  if (!isAnsiInterval(left.type) || left.type.kind !== right.type.kind) return undefined;
  return { arguments: [left, right], type: longType, nullable: true };
}

const zero = literalOf(0n, intType);
const zeroSeconds = literalOf(0n, decimalType(18, 6));
const seconds = decimalType(18, 6);

const calendar = (name: string, tries: boolean): FunctionRow =>
  plain(
    name,
    [intType, intType, intType, intType, intType, intType, seconds],
    calendarIntervalType,
    'An interval of years, months, weeks, days, hours, minutes and seconds.',
    {
      minimum: 0,
      maximum: 7,
      signature: `${name}([years[, months[, weeks[, days[, hours[, minutes[, seconds]]]]]]])`,
      resolve: (site) => {
        const given = site.arguments.length;
        const rest = [zero, zero, zero, zero, zero, zero, zeroSeconds].slice(given);
        const values = cast({ ...site, arguments: [...site.arguments, ...rest] }, [
          intType,
          intType,
          intType,
          intType,
          intType,
          intType,
          seconds,
        ]);
        return {
          name: 'make_interval',
          writtenAs: name,
          arguments: values,
          type: calendarIntervalType,
          nullable: tries || !site.ansi || anyNull(values),
          ...(tries ? { evalMode: 'try' as const } : {}),
        };
      },
    },
  );

export const intervals: readonly FunctionRow[] = [
  calendar('make_interval', false),
  calendar('try_make_interval', true),
  plain(
    'make_dt_interval',
    [intType, intType, intType, seconds],
    dayToSecond,
    'An interval of days, hours, minutes and seconds.',
    {
      minimum: 0,
      signature: 'make_dt_interval([days[, hours[, minutes[, seconds]]]])',
      resolve: (site) => {
        const rest = [zero, zero, zero, zeroSeconds].slice(site.arguments.length);
        const given = { ...site, arguments: [...site.arguments, ...rest] };
        const values = cast(given, [intType, intType, intType, seconds]);
        return { arguments: values, type: dayToSecond, nullable: anyNull(values) };
      },
    },
  ),
  plain('make_ym_interval', [intType, intType], yearToMonth, 'An interval of years and months.', {
    minimum: 0,
    signature: 'make_ym_interval([years[, months]])',
    resolve: (site) => {
      const rest = [zero, zero].slice(site.arguments.length);
      const values = cast({ ...site, arguments: [...site.arguments, ...rest] }, [intType, intType]);
      return { arguments: values, type: yearToMonth, nullable: anyNull(values) };
    },
  }),
];
