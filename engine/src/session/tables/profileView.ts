/** Columns profiled where no table is open: of a file, or of a folder that is one. */
import { backquoted } from '#shared/protocol/arrangement.ts';
import type { EngineFailure, ViewDefinition } from '#shared/protocol/engine.ts';
import type { ColumnProfile } from '#shared/protocol/tables.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { Database } from '../../duckdb/native.ts';
import { failureOf } from '../../duckdb/outcome.ts';
import { ownQueries } from '../../duckdb/sourceReader.ts';
import type { SourceCache } from '../../sources/openSource.ts';
import type { PreparedQuery } from '../session.ts';
import { Session } from '../session.ts';
import { profileOf } from './profile.ts';

export async function profileView(
  options: {
    readonly settings: Readonly<Record<string, string>>;
    readonly view: ViewDefinition;
    readonly column: string;
    readonly database: Database;
    readonly sources: SourceCache;
  },
  signal: AbortSignal,
): Promise<Result<ColumnProfile, EngineFailure | { readonly kind: 'cancelled' }>> {
  const { settings, view, column, database, sources } = options;
  const reader = ownQueries(database, signal);
  const session = new Session('profile', settings, sources);
  const defined = await session.defineView(view, reader, false);
  if (signal.aborted) return fail({ kind: 'cancelled' });
  if (!defined.ok) return defined;
  const field = defined.value.fields.find(({ name }) => name === column);
  if (!field) return fail({ kind: 'gone' });
  return profileOf(`SELECT * FROM ${backquoted(view.name)}`, field, async (query) => {
    const prepared = await session.prepare(query, { sample: false }, reader);
    if (!prepared.ok) return signal.aborted ? fail({ kind: 'cancelled' }) : prepared;
    return rowsOf(prepared.value, database, signal);
  });
}

/** All rows of a query whose result is small. */
export async function rowsOf(
  { lowered: { sql, functions, overflowSites } }: PreparedQuery,
  database: Database,
  signal: AbortSignal,
): Promise<
  Result<readonly (readonly unknown[])[], EngineFailure | { readonly kind: 'cancelled' }>
> {
  try {
    return ok(await ownQueries(database, signal, functions).rows(sql));
  } catch (error) {
    return fail(signal.aborted ? { kind: 'cancelled' } : failureOf(error, overflowSites));
  }
}
