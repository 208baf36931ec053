/** What DuckDB's operators did, measured by running the statement under EXPLAIN ANALYZE. */
import type { NodeMetrics } from '#shared/protocol/engine.ts';

interface Profile {
  readonly operator_name?: string;
  readonly operator_type?: string;
  readonly operator_cardinality?: number;
  readonly operator_timing?: number;
  readonly system_peak_buffer_memory?: number;
  readonly system_peak_temp_dir_size?: number;
  readonly extra_info?: Readonly<Record<string, unknown>>;
  readonly children?: readonly Profile[];
}

/** `queries.rows` gives the one row of EXPLAIN: a key and the profile as JSON. */
export async function metricsOf(
  sql: string,
  queries: { rows(sql: string): Promise<readonly (readonly unknown[])[]> },
): Promise<NodeMetrics> {
  const rows = await queries.rows(`EXPLAIN (ANALYZE, FORMAT json) ${sql}`);
  const profile = JSON.parse(String(rows[0]?.[1])) as Profile;
  return {
    ...nodeOf(firstOperator(profile)),
    whole: {
      peakMemoryByteLength: profile.system_peak_buffer_memory ?? 0,
      spilledByteLength: profile.system_peak_temp_dir_size ?? 0,
    },
  };
}

/** Below the statement itself and DuckDB's own EXPLAIN ANALYZE operator. */
function firstOperator(profile: Profile): Profile {
  const [child] = profile.children ?? [];
  const isWrapper =
    profile.operator_type === undefined || profile.operator_type === 'EXPLAIN_ANALYZE';
  return isWrapper && child ? firstOperator(child) : profile;
}

function nodeOf(profile: Profile): NodeMetrics {
  const { extra_info: facts = {} } = profile;
  const estimated = Number(facts['Estimated Cardinality']);
  const files = facts['Filename(s)'];
  return {
    operator: (profile.operator_name ?? profile.operator_type ?? '').trim(),
    rows: profile.operator_cardinality ?? 0,
    elapsedMs: (profile.operator_timing ?? 0) * 1000,
    ...(Number.isFinite(estimated) ? { estimatedRows: estimated } : {}),
    ...(typeof files === 'string' ? { files } : {}),
    ...(facts.Filters === undefined ? {} : { isFiltered: true }),
    ...(facts['Dynamic Filters'] === undefined ? {} : { isNarrowed: true }),
    children: (profile.children ?? []).map(nodeOf),
  };
}
