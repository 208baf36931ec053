/** Sorting, filtering and writing the rows that a result keeps: what the user saw, and not its query once more. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Arrangement } from '#shared/protocol/arrangement.ts';
import { arrangedRows, unarranged } from '#shared/protocol/arrangement.ts';
import type { EngineFailure, Field } from '#shared/protocol/engine.ts';
import type { TableProgress } from '#shared/protocol/tables.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { CopyTooLarge, copyRows } from '../../duckdb/copyRows.ts';
import { columnName } from '../../duckdb/lowerExpression.ts';
import type { Database } from '../../duckdb/native.ts';
import { failureOf } from '../../duckdb/outcome.ts';
import { ownQueries } from '../../duckdb/sourceReader.ts';
import { inCondition } from '../arrangedPlace.ts';
import { exportTo } from '../exportQuery.ts';
import type { PreparedQuery, Session } from '../session.ts';
import type { StoreBudget } from './resultStore.ts';
import { ResultStore } from './resultStore.ts';
import { heldCells } from './storedTypes.ts';

interface Cancelled {
  readonly kind: 'cancelled';
}
type Outcome<T> = Result<T, EngineFailure | Cancelled>;

const rowsName = 'strata_result';

export interface KeptRowsOf {
  readonly session: Session;
  readonly database: Database;
  readonly store: ResultStore;
  readonly fields: readonly Field[];
  readonly mostRows?: number | undefined;
}

/** All rows of the store into one of its own. */
export async function arrangeRows(
  rows: KeptRowsOf,
  arrangement: Arrangement,
  target: {
    readonly folder: string;
    readonly budget: StoreBudget;
    readonly onProgress: (progress: TableProgress) => void;
  },
  signal: AbortSignal,
): Promise<Outcome<ResultStore>> {
  const { database, store } = rows;
  const prepared = await prepareRows(rows, arrangement, signal);
  if (!prepared.ok) return prepared;
  const { lowered } = prepared.value;
  const { folder, budget, onProgress } = target;
  const fields = store.fields;
  const named = lowered.output.map(({ exprId }, index) => `${columnName(exprId)} AS c${index}`);
  const sql = `SELECT ${heldCells(fields)} FROM (SELECT ${named.join(', ')} FROM (${lowered.sql}) AS arranged) AS arranged`;
  const name = 'part-0.parquet';
  const limitByteLength = Math.max(0, budget.limitByteLength - budget.usedByteLength);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const copied = await copyRows(
      database,
      {
        sql,
        functions: lowered.functions,
        path: join(folder, name),
        limitByteLength,
        onProgress,
      },
      signal,
    );
    const arranged = new ResultStore({
      database,
      folder,
      fields,
      timeZone: store.timeZone,
      budget,
    });
    arranged.adopt({ name, ...copied });
    return ok(arranged);
  } catch (error) {
    if (signal.aborted) return fail({ kind: 'cancelled' });
    if (error instanceof CopyTooLarge) return fail(tooLarge(limitByteLength));
    return fail(failureOf(error, lowered.overflowSites));
  }
}

export async function exportRows(
  rows: KeptRowsOf,
  target: { readonly path: string; readonly format: 'csv' | 'json' | 'parquet' },
  signal: AbortSignal,
): Promise<Outcome<{ rowCount: number }>> {
  const prepared = await prepareRows(rows, unarranged, signal);
  if (!prepared.ok) return prepared;
  return exportTo(prepared.value, target, rows.database, signal);
}

async function prepareRows(
  { session, database, store, fields, mostRows }: KeptRowsOf,
  arrangement: Arrangement,
  signal: AbortSignal,
): Promise<Outcome<PreparedQuery>> {
  const { text, whereStart } = arrangedRows(rowsName, fields, arrangement);
  const rows = { name: rowsName, source: store.source(mostRows) };
  const reader = ownQueries(database, signal);
  const prepared = await session.prepare(text, { sample: false, rows }, reader);
  if (prepared.ok) return prepared;
  if (signal.aborted) return fail({ kind: 'cancelled' });
  return fail(inCondition(prepared.error, whereStart, arrangement.where));
}

function tooLarge(limitByteLength: number): EngineFailure {
  const limit = Math.round(limitByteLength / 2 ** 20).toLocaleString('en-US');
  return {
    kind: 'unavailable',
    scope: 'query',
    message: `The sorted or filtered rows would take more than the ${limit} MiB on disk that are left for results. Close a result, or filter to fewer rows; the result in its own order still scrolls.`,
  };
}
