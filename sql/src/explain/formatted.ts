/** EXPLAIN FORMATTED: the physical plan with numbers, then each operator by its number. */
import { drawTree } from '../plan/treeText.ts';
import type { PhysicalNode } from './physicalNode.ts';

export function formattedText(root: PhysicalNode): string {
  const numbers = new Map<PhysicalNode, number>();
  const number = (node: PhysicalNode) => {
    node.children.forEach(number);
    numbers.set(node, numbers.size + 1);
  };
  number(root);
  const title = (node: PhysicalNode) => node.formatted.title ?? node.name;
  const tree = drawTree(
    root,
    (node) => `${title(node)} (${numbers.get(node) ?? 0})`,
    ({ children }) => children,
  );
  const blocks = [...numbers].map(([node, position]) => {
    // A join's type and build side stand in the tree only.
    const name = node.formatted.title?.startsWith('Scan') === true ? title(node) : node.name;
    return [`(${position}) ${name}`, ...node.formatted.lines].join('\n');
  });
  return `${tree}\n\n\n${blocks.join('\n\n')}\n`;
}
