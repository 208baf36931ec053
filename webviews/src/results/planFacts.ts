/** What a card says of its node, and what was measured over a whole plan. */
import type { PlanNode } from '#shared/protocol/engine.ts';
import { formatElapsed } from '#shared/quantities.ts';

/** One line of what the node does, without the numbers that Spark gives its columns. */
export function essenceOf({ name, detail }: PlanNode): string {
  const plain = detail.replace(/#\d+L?/g, '').replace(/\[plan_id=\d+\]/g, '');
  if (name.includes('Scan')) {
    const file = /Location: [^[]*\[(?:[^\]]*\/)?([^\]/]*)\]/.exec(plain)?.[1];
    const columns = /\[[^\]]*\]/.exec(plain)?.[0];
    return [file, columns].filter((part) => part !== undefined).join(' · ') || plain;
  }
  return plain.replace(/, ENSURE_REQUIREMENTS.*$/, '').replace(/, false$/, '');
}

/** Where a cluster would send rows from machine to machine, and one machine does nothing. */
export function isExchange({ name }: PlanNode): boolean {
  return name.endsWith('Exchange');
}

export interface Heat {
  /** Milliseconds of all nodes together. */
  readonly totalMs: number;
  /** By node id: milliseconds of a node and all its sources. */
  readonly withSources: ReadonlyMap<number, number>;
  /** By node id, 1 for the one that took most; of those with a twentieth of the time at least. */
  readonly hottest: ReadonlyMap<number, 1 | 2 | 3>;
}

export function heatOf(root: PlanNode): Heat {
  const timed = nodesOf(root).flatMap(({ id, measured }) =>
    measured?.ownMs === undefined ? [] : [{ id, ms: measured.ownMs }],
  );
  const totalMs = timed.reduce((sum, { ms }) => sum + ms, 0);
  const hottest = timed
    .filter(({ ms }) => ms > 0 && ms >= totalMs / 20)
    .sort((a, b) => b.ms - a.ms)
    .slice(0, 3)
    .map(({ id }, rank) => [id, (rank + 1) as 1 | 2 | 3] as const);
  const withSources = new Map<number, number>();
  const sum = ({ id, measured, children }: PlanNode): number => {
    const ms = children.reduce((all, child) => all + sum(child), measured?.ownMs ?? 0);
    withSources.set(id, ms);
    return ms;
  };
  sum(root);
  return { totalMs, withSources, hottest: new Map(hottest) };
}

export function nodesOf(root: PlanNode): readonly PlanNode[] {
  return [root, ...root.children.flatMap(nodesOf)];
}

/** The node with the smallest piece of text around a place in the query; of equals, the one nearest to the result. */
export function nodeAt(root: PlanNode, offset: number): PlanNode | undefined {
  let found: PlanNode | undefined;
  const lengthOf = ({ start = 0, end = 0 }: PlanNode) => end - start;
  for (const node of nodesOf(root)) {
    const { start, end } = node;
    if (start === undefined || end === undefined || offset < start || offset > end) continue;
    if (!found || lengthOf(node) < lengthOf(found)) found = node;
  }
  return found;
}

/** Milliseconds of a node with all its sources. */
export function totalMsOf(node: PlanNode): number {
  return nodesOf(node).reduce((sum, { measured }) => sum + (measured?.ownMs ?? 0), 0);
}

/** The node of another stage's plan that came from the same piece of text, or from the smallest around it. */
export function sameNodeIn(root: PlanNode, { start, end }: PlanNode): PlanNode | undefined {
  if (start === undefined || end === undefined) return undefined;
  const same = nodesOf(root).find((node) => node.start === start && node.end === end);
  return same ?? nodeAt(root, start);
}

export type Idea =
  'lazy-evaluation' | 'shuffle' | 'broadcast' | 'push-down' | 'caching' | 'partitions';

/** The pages about what a node shows of Spark's ideas. */
export function ideasOf({ name, facts }: PlanNode): readonly Idea[] {
  if (/^(AdaptiveSparkPlan|CollectLimit|GlobalLimit|LocalLimit)$/.test(name))
    return ['lazy-evaluation'];
  if (name.startsWith('Broadcast')) return ['broadcast'];
  if (name.endsWith('Exchange')) return ['shuffle', 'partitions'];
  if (name.startsWith('InMemory')) return ['caching'];
  if (/^(SortMergeJoin|ShuffledHashJoin|Window|Repartition.*|RebalancePartitions)$/.test(name))
    return ['shuffle'];
  if (name === 'Filter' || name === 'Project') return ['push-down'];
  if (name.endsWith('Aggregate')) return ['shuffle'];
  if (facts.some(([label]) => label === 'Pushed filters' || label === 'Columns read'))
    return ['push-down'];
  return /Relation|Scan/.test(name) ? ['lazy-evaluation'] : [];
}

/** How far the engine's estimate was off, as a factor of at least ten; undefined below that. */
export function misjudged({ measured }: PlanNode): number | undefined {
  if (measured?.estimatedRows === undefined) return undefined;
  const [small, big] = [measured.rows, measured.estimatedRows].sort((a, b) => a - b);
  const factor = (big ?? 0) / Math.max(1, small ?? 0);
  return factor >= 10 ? Math.round(factor) : undefined;
}

/** Most steps of a small plan take less than anybody would write down. */
export const timeText = (ms: number): string => (ms < 1 ? '< 1 ms' : formatElapsed(ms));
