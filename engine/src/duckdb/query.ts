/** One running statement on a connection of its own. */
import type { RecordBatch, Schema } from 'apache-arrow';
import type { QueryProgress } from '#shared/protocol/engine.ts';
import type { Disposable } from '#shared/result.ts';
import { recordBatch } from './arrowPage.ts';
import type { OutputField } from './arrowPage.ts';
import { interruptible, keepInterrupting } from './interruptible.ts';
import type { Chunk, Connection, Database, Rows } from './native.ts';
import type { Signature } from './scalarFunctions/scalarFunction.ts';

export interface RunningQuery extends Disposable {
  /** The next rows, or undefined at the end. Throws what DuckDB throws. */
  next(): Promise<RecordBatch | undefined>;
  /** The same as DuckDB holds them. */
  nextChunk(): Promise<Chunk | undefined>;
}

export interface QueryPlan {
  readonly sql: string;
  /** Functions of ours that the SQL calls. */
  readonly functions: readonly Signature[];
  readonly fields: readonly OutputField[];
  readonly schema: Schema;
  onProgress(progress: Omit<QueryProgress, 'byteLength' | 'totalByteLength'>): void;
}

const progressIntervalMs = 100;

/** DuckDB's `DUCKDB_RESULT_TYPE_INVALID`: of a result that has failed. */
const INVALID_RESULT = 0;

/** Starts the statement. Aborting interrupts it; afterwards `dispose` does. Throws what DuckDB throws. */
export async function startQuery(
  database: Database,
  plan: QueryPlan,
  signal: AbortSignal,
): Promise<RunningQuery> {
  const connection = await database.connect(plan.sql, plan.functions);
  const query = new Query(connection, plan);
  try {
    await query.start(signal);
    return query;
  } catch (error) {
    query.dispose();
    throw error;
  }
}

class Query implements RunningQuery {
  private readonly connection: Connection;
  private readonly plan: QueryPlan;
  private rows: Rows | undefined;
  private working = 0;
  private disposed = false;
  private stopInterrupting: (() => void) | undefined;

  constructor(connection: Connection, plan: QueryPlan) {
    this.connection = connection;
    this.plan = plan;
  }

  async start(signal: AbortSignal): Promise<void> {
    this.rows = await this.watched(() =>
      interruptible(this.connection, signal, () => this.connection.stream(this.plan.sql)),
    );
    // An abort after DuckDB's last task is not seen by it.
    signal.throwIfAborted();
  }

  async next(): Promise<RecordBatch | undefined> {
    const chunk = await this.nextChunk();
    return chunk && recordBatch(this.plan.schema, this.plan.fields, chunk);
  }

  async nextChunk(): Promise<Chunk | undefined> {
    const rows = this.rows;
    if (!rows || this.disposed) return undefined;
    return this.watched(async () => {
      const chunk = await rows.fetchChunk();
      if (chunk && chunk.rowCount > 0) return chunk;
      if ((rows.returnType as number) === INVALID_RESULT && !this.disposed)
        await this.tellFailure();
      return undefined;
    });
  }

  /**
   * DuckDB's C API ends a stream whose next row can't be computed as one that has no more, and its bindings do not tell
   * why: the rows are computed once more, and none of them is kept.
   */
  private async tellFailure(): Promise<void> {
    await this.connection.run(`SELECT max(hash(rows)) FROM (${this.plan.sql}) AS rows`);
    throw new Error('The query ended at a row that could be computed when it was tried again.');
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    if (this.working === 0) this.close();
    else this.stopInterrupting = keepInterrupting(this.connection);
  }

  private async watched<T>(work: () => Promise<T>): Promise<T> {
    let last = '';
    const timer = setInterval(() => {
      const { percentage, rows_processed, total_rows_to_process } = this.connection.progress;
      const percent = percentage < 0 ? -1 : Math.min(Math.floor(percentage), 100);
      const rowCount = Number(rows_processed);
      const totalRowCount = Number(total_rows_to_process);
      const now = [percent, rowCount, totalRowCount].join(' ');
      if (now !== last) this.plan.onProgress({ percent, rowCount, totalRowCount });
      last = now;
    }, progressIntervalMs);
    this.working += 1;
    try {
      return await work();
    } finally {
      clearInterval(timer);
      this.working -= 1;
      if (this.disposed && this.working === 0) this.close();
    }
  }

  private close(): void {
    this.stopInterrupting?.();
    this.rows = undefined;
    this.connection.closeSync();
  }
}
