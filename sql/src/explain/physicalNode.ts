/** An operator of Spark's physical plan. */
import { expressionText, listText, utcText } from '../plan/expressionText.ts';
import type { TextOptions } from '../plan/expressionText.ts';
import type { Attribute, Expression, Relation, Subquery } from '../plan/resolved.ts';
import { childrenOf, expressionKey } from '../plan/traverse.ts';
import type { Range } from '../plan/range.ts';
import type { PlanItem } from './planItem.ts';

/** Where rows are after an operator, as far as it saves a shuffle to know. */
export type Partitioning =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'single' }
  | {
      readonly kind: 'hash';
      readonly keys: readonly Expression[];
      /** What equals the keys in each row: those of the other side of a join. */
      readonly equalKeys?: readonly (readonly Expression[])[];
    };

export interface PhysicalNode {
  readonly name: string;
  readonly detail: string;
  /** In place of name, space and detail. */
  readonly line?: string;
  /** Added to the line by EXPLAIN EXTENDED. */
  readonly extended?: string;
  readonly formatted: { readonly title?: string; readonly lines: readonly string[] };
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly children: readonly PhysicalNode[];
  /** The plans of the subqueries in its expressions. */
  readonly inner?: readonly PhysicalNode[];
  /** The detail of the exchange that it reads again. */
  readonly reuses?: string;
  /** Which of the stages that Spark compiles as one it is part of. */
  readonly stage?: number;
  readonly output: readonly Attribute[];
  readonly partitioning: Partitioning;
  /** What becomes of it without a cluster. */
  readonly here: string;
  readonly range: Range;
  /** What it was planned from, where advice asks for that. */
  readonly of?: Relation;
}

export interface PhysicalOptions extends TextOptions {
  readonly shufflePartitions: number;
  /** `spark.sql.autoBroadcastJoinThreshold`; negative for never. */
  readonly broadcastByteLength: number;
  /** `spark.sql.adaptive.enabled` */
  readonly isAdaptive: boolean;
  /** `spark.sql.codegen.wholeStage` */
  readonly hasStages: boolean;
  /** `spark.sql.leafNodeDefaultParallelism`; where it is not set, Spark takes the number of cores. */
  readonly parallelism: number;
  /** `spark.sql.maxMetadataStringLength` */
  readonly metadataLength: number;
}
export const defaultPhysicalOptions: PhysicalOptions = {
  ...utcText,
  shufflePartitions: 200,
  broadcastByteLength: 10 * 2 ** 20,
  isAdaptive: true,
  hasStages: true,
  parallelism: 2,
  metadataLength: 100,
};

export const runsHere = 'on this machine';
export const shuffles = 'a cluster would shuffle here; this machine does not';
export const broadcasts =
  'a cluster would send this side to every machine; this machine builds one hash table of it';
export const unknownPartitioning: Partitioning = { kind: 'unknown' };
export const singlePartition: Partitioning = { kind: 'single' };

/** Everything that one planning run numbers and looks up. */
export class PlanningContext {
  readonly options: PhysicalOptions;
  private nextPlanId = 1;
  private nextExprId: number;
  private readonly planWhole: (plan: Relation, context: PlanningContext) => PhysicalNode;
  private readonly subqueries = new Map<number, PlannedSubquery>();
  /** Outside of adaptive plans what is there already is not planned again, by what it prints as. */
  private readonly owners = new Map<string, PlannedSubquery>();
  private nodeCount = 0;
  private currentNode = 0;

  constructor(
    options: PhysicalOptions,
    firstExprId: number,
    planWhole: (plan: Relation, context: PlanningContext) => PhysicalNode,
  ) {
    this.options = { ...options, subqueryText: (subquery) => this.subquery(subquery)?.text };
    this.nextExprId = firstExprId;
    this.planWhole = planWhole;
  }

  /** Subqueries that are named from here on are those of another operator. */
  beginNode(): void {
    this.nodeCount += 1;
    this.currentNode = this.nodeCount;
  }

  /** The plans to show below the operator that holds the expressions. */
  innerOf(expressions: readonly Expression[]): Pick<PhysicalNode, 'inner'> {
    const inner: PhysicalNode[] = [];
    const visit = (part: Expression): void => {
      const planned = part.kind === 'subquery' ? this.subquery(part) : undefined;
      if (planned !== undefined) inner.push(planned.node);
      childrenOf(part).forEach(visit);
    };
    expressions.forEach(visit);
    return inner.length === 0 ? {} : { inner };
  }

  /** Only values of their own: others are joins where a cluster runs them. */
  private subquery(subquery: Subquery): { text: string; node: PhysicalNode } | undefined {
    if (subquery.subqueryType !== 'scalar' || subquery.outer.length > 0) return undefined;
    let planned = this.subqueries.get(subquery.exprId);
    if (planned === undefined) {
      const owner = this.currentNode;
      const plan = this.planWhole(subquery.plan, this);
      this.currentNode = owner;
      const word = this.options.isAdaptive ? 'subquery' : 'scalar-subquery';
      const detail = `${word}#${subquery.exprId}, [id=#${this.nextPlanId++}]`;
      const node = wrapped('Subquery', detail, plan, [plan]);
      planned = { text: `Subquery ${detail}`, node, owner, key: planKey(plan) };
      this.subqueries.set(subquery.exprId, planned);
      if (!this.owners.has(planned.key)) this.owners.set(planned.key, planned);
    }
    if (this.options.isAdaptive) return planned;
    const first = this.owners.get(planned.key) ?? planned;
    if (first === planned && planned.owner === this.currentNode) return planned;
    const text = `ReusedSubquery ${first.text}`;
    return { text, node: { ...wrapped('ReusedSubquery', first.text, first.node, []) } };
  }

