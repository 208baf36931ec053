/** Bulk export by DuckDB's own writers: rows never pass through JavaScript. */
import { rename, rm } from 'node:fs/promises';
import type { EngineFailure } from '#shared/protocol/engine.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { copyStatement } from '../duckdb/copy.ts';
import type { Database } from '../duckdb/native.ts';
import { failureOf } from '../duckdb/outcome.ts';
import { ownQueries } from '../duckdb/sourceReader.ts';
import type { PreparedQuery } from './session.ts';

/** Writes beside the target and renames, so that a failed export leaves what was there. */
export async function exportTo(
  { compiled, lowered, timeZone }: PreparedQuery,
  target: {
    readonly path: string;
    readonly format: 'csv' | 'json' | 'parquet';
    readonly mostRows?: number;
  },
  database: Database,
  signal: AbortSignal,
): Promise<Result<{ rowCount: number }, EngineFailure | { readonly kind: 'cancelled' }>> {
  const partial = `${target.path}.${process.pid}.partial`;
  const statement = copyStatement(lowered, compiled.schema, {
    ...target,
    path: partial,
    timeZone,
  });
  if (!statement.ok) return statement;
  try {
    const [row = []] = await ownQueries(database, signal, lowered.functions).rows(statement.value);
    await rename(partial, target.path);
    return ok({ rowCount: Number(row[0]) });
  } catch (error) {
    await rm(partial, { force: true });
    if (signal.aborted) return fail({ kind: 'cancelled' });
    return fail(failureOf(error, lowered.overflowSites));
  }
}
