/** How rows are held in the engine's own Parquet files: each column under its position, in a type that Parquet keeps exactly. */
import type { DataType } from '#sql/plan/types.ts';
import { stringType } from '#sql/plan/types.ts';
import type { OutputField } from '../../duckdb/arrowPage.ts';
import { quoteIdentifier, quotePath } from '../../duckdb/quote.ts';
import { duckType } from '../../duckdb/types.ts';

/** Parquet has no microseconds of an interval: it is kept as its text. */
function held(type: DataType): DataType {
  switch (type.kind) {
    case 'calendarInterval':
      return stringType;
    case 'array':
      return { ...type, element: held(type.element) };
    case 'map':
      return { ...type, key: held(type.key), value: held(type.value) };
    case 'struct':
      return {
        ...type,
        fields: type.fields.map((field) => ({ ...field, type: held(field.type) })),
      };
    default:
      return type;
  }
}

/** The columns of a table that takes chunks of these fields. */
export function chunkColumns(fields: readonly OutputField[]): string {
  return fields.map(({ type }, index) => `c${index} ${duckType(type)}`).join(', ');
}

/** From a table of `c0`, `c1`, … to what is written. */
export function heldCells(fields: readonly Pick<OutputField, 'type'>[]): string {
  return fields
    .map(({ type }, index) =>
      duckType(held(type)) === duckType(type)
        ? `c${index}`
        : `CAST(c${index} AS ${duckType(held(type))}) AS c${index}`,
    )
    .join(', ');
}

/** From what was written to the rows again; `columns` are positions with the names to give them. */
export function heldRows(
  fields: readonly Pick<OutputField, 'type'>[],
  columns: readonly (readonly [position: number, name: string])[],
  paths: readonly string[],
): string {
  const cells = columns.map(([position, name]) => {
    const type = fields[position]?.type;
    if (!type) throw new Error('a column that the rows do not have');
    return `CAST(c${position} AS ${duckType(type)}) AS ${quoteIdentifier(name)}`;
  });
  const list = cells.length === 0 ? '1 AS one' : cells.join(', ');
  if (paths.length === 0) return `SELECT ${list} FROM (${noRows(fields)})`;
  return `SELECT ${list} FROM read_parquet([${paths.map(quotePath).join(', ')}], hive_partitioning = false)`;
}

function noRows(fields: readonly Pick<OutputField, 'type'>[]): string {
  const cells = fields.map(
    ({ type }, index) => `CAST(NULL AS ${duckType(held(type))}) AS c${index}`,
  );
  return `SELECT ${cells.length === 0 ? '1 AS one' : cells.join(', ')} WHERE false`;
}
