/** `createDataFrame`: rows of Python values, with the types that PySpark infers or a schema says. */
import type { DataType, StructField } from '#sql/plan/types.ts';
import {
  arrayType,
  binaryType,
  booleanType,
  dateType,
  decimalType,
  doubleType,
  longType,
  sameType,
  stringType,
  timestampType,
  voidType,
} from '#sql/plan/types.ts';
import { parseType } from '#sql/plan/typeText.ts';
import type { Expression } from '#sql/plan/unresolved.ts';
import type { SyntaxNode } from '@lezer/common';
import type { Arguments } from './arguments.ts';
import { argument, required, texts } from './arguments.ts';
import { call, literal, literalOf } from './expressions.ts';
import { createFrameOf } from './rdd/frames.ts';
import { rowsOfPandas } from './pandas.ts';
import type { Script } from './script.ts';
import { fieldsOfText } from './types.ts';
import type { Value } from './values.ts';
import { cannotKnow } from './values.ts';

export function createFrame(script: Script, args: Arguments): Value {
  const { node } = args;
  const range = script.rangeOf(node);
  const data = required(args, 0, 'data');
  if (data.kind === 'rdd') return createFrameOf(script, data, argument(args, 1, 'schema'), args);
  if (data.kind === 'pandas') return pandasRows(script, data, args);
  if (data.kind !== 'list' && data.kind !== 'tuple')
    return cannotKnow(
      'createDataFrame is read from a list that stands in the script; this comes from Python that runs',
      node,
    );
  const schema = argument(args, 1, 'schema');
  const rows = data.items.map((item) => rowOf(item, node));
  const fields = fieldsOf(schema, rows, node);
  const values = rows.map((row) =>
    fields.map(({ name, type }, at) => {
      // Only a dictionary is read by names; a Row by its places.
      const isByName = row.isDictionary === true && row.names !== undefined;
      const value = isByName ? row.items[row.names.indexOf(name)] : row.items[at];
      return typed(value ?? { kind: 'none' }, type, script, node);
    }),
  );
  for (const row of rows)
    if (row.isDictionary !== true && row.items.length !== fields.length)
      return cannotKnow(
        `a row has ${row.items.length} values and the schema ${fields.length} columns; PySpark raises an error`,
        node,
      );
  return script.frame({ kind: 'localData', fields, rows: values, range });
}

/** A pandas DataFrame is its rows, with its own names where no others are given. */
function pandasRows(
  script: Script,
  data: Extract<Value, { kind: 'pandas' }>,
  args: Arguments,
): Value {
  const { rows, names } = rowsOfPandas(data, args.node);
  const schema = argument(args, 1, 'schema') ?? names;
  return createFrame(script, { ...args, positional: [rows, schema], keywords: new Map() });
}

interface Row {
  /** Undefined where the values have places only. */
  readonly names: readonly string[] | undefined;
  readonly items: readonly Value[];
  readonly isDictionary?: boolean;
}

function rowOf(value: Value, node: SyntaxNode): Row {
  switch (value.kind) {
    case 'tuple':
    case 'list':
      return { names: undefined, items: value.items };
    case 'row':
      return { names: value.names.length > 0 ? value.names : undefined, items: value.items };
    case 'dict':
      return {
        isDictionary: true,
        names: value.entries.map(([key]) =>
          key.kind === 'str' ? key.value : cannotKnow('the names of columns are texts', node),
        ),
        items: value.entries.map(([, item]) => item),
      };
    default:
      return { names: undefined, items: [value] };
  }
}

function fieldsOf(
  schema: Value | undefined,
  rows: readonly Row[],
  node: SyntaxNode,
): readonly StructField[] {
  if (schema?.kind === 'schema') return schema.fields;
  if (schema?.kind === 'type') return [{ name: 'value', type: schema.type, nullable: true }];
  if (schema?.kind === 'str') {
    const type = parseType(schema.value);
    if (type && type.kind !== 'struct') return [{ name: 'value', type, nullable: true }];
    const fields = fieldsOfText(schema.value);
    if (fields) return fields;
    return cannotKnow(`'${schema.value}' is no schema that is read here`, node);
  }
  const [first] = rows;
  if (!first) return cannotKnow('of no rows PySpark can infer no types; give a schema', node);
  const given =
    schema?.kind === 'list' || schema?.kind === 'tuple' ? texts(schema.items, node) : undefined;
  const inferred = first.names ?? first.items.map((_, at) => `_${at + 1}`);
  // PySpark sorts the keys of dictionaries.
  const isSorted = first.isDictionary === true;
  const names = given ?? (isSorted ? [...inferred].sort() : inferred);
  return names.map((name, at) => {
    const types = rows.map((row) => {
      const value =
        row.isDictionary === true ? row.items[row.names?.indexOf(name) ?? -1] : row.items[at];
      return inferredType(value ?? { kind: 'none' }, node);
    });
    const type = types.reduce((left, right) => merged(left, right, name, node));
    if (type.kind === 'void')
      return cannotKnow(
        `the type of column '${name}' can't be told, as every value is None; give a schema`,
        node,
      );
    return { name, type, nullable: true };
  });
}

