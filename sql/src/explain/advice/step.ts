/** What advice is given on: the operators of a physical plan, with what was measured of them. */
import type { Advice, MeasuredNode, PlanNode } from '#shared/protocol/engine.ts';
import type { PhysicalNode } from '../physicalNode.ts';

export interface Step {
  /** As in the plan that is shown. */
  readonly id: number;
  readonly node: PhysicalNode;
  readonly measured?: MeasuredNode;
  /** Without the plans inside of expressions. */
  readonly children: readonly Step[];
  readonly inner: readonly Step[];
}

export type Finding = Omit<Advice, 'nodeId'>;

/** Counts as `planNode` does: what is inside before what is below. */
export function stepsOf(root: PhysicalNode, shown: PlanNode | undefined): Step {
  let nextId = 0;
  const convert = (node: PhysicalNode, plan: PlanNode | undefined): Step => {
    const id = nextId++;
    const { inner = [], children } = node;
    const within = inner.map((each, index) => convert(each, plan?.children[index]));
    const below = children.map((each, index) =>
      convert(each, plan?.children[inner.length + index]),
    );
    return {
      id,
      node,
      ...(plan?.measured === undefined ? {} : { measured: plan.measured }),
      children: below,
      inner: within,
    };
  };
  return convert(root, shown);
}

export function allSteps(step: Step): readonly Step[] {
  return [step, ...step.inner.flatMap(allSteps), ...step.children.flatMap(allSteps)];
}

/** Smaller files are read in no time, whatever a query does to them. */
export const worthByteLength = 1 << 20;
