/** Arrays: what DuckDB's lists do exactly as Spark's, and the rest in functions of ours. */
import type { FunctionCall } from '#sql/plan/resolved.ts';
import type { DataType } from '#sql/plan/types.ts';
import { isDatetime } from '#sql/plan/types.ts';
import type { Lowering } from '../context.ts';
import { castTo } from '../context.ts';
import { quoteIdentifier, quoteString } from '../quote.ts';
import { refuse } from '../refusal.ts';
import { raise } from '../runtimeError.ts';
import * as ours from '../scalarFunctions/arrays.ts';
import { sequenceOfTimes } from '../scalarFunctions/sequence.ts';
import { scalarRow } from '../scalarFunctions/scalarFunction.ts';
import { duckType, structFieldNames } from '../types.ts';
import { bound } from './binding.ts';
import type { Row, Rows } from './row.ts';
import { template } from './row.ts';

export const arrays: Rows = {
  array: (args, call) => castTo(`[${args.join(', ')}]`, call.type),
  size: sized,
  cardinality: sized,
  array_size: ([array = '']) => `CAST(len(${array}) AS INTEGER)`,
  getarrayitem: (args, call, lowering) =>
    bound(args, lowering, ([array = '', index = '']) => {
      if (call.evalMode === 'legacy') return inRange(array, index);
      const error = raise(
        'INVALID_ARRAY_INDEX',
        call.range,
        `CAST(${index} AS VARCHAR)`,
        `CAST(len(${array}) AS VARCHAR)`,
      );
      return `CASE WHEN ${index} < 0 OR ${index} >= len(${array}) THEN ${error} ELSE ${array}[${index} + 1] END`;
    }),
  get: (args, _, lowering) =>
    bound(args, lowering, ([array = '', index = '']) => inRange(array, index)),
  getarraystructfields: ([array = ''], call, lowering) => {
    const { type } = call.arguments[0] ?? call;
    const place = call.arguments[2];
    if (type.kind !== 'array' || type.element.kind !== 'struct' || place?.kind !== 'literal')
      throw new Error('fields are taken of an array of structs');
    const name = structFieldNames(type.element.fields)[Number(place.value)] ?? '';
    const item = lowering.freshName();
    return `list_transform(${array}, lambda ${item}: struct_extract(${item}, ${quoteString(name)}))`;
  },
  element_at: elementAt,
  try_element_at: elementAt,
  array_contains: (args, call, lowering) =>
    bound(args, lowering, ([array = '', value = '']) => {
      const { type } = call.arguments[0] ?? call;
      const hasNull =
        type.kind === 'array' && type.containsNull
          ? `WHEN list_count(${array}) < len(${array}) THEN NULL `
          : '';
      return `CASE WHEN ${value} IS NULL OR ${array} IS NULL THEN NULL WHEN list_contains(${array}, ${value}) THEN TRUE ${hasNull}ELSE FALSE END`;
    }),
  array_position: (args, _, lowering) =>
    bound(
      args,
      lowering,
      ([array = '', value = '']) =>
        `CASE WHEN ${array} IS NOT NULL AND ${value} IS NOT NULL THEN CAST(COALESCE(list_position(${array}, ${value}), 0) AS BIGINT) END`,
    ),
  array_remove: (args, _, lowering) =>
    bound(args, lowering, ([array = '', value = '']) => {
      const item = lowering.freshName();
      return `CASE WHEN ${value} IS NOT NULL THEN list_filter(${array}, lambda ${item}: ${item} IS DISTINCT FROM ${value}) END`;
    }),
  array_append: template('CASE WHEN $1 IS NOT NULL THEN list_append($1, $2) END'),
  array_prepend: template('CASE WHEN $1 IS NOT NULL THEN list_prepend($2, $1) END'),
  array_insert: scalarRow(ours.arrayInsert),
  array_distinct: scalarRow(ours.arrayDistinct),
  array_union: scalarRow(ours.arrayUnion),
  array_intersect: scalarRow(ours.arrayIntersect),
  array_except: scalarRow(ours.arrayExcept),
  arrays_overlap: scalarRow(ours.arraysOverlap),
  array_join: joined,
  array_max: extreme('max'),
  array_min: extreme('min'),
  array_repeat: ([value = '', count = ''], call) =>
    `CASE WHEN ${count} IS NOT NULL THEN list_resize(${castTo('[]', call.type)}, greatest(${count}, 0), ${value}) END`,
  array_compact: ([array = ''], _, lowering) => {
    const item = lowering.freshName();
    return `list_filter(${array}, lambda ${item}: ${item} IS NOT NULL)`;
  },
  flatten: (args, call, lowering) => {
    if (call.type.kind === 'void') return castTo('NULL', call.type);
    return bound(
      args,
      lowering,
      ([arrays = '']) =>
        `CASE WHEN list_count(${arrays}) = len(${arrays}) THEN flatten(${arrays}) END`,
    );
  },
  arrays_zip: zipped,
  slice: sliced,
  sequence: sequence,
  shuffle: (args, call, lowering) => {
    if (args.length > 1) throw refuse('UNSUPPORTED_FUNCTION', 'shuffle with a seed', call.range);
    return scalarRow(ours.shuffle)(args, call, lowering);
  },
  sort_array: sorted,
};

