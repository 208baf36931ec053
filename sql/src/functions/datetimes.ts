/** Functions of times: patterns, parts, arithmetic, zones. `dates.ts` has the plain ones. */
import type { Expression } from '../plan/resolved.ts';
import type { DataType } from '../plan/types.ts';
import {
  booleanType,
  byteType,
  dateType,
  decimalType,
  doubleType,
  intType,
  isDatetime,
  isNumeric,
  longType,
  stringType,
  timestampNtzType,
  timestampType,
} from '../plan/types.ts';
import { quotedText, quotedType } from '../plan/columnText.ts';
import { quoteName, raise } from '../problem.ts';
import { callOf, coerced, literalOf } from '../typing/build.ts';
import { evaluate } from '../typing/evaluate.ts';
import { isFoldable } from '../typing/foldable.ts';
import { castMayYieldNull } from '../typing/cast.ts';
import type { CallSite, Expected, FunctionRow, Typed } from './row.ts';
import { anyNull, cast, plain, signatureText } from './row.ts';
import { timestampOfDay } from './times.ts';

const anyTime: Expected = [stringType, dateType, timestampType, timestampNtzType];
const defaultPattern = literalOf('yyyy-MM-dd HH:mm:ss', stringType);

/** The function as the session's policy for patterns has it. */
function byPolicy({ settings, range }: CallSite, name: string): string {
  if (settings.timeParserPolicy === 'exception') {
    const feature = 'the setting spark.sql.legacy.timeParserPolicy = EXCEPTION';
    raise('UNSUPPORTED_EXPRESSION', { feature }, range);
  }
  return settings.timeParserPolicy === 'legacy' ? `legacy_${name}` : name;
}

const zoned = (site: CallSite): DataType =>
  site.settings.timestampIsLocal ? timestampNtzType : timestampType;

/** `to_timestamp(value[, pattern])` and its like; without a pattern a cast. */
function parsed(
  name: string,
  doc: string,
  typeOf: (site: CallSite) => DataType,
  tries: boolean,
): FunctionRow {
  return {
    name,
    kind: 'scalar',
    minimum: 1,
    maximum: 2,
    signature: `${name}(value[, pattern])`,
    doc,
    resolve: (site) => {
      const type = typeOf(site);
      const [value, pattern] = site.arguments as readonly [Expression, Expression?];
      const evalMode = tries ? 'try' : site.ansi ? 'ansi' : 'legacy';
      if (pattern === undefined) {
        const isTaken =
          isDatetime(value.type) ||
          value.type.kind === 'string' ||
          value.type.kind === 'void' ||
          (type.kind === 'timestamp' && isNumeric(value.type));
        const [given] = isTaken ? [value] : cast({ ...site, arguments: [value] }, [anyTime]);
        const nullable = value.nullable || tries || castMayYieldNull(value.type, type);
        return {
          name: 'cast_time',
          writtenAs: name,
          arguments: [given ?? value],
          type,
          nullable,
          evalMode,
        };
      }
      const values = cast(site, [anyTime, stringType]);
      const inner = type.kind === 'date' ? 'to_date' : 'to_timestamp';
      return {
        name: byPolicy(site, `${inner}_pattern`),
        writtenAs: name,
        arguments: values,
        type,
        nullable: evalMode !== 'ansi' || anyNull(values),
        evalMode,
      };
    },
  };
}

function unixTime(name: string, minimum: number): FunctionRow {
  return {
    name,
    kind: 'scalar',
    minimum,
    maximum: 2,
    signature: signatureText(name, [anyTime, stringType], minimum),
    doc: 'The seconds since 1970 of a time, or of a text by a pattern.',
    resolve: (site) => {
      const now = () => currentTime(site, 'current_timestamp', timestampType);
      const [value = now(), pattern = defaultPattern] = site.arguments;
      const values = cast({ ...site, arguments: [value, pattern] }, [anyTime, stringType]);
      return {
        name: byPolicy(site, 'unix_time'),
        writtenAs: name,
        arguments: values,
        type: longType,
        nullable: !site.ansi || anyNull(values),
      };
    },
  };
}

