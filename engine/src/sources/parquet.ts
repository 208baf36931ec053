/** Parquet files bring their types. */
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { quoteIdentifier, quotePath } from '../duckdb/quote.ts';
import { timestampType } from '#sql/plan/types.ts';
import { readParquet, selectColumns } from '../duckdb/readers.ts';
import { duckType } from '../duckdb/types.ts';
import { unreadable, unsupportedColumn, unsupportedOption } from './failures.ts';
import type { FileSet, Source, SourceColumn, SourceFailure, SourceReader } from './source.ts';

export async function parquetSource(
  files: FileSet,
  options: Readonly<Record<string, string>>,
  reader: SourceReader,
): Promise<Result<Source, SourceFailure>> {
  for (const [key, value] of Object.entries(options)) {
    const isKnown = key === 'mergeschema' && /^(true|false)$/i.test(value);
    if (!isKnown) return fail(unsupportedOption('parquet', key, value));
  }
  // The first file's schema is that of all, unless they are to be merged; what one lacks is null.
  const merges = options.mergeschema?.toLowerCase() === 'true';
  const table = readParquet(merges ? files.files : files.files.slice(0, 1));
  try {
    const instants = await oldInstants(files.files, reader);
    const columns: SourceColumn[] = [];
    for (const { name, type } of await reader.columnsOf(`SELECT * FROM ${table}`)) {
      if (typeof type === 'string') return fail(unsupportedColumn(files.path, name, type));
      const isInstant = instants.has(name) && type.kind === 'timestamp_ntz';
      columns.push({ name, type: isInstant ? timestampType : type });
    }
    const nested = [...instants].find((name) => !columns.some((column) => column.name === name));
    if (nested !== undefined) return fail(unsupportedColumn(files.path, nested, 'nested INT96'));
    const selected = (names: readonly string[]) => {
      const list = names.map((name) => {
        const type = columns.find((column) => column.name === name)?.type;
        if (!type) throw new Error('a column that the file does not have');
        return [`CAST(${quoteIdentifier(name)} AS ${duckType(type)})`, name] as const;
      });
      return list.length === 0 ? '1 AS one' : selectColumns(list);
    };
    // DuckDB's own column of row numbers; one of the file's of that name hides it.
    const isNumbered = !columns.some(({ name }) => name.toLowerCase() === rowNumber);
    return ok({
      columns,
      byteLength: files.byteLength,
      files: files.files,
      isSampled: false,
      scanSql(names, _timeZone, paths = files.files) {
        return `SELECT ${selected(names)} FROM ${readParquet(paths)}`;
      },
      ...(files.files.length === 1 && isNumbered
        ? {
            rangeSql: (names: readonly string[], start: number, end: number) =>
              `SELECT ${selected(names)} FROM ${readParquet(files.files)} WHERE ${rowNumber} >= ${start} AND ${rowNumber} < ${end}`,
          }
        : {}),
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return fail(unreadable(files.path, message.split('\n', 1)[0] ?? ''));
  }
}

const rowNumber = 'file_row_number';

/** Spark writes timestamps as INT96, instants all of them, which DuckDB reads as local times. */
async function oldInstants(paths: readonly string[], reader: SourceReader): Promise<Set<string>> {
  const rows = await reader.rows(
    `SELECT DISTINCT name FROM parquet_schema([${paths.map(quotePath).join(', ')}]) WHERE type = 'INT96'`,
  );
  return new Set(rows.map(([name]) => String(name)));
}
