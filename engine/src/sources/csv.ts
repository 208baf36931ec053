import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { csvReason, isLongForPreview, isNoText } from '../duckdb/csvError.ts';
import { quoteIdentifier, quoteString } from '../duckdb/quote.ts';
import type { CsvDialect } from '../duckdb/readers.ts';
import { readCsv, selectColumns } from '../duckdb/readers.ts';
import { duckType } from '../duckdb/types.ts';
import { castTo, csvCell, givenCell, isConverted } from './csvCells.ts';
import { columnNames, firstRecord } from './csvHeader.ts';
import type { Found } from './csvInference.ts';
import { confirmationSql, inferredOf, inferredType } from './csvInference.ts';
import { csvOptions } from './csvOptions.ts';
import { carefulSource } from './csvCarefulSource.ts';
import { unreadable, unsupportedOption } from './failures.ts';
import { beginsAsUtf16, packedUnknown } from './textStream.ts';
import { isUtf8File } from './utf8.ts';
import type { DataType } from '#sql/plan/types.ts';
import { simpleString, stringType } from '#sql/plan/types.ts';
import type { FileSet, Source, SourceColumn, SourceFailure, SourceReader } from './source.ts';

/** Rows that a preview's types are read from. */
const sampleRowCount = 20_480;
/** Of which a preview reads its types: one vector of DuckDB's, so that the first rows are there at once. */
const previewRowCount = 2048;
/** Cells that a preview reads at most: of a file of thousands of columns fewer rows are enough. */
const previewCellCount = 512 * 1024;
const fewestPreviewRows = 32;
/** From so many cells on that are converted in a query, those of a type are converted as one list. */
const manyConvertedCount = 64;
/** From so many columns on, to ask each whether it stays what it is takes longer than to read all cells' types. */
const manyColumnCount = 1000;

/** Spark's defaults, as ``csv.`path` `` reads: no header, every column a string. */
export const sparkCsvDefaults: Readonly<Record<string, string>> = {};

/** Files that a person opens: a header, inferred types, and quotes doubled inside quotes as in RFC 4180. */
export const viewCsvDefaults: Readonly<Record<string, string>> = {
  header: 'true',
  inferschema: 'true',
  escape: '"',
  multiline: 'true',
};

/** `options` have lower-case keys. `sample` reads the types from the file's beginning. */
export async function csvSource(
  files: FileSet,
  options: Readonly<Record<string, string>>,
  reader: SourceReader,
  sample: boolean,
  given?: readonly SourceColumn[],
): Promise<Result<Source, SourceFailure>> {
  const [first] = files.files;
  const isUnnamed = options.encoding === undefined && options.charset === undefined;
  const isUtf16 = isUnnamed && first !== undefined && (await beginsAsUtf16(first));
  const read = csvOptions(isUtf16 ? { ...options, encoding: 'UTF-16' } : options);
  if (!read.ok) return read;
  const { dialect, inferSchema, careful, needsCare } = read.value;
  const packed = files.files.map(packedUnknown).find((ending) => ending !== undefined);
  if (packed !== undefined) return fail(unsupportedOption('csv', 'compression', packed));
  const isDeflated = files.files.some((file) => file.endsWith('.deflate'));
  const keepsBad = given?.some(({ name }) => name === careful.corruptName) === true;
  const hasTimes = given?.some(({ type }) => type.kind === 'time') === true;
  if (needsCare || isDeflated || keepsBad || hasTimes)
    return carefulSource(files, careful, inferSchema, reader, given);
  let record: Awaited<ReturnType<typeof firstRecord>>;
  try {
    for (const file of files.files) record ??= await firstRecord(file, dialect);
  } catch (error) {
    return fail(unreadable(first ?? files.path, error instanceof Error ? error.message : ''));
  }
  if (!record) return ok(given ? emptyOf(given) : emptySource);
  const header = record.cells;
  const spans = careful.multiLine && !record.hasCarriageReturns;
  const unlike = await readOtherwise(files, dialect, spans, reader);
  if (typeof unlike !== 'boolean') return fail(unlike);
  if (unlike) return carefulSource(files, careful, inferSchema, reader, given);
  if (given) return ok(givenSource(files, given, dialect));
  const names = dialect.header ? columnNames(header) : header.map((_, index) => `_c${index}`);
  const texts = names.map((name) => ({ name, type: stringType }));
  if (!inferSchema) return ok(sourceOf(files, texts, dialect, false));
  const isText = sample || (await areUtf8(files, reader));
  const inferred = isText
    ? await infer(files, names, { ...dialect, isPreview: sample }, reader, sample)
    : undefined;
  return inferred ?? carefulSource(files, careful, inferSchema, reader);
}

/**
 * Where the escape is a backslash, Spark keeps one that stands before anything but a quote, keeps the quotes
 * of a cell with doubled ones in it, and ends a row at a line break in quotes unless it is told otherwise.
 * DuckDB does none of it.
 */
