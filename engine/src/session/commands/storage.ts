/** Statements of the engine's own that change DuckDB's tables. */
import type { Result } from '#shared/result.ts';
import { fail } from '#shared/result.ts';
import type { Lowered } from '../../duckdb/lowerRelation.ts';
import { interruptible } from '../../duckdb/interruptible.ts';
import { failureOf } from '../../duckdb/outcome.ts';
import type { SparkError } from '#shared/protocol/engine.ts';
import type { Range } from '#sql/plan/range.ts';
import { problem, quoteName } from '#sql/problem.ts';
import type { SessionRelation } from '../catalog.ts';
import type { CommandContext, Failed } from './command.ts';

/** Runs DuckDB statements of the engine's own on one connection; one that fails leaves nothing half done. */
export async function execute(
  { database, signal }: CommandContext,
  sql: string,
  lowered?: Lowered,
): Promise<Result<undefined, Failed>> {
  const connection = await database.connect(sql, lowered?.functions ?? []);
  try {
    await interruptible(connection, signal, () => connection.run(sql));
    return { ok: true, value: undefined };
  } catch (error) {
    if (signal.aborted) return fail({ kind: 'cancelled' });
    return fail(failureOf(error, lowered?.overflowSites ?? new Map()));
  } finally {
    connection.closeSync();
  }
}

export async function dropStorage(
  context: CommandContext,
  relation: SessionRelation,
): Promise<void> {
  if (relation.kind === 'table') {
    await execute(context, `DROP TABLE IF EXISTS ${relation.storage}`);
  }
}

export function lowerKeys(options: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(options).map(([key, value]) => [key.toLowerCase(), value]),
  );
}

/** The one catalog that there is has databases, and no namespaces inside of them. */
export function singlePart(nameParts: readonly string[], range: Range): SparkError {
  const namespace = quoteName(nameParts.slice(0, -1));
  const parameters = { sessionCatalog: 'spark_catalog', namespace };
  return problem('REQUIRES_SINGLE_PART_NAMESPACE', parameters, range);
}
