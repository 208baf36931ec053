/**
 * The rows of one result: the newest in memory, as DuckDB computed them, all others in Parquet files in a folder of
 * the result's own. What a manifest in that folder lists can be read by a later process.
 */
import { existsSync, rmSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordBatch, Schema } from 'apache-arrow';
import type { Disposable } from '#shared/result.ts';
import type { OutputField } from '../../duckdb/arrowPage.ts';
import { arrowSchema, recordBatch } from '../../duckdb/arrowPage.ts';
import type { Chunk, Database } from '../../duckdb/native.ts';
import { quoteString } from '../../duckdb/quote.ts';
import type { Source } from '../../sources/source.ts';
import type { RowBlock, TableRows } from '../tables/tableRows.ts';
import { numberedRows } from '../tables/tableRows.ts';
import { chunkColumns, heldCells, heldRows } from './storedTypes.ts';

/** The bytes that all results of a process may keep together. */
export interface StoreBudget {
  readonly limitByteLength: number;
  usedByteLength: number;
}

export class StoreFull extends Error {}

export interface StoreOptions {
  readonly database: Database;
  /** The result's own; made when something is written there. */
  readonly folder: string;
  readonly fields: readonly OutputField[];
  readonly timeZone: string;
  readonly budget: StoreBudget;
}

interface Part {
  readonly start: number;
  readonly rowCount: number;
  readonly byteLength: number;
  readonly name: string;
}

interface Newest {
  readonly start: number;
  readonly chunk: Chunk;
  batch?: RecordBatch;
}

interface Manifest {
  readonly version: 1;
  readonly fields: readonly OutputField[];
  readonly timeZone: string;
  readonly complete: boolean;
  readonly parts: readonly Omit<Part, 'start'>[];
}

const manifestName = 'result.json';
/** Rows of a part, and of one of its row groups: a page reads little besides itself. */
const mostPartRows = 491_520;
const fewestPartRows = 8192;
const partCellCount = 4 * 1024 * 1024;
const partByteLength = 64 * 1024 * 1024;
/** Of all that may be kept: a part that is written is at most so much beyond it. */
const partShare = 1 / 32;
const rowGroupRowCount = 30_720;
const keptBlockCount = 16;
/** Chunks that are handed over without a turn for anything else. */
const chunksAtOnce = 16;
/** Rows of a chunk whose texts are measured. */
const measuredRows = 8;

export class ResultStore implements Disposable {
  rowCount = 0;
  byteLength = 0;
  readonly schema: Schema;
  readonly #options: StoreOptions;
  readonly #parts: Part[] = [];
  readonly #blocks = new Map<string, RowBlock>();
  #newest: Newest[] = [];
  /** Of those that no part is being written of. */
  #dueRowCount = 0;
  #dueByteLength = 0;
  #complete = false;
  #flushing: Promise<void> = Promise.resolve();
  #disposed = false;
  #removal = Promise.resolve();

  constructor(options: StoreOptions) {
    this.#options = options;
    this.schema = arrowSchema(options.fields, options.timeZone);
  }

  /** What an earlier process left in the folder. Undefined where that is nothing that can be read. */
  static async reopen(
    options: Omit<StoreOptions, 'fields' | 'timeZone'>,
  ): Promise<{ readonly store: ResultStore; readonly complete: boolean } | undefined> {
    try {
      const text = await readFile(join(options.folder, manifestName), 'utf8');
      const manifest = JSON.parse(text) as Manifest;
      if ((manifest.version as number) !== 1) return undefined;
      const { fields, timeZone, complete, parts } = manifest;
      const store = new ResultStore({ ...options, fields, timeZone });
      for (const part of parts) {
        const { size } = await stat(join(options.folder, part.name));
        if (size !== part.byteLength) return undefined;
        store.#add(part);
      }
      store.#complete = complete;
      return { store, complete };
    } catch {
      return undefined;
    }
  }

  get fields(): readonly OutputField[] {
    return this.#options.fields;
  }

  get timeZone(): string {
    return this.#options.timeZone;
  }

  get folder(): string {
    return this.#options.folder;
  }

  append(chunk: Chunk): void {
    this.#newest.push({ start: this.rowCount, chunk });
    this.rowCount += chunk.rowCount;
    this.#dueRowCount += chunk.rowCount;
    this.#dueByteLength += byteLengthOf(chunk, this.fields);
  }

