/** Rows of a table by their numbers, wherever they are: each block is read by itself, and none before it. */
import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordBatch, Schema } from 'apache-arrow';
import type { OutputField } from '../../duckdb/arrowPage.ts';
import { arrowSchema } from '../../duckdb/arrowPage.ts';
import type { Database } from '../../duckdb/native.ts';
import { startQuery } from '../../duckdb/query.ts';
import { quoteIdentifier, quotePath } from '../../duckdb/quote.ts';
import { duckType } from '../../duckdb/types.ts';
import type { Signature } from '../../duckdb/scalarFunctions/scalarFunction.ts';
import type { ArrowIndex } from '../../sources/arrowIndex.ts';
import { cutColumns } from '../../sources/csvColumns.ts';
import type { CsvIndex } from '../../sources/csvIndex.ts';
import type { ArrowRows, Source, SourceColumn } from '../../sources/source.ts';

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface RowBlock {
  readonly start: number;
  readonly batches: readonly RecordBatch[];
  readonly rowCount: number;
}

export interface TableRows {
  readonly rowCount: number;
  readonly complete: boolean;
  /** Waits until the row is found or is known not to be. */
  untilRow(row: number, signal: AbortSignal): Promise<void>;
  /** The block that holds the row, of some columns; undefined behind the last row. Throws what DuckDB throws. */
  block(row: number, columns: Span, signal: AbortSignal): Promise<RowBlock | undefined>;
}

/** The bytes of a file are not the records that the engine reads of them. */
export class RecordsDisagree extends Error {}

/** Cells of one block: as many as are read in a few milliseconds. */
const blockCellCount = 65_536;
const mostBlockRows = 4096;
const fewestBlockRows = 256;
const mostArrowRows = 1024;
/** DuckDB's reader plans for each column of a file: so many that are not wanted are cut out before. */
const manyOtherColumns = 64;
/** Shown while all of them are copied. */
export const firstRowCount = 1024;

export interface RowContext {
  readonly database: Database;
  readonly timeZone: string;
  readonly columns: readonly SourceColumn[];
}

export function blockRowsOf(columnCount: number): number {
  const rows = 2 ** Math.floor(Math.log2(blockCellCount / Math.max(1, columnCount)));
  return Math.min(mostBlockRows, Math.max(fewestBlockRows, rows));
}

/** Blocks of one size, of whatever can be asked for a range of rows. */
export function numberedRows(
  context: RowContext,
  rowCount: number,
  sqlOf: (columns: readonly SourceColumn[], start: number, end: number) => string,
): TableRows {
  return {
    rowCount,
    complete: true,
    untilRow: () => Promise.resolve(),
    async block(row, columns, signal) {
      if (row >= rowCount) return undefined;
      const size = blockRowsOf(columns.end - columns.start);
      const start = row - (row % size);
      const wanted = context.columns.slice(columns.start, columns.end);
      const sql = sqlOf(wanted, start, Math.min(start + size, rowCount));
      const batches = await batchesOf(context, wanted, sql, [], signal);
      return blockOf(start, batches);
    },
  };
}

/** The rows of a copy that `scratchColumns` made. */
export function scratchRows(context: RowContext, path: string, rowCount: number): TableRows {
  const position = new Map(context.columns.map((column, index) => [column, index]));
  return numberedRows(context, rowCount, (columns, start, end) => {
    const list = columns.map((column) => {
      const cell = `CAST(c${position.get(column) ?? 0} AS ${duckType(column.type)})`;
      return `${cell} AS ${quoteIdentifier(column.name)}`;
    });
    return `SELECT ${list.join(', ')} FROM read_parquet(${quotePath(path)}) WHERE file_row_number >= ${start} AND file_row_number < ${end}`;
  });
}

/** Records that an index finds; each block is cut out of the file and read as a file of its own. */
export function recordRows(context: RowContext, source: Source, index: CsvIndex): TableRows {
  const { database, timeZone } = context;
  return {
    get rowCount() {
      return index.rowCount;
    },
    get complete() {
      return index.complete;
    },
    untilRow: (row, signal) => index.untilRow(row, signal),
    async block(row, columns, signal) {
      const found = index.blockOf(row);
      if (!found) return undefined;
      const path = join(database.scratchFolder, `records-${randomUUID()}.csv`);
      const wanted = context.columns.slice(columns.start, columns.end);
      const names = wanted.map(({ name }) => name);
      const functions = source.functions?.(names, timeZone) ?? [];
      const { records } = source;
      try {
        let sql: string | undefined;
        let bytes = await bytesOf(index.path, found.byteStart, found.byteEnd);
        // A mark stands for what is no character, as where Spark reads it.
        if (!isUtf8(bytes)) bytes = Buffer.from(bytes.toString('utf8'));
        if (records?.cutSql && context.columns.length - wanted.length >= manyOtherColumns) {
          const cells = cutColumns(bytes, records, columns.start, columns.end);
          if (cells) await writeFile(path, cells, { flag: 'wx', mode: 0o600 });
          if (cells) sql = records.cutSql(names, timeZone, path);
        }
        if (sql === undefined) {
          const header = await bytesOf(index.path, 0, index.headerByteLength);
          await writeFile(path, [header, bytes], { flag: 'wx', mode: 0o600 });
          sql = source.scanSql(names, timeZone, [path]);
        }
        const batches = await batchesOf(context, wanted, sql, functions, signal);
        const block = blockOf(found.row, batches);
        if (block.rowCount !== found.rowCount)
          throw new RecordsDisagree(`${found.rowCount} records are ${block.rowCount} rows`);
        return block;
      } finally {
        await rm(path, { force: true });
      }
    },
  };
}

