/** Functions that call a lambda, which becomes a lambda of DuckDB's: places count from 1 there, from 0 in Spark. */
import type { Expression, FunctionCall, Lambda } from '#sql/plan/resolved.ts';
import { sameType } from '#sql/plan/types.ts';
import { castSql } from '../casts.ts';
import type { Lowering } from '../context.ts';
import { castTo } from '../context.ts';
import { raise } from '../runtimeError.ts';
import { arraySort } from '../scalarFunctions/arrays.ts';
import { mapFromEntries } from '../scalarFunctions/maps.ts';
import { scalarCall } from '../scalarFunctions/scalarFunction.ts';
import { bound } from './binding.ts';
import type { Rows } from './row.ts';

export const higherOrder: Rows = {
  transform: ([array = ''], call, lowering) => {
    const { header, body } = overElements(call, lowering);
    return `list_transform(${array}, ${header} ${body})`;
  },
  filter: ([array = ''], call, lowering) => {
    const { header, body } = overElements(call, lowering);
    return `list_filter(${array}, ${header} ${body})`;
  },
  exists: ([array = ''], call, lowering) => judged(array, call, lowering, 'TRUE', 'FALSE'),
  forall: ([array = ''], call, lowering) => judged(array, call, lowering, 'FALSE', 'TRUE'),
  aggregate: aggregated,
  zip_with: ([left = '', right = ''], call, lowering) => {
    const lambda = lambdaOf(call.arguments[2]);
    const pair = lowering.freshName();
    const body = bodyOf(lambda, lowering, [
      `struct_extract_at(${pair}, 1)`,
      `struct_extract_at(${pair}, 2)`,
    ]);
    return `CASE WHEN ${left} IS NOT NULL AND ${right} IS NOT NULL THEN list_transform(list_zip(${left}, ${right}), lambda ${pair}: ${body}) END`;
  },
  map_filter: ([map = ''], call, lowering) => {
    const { pair, body } = overPairs(call, lowering);
    return `map_from_entries(list_filter(map_entries(${map}), lambda ${pair}: ${body}))`;
  },
  transform_values: ([map = ''], call, lowering) => {
    const { pair, body } = overPairs(call, lowering);
    return `map_from_entries(list_transform(map_entries(${map}), lambda ${pair}: {key: ${pair}.key, value: ${body}}))`;
  },
  transform_keys: ([map = ''], call, lowering) => {
    const { pair, body } = overPairs(call, lowering);
    const entries = `list_transform(map_entries(${map}), lambda ${pair}: {key: ${body}, value: ${pair}.value})`;
    return checkedMap(entries, call, lowering);
  },
  map_zip_with: zippedMaps,
  array_sort: sorted,
};

function lambdaOf(expression: Expression | undefined): Lambda {
  if (expression?.kind !== 'lambda') throw new Error('a lambda stands here');
  return expression;
}

/** The body, with what the parameters are computed from. */
function bodyOf(lambda: Lambda, lowering: Lowering, variables: readonly string[]): string {
  lambda.parameters.forEach((parameter, index) => {
    lowering.bindVariable(parameter.exprId, variables[index] ?? 'NULL');
  });
  return lowering.lower(lambda.body);
}

function overElements(
  call: FunctionCall,
  lowering: Lowering,
): { readonly header: string; readonly body: string } {
  const lambda = lambdaOf(call.arguments[1]);
  const item = lowering.freshName();
  if (lambda.parameters.length < 2) {
    return { header: `lambda ${item}:`, body: bodyOf(lambda, lowering, [item]) };
  }
  const place = lowering.freshName();
  const index = `CAST(${place} - 1 AS INTEGER)`;
  return { header: `lambda ${item}, ${place}:`, body: bodyOf(lambda, lowering, [item, index]) };
}

function overPairs(
  call: FunctionCall,
  lowering: Lowering,
): { readonly pair: string; readonly body: string } {
  const pair = lowering.freshName();
  const lambda = lambdaOf(call.arguments[1]);
  return { pair, body: bodyOf(lambda, lowering, [`${pair}.key`, `${pair}.value`]) };
}

/** Three-valued: what decides, else null where the lambda was null of one, else the other. */
function judged(
  array: string,
  call: FunctionCall,
  lowering: Lowering,
  decisive: 'TRUE' | 'FALSE',
  otherwise: 'TRUE' | 'FALSE',
): string {
  const { header, body } = overElements(call, lowering);
  return bound([`list_transform(${array}, ${header} ${body})`], lowering, ([list = '']) => {
    const unknown = lambdaOf(call.arguments[1]).nullable
      ? `WHEN list_count(${list}) < len(${list}) THEN NULL `
      : '';
    return `CASE WHEN ${list} IS NULL THEN NULL WHEN list_contains(${list}, ${decisive}) THEN ${decisive} ${unknown}ELSE ${otherwise} END`;
  });
}

