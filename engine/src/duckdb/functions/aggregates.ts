/** Aggregates. Input types are the analyzer's; the result is cast to the analyzed type. */
import type { AggregateCall } from '#sql/plan/resolved.ts';
import { isFoldable } from '#sql/typing/foldable.ts';
import { isAnsiInterval, isFractional, isIntegral } from '#sql/plan/types.ts';
import type { Lowering } from '../context.ts';
import { outOfRange } from '../casts.ts';
import { roundedQuotient, unscaled } from '../decimals.ts';
import { holdsNulls, orderingKey } from '../orderingKey.ts';
import { narrowDecimal } from '../narrowDecimals.ts';
import { refuse } from '../refusal.ts';
import type { AggregateRow } from './listAggregates.ts';
import { listAggregates, withOwnFilter } from './listAggregates.ts';
import { sketchAggregates } from './sketches.ts';
import { arrayDistinct } from '../scalarFunctions/arrays.ts';
import { schemaOfVariants } from '../scalarFunctions/variantFunctions.ts';
import { scalarCall } from '../scalarFunctions/scalarFunction.ts';
import { raise } from '../runtimeError.ts';
import { duckType } from '../types.ts';

/** `window` is the OVER clause of an aggregate over a window. */
export function lowerAggregate(call: AggregateCall, lowering: Lowering, window = ''): string {
  const row = Object.hasOwn(aggregates, call.name) ? aggregates[call.name] : undefined;
  if (!row) throw refuse('UNSUPPORTED_FUNCTION', `The aggregate ${call.name}`, call.range);
  const condition = call.filter && lowering.lower(call.filter);
  const args = call.arguments.map((argument, index) => {
    const isSmall = index === 0 && narrowed.has(call.name);
    const sql =
      (isSmall ? narrowDecimal(argument, lowering) : undefined) ?? lowering.lower(argument);
    // DuckDB computes arguments of rows that the filter leaves out, too, and those may raise.
    // What stands behind the first for all rows, as the shares of a percentile, belongs to none.
    const isPlain =
      argument.kind === 'attribute' ||
      argument.kind === 'literal' ||
      (index > 0 && isFoldable(argument));
    return condition === undefined || isPlain ? sql : `CASE WHEN ${condition} THEN ${sql} END`;
  });
  const filter = condition === undefined ? '' : ` FILTER (WHERE ${condition})`;
  const over = filter + window;
  return row(args, call, { distinct: call.isDistinct ? 'DISTINCT ' : '', over, lowering });
}

/** What these make of a decimal has the same type whatever its digits are. */
const narrowed = new Set(['sum', 'try_sum', 'avg', 'mean', 'try_avg', 'min', 'max']);

const typed =
  (name: string): AggregateRow =>
  (args, call, { distinct, over }) =>
    `CAST(${name}(${distinct}${args.join(', ')})${over} AS ${duckType(call.type)})`;

/** DuckDB raises where a value is no number or has no end; Spark's answer is NaN then. */
const spread =
  (name: string): AggregateRow =>
  ([value = ''], call, { distinct, over }) => {
    const least = name.endsWith('_samp') ? 1 : 0;
    const wild = `bool_or(NOT isfinite(${value}))${over}`;
    const nothing = `CASE WHEN count(${value})${over} > ${least} THEN CAST('NaN' AS DOUBLE) END`;
    const finite = `${name}(${distinct}CASE WHEN isfinite(${value}) THEN ${value} END)${over}`;
    return `CASE WHEN ${wild} THEN ${nothing} ELSE CAST(${finite} AS ${duckType(call.type)}) END`;
  };

/** Which columns a grouping set leaves out, as bits. */
const grouping =
  (type: string): AggregateRow =>
  (args) =>
    args.length === 0 ? `CAST(0 AS ${type})` : `CAST(grouping(${args.join(', ')}) AS ${type})`;