/** What the clock says, or what the session says that it says. */
export function currentTime(
  site: Pick<CallSite, 'settings' | 'range'>,
  name: string,
  type: DataType,
): Expression {
  const { clock } = site.settings;
  if (clock === undefined) return callOf(name, [], type, 'ansi', site.range, false);
  const instant = literalOf(clock, timestampType, site.range);
  const pinned = callOf('pinned', [instant], type, 'ansi', site.range, false);
  return { ...pinned, writtenAs: name };
}

const current = (
  name: string,
  type: DataType,
  doc: string,
  aliases: readonly string[] = [],
  printed = true,
): FunctionRow =>
  plain(name, [], type, doc, {
    aliases,
    printsCanonicalName: printed,
    resolve: (site) => {
      const { clock } = site.settings;
      if (clock === undefined) return { arguments: [], type, nullable: false };
      const instant = literalOf(clock, timestampType, site.range);
      return {
        name: 'pinned',
        writtenAs: printed ? name : site.name,
        arguments: [instant],
        type,
        nullable: false,
      };
    },
  });

const fieldNames: Readonly<Record<string, string>> = Object.fromEntries(
  (
    [
      ['year', 'year y years yr yrs'],
      ['yearofweek', 'yearofweek'],
      ['quarter', 'quarter qtr'],
      ['month', 'month mon mons months'],
      ['week', 'week w weeks'],
      ['day', 'day d days'],
      ['dayofweek', 'dayofweek dow'],
      ['dayofweek_iso', 'dayofweek_iso dow_iso'],
      ['doy', 'doy'],
      ['hour', 'hour h hours hr hrs'],
      ['minute', 'minute m min mins minutes'],
      ['second', 'second s sec seconds secs'],
    ] as const
  ).flatMap(([field, names]) => names.split(' ').map((name) => [name, field] as const)),
);

const secondsType = decimalType(8, 6);

function extracted(site: CallSite): Typed {
  const [field, given] = site.arguments as readonly [Expression, Expression];
  if (!isFoldable(field)) {
    raise(
      'NON_FOLDABLE_ARGUMENT',
      { funcName: quoteName([site.name]), paramName: '`field`', paramType: '"STRING"' },
      site.range,
    );
  }
  const name = evaluate(field)?.value;
  const source =
    given.type.kind === 'string' || given.type.kind === 'void'
      ? coerced(given, timestampType, site.ansi ? 'ansi' : 'legacy')
      : given;
  if (name === null) {
    return {
      name: 'date_part',
      writtenAs: site.name,
      arguments: [literalOf(null, stringType), source],
      type: doubleType,
      nullable: true,
    };
  }
  const unit = typeof name === 'string' ? fieldNames[name.toLowerCase()] : undefined;
  const type = unit === undefined ? undefined : partType(unit, source.type);
  if (type === undefined) {
    raise(
      'INVALID_EXTRACT_FIELD',
      { field: quotedFieldText(String(name)), expr: quotedText(given, site.timeZone) },
      site.range,
    );
  }
  return {
    name: 'date_part',
    writtenAs: site.name,
    arguments: [field, source],
    type,
    nullable: source.nullable || source.type.kind === 'time',
  };
}

const quotedFieldText = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

/** What a part of a time or an interval is; undefined where it has no such part. */
function partType(unit: string, type: DataType): DataType | undefined {
  if (isDatetime(type)) return unit === 'second' ? secondsType : intType;
  const isMonths = unit === 'year' || unit === 'month';
  const isOfDay = ['hour', 'minute', 'second'].includes(unit);
  if (type.kind === 'time')
    return isOfDay ? (unit === 'second' ? secondsType : intType) : undefined;
  const isTime = ['day', 'hour', 'minute', 'second'].includes(unit);
  switch (type.kind) {
    case 'yearMonthInterval':
      return isMonths ? (unit === 'year' ? intType : byteType) : undefined;
    case 'dayTimeInterval':
      if (!isTime) return undefined;
      return unit === 'day' ? intType : unit === 'second' ? secondsType : byteType;
    case 'calendarInterval':
      if (isMonths) return unit === 'year' ? intType : byteType;
      if (!isTime) return undefined;
      if (unit === 'second') return secondsType;
      return unit === 'day' ? intType : unit === 'hour' ? longType : byteType;
    default:
      return undefined;
  }
}

/** The name of the unit for `date_part` by the name that was written. */
export function datePartUnit(name: string): string | undefined {
  return fieldNames[name.toLowerCase()];
}

