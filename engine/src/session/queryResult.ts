/** A result that is read by pages in any order, while its query runs only as far as it is read. */
import type { RecordBatch, Schema } from 'apache-arrow';
import type { EngineFailure, Field, ResultPage } from '#shared/protocol/engine.ts';
import type { Disposable, Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { RunningQuery } from '../duckdb/query.ts';
import type { PageStore } from './pageStore.ts';
import { ipcStream } from './pageStore.ts';

export interface QueryResultOptions {
  readonly resultId: number;
  readonly sessionId: string;
  readonly fields: readonly Field[];
  readonly schema: Schema;
  readonly query: RunningQuery;
  /** Absent where rows are read once, in order, and nothing is kept. */
  readonly store?: PageStore;
  /** What a page that can't be computed means. */
  failureOf(error: unknown): EngineFailure;
}

/** More rows than this are never sent in one page. */
export const maxPageRowCount = 65_536;

export class QueryResult implements Disposable {
  readonly resultId: number;
  readonly sessionId: string;
  private readonly options: QueryResultOptions;
  private pulling: Promise<void> = Promise.resolve();
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
  }

  async readRows(
    start: number,
    count: number,
    signal: AbortSignal,
  ): Promise<Result<ResultPage, EngineFailure | { readonly kind: 'cancelled' }>> {
    if (!Number.isSafeInteger(start) || !Number.isSafeInteger(count) || start < 0 || count < 0)
      throw new Error('a range of rows that is none');
    const end = start + Math.min(count, maxPageRowCount);
    if (!this.options.store && start < this.aheadStart) return fail({ kind: 'gone' });
    if (await abortedBefore(this.pullUntil(end), signal)) return fail({ kind: 'cancelled' });
    if (this.disposed) return fail({ kind: 'gone' });
    // Rows before the one that failed are there and can be shown.
    if (this.failure && this.rowCount < end && this.rowCount <= start) return fail(this.failure);
    return ok(this.page(start, end));
  }

  /** Ends the query; a read under way settles with `gone`. */
  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.options.query.dispose();
    void this.pulling.then(() => this.options.store?.dispose());
  }

  private page(start: number, end: number): ResultPage {
    const batches = this.options.store
      ? this.options.store.read(start, end)
      : this.takeAhead(start, end);
    const bytes = ipcStream(this.options.schema, batches);
    return {
      start,
      rowCount: batches.reduce((sum, batch) => sum + batch.numRows, 0),
      arrow: bytes.buffer.slice(
        bytes.byteOffset,
        bytes.byteOffset + bytes.byteLength,
      ) as ArrayBuffer,
      knownRowCount: this.rowCount,
      complete: this.complete,
    };
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
      while (!this.complete && !this.failure && !this.disposed && this.rowCount < end) {
        try {
          const batch = await this.options.query.next();
          // Disposed while it was computed: the end that DuckDB tells then is not the result's.
          if (this.isDisposed()) return;
          if (!batch) {
            this.complete = true;
            this.options.query.dispose();
            return;
          }
          if (this.options.store) this.options.store.append(batch);
          else this.ahead.push(batch);
          this.rowCount += batch.numRows;
        } catch (error) {
          if (this.isDisposed()) return;
          this.failure = this.options.failureOf(error);
          this.options.query.dispose();
        }
      }
    });
    return this.pulling;
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
