/** Walks of an unresolved tree that need not know every kind of node. */
import type { Range } from '#sql/plan/range.ts';
import type { Expression, Relation } from '#sql/plan/unresolved.ts';

export type SqlNode = Relation | Expression;

const relationKinds: ReadonlySet<string> = new Set<Relation['kind']>([
  ...(['read', 'project', 'filter', 'join', 'setOp', 'sort', 'limit', 'offset'] as const),
  ...(['aggregate', 'deduplicate', 'subqueryAlias', 'withRelations', 'having'] as const),
  ...(['values', 'oneRow', 'lateralView', 'tableFunction', 'pivot', 'unpivot', 'sample'] as const),
  ...(['hint', 'repartitionByExpression', 'withWindows', 'pipe'] as const),
]);

export function isRelation(node: SqlNode): node is Relation {
  return relationKinds.has(node.kind);
}

/** In the order of their fields; those that stand in lists and records too. */
export function childNodes(node: SqlNode): readonly SqlNode[] {
  const found: SqlNode[] = [];
  for (const value of Object.values(node)) collect(value, found);
  return found;
}

function collect(value: unknown, into: SqlNode[]): void {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
  if (Array.isArray(value)) {
    for (const item of value) collect(item, into);
    return;
  }
  if ('kind' in value && 'range' in value) into.push(value as SqlNode);
  else if (!('kind' in value)) for (const item of Object.values(value)) collect(item, into);
}

export function contains({ start, end }: Range, offset: number): boolean {
  return start <= offset && offset <= end;
}

/** From the root to the innermost node at an offset; empty where none is there. */
export function pathAt(root: SqlNode, offset: number): readonly SqlNode[] {
  let best: readonly SqlNode[] = [];
  for (const child of childNodes(root)) {
    const path = pathAt(child, offset);
    const found = path.at(-1);
    const known = best.at(-1);
    if (found && (!known || length(found) <= length(known))) best = path;
  }
  if (best.length > 0) return [root, ...best];
  return contains(root.range, offset) ? [root] : [];
}

/** The path to the first node that is so. */
export function pathTo(
  root: SqlNode,
  matches: (node: SqlNode) => boolean,
): readonly SqlNode[] | undefined {
  if (matches(root)) return [root];
  for (const child of childNodes(root)) {
    const path = pathTo(child, matches);
    if (path) return [root, ...path];
  }
  return undefined;
}

export function everyNode(root: SqlNode, visit: (node: SqlNode) => void): void {
  visit(root);
  for (const child of childNodes(root)) everyNode(child, visit);
}

function length({ range }: SqlNode): number {
  return range.end - range.start;
}
