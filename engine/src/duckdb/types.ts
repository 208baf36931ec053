/** Spark's types as DuckDB stores them between operators. */
import type { DataType } from '#sql/plan/types.ts';
import { quoteIdentifier } from './quote.ts';

/**
 * The DuckDB type that carries a Spark type. A timestamp is its UTC instant in a TIMESTAMP, so that nothing
 * depends on a time zone that the SQL does not name; intervals are their months and microseconds, and times of
 * day their nanoseconds: a DuckDB TIME has none, and goes around at midnight.
 */
export function duckType(type: DataType): string {
  switch (type.kind) {
    case 'void':
      return 'INTEGER';
    case 'boolean':
      return 'BOOLEAN';
    case 'byte':
      return 'TINYINT';
    case 'short':
      return 'SMALLINT';
    case 'int':
    case 'yearMonthInterval':
      return 'INTEGER';
    case 'long':
    case 'dayTimeInterval':
    case 'time':
      return 'BIGINT';
    case 'float':
      return 'FLOAT';
    case 'double':
      return 'DOUBLE';
    case 'decimal':
      return `DECIMAL(${type.precision}, ${type.scale})`;
    case 'string':
    case 'variant':
      return 'VARCHAR';
    case 'binary':
      return 'BLOB';
    case 'date':
      return 'DATE';
    case 'timestamp':
    case 'timestamp_ntz':
      return 'TIMESTAMP';
    case 'calendarInterval':
      return 'INTERVAL';
    case 'array':
      return `${duckType(type.element)}[]`;
    case 'map':
      return `MAP(${duckType(type.key)}, ${duckType(type.value)})`;
    case 'struct':
      return `STRUCT(${structFieldNames(type.fields)
        .map((name, index) => `${quoteIdentifier(name)} ${duckType(fieldType(type.fields, index))}`)
        .join(', ')})`;
  }
}

/**
 * Names for the fields of a DuckDB struct. DuckDB compares them without case, so where Spark allows two
 * alike the later ones are numbered; fields are always reached by position.
 */
export function structFieldNames(fields: readonly { readonly name: string }[]): string[] {
  const seen = new Set<string>();
  return fields.map((field, index) => {
    let name = field.name === '' ? `_${index}` : field.name;
    while (seen.has(name.toLowerCase())) name = `${name}_${index}`;
    seen.add(name.toLowerCase());
    return name;
  });
}

function fieldType(fields: readonly { readonly type: DataType }[], index: number): DataType {
  const field = fields[index];
  if (!field) throw new Error(`struct has no field ${index}`);
  return field.type;
}
