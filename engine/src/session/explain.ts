/** The four plans, what DuckDB is told, and, measured, what it did. */
import type {
  EngineFailure,
  ExplainMode,
  Explanation,
  NodeMetrics,
  PlanNode,
} from '#shared/protocol/engine.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { advise, adviceQueries, scansOf, type UnusedCache } from '#sql/explain/advice/advise.ts';
import type { KeyShare } from '#sql/explain/advice/joinAdvice.ts';
import { explain, explainText } from '#sql/explain/explain.ts';
import { byteLengthText } from '#sql/explain/statistics.ts';
import { columnName } from '../duckdb/lowerExpression.ts';
import { metricsOf } from '../duckdb/metrics.ts';
import type { Database } from '../duckdb/native.ts';
import { failureOf } from '../duckdb/outcome.ts';
import { ownQueries } from '../duckdb/sourceReader.ts';
import { withExactRows } from './exactRows.ts';
import { measuredPlan } from './measuredPlan.ts';
import { qualifierOf } from './opening.ts';
import { rowGroupsRead, unorderedColumns } from './rowGroups.ts';
import type { PreparedQuery, Session } from './session.ts';

export async function explainPlan(
  session: Session,
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
  const explained = explain(compiled, explainOptions);
  const unusedCaches = unusedCachesOf(session, prepared);
  try {
    const unordered = await unorderedIn(prepared, explained.trees.physical, database, signal);
    const facts = { physical: explained.trees.physical, unusedCaches, unordered };
    const explanation: Explanation = {
      ...explained,
      advice: advise(compiled, explainOptions, facts),
      trace: compiled.trace,
      printed: explainText(mode, compiled, explainOptions),
      sql: lowered.sql,
    };
    if (mode !== 'analyze') return ok(explanation);
    // The query itself leaves DuckDB free to order joins, and its steps could then not be told on the plan's nodes.
    const planned = prepared.lower(compiled.optimized, 'asPlanned');
    const { sql, functions } = planned.ok ? planned.value : lowered;
    const metrics = await metricsOf(sql, ownQueries(database, signal, functions));
    const found = measuredPlan(explanation.trees.physical, metrics);
    const plan = await withReads(prepared, found.plan, database, signal);
    const exact = await withExactRows(prepared, { ...found, plan }, database, signal);
    const measured = withWhole(exact, metrics);
    const keyShares = await keySharesOf(prepared, measured, database, signal);
    const physical = withSides(measured, keyShares);
    const advice = advise(compiled, explainOptions, { ...facts, physical, metrics, keyShares });
    return ok({ ...explanation, trees: { ...explanation.trees, physical }, advice, metrics });
  } catch (error) {
    if (signal.aborted) return fail({ kind: 'cancelled' });
    return fail(failureOf(error, lowered.overflowSites));
  }
}