  text(expression: Expression): string {
    return expressionText(expression, this.options);
  }

  list(expressions: readonly Expression[], separator = ', '): string {
    return `[${listText(
      expressions.map((expression) => this.text(expression)),
      separator,
    )}]`;
  }

  planId(): string {
    return `[plan_id=${this.nextPlanId++}]`;
  }

  freshId(): number {
    return this.nextExprId++;
  }

  /** `Input [2]: [a#1, b#2]`, the way of EXPLAIN FORMATTED; `Keys: []` of none. */
  counted(label: string, items: readonly string[]): string {
    return items.length === 0 ? `${label}: []` : `${label} [${items.length}]: [${listText(items)}]`;
  }

  /** As a value of a scan's metadata, which Spark cuts. */
  cut(text: string): string {
    const { metadataLength } = this.options;
    return text.length > metadataLength ? `${text.slice(0, metadataLength - 3)}...` : text;
  }

  countedColumns(label: string, columns: readonly Expression[]): string {
    return this.counted(
      label,
      columns.map((column) => this.text(column)),
    );
  }
}

interface PlannedSubquery {
  readonly text: string;
  readonly node: PhysicalNode;
  readonly owner: number;
  readonly key: string;
}

/** Equal for plans that yield the same rows: ids are counted in the order in which they appear. */
export function planKey(node: PhysicalNode): string {
  const ids = new Map<string, number>();
  const text = (part: PhysicalNode): string =>
    `${part.line ?? `${part.name} ${part.detail}`}(${part.children.map(text).join(';')})`;
  return text(node)
    .replaceAll(/#\d+/g, (id) => {
      if (!ids.has(id)) ids.set(id, ids.size);
      return `#${ids.get(id) ?? 0}`;
    })
    .replaceAll(/plan_id=\d+/g, '');
}

function wrapped(
  name: string,
  detail: string,
  { output, partitioning, range }: PhysicalNode,
  children: readonly PhysicalNode[],
): PhysicalNode {
  return {
    name,
    detail,
    formatted: { lines: [] },
    facts: [],
    children,
    output,
    partitioning,
    here: runsHere,
    range,
  };
}

export function exchange(
  context: PlanningContext,
  child: PhysicalNode,
  partitioning: Partitioning,
  arrangement: string,
  /** What asked for it. */
  origin = 'ENSURE_REQUIREMENTS',
): PhysicalNode {
  const detail = `${arrangement}, ${origin}, ${context.planId()}`;
  return {
    name: 'Exchange',
    detail,
    formatted: {
      lines: [context.countedColumns('Input', child.output), `Arguments: ${detail}`],
    },
    facts: [['Partitioning', arrangement]],
    children: [child],
    output: child.output,
    partitioning,
    here: shuffles,
    range: child.range,
  };
}

/** The child itself where its rows already are as they have to be. */
export function clustered(
  context: PlanningContext,
  child: PhysicalNode,
  keys: readonly Expression[],
): PhysicalNode {
  if (isClustered(child.partitioning, keys)) return child;
  if (keys.length === 0) return exchange(context, child, singlePartition, 'SinglePartition');
  const list = keys.map((key) => context.text(key)).join(', ');
  return exchange(
    context,
    child,
    { kind: 'hash', keys },
    `hashpartitioning(${list}, ${context.options.shufflePartitions})`,
  );
}

/** Of a side of a join: rows of equal keys have to be where those of the other side are, so by all keys. */
export function copartitioned(
  context: PlanningContext,
  child: PhysicalNode,
  keys: readonly Expression[],
): PhysicalNode {
  const { partitioning } = child;
  const isThere =
    partitioning.kind === 'hash' &&
    keyLists(partitioning).some(
      (list) =>
        list.length === keys.length &&
        list.every((key, index) => {
          const other = keys[index];
          return other !== undefined && expressionKey(key) === expressionKey(other);
        }),
    );
  return isThere || partitioning.kind === 'single'
    ? child
    : clustered(context, { ...child, partitioning: unknownPartitioning }, keys);
}

function isClustered(partitioning: Partitioning, keys: readonly Expression[]): boolean {
  if (partitioning.kind !== 'hash') return partitioning.kind === 'single';
  const wanted = new Set(keys.map(expressionKey));
  return keyLists(partitioning).some(
    (list) => list.length > 0 && list.every((key) => wanted.has(expressionKey(key))),
  );
}

export function keyLists(
  partitioning: Extract<Partitioning, { kind: 'hash' }>,
): readonly (readonly Expression[])[] {
  return [partitioning.keys, ...(partitioning.equalKeys ?? [])];
}

export function physicalItem(node: PhysicalNode): PlanItem {
  const { name, detail, children, inner = [], facts, here, output, range, stage } = node;
  // A star and a number mark what Spark compiles as one.
  const line =
    stage === undefined
      ? node.line
      : `*(${stage}) ${node.line ?? (detail === '' ? name : `${name} ${detail}`)}`;
  return {
    name,
    detail,
    ...(line === undefined ? {} : { line }),
    children: children.map(physicalItem),
    inner: inner.map(physicalItem),
    facts: [
      ['Where it runs', here],
      ...facts,
      ['Output', listText(output.map((column) => expressionText(column)))],
    ],
    range,
  };
}
