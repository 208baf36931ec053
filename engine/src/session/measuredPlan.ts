/**
 * DuckDB's measured operators, carried back to the nodes of our physical plan.
 *
 * The two plans are made apart: DuckDB merges, splits and reorders. So both are cut into chains of nodes with one
 * source each, chains are laid beside each other by the kinds of their nodes, and the sources of a join by the files
 * below them. What does not fit has no numbers: none is better than another node's.
 */
import type { MeasuredNode, NodeMetrics, PlanNode } from '#shared/protocol/engine.ts';

export interface MeasuredPlan {
  /** With `measured` wherever an operator of DuckDB was surely the same step. */
  readonly plan: PlanNode;
  /** Scans of which DuckDB tells what came through filters, and those that other filters than the query's were in. */
  readonly filtered: ReadonlySet<number>;
  readonly narrowed: ReadonlySet<number>;
}

export function measuredPlan(plan: PlanNode, metrics: NodeMetrics): MeasuredPlan {
  const found: Found = { measured: new Map(), filtered: new Set(), narrowed: new Set() };
  matchChains(plan, metrics, found);
  return {
    plan: withRows(plan, found.measured),
    filtered: found.filtered,
    narrowed: found.narrowed,
  };
}

interface Found {
  readonly measured: Map<PlanNode, MeasuredNode>;
  readonly filtered: Set<number>;
  readonly narrowed: Set<number>;
}

function note(node: PlanNode, operator: NodeMetrics, found: Found): void {
  found.measured.set(node, measuredBy(operator));
  if (operator.isFiltered === true) found.filtered.add(node.id);
  if (operator.isNarrowed === true) found.narrowed.add(node.id);
}

type Kind =
  | 'scan'
  | 'filter'
  | 'project'
  | 'join'
  | 'aggregate'
  | 'window'
  | 'sort'
  | 'topN'
  | 'limit'
  | 'union'
  | 'generate';

/** By the name of Spark's operator. Others (exchanges, the adaptive root) are no step of one machine's. */
const SPARK: readonly (readonly [RegExp, Kind])[] = [
  [/Scan|^Range$|Relation/, 'scan'],
  [/^Filter$/, 'filter'],
  [/^Project$/, 'project'],
  [/Join|^CartesianProduct$/, 'join'],
  [/Aggregate$/, 'aggregate'],
  [/^Window$/, 'window'],
  [/^Sort$/, 'sort'],
  [/^TakeOrderedAndProject$/, 'topN'],
  [/Limit$/, 'limit'],
  [/^Union$/, 'union'],
  [/^Generate$/, 'generate'],
];

const DUCKDB: readonly (readonly [RegExp, Kind])[] = [
  [/_SCAN|^READ_|^RANGE|^EMPTY_RESULT/, 'scan'],
  [/^FILTER$/, 'filter'],
  [/^PROJECTION$/, 'project'],
  [/_JOIN$|^CROSS_PRODUCT$/, 'join'],
  [/GROUP_BY$|AGGREGATE$/, 'aggregate'],
  [/WINDOW$/, 'window'],
  [/^ORDER_BY$/, 'sort'],
  [/^TOP_N$/, 'topN'],
  [/LIMIT$/, 'limit'],
  [/^UNION$/, 'union'],
  [/^UNNEST$/, 'generate'],
];

const kindIn = (kinds: typeof SPARK, name: string) => kinds.find(([form]) => form.test(name))?.[1];
const kindOfNode = ({ name }: PlanNode) => kindIn(SPARK, name);
const kindOfOperator = ({ operator }: NodeMetrics) => kindIn(DUCKDB, operator);

function matchChains(top: PlanNode, first: NodeMetrics, found: Found): void {
  const nodes = chainOf(top);
  const operators = chainOf(first);
  const [end, last] = [nodes.at(-1), operators.at(-1)];
  if (!end || !last) return;
  // The ends of the chains are one step, or the chains are not about the same thing.
  const kind = kindOfNode(end);
  if (kind === undefined || kind !== kindOfOperator(last)) {
    matchScans(top, first, found);
    return;
  }
  const pairs = aligned(nodes.slice(0, -1), operators.slice(0, -1));
  pairs.push([end, last]);
  for (const [node, operator] of pairs) note(node, operator, found);
  shareTheRest(pairs, operators, found.measured);
  if (kind === 'scan' && last.isFiltered === true) giveFilter(nodes, last.rows, found.measured);
  for (const [child, source] of matchedSources(end, last, kind)) matchChains(child, source, found);
}

/** From a node down to the first that has no source, or more than one. */
function chainOf<T extends { readonly children: readonly T[] }>(top: T): readonly T[] {
  const chain: T[] = [top];
  for (let node = top; node.children.length === 1;) {
    const [child] = node.children;
    if (!child) break;
    chain.push(child);
    node = child;
  }
  return chain;
}