/** Rows of an Arrow file; of each batch only those are written out that are looked at. */
export function arrowBatchRows(
  context: RowContext,
  source: Source,
  rows: ArrowRows,
  index: ArrowIndex,
): TableRows {
  const { database, timeZone } = context;
  return {
    get rowCount() {
      return index.rowCount;
    },
    get complete() {
      return index.complete;
    },
    untilRow: (row, signal) => index.untilRow(row, signal),
    async block(row, columns, signal) {
      const place = index.placeOf(row);
      if (!place) return undefined;
      const wanted = context.columns.slice(columns.start, columns.end);
      const names = wanted.map(({ name }) => name);
      const batch = await index.read(place);
      signal.throwIfAborted();
      const size = Math.min(mostArrowRows, blockRowsOf(wanted.length));
      const start = row - place.row - ((row - place.row) % size);
      const end = Math.min(start + size, place.rowCount);
      const path = join(database.scratchFolder, `records-${randomUUID()}.jsonl`);
      try {
        await writeFile(path, [...rows.lines(batch, names, start, end)].join(''), { mode: 0o600 });
        const sql = source.scanSql(names, timeZone, [path]);
        const block = blockOf(place.row + start, await batchesOf(context, wanted, sql, [], signal));
        if (block.rowCount !== end - start) throw new Error('rows of an Arrow file were lost');
        return block;
      } finally {
        await rm(path, { force: true });
      }
    },
  };
}

/** The first rows of what is still being copied, in the order of the file. */
export function firstRows(context: RowContext, source: Source): TableRows {
  const { timeZone } = context;
  const rows = {
    rowCount: 0,
    complete: false,
    untilRow: () => Promise.resolve(),
    async block(row: number, columns: Span, signal: AbortSignal) {
      if (row >= firstRowCount) return undefined;
      const wanted = context.columns.slice(columns.start, columns.end);
      const names = wanted.map(({ name }) => name);
      const functions = source.functions?.(names, timeZone) ?? [];
      const sql = `SELECT * FROM (${source.scanSql(names, timeZone)}) AS first LIMIT ${firstRowCount}`;
      const block = blockOf(0, await batchesOf(context, wanted, sql, functions, signal));
      rows.rowCount = block.rowCount;
      return row < block.rowCount ? block : undefined;
    },
  };
  return rows;
}

export function fieldsOf(columns: readonly SourceColumn[]): readonly OutputField[] {
  return columns.map(({ name, type }) => ({ name, type, nullable: true }));
}

export function schemaOf(columns: readonly SourceColumn[], timeZone: string): Schema {
  return arrowSchema(fieldsOf(columns), timeZone);
}

async function batchesOf(
  { database, timeZone }: RowContext,
  columns: readonly SourceColumn[],
  sql: string,
  functions: readonly Signature[],
  signal: AbortSignal,
): Promise<readonly RecordBatch[]> {
  const query = await startQuery(
    database,
    {
      sql,
      functions,
      fields: fieldsOf(columns),
      schema: schemaOf(columns, timeZone),
      onProgress: () => undefined,
    },
    signal,
  );
  const stop = () => query.dispose();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const batches: RecordBatch[] = [];
    for (;;) {
      const batch = await query.next();
      signal.throwIfAborted();
      if (!batch) return batches;
      batches.push(batch);
    }
  } finally {
    signal.removeEventListener('abort', stop);
    query.dispose();
  }
}

function blockOf(start: number, batches: readonly RecordBatch[]): RowBlock {
  return { start, batches, rowCount: batches.reduce((sum, batch) => sum + batch.numRows, 0) };
}

async function bytesOf(path: string, start: number, end: number): Promise<Buffer> {
  const source = await open(path, 'r');
  try {
    const bytes = Buffer.allocUnsafe(end - start);
    let length = 0;
    while (length < bytes.length) {
      const { bytesRead } = await source.read(bytes, length, bytes.length - length, start + length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return bytes.subarray(0, length);
  } finally {
    await source.close();
  }
}
