/** Dates and times. Parts of a timestamp are those of its local time in the session's zone. */
import type { FunctionCall } from '#sql/plan/resolved.ts';
import type { Lowering } from '../context.ts';
import { instantOf, localOf } from '../casts.ts';
import { refuse } from '../refusal.ts';
import { duckType } from '../types.ts';
import type { Row, Rows } from './row.ts';
import { partOfDay } from './times.ts';
import { template } from './row.ts';

const part =
  (sql: (local: string) => string): Row =>
  (args, call, lowering) =>
    `CAST(${sql(local(args[0] ?? '', call, lowering))} AS ${duckType(call.type)})`;

function clockPart(unit: 'hour' | 'minute' | 'second'): Row {
  const ofMoment = part((d) => `${unit}(${d})`);
  return (args, call, lowering) =>
    call.arguments[0]?.type.kind === 'time'
      ? `CAST(${partOfDay(unit, args[0] ?? '')} AS ${duckType(call.type)})`
      : ofMoment(args, call, lowering);
}

export const dates: Rows = {
  year: part((d) => `year(${d})`),
  quarter: part((d) => `quarter(${d})`),
  month: part((d) => `month(${d})`),
  day: part((d) => `day(${d})`),
  dayofmonth: part((d) => `day(${d})`),
  dayofyear: part((d) => `dayofyear(${d})`),
  // Sunday is 1 in dayofweek, Monday is 0 in weekday.
  dayofweek: part((d) => `dayofweek(${d}) + 1`),
  weekday: part((d) => `isodow(${d}) - 1`),
  weekofyear: part((d) => `week(${d})`),
  hour: clockPart('hour'),
  minute: clockPart('minute'),
  second: clockPart('second'),
  date_add: template('$1 + CAST($2 AS INTEGER)'),
  dateadd: template('$1 + CAST($2 AS INTEGER)'),
  date_sub: template('$1 - CAST($2 AS INTEGER)'),
  datediff: template('CAST($1 - $2 AS INTEGER)'),
  date_diff: template('CAST($1 - $2 AS INTEGER)'),
  add_months: template('CAST($1 + to_months(CAST($2 AS INTEGER)) AS DATE)'),
  last_day: template('last_day($1)'),
  unix_date: template("CAST($1 - DATE '1970-01-01' AS INTEGER)"),
  date_from_unix_date: template("DATE '1970-01-01' + CAST($1 AS INTEGER)"),
  trunc: truncated,
  date_trunc: truncatedTime,
};

const timeUnits: Readonly<Record<string, string>> = {
  day: 'day',
  dd: 'day',
  hour: 'hour',
  minute: 'minute',
  second: 'second',
  millisecond: 'millisecond',
  microsecond: 'microsecond',
};

/** The unit may be computed; an unknown one gives null. */
function byUnit(
  format: string,
  call: FunctionCall,
  index: number,
  units: Readonly<Record<string, string>>,
  cut: (unit: string) => string,
): string {
  const constant = call.arguments[index];
  if (constant?.kind === 'literal' && typeof constant.value === 'string') {
    const unit = units[constant.value.toLowerCase()];
    return unit === undefined ? `CAST(NULL AS ${duckType(call.type)})` : cut(unit);
  }
  const names = [...new Set(Object.values(units))].map((unit) => {
    const words = Object.keys(units).filter((word) => units[word] === unit);
    return `WHEN lower(${format}) IN (${words.map((word) => `'${word}'`).join(', ')}) THEN ${cut(unit)}`;
  });
  return `CAST(CASE ${names.join(' ')} END AS ${duckType(call.type)})`;
}

function truncatedTime(args: readonly string[], call: FunctionCall, lowering: Lowering): string {
  const [format = '', value = ''] = args;
  const units = { ...truncationUnits, ...timeUnits };
  return byUnit(format, call, 0, units, (unit) => {
    const cut = `date_trunc('${unit}', ${localOf(value, lowering.timeZone)})`;
    return instantOf(`CAST(${cut} AS TIMESTAMP)`, lowering.timeZone);
  });
}

function local(sql: string, call: FunctionCall, lowering: Lowering): string {
  const kind = call.arguments[0]?.type.kind;
  if (kind === 'date' || kind === 'timestamp_ntz') return sql;
  if (kind === 'timestamp') return localOf(sql, lowering.timeZone);
  throw refuse('UNSUPPORTED_FUNCTION', `${call.name} of ${kind ?? 'nothing'}`, call.range);
}

const truncationUnits: Readonly<Record<string, string>> = {
  year: 'year',
  yyyy: 'year',
  yy: 'year',
  quarter: 'quarter',
  month: 'month',
  mon: 'month',
  mm: 'month',
  week: 'week',
};

function truncated([value = '', format = '']: readonly string[], call: FunctionCall): string {
  return byUnit(
    format,
    call,
    1,
    truncationUnits,
    (unit) => `CAST(date_trunc('${unit}', ${value}) AS DATE)`,
  );
}