/** The longest series of equal kinds in both, each found as near to the top as it can be. */
function aligned(
  nodes: readonly PlanNode[],
  operators: readonly NodeMetrics[],
): (readonly [PlanNode, NodeMetrics])[] {
  const kinds = nodes.map(kindOfNode);
  const others = operators.map(kindOfOperator);
  const lengths = Array.from({ length: nodes.length + 1 }, () =>
    new Array<number>(operators.length + 1).fill(0),
  );
  const length = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  const isSame = (i: number, j: number) => kinds[i] !== undefined && kinds[i] === others[j];
  for (let i = nodes.length - 1; i >= 0; i--)
    for (let j = operators.length - 1; j >= 0; j--) {
      const row = lengths[i];
      if (row)
        row[j] = isSame(i, j)
          ? length(i + 1, j + 1) + 1
          : Math.max(length(i + 1, j), length(i, j + 1));
    }
  const pairs: (readonly [PlanNode, NodeMetrics])[] = [];
  for (let [i, j] = [0, 0]; i < nodes.length && j < operators.length;) {
    const [node, operator] = [nodes[i], operators[j]];
    if (node && operator && isSame(i, j) && length(i, j) === length(i + 1, j + 1) + 1) {
      pairs.push([node, operator]);
      [i, j] = [i + 1, j + 1];
    } else if (length(i + 1, j) >= length(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}

const measuredBy = ({ rows, elapsedMs, estimatedRows }: NodeMetrics): MeasuredNode => ({
  rows,
  ownMs: elapsedMs,
  ...(estimatedRows === undefined ? {} : { estimatedRows }),
});

/** An operator that is no node of ours (a cast, a compression) worked for the one above it. */
function shareTheRest(
  pairs: readonly (readonly [PlanNode, NodeMetrics])[],
  operators: readonly NodeMetrics[],
  found: Map<PlanNode, MeasuredNode>,
): void {
  const nodeOf = new Map(pairs.map(([node, operator]) => [operator, node]));
  let above: PlanNode | undefined = pairs[0]?.[0];
  for (const operator of operators) {
    const node = nodeOf.get(operator);
    if (node) above = node;
    else if (above) addTime(above, operator.elapsedMs, found);
  }
}

function addTime(node: PlanNode, ms: number, found: Map<PlanNode, MeasuredNode>): void {
  const before = found.get(node);
  if (before) found.set(node, { ...before, ownMs: (before.ownMs ?? 0) + ms });
}

/** A filter that DuckDB applied while it read: the rows that came out of the reader are the filter's. */
function giveFilter(
  nodes: readonly PlanNode[],
  rows: number,
  found: Map<PlanNode, MeasuredNode>,
): void {
  const filter = nodes.slice(0, -1).findLast(({ name }) => !keepsRows(name));
  if (filter?.name === 'Filter' && !found.has(filter)) found.set(filter, { rows });
}

/** Which source of one is which of the other: of a union in order, of a join by the files that are read below. */
function matchedSources(
  node: PlanNode,
  operator: NodeMetrics,
  kind: Kind,
): readonly (readonly [PlanNode, NodeMetrics])[] {
  if (node.children.length !== operator.children.length) return [];
  const inOrder = node.children.flatMap((child, i) => {
    const source = operator.children[i];
    return source ? [[child, source] as const] : [];
  });
  if (kind !== 'join' || inOrder.length !== 2) return inOrder;
  const crossed = inOrder.map(([child], i) => [child, inOrder[1 - i]?.[1]] as const);
  const reads = ([child, source]: readonly [PlanNode, NodeMetrics | undefined]) =>
    source !== undefined && sameFiles(filesOfNode(child), filesOfOperator(source));
  if (inOrder.every(reads)) return inOrder;
  return crossed.every(reads)
    ? crossed.flatMap(([child, source]) => (source ? [[child, source] as const] : []))
    : [];
}

/** Each path of one is that of a file of the other, or of a folder around it, and none is left over. */
function sameFiles(paths: readonly string[], files: readonly string[]): boolean {
  const left = [...files];
  for (const path of paths) {
    const at = left.findIndex((file) => file === path || file.startsWith(`${path}/`));
    if (at < 0) return false;
    left.splice(at, 1);
  }
  return left.length === 0;
}

function filesOfNode(node: PlanNode): readonly string[] {
  const own = node.facts.find(([label]) => label === 'Location')?.[1];
  return [
    ...(own === undefined ? [] : [slashed(own.replace(/^file:/, ''))]),
    ...node.children.flatMap(filesOfNode),
  ];
}

function filesOfOperator({ files, children }: NodeMetrics): readonly string[] {
  const own = files === undefined ? [] : [slashed(files.split(',', 1)[0] ?? '')];
  return [...own, ...children.flatMap(filesOfOperator)];
}

const slashed = (path: string) => path.trim().replaceAll('\\', '/').replace(/\/$/, '');

/** Of plans that share no more: each file that both read in one place only. */
function matchScans(top: PlanNode, first: NodeMetrics, found: Found): void {
  const scans = leaves(top).filter((node) => kindOfNode(node) === 'scan');
  const operators = leaves(first).filter((operator) => operator.files !== undefined);
  for (const scan of scans) {
    const paths = filesOfNode(scan);
    const same = operators.filter((operator) => sameFiles(paths, filesOfOperator(operator)));
    const [operator] = same;
    if (paths.length === 0 || !operator || same.length > 1) continue;
    if (scans.filter((other) => filesOfNode(other)[0] === paths[0]).length > 1) continue;
    note(scan, operator, found);
  }
}

const leaves = <T extends { readonly children: readonly T[] }>(node: T): readonly T[] =>
  node.children.length === 0 ? [node] : node.children.flatMap(leaves);

/** Steps that neither add nor drop rows pass on what came in. */
export const keepsRows = (name: string): boolean => KEEPS_ROWS.test(name);
const KEEPS_ROWS =
  /^(Project|Exchange|BroadcastExchange|Sort|Window|AdaptiveSparkPlan|ReusedExchange|ColumnarToRow)$/;

function withRows(node: PlanNode, found: ReadonlyMap<PlanNode, MeasuredNode>): PlanNode {
  const children = node.children.map((child) => withRows(child, found));
  const own = found.get(node);
  const [source] = children;
  const passed =
    own ?? (keepsRows(node.name) && source?.measured ? { rows: source.measured.rows } : undefined);
  return { ...node, children, ...(passed === undefined ? {} : { measured: passed }) };
}
