/** Rewrites of a whole unresolved tree, whatever kinds of nodes are in it: parameters and evaluated names. */
import type { Statement } from './plan/statements.ts';
import type { Expression, Missing } from './plan/unresolved.ts';

type Tree = Readonly<Record<string, unknown>>;

/** Every object of the tree from the top; what `replace` gives is taken as it is, undefined goes deeper. */
export function rewrite<T>(tree: T, replace: (node: Tree) => unknown): T {
  return visit(tree, replace) as T;
}

function visit(value: unknown, replace: (node: Tree) => unknown): unknown {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    let replaced: unknown[] | undefined;
    // A loop: a chain of operators is as deep as it is long, and a callback would double the stack that it takes.
    for (let index = 0; index < items.length; index++) {
      const item = visit(items[index], replace);
      if (item !== items[index]) (replaced ??= [...items])[index] = item;
    }
    return replaced ?? items;
  }
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  const node = value as Tree;
  const replaced = replace(node);
  if (replaced !== undefined) return replaced;
  let changed: Record<string, unknown> | undefined;
  for (const [key, child] of Object.entries(node)) {
    const visited = visit(child, replace);
    if (visited !== child) changed = { ...(changed ?? node), [key]: visited };
  }
  return changed ?? node;
}

/** The markers of a statement: names without case, and the count of those without a name. */
export function parametersOf(statement: Statement): {
  readonly names: ReadonlySet<string>;
  readonly count: number;
} {
  const names = new Set<string>();
  let count = 0;
  rewrite(statement, (node) => {
    const parameter = parameterOf(node);
    if (typeof parameter === 'string') names.add(parameter);
    else if (parameter !== undefined) count++;
    return undefined;
  });
  return { names, count };
}

export function bindParameters(
  statement: Statement,
  value: (parameter: string | number) => Expression | undefined,
): Statement {
  return rewrite(statement, (node) => {
    const parameter = parameterOf(node);
    return parameter === undefined ? undefined : value(parameter);
  });
}

function parameterOf(node: Tree): string | number | undefined {
  return node.kind === 'missing' ? (node as unknown as Missing).parameter : undefined;
}

/** The expressions of the `IDENTIFIER(…)` clauses that are still to be evaluated, outermost last. */
export function identifiersOf(statement: Statement): readonly Expression[] {
  const found: Expression[] = [];
  rewrite(statement, (node) => {
    if (node.identifier !== undefined) found.push(node.identifier as Expression);
    return undefined;
  });
  return found;
}

/** Puts names where the clauses were. */
export function nameIdentifiers(
  statement: Statement,
  partsOf: (identifier: Expression) => readonly string[],
): Statement {
  const name = (node: Tree): unknown => {
    if (node.identifier === undefined) return undefined;
    const { identifier, ...rest } = node;
    const nameParts = partsOf(identifier as Expression);
    const named =
      node.kind === 'unresolvedFunction'
        ? { ...rest, functionName: nameParts.join('.') }
        : { ...rest, nameParts };
    return visit(named, name);
  };
  return rewrite(statement, name);
}
