/** Aggregates that need all values of a group: a list of them goes to a function of ours. */
import type { AggregateCall, Expression } from '#sql/plan/resolved.ts';
import type { ArrayType, DataType } from '#sql/plan/types.ts';
import { arrayType, doubleType, longType } from '#sql/plan/types.ts';
import type { Lowering } from '../context.ts';
import { castTo } from '../context.ts';
import { orderingKey } from '../orderingKey.ts';
import { quoteString } from '../quote.ts';
import { arrayDistinct } from '../scalarFunctions/arrays.ts';
import * as ours from '../scalarFunctions/distributions.ts';
import type { ScalarFunction } from '../scalarFunctions/scalarFunction.ts';
import { together as vectorsTogether } from '../scalarFunctions/vectors.ts';
import { scalarCall } from '../scalarFunctions/scalarFunction.ts';
import { kurtosis, pairStatistics, skewness } from '../scalarFunctions/statistics.ts';

export interface AggregateParts {
  readonly distinct: string;
  readonly over: string;
  readonly lowering: Lowering;
}
export type AggregateRow = (
  args: readonly string[],
  call: AggregateCall,
  parts: AggregateParts,
) => string;

/** What follows a call that has a FILTER of its own: that, the one that was written, and OVER. */
export function withOwnFilter(condition: string, over: string): string {
  const at = over.indexOf(windowStart);
  const filter = at < 0 ? over : over.slice(0, at);
  const window = at < 0 ? '' : over.slice(at);
  const written = filter === '' ? '' : ` AND ${filter.slice(' FILTER (WHERE '.length, -1)}`;
  return ` FILTER (WHERE ${condition}${written})${window}`;
}

const windowStart = ' OVER (';

export const listAggregates: Readonly<Record<string, AggregateRow>> = {
  skewness: ofNumbers(skewness),
  kurtosis: ofNumbers(kurtosis),
  ...Object.fromEntries(
    Object.entries(pairStatistics).map(([name, definition]) => [name, ofPairs(definition)]),
  ),
  regr_count: ([y = '', x = ''], _, { over }) =>
    `count(CASE WHEN ${y} IS NOT NULL AND ${x} IS NOT NULL THEN 1 END)${over}`,
  regr_avgx: ([y = '', x = ''], _, { over }) =>
    `avg(CASE WHEN ${y} IS NOT NULL THEN ${x} END)${over}`,
  regr_avgy: ([y = '', x = ''], _, { over }) =>
    `avg(CASE WHEN ${x} IS NOT NULL THEN ${y} END)${over}`,
  percentile: counted,
  median: (args, call, parts) => {
    const half = 'CAST(0.5 AS DOUBLE)';
    return ofValues(ours.percentileCont, args, call, parts, { sql: half, type: doubleType });
  },
  percentile_cont: (args, call, parts) => byShare(ours.percentileCont, args, call, parts),
  percentile_disc: (args, call, parts) => byShare(ours.percentileDisc, args, call, parts),
  percentile_approx: (args, call, parts) => byShare(ours.percentileApprox, args, call, parts),
  mode: (args, call, parts) => {
    const last = call.arguments[1];
    const extra = last?.kind !== 'literal' ? '' : last.value === true ? 'greatest' : 'least';
    return ofValues(ours.mode, args, call, parts, undefined, extra);
  },
  histogram_numeric: (args, call, parts) =>
    ofValues(ours.histogramNumeric, args, call, parts, second(args, call)),
  listagg: listed,
  vector_sum: (args, call, parts) =>
    ofValues(vectorsTogether, args, call, parts, undefined, call.name),
  vector_avg: (args, call, parts) =>
    ofValues(vectorsTogether, args, call, parts, undefined, call.name),
  bitmap_construct_agg: (args, call, parts) => ofValues(ours.bitmapConstruct, args, call, parts),
  bitmap_or_agg: (args, call, parts) => ofValues(ours.bitmapOr, args, call, parts),
  bitmap_and_agg: (args, call, parts) => ofValues(ours.bitmapAnd, args, call, parts),
};

interface Operand {
  readonly sql: string;
  readonly type: DataType;
}

function second(args: readonly string[], call: AggregateCall): Operand {
  const type = call.arguments[1]?.type;
  if (type === undefined) throw new Error('there is a second argument');
  return { sql: args[1] ?? 'NULL', type };
}