async function readOtherwise(
  files: FileSet,
  dialect: CsvDialect,
  /** Line breaks within quotes are kept as they are. */
  spans: boolean,
  reader: SourceReader,
): Promise<boolean | SourceFailure> {
  const { quote, escape, separator } = dialect;
  if (quote === '' || (escape === quote && spans)) return false;
  const lines = readCsv(files.files, [{ name: 'line', type: 'VARCHAR' }], {
    ...dialect,
    separator: '\u0001',
    quote: '',
    escape: '',
    comment: '',
    header: false,
  });
  const [mark, doubled, cell] = [quote, quote + quote, separator].map(quoteString);
  // Quotes that are all of a cell are an empty one.
  const bare = `replace(${cell} || line || ${cell}, ${quoteString(separator + quote + quote + separator)}, ${quoteString(separator + separator)})`;
  const isOdd = `(length(line) - length(replace(line, ${mark ?? ''}, ''))) % 2 = 1`;
  const isEscaped =
    escape === quote
      ? ''
      : `contains(line, ${quoteString(escape)}) OR contains(${bare}, ${doubled ?? ''}) OR `;
  try {
    const rows = await reader.rows(`SELECT 1 FROM ${lines} WHERE ${isEscaped}${isOdd} LIMIT 1`);
    return rows.length > 0;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return isNoText(message) || unreadable(files.path, csvReason(message));
  }
}

/** Packed files are left to their reader. */
async function areUtf8(files: FileSet, { signal }: SourceReader): Promise<boolean> {
  try {
    for (const file of files.files)
      if (!isPackedFile(file) && !(await isUtf8File(file, signal))) return false;
  } catch {
    // Who reads the file next says why it can't be read.
  }
  return true;
}

function isPackedFile(file: string): boolean {
  return /\.(gz|deflate|bz2|zst|lz4|snappy)$/i.test(file);
}

/** Undefined where the file is no text to DuckDB. */
async function infer(
  files: FileSet,
  names: readonly string[],
  dialect: CsvDialect,
  reader: SourceReader,
  sample: boolean,
): Promise<Result<Source, SourceFailure> | undefined> {
  const cells = names.map((name) => ({ name, type: 'VARCHAR' }));
  const table = readCsv(files.files, cells, dialect);
  try {
    const rowCount = sample ? previewRows(names.length) : sampleRowCount;
    const readsAll = !sample && names.length >= manyColumnCount;
    const head = readsAll ? table : `(SELECT * FROM ${table} LIMIT ${rowCount})`;
    const { found, rowCount: foundRowCount } = await inferredOf(names, head, reader);
    const isWhole = readsAll || foundRowCount < rowCount;
    if (!isWhole && !sample) await widen(found, names, table, reader);
    const columns = names.map((name, index) => ({
      name,
      type: inferredType(found[index] ?? none),
    }));
    return ok(sourceOf(files, columns, dialect, sample && !isWhole));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (dialect.isParallel && /parallel/i.test(message))
      return infer(files, names, { ...dialect, isParallel: false }, reader, sample);
    if (isLongForPreview(message))
      return infer(files, names, { ...dialect, isPreview: false }, reader, sample);
    return isNoText(message) ? undefined : fail(unreadable(files.path, csvReason(message)));
  }
}

function previewRows(columnCount: number): number {
  const fitting = Math.floor(previewCellCount / Math.max(1, columnCount));
  return Math.min(previewRowCount, Math.max(fewestPreviewRows, fitting));
}

const none = { flags: 0, digitCount: 0 };

/** Takes in the rest of the file: most columns stay what their first cells are, and strings always do. */
async function widen(
  found: Found[],
  names: readonly string[],
  table: string,
  reader: SourceReader,
): Promise<void> {
  const open = names.flatMap((name, index) => {
    const type = inferredType(found[index] ?? none);
    const isSettled = type.kind === 'string' && found[index]?.flags !== 0;
    return isSettled ? [] : [{ name, type, index }];
  });
  if (open.length === 0) return;
  const [confirmed = []] = await reader.rows(confirmationSql(open, table));
  const unsure = open.filter((_, at) => confirmed[at] !== true);
  if (unsure.length === 0) return;
  const unsureNames = unsure.map(({ name }) => name);
  const { found: wholes } = await inferredOf(unsureNames, table, reader);
  wholes.forEach((whole, at) => {
    found[unsure[at]?.index ?? -1] = whole;
  });
}

