/** A result that is read by pages in any order, while its query runs only as far as it is read or kept. */
import type { RecordBatch, Schema } from 'apache-arrow';
import type { EngineFailure, Field, ResultPage } from '#shared/protocol/engine.ts';
import type { Disposable, Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { OutputField } from '../../duckdb/arrowPage.ts';
import { recordBatch } from '../../duckdb/arrowPage.ts';
import type { RunningQuery } from '../../duckdb/query.ts';
import { ipcStream } from '../ipcStream.ts';
import type { ResultStore } from './resultStore.ts';

export interface QueryResultOptions {
  readonly resultId: number;
  readonly sessionId: string;
  readonly fields: readonly Field[];
  readonly outputFields: readonly OutputField[];
  readonly schema: Schema;
  /** Absent where all rows there are are stored. */
  readonly query?: RunningQuery;
  /** Absent where rows are read once, in order, and nothing is kept. */
  readonly store?: ResultStore;
  /** What a page that can't be computed means. */
  failureOf(error: unknown): EngineFailure;
}

export interface ResultState {
  readonly rowCount: number;
  readonly complete: boolean;
  /** What it takes on disk. */
  readonly byteLength: number;
}

interface Cancelled {
  readonly kind: 'cancelled';
}

/** More rows than this are never sent in one page. */
export const maxPageRowCount = 65_536;

export class QueryResult implements Disposable {
  readonly resultId: number;
  readonly sessionId: string;
  private readonly options: QueryResultOptions;
  private pulling: Promise<void> = Promise.resolve();
  /** The part that is being written while the next rows are computed; never more than one. */
  private writing: Promise<unknown> = Promise.resolve();
  private complete = false;
  private failure: EngineFailure | undefined;
  private disposed = false;
  /** Batches that were computed but not yet sent, where nothing is kept. */
  private ahead: RecordBatch[] = [];
  private aheadStart = 0;
  private rowCount = 0;

  constructor(options: QueryResultOptions) {
    this.options = options;
    this.resultId = options.resultId;
    this.sessionId = options.sessionId;
    if (options.query || !options.store) return;
    this.complete = true;
    this.rowCount = options.store.rowCount;
  }

  get fields(): readonly Field[] {
    return this.options.fields;
  }

  get store(): ResultStore | undefined {
    return this.options.store;
  }

  get state(): ResultState {
    const { rowCount, complete } = this;
    return { rowCount, complete, byteLength: this.store?.byteLength ?? 0 };
  }

  async readRows(
    start: number,
    count: number,
    signal: AbortSignal,
  ): Promise<Result<ResultPage, EngineFailure | Cancelled>> {
    if (!Number.isSafeInteger(start) || !Number.isSafeInteger(count) || start < 0 || count < 0)
      throw new Error('a range of rows that is none');
    const end = start + Math.min(count, maxPageRowCount);
    if (!this.options.store && start < this.aheadStart) return fail({ kind: 'gone' });
    const isHere = this.options.store !== undefined && (this.complete || end <= this.rowCount);
    if (!isHere && (await abortedBefore(this.pullUntil(end), signal)))
      return fail({ kind: 'cancelled' });
    if (this.disposed) return fail({ kind: 'gone' });
    // Rows before the one that failed are there and can be shown.
    if (this.failure && this.rowCount < end && this.rowCount <= start) return fail(this.failure);
    return this.page(start, end, signal);
  }

  /**
   * Computes the rest, as long as `mayGoOn`, and sees to it that all of it can be read by a later process. A chunk
   * at a time, so that who reads waits for no more than one.
   */
  async keep(
    mayGoOn: () => boolean,
    onProgress: () => void,
    signal: AbortSignal,
  ): Promise<Result<ResultState, EngineFailure | Cancelled>> {
    const { store } = this.options;
    if (!store) return fail({ kind: 'gone' });
    while (!this.complete && !this.failure && !this.disposed && mayGoOn()) {
      if (await abortedBefore(this.pullUntil(this.rowCount + 1), signal))
        return fail({ kind: 'cancelled' });
      onProgress();
    }
    if (this.disposed) return fail({ kind: 'gone' });
    try {
      await (this.complete ? store.finish() : store.flush());
    } catch (error) {
      return fail(this.options.failureOf(error));
    }
    onProgress();
    return this.failure ? fail(this.failure) : ok(this.state);
  }

  /** Ends the query; a read under way settles with `gone`. */
  dispose(rows: 'keep' | 'remove' = 'remove'): void {
    if (this.disposed) return;
    this.disposed = true;
    this.options.query?.dispose();
    this.options.store?.close(rows);
  }

  async removed(): Promise<void> {
    await this.options.store?.removed();
  }

  private async page(
    start: number,
    end: number,
    signal: AbortSignal,
  ): Promise<Result<ResultPage, EngineFailure | Cancelled>> {
    let batches: readonly RecordBatch[];
    try {
      batches = this.options.store
        ? await this.options.store.read(start, end, signal)
        : this.takeAhead(start, end);
    } catch (error) {
      if (signal.aborted) return fail({ kind: 'cancelled' });
      if (this.isDisposed()) return fail({ kind: 'gone' });
      return fail(this.options.failureOf(error));
    }
    const bytes = ipcStream(this.options.schema, batches);
    return ok({
      start,
      rowCount: batches.reduce((sum, batch) => sum + batch.numRows, 0),
      arrow: bytes.buffer.slice(
        bytes.byteOffset,
        bytes.byteOffset + bytes.byteLength,
      ) as ArrayBuffer,
      knownRowCount: this.rowCount,
      complete: this.complete,
    });
  }

  private takeAhead(start: number, end: number): RecordBatch[] {
    const taken: RecordBatch[] = [];
    const kept: RecordBatch[] = [];
    let at = this.aheadStart;
    for (const batch of this.ahead) {
      const from = Math.max(start - at, 0);
      const to = Math.min(end - at, batch.numRows);
      if (from < to) taken.push(batch.slice(from, to));
      if (end < at + batch.numRows) kept.push(batch.slice(Math.max(end - at, 0), batch.numRows));
      at += batch.numRows;
    }
    this.ahead = kept;
    this.aheadStart = Math.min(Math.max(end, this.aheadStart), this.rowCount);
    return taken;
  }

  /** One pull at a time; a read that is cancelled leaves its pull to the next one. */
  private pullUntil(end: number): Promise<void> {
    this.pulling = this.pulling.then(async () => {
      const { query, store, schema, outputFields } = this.options;
      while (query && !this.isOver() && this.rowCount < end) {
        try {
          const chunk = await query.nextChunk();
          // Ended while it was computed: the end that DuckDB tells then is not the result's.
          if (this.isOver()) return;
          if (!chunk) {
            this.complete = true;
            query.dispose();
            return;
          }
          if (store) store.append(chunk);
          else this.ahead.push(recordBatch(schema, outputFields, chunk));
          this.rowCount += chunk.rowCount;
          if (store?.isDue !== true) continue;
          await this.writing;
          if (!this.isOver())
            this.writing = store.flush().catch((error: unknown) => this.end(error));
        } catch (error) {
          this.end(error);
        }
      }
    });
    return this.pulling;
  }

  private end(error: unknown): void {
    if (this.isOver()) return;
    this.failure = this.options.failureOf(error);
    this.options.query?.dispose();
  }

  private isOver(): boolean {
    return this.complete || this.failure !== undefined || this.disposed;
  }

  private isDisposed(): boolean {
    return this.disposed;
  }
}

function abortedBefore(work: Promise<void>, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const onAbort = () => {
      resolve(true);
    };
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    void work.then(() => {
      signal.removeEventListener('abort', onAbort);
      resolve(false);
    });
  });
}
