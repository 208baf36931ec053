/** Times of day in files: DuckDB's TIME there, nanoseconds since midnight everywhere else. */
import type { DataType } from '#sql/plan/types.ts';
import { quoteIdentifier, quoteString } from './quote.ts';
import { structFieldNames } from './types.ts';

export function containsTime(type: DataType): boolean {
  switch (type.kind) {
    case 'time':
      return true;
    case 'array':
      return containsTime(type.element);
    case 'map':
      return containsTime(type.key) || containsTime(type.value);
    case 'struct':
      return type.fields.some((field) => containsTime(field.type));
    default:
      return false;
  }
}

/** As a file holds it: without what is less than a microsecond. */
export function timesToFile(sql: string, type: DataType): string {
  return mapped(sql, type, (time) => `(TIME '00:00:00' + to_microseconds(${time} // 1000))`);
}

/** What a file holds, as a value of the type. */
export function timesFromFile(sql: string, type: DataType): string {
  return mapped(sql, type, (time) => `epoch_ns(${time})`);
}

// Each lambda's body names nothing but its own variable, so that one name does for all depths.
function mapped(sql: string, type: DataType, each: (sql: string) => string): string {
  if (!containsTime(type)) return sql;
  switch (type.kind) {
    case 'time':
      return each(sql);
    case 'array':
      return `list_transform(${sql}, lambda x: ${mapped('x', type.element, each)})`;
    case 'map': {
      const [key, value] = [mapped('x.key', type.key, each), mapped('x.value', type.value, each)];
      return `map_from_entries(list_transform(map_entries(${sql}), lambda x: {key: ${key}, value: ${value}}))`;
    }
    case 'struct': {
      const names = structFieldNames(type.fields);
      const fields = type.fields.map((field, index) => {
        const name = names[index] ?? '';
        return `${quoteIdentifier(name)}: ${mapped(`struct_extract(x, ${quoteString(name)})`, field.type, each)}`;
      });
      return `list_transform([${sql}], lambda x: CASE WHEN x IS NOT NULL THEN {${fields.join(', ')}} END)[1]`;
    }
    default:
      return sql;
  }
}