  /** There is enough in memory to be written, besides what is being written. */
  get isDue(): boolean {
    const fitting = Math.floor(partCellCount / Math.max(1, this.fields.length));
    const rows = Math.min(mostPartRows, Math.max(fewestPartRows, fitting));
    const { limitByteLength } = this.#options.budget;
    const bytes = Math.min(partByteLength, limitByteLength * partShare);
    return this.#dueRowCount >= rows || this.#dueByteLength >= bytes;
  }

  /** Writes what is in memory. Throws {@link StoreFull} where the budget is used up, and what the disk throws. */
  flush(): Promise<void> {
    const flushed = this.#flushing.then(() => this.#write());
    this.#flushing = flushed.catch(() => undefined);
    return flushed;
  }

  /** All rows are here: from now on they can be found again. */
  async finish(): Promise<void> {
    this.#complete = true;
    await this.flush();
    await this.#list();
  }

  /** Adds a file that was written into the folder. */
  adopt(part: { readonly name: string; readonly rowCount: number; readonly byteLength: number }) {
    this.#add(part);
    this.#complete = true;
  }

  /** Rows `[start, end)` of those that are here, as the batches that hold them, cut at both ends. */
  async read(start: number, end: number, signal: AbortSignal): Promise<readonly RecordBatch[]> {
    const batches: RecordBatch[] = [];
    let at = start;
    const last = Math.min(end, this.rowCount);
    while (at < last) {
      signal.throwIfAborted();
      const found = this.#newestAt(at) ?? (await this.#blockAt(at, signal));
      if (!found) break;
      let first = found.start;
      for (const batch of found.batches) {
        const from = Math.max(at - first, 0);
        const to = Math.min(last - first, batch.numRows);
        if (from < to) batches.push(batch.slice(from, to));
        first += batch.numRows;
      }
      if (first <= at) break;
      at = Math.min(last, first);
    }
    return batches;
  }

  /** For DuckDB to read, under names of `c0`, `c1`, …; only what was flushed. `mostRows`: the first ones alone. */
  source(mostRows?: number): Source {
    const paths = this.#parts.map(({ name }) => join(this.folder, name));
    const columns = this.fields.map(({ type }, index) => ({ name: `c${index}`, type }));
    const limit = mostRows === undefined ? '' : ` LIMIT ${Math.trunc(mostRows)}`;
    return {
      columns,
      byteLength: this.byteLength,
      isSampled: false,
      scanSql: (names) => {
        const wanted = names.map((name) => [Number(name.slice(1)), name] as const);
        return `${heldRows(this.fields, wanted, paths)}${limit}`;
      },
    };
  }

