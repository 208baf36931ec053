/** Window functions. */
import type {
  AggregateCall,
  Expression,
  FrameBound,
  SortOrder,
  WindowExpression,
} from '#sql/plan/resolved.ts';
import { evaluate } from '#sql/typing/evaluate.ts';
import type { DataType } from '#sql/plan/types.ts';
import type { Lowering } from './context.ts';
import { lowerAggregate } from './functions/aggregates.ts';
import { orderingKey } from './orderingKey.ts';
import { refuse } from './refusal.ts';
import { duckType } from './types.ts';

export function lowerWindow(expression: WindowExpression, lowering: Lowering): string {
  const { function: call } = expression;
  const over = overOf(expression, lowering);
  const args = call.arguments.map((argument) => lowering.lower(argument));
  const row = Object.hasOwn(windowRows, call.name) ? windowRows[call.name] : undefined;
  if (row === undefined) return lowerAggregate(call, lowering, over);
  return `CAST(${row(args, call, over)} AS ${duckType(call.type)})`;
}

type WindowRow = (args: readonly string[], call: AggregateCall, over: string) => string;

const ranking =
  (name: string): WindowRow =>
  (_, __, over) =>
    `${name}()${over}`;

const positioned =
  (name: string): WindowRow =>
  ([value = ''], call, over) =>
    `${name}(${value}${call.ignoreNulls ? ' IGNORE NULLS' : ''})${over}`;

const shifted =
  (name: string): WindowRow =>
  ([value = '', offset = '1', otherwise = 'NULL'], call, over) =>
    `${name}(${value}, ${offset}, ${otherwise}${call.ignoreNulls ? ' IGNORE NULLS' : ''})${over}`;

const windowRows: Readonly<Record<string, WindowRow>> = {
  row_number: ranking('row_number'),
  rank: ranking('rank'),
  dense_rank: ranking('dense_rank'),
  percent_rank: ranking('percent_rank'),
  cume_dist: ranking('cume_dist'),
  ntile: ([count = '1'], _, over) => `ntile(${count})${over}`,
  lag: shifted('lag'),
  lead: shifted('lead'),
  nth_value: ([value = '', at = '1'], call, over) =>
    `nth_value(${value}, ${at}${call.ignoreNulls ? ' IGNORE NULLS' : ''})${over}`,
  first: positioned('first_value'),
  first_value: positioned('first_value'),
  any_value: positioned('first_value'),
  last: positioned('last_value'),
  last_value: positioned('last_value'),
};

/** Functions of a fixed frame of their own are written without one. */
const frameless = new Set([
  'row_number',
  'rank',
  'dense_rank',
  'percent_rank',
  'cume_dist',
  'ntile',
  'lag',
  'lead',
]);

function overOf(expression: WindowExpression, lowering: Lowering): string {
  const { partition, order, frame, function: call } = expression;
  const parts: string[] = [];
  if (partition.length > 0) {
    parts.push(`PARTITION BY ${partition.map((key) => `(${lowering.lower(key)})`).join(', ')}`);
  }
  if (order.length > 0) {
    parts.push(`ORDER BY ${order.map((item) => orderKey(item, lowering)).join(', ')}`);
  }
  if (!frameless.has(call.name)) {
    const word = frame.frameType === 'row' ? 'ROWS' : 'RANGE';
    const ordering = frame.frameType === 'range' ? order[0]?.child.type : undefined;
    const lower = boundOf(frame.lower, ordering, lowering);
    const upper = boundOf(frame.upper, ordering, lowering);
    parts.push(`${word} BETWEEN ${lower} AND ${upper}`);
  }
  return ` OVER (${parts.join(' ')})`;
}

function orderKey(order: SortOrder, lowering: Lowering): string {
  const direction = order.direction === 'ascending' ? 'ASC' : 'DESC';
  const nulls = order.nullOrdering === 'nullsFirst' ? 'NULLS FIRST' : 'NULLS LAST';
  const key = orderingKey(lowering.lower(order.child), order.child.type, lowering);
  return `(${key}) ${direction} ${nulls}`;
}

function boundOf(bound: FrameBound, ordering: DataType | undefined, lowering: Lowering): string {
  switch (bound.kind) {
    case 'unboundedPreceding':
      return 'UNBOUNDED PRECEDING';
    case 'unboundedFollowing':
      return 'UNBOUNDED FOLLOWING';
    case 'currentRow':
      return 'CURRENT ROW';
    default:
      break;
  }
  const { value } = bound;
  const isBackwards = isNegative(value);
  const sql = lowering.lower(value);
  const distance = intervalOf(isBackwards ? `(-(${sql}))` : `(${sql})`, value, ordering);
  const isPreceding = (bound.kind === 'preceding') !== isBackwards;
  return `${distance} ${isPreceding ? 'PRECEDING' : 'FOLLOWING'}`;
}

/** DuckDB takes no distance below zero: it is one the other way. */
function isNegative(value: Expression): boolean {
  if (value.kind === 'cast') return isNegative(value.child);
  if (value.kind === 'call' && value.name === 'negative') {
    return value.arguments.some((operand) => !isNegative(operand));
  }
  const folded = evaluate(value)?.value;
  if (folded === undefined) return false;
  return (typeof folded === 'bigint' || typeof folded === 'number') && folded < 0;
}

/** Moments are moved by DuckDB's intervals; everything else by numbers of its own type. */
function intervalOf(sql: string, value: Expression, ordering: DataType | undefined): string {
  const isMoment =
    ordering !== undefined && ['date', 'timestamp', 'timestamp_ntz'].includes(ordering.kind);
  if (!isMoment) return sql;
  switch (value.type.kind) {
    case 'yearMonthInterval':
      return `to_months(${sql})`;
    case 'dayTimeInterval':
      return `to_microseconds(${sql})`;
    case 'calendarInterval':
      return sql;
    case 'byte':
    case 'short':
    case 'int':
      return `to_days(${sql})`;
    default:
      throw refuse('UNSUPPORTED_EXPRESSION', 'A window frame of this distance', value.range);
  }
}
