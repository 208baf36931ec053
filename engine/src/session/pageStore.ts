/** Record batches of one result on disk, so that any page can be read again without running the query again. */
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordBatch, Schema } from 'apache-arrow';
import { RecordBatchStreamWriter, tableFromIPC } from 'apache-arrow';
import type { Disposable } from '#shared/result.ts';

/** The bytes that all results of a process may keep together. */
export interface StoreBudget {
  readonly limitByteLength: number;
  usedByteLength: number;
}

export class StoreFull extends Error {}

interface StoredBatch {
  readonly start: number;
  readonly rowCount: number;
  readonly byteOffset: number;
  readonly byteLength: number;
}

/** The newest batches stay in memory as well: what is read next is most often what was just computed. */
const recentBatchCount = 8;

export class PageStore implements Disposable {
  rowCount = 0;
  private readonly path: string;
  private readonly budget: StoreBudget;
  private readonly schema: Schema;
  private readonly stored: StoredBatch[] = [];
  private readonly recent = new Map<number, RecordBatch>();
  private byteLength = 0;
  private file: number | undefined;

  constructor(folder: string, resultId: number, schema: Schema, budget: StoreBudget) {
    this.path = join(folder, `result-${resultId}.pages`);
    this.schema = schema;
    this.budget = budget;
  }

  /** Throws {@link StoreFull} where the budget is used up, and what the disk throws. */
  append(batch: RecordBatch): void {
    const bytes = ipcStream(this.schema, [batch]);
    if (this.budget.usedByteLength + bytes.byteLength > this.budget.limitByteLength)
      throw new StoreFull(
        `The results that are open fill their ${Math.round(this.budget.limitByteLength / 2 ** 20)} MiB on disk; close one, add a LIMIT, or export the result to a file.`,
      );
    this.file ??= openSync(this.path, 'wx+', 0o600);
    let written = 0;
    while (written < bytes.byteLength)
      written += writeSync(
        this.file,
        bytes,
        written,
        bytes.byteLength - written,
        this.byteLength + written,
      );
    this.recent.set(this.stored.length, batch);
    this.recent.delete(this.stored.length - recentBatchCount);
    this.stored.push({
      start: this.rowCount,
      rowCount: batch.numRows,
      byteOffset: this.byteLength,
      byteLength: bytes.byteLength,
    });
    this.rowCount += batch.numRows;
    this.byteLength += bytes.byteLength;
    this.budget.usedByteLength += bytes.byteLength;
  }

  /** Rows `[start, end)` of those that are stored, as the batches that hold them, cut at both ends. */
  read(start: number, end: number): RecordBatch[] {
    const batches: RecordBatch[] = [];
    for (let index = this.indexOf(start); index < this.stored.length; index++) {
      const entry = this.stored[index];
      if (!entry || end <= entry.start) break;
      const batch = this.recent.get(index) ?? this.load(entry);
      const from = Math.max(start - entry.start, 0);
      const to = Math.min(end - entry.start, entry.rowCount);
      if (from < to)
        batches.push(from === 0 && to === entry.rowCount ? batch : batch.slice(from, to));
    }
    return batches;
  }

  dispose(): void {
    this.budget.usedByteLength -= this.byteLength;
    this.byteLength = 0;
    this.stored.length = 0;
    this.recent.clear();
    if (this.file === undefined) return;
    closeSync(this.file);
    this.file = undefined;
    rmSync(this.path, { force: true });
  }

  private indexOf(row: number): number {
    let low = 0;
    let high = this.stored.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const entry = this.stored[middle];
      if (entry && entry.start + entry.rowCount <= row) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private load(entry: StoredBatch): RecordBatch {
    if (this.file === undefined) throw new Error('a page is read of a closed store');
    const bytes = new Uint8Array(entry.byteLength);
    let read = 0;
    while (read < bytes.byteLength) {
      const count = readSync(
        this.file,
        bytes,
        read,
        bytes.byteLength - read,
        entry.byteOffset + read,
      );
      if (count === 0) throw new Error('the page store is shorter than what was written');
      read += count;
    }
    const [batch] = tableFromIPC(bytes).batches;
    if (!batch) throw new Error('a stored page holds no batch');
    return batch;
  }
}

/** One Arrow IPC stream of the batches; with none of them, of the schema alone. */
export function ipcStream(schema: Schema, batches: readonly RecordBatch[]): Uint8Array {
  const writer = new RecordBatchStreamWriter();
  writer.reset(undefined, schema);
  for (const batch of batches) writer.write(batch);
  writer.finish();
  return writer.toUint8Array(true);
}