/** The lists one after the other; null where one is null. */
export function concatenatedLists(args: readonly string[], call: FunctionCall): string {
  if (args.length === 1) return args[0] ?? '';
  const list = `list_concat(${args.join(', ')})`;
  const nullable = args.filter((_, index) => call.arguments[index]?.nullable !== false);
  if (nullable.length === 0) return list;
  return `CASE WHEN ${nullable.map((arg) => `${arg} IS NOT NULL`).join(' AND ')} THEN ${list} END`;
}

function inRange(array: string, index: string): string {
  return `CASE WHEN ${index} >= 0 AND ${index} < len(${array}) THEN ${array}[${index} + 1] END`;
}

function sized([value = '']: readonly string[], call: FunctionCall): string {
  const isMap = call.arguments[0]?.type.kind === 'map';
  const size = isMap ? `cardinality(${value})` : `len(${value})`;
  const known = call.evalMode === 'legacy' ? `COALESCE(${size}, -1)` : size;
  return `CAST(${known} AS INTEGER)`;
}

function elementAt(args: readonly string[], call: FunctionCall, lowering: Lowering): string {
  if (call.arguments[0]?.type.kind === 'map') return `map_extract_value(${args.join(', ')})`;
  return bound(args, lowering, ([array = '', index = '']) => {
    const isTolerant = call.name === 'try_element_at' || call.evalMode === 'legacy';
    const size = `len(${array})`;
    const outside = isTolerant
      ? 'NULL'
      : raise(
          'INVALID_ARRAY_INDEX_IN_ELEMENT_AT',
          call.range,
          `CAST(${index} AS VARCHAR)`,
          `CAST(${size} AS VARCHAR)`,
        );
    return `CASE WHEN ${array} IS NULL THEN NULL WHEN ${index} = 0 THEN ${raise('INVALID_INDEX_OF_ZERO', call.range)} WHEN abs(CAST(${index} AS BIGINT)) > ${size} THEN ${outside} ELSE ${array}[${index}] END`;
  });
}

function joined(
  [array = '', separator = '', otherwise]: readonly string[],
  _: FunctionCall,
  lowering: Lowering,
): string {
  const item = lowering.freshName();
  const items =
    otherwise === undefined
      ? `list_filter(${array}, lambda ${item}: ${item} IS NOT NULL)`
      : `list_transform(${array}, lambda ${item}: COALESCE(${item}, ${otherwise}))`;
  const text = `array_to_string(${items}, ${separator})`;
  // Of an empty list DuckDB's is null.
  const value = `CASE WHEN ${array} IS NOT NULL AND ${separator} IS NOT NULL THEN COALESCE(${text}, '') END`;
  return otherwise === undefined ? value : `CASE WHEN ${otherwise} IS NOT NULL THEN ${value} END`;
}

const isNested = (type: DataType): boolean =>
  type.kind === 'array' || type.kind === 'struct' || type.kind === 'map';

