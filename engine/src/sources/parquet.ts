/** Parquet files bring their types. */
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { quoteIdentifier, quotePath } from '../duckdb/quote.ts';
import type { DataType } from '#sql/plan/types.ts';
import { timestampType, timeType } from '#sql/plan/types.ts';
import { readParquet, selectColumns } from '../duckdb/readers.ts';
import { contains, containsTime, timesFromFile } from '../duckdb/storedTimes.ts';
import { duckType } from '../duckdb/types.ts';
import { unreadable, unsupportedColumn, unsupportedOption } from './failures.ts';
import { parquetFooters } from './parquetFooters.ts';
import type { FileSet, Source, SourceColumn, SourceFailure, SourceReader } from './source.ts';

export async function parquetSource(
  files: FileSet,
  options: Readonly<Record<string, string>>,
  reader: SourceReader,
  withFooters: boolean,
): Promise<Result<Source, SourceFailure>> {
  for (const [key, value] of Object.entries(options)) {
    const isKnown = key === 'mergeschema' && /^(true|false)$/i.test(value);
    if (!isKnown) return fail(unsupportedOption('parquet', key, value));
  }
  // The first file's schema is that of all, unless they are to be merged; what one lacks is null.
  const merges = options.mergeschema?.toLowerCase() === 'true';
  const table = readParquet(merges ? files.files : files.files.slice(0, 1));
  try {
    const columns: SourceColumn[] = [];
    const found = await reader.columnsOf(`SELECT * FROM ${table}`);
    const mayBeOld = found.some(({ type }) => typeof type === 'string' || holdsTimestamps(type));
    const instants = mayBeOld ? await oldInstants(files.files, reader) : new Set<string>();
    for (const { name, type } of found) {
      if (typeof type === 'string') return fail(unsupportedColumn(files.path, name, type));
      const isInstant = instants.has(name) && type.kind === 'timestamp_ntz';
      columns.push({ name, type: isInstant ? timestampType : type });
    }
    const timed = columns.filter(({ type }) => containsTime(type));
    if (timed.length > 0) {
      const odd = await unreadTime(files.files, reader);
      if (odd !== undefined) return fail(unsupportedColumn(files.path, odd.name, odd.type));
      const written = await writtenTypes(files.files.slice(0, 1), reader);
      columns.splice(
        0,
        columns.length,
        ...columns.map(({ name, type }) => ({ name, type: asWritten(type, written.get(name)) })),
      );
    }
    const nested = [...instants].find((name) => !columns.some((column) => column.name === name));
    if (nested !== undefined) return fail(unsupportedColumn(files.path, nested, 'nested INT96'));
    const told = withFooters ? await parquetFooters(files.files, columns, reader) : {};
    const lacking = await lackingColumns(files.files, columns, reader);
    const selected = (names: readonly string[], paths: readonly string[] = []) => {
      const list = names.map((name) => {
        const type = columns.find((column) => column.name === name)?.type;
        if (!type) throw new Error('a column that the file does not have');
        // A part of the files may have nothing of a column that others have.
        if (paths.length > 0 && paths.every((path) => lacking.get(path)?.has(name)))
          return [`CAST(NULL AS ${duckType(type)})`, name] as const;
        const column = timesFromFile(quoteIdentifier(name), type);
        return [`CAST(${column} AS ${duckType(type)})`, name] as const;
      });
      return list.length === 0 ? '1 AS one' : selectColumns(list);
    };
    // DuckDB's own column of row numbers; one of the file's of that name hides it.
    const isNumbered = !columns.some(({ name }) => name.toLowerCase() === rowNumber);
    return ok({
      columns,
      byteLength: files.byteLength,
      tellsRowCount: true,
      files: files.files,
      isSampled: false,
      ...told,
      scanSql(names, _timeZone, paths = files.files) {
        return `SELECT ${selected(names, paths)} FROM ${readParquet(paths)}`;
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

/** Which of the columns each file is without; those that have all of them are left out. */
async function lackingColumns(
  paths: readonly string[],
  columns: readonly SourceColumn[],
  reader: SourceReader,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const lacking = new Map<string, ReadonlySet<string>>();
  if (paths.length < 2) return lacking;
  const rows = await reader.rows(
    `SELECT file_name, name, COALESCE(num_children, 0) FROM parquet_schema([${paths.map(quotePath).join(', ')}])`,
  );
  const owned = new Map<string, Set<string>>();
  // An element's own come behind it; a file's first one holds its columns.
  let file: Set<string> | undefined;
  let open: number[] = [];
  for (const [path, name, count] of rows) {
    const depth = open.length;
    if (depth === 0) {
      file = new Set();
      owned.set(String(path), file);
    } else {
      if (depth === 1) file?.add(String(name).toLowerCase());
      open[depth - 1] = (open[depth - 1] ?? 1) - 1;
    }
    if (Number(count) > 0) open.push(Number(count));
    while (open.at(-1) === 0) open = open.slice(0, -1);
  }
  for (const [path, names] of owned) {
    const missing = columns.filter((column) => !names.has(column.name.toLowerCase()));
    if (missing.length > 0) lacking.set(path, new Set(missing.map(({ name }) => name)));
  }
  return lacking;
}

const holdsTimestamps = (type: DataType) =>
  contains(type, ({ kind }) => kind === 'timestamp' || kind === 'timestamp_ntz');

const rowNumber = 'file_row_number';

/** Spark writes timestamps as INT96, instants all of them, which DuckDB reads as local times. */
async function oldInstants(paths: readonly string[], reader: SourceReader): Promise<Set<string>> {
  const rows = await reader.rows(
    `SELECT DISTINCT name FROM parquet_schema([${paths.map(quotePath).join(', ')}]) WHERE type = 'INT96'`,
  );
  return new Set(rows.map(([name]) => String(name)));
}

/** Spark reads times of microseconds on a clock of no zone, and no others. */
async function unreadTime(
  paths: readonly string[],
  reader: SourceReader,
): Promise<{ readonly name: string; readonly type: string } | undefined> {
  const [row] = await reader.rows(
    `SELECT name, logical_type FROM parquet_schema([${paths.map(quotePath).join(', ')}])
      WHERE contains(logical_type, 'TimeType') AND NOT (type = 'INT64' AND contains(logical_type, 'isAdjustedToUTC=0') AND contains(logical_type, 'MICROS=MicroSeconds')) LIMIT 1`,
  );
  return row && { name: String(row[0]), type: String(row[1]) };
}

/** The types that Spark wrote beside its columns, in its JSON. */
async function writtenTypes(
  paths: readonly string[],
  reader: SourceReader,
): Promise<ReadonlyMap<string, unknown>> {
  const rows = await reader.rows(
    `SELECT decode(value) FROM parquet_kv_metadata([${paths.map(quotePath).join(', ')}]) WHERE decode(key) = 'org.apache.spark.sql.parquet.row.metadata'`,
  );
  return fieldsOf(jsonOf(rows[0]?.[0]));
}

function jsonOf(text: unknown): unknown {
  try {
    return JSON.parse(String(text)) as unknown;
  } catch {
    return undefined;
  }
}

function fieldsOf(written: unknown): ReadonlyMap<string, unknown> {
  const { fields } = (written ?? {}) as { readonly fields?: unknown };
  if (!Array.isArray(fields)) return new Map();
  return new Map(
    fields.map((field: { readonly name?: unknown; readonly type?: unknown }) => [
      String(field.name),
      field.type,
    ]),
  );
}

/** A file of Parquet has no precision of times, but Spark says it in its metadata. */
function asWritten(type: DataType, written: unknown): DataType {
  const of = (typeof written === 'object' && written !== null ? written : {}) as {
    readonly elementType?: unknown;
    readonly keyType?: unknown;
    readonly valueType?: unknown;
  };
  switch (type.kind) {
    case 'time': {
      const precision =
        typeof written === 'string' ? /^time\((\d)\)$/.exec(written)?.[1] : undefined;
      return precision === undefined ? type : timeType(Number(precision));
    }
    case 'array':
      return { ...type, element: asWritten(type.element, of.elementType) };
    case 'map':
      return {
        ...type,
        key: asWritten(type.key, of.keyType),
        value: asWritten(type.value, of.valueType),
      };
    case 'struct': {
      const inner = fieldsOf(written);
      const fields = type.fields.map((field) => ({
        ...field,
        type: asWritten(field.type, inner.get(field.name)),
      }));
      return { kind: 'struct', fields };
    }
    default:
      return type;
  }
}
