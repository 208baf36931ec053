/** The statement that writes a result to a file. The only COPY there is; Spark SQL has no way to it. */
import type { Field, SparkError } from '#shared/protocol/engine.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { nowhere } from '#sql/plan/range.ts';
import type { DataType } from '#sql/plan/types.ts';
import { isAnsiInterval, isFractional } from '#sql/plan/types.ts';
import { stringOf } from './casts.ts';
import { columnName } from './lowerExpression.ts';
import type { Lowered } from './lowerRelation.ts';
import { quoteIdentifier, quoteString } from './quote.ts';
import { Refusal, refuse } from './refusal.ts';
import type { Signature } from './scalarFunctions/scalarFunction.ts';
import { changed, contains, timesToFile } from './storedTimes.ts';
import { writtenLine } from './writtenLine.ts';

export function copyStatement(
  lowered: Lowered,
  schema: readonly Field[],
  target: {
    readonly path: string;
    readonly format: 'csv' | 'json' | 'parquet';
    readonly timeZone: string;
    readonly mostRows?: number;
  },
): Result<string, SparkError> {
  const query = copyQuery(lowered, schema, {
    ...target,
    partitionBy: [],
    isTable: true,
    writerOptions: {},
  });
  if (!query.ok) return query;
  const format = {
    csv: 'FORMAT csv, HEADER true',
    json: 'FORMAT json',
    parquet: 'FORMAT parquet',
  };
  const { mostRows } = target;
  const limited =
    mostRows === undefined
      ? query.value.sql
      : `SELECT * FROM (${query.value.sql}) LIMIT ${Math.trunc(mostRows)}`;
  return ok(`COPY (${limited}) TO ${quoteString(target.path)} (${format[target.format]})`);
}

export interface CopyQuery {
  readonly sql: string;
  /** That it calls beside those of the query. */
  readonly functions: readonly Signature[];
}

/**
 * What is written: the columns as the format holds them. Lines of JSON, which leave nulls out, and of text are
 * written out here, unless it is the table itself that DuckDB is to write.
 */
export function copyQuery(
  lowered: Lowered,
  schema: readonly Field[],
  target: {
    readonly format: 'csv' | 'json' | 'parquet' | 'text';
    readonly timeZone: string;
    readonly partitionBy: readonly string[];
    /** Of the writer of lines, with lower-case keys. */
    readonly writerOptions: Readonly<Record<string, string>>;
    readonly isTable?: true;
  },
): Result<CopyQuery, SparkError> {
  const options = { mode: 'ansi', timeZone: target.timeZone, range: nowhere } as const;
  try {
    const names = new Set<string>();
    const columns = lowered.output.map((attribute, index) => {
      const column = columnName(attribute.exprId);
      const name = schema[index]?.name ?? attribute.name;
      if (names.has(name.toLowerCase()))
        throw refuse('UNSUPPORTED_EXPORT', `A file with two columns named '${name}'`);
      names.add(name.toLowerCase());
      return {
        name,
        column,
        type: attribute.type,
        value: valueOf(column, attribute.type, target, options),
      };
    });
    const from = `FROM (${lowered.sql}) AS result`;
    const list = (some: typeof columns) =>
      some.map(({ value, name }) => `${value} AS ${quoteIdentifier(name)}`).join(', ');
    const isPlain = target.format === 'parquet';
    if (isPlain || target.isTable)
      return ok({ sql: `SELECT ${list(columns)} ${from}`, functions: [] });
    const isPartition = ({ name }: { readonly name: string }) => target.partitionBy.includes(name);
    const data = columns.filter((column) => !isPartition(column));
    const partitions = columns.filter(isPartition);
    const [only] = data;
    if (target.format === 'text' && (data.length !== 1 || only?.type.kind !== 'string')) {
      throw refuse('UNSUPPORTED_EXPORT', 'Text of anything but one column of strings');
    }
    const rest = partitions.length === 0 ? '' : `, ${list(partitions)}`;
    const { line, header, functions } =
      target.format === 'text'
        ? { line: only?.value ?? '', header: 'line', functions: [] }
        : writtenLine(target.format === 'csv' ? 'csv' : 'json', data, target);
    return ok({ sql: `SELECT ${line} AS ${quoteIdentifier(header)}${rest} ${from}`, functions });
  } catch (error) {
    if (error instanceof Refusal) return fail(error.error);
    throw error;
  }
}

function valueOf(
  column: string,
  type: DataType,
  { format }: { readonly format: string },
  options: Parameters<typeof stringOf>[2],
): string {
  const isInterval = (inner: DataType) =>
    isAnsiInterval(inner) || inner.kind === 'calendarInterval';
  if (format === 'parquet') {
    if (contains(type, isInterval))
      throw refuse('UNSUPPORTED_EXPORT', 'An interval in a Parquet file');
    return timesToFile(column, type);
  }
  // DuckDB's texts of these are its own: Spark's are read back as what they were.
  const kinds = ['date', 'timestamp', 'time'];
  const isText = (inner: DataType) =>
    isInterval(inner) ||
    kinds.includes(inner.kind) ||
    (format === 'csv' && (inner.kind === 'timestamp_ntz' || isFractional(inner)));
  return changed(column, type, (sql, inner) =>
    isText(inner) ? stringOf(sql, inner, options) : undefined,
  );
}
