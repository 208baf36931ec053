/** Sketches: aggregates over the list of a group's values, and functions of the bytes that they give. */
import type { AggregateCall, Expression } from '#sql/plan/resolved.ts';
import { arrayType, simpleString } from '#sql/plan/types.ts';
import { evaluate } from '#sql/typing/evaluate.ts';
import { refuse } from '../refusal.ts';
import * as frequent from '../scalarFunctions/frequentItems.ts';
import * as quantiles from '../scalarFunctions/quantileSketches.ts';
import type { ScalarFunction } from '../scalarFunctions/scalarFunction.ts';
import { scalarCall } from '../scalarFunctions/scalarFunction.ts';
import * as ours from '../scalarFunctions/sketches.ts';
import type { AggregateRow } from './listAggregates.ts';
import { called, collected, pairType } from './listAggregates.ts';
import type { Row, Rows } from './row.ts';

interface Options {
  /** How many of the arguments are of the rows; the others are constants. */
  readonly columns?: 1 | 2;
  readonly keepsNulls?: boolean;
  readonly more?: (call: AggregateCall) => string;
}

function constantOf(argument: Expression, call: AggregateCall): unknown {
  const found = evaluate(argument);
  if (found === undefined) {
    throw refuse('UNSUPPORTED_FUNCTION', `${call.name} of what is no constant`, call.range);
  }
  return typeof found.value === 'bigint' ? Number(found.value) : found.value;
}

function aggregate(definition: ScalarFunction, options: Options = {}): AggregateRow {
  const { columns = 1, keepsNulls = false, more } = options;
  return (args, call, { distinct, over, lowering }) => {
    const [first, second] = call.arguments;
    if (first === undefined) throw new Error('the table says that there is an argument');
    const [a = '', b = ''] = args;
    const isPair = columns === 2 && second !== undefined;
    const type = isPair ? pairType(first.type, second.type) : arrayType(first.type, keepsNulls);
    const item = isPair ? `{a: ${a}, b: ${b}}` : a;
    const present = isPair ? `${a} IS NOT NULL AND ${b} IS NOT NULL` : `${a} IS NOT NULL`;
    const list = collected(`${distinct}${item}`, keepsNulls ? 'TRUE' : present, type, over);
    const constants = call.arguments.slice(columns).map((value) => constantOf(value, call));
    const told = [...constants, ...(more === undefined ? [] : [more(call)])];
    const extra = JSON.stringify({ name: call.name, constants: told });
    return called(definition, list, type, call, lowering, undefined, extra);
  };
}

const itemType = (call: AggregateCall): string => {
  const { type } = call;
  const item = type.kind === 'struct' ? type.fields[2]?.type : undefined;
  return item === undefined ? '' : simpleString(item).toUpperCase();
};

const suffixes = ['double', 'integer'] as const;
const kinds = ['bigint', 'float', 'double'] as const;

export const sketchAggregates: Readonly<Record<string, AggregateRow>> = {
  hll_sketch_agg: aggregate(ours.distinctSketch),
  hll_union_agg: aggregate(ours.hllUnionAgg),
  theta_sketch_agg: aggregate(ours.distinctSketch),
  theta_union_agg: aggregate(ours.setOperationAgg),
  theta_intersection_agg: aggregate(ours.setOperationAgg),
  ...Object.fromEntries(
    suffixes.flatMap((suffix): [string, AggregateRow][] => [
      [`tuple_sketch_agg_${suffix}`, aggregate(ours.tupleSketch, { columns: 2 })],
      [`tuple_union_agg_${suffix}`, aggregate(ours.setOperationAgg)],
      [`tuple_intersection_agg_${suffix}`, aggregate(ours.setOperationAgg)],
    ]),
  ),
  ...Object.fromEntries(
    kinds.flatMap((kind): [string, AggregateRow][] => [
      [`kll_sketch_agg_${kind}`, aggregate(quantiles.kllAgg)],
      [`kll_merge_agg_${kind}`, aggregate(quantiles.kllMergeAgg)],
    ]),
  ),
  approx_top_k: aggregate(frequent.topK, { keepsNulls: true }),
  approx_top_k_accumulate: aggregate(frequent.topKAccumulate, { keepsNulls: true, more: itemType }),
  approx_top_k_combine: (args, call, parts) =>
    aggregate(frequent.topKCombine, {
      more: itemType,
    })(args, call.arguments.length > 1 ? call : withoutSize(call), parts),
  count_min_sketch: aggregate(frequent.countMin),
};

/** Where no size was said, the sketches say theirs. */
function withoutSize(call: AggregateCall): AggregateCall {
  const none = { kind: 'literal', value: null, type: { kind: 'int' }, nullable: true } as const;
  const size: Expression = { ...none, range: call.range };
  return { ...call, arguments: [...call.arguments, size] };
}

const named =
  (definition: ScalarFunction, extra: (name: string) => string = (name) => name): Row =>
  (args, call, lowering) =>
    scalarCall(definition, args, call, lowering, extra(call.name));

const count = (family: string) => named(ours.distinctCount, (name) => `${family} ${name}`);
const sets = (left: string, right: string, operation: string) =>
  named(ours.setOperation, (name) => `${left} ${right} ${operation} ${name}`);
const operations = ['union', 'intersection', 'difference'] as const;

export const sketches: Rows = {
  hll_sketch_estimate: count('HLL'),
  hll_union: named(ours.hllUnion),
  theta_sketch_estimate: count('THETA'),
  ...Object.fromEntries(
    operations.map((operation) => [`theta_${operation}`, sets('THETA', 'THETA', operation)]),
  ),
  ...Object.fromEntries(
    suffixes.flatMap((suffix): [string, Row][] => [
      ...operations.flatMap((operation): [string, Row][] => [
        [`tuple_${operation}_${suffix}`, sets('TUPLE', 'TUPLE', operation)],
        [`tuple_${operation}_theta_${suffix}`, sets('TUPLE', 'THETA', operation)],
      ]),
      [`tuple_sketch_estimate_${suffix}`, count('TUPLE')],
      [`tuple_sketch_summary_${suffix}`, named(ours.tupleSummary)],
      [`tuple_sketch_theta_${suffix}`, named(ours.tupleTheta)],
    ]),
  ),
  ...Object.fromEntries(
    kinds.flatMap((kind): [string, Row][] => [
      [`kll_sketch_merge_${kind}`, named(quantiles.kllMerge)],
      [`kll_sketch_to_string_${kind}`, named(quantiles.kllText)],
      [`kll_sketch_get_n_${kind}`, named(quantiles.kllCount)],
      [`kll_sketch_get_quantile_${kind}`, named(quantiles.kllQuantile)],
      [`kll_sketch_get_rank_${kind}`, named(quantiles.kllRank)],
    ]),
  ),
  approx_top_k_estimate: named(frequent.topKEstimate),
};
