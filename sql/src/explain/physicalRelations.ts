/** Windows, generators, set operations and their like as the operators that a cluster would run. */
import { expressionText, listText, sortOrderText } from '../plan/expressionText.ts';
import { outputOf } from '../plan/output.ts';
import type {
  Aggregate,
  Expression,
  Generate,
  LateralJoin,
  Relation,
  Repartition,
  SetOperation,
  Window,
} from '../plan/resolved.ts';
import { joinTypeNames, relationLine } from '../plan/treeText.ts';
import { booleanType } from '../plan/types.ts';
import { callOf, conjunction } from '../typing/build.ts';
import { planAggregate } from './physicalAggregate.ts';
import { planJoin } from './physicalJoin.ts';
import type { PhysicalNode, PlanningContext } from './physicalNode.ts';
import { clustered, exchange, runsHere, shuffles, unknownPartitioning } from './physicalNode.ts';

type Plan = (relation: Relation) => PhysicalNode;

export function planWindow(context: PlanningContext, window: Window, plan: Plan): PhysicalNode {
  const [first] = window.expressions;
  const spec = first?.child.kind === 'windowExpression' ? first.child : undefined;
  const partition = spec?.partition ?? [];
  const order = spec?.order ?? [];
  const child = clustered(context, plan(window.input), partition);
  const keys = [
    ...partition.map((key) => `${context.text(key)} ASC NULLS FIRST`),
    ...order.map((item) => sortOrderText(item, context.options)),
  ].join(', ');
  const sorted =
    keys === '' ? child : node(context, 'Sort', `[${keys}], false, 0`, window.input, [child]);
  const named = context.list(window.expressions);
  const orders = listText(order.map((item) => sortOrderText(item, context.options)));
  const detail = [
    named,
    ...(partition.length === 0 ? [] : [context.list(partition)]),
    ...(order.length === 0 ? [] : [`[${orders}]`]),
  ].join(', ');
  return node(context, 'Window', detail, window, [sorted]);
}

export function planGenerate(
  context: PlanningContext,
  generate: Generate,
  plan: Plan,
  /** The columns that are read above, where it is not all. */
  used?: ReadonlySet<number>,
): PhysicalNode {
  const child = plan(generate.input);
  const kept = child.output.filter(({ exprId }) => used?.has(exprId) ?? true);
  const call = expressionText(generate.generator, context.options);
  const made = context.list(generate.generatorOutput);
  const passed = kept.length === 0 ? '' : `${context.list(kept)}, `;
  const detail = `${call}, ${passed}${generate.outer}, ${made}`;
  const output = [...kept, ...generate.generatorOutput];
  return { ...node(context, 'Generate', detail, generate, [child]), output };
}

/** A set operation without ALL is a semi or anti join whose keys may be null, made unique. */
export function planSetOperation(
  context: PlanningContext,
  operation: SetOperation,
  plan: Plan,
): PhysicalNode {
  if (operation.isAll) {
    const { name, detail } = relationLine(operation, context.options);
    return node(context, name, detail, operation, [plan(operation.left), plan(operation.right)]);
  }
  const { left, right, range } = operation;
  const columns = outputOf(left);
  const pairs = columns.map((column, index): Expression => {
    const sides = [column, outputOf(right)[index] ?? column];
    return callOf('<=>', sides, booleanType, 'ansi', range, false);
  });
  const condition = conjunction(pairs);
  const joinType = operation.operation === 'intersect' ? 'leftSemi' : 'leftAnti';
  const join: Relation = {
    kind: 'join',
    left,
    right,
    joinType,
    ...(condition === undefined ? {} : { condition }),
    range,
  };
  const unique: Aggregate = {
    kind: 'aggregate',
    input: join,
    grouping: columns,
    aggregates: columns,
    range,
  };
  return planAggregate(context, unique, planJoin(context, join, plan));
}

export function planLateralJoin(
  context: PlanningContext,
  join: LateralJoin,
  plan: Plan,
): PhysicalNode {
  const condition = join.condition === undefined ? '' : `, ${context.text(join.condition)}`;
  const detail = `BuildRight, ${joinTypeNames[join.joinType]}${condition}`;
  return node(context, 'BroadcastNestedLoopJoin', detail, join, [
    plan(join.left),
    plan(join.right),
  ]);
}

export function planRepartition(
  context: PlanningContext,
  repartition: Repartition,
  plan: Plan,
): PhysicalNode {
  const child = plan(repartition.input);
  const count = repartition.count ?? context.options.shufflePartitions;
  if (!repartition.shuffle) return node(context, 'Coalesce', String(count), repartition, [child]);
  const keys: readonly Expression[] = repartition.expressions;
  if (keys.length === 0) {
    const rows = `RoundRobinPartitioning(${count})`;
    return exchange(context, child, unknownPartitioning, rows, originOf(repartition));
  }
  const list = keys.map((key) => context.text(key)).join(', ');
  return {
    ...exchange(
      context,
      child,
      { kind: 'hash', keys },
      `hashpartitioning(${list}, ${count})`,
      originOf(repartition),
    ),
    here: shuffles,
  };
}

/** Spark's name for who asked for a shuffle. */
function originOf({ name, count, expressions }: Repartition): string {
  if (name === 'RebalancePartitions') {
    return `REBALANCE_PARTITIONS_BY_${expressions.length === 0 ? 'NONE' : 'COL'}`;
  }
  return `REPARTITION_BY_${count === undefined ? 'COL' : 'NUM'}`;
}

/** An operator that prints as its logical node does. */
export function planAsWritten(
  context: PlanningContext,
  relation: Relation,
  children: readonly PhysicalNode[],
): PhysicalNode {
  const { name, detail } = relationLine(relation, context.options);
  return node(context, name, detail, relation, children);
}

function node(
  context: PlanningContext,
  name: string,
  detail: string,
  relation: Relation,
  children: readonly PhysicalNode[],
): PhysicalNode {
  const output = outputOf(relation);
  const [only] = children;
  return {
    name,
    detail,
    formatted: {
      lines: [
        ...children.map((child) => context.countedColumns('Input', child.output)),
        ...(detail === '' ? [] : [`Arguments: ${detail}`]),
      ],
    },
    facts: [],
    children,
    output,
    partitioning:
      only !== undefined && children.length === 1 ? only.partitioning : unknownPartitioning,
    here: runsHere,
    range: relation.range,
  };
}
