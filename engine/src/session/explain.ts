/** The four plans, what DuckDB is told, and, measured, what it did. */
import type { EngineFailure, ExplainMode, Explanation } from '#shared/protocol/engine.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { explain, explainText } from '#sql/explain/explain.ts';
import { metricsOf } from '../duckdb/metrics.ts';
import type { Database } from '../duckdb/native.ts';
import { failureOf } from '../duckdb/outcome.ts';
import { ownQueries } from '../duckdb/sourceReader.ts';
import { measuredPlan } from './measuredPlan.ts';
import type { PreparedQuery } from './session.ts';

export async function explainPlan(
  prepared: PreparedQuery,
  mode: ExplainMode,
  database: Database,
  signal: AbortSignal,
): Promise<Result<Explanation, EngineFailure | { readonly kind: 'cancelled' }>> {
  if (mode === 'codegen')
    return fail({
      kind: 'spark',
      class: 'UNSUPPORTED_EXPLAIN_MODE',
      sqlState: '0A000',
      message:
        '[UNSUPPORTED_EXPLAIN_MODE] This engine runs plans without generating Java code, so there is none to explain. SQLSTATE: 0A000',
      parameters: { mode },
    });
  const { compiled, lowered, explainOptions } = prepared;
  const explanation: Explanation = {
    ...explain(compiled, explainOptions),
    trace: compiled.trace,
    printed: explainText(mode, compiled, explainOptions),
    sql: lowered.sql,
  };
  if (mode !== 'analyze') return ok(explanation);
  try {
    const metrics = await metricsOf(lowered.sql, ownQueries(database, signal, lowered.functions));
    const physical = measuredPlan(explanation.trees.physical, metrics);
    return ok({ ...explanation, trees: { ...explanation.trees, physical }, metrics });
  } catch (error) {
    if (signal.aborted) return fail({ kind: 'cancelled' });
    return fail(failureOf(error, lowered.overflowSites));
  }
}
