/** Dates and times. Parts of a timestamp are those of its local time in the session's zone. */
import type { FunctionCall } from '#sql/plan/resolved.ts';
import type { Lowering } from '../context.ts';
import { castSql, instantOf, localOf } from '../casts.ts';
import { refuse } from '../refusal.ts';
import { raise } from '../runtimeError.ts';
import { duckType } from '../types.ts';
import type { Row, Rows } from './row.ts';
import { template } from './row.ts';

const part =
  (sql: (local: string) => string): Row =>
  (args, call, lowering) =>
    `CAST(${sql(local(args[0] ?? '', call, lowering))} AS ${duckType(call.type)})`;

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
  hour: part((d) => `hour(${d})`),
  minute: part((d) => `minute(${d})`),
  second: part((d) => `second(${d})`),
  date_add: template('$1 + CAST($2 AS INTEGER)'),
  dateadd: template('$1 + CAST($2 AS INTEGER)'),
  date_sub: template('$1 - CAST($2 AS INTEGER)'),
  datediff: template('CAST($1 - $2 AS INTEGER)'),
  date_diff: template('CAST($1 - $2 AS INTEGER)'),
  add_months: template('CAST($1 + to_months(CAST($2 AS INTEGER)) AS DATE)'),
  last_day: template('last_day($1)'),
  unix_date: template("CAST($1 - DATE '1970-01-01' AS INTEGER)"),
  date_from_unix_date: template("DATE '1970-01-01' + CAST($1 AS INTEGER)"),
  unix_micros: template('epoch_us($1)'),
  timestamp_micros: template('make_timestamp(CAST($1 AS BIGINT))'),
  trunc: truncated,
  date_trunc: truncatedTime,
  to_date: converted,
  to_timestamp: converted,
  make_date: ([year = '', month = '', day = ''], call) => {
    const date = `TRY(make_date(CAST(${year} AS BIGINT), CAST(${month} AS BIGINT), CAST(${day} AS BIGINT)))`;
    if (call.evalMode !== 'ansi') return date;
    const given = `${year} IS NOT NULL AND ${month} IS NOT NULL AND ${day} IS NOT NULL`;
    const problem = `'Invalid date ' || ${year} || '-' || ${month} || '-' || ${day}`;
    return `CASE WHEN ${given} AND ${date} IS NULL THEN ${raise('DATETIME_FIELD_OUT_OF_BOUNDS', call.range, problem)} ELSE ${date} END`;
  },
  // One time for the whole statement.
  current_date: (_args, _call, lowering) =>
    `CAST(${localOf("timezone('UTC', now())", lowering.timeZone)} AS DATE)`,
  current_timestamp: () => "timezone('UTC', now())",
  now: () => "timezone('UTC', now())",
};

/** `to_date(text)` and `to_timestamp(text)` are casts that are null or raise as the session has it. */
function converted(args: readonly string[], call: FunctionCall, lowering: Lowering): string {
  const [value] = call.arguments;
  if (!value || call.arguments.length !== 1)
    throw refuse('UNSUPPORTED_FUNCTION', `${call.name} with a pattern`, call.range);
  return castSql(args[0] ?? '', value.type, call.type, {
    mode: call.evalMode,
    timeZone: lowering.timeZone,
    range: call.range,
  });
}

const timeUnits: Readonly<Record<string, string>> = {
  day: 'day',
  dd: 'day',
  hour: 'hour',
  minute: 'minute',
  second: 'second',
  millisecond: 'millisecond',
  microsecond: 'microsecond',
};

function truncatedTime(args: readonly string[], call: FunctionCall, lowering: Lowering): string {
  const [format, value] = call.arguments;
  if (
    format?.kind !== 'literal' ||
    typeof format.value !== 'string' ||
    value?.type.kind !== 'timestamp'
  )
    throw refuse('UNSUPPORTED_FUNCTION', 'This date_trunc', call.range);
  const unit = { ...truncationUnits, ...timeUnits }[format.value.toLowerCase()];
  if (unit === undefined) return 'CAST(NULL AS TIMESTAMP)';
  const cut = `date_trunc('${unit}', ${localOf(args[1] ?? '', lowering.timeZone)})`;
  return instantOf(`CAST(${cut} AS TIMESTAMP)`, lowering.timeZone);
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

function truncated(args: readonly string[], call: FunctionCall): string {
  const format = call.arguments[1];
  if (format?.kind !== 'literal' || typeof format.value !== 'string')
    throw refuse('UNSUPPORTED_FUNCTION', 'trunc with a computed format', call.range);
  const unit = truncationUnits[format.value.toLowerCase()];
  if (unit === undefined) return 'CAST(NULL AS DATE)';
  return `CAST(date_trunc('${unit}', ${args[0] ?? ''}) AS DATE)`;
}
