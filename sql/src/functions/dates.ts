/** Functions of dates and timestamps. */
import { dateType, intType, isIntegral, stringType, timestampType } from '../plan/types.ts';
import { raise } from '../problem.ts';
import { isFoldable } from '../typing/foldable.ts';
import { constantText, unexpectedType } from './checks.ts';
import type { FunctionRow, Typed } from './row.ts';
import { anyNull, cast, plain } from './row.ts';

const ofDate = (name: string, doc: string, aliases: readonly string[] = []) =>
  plain(name, [dateType], intType, doc, { aliases });
const ofTime = (name: string, doc: string) =>
  plain(name, [timestampType], intType, doc, {
    resolve: (site) => {
      const kind = site.arguments[0]?.type.kind;
      const kept = kind === 'timestamp_ntz' || kind === 'time';
      const values = kept ? site.arguments : cast(site, [timestampType]);
      return { arguments: values, type: intType, nullable: anyNull(values) || kind === 'time' };
    },
  });

const moved = (name: string, doc: string, aliases: readonly string[]): FunctionRow =>
  plain(name, [dateType, intType], dateType, doc, {
    aliases,
    printsCanonicalName: true,
    resolve: (site): Typed => {
      const days = site.arguments[1];
      const isText = days?.type.kind === 'string';
      const isTaken =
        days === undefined || ['byte', 'short', 'int', 'void'].includes(days.type.kind);
      if (!isTaken && !(isText && (site.ansi || isFoldable(days))))
        unexpectedType(site, 1, '("INT" or "SMALLINT" or "TINYINT")');
      const constant = isText && !site.ansi ? constantText(days) : undefined;
      if (constant !== undefined && !/^\s*[+-]?\d+\s*$/.test(constant)) {
        raise('SECOND_FUNCTION_ARGUMENT_NOT_INTEGER', { functionName: site.name }, site.range);
      }
      const given = days !== undefined && isIntegral(days.type) && days.type.kind !== 'long';
      const [date] = cast({ ...site, arguments: site.arguments.slice(0, 1) }, [dateType]);
      const values = given && date !== undefined ? [date, days] : cast(site, [dateType, intType]);
      return { arguments: values, type: dateType, nullable: anyNull(values) };
    },
  });

export const dates: readonly FunctionRow[] = [
  ofDate('year', 'The year.'),
  ofDate('quarter', 'The quarter, 1 to 4.'),
  ofDate('month', 'The month, 1 to 12.'),
  ofDate('day', 'The day of the month.', ['dayofmonth']),
  ofDate('dayofweek', 'The day of the week, 1 for Sunday.'),
  ofDate('weekday', 'The day of the week, 0 for Monday.'),
  ofDate('dayofyear', 'The day of the year.'),
  ofDate('weekofyear', 'The week of the year by ISO 8601.'),
  ofTime('hour', 'The hour in the session time zone.'),
  ofTime('minute', 'The minute in the session time zone.'),
  ofTime('second', 'The second.'),
  moved('date_add', 'The date some days later.', ['dateadd']),
  moved('date_sub', 'The date some days earlier.', []),
  plain('datediff', [dateType, dateType], intType, 'The days from the second date to the first.', {
    aliases: ['date_diff'],
  }),
  plain('add_months', [dateType, intType], dateType, 'The date some months later.'),
  plain('last_day', [dateType], dateType, 'The last day of the month.'),
  plain('trunc', [dateType, stringType], dateType, 'The date cut to a unit.', {
    alwaysNullable: true,
  }),
  plain('date_trunc', [stringType, timestampType], timestampType, 'The time cut to a unit.', {
    alwaysNullable: true,
  }),
  plain('make_date', [intType, intType, intType], dateType, 'The date of year, month and day.'),
  plain('date_from_unix_date', [intType], dateType, 'The date so many days after 1970-01-01.'),
  plain('unix_date', [dateType], intType, 'The days since 1970-01-01.'),
];