const datePart = (name: string): FunctionRow => ({
  name,
  kind: 'scalar',
  minimum: 2,
  maximum: 2,
  signature: name === 'extract' ? 'extract(field FROM source)' : `${name}(field, source)`,
  doc: 'A part of a date, a time or an interval.',
  resolve: extracted,
});

const makeTime = (
  name: string,
  typeOf: (site: CallSite) => DataType,
  withZone: boolean,
  tries: boolean,
  takesDate = false,
): FunctionRow => ({
  name,
  kind: 'scalar',
  minimum: takesDate ? 1 : 2,
  maximum: withZone ? 7 : 6,
  counts: [...(takesDate ? [1] : []), ...(withZone ? [2, 3, 6, 7] : [2, 6])],
  signature: `${name}(year, month, day, hour, minute, second${withZone ? '[, zone]' : ''})`,
  doc: `The time of its parts, or of a date and a time of day${withZone ? ' and a zone' : ''}.`,
  resolve: (site) => {
    if (site.arguments.length < 4) return timestampOfDay(site, typeOf(site));
    const expected = [intType, intType, intType, intType, intType, decimalType(16, 6), stringType];
    const type = typeOf(site);
    const hasZone = site.arguments.length > 6;
    return {
      name: type.kind === 'timestamp_ntz' && !hasZone ? 'make_local_time' : 'make_instant',
      writtenAs: name,
      arguments: cast(site, expected),
      type,
      nullable: tries || !site.ansi || anyNull(site.arguments),
      // Of this one Spark does not print the zone.
      ...(name === 'try_make_timestamp' ? { shownCount: 6 } : {}),
      ...(tries ? { evalMode: 'try' as const } : {}),
    };
  },
});

const unixPart = (name: string, doc: string) => plain(name, [timestampType], longType, doc);

function withUnit(name: string, doc: string): FunctionRow {
  const isDifference = name === 'timestampdiff';
  return {
    name,
    kind: 'scalar',
    minimum: 3,
    maximum: 3,
    signature: isDifference ? `${name}(unit, start, end)` : `${name}(unit, quantity, time)`,
    doc,
    resolve: (site) => {
      const [unit, ...rest] = site.arguments as readonly [Expression, Expression, Expression];
      const kept =
        site.arguments[2]?.type.kind === 'timestamp_ntz' ? timestampNtzType : timestampType;
      const values = isDifference
        ? cast({ ...site, arguments: rest }, [timestampType, timestampType])
        : cast({ ...site, arguments: rest }, [longType, kept]);
      return {
        name,
        writtenAs: name,
        arguments: [unit, ...values],
        type: isDifference ? longType : kept,
        nullable: anyNull(values),
      };
    },
  };
}

