/** Functions of times of day, which Spark has since 4.1 (`time_from_…` and `time_to_…` since 4.2). */
import { prettyText } from '../plan/columnText.ts';
import type { Expression } from '../plan/resolved.ts';
import type { DataType } from '../plan/types.ts';
import {
  dateType,
  decimalType,
  intType,
  longType,
  maxTimePrecision,
  stringType,
  timeType,
  timestampType,
} from '../plan/types.ts';
import { raise } from '../problem.ts';
import { coerced, literalOf } from '../typing/build.ts';
import { evaluate } from '../typing/evaluate.ts';
import { requireFoldable, unexpectedType } from './checks.ts';
import type { CallSite, Expected, FunctionRow, Typed } from './row.ts';
import { anyNull, cast, plain, siteText } from './row.ts';

const currentTime: FunctionRow = {
  name: 'current_time',
  kind: 'scalar',
  minimum: 0,
  maximum: 1,
  signature: 'current_time([precision])',
  doc: "The time of day at the start of the query, on the session's clock.",
  resolve: (site) => {
    const given = site.arguments[0] ?? literalOf(BigInt(maxTimePrecision), intType);
    const [precision = given] = cast({ ...site, arguments: [given] }, [intType]);
    requireFoldable(site, precision, 'precision');
    const value = evaluate(precision)?.value;
    const type = timeType(precisionOf(site, given, value));
    const printedAs = `current_time(${prettyText(given, site.timeZone)})`;
    const { clock } = site.settings;
    if (clock === undefined) return { arguments: [], type, nullable: false, printedAs };
    const instant = literalOf(clock, timestampType, site.range);
    return { name: 'pinned', arguments: [instant], type, nullable: false, printedAs };
  },
};

function precisionOf(site: CallSite, given: Expression, value: unknown): number {
  const precision = Number(value);
  if (typeof value === 'bigint' && 0 <= precision && precision <= maxTimePrecision)
    return precision;
  return raise(
    'DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE',
    {
      sqlExpr: `"current_time(${prettyText(given, site.timeZone)})"`,
      exprName: '`precision`',
      valueRange: `[0, ${maxTimePrecision}]`,
      currentValue: String(value),
    },
    site.range,
  );
}

/** A text, by a pattern where there is one. What is no text is not made one. */
function parsed(name: string, doc: string, tries: boolean): FunctionRow {
  return {
    name,
    kind: 'scalar',
    minimum: 1,
    maximum: 2,
    signature: `${name}(text[, pattern])`,
    doc,
    resolve: (site) => {
      const inner: CallSite = { ...site, name: 'to_time' };
      for (const [index, { type }] of site.arguments.entries()) {
        if (type.kind !== 'string' && type.kind !== 'void')
          unexpectedType(inner, index, '"STRING"');
      }
      const values = cast(inner, [stringType, stringType]);
      const texts = site.arguments.map((value) => prettyText(value, site.timeZone)).join(', ');
      return {
        name: 'to_time',
        arguments: values,
        type: timeType(),
        nullable: true,
        evalMode: tries ? 'try' : 'ansi',
        ...(tries ? { printedAs: `try_to_time(to_time(${texts}))` } : {}),
      };
    },
  };
}

/** Null or a number of that family; texts are none. */
const fromCount = (name: string, family: 'numeric' | 'integral', doc: string): FunctionRow =>
  plain(name, [family], timeType(), doc, {
    resolve: (site) => {
      if (site.arguments[0]?.type.kind === 'string')
        unexpectedType(site, 0, family === 'numeric' ? '"NUMERIC"' : '"INTEGRAL"');
      return { arguments: cast(site, [family]), type: timeType(), nullable: true };
    },
  });

const toCount = (name: string, type: DataType, doc: string): FunctionRow =>
  plain(name, ['time'], type, doc, {
    resolve: (site) => {
      if (site.arguments[0]?.type.kind === 'string') unexpectedType(site, 0, '"TIME"');
      return { arguments: cast(site, ['time']), type, nullable: true };
    },
  });

