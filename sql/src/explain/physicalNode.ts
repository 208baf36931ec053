/** An operator of Spark's physical plan. */
import { expressionText, listText, utcText } from '../plan/expressionText.ts';
import type { TextOptions } from '../plan/expressionText.ts';
import type { Attribute, Expression } from '../plan/resolved.ts';
import { expressionKey } from '../plan/traverse.ts';
import type { Range } from '../plan/range.ts';
import type { PlanItem } from './planItem.ts';

/** Where rows are after an operator, as far as it saves a shuffle to know. */
export type Partitioning =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'single' }
  | { readonly kind: 'hash'; readonly keys: readonly Expression[] };

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
  readonly output: readonly Attribute[];
  readonly partitioning: Partitioning;
  /** What becomes of it without a cluster. */
  readonly here: string;
  readonly range: Range;
}

export interface PhysicalOptions extends TextOptions {
  readonly shufflePartitions: number;
  /** `spark.sql.autoBroadcastJoinThreshold`; negative for never. */
  readonly broadcastByteLength: number;
}
export const defaultPhysicalOptions: PhysicalOptions = {
  ...utcText,
  shufflePartitions: 200,
  broadcastByteLength: 10 * 2 ** 20,
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

  constructor(options: PhysicalOptions, firstExprId: number) {
    this.options = options;
    this.nextExprId = firstExprId;
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

  countedColumns(label: string, columns: readonly Expression[]): string {
    return this.counted(
      label,
      columns.map((column) => this.text(column)),
    );
  }
}

export function exchange(
  context: PlanningContext,
  child: PhysicalNode,
  partitioning: Partitioning,
  arrangement: string,
): PhysicalNode {
  const detail = `${arrangement}, ENSURE_REQUIREMENTS, ${context.planId()}`;
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

function isClustered(partitioning: Partitioning, keys: readonly Expression[]): boolean {
  if (partitioning.kind !== 'hash') return partitioning.kind === 'single';
  const wanted = new Set(keys.map(expressionKey));
  return (
    partitioning.keys.length > 0 && partitioning.keys.every((key) => wanted.has(expressionKey(key)))
  );
}

export function physicalItem(node: PhysicalNode): PlanItem {
  const { name, detail, line, children, facts, here, output, range } = node;
  return {
    name,
    detail,
    ...(line === undefined ? {} : { line }),
    children: children.map(physicalItem),
    inner: [],
    facts: [
      ['Where it runs', here],
      ...facts,
      ['Output', listText(output.map((column) => expressionText(column)))],
    ],
    range,
  };
}
