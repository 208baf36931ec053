/** A CSV source over files that were read record by record and written anew for DuckDB. */
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { nowhere } from '#sql/plan/range.ts';
import type { DataType } from '#sql/plan/types.ts';
import { stringType } from '#sql/plan/types.ts';
import { quoteIdentifier, quoteString } from '../duckdb/quote.ts';
import { selectColumns } from '../duckdb/readers.ts';
import { raise, sparkErrorOf } from '../duckdb/runtimeError.ts';
import { duckType } from '../duckdb/types.ts';
import type { CarefulCsv } from './csvCareful.ts';
import {
  badColumn,
  carefulNames,
  carefulTypes,
  cellColumn,
  rawColumn,
  rewritten,
} from './csvCareful.ts';
import { instantCell } from './csvCells.ts';
import { unreadable, unsupportedColumn } from './failures.ts';
import { readScratch } from './scratchFile.ts';
import type { FileSet, Source, SourceColumn, SourceFailure, SourceReader } from './source.ts';

export async function carefulSource(
  files: FileSet,
  csv: CarefulCsv,
  inferSchema: boolean,
  reader: SourceReader,
  given?: readonly SourceColumn[],
): Promise<Result<Source, SourceFailure>> {
  try {
    const columns = given ?? (await columnsOf(files, csv, inferSchema));
    const cells = columns.filter(({ name }) => !isCorrupt(csv, name, given));
    const other = cells.find(({ type }) => !isScalar(type));
    if (other) return fail(unsupportedColumn(files.path, other.name, other.type.kind));
    const places = new Map<string, string>();
    for (const file of files.files)
      places.set(file, await rewritten(file, cells, csv, reader.scratchFolder));
    return ok({
      columns,
      byteLength: files.byteLength,
      files: files.files,
      isSampled: false,
      scanSql(names, timeZone, paths = files.files) {
        const table = tableOf(
          paths.map((path) => places.get(path) ?? path),
          cells.length,
        );
        const asksForBad = names.some((name) => isCorrupt(csv, name, given));
        const bad = badTest(names, cells, asksForBad || csv.multiLine);
        const list = names.map((name) => {
          const index = cells.findIndex((column) => column.name === name);
          const cell = cells[index];
          if (cell) return [valueOf(cellColumn(index), cell.type, timeZone), name] as const;
          return [`CASE WHEN ${bad} THEN ${rawColumn} END`, name] as const;
        });
        const selected = list.length === 0 ? '1 AS one' : selectColumns(list);
        if (csv.mode === 'permissive') return `SELECT ${selected} FROM ${table}`;
        const error = raise(
          'FAILED_READ_FILE.NO_HINT',
          nowhere,
          quoteString(files.path),
          `'A record does not fit, and the mode is FAILFAST: ' || ${rawColumn}`,
        );
        const isKept =
          csv.mode === 'dropMalformed'
            ? `NOT (${bad})`
            : `CASE WHEN ${bad} THEN CAST(${error} AS BOOLEAN) ELSE true END`;
        return `SELECT ${selected} FROM ${table} WHERE ${isKept}`;
      },
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return fail(sparkErrorOf(message, new Map()) ?? unreadable(files.path, message));
  }
}

async function columnsOf(
  files: FileSet,
  csv: CarefulCsv,
  inferSchema: boolean,
): Promise<readonly SourceColumn[]> {
  const names = (await carefulNames(files.files, csv)) ?? [];
  const types = inferSchema
    ? await carefulTypes(files.files, names, csv)
    : names.map((): DataType => stringType);
  return names.map((name, index) => ({ name, type: types[index] ?? stringType }));
}

/** Only a schema of the user's own has the column of bad records. */
function isCorrupt(
  csv: CarefulCsv,
  name: string,
  given: readonly SourceColumn[] | undefined,
): boolean {
  return given !== undefined && name === csv.corruptName;
}

function isScalar({ kind }: DataType): boolean {
  return !['array', 'map', 'struct', 'variant', 'calendarInterval', 'void', 'binary'].includes(
    kind,
  );
}

/**
 * Spark looks only at the cells that are asked for, and at their number where all of them are; where records may
 * span lines, at everything.
 */
function badTest(
  names: readonly string[],
  cells: readonly SourceColumn[],
  looksAtAll: boolean,
): string {
  const read = cells.flatMap(({ name }, index) => (names.includes(name) ? [index] : []));
  if (looksAtAll || (read.length === cells.length && read.length > 0)) return `${badColumn} <> ''`;
  const marks = read.map((index) => `contains(${badColumn}, ',${index},')`);
  return marks.length === 0 ? 'false' : marks.join(' OR ');
}

function tableOf(paths: readonly string[], cellCount: number): string {
  const names = Array.from({ length: cellCount }, (_, index) => cellColumn(index));
  const table = readScratch(paths, [...names, badColumn, rawColumn]);
  return `(SELECT * REPLACE (COALESCE(${badColumn}, '') AS ${badColumn}) FROM ${table})`;
}

function valueOf(cell: string, type: DataType, timeZone: string): string {
  const name = quoteIdentifier(cell);
  if (type.kind === 'string') return name;
  if (type.kind === 'timestamp') return instantCell(name, timeZone);
  return `CAST(${name} AS ${duckType(type)})`;
}
