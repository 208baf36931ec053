/** Functions of times that need patterns, zones or calendars. `dates.ts` has what DuckDB has too. */
import type { FunctionCall } from '#sql/plan/resolved.ts';
import { maxTimePrecision, stringType } from '#sql/plan/types.ts';
import { datePartUnit } from '#sql/functions/datetimes.ts';
import { castSql, instantOf, localOf } from '../casts.ts';
import type { Lowering } from '../context.ts';
import { castTo } from '../context.ts';
import { quoteString } from '../quote.ts';
import { refuse } from '../refusal.ts';
import {
  makeDayTimeFunction,
  makeIntervalFunction,
  makeYearMonthFunction,
} from '../scalarFunctions/intervals.ts';
import {
  dateFormatFunction,
  fromUnixTimeFunction,
  parseTimeFunction,
  parseUnixTimeFunction,
} from '../scalarFunctions/patterns.ts';
import type { ScalarFunction } from '../scalarFunctions/scalarFunction.ts';
import { scalarCall, scalarRow } from '../scalarFunctions/scalarFunction.ts';
import {
  convertZoneFunction,
  fromUtcFunction,
  makeDateFunction,
  makeTimeFunction,
  monthsBetweenFunction,
  nextDayFunction,
  timeBucketFunction,
  timestampAddFunction,
  timestampDiffFunction,
  timestampSecondsFunction,
  toUtcFunction,
} from '../scalarFunctions/times.ts';
import type { Rows } from './row.ts';
import { template } from './row.ts';
import { partOfDay, timeOfDayOf } from './times.ts';

const now = "timezone('UTC', now())";

export const datetimes: Rows = {
  date_format: formatted,
  from_unixtime: scalarRow(fromUnixTimeFunction),
  to_timestamp_pattern: (args, call, lowering) => parsed(parseTimeFunction, args, call, lowering),
  to_date_pattern: (args, call, lowering) => parsed(parseTimeFunction, args, call, lowering),
  unix_time: (args, call, lowering) => {
    const [value, pattern] = call.arguments;
    if (value?.type.kind === 'string')
      return scalarCall(parseUnixTimeFunction, args, call, lowering);
    if (!value || !pattern) throw new Error('the analyzer writes the pattern');
    // Cut, where unix_seconds takes the second before.
    const instant = castSql(args[0] ?? '', value.type, { kind: 'timestamp' }, cast(call, lowering));
    return `CASE WHEN ${args[1] ?? ''} IS NOT NULL THEN epoch_us(${instant}) // 1000000 END`;
  },
  cast_time: (args, call, lowering) => {
    const [value] = call.arguments;
    if (!value) throw new Error('the table says that there is an argument');
    return castSql(args[0] ?? '', value.type, call.type, cast(call, lowering));
  },
  date_part: part,
  make_instant: scalarRow(makeTimeFunction),
  make_local_time: scalarRow(makeTimeFunction),
  make_date: scalarRow(makeDateFunction),
  unix_seconds: ([time = '']) => wholeUnits(time, 1_000_000),
  unix_millis: ([time = '']) => wholeUnits(time, 1000),
  unix_micros: template('epoch_us($1)'),
  timestamp_seconds: scalarRow(timestampSecondsFunction, () => '1000000'),
  timestamp_millis: scalarRow(timestampSecondsFunction, () => '1000'),
  timestamp_micros: template('make_timestamp(CAST($1 AS BIGINT))'),
  next_day: scalarRow(nextDayFunction),
  months_between: (args, call, lowering) =>
    scalarCall(monthsBetweenFunction, args, call, lowering, lowering.timeZone),
  monthname: template("strftime($1, '%b')"),
  dayname: template("strftime($1, '%a')"),
  // Both move the instant, whatever zone the session shows it in.
  from_utc_timestamp: (args, call, lowering) => scalarCall(fromUtcFunction, args, call, lowering),
  to_utc_timestamp: (args, call, lowering) => scalarCall(toUtcFunction, args, call, lowering),
  convert_timezone: scalarRow(convertZoneFunction),
  current_timezone: (_args, _call, lowering) => quoteString(lowering.timeZone),
  // One time for the whole statement.
  current_date: (_args, _call, lowering) => `CAST(${localOf(now, lowering.timeZone)} AS DATE)`,
  current_timestamp: () => now,
  now: () => now,
  current_time: (_args, call, lowering) =>
    timeOfDayOf(
      localOf(now, lowering.timeZone),
      call.type.kind === 'time' ? call.type.precision : maxTimePrecision,
    ),
  localtimestamp: (_args, _call, lowering) => localOf(now, lowering.timeZone),
  pinned: ([instant = ''], call, lowering) => {
    if (call.type.kind === 'timestamp') return instant;
    const local = localOf(instant, lowering.timeZone);
    if (call.type.kind === 'time') return timeOfDayOf(local, call.type.precision);
    return call.type.kind === 'date' ? castTo(local, call.type) : local;
  },
  epoch_time: (_args, call, lowering) =>
    call.type.kind === 'timestamp'
      ? instantOf("TIMESTAMP '1970-01-01 00:00:00'", lowering.timeZone)
      : "TIMESTAMP '1970-01-01 00:00:00'",
  timestampadd: (args, call, lowering) => withUnit(timestampAddFunction, args, call, lowering),
  timestampdiff: (args, call, lowering) => withUnit(timestampDiffFunction, args, call, lowering),
  time_bucket: scalarRow(timeBucketFunction),
  make_interval: scalarRow(makeIntervalFunction),
  make_dt_interval: scalarRow(makeDayTimeFunction),
  make_ym_interval: scalarRow(makeYearMonthFunction),
};

