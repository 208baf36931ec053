/** DuckDB's column types as Spark reads such a column, for files that bring their own types. */
import type { DuckDBType } from '@duckdb/node-api';
import type { DataType } from '#sql/plan/types.ts';
import {
  arrayType,
  binaryType,
  booleanType,
  byteType,
  dateType,
  decimalType,
  doubleType,
  floatType,
  intType,
  longType,
  shortType,
  stringType,
  timeType,
  timestampNtzType,
  timestampType,
} from '#sql/plan/types.ts';

/** Undefined where Spark has no such type either (unions, intervals). */
export function fromDuckType(type: DuckDBType): DataType | undefined {
  const name = type.toString();
  const simple = Object.hasOwn(byName, name) ? byName[name] : undefined;
  if (simple) return simple;
  const decimal = /^DECIMAL\((\d+),\s*(\d+)\)$/.exec(name);
  if (decimal) return decimalType(Number(decimal[1]), Number(decimal[2]));
  if (name.startsWith('ENUM(')) return stringType;
  if ('entryNames' in type && 'entryTypes' in type) {
    const names = type.entryNames;
    const types = type.entryTypes.map(fromDuckType);
    if (!name.startsWith('STRUCT(') || types.includes(undefined)) return undefined;
    return {
      kind: 'struct',
      fields: names.map((field, index) => ({
        name: field,
        type: types[index] ?? stringType,
        nullable: true,
      })),
    };
  }
  if ('keyType' in type && 'valueType' in type) {
    const key = fromDuckType(type.keyType);
    const value = fromDuckType(type.valueType);
    return key && value ? { kind: 'map', key, value, valueContainsNull: true } : undefined;
  }
  if ('valueType' in type && name.endsWith('[]')) {
    const element = fromDuckType(type.valueType);
    return element ? arrayType(element) : undefined;
  }
  return undefined;
}

const byName: Readonly<Record<string, DataType>> = {
  BOOLEAN: booleanType,
  TINYINT: byteType,
  SMALLINT: shortType,
  INTEGER: intType,
  BIGINT: longType,
  UTINYINT: shortType,
  USMALLINT: intType,
  UINTEGER: longType,
  UBIGINT: decimalType(20, 0),
  FLOAT: floatType,
  DOUBLE: doubleType,
  VARCHAR: stringType,
  JSON: stringType,
  UUID: stringType,
  BLOB: binaryType,
  DATE: dateType,
  TIME: timeType(),
  TIMESTAMP: timestampNtzType,
  TIMESTAMP_S: timestampNtzType,
  TIMESTAMP_MS: timestampNtzType,
  TIMESTAMP_NS: timestampNtzType,
  'TIMESTAMP WITH TIME ZONE': timestampType,
};