/**
 * DuckDB reduces to the type of the elements. So each element becomes a state that it is not yet in, and
 * the first one is the start.
 */
function aggregated(
  [array = '', start = '']: readonly string[],
  call: FunctionCall,
  lowering: Lowering,
): string {
  const zero = call.arguments[1];
  const arrayType = call.arguments[0]?.type;
  if (zero === undefined || arrayType?.kind !== 'array') throw new Error('an array is reduced');
  const [merge, finish] = [lambdaOf(call.arguments[2]), lambdaOf(call.arguments[3])];
  const [state, next, item] = [lowering.freshName(), lowering.freshName(), lowering.freshName()];
  const merged = bodyOf(merge, lowering, [`${state}.s`, `${next}.e`]);
  const body = sameType(merge.type, zero.type)
    ? merged
    : castSql(merged, merge.type, zero.type, {
        mode: call.evalMode,
        timeZone: lowering.timeZone,
        range: call.range,
        lowering,
      });
  const noState = castTo('NULL', zero.type);
  const noItem = castTo('NULL', arrayType.element);
  const states = `list_prepend({s: ${castTo(start, zero.type)}, e: ${noItem}}, list_transform(${array}, lambda ${item}: {s: ${noState}, e: ${item}}))`;
  const result = `list_reduce(${states}, lambda ${state}, ${next}: {s: ${castTo(body, zero.type)}, e: ${noItem}}).s`;
  const finished = bound([result], lowering, ([value = '']) => bodyOf(finish, lowering, [value]));
  return `CASE WHEN ${array} IS NOT NULL THEN ${finished} END`;
}

function checkedMap(entries: string, call: FunctionCall, lowering: Lowering): string {
  const { type } = call;
  if (type.kind !== 'map') throw new Error('a map is made');
  const fields = [
    { name: 'key', type: type.key, nullable: true },
    { name: 'value', type: type.value, nullable: true },
  ];
  const entryType = {
    kind: 'array' as const,
    element: { kind: 'struct' as const, fields },
    containsNull: false,
  };
  const site = {
    arguments: [{ type: entryType }],
    type,
    evalMode: call.evalMode,
    range: call.range,
  };
  return scalarCall(mapFromEntries, [castTo(entries, entryType)], site, lowering);
}

/** The keys of the first map in its order, then those that only the second has. */
function zippedMaps(args: readonly string[], call: FunctionCall, lowering: Lowering): string {
  const lambda = lambdaOf(call.arguments[2]);
  return bound(args.slice(0, 2), lowering, ([left = '', right = '']) => {
    const [key, other] = [lowering.freshName(), lowering.freshName()];
    const body = bodyOf(lambda, lowering, [
      key,
      `map_extract_value(${left}, ${key})`,
      `map_extract_value(${right}, ${key})`,
    ]);
    const keys = `list_concat(map_keys(${left}), list_filter(map_keys(${right}), lambda ${other}: NOT map_contains(${left}, ${other})))`;
    return `CASE WHEN ${left} IS NOT NULL AND ${right} IS NOT NULL THEN map_from_entries(list_transform(${keys}, lambda ${key}: {key: ${key}, value: ${body}})) END`;
  });
}

/** By a comparison of the user's: each element goes to the place of how many come before it. */
function sorted(args: readonly string[], call: FunctionCall, lowering: Lowering): string {
  const [array] = call.arguments;
  if (array === undefined) throw new Error('an array is sorted');
  if (call.arguments.length > 2) {
    const site = {
      arguments: [array],
      type: call.type,
      evalMode: call.evalMode,
      range: call.range,
    };
    return scalarCall(arraySort, [args[0] ?? ''], site, lowering);
  }
  const lambda = lambdaOf(call.arguments[1]);
  return bound([args[0] ?? ''], lowering, ([list = '']) => {
    const [own, ownPlace, other, place] = [
      lowering.freshName(),
      lowering.freshName(),
      lowering.freshName(),
      lowering.freshName(),
    ];
    const order = bodyOf(lambda, lowering, [other, own]);
    const error = raise('COMPARATOR_RETURNS_NULL', call.range, "'two elements'", "'each other'");
    const isBefore = bound(
      [order],
      lowering,
      ([result = '']) =>
        `CASE WHEN ${result} IS NULL THEN ${error} ELSE ${result} < 0 OR ${result} = 0 AND ${place} < ${ownPlace} END`,
    );
    const before = `len(list_filter(${list}, lambda ${other}, ${place}: ${place} <> ${ownPlace} AND ${isBefore}))`;
    const ranked = `list_sort(list_transform(${list}, lambda ${own}, ${ownPlace}: {r: ${before}, v: ${own}}))`;
    const entry = lowering.freshName();
    return `list_transform(${ranked}, lambda ${entry}: ${entry}.v)`;
  });
}