function sourceOf(
  files: FileSet,
  columns: readonly SourceColumn[],
  dialect: CsvDialect,
  isSampled: boolean,
): Source {
  const columnOf = new Map(columns.map((column) => [column.name, column]));
  const wanted = (names: readonly string[]) =>
    names.map((name) => {
      const column = columnOf.get(name);
      if (!column) throw new Error('a column that the file does not have');
      return column;
    });
  // A whole file's cells have their types' forms, so DuckDB may parse most of them itself.
  const cells = (some: readonly SourceColumn[]) =>
    some.map(({ name, type }) => ({ name, type: castTo(type, isSampled) }));
  const select = (some: readonly SourceColumn[], timeZone: string, table: string) => {
    const converted = some.filter(({ type }) => isConverted(type, isSampled));
    if (converted.length >= manyConvertedCount)
      return listwiseCells(some, table, { isSampled, timeZone });
    const list = some.map(({ name, type }) => {
      const value = csvCell(quoteIdentifier(name), type, { isSampled, timeZone });
      return [value, name] as const;
    });
    return `SELECT ${list.length === 0 ? '1 AS one' : selectColumns(list)} FROM ${table}`;
  };
  const records = recordsOf(files, dialect);
  return {
    columns,
    byteLength: files.byteLength,
    files: files.files,
    isSampled,
    ...(records && {
      records: {
        ...records,
        ...(dialect.comment === '' && {
          cutSql(names, timeZone, path) {
            const some = wanted(names);
            const before = { name: unusedName(names), type: 'VARCHAR' };
            const table = readCsv([path], [before, ...cells(some)], { ...dialect, header: false });
            return select(some, timeZone, table);
          },
        }),
      },
    }),
    scanSql: (names, timeZone, paths = files.files) =>
      select(wanted(names), timeZone, readCsv(paths, cells(columns), dialect)),
  };
}

/**
 * As a query of the cells one by one, of which DuckDB takes a millisecond each to plan: here those of one type are a
 * list, and what becomes of them is said once.
 */
function listwiseCells(
  columns: readonly SourceColumn[],
  table: string,
  options: { readonly isSampled: boolean; readonly timeZone: string },
): string {
  const prefix = unusedName(columns.map(({ name }) => name));
  const lists = new Map<string, { readonly type: DataType; readonly cells: string[] }>();
  const taken: (readonly [sql: string, name: string])[] = [];
  const plain: string[] = [];
  for (const { name, type } of columns) {
    const cell = quoteIdentifier(name);
    if (!isConverted(type, options.isSampled)) {
      taken.push([cell, name]);
      plain.push(cell);
      continue;
    }
    const key = simpleString(type);
    const list = lists.get(key) ?? { type, cells: [] };
    if (!lists.has(key)) lists.set(key, list);
    list.cells.push(cell);
    const place = [...lists.keys()].indexOf(key);
    taken.push([`${prefix}${place}[${list.cells.length}]`, name]);
  }
  const parts = [...lists.values()].map(
    ({ type, cells }, place) =>
      `list_transform([${cells.join(', ')}], lambda cell: ${csvCell('cell', type, options)}) AS ${prefix}${place}`,
  );
  return `SELECT ${selectColumns(taken)} FROM (SELECT ${[...plain, ...parts].join(', ')} FROM ${table})`;
}

function unusedName(names: readonly string[]): string {
  let name = 'mark';
  while (names.some((other) => other.toLowerCase().startsWith(name))) name += '_';
  return name;
}

/** Where one byte separates cells and the file is not packed. */
function recordsOf(files: FileSet, dialect: CsvDialect): Source['records'] {
  const { separator, quote, escape, header } = dialect;
  const isPlain = !files.files.some(isPackedFile);
  const isByte = (mark: string) => mark.length <= 1 && mark.charCodeAt(0) < 128;
  if (files.files.length !== 1 || !isPlain || separator.length !== 1) return undefined;
  if (!isByte(separator) || (quote !== '' && !isByte(quote))) return undefined;
  return {
    separator: separator.charCodeAt(0),
    quote: quote === '' ? -1 : quote.charCodeAt(0),
    escape: escape === '' ? -1 : escape.charCodeAt(0),
    hasHeader: header,
  };
}

/** A schema that was given: columns by their places, and null for a cell that is no value of its type. */
function givenSource(
  files: FileSet,
  columns: readonly SourceColumn[],
  dialect: CsvDialect,
): Source {
  const cells = columns.map(({ name }) => ({ name, type: 'VARCHAR' }));
  return {
    columns,
    byteLength: files.byteLength,
    files: files.files,
    isSampled: false,
    scanSql(names, timeZone, paths = files.files) {
      const table = readCsv(paths, cells, dialect);
      const wanted = names.map((name) => {
        const column = columns.find((candidate) => candidate.name === name);
        if (!column) throw new Error('a column that the schema does not have');
        return [givenCell(quoteIdentifier(name), column.type, timeZone), name] as const;
      });
      return `SELECT ${wanted.length === 0 ? '1 AS one' : selectColumns(wanted)} FROM ${table}`;
    },
  };
}

/** No rows of the given columns. */
export function emptyOf(columns: readonly SourceColumn[]): Source {
  return {
    columns,
    byteLength: 0,
    isSampled: false,
    scanSql(names) {
      const list = names.map((name) => {
        const type = columns.find((column) => column.name === name)?.type ?? stringType;
        return `CAST(NULL AS ${duckType(type)}) AS ${quoteIdentifier(name)}`;
      });
      return `SELECT ${list.length === 0 ? '1 AS one' : list.join(', ')} WHERE FALSE`;
    },
  };
}

const emptySource: Source = {
  columns: [],
  byteLength: 0,
  isSampled: false,
  scanSql: () => 'SELECT 1 AS one WHERE FALSE',
};
