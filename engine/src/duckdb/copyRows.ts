/** Rows into a Parquet file of the engine's own, watched and stopped where it grows too large. */
import { readdirSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { interruptible, keepInterrupting } from './interruptible.ts';
import type { Database } from './native.ts';
import { quoteString } from './quote.ts';
import type { Signature } from './scalarFunctions/scalarFunction.ts';

export interface CopyProgress {
  readonly percent: number;
  readonly rowCount: number;
  readonly totalRowCount: number;
  readonly diskByteLength: number;
}

export class CopyTooLarge extends Error {}

const watchMs = 100;
/** Small enough that a page of rows reads little besides itself. */
const rowGroupRowCount = 61_440;

/** Throws what DuckDB throws, and {@link CopyTooLarge}; then nothing is left of the file. */
export async function copyRows(
  database: Database,
  query: {
    readonly sql: string;
    readonly functions: readonly Signature[];
    readonly path: string;
    readonly limitByteLength: number;
    readonly onProgress: (progress: CopyProgress) => void;
  },
  signal: AbortSignal,
): Promise<{ readonly rowCount: number; readonly byteLength: number }> {
  const { sql, path, limitByteLength, onProgress } = query;
  const connection = await database.connect(sql, query.functions);
  let tooLarge = false;
  let stop: (() => void) | undefined;
  const timer = setInterval(() => {
    const { percentage, rows_processed, total_rows_to_process } = connection.progress;
    const written = sizeOf(path);
    onProgress({
      percent: percentage < 0 ? -1 : Math.min(Math.floor(percentage), 100),
      rowCount: Number(rows_processed),
      totalRowCount: Number(total_rows_to_process),
      diskByteLength: written + spilledByteLength(database.scratchFolder),
    });
    if (written <= limitByteLength || tooLarge) return;
    tooLarge = true;
    stop = keepInterrupting(connection);
  }, watchMs);
  try {
    const options = `FORMAT parquet, COMPRESSION lz4_raw, ROW_GROUP_SIZE ${rowGroupRowCount}`;
    const statement = `COPY (${sql}) TO ${quoteString(path)} (${options})`;
    const [row = []] = await interruptible(connection, signal, async () =>
      (await connection.runAndReadAll(statement)).getRowsJson(),
    );
    signal.throwIfAborted();
    const byteLength = sizeOf(path);
    tooLarge = byteLength > limitByteLength;
    if (tooLarge) throw new CopyTooLarge();
    return { rowCount: Number(row[0]), byteLength };
  } catch (error) {
    await rm(path, { force: true });
    throw tooLarge ? new CopyTooLarge() : error;
  } finally {
    clearInterval(timer);
    stop?.();
    connection.closeSync();
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** What DuckDB moved out of memory, of all queries together: its files do not say whose they are. */
function spilledByteLength(folder: string): number {
  let sum = 0;
  for (const name of readdirSync(folder)) {
    if (name.startsWith('duckdb_temp')) sum += sizeOf(join(folder, name));
  }
  return sum;
}
