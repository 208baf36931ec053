/** What all four plans are turned into before they are drawn or sent. */
import type { PlanNode } from '#shared/protocol/engine.ts';
import type { Range } from '../plan/range.ts';
import { drawTree } from '../plan/treeText.ts';

export interface PlanItem {
  readonly name: string;
  /** One line of essence, without the name. */
  readonly detail: string;
  /** The line as Spark prints it, where that is not the name, a space and the detail. */
  readonly line?: string;
  readonly children: readonly PlanItem[];
  /** Plans inside the node's expressions. */
  readonly inner: readonly PlanItem[];
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly range: Range;
}

export function lineOf({ name, detail, line }: PlanItem): string {
  return line ?? (detail === '' ? name : `${name} ${detail}`);
}

export function itemText(item: PlanItem): string {
  return drawTree(
    item,
    lineOf,
    ({ children }) => children,
    ({ inner }) => inner,
  );
}

/** Ids count from zero, parents before children. */
export function planNode(root: PlanItem): PlanNode {
  let nextId = 0;
  const convert = ({ name, detail, children, inner, facts, range }: PlanItem): PlanNode => {
    const id = nextId++;
    return {
      id,
      name,
      detail,
      children: [...inner, ...children].map(convert),
      facts,
      // A node that a rule made has no text of its own.
      ...(range.start < range.end ? { start: range.start, end: range.end } : {}),
    };
  };
  return convert(root);
}
