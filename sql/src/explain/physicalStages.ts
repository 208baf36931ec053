/**
 * What Spark does to a physical plan before it runs it: an adaptive plan is kept as it is, to be planned anew
 * between its stages; in any other, equal exchanges are made once, and operators are compiled together.
 */
import type { PhysicalNode, PlanningContext } from './physicalNode.ts';
import { planKey } from './physicalNode.ts';

export function finished(
  context: PlanningContext,
  root: PhysicalNode,
  isSubquery: boolean,
): PhysicalNode {
  const { isAdaptive, hasStages } = context.options;
  if (isAdaptive && (isSubquery || needsStages(root))) return adaptive(context, root);
  // What is made once only was part of a stage all the same, which keeps its number.
  const staged = hasStages ? withStages(root) : root;
  return isAdaptive ? staged : withReuse(staged, new Map());
}

/** Rows have to be somewhere else than where they are read, or a subquery has to come first. */
function needsStages({ name, detail, inner, children }: PhysicalNode): boolean {
  return (
    inner !== undefined ||
    arranging.test(name) ||
    (name === 'Sort' && detail.endsWith('true, 0')) ||
    children.some(needsStages)
  );
}

const arranging =
  /Exchange$|Aggregate$|^(Window|GlobalLimit|BroadcastNestedLoopJoin)$|(Hash|Merge)Join$/;

function adaptive(context: PlanningContext, root: PhysicalNode): PhysicalNode {
  const child = withoutTransitions(root);
  const { output, partitioning, range } = child;
  return {
    name: 'AdaptiveSparkPlan',
    detail: 'isFinalPlan=false',
    formatted: {
      lines: [context.countedColumns('Output', output), 'Arguments: isFinalPlan=false'],
    },
    facts: [],
    children: [child],
    output,
    partitioning,
    here: 'a cluster would plan anew between its stages; this machine has only one',
    range,
  };
}

/** Spark adds ColumnarToRow only when it starts a stage, which an adaptive plan has not done yet. */
function withoutTransitions(node: PhysicalNode): PhysicalNode {
  const [only] = node.children;
  if (node.name === 'ColumnarToRow' && only !== undefined) return withoutTransitions(only);
  return { ...node, children: node.children.map(withoutTransitions) };
}

/** The second of two equal exchanges reads what the first has made. */
function withReuse(node: PhysicalNode, made: Map<string, PhysicalNode>): PhysicalNode {
  const rebuilt = { ...node, children: node.children.map((child) => withReuse(child, made)) };
  if (!node.name.endsWith('Exchange')) return rebuilt;
  const key = planKey(node);
  const first = made.get(key);
  if (first === undefined) {
    made.set(key, rebuilt);
    return rebuilt;
  }
  const columns = node.output.map(
    ({ name, exprId, type }) => `${name}#${exprId}${type.kind === 'long' ? 'L' : ''}`,
  );
  return {
    ...node,
    name: 'ReusedExchange',
    detail: `[${columns.join(', ')}], ${first.name} ${first.detail}`,
    formatted: {
      lines: [
        `Output${columns.length === 0 ? ': []' : ` [${columns.length}]: [${columns.join(', ')}]`}`,
      ],
    },
    reuses: first.detail,
    children: [],
  };
}

/** Stages are numbered from below, and what cannot be compiled ends one. */
function withStages(root: PhysicalNode): PhysicalNode {
  let count = 0;
  const outside = (node: PhysicalNode): PhysicalNode => {
    if (!isCompiled(node) || node.name === 'LocalTableScan') {
      return { ...node, children: node.children.map(outside) };
    }
    const children = node.children.map((child) => inside(node, child));
    count += 1;
    return numbered({ ...node, children }, count);
  };
  // The number is known only when everything below is done.
  const inside = (parent: PhysicalNode, node: PhysicalNode): PhysicalNode => {
    const isApart = /^(SortMergeJoin|ShuffledHashJoin)$/.test(parent.name);
    if (isApart || !isCompiled(node)) return outside(node);
    return { ...node, stage: 0, children: node.children.map((child) => inside(node, child)) };
  };
  const numbered = (node: PhysicalNode, stage: number): PhysicalNode => ({
    ...node,
    stage,
    children: node.children.map((child) => (child.stage === 0 ? numbered(child, stage) : child)),
  });
  return outside(root);
}

function isCompiled({ name, detail, line = '' }: PhysicalNode): boolean {
  if (name === 'SortAggregate') return line.startsWith('SortAggregate(key=[]');
  // Functions of higher order are interpreted.
  return compiled.test(name) && !detail.includes('lambdafunction(');
}

const compiled =
  /^(Project|Filter|HashAggregate|Sort|ColumnarToRow|BroadcastHashJoin|SortMergeJoin|ShuffledHashJoin|BroadcastNestedLoopJoin|Range|Generate|Sample|Expand|Scan OneRowRelation|LocalTableScan|LocalLimit|GlobalLimit)$/;