export const aggregates: Readonly<Record<string, AggregateRow>> = {
  ...listAggregates,
  ...sketchAggregates,
  try_sum: summed,
  try_avg: averaged,
  grouping: grouping('TINYINT'),
  grouping_id: grouping('BIGINT'),
  count: counted,
  sum: summed,
  avg: averaged,
  mean: averaged,
  min: extreme('min'),
  max: extreme('max'),
  // Which row is first is as open here as it is in Spark.
  first: positioned('first'),
  first_value: positioned('first'),
  any_value: positioned('first'),
  last: positioned('last'),
  last_value: positioned('last'),
  count_if: ([condition = ''], call, { distinct, over }) =>
    `CAST(count(${distinct}CASE WHEN ${condition} THEN TRUE END)${over} AS ${duckType(call.type)})`,
  bool_and: typed('bool_and'),
  every: typed('bool_and'),
  bool_or: typed('bool_or'),
  some: typed('bool_or'),
  any: typed('bool_or'),
  bit_and: typed('bit_and'),
  bit_or: typed('bit_or'),
  bit_xor: typed('bit_xor'),
  stddev: spread('stddev_samp'),
  std: spread('stddev_samp'),
  stddev_samp: spread('stddev_samp'),
  stddev_pop: spread('stddev_pop'),
  variance: spread('var_samp'),
  var_samp: spread('var_samp'),
  var_pop: spread('var_pop'),
  covar_pop: typed('covar_pop'),
  covar_samp: typed('covar_samp'),
  max_by: chosenBy('max', 'DESC'),
  min_by: chosenBy('min', 'ASC'),
  approx_count_distinct: ([value = ''], call, { over }) =>
    // Exact, which is within every error bound that can be asked for.
    `CAST(count(DISTINCT ${value})${over} AS ${duckType(call.type)})`,
  // In the order in which values came first.
  collect_set: (args, call, parts) => {
    const { type, evalMode, range } = call;
    const values = collected(args, call, parts);
    const site = { arguments: [{ type }], type, evalMode, range };
    return scalarCall(arrayDistinct, [values], site, parts.lowering);
  },
  schema_of_variant_agg: ([value = ''], call, { over, lowering }) => {
    const { type, evalMode, range } = call;
    const variants = { kind: 'array', element: { kind: 'variant' }, containsNull: true } as const;
    const list = `COALESCE(list(${value})${over}, CAST([] AS VARCHAR[]))`;
    return scalarCall(
      schemaOfVariants,
      [list],
      { arguments: [{ type: variants }], type, evalMode, range },
      lowering,
    );
  },
  collect_list: collected,
  array_agg: collected,
};

function collected(
  [value = '']: readonly string[],
  call: AggregateCall,
  { distinct, over }: { distinct: string; over: string },
): string {
  return `COALESCE(list(${distinct}${value})${withOwnFilter(`${value} IS NOT NULL`, over)}, CAST([] AS ${duckType(call.type)}))`;
}

function counted(
  args: readonly string[],
  call: AggregateCall,
  { distinct, over }: { distinct: string; over: string },
): string {
  const only = args.length === 1 ? args[0] : undefined;
  if (only !== undefined) {
    const isEveryRow = distinct === '' && call.arguments[0]?.nullable === false;
    return isEveryRow ? `count(*)${over}` : `count(${distinct}${only})${over}`;
  }
  // Rows in which every argument is there.
  const present = args.map((argument) => `${argument} IS NOT NULL`).join(' AND ');
  const row = `CASE WHEN ${present} THEN row(${args.join(', ')}) END`;
  return `count(${distinct}${row})${over}`;
}

function summed(
  args: readonly string[],
  call: AggregateCall,
  { distinct, over, lowering }: { distinct: string; over: string; lowering: Lowering },
): string {
  const value = `sum(${distinct}${args[0] ?? ''})${over}`;
  if (isIntegral(call.type)) {
    lowering.noteOverflow('sum', call.range);
    if (call.evalMode === 'try') return `TRY_CAST(${value} AS BIGINT)`;
    if (call.evalMode === 'legacy') {
      const half = `CAST('9223372036854775808' AS HUGEINT)`;
      const modulus = `CAST('18446744073709551616' AS HUGEINT)`;
      return `CAST((((${value} % ${modulus}) + ${modulus} + ${half}) % ${modulus}) - ${half} AS BIGINT)`;
    }
    return `CAST(${value} AS BIGINT)`;
  }
  if (isAnsiInterval(call.type)) return wholeInterval(value, value, call);
  if (isFractional(call.type)) return `CAST(${value} AS ${duckType(call.type)})`;
  if (call.type.kind === 'decimal') {
    if (call.type.precision < 38)
      return call.evalMode === 'ansi'
        ? `CAST(${value} AS ${duckType(call.type)})`
        : `TRY_CAST(${value} AS ${duckType(call.type)})`;
    // DuckDB's sum goes on beyond 38 digits, up to what 128 bits hold.
    const { scale } = call.type;
    const digits = '9'.repeat(38);
    const point = 38 - scale;
    const most = `CAST('${digits.slice(0, point)}${scale > 0 ? '.' : ''}${digits.slice(point)}' AS DECIMAL(38, ${scale}))`;
    const otherwise =
      call.evalMode === 'ansi'
        ? outOfRange(`CAST(${value} AS VARCHAR)`, call.type, { range: call.range })
        : 'NULL';
    return `CASE WHEN abs(${value}) > ${most} THEN ${otherwise} ELSE ${value} END`;
  }
  throw refuse('UNSUPPORTED_FUNCTION', `sum as ${call.type.kind}`, call.range);
}