export const datetimes: readonly FunctionRow[] = [
  plain('date_format', [timestampType, stringType], stringType, 'A time as text by a pattern.', {
    resolve: (site) => {
      const values = cast(site, [timestampType, stringType]);
      return {
        name: byPolicy(site, 'date_format'),
        writtenAs: site.name,
        arguments: values,
        type: stringType,
        nullable: anyNull(values),
      };
    },
  }),
  plain('from_unixtime', [longType, stringType], stringType, 'Seconds since 1970 as text.', {
    defaults: [defaultPattern],
    resolve: (site) => {
      const [value, pattern = defaultPattern] = site.arguments as readonly [
        Expression,
        Expression?,
      ];
      const values = cast({ ...site, arguments: [value, pattern] }, [longType, stringType]);
      return {
        name: byPolicy(site, 'from_unixtime'),
        writtenAs: site.name,
        arguments: values,
        type: stringType,
        nullable: true,
      };
    },
  }),
  unixTime('unix_timestamp', 0),
  unixTime('to_unix_timestamp', 1),
  parsed('to_date', 'A text as a date.', () => dateType, false),
  parsed('try_to_date', 'A text as a date, or null.', () => dateType, true),
  parsed('to_timestamp', 'A text as a timestamp.', zoned, false),
  parsed('try_to_timestamp', 'A text as a timestamp, or null.', zoned, true),
  parsed('to_timestamp_ltz', 'A text as a timestamp.', () => timestampType, false),
  parsed(
    'to_timestamp_ntz',
    'A text as a timestamp without a zone.',
    () => timestampNtzType,
    false,
  ),
  datePart('date_part'),
  datePart('datepart'),
  datePart('extract'),
  makeTime('make_timestamp', zoned, true, false, true),
  makeTime('try_make_timestamp', zoned, true, true, true),
  makeTime('make_timestamp_ltz', () => timestampType, true, false),
  makeTime('try_make_timestamp_ltz', () => timestampType, true, true),
  makeTime('make_timestamp_ntz', () => timestampNtzType, false, false),
  makeTime('try_make_timestamp_ntz', () => timestampNtzType, false, true),
  unixPart('unix_seconds', 'The whole seconds since 1970.'),
  unixPart('unix_millis', 'The whole milliseconds since 1970.'),
  unixPart('unix_micros', 'The microseconds since 1970.'),
  plain('timestamp_seconds', ['numeric'], timestampType, 'The time so many seconds after 1970.', {
    alwaysNullable: true,
  }),
  plain(
    'timestamp_millis',
    ['integral'],
    timestampType,
    'The time so many milliseconds after 1970.',
  ),
  plain(
    'timestamp_micros',
    ['integral'],
    timestampType,
    'The time so many microseconds after 1970.',
  ),
  plain(
    'next_day',
    [dateType, stringType],
    dateType,
    'The first such day of the week after a date.',
    {
      alwaysNullable: true,
    },
  ),
  plain(
    'months_between',
    [timestampType, timestampType, booleanType],
    doubleType,
    'The months from the second time to the first, a month having 31 days.',
    { defaults: [literalOf(true, booleanType)] },
  ),
  plain('monthname', [dateType], stringType, 'The short name of the month.'),
  plain('dayname', [dateType], stringType, 'The short name of the day of the week.'),
  plain(
    'from_utc_timestamp',
    [timestampType, stringType],
    timestampType,
    'A time in UTC as the clock of a zone shows it.',
  ),
  plain(
    'to_utc_timestamp',
    [timestampType, stringType],
    timestampType,
    'What the clock of a zone shows, in UTC.',
  ),
  {
    ...plain(
      'convert_timezone',
      [stringType, stringType, timestampNtzType],
      timestampNtzType,
      'A local time of one zone as that of another.',
    ),
    minimum: 2,
    signature: 'convert_timezone([from, ]to, time)',
    resolve: (site) => {
      const from = callOf('current_timezone', [], stringType, 'ansi', site.range, false);
      const given = site.arguments.length === 2 ? [from, ...site.arguments] : site.arguments;
      const values = cast({ ...site, arguments: given }, [
        stringType,
        stringType,
        timestampNtzType,
      ]);
      return { arguments: values, type: timestampNtzType, nullable: anyNull(values) };
    },
  },
  plain('current_timezone', [], stringType, "The session's time zone."),
  current('current_date', dateType, 'The date at the start of the query.', ['curdate']),
  current('current_timestamp', timestampType, 'The time at the start of the query.'),
  current('now', timestampType, 'The time at the start of the query.'),
  current('localtimestamp', timestampNtzType, 'The local time at the start of the query.'),
  withUnit('timestampadd', 'A time some units later.'),
  withUnit('timestampdiff', 'The whole units from one time to another.'),
  {
    ...plain(
      'time_bucket',
      ['any', timestampType, timestampType],
      timestampType,
      'The start of the bucket that a time is in.',
    ),
    minimum: 2,
    resolve: (site) => {
      const [size, time, origin] = site.arguments as readonly [Expression, Expression, Expression?];
      if (size.type.kind !== 'dayTimeInterval' && size.type.kind !== 'yearMonthInterval') {
        raise(
          'DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE',
          {
            sqlExpr: quotedText(size, site.timeZone),
            paramIndex: 'first',
            requiredType: '("INTERVAL DAY TO SECOND" or "INTERVAL YEAR TO MONTH")',
            inputSql: quotedText(size, site.timeZone),
            inputType: quotedType(size.type),
          },
          site.range,
        );
      }
      const kept = time.type.kind === 'timestamp_ntz' ? timestampNtzType : timestampType;
      const epoch = callOf('epoch_time', [], kept, 'ansi', site.range, false);
      const values = cast({ ...site, arguments: [time, origin ?? epoch] }, [kept, kept]);
      return { arguments: [size, ...values], type: kept, nullable: anyNull(site.arguments) };
    },
  },
];
