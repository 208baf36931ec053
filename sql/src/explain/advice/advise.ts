/**
 * What would make a query cheaper. Pure: on the plans, and on what was measured where it was. Silent where a mend
 * would save nothing worth the words.
 */
import { formatQuantity } from '#shared/quantities.ts';
import type { Advice, NodeMetrics, PlanNode } from '#shared/protocol/engine.ts';
import type { Aggregate, Relation, Scan } from '../../plan/resolved.ts';
import { references } from '../../plan/traverse.ts';
import type { Explainable, ExplainOptions } from '../explain.ts';
import { planPhysical } from '../physicalPlan.ts';
import { byteLengthText } from '../statistics.ts';
import { filterAdvice } from './filterAdvice.ts';
import { joinAdvice, keysToMeasure, type KeyShare } from './joinAdvice.ts';
import { scanAdvice } from './scanAdvice.ts';
import { allSteps, stepsOf, worthByteLength, type Finding, type Step } from './step.ts';

export interface AdviceFacts {
  /** The physical plan as it is shown, with what was measured. */
  readonly physical: PlanNode;
  readonly metrics?: NodeMetrics;
  readonly keyShares?: readonly KeyShare[];
  readonly unusedCaches?: readonly UnusedCache[];
  /** By the id of a scan: columns of which no row group could be skipped, whatever they are compared with. */
  readonly unordered?: ReadonlyMap<number, ReadonlySet<string>>;
}

/** A cache that no query has read. */
export interface UnusedCache {
  readonly name: string;
  readonly byteLength: number;
  /** Tables that it was made of, as plans print them. */
  readonly madeOf: readonly string[];
}

export function advise(
  plans: Explainable,
  options: ExplainOptions,
  facts: AdviceFacts,
): readonly Advice[] {
  const root = stepsOf(planPhysical(plans.optimized, options), facts.physical);
  const hasStar = hasStarIn(plans.parsed.relation);
  const advice: Advice[] = [];
  const visit = (step: Step, above: readonly Step[]): void => {
    const found: readonly Finding[] = [
      ...scanAdvice(step, above, hasStar),
      ...filterAdvice(step, facts.unordered ?? new Map()),
      ...joinAdvice(step, plans.analyzed, options, facts.keyShares ?? []),
      ...(hasStar ? starUnderAggregate(step) : []),
      ...unusedCache(step, facts.unusedCaches ?? []),
    ];
    for (const each of found) {
      // A query that reads a table twice in one way hears of it once.
      const isSaid = advice.some(
        ({ rule, finding }) => rule === each.rule && finding === each.finding,
      );
      if (!isSaid) advice.push({ ...each, nodeId: step.id });
    }
    for (const child of step.inner) visit(child, []);
    for (const child of step.children) visit(child, [...above, step]);
  };
  visit(root, []);
  return [...advice, ...spilled(root, facts.metrics)];
}

/** Queries that tell how the keys of a plan's joins are spread. */
export function adviceQueries(
  plans: Explainable,
  options: ExplainOptions,
  physical: PlanNode,
): ReturnType<typeof keysToMeasure> {
  return keysToMeasure(stepsOf(planPhysical(plans.optimized, options), physical));
}

/** The scans of a physical plan, with their ids in it. */
export function scansOf(
  plans: Explainable,
  options: ExplainOptions,
): readonly { readonly id: number; readonly scan: Scan }[] {
  return allSteps(stepsOf(planPhysical(plans.optimized, options), undefined)).flatMap(
    ({ id, node: { of: scan } }) => (scan?.kind === 'scan' ? [{ id, scan }] : []),
  );
}

/** A star in a select list; that of `count(*)` reads nothing. */
function hasStarIn(part: unknown): boolean {
  if (Array.isArray(part)) return part.some(hasStarIn);
  if (typeof part !== 'object' || part === null) return false;
  if ('kind' in part && part.kind === 'unresolvedFunction') return false;
  if ('kind' in part && part.kind === 'unresolvedStar') return true;
  return Object.values(part).some(hasStarIn);
}

