/** What a cluster would make of a physical plan: stages that end at exchanges. Pure. */
import type { PlanNode } from '#shared/protocol/engine.ts';
import { formatCount, formatQuantity } from '#shared/quantities.ts';
import { isExchange, timeText } from './planFacts.ts';

export interface Stages {
  readonly count: number;
  /** The stage that a node's work belongs to, by id; an exchange belongs to the stage that writes its rows. From 1. */
  readonly ofNode: ReadonlyMap<number, number>;
  /** What an exchange does, by id. */
  readonly exchanges: ReadonlyMap<number, ExchangeFacts>;
}

interface ExchangeFacts {
  readonly from: number;
  readonly to: number;
  /** Undefined for what goes whole to every machine. */
  readonly partitions: number | undefined;
}

/** Stages are numbered as they would run: sources first. An adaptive root and a subquery are of no stage. */
export function stagesOf(root: PlanNode): Stages {
  const ofNode = new Map<number, number>();
  const exchanges = new Map<number, ExchangeFacts>();
  let count = 0;
  const made = new Map<string, number>();
  // The nodes of one stage, and the exchanges that give it rows.
  const visit = (top: PlanNode): number => {
    const own: PlanNode[] = [];
    const sources: PlanNode[] = [];
    const collect = (node: PlanNode) => {
      own.push(node);
      for (const child of node.children) {
        if (isExchange(child)) sources.push(child);
        else if (startsJob(child)) visitAll(child);
        else collect(child);
      }
    };
    collect(top);
    const from = sources.map((exchange) => {
      const [source] = exchange.children;
      const planId = /\[plan_id=\d+\]/.exec(exchange.detail)?.[0] ?? '';
      // What is used again was made by the stage of another exchange.
      const stage = source ? visit(source) : (made.get(planId) ?? 0);
      made.set(planId, stage);
      return stage;
    });
    count += 1;
    const stage = count;
    for (const { id } of own) ofNode.set(id, stage);
    sources.forEach((exchange, index) => {
      ofNode.set(exchange.id, from[index] ?? 0);
      const partitions = partitionsOf(exchange);
      exchanges.set(exchange.id, { from: from[index] ?? 0, to: stage, partitions });
    });
    return stage;
  };
  const visitAll = (node: PlanNode): void => {
    const [below] = node.children;
    if (startsJob(node) && node.children.length === 1 && below) visitAll(below);
    else visit(node);
  };
  visitAll(root);
  return { count, ofNode, exchanges };
}

/** Nodes above the first stage of a query or subquery, which plan and do no work. */
const startsJob = ({ name }: PlanNode) =>
  /^(AdaptiveSparkPlan|Subquery|ResultQueryStage)/.test(name);

/** From the essence of an exchange; the number behind the keys. */
function partitionsOf({ name, detail }: PlanNode): number | undefined {
  if (`${name} ${detail}`.includes('BroadcastExchange')) return undefined;
  if (detail.includes('SinglePartition')) return 1;
  const count = /[(,] ?(\d+)\), [A-Z_]+/.exec(detail)?.[1];
  return count === undefined ? undefined : Number(count);
}

/** The line over a plan that says what a cluster would do. */
export const HERE = 'Here: one process.';

export function clusterText({ count, exchanges }: Stages): string {
  if (exchanges.size === 0) return 'On a cluster: 1 stage, without a shuffle.';
  const kinds = [...exchanges.values()];
  const shuffles = kinds.filter(({ partitions }) => partitions !== undefined).length;
  const broadcasts = kinds.length - shuffles;
  const parts = [
    formatQuantity(count, 'stage'),
    ...(shuffles > 0 ? [formatQuantity(shuffles, 'shuffle')] : []),
    ...(broadcasts > 0 ? [formatQuantity(broadcasts, 'broadcast')] : []),
  ];
  return `On a cluster: ${parts.join(', ')} (dashed).`;
}

export function exchangeText({ from, to, partitions }: ExchangeFacts): string {
  const what =
    partitions === undefined ? 'to every machine' : formatQuantity(partitions, 'partition');
  return `stage ${from} → ${to} · ${what}`;
}

/** Facts about a node that hold on a cluster alone. */
export function clusterFacts(
  node: PlanNode,
  stages: Stages,
): readonly (readonly [label: string, value: string])[] {
  const exchange = stages.exchanges.get(node.id);
  const stage = stages.ofNode.get(node.id);
  if (exchange) {
    const { from, to, partitions } = exchange;
    return [
      ['On a cluster', `ends stage ${from} of ${stages.count}; its rows go to stage ${to}`],
      [
        'Rows go',
        partitions === undefined
          ? 'whole to every machine'
          : partitions === 1
            ? 'all to one partition, so one task has all the work'
            : `into ${formatCount(partitions)} partitions, a task for each`,
      ],
    ];
  }
  return stage === undefined ? [] : [['On a cluster', `in stage ${stage} of ${stages.count}`]];
}

/** The last line of a card: what was measured, or what a cluster would do here. */
export function cardFacts(node: PlanNode, stages: Stages | undefined): readonly string[] {
  const { measured } = node;
  const exchange = stages?.exchanges.get(node.id);
  if (exchange) return [exchangeText(exchange)];
  if (!measured) return isExchange(node) ? ['only on a cluster'] : [];
  return [
    formatQuantity(measured.rows, 'row'),
    ...(measured.ownMs === undefined ? [] : [timeText(measured.ownMs)]),
  ];
}
