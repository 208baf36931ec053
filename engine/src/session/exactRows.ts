/**
 * Rows of a plan's nodes that DuckDB's own numbers do not tell. It filters while it reads, and drops there what a
 * join further up would drop, so less comes out of scans, filters and joins than their part of the query yields.
 * Those are counted by queries of their own.
 */
import type { PlanNode } from '#shared/protocol/engine.ts';
import { allSteps, stepsOf, type Step } from '#sql/explain/advice/step.ts';
import { countsOf } from '#sql/explain/countsOf.ts';
import { keysOf } from '#sql/explain/physicalJoin.ts';
import { planPhysical } from '#sql/explain/physicalPlan.ts';
import { readsOutside } from '#sql/optimize/rewritePredicateSubquery.ts';
import type { Relation } from '#sql/plan/resolved.ts';
import { inputsOf } from '#sql/plan/traverse.ts';
import type { Database } from '../duckdb/native.ts';
import { ownQueries } from '../duckdb/sourceReader.ts';
import { keepsRows, type MeasuredPlan } from './measuredPlan.ts';
import type { PreparedQuery } from './session.ts';

export async function withExactRows(
  prepared: PreparedQuery,
  { plan, filtered, narrowed }: MeasuredPlan,
  database: Database,
  signal: AbortSignal,
): Promise<PlanNode> {
  const { compiled, explainOptions, lower, filesOf } = prepared;
  const root = stepsOf(planPhysical(compiled.optimized, explainOptions), plan);
  /** Undefined where there is nothing to show. */
  const exact = new Map<number, number | undefined>();

  const changed = new Set<number>();

  async function visit(step: Step, above: Above): Promise<void> {
    const { of: relation, name } = step.node;
    const within: Above = {
      // An aggregate has to see all rows, whatever the first rows of an order are.
      isNarrowed:
        relation?.kind === 'join' || above.isJoined || name === 'TakeOrderedAndProject'
          ? true
          : above.isNarrowed && relation?.kind !== 'aggregate',
      isJoined: above.isJoined || relation?.kind === 'join',
      isFiltered: name === 'Filter',
    };
    for (const inner of step.inner) await visit(inner, nothingAbove);
    for (const child of step.children) await visit(child, within);
    if (
      relation?.kind === 'scan' &&
      filesOf(relation.table).length > 0 &&
      relation.table.source.format === 'parquet'
    ) {
      // Told by the row groups that are read.
      if (step.measured) exact.set(step.id, step.measured.rows);
      return;
    }
    if (!step.measured || !relation || !isDoubtful(step, relation, above)) return;
    const count = await countOf(relation);
    exact.set(step.id, count);
    if (count !== step.measured.rows) changed.add(step.id);
  }

  function isDoubtful(step: Step, relation: Relation, above: Above): boolean {
    const below = allSteps(step);
    const isLeaf =
      relation.kind === 'scan' || inputsOf(relation).every(({ kind }) => kind === 'scan');
    if (isLeaf && relation.kind !== 'join')
      return below.some(({ id }) => filtered.has(id) || narrowed.has(id));
    // A condition that is no equality DuckDB may ask before, or after.
    if (relation.kind === 'join' && (keysOf(relation).rest.length > 0 || above.isFiltered))
      return true;
    if (!above.isNarrowed) return false;
    return below.some(
      ({ id, node }) => narrowed.has(id) || (node.of?.kind !== 'scan' && changed.has(id)),
    );
  }

  async function countOf(relation: Relation): Promise<number | undefined> {
    // In a subquery that reads the row outside there is no count.
    if (readsOutside(relation)) return undefined;
    const isScan = relation.kind === 'scan';
    const lowered = lower(countsOf(isScan ? { ...relation, pushedFilters: [] } : relation, []));
    if (!lowered.ok) return undefined;
    const { sql, functions } = lowered.value;
    const [row] = await ownQueries(database, signal, functions).rows(sql);
    return Number(row?.[0]);
  }

  await visit(root, nothingAbove);
  return withRows(plan, exact, narrowed);
}

/** What stands over a node that may keep rows from coming out of it. */
interface Above {
  readonly isNarrowed: boolean;
  readonly isJoined: boolean;
  readonly isFiltered: boolean;
}
const nothingAbove: Above = { isNarrowed: false, isJoined: false, isFiltered: false };

function withRows(
  node: PlanNode,
  exact: ReadonlyMap<number, number | undefined>,
  narrowed: ReadonlySet<number>,
): PlanNode {
  const children = node.children.map((child) => withRows(child, exact, narrowed));
  const { measured, ...rest } = node;
  const [source, ...others] = children;
  if (!measured) return { ...rest, children };
  const withCount = (rows: number | undefined): PlanNode =>
    rows === undefined
      ? { ...rest, children }
      : { ...rest, children, measured: { ...measured, rows } };
  if (exact.has(node.id)) return withCount(exact.get(node.id));
  if (!keepsRows(node.name) || !source || others.length > 0) return withCount(measured.rows);
  if (source.measured) return withCount(source.measured.rows);
  return withCount(hasAny(node, narrowed) ? undefined : measured.rows);
}

const hasAny = ({ id, children }: PlanNode, ids: ReadonlySet<number>): boolean =>
  ids.has(id) || children.some((child) => hasAny(child, ids));
