/** What to order by, where DuckDB orders values otherwise than Spark. */
import type { DataType } from '#sql/plan/types.ts';
import type { Lowering } from './context.ts';
import { quoteString } from './quote.ts';
import { structFieldNames } from './types.ts';

/** Nulls within arrays and structs are the least in Spark, and the greatest in DuckDB. */
export function orderingKey(sql: string, type: DataType, lowering: Lowering): string {
  if (!holdsNulls(type)) return sql;
  if (/^\w+$/.test(sql)) return keyOf(sql, type, lowering);
  // What is computed is computed once.
  const name = lowering.freshName();
  return `list_transform([${sql}], lambda ${name}: ${keyOf(name, type, lowering)})[1]`;
}

/** Whether a value of the type may have a null somewhere within. */
export function holdsNulls(type: DataType): boolean {
  switch (type.kind) {
    case 'array':
      return type.containsNull || holdsNulls(type.element);
    case 'struct':
      return type.fields.some((field) => field.nullable || holdsNulls(field.type));
    default:
      return false;
  }
}

function keyOf(sql: string, type: DataType, lowering: Lowering): string {
  if (!holdsNulls(type)) return sql;
  if (type.kind === 'array') {
    const item = lowering.freshName();
    return `list_transform(${sql}, lambda ${item}: ${nullsFirst(item, type.element, lowering)})`;
  }
  if (type.kind !== 'struct') return sql;
  const names = structFieldNames(type.fields);
  const fields = type.fields.map(({ type: of }, index) =>
    nullsFirst(`struct_extract(${sql}, ${quoteString(names[index] ?? '')})`, of, lowering),
  );
  return `CASE WHEN ${sql} IS NOT NULL THEN row(${fields.join(', ')}) END`;
}

function nullsFirst(sql: string, type: DataType, lowering: Lowering): string {
  return `row(${sql} IS NOT NULL, ${keyOf(sql, type, lowering)})`;
}
