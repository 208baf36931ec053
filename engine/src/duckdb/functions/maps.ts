/** Maps and structs. */
import type { Expression, FunctionCall } from '#sql/plan/resolved.ts';
import { arrayType, intType, stringType } from '#sql/plan/types.ts';
import type { Lowering } from '../context.ts';
import { castTo } from '../context.ts';
import { quoteIdentifier } from '../quote.ts';
import { refuse } from '../refusal.ts';
import * as ours from '../scalarFunctions/maps.ts';
import { splitFunction } from '../scalarFunctions/regexes.ts';
import { scalarCall, scalarRow } from '../scalarFunctions/scalarFunction.ts';
import { structFieldNames } from '../types.ts';
import type { Rows } from './row.ts';
import { template } from './row.ts';

export const maps: Rows = {
  map: (args, call, lowering) => {
    if (args.length === 0) return castTo('MAP {}', call.type);
    return isPlainlyUnique(call)
      ? literalMap(args, call)
      : scalarRow(ours.mapOfPairs)(args, call, lowering);
  },
  map_from_arrays: scalarRow(ours.mapFromArrays),
  map_from_entries: scalarRow(ours.mapFromEntries),
  map_concat: (args, call, lowering) => {
    if (args.length === 0) return castTo('MAP {}', call.type);
    return args.length === 1 ? (args[0] ?? '') : scalarRow(ours.mapConcat)(args, call, lowering);
  },
  map_keys: template('map_keys($1)'),
  map_values: template('map_values($1)'),
  map_entries: ([map = ''], call) => castTo(`map_entries(${map})`, call.type),
  map_contains_key: template('map_contains($1, $2)'),
  str_to_map: mapOfText,
  getmapvalue: template('map_extract_value($1, $2)'),
  named_struct: structOf,
};

/** The value with the pairs of all maps in it by the order of their keys. */
export function orderedMaps(sql: string, value: Expression, lowering: Lowering): string {
  const { type, range } = value;
  const call = { arguments: [value], type, evalMode: 'ansi' as const, range };
  return scalarCall(ours.mapSort, [sql], call, lowering);
}

/** Patterns separate the pairs, and the key of each from its value. */
function mapOfText(args: readonly string[], call: FunctionCall, lowering: Lowering): string {
  const { type, evalMode, range } = call;
  const [text = '', pairs = '', keys = ''] = args;
  const parts = (sql: string, pattern: string, limit: number) => {
    const types = [stringType, stringType, intType].map((each) => ({ type: each }));
    const site = { arguments: types, type: arrayType(stringType, false), evalMode, range };
    const values = [sql, pattern, `CAST(${limit} AS INTEGER)`];
    return scalarCall(splitFunction, values, site, lowering, call.name);
  };
  const [pair, part] = [lowering.freshName(), lowering.freshName()];
  const entry = `list_transform([${parts(pair, keys, 2)}], lambda ${part}: {key: ${part}[1], value: ${part}[2]})[1]`;
  const entries = `list_transform(${parts(text, pairs, -1)}, lambda ${pair}: ${entry})`;
  const fields = ['key', 'value'].map((name) => ({ name, type: stringType, nullable: true }));
  const entryType = arrayType({ kind: 'struct', fields }, false);
  const site = { arguments: [{ type: entryType }], type, evalMode, range };
  const made = scalarCall(ours.mapFromEntries, [entries], site, lowering);
  return `CASE WHEN ${text} IS NOT NULL AND ${pairs} IS NOT NULL AND ${keys} IS NOT NULL THEN ${made} END`;
}

/** The keys are constants and no two alike. */
function isPlainlyUnique(call: FunctionCall): boolean {
  const keys = call.arguments.filter((_, index) => index % 2 === 0);
  const texts = keys.map((key) =>
    key.kind === 'literal' && (typeof key.value === 'string' || typeof key.value === 'bigint')
      ? String(key.value)
      : undefined,
  );
  return !texts.includes(undefined) && new Set(texts).size === texts.length;
}

function literalMap(args: readonly string[], call: FunctionCall): string {
  const pairs = args.flatMap((key, index) =>
    index % 2 === 0 ? [`${key}: ${args[index + 1] ?? 'NULL'}`] : [],
  );
  return castTo(`MAP {${pairs.join(', ')}}`, call.type);
}

function structOf(args: readonly string[], call: FunctionCall): string {
  const { type } = call;
  if (type.kind !== 'struct') throw new Error('a struct is made');
  if (type.fields.length === 0) {
    throw refuse('UNSUPPORTED_EXPRESSION', 'A struct without fields', call.range);
  }
  const fields = structFieldNames(type.fields).map(
    (name, index) => `${quoteIdentifier(name)}: ${args[2 * index + 1] ?? 'NULL'}`,
  );
  return `{${fields.join(', ')}}`;
}