const cast = (call: FunctionCall, lowering: Lowering) => ({
  mode: call.evalMode,
  timeZone: lowering.timeZone,
  range: call.range,
  lowering,
});

/** Rounded down, also before 1970. */
function wholeUnits(time: string, micros: number): string {
  return `((epoch_us(${time}) - (epoch_us(${time}) % ${micros} + ${micros}) % ${micros}) // ${micros})`;
}

/** Text by its pattern; what is a time already is only cast. */
function parsed(
  definition: ScalarFunction,
  args: readonly string[],
  call: FunctionCall,
  lowering: Lowering,
): string {
  const [value] = call.arguments;
  if (value?.type.kind === 'string') return scalarCall(definition, args, call, lowering);
  const given = castSql(args[0] ?? '', value?.type ?? stringType, call.type, cast(call, lowering));
  return `CASE WHEN ${args[1] ?? ''} IS NOT NULL THEN ${given} END`;
}

const strftimeWords: Readonly<Record<string, string>> = {
  yyyy: '%Y',
  MM: '%m',
  dd: '%d',
  HH: '%H',
  mm: '%M',
  ss: '%S',
};

/** Patterns of full years and two digits each are DuckDB's to print, in the years that it prints alike. */
function formatted(args: readonly string[], call: FunctionCall, lowering: Lowering): string {
  const exact = scalarCall(dateFormatFunction, args, call, lowering);
  const pattern = call.arguments[1];
  if (pattern?.kind !== 'literal' || typeof pattern.value !== 'string') return exact;
  const words = /^(?:yyyy|MM|dd|HH|mm|ss|[ :/,.-])+$/.exec(pattern.value);
  if (!words || /y{5}|M{3}|d{3}|H{3}|m{3}|s{3}/.test(pattern.value)) return exact;
  const format = pattern.value.replace(
    /yyyy|MM|dd|HH|mm|ss/g,
    (word) => strftimeWords[word] ?? word,
  );
  const local = localOf(args[0] ?? '', lowering.timeZone);
  return `CASE WHEN year(${local}) BETWEEN 1000 AND 9999 THEN strftime(${local}, ${quoteString(format)}) ELSE ${exact} END`;
}

function withUnit(
  definition: ScalarFunction,
  args: readonly string[],
  call: FunctionCall,
  lowering: Lowering,
): string {
  const [unit, ...rest] = call.arguments;
  if (unit?.kind !== 'literal' || typeof unit.value !== 'string')
    throw refuse('UNSUPPORTED_FUNCTION', `${call.name} with a computed unit`, call.range);
  return scalarCall(definition, args.slice(1), { ...call, arguments: rest }, lowering, unit.value);
}

const partSql: Readonly<Record<string, (local: string) => string>> = {
  year: (t) => `year(${t})`,
  yearofweek: (t) => `isoyear(${t})`,
  quarter: (t) => `quarter(${t})`,
  month: (t) => `month(${t})`,
  week: (t) => `week(${t})`,
  day: (t) => `day(${t})`,
  dayofweek: (t) => `dayofweek(${t}) + 1`,
  dayofweek_iso: (t) => `isodow(${t})`,
  doy: (t) => `dayofyear(${t})`,
  hour: (t) => `hour(${t})`,
  minute: (t) => `minute(${t})`,
  second: (t) => millionths(`microsecond(${t})`),
};

/** An exact decimal(8,6) of microseconds. */
function millionths(micros: string): string {
  return `CAST(CAST(${micros} AS BIGINT) AS DECIMAL(8, 0)) * CAST('0.000001' AS DECIMAL(6, 6))`;
}

const intervalParts: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  yearMonthInterval: { year: '$ // 12', month: '$ % 12' },
  dayTimeInterval: {
    day: '$ // 86400000000',
    hour: '($ // 3600000000) % 24',
    minute: '($ // 60000000) % 60',
  },
  calendarInterval: {
    year: "date_part('year', $)",
    month: "date_part('month', $)",
    day: "date_part('day', $)",
    hour: "date_part('hour', $)",
    minute: "date_part('minute', $)",
  },
};

function part(args: readonly string[], call: FunctionCall, lowering: Lowering): string {
  const [field, source] = call.arguments;
  const value = args[1] ?? '';
  if (!field || !source) throw new Error('the analyzer writes field and source');
  const constant = field.kind === 'literal' ? field.value : undefined;
  if (constant === null) return castTo('NULL', call.type);
  const unit = typeof constant === 'string' ? datePartUnit(constant) : undefined;
  if (unit === undefined)
    throw refuse('UNSUPPORTED_FUNCTION', `${call.name} of a computed field`, call.range);
  const { kind } = source.type;
  if (kind === 'time') {
    const sql =
      unit === 'second' ? millionths(`(${value} // 1000 % 60000000)`) : partOfDay(unit, value);
    return castTo(sql, call.type);
  }
  const byKind = intervalParts[kind];
  if (byKind) {
    const sql =
      unit === 'second'
        ? millionths(
            kind === 'calendarInterval'
              ? `date_part('microsecond', ${value})`
              : `(${value} % 60000000)`,
          )
        : (byKind[unit] ?? '').replaceAll('$', `(${value})`);
    return castTo(sql, call.type);
  }
  const local =
    kind === 'timestamp'
      ? localOf(value, lowering.timeZone)
      : kind === 'date'
        ? `CAST(${value} AS TIMESTAMP)`
        : value;
  return castTo(partSql[unit]?.(local) ?? '', call.type);
}
