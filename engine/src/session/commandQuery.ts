/** What a command answered, as a query of constants, so that it is read like any other result. */
import { parseSimpleString } from '#sql/plan/typeText.ts';
import { stringType } from '#sql/plan/types.ts';
import { quoteString } from '../duckdb/quote.ts';
import { duckType } from '../duckdb/types.ts';
import type { CommandRows, Value } from './commands/command.ts';

export function commandQuery({ fields, rows, shellForm }: CommandRows) {
  const outputFields = fields.map(({ name, type, nullable }) => ({
    name,
    type: parseSimpleString(type) ?? stringType,
    nullable,
  }));
  const names = outputFields.map((_, index) => `c${index}`);
  const list = (values: readonly Value[]) =>
    outputFields.map(
      ({ type }, index) => `CAST(${sqlOf(values[index] ?? null)} AS ${duckType(type)})`,
    );
  const sql =
    rows.length === 0 || names.length === 0
      ? `SELECT ${
          names.length === 0
            ? '1 AS c'
            : list([])
                .map((cell, index) => `${cell} AS c${index}`)
                .join(', ')
        } WHERE FALSE`
      : `SELECT * FROM (VALUES ${rows.map((row) => `(${list(row).join(', ')})`).join(', ')}) AS t(${names.join(', ')})`;
  return { sql, fields, outputFields, ...(shellForm === undefined ? {} : { shellForm }) };
}

function sqlOf(value: Value): string {
  if (value === null) return 'NULL';
  return typeof value === 'string' ? quoteString(value) : String(value);
}