function inferredType(value: Value, node: SyntaxNode): DataType {
  switch (value.kind) {
    case 'none':
      return voidType;
    case 'bool':
      return booleanType;
    case 'int':
      return longType;
    case 'float':
      return doubleType;
    case 'str':
      return stringType;
    case 'bytes':
      return binaryType;
    case 'date':
      return dateType;
    case 'datetime':
      return timestampType;
    case 'decimal':
      return decimalType(38, 18);
    case 'list':
      return arrayType(
        value.items
          .map((item) => inferredType(item, node))
          .reduce<DataType>((left, right) => merged(left, right, '', node), voidType),
      );
    case 'tuple':
      return {
        kind: 'struct',
        fields: value.items.map((item, at) => ({
          name: `_${at + 1}`,
          type: inferredType(item, node),
          nullable: true,
        })),
      };
    case 'row':
      return {
        kind: 'struct',
        fields: value.items.map((item, at) => ({
          name: value.names[at] ?? `_${at + 1}`,
          type: inferredType(item, node),
          nullable: true,
        })),
      };
    case 'dict': {
      const all = (at: 0 | 1) =>
        value.entries
          .map((entry) => inferredType(entry[at], node))
          .reduce<DataType>((left, right) => merged(left, right, '', node), voidType);
      return { kind: 'map', key: all(0), value: all(1), valueContainsNull: true };
    }
    default:
      return cannotKnow('a value of the data is known only when the script runs', node);
  }
}

function merged(left: DataType, right: DataType, name: string, node: SyntaxNode): DataType {
  if (left.kind === 'void') return right;
  if (right.kind === 'void' || sameType(left, right)) return left;
  if (left.kind === 'array' && right.kind === 'array')
    return arrayType(merged(left.element, right.element, name, node));
  if (left.kind === 'map' && right.kind === 'map')
    return {
      kind: 'map',
      key: merged(left.key, right.key, name, node),
      value: merged(left.value, right.value, name, node),
      valueContainsNull: true,
    };
  if (
    left.kind === 'struct' &&
    right.kind === 'struct' &&
    left.fields.length === right.fields.length
  )
    return {
      kind: 'struct',
      fields: left.fields.map((field, at) => ({
        ...field,
        type: merged(field.type, right.fields[at]?.type ?? field.type, name, node),
      })),
    };
  return cannotKnow(
    `column '${name}' has values of different types; PySpark raises CANNOT_MERGE_TYPE`,
    node,
  );
}

type Entries = Extract<Value, { kind: 'dict' }>['entries'];

/** PySpark hands a dictionary to Java as a `HashMap`, and a map column has the order of its buckets. */
function asJavaOrders(entries: Entries): Entries {
  const hashes = entries.map(([key]) => javaHash(key));
  if (!hashes.every((hash) => hash !== undefined)) return entries;
  let size = 16;
  while (entries.length > size * 0.75) size *= 2;
  const bucketed = entries.map((entry, at) => {
    const hash = hashes[at] ?? 0;
    return { entry, bucket: (hash ^ (hash >>> 16)) & (size - 1) };
  });
  return bucketed.sort((left, right) => left.bucket - right.bucket).map(({ entry }) => entry);
}

function javaHash(key: Value): number | undefined {
  if (key.kind === 'str') {
    let hash = 0;
    for (let at = 0; at < key.value.length; at++)
      hash = (Math.imul(31, hash) + key.value.charCodeAt(at)) | 0;
    return hash;
  }
  if (key.kind !== 'int') return undefined;
  const isInt = BigInt.asIntN(32, key.value) === key.value;
  return Number(BigInt.asIntN(32, isInt ? key.value : key.value ^ (key.value >> 32n)));
}

/** The value in the type of its column; what PySpark's verification refuses is refused too. */
function typed(value: Value, type: DataType, script: Script, node: SyntaxNode): Expression {
  const range = script.rangeOf(node);
  if (value.kind === 'none') return literal(null, type, range);
  if (type.kind === 'array' && (value.kind === 'list' || value.kind === 'tuple'))
    return cast(
      call(
        'array',
        value.items.map((item) => typed(item, type.element, script, node)),
        range,
      ),
      type,
    );
  if (type.kind === 'map' && value.kind === 'dict')
    return cast(
      call(
        'map',
        asJavaOrders(value.entries).flatMap(([key, item]) => [
          typed(key, type.key, script, node),
          typed(item, type.value, script, node),
        ]),
        range,
      ),
      type,
    );
  if (
    type.kind === 'struct' &&
    (value.kind === 'tuple' || value.kind === 'row' || value.kind === 'list')
  )
    return cast(
      call(
        'named_struct',
        type.fields.flatMap((field, at) => [
          literal(field.name, stringType, range),
          typed(value.items[at] ?? { kind: 'none' }, field.type, script, node),
        ]),
        range,
      ),
      type,
    );
  if (!accepts(value, type))
    return cannotKnow(
      `a value does not have the type of its column; PySpark raises FIELD_DATA_TYPE_UNACCEPTABLE`,
      node,
    );
  return cast(literalOf(value, range), type);

  function cast(expression: Expression, toType: DataType): Expression {
    return { kind: 'cast', expression, toType, evalMode: 'default', range };
  }
}

function accepts(value: Value, type: DataType): boolean {
  switch (type.kind) {
    case 'boolean':
      return value.kind === 'bool';
    case 'byte':
    case 'short':
    case 'int':
    case 'long':
      return value.kind === 'int';
    case 'float':
    case 'double':
      return value.kind === 'float';
    case 'decimal':
      return value.kind === 'decimal';
    case 'string':
      return value.kind === 'str';
    case 'binary':
      return value.kind === 'bytes';
    case 'date':
      return value.kind === 'date' || value.kind === 'datetime';
    case 'timestamp':
    case 'timestamp_ntz':
      return value.kind === 'datetime';
    default:
      return false;
  }
}
