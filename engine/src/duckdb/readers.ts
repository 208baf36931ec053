/** DuckDB's readers of files, with every option said. Where they read other than Spark, the caller casts. */
import { longestPreviewLine } from './csvError.ts';
import { quoteIdentifier, quotePath, quoteString } from './quote.ts';

export interface CsvDialect {
  readonly separator: string;
  readonly quote: string;
  readonly escape: string;
  readonly comment: string;
  readonly header: boolean;
  readonly nullValue: string;
  /** Quoted line breaks and rows of fewer cells can't be read by several threads at once. */
  readonly isParallel: boolean;
  /** The file's beginning is wanted soon, and seldom more: small buffers are there at once. */
  readonly isPreview?: boolean;
}

const longestLine = 16 * 1024 * 1024;

/** Reads every cell as the given DuckDB type; rows of fewer or more cells are padded and cut, as PERMISSIVE does. */
export function readCsv(
  paths: readonly string[],
  columns: readonly { readonly name: string; readonly type: string }[],
  dialect: CsvDialect,
): string {
  const longest = dialect.isPreview === true ? longestPreviewLine : longestLine;
  const options = [
    pathList(paths),
    'auto_detect = false',
    `columns = {${columns.map(({ name, type }) => `${quoteString(name)}: ${quoteString(type)}`).join(', ')}}`,
    `header = ${dialect.header}`,
    `delim = ${quoteString(dialect.separator)}`,
    `quote = ${quoteString(dialect.quote)}`,
    `escape = ${quoteString(dialect.escape)}`,
    ...(dialect.comment === '' ? [] : [`comment = ${quoteString(dialect.comment)}`]),
    // An empty cell is null whatever else is.
    `nullstr = [${[...new Set(['', dialect.nullValue])].map(quoteString).join(', ')}]`,
    'null_padding = true',
    'strict_mode = false',
    `parallel = ${dialect.isParallel}`,
    // Spark knows no longest line; DuckDB's default is 2 MB, and its buffers hold several lines.
    `max_line_size = ${longest}`,
    `buffer_size = ${2 * longest}`,
    'hive_partitioning = false',
  ];
  return `read_csv(${options.join(', ')})`;
}

/** Reads lines of JSON; a line that is none raises. */
export function readJson(
  paths: readonly string[],
  columns: readonly { readonly name: string; readonly type: string }[],
): string {
  const types = columns.map(({ name, type }) => `${quoteString(name)}: ${quoteString(type)}`);
  return `read_json(${pathList(paths)}, format = 'newline_delimited', columns = {${types.join(', ')}}, maximum_object_size = 67108864, hive_partitioning = false)`;
}

/** One aggregate row: the structure of all objects, as DuckDB's `json_group_structure` describes it. */
export function jsonStructure(paths: readonly string[]): string {
  return `SELECT json_group_structure(json) FROM read_json_objects(${pathList(paths)}, format = 'newline_delimited', maximum_object_size = 67108864)`;
}

export function readParquet(paths: readonly string[]): string {
  const isSeveral = paths.length > 1;
  return `read_parquet(${pathList(paths)}, hive_partitioning = false${isSeveral ? ', union_by_name = true' : ''})`;
}

export function selectColumns(columns: readonly (readonly [sql: string, name: string])[]): string {
  return columns.map(([sql, name]) => `${sql} AS ${quoteIdentifier(name)}`).join(', ');
}

function pathList(paths: readonly string[]): string {
  return `[${paths.map(quotePath).join(', ')}]`;
}
