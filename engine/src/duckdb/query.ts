/** One running statement on a connection of its own. */
import type { RecordBatch, Schema } from 'apache-arrow';
import type { Disposable } from '#shared/result.ts';
import { recordBatch } from './arrowPage.ts';
import type { OutputField } from './arrowPage.ts';
import type { Connection, Database, Rows } from './native.ts';
import type { Signature } from './scalarFunctions/scalarFunction.ts';

export interface RunningQuery extends Disposable {
  /** The next rows, or undefined at the end. Throws what DuckDB throws. */
  next(): Promise<RecordBatch | undefined>;
}

export interface QueryPlan {
  readonly sql: string;
  /** Functions of ours that the SQL calls. */
  readonly functions: readonly Signature[];
  readonly fields: readonly OutputField[];
  readonly schema: Schema;
  /** 0 to 100, or -1 while it can't be told. */
  onProgress(percent: number): void;
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

  constructor(connection: Connection, plan: QueryPlan) {
    this.connection = connection;
    this.plan = plan;
  }

  async start(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const interrupt = () => {
      this.connection.interrupt();
    };
    signal.addEventListener('abort', interrupt, { once: true });
    try {
      this.rows = await this.watched(() => this.connection.stream(this.plan.sql));
      // An abort between two of DuckDB's tasks is not seen by it.
      signal.throwIfAborted();
    } finally {
      signal.removeEventListener('abort', interrupt);
    }
  }

  async next(): Promise<RecordBatch | undefined> {
    const rows = this.rows;
    if (!rows || this.disposed) return undefined;
    const chunk = await this.watched(() => rows.fetchChunk());
    if (!chunk || chunk.rowCount === 0) return undefined;
    return recordBatch(this.plan.schema, this.plan.fields, chunk);
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.connection.interrupt();
    if (this.working === 0) this.close();
  }

  private async watched<T>(work: () => Promise<T>): Promise<T> {
    let last = Number.NaN;
    const timer = setInterval(() => {
      const percent = Math.floor(this.connection.progress.percentage);
      if (percent !== last) this.plan.onProgress(percent);
      last = percent;
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
    this.rows = undefined;
    this.connection.closeSync();
  }
}
