/** EXPLAIN FORMATTED: the physical plan with numbers, then each operator by its number, then the subqueries. */
import { drawTree } from '../plan/treeText.ts';
import type { PhysicalNode } from './physicalNode.ts';

export function formattedText(root: PhysicalNode): string {
  const numbers = new Map<PhysicalNode, number>();
  const number = (node: PhysicalNode): void => {
    node.children.forEach(number);
    if (!numbers.has(node)) numbers.set(node, numbers.size + 1);
  };
  number(root);
  const hosted = subqueriesUnder(root);
  for (const { node } of hosted) node.children.forEach(number);
  const printed = new Set<PhysicalNode>();
  const parts = [planText(root, numbers, printed)];
  if (hosted.length > 0) parts.push('\n===== Subqueries =====\n\n');
  for (const [index, { host, node }] of hosted.entries()) {
    const name = `${node.name} ${node.detail}`;
    const number = numbers.get(host) ?? 0;
    parts.push(
      `Subquery:${index + 1} Hosting operator id = ${number} Hosting Expression = ${name}\n`,
    );
    const [plan] = node.children;
    if (plan !== undefined) parts.push(planText(plan, numbers, printed));
    parts.push('\n');
  }
  return parts.join('');
}

/** Those of a subquery itself come right after it. */
function subqueriesUnder(
  host: PhysicalNode,
): readonly { readonly host: PhysicalNode; readonly node: PhysicalNode }[] {
  return [
    ...(host.inner ?? []).flatMap((node) => [
      { host, node },
      ...node.children.flatMap(subqueriesUnder),
    ]),
    ...host.children.flatMap(subqueriesUnder),
  ];
}

function planText(
  root: PhysicalNode,
  numbers: ReadonlyMap<PhysicalNode, number>,
  printed: Set<PhysicalNode>,
): string {
  const title = (node: PhysicalNode) => node.formatted.title ?? node.name;
  const numberOf = (node: PhysicalNode) => numbers.get(node) ?? 0;
  const tree = drawTree(
    root,
    (node) => `${node.stage === undefined ? '' : '* '}${title(node)} (${numberOf(node)})`,
    ({ children }) => children,
  );
  const fresh: PhysicalNode[] = [];
  const visit = (node: PhysicalNode): void => {
    node.children.forEach(visit);
    if (printed.has(node)) return;
    printed.add(node);
    fresh.push(node);
  };
  visit(root);
  const blocks = fresh.map((node) => {
    // A join's type and build side stand in the tree only.
    const name = node.formatted.title?.startsWith('Scan') === true ? title(node) : node.name;
    const stage = node.stage === undefined ? '' : ` [codegen id : ${node.stage}]`;
    const first = [...numbers.keys()].find(({ detail }) => detail === node.reuses);
    const reused = first === undefined ? '' : ` [Reuses operator id: ${numberOf(first)}]`;
    return [`(${numberOf(node)}) ${name}${stage}${reused}`, ...node.formatted.lines].join('\n');
  });
  return blocks.length === 0 ? `${tree}\n\n` : `${tree}\n\n\n${blocks.join('\n\n')}\n`;
}
