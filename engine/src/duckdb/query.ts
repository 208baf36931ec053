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

/** Starts the statement. Aborting interrupts it; afterwards `dispose` does. Throws what DuckDB throws. */
export async function startQuery(
  database: Database,
  plan: QueryPlan,
  signal: AbortSignal,
): Promise<RunningQuery> {
  const connection = await database.connect(plan.functions);
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
    const chunk = await this.watched(() => rows.fetchChunk());
    return chunk && chunk.rowCount > 0 ? chunk : undefined;
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