function extreme(which: 'max' | 'min'): Row {
  return (args, call, lowering) =>
    isNested(call.type)
      ? scalarRow(ours.arrayExtreme, () => which)(args, call, lowering)
      : `list_${which}(${args[0] ?? ''})`;
}

function sorted(args: readonly string[], call: FunctionCall, lowering: Lowering): string {
  const [array = '', ascending = ''] = args;
  const direction = call.arguments[1];
  const { type } = call;
  if (type.kind !== 'array' || isNested(type.element) || direction?.kind !== 'literal')
    return scalarRow(ours.sortArray)(args, call, lowering);
  if (direction.value === null) return `CASE WHEN ${ascending} THEN ${array} END`;
  const order = direction.value === true ? "'ASC', 'NULLS FIRST'" : "'DESC', 'NULLS LAST'";
  return `list_sort(${array}, ${order})`;
}

function zipped(args: readonly string[], call: FunctionCall, lowering: Lowering): string {
  const { type } = call;
  if (type.kind !== 'array' || type.element.kind !== 'struct') throw new Error('a zip has structs');
  if (args.length === 0) throw refuse('UNSUPPORTED_FUNCTION', 'arrays_zip of nothing', call.range);
  const item = lowering.freshName();
  const fields = structFieldNames(type.element.fields).map(
    (name, index) => `${quoteIdentifier(name)}: struct_extract_at(${item}, ${index + 1})`,
  );
  const present = args.map((arg) => `${arg} IS NOT NULL`).join(' AND ');
  return `CASE WHEN ${present} THEN list_transform(list_zip(${args.join(', ')}), lambda ${item}: {${fields.join(', ')}}) END`;
}

function sliced(args: readonly string[], call: FunctionCall, lowering: Lowering): string {
  return bound(args, lowering, ([array = '', start = '', length = '']) => {
    const from = `CASE WHEN ${start} < 0 THEN len(${array}) + ${start} + 1 ELSE CAST(${start} AS BIGINT) END`;
    return `CASE WHEN ${array} IS NULL OR ${start} IS NULL OR ${length} IS NULL THEN NULL
      WHEN ${start} = 0 THEN ${raise('INVALID_PARAMETER_VALUE.START', call.range, quoteString('`start`'), quoteString('`slice`'))}
      WHEN ${length} < 0 THEN ${raise('INVALID_PARAMETER_VALUE.LENGTH', call.range, quoteString('`length`'), `CAST(${length} AS VARCHAR)`, quoteString('`slice`'))}
      WHEN ${from} < 1 THEN ${array}[1:0]
      ELSE ${array}[${from} : ${from} + ${length} - 1] END`;
  });
}

function sequence(args: readonly string[], call: FunctionCall, lowering: Lowering): string {
  const [first] = call.arguments;
  if (first && isDatetime(first.type)) return scalarRow(sequenceOfTimes)(args, call, lowering);
  return bound(args, lowering, ([start = '', stop = '', given]) => {
    const step = given ?? `CASE WHEN ${start} <= ${stop} THEN 1 ELSE -1 END`;
    const wrong = `(${step}) = 0 AND ${start} <> ${stop} OR (${step}) > 0 AND ${start} > ${stop} OR (${step}) < 0 AND ${start} < ${stop}`;
    const error = raise(
      'ILLEGAL_SEQUENCE_BOUNDARIES',
      call.range,
      `CAST(${start} AS VARCHAR)`,
      `CAST(${stop} AS VARCHAR)`,
      `CAST(${step} AS VARCHAR)`,
    );
    const series = `generate_series(CAST(${start} AS BIGINT), CAST(${stop} AS BIGINT), CAST(CASE WHEN (${step}) = 0 THEN 1 ELSE ${step} END AS BIGINT))`;
    const checked = given === undefined ? '' : `WHEN ${wrong} THEN ${error} `;
    return `CASE WHEN ${start} IS NULL OR ${stop} IS NULL OR (${step}) IS NULL THEN NULL ${checked}ELSE CAST(${series} AS ${duckType(call.type)}) END`;
  });
}