  /** Ends the store. What an earlier or later process may read stays where it is said so. */
  close(keep: 'keep' | 'remove'): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#options.budget.usedByteLength -= this.byteLength;
    this.byteLength = 0;
    this.#newest = [];
    this.#blocks.clear();
    if (keep === 'remove') {
      // Nothing finds it from here on, whatever of it is still being written.
      rmSync(join(this.folder, manifestName), { force: true });
      this.#removal = this.#flushing.then(() => rm(this.folder, { recursive: true, force: true }));
    }
  }

  /** Resolves when nothing of what was closed is left on the disk. */
  async removed(): Promise<void> {
    await this.#removal.catch(() => undefined);
  }

  dispose(): void {
    this.close('remove');
  }

  #add(part: Omit<Part, 'start'>): void {
    const last = this.#parts.at(-1);
    const start = last ? last.start + last.rowCount : 0;
    this.#parts.push({ ...part, start });
    this.rowCount = Math.max(this.rowCount, start + part.rowCount);
    this.byteLength += part.byteLength;
    this.#options.budget.usedByteLength += part.byteLength;
  }

  async #write(): Promise<void> {
    const taken = [...this.#newest];
    if (taken.length === 0 || this.#disposed) return;
    this.#dueRowCount = 0;
    this.#dueByteLength = 0;
    const { database, budget, folder, fields } = this.#options;
    if (budget.usedByteLength >= budget.limitByteLength) throw full(budget);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const name = `part-${this.#parts.length}.parquet`;
    const path = join(folder, name);
    const connection = await database.connect();
    let rowCount = 0;
    try {
      await connection.run(`CREATE TEMP TABLE newest (${chunkColumns(fields)})`);
      const appender = await connection.createAppender('newest');
      for (const [index, { chunk }] of taken.entries()) {
        appender.appendDataChunk(chunk);
        rowCount += chunk.rowCount;
        if (index % chunksAtOnce === chunksAtOnce - 1) await new Promise(setImmediate);
      }
      appender.closeSync();
      const options = `FORMAT parquet, COMPRESSION lz4_raw, ROW_GROUP_SIZE ${rowGroupRowCount}`;
      await connection.run(
        `COPY (SELECT ${heldCells(fields)} FROM newest) TO ${quoteString(path)} (${options})`,
      );
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    } finally {
      connection.closeSync();
    }
    if (this.#isDisposed()) return;
    const { size: byteLength } = await stat(path);
    if (budget.usedByteLength + byteLength > budget.limitByteLength) {
      await rm(path, { force: true });
      throw full(budget);
    }
    this.#add({ name, rowCount, byteLength });
    this.#newest = this.#newest.slice(taken.length);
    await this.#list();
  }

  /** Writes down what is here. */
  async #list(): Promise<void> {
    if (this.#isDisposed()) return;
    const { folder, fields, timeZone } = this.#options;
    const parts = this.#parts.map(({ name, rowCount, byteLength }) => ({
      name,
      rowCount,
      byteLength,
    }));
    const complete = this.#complete && this.#newest.length === 0;
    const manifest: Manifest = { version: 1, fields, timeZone, complete, parts };
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, manifestName);
    await writeFile(`${path}.partial`, JSON.stringify(manifest), { mode: 0o600 });
    await rename(`${path}.partial`, path);
  }

  #isDisposed(): boolean {
    return this.#disposed;
  }

  #newestAt(row: number): RowBlock | undefined {
    const newest = this.#newest;
    const [first] = newest;
    if (!first || row < first.start) return undefined;
    let low = 0;
    let high = newest.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((newest[middle]?.start ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    const found = newest[low];
    if (!found) return undefined;
    found.batch ??= recordBatch(this.schema, this.fields, found.chunk);
    return { start: found.start, batches: [found.batch], rowCount: found.chunk.rowCount };
  }

  async #blockAt(row: number, signal: AbortSignal): Promise<RowBlock | undefined> {
    const part = this.#parts.find(({ start, rowCount }) => start <= row && row < start + rowCount);
    if (!part) return undefined;
    for (const [key, block] of this.#blocks) {
      if (row < block.start || block.start + block.rowCount <= row) continue;
      this.#blocks.delete(key);
      this.#blocks.set(key, block);
      return block;
    }
    const columns = { start: 0, end: this.fields.length };
    const found = await this.#rowsOf(part).block(row - part.start, columns, signal);
    if (!found) return undefined;
    const block = { ...found, start: found.start + part.start };
    this.#blocks.set(String(block.start), block);
    const oldest = this.#blocks.keys().next();
    if (this.#blocks.size > keptBlockCount && !oldest.done) this.#blocks.delete(oldest.value);
    return block;
  }

  #rowsOf(part: Part): TableRows {
    const { database, timeZone, fields } = this.#options;
    const path = join(this.folder, part.name);
    const context = { database, timeZone, columns: fields };
    return numberedRows(context, part.rowCount, (_, start, end) => {
      const all = fields.map(({ name }, index) => [index, name] as const);
      return `${heldRows(fields, all, [path])} WHERE file_row_number >= ${start} AND file_row_number < ${end}`;
    });
  }
}

/** Whether a folder holds what {@link ResultStore.reopen} may read. */
export function isStored(folder: string): boolean {
  return existsSync(join(folder, manifestName));
}

function full({ limitByteLength }: StoreBudget): StoreFull {
  return new StoreFull(
    `The results that are open fill their ${Math.round(limitByteLength / 2 ** 20)} MiB on disk; close one, add a LIMIT, or export the result to a file.`,
  );
}

/** About: texts and lists by their first rows. */
function byteLengthOf(chunk: Chunk, fields: readonly OutputField[]): number {
  let sum = 0;
  for (const [index, { type }] of fields.entries()) {
    if (type.kind !== 'string' && type.kind !== 'binary') {
      sum += 8 * chunk.rowCount;
      continue;
    }
    const vector = chunk.getColumnVector(index);
    const rows = Math.min(measuredRows, chunk.rowCount);
    let length = 0;
    for (let row = 0; row < rows; row++) {
      const item = vector.getItem(row) as string | { readonly bytes: Uint8Array } | null;
      length += typeof item === 'string' ? item.length : (item?.bytes.byteLength ?? 0);
    }
    sum += (16 + length / Math.max(1, rows)) * chunk.rowCount;
  }
  return sum;
}