function averaged(
  args: readonly string[],
  call: AggregateCall,
  { distinct, over }: { distinct: string; over: string },
): string {
  const [value = ''] = args;
  const from = call.arguments[0]?.type;
  if (call.type.kind === 'double' && from) {
    // Spark adds doubles up, so that a sum of longs can't overflow.
    return `avg(${distinct}CAST(${value} AS DOUBLE))${over}`;
  }
  if (call.type.kind === 'decimal' && from?.kind === 'decimal') {
    const sum = `sum(${distinct}${value})${over}`;
    const sumType = { kind: 'decimal', precision: 38, scale: from.scale } as const;
    const count = `CAST(count(${distinct}${value})${over} AS HUGEINT)`;
    const quotient = roundedQuotient(
      unscaled(`CAST(${sum} AS ${duckType(sumType)})`, sumType),
      count,
      call.type.scale - from.scale,
      38,
      call.type,
      call,
    );
    return `CASE WHEN ${count} > 0 THEN ${quotient} END`;
  }
  if (isAnsiInterval(call.type)) {
    const sum = `CAST(sum(${distinct}${value})${over} AS HUGEINT)`;
    const count = `CAST(count(${distinct}${value})${over} AS HUGEINT)`;
    // Half of a unit goes away from zero.
    const mean = `((abs(${sum}) * 2 + ${count}) // (${count} * 2) * sign(${sum}))`;
    return wholeInterval(sum, mean, call);
  }
  throw refuse('UNSUPPORTED_FUNCTION', `avg as ${call.type.kind}`, call.range);
}

/** An interval of what was computed of a sum, which has to be an interval itself. */
function wholeInterval(sum: string, value: string, call: AggregateCall): string {
  const bits = call.type.kind === 'yearMonthInterval' ? 31n : 63n;
  const limit = String(2n ** bits);
  const overflow =
    call.evalMode === 'try'
      ? 'NULL'
      : raise('INTERVAL_ARITHMETIC_OVERFLOW.WITH_SUGGESTION', call.range, "'`try_add`'");
  return `CASE WHEN ${sum} NOT BETWEEN CAST('-${limit}' AS HUGEINT) AND CAST('${limit}' AS HUGEINT) - 1 THEN ${overflow} ELSE CAST(${value} AS ${duckType(call.type)}) END`;
}

function extreme(end: 'max' | 'min'): AggregateRow {
  return (args, call, parts) => {
    if (!holdsNulls(call.type)) return typed(end)(args, call, parts);
    const [value = ''] = args;
    const key = orderingKey(value, call.type, parts.lowering);
    return `CAST(arg_${end}(${value}, ${key})${parts.over} AS ${duckType(call.type)})`;
  };
}

function positioned(name: 'first' | 'last'): AggregateRow {
  return ([value = ''], call, { over }) =>
    call.ignoreNulls
      ? `${name}(${value})${withOwnFilter(`${value} IS NOT NULL`, over)}`
      : `${name}(${value})${over}`;
}

/** With a count, the values at so many keys from the end on; a null for a key counts for none. */
function chosenBy(end: 'max' | 'min', direction: 'ASC' | 'DESC'): AggregateRow {
  return ([value = '', by = '', count], call, { over, lowering }) => {
    const type = duckType(call.type);
    const key = orderingKey(by, call.arguments[1]?.type ?? call.type, lowering);
    if (count === undefined) return `CAST(arg_${end}_null(${value}, ${key})${over} AS ${type})`;
    const all = `list(${value} ORDER BY ${key} ${direction})${withOwnFilter(`${by} IS NOT NULL`, over)}`;
    return `CAST((${all})[1:${count}] AS ${type})`;
  };
}