/** Rows were made unique by columns that the aggregate above does not look at. */
function starUnderAggregate({ node: { of: aggregate } }: Step): readonly Finding[] {
  if (aggregate?.kind !== 'aggregate') return [];
  const distinct = distinctBelow(aggregate.input);
  if (!distinct) return [];
  const used = new Set(
    [...aggregate.grouping, ...aggregate.aggregates].flatMap((part) => [...references(part)]),
  );
  const unused = distinct.grouping.flatMap((column) =>
    column.kind === 'attribute' && !used.has(column.exprId) ? [column] : [],
  );
  const { byteLength, name } = sourceOf(distinct.input);
  if (unused.length === 0 || byteLength < worthByteLength) return [];
  const names = unused.map((column) => `\`${column.name}\``);
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  return [
    {
      rule: 'starUnderAggregate',
      title: '`SELECT *` under an aggregate',
      finding: `The aggregate does not use ${shown.join(', ')}, and yet ${formatQuantity(unused.length, 'column')} of ${name} ${unused.length === 1 ? 'is' : 'are'} read, sent and hashed: DISTINCT over \`*\` compares all of them, so the optimizer can't leave any out.`,
      remedy:
        'Name in the subquery the columns that tell rows apart, beside those that the aggregate uses.',
      idea: 'push-down',
    },
  ];
}

/** Through what only passes columns on. */
function distinctBelow(relation: Relation): Aggregate | undefined {
  if (relation.kind === 'project' || relation.kind === 'filter')
    return distinctBelow(relation.input);
  if (relation.kind !== 'aggregate') return undefined;
  // The optimizer has left out what nobody reads of its output; it still groups by all.
  const isDistinct = relation.aggregates.every(({ kind }) => kind === 'attribute');
  return isDistinct ? relation : undefined;
}

function sourceOf(relation: Relation): { readonly byteLength: number; readonly name: string } {
  switch (relation.kind) {
    case 'scan':
      return { byteLength: relation.table.statistics?.byteLength ?? 0, name: relation.table.name };
    case 'project':
    case 'filter':
      return sourceOf(relation.input);
    default:
      return { byteLength: 0, name: '' };
  }
}

/** What is cached was made of what is read here anew. */
function unusedCache(step: Step, caches: readonly UnusedCache[]): readonly Finding[] {
  const { of: scan } = step.node;
  if (scan?.kind !== 'scan') return [];
  return caches
    .filter(({ madeOf }) => madeOf.includes(scan.table.name))
    .map(({ name, byteLength }) => ({
      rule: 'cacheUnused',
      title: 'A cache that nothing reads',
      finding: `\`${name}\` holds ${byteLengthText(byteLength)} that were computed from ${scan.table.name}, and no query has read it; this one reads ${scan.table.name} again.`,
      remedy: `Read \`${name}\` here, if it has what is needed, or give its memory back: \`UNCACHE TABLE ${name}\`.`,
      idea: 'caching',
    }));
}

const holdsRows = /^(Sort|Window|SortMergeJoin|.*HashJoin|.*Aggregate)$/;

/** At the operator that had to hold most. */
function spilled(root: Step, metrics: NodeMetrics | undefined): readonly Advice[] {
  const byteLength = metrics?.whole?.spilledByteLength ?? 0;
  if (byteLength === 0) return [];
  const heldBy = ({ children }: Step) =>
    children.reduce((sum, { measured }) => sum + (measured?.rows ?? 0), 0);
  const [holder = root] = allSteps(root)
    .filter(({ node }) => holdsRows.test(node.name))
    .sort((a, b) => heldBy(b) - heldBy(a));
  return [
    {
      rule: 'spill',
      nodeId: holder.id,
      title: 'More than memory holds',
      finding: `${byteLengthText(byteLength)} went to disk and came back: ${formatQuantity(heldBy(holder), 'row')} had to be held at once, and memory was full.`,
      remedy:
        'Filter earlier and carry fewer columns to here; of an order LIMIT keeps only the first rows. Or allow more with `strata.engine.memoryLimit`.',
      idea: 'partitions',
    },
  ];
}