const others: readonly FunctionRow[] = [
  plain(
    'make_time',
    [intType, intType, decimalType(16, 6)],
    timeType(),
    'The time of day of hour, minute and second.',
    { alwaysNullable: true },
  ),
  parsed('to_time', 'A text as a time of day.', false),
  parsed('try_to_time', 'A text as a time of day, or null.', true),
  plain(
    'time_diff',
    [stringType, 'time', 'time'],
    longType,
    'The whole units from one time of day to another.',
    { alwaysNullable: true },
  ),
  plain(
    'time_trunc',
    [stringType, 'time'],
    (values) => values[1]?.type ?? timeType(),
    'The time of day cut to a unit.',
    { alwaysNullable: true },
  ),
  fromCount('time_from_seconds', 'numeric', 'The time of day so many seconds after midnight.'),
  fromCount('time_from_millis', 'integral', 'The time of day so many milliseconds after midnight.'),
  fromCount('time_from_micros', 'integral', 'The time of day so many microseconds after midnight.'),
  toCount('time_to_seconds', decimalType(14, 6), 'The seconds since midnight.'),
  toCount('time_to_millis', longType, 'The whole milliseconds since midnight.'),
  toCount('time_to_micros', longType, 'The whole microseconds since midnight.'),
];

export const times: readonly FunctionRow[] = [
  currentTime,
  ...others.map((row) => ({
    ...row,
    resolve: (site: CallSite) =>
      site.settings.timesOfDay ? row.resolve(site) : raise('UNSUPPORTED_TIME_TYPE', {}, site.range),
  })),
];

/** A timestamp of a date, a time of day and a zone; what is no such thing is not made one. */
export function timestampOfDay(site: CallSite, type: DataType): Typed {
  // Spark has one function for instants, and prints it so but for the one that tries.
  const isLocal = site.name.endsWith('_ntz');
  const inner = isLocal ? 'make_timestamp_ntz' : 'make_timestamp';
  const made: CallSite = { ...site, name: site.name === 'try_make_timestamp' ? site.name : inner };
  const expected: readonly Expected[] = [dateType, 'time', stringType];
  const isTaken = ({ type: { kind } }: Expression, index: number) =>
    kind === 'void' || kind === (['date', 'time', 'string'] as const)[index];
  const wrong = site.arguments.findIndex((value, index) => !isTaken(value, index));
  if (wrong >= 0) unexpectedType(made, wrong, ['"DATE"', '"TIME"', '"STRING"'][wrong] ?? '');
  return {
    name: 'timestamp_of_day',
    writtenAs: made.name,
    arguments: cast(made, expected),
    type,
    nullable: anyNull(site.arguments) || isLocal,
    ...(site.name === 'try_make_timestamp_ntz'
      ? { printedAs: `try_make_timestamp_ntz(${siteText(made)})` }
      : {}),
  };
}

type Pair = readonly [Expression, Expression];

/** A time moved by an interval, or the interval between two; undefined where it is neither. */
export function timeArithmetic(
  site: CallSite,
  [left, right]: Pair,
  operator: '+' | '-',
): Typed | undefined {
  if (operator === '+' && left.type.kind !== 'time') {
    const isMoved = left.type.kind === 'dayTimeInterval' || left.type.kind === 'void';
    return right.type.kind === 'time' && isMoved
      ? timeArithmetic(site, [right, left], operator)
      : undefined;
  }
  const moved = movedType(left.type, right.type);
  const mode = site.ansi ? 'ansi' : 'legacy';
  if (moved !== undefined && !(operator === '-' && right.type.kind === 'void')) {
    const interval = coerced(
      right,
      { kind: 'dayTimeInterval', first: 'day', last: 'second' },
      mode,
    );
    const by = right.type.kind === 'void' ? interval : right;
    return { name: operator, arguments: [left, by], type: moved, nullable: true };
  }
  if (operator === '+') return undefined;
  const isTime = ({ type }: Expression) => type.kind === 'time';
  const isBeside = ({ type: { kind } }: Expression) =>
    kind === 'time' || (kind === 'string' && site.ansi) || kind === 'void';
  if (!isBeside(left) || !isBeside(right) || (!isTime(left) && !isTime(right))) return undefined;
  return {
    name: operator,
    arguments: [left, right].map((value) =>
      isTime(value) ? value : coerced(value, timeType(), mode),
    ),
    type: { kind: 'dayTimeInterval', first: 'hour', last: 'second' },
    nullable: true,
  };
}

function movedType(time: DataType, by: DataType): DataType | undefined {
  if (time.kind !== 'time') return undefined;
  if (by.kind === 'void') return timeType();
  if (by.kind !== 'dayTimeInterval') return undefined;
  return by.last === 'second' ? timeType() : time;
}