/** The function of the values that are not null, and of what else it takes. */
function ofValues(
  definition: ScalarFunction,
  [value = '']: readonly string[],
  call: AggregateCall,
  { distinct, over, lowering }: AggregateParts,
  other?: Operand,
  extra = '',
): string {
  const type = arrayType(typeOf(call.arguments[0]), false);
  const list = collected(`${distinct}${value}`, `${value} IS NOT NULL`, type, over);
  return called(definition, list, type, call, lowering, other, extra);
}

export function collected(item: string, condition: string, type: ArrayType, over: string): string {
  return `COALESCE(list(${item})${withOwnFilter(condition, over)}, ${castTo('[]', type)})`;
}

export function called(
  definition: ScalarFunction,
  list: string,
  type: DataType,
  { type: result, evalMode, range }: AggregateCall,
  lowering: Lowering,
  other?: Operand,
  extra = '',
): string {
  const types = [{ type }, ...(other === undefined ? [] : [{ type: other.type }])];
  const args = [list, ...(other === undefined ? [] : [other.sql])];
  const site = { arguments: types, type: result, evalMode, range };
  return scalarCall(definition, args, site, lowering, extra);
}

function typeOf(expression: Expression | undefined): DataType {
  return expression?.type ?? { kind: 'void' };
}

/** Of all rows, those with nulls too. */
function ofNumbers(definition: ScalarFunction): AggregateRow {
  return ([value = ''], call, { distinct, over, lowering }) => {
    const type = arrayType(doubleType, true);
    const list = `COALESCE(list(${distinct}${value})${over}, ${castTo('[]', type)})`;
    return called(definition, list, type, call, lowering);
  };
}

function ofPairs(definition: ScalarFunction): AggregateRow {
  return ([y = '', x = ''], call, { distinct, over, lowering }) => {
    const type = pairType(doubleType, doubleType);
    const list = `COALESCE(list(${distinct}{a: ${y}, b: ${x}})${over}, ${castTo('[]', type)})`;
    return called(definition, list, type, call, lowering);
  };
}

export function pairType(a: DataType, b: DataType): ArrayType {
  const fields = [
    { name: 'a', type: a, nullable: false },
    { name: 'b', type: b, nullable: false },
  ];
  return arrayType({ kind: 'struct', fields }, false);
}

function counted(args: readonly string[], call: AggregateCall, parts: AggregateParts): string {
  const frequency = call.arguments[2];
  if (frequency?.kind === 'literal' && frequency.value === 1n) {
    return byShare(ours.percentileCont, args, call, parts);
  }
  const [value = '', , count = ''] = args;
  const type = pairType(typeOf(call.arguments[0]), longType);
  const item = `${parts.distinct}{a: ${value}, b: CAST(${count} AS BIGINT)}`;
  const present = `${value} IS NOT NULL AND ${count} IS NOT NULL`;
  const list = collected(item, present, type, parts.over);
  return called(ours.percentile, list, type, call, parts.lowering, second(args, call));
}

function byShare(
  definition: ScalarFunction,
  args: readonly string[],
  call: AggregateCall,
  parts: AggregateParts,
): string {
  const reversed = call.arguments[2];
  const extra = reversed?.kind === 'literal' && reversed.value === true ? 'reversed' : '';
  return ofValues(definition, args, call, parts, second(args, call), extra);
}

function listed(args: readonly string[], call: AggregateCall, parts: AggregateParts): string {
  const [value = '', separator = '', ...keys] = args;
  const { lowering, over } = parts;
  const orders = keys.flatMap((key, index) => {
    const direction = call.arguments[index + 3];
    const text = direction?.kind === 'literal' ? String(direction.value) : '';
    const type = call.arguments[index + 2]?.type ?? call.type;
    return index % 2 === 0 ? [`${orderingKey(key, type, lowering)} ${text}`] : [];
  });
  const order = orders.length === 0 ? '' : ` ORDER BY ${orders.join(', ')}`;
  const type = arrayType(call.type, false);
  const all = `list(${value}${order})${withOwnFilter(`${value} IS NOT NULL`, over)}`;
  const { evalMode, range } = call;
  const site = { arguments: [{ type }], type, evalMode, range };
  const list = call.isDistinct ? scalarCall(arrayDistinct, [all], site, lowering) : all;
  const isBinary = call.type.kind === 'binary';
  const between = `COALESCE(${separator}, ${isBinary ? "CAST('' AS BLOB)" : quoteString('')})`;
  if (isBinary) {
    return called(ours.joinedBytes, list, type, call, lowering, { sql: between, type: call.type });
  }
  return `array_to_string(${list}, ${between})`;
}