/** Footers of files are read only for filters that advice would be given on. */
async function unorderedIn(
  { compiled, explainOptions, filesOf }: PreparedQuery,
  physical: PlanNode,
  database: Database,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, ReadonlySet<string>>> {
  const unordered = new Map<number, ReadonlySet<string>>();
  const isAdvised = advise(compiled, explainOptions, { physical }).some(
    ({ rule }) => rule === 'filterNotPushed',
  );
  if (!isAdvised) return unordered;
  for (const { id, scan } of scansOf(compiled, explainOptions)) {
    const files = scan.table.source.format === 'parquet' ? filesOf(scan.table) : [];
    if (files.length === 0) continue;
    unordered.set(id, await unorderedColumns(scan, files, ownQueries(database, signal)));
  }
  return unordered;
}

/** What was measured of the statement as a whole is a fact of the plan's root. */
function withWhole(root: PlanNode, { whole }: NodeMetrics): PlanNode {
  if (!whole) return root;
  const { peakMemoryByteLength, spilledByteLength } = whole;
  const measured = [
    ['Memory at most', byteLengthText(peakMemoryByteLength)],
    ['Spilled to disk', spilledByteLength === 0 ? 'nothing' : byteLengthText(spilledByteLength)],
  ] as const;
  return { ...root, facts: [...measured, ...root.facts] };
}

/** What each scan of Parquet files reads of them is a fact of it. */
async function withReads(
  { compiled, explainOptions, filesOf }: PreparedQuery,
  root: PlanNode,
  database: Database,
  signal: AbortSignal,
): Promise<PlanNode> {
  const facts = new Map<number, PlanNode['facts']>();
  const rows = new Map<number, number>();
  for (const { id, scan } of scansOf(compiled, explainOptions)) {
    const files = scan.table.source.format === 'parquet' ? filesOf(scan.table) : [];
    if (files.length === 0) continue;
    const read = await rowGroupsRead(scan, files, ownQueries(database, signal));
    rows.set(id, read.readRowCount);
    facts.set(id, [
      ['Bytes read', byteLengthText(read.readByteLength)],
      ['Row groups read', readText(read.readGroupCount, read.groupCount)],
      ['Files read', readText(read.readFileCount, read.fileCount)],
    ]);
  }
  const withFacts = (node: PlanNode): PlanNode => ({
    ...node,
    facts: [...(facts.get(node.id) ?? []), ...node.facts],
    ...measuredWith(node, rows.get(node.id)),
    children: node.children.map(withFacts),
  });
  return facts.size === 0 ? root : withFacts(root);
}

/** Of row groups that are skipped no row leaves a scan. */
function measuredWith({ measured }: PlanNode, rows: number | undefined) {
  return measured && rows !== undefined ? { measured: { ...measured, rows } } : {};
}

const readText = (count: number, all: number) =>
  count === all ? `all ${all}` : `${count} of ${all}, ${all - count} skipped`;

/** How the keys of joins and windows are spread, which no operator of DuckDB's tells: each input is read once more for it. */
async function keySharesOf(
  prepared: PreparedQuery,
  physical: PlanNode,
  database: Database,
  signal: AbortSignal,
): Promise<readonly KeyShare[]> {
  const shares: KeyShare[] = [];
  const { compiled, explainOptions } = prepared;
  for (const { nodeId, childIndex, keys, counts } of adviceQueries(
    compiled,
    explainOptions,
    physical,
  )) {
    const lowered = prepared.lower(counts);
    if (!lowered.ok) continue;
    const { sql, output, functions } = lowered.value;
    const columns = output.map(({ exprId }) => columnName(exprId));
    const count = columns.pop() ?? '';
    const values = columns.map((name) => `coalesce(CAST(${name} AS VARCHAR), 'null')`).join(', ');
    const [row = []] = await ownQueries(database, signal, functions).rows(
      `SELECT sum(${count})::BIGINT, max(${count}), count(*), arg_max(concat_ws(', ', ${values}), ${count}) FROM (${sql}) AS counted`,
    );
    const [rowCount = 0, largestRowCount = 0, keyCount = 0] = row.map(Number);
    const text = typeof row[3] === 'string' ? row[3] : '';
    const value = text.slice(0, 80);
    shares.push({ nodeId, childIndex, keys, rowCount, largestRowCount, keyCount, value });
  }
  return shares;
}

/** Rows that a cluster would move to a join: here a join drops some before they come to it. */
function withSides(root: PlanNode, shares: readonly KeyShare[]): PlanNode {
  const moved = (node: PlanNode, rows: number): PlanNode =>
    /^(Sort|Exchange)$/.test(node.name)
      ? {
          ...node,
          measured: { ...node.measured, rows },
          children: node.children.map((child) => moved(child, rows)),
        }
      : node;
  const visit = (node: PlanNode): PlanNode => {
    const own = shares.filter(({ nodeId }) => nodeId === node.id);
    const children = node.children.map(visit).map((child, index) => {
      const share = own.find(({ childIndex }) => childIndex === index);
      return share ? moved(child, share.rowCount) : child;
    });
    return { ...node, children };
  };
  return visit(root);
}

function unusedCachesOf(session: Session, { read }: PreparedQuery): readonly UnusedCache[] {
  return [...session.caches].flatMap(([relation, { nameParts, held }]) => {
    if (!held || session.readCaches.has(relation) || read.includes(relation)) return [];
    const madeOf = held.made.map((each) => qualifierOf(each).join('.'));
    return [{ name: nameParts.join('.'), byteLength: held.byteLength, madeOf }];
  });
}
