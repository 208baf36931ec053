/** Values that files hold in another form than the engine: instants, and times of day, also inside of others. */
import type { DataType } from '#sql/plan/types.ts';
import { quoteIdentifier, quoteString } from './quote.ts';
import { structFieldNames } from './types.ts';

/** What becomes of a value that has no others inside; undefined where it stays. */
type Change = (sql: string, type: DataType) => string | undefined;

export function contains(type: DataType, isSuch: (type: DataType) => boolean): boolean {
  switch (type.kind) {
    case 'array':
      return contains(type.element, isSuch);
    case 'map':
      return contains(type.key, isSuch) || contains(type.value, isSuch);
    case 'struct':
      return type.fields.some((field) => contains(field.type, isSuch));
    default:
      return isSuch(type);
  }
}

export function containsTime(type: DataType): boolean {
  return contains(type, ({ kind }) => kind === 'time');
}

/** As a typed file holds it: instants marked as such, and times without what is less than a microsecond. */
export function timesToFile(sql: string, type: DataType): string {
  return changed(sql, type, (value, { kind }) => {
    if (kind === 'timestamp') return `timezone('UTC', ${value})`;
    return kind === 'time' ? `(TIME '00:00:00' + to_microseconds(${value} // 1000))` : undefined;
  });
}

/** What a file holds, as a value of the type: DuckDB's TIME there, nanoseconds since midnight everywhere else. */
export function timesFromFile(sql: string, type: DataType): string {
  return changed(sql, type, (value, { kind }) =>
    kind === 'time' ? `epoch_ns(${value})` : undefined,
  );
}

/** The value with all changes inside. Each lambda's body names nothing but its own variable, so that one name does for all depths. */
export function changed(sql: string, type: DataType, change: Change): string {
  if (!contains(type, (inner) => change('x', inner) !== undefined)) return sql;
  switch (type.kind) {
    case 'array':
      return `list_transform(${sql}, lambda x: ${changed('x', type.element, change)})`;
    case 'map': {
      const key = changed('x.key', type.key, change);
      const value = changed('x.value', type.value, change);
      return `map_from_entries(list_transform(map_entries(${sql}), lambda x: {key: ${key}, value: ${value}}))`;
    }
    case 'struct': {
      const names = structFieldNames(type.fields);
      const fields = type.fields.map((field, index) => {
        const name = names[index] ?? '';
        return `${quoteIdentifier(name)}: ${changed(`struct_extract(x, ${quoteString(name)})`, field.type, change)}`;
      });
      return `list_transform([${sql}], lambda x: CASE WHEN x IS NOT NULL THEN {${fields.join(', ')}} END)[1]`;
    }
    default:
      return change(sql, type) ?? sql;
  }
}
