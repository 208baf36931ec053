/** Names take values: of assignments, loops and comprehensions. */
import type { SyntaxNode } from '@lezer/common';
import { listOf } from './constants.ts';
import { partsOf } from './rdd/elements.ts';
import type { Script } from './script.ts';
import type { Value } from './values.ts';
import { cannotKnow } from './values.ts';

export function bind(
  script: Script,
  targets: readonly SyntaxNode[],
  value: Value,
  node: SyntaxNode,
): void {
  const [target] = targets;
  if (targets.length === 1 && target) {
    if (target.name === 'VariableName') {
      const name = script.textOf(target);
      if (script.depth === 0 && script.readLater.has(name))
        script.note(
          `a function of an RDD above reads '${name}'; here it has the value from before, with Spark the one that it has when the RDD is computed`,
          script.rangeOf(target),
        );
      script.names.set(name, value);
      script.observer?.named(name, target, value);
    } else if (target.name === 'TupleExpression' || target.name === 'ArrayExpression')
      bind(script, childrenOf(target), value, node);
    else cannotKnow('what is changed here is not followed', target);
    return;
  }
  if (value.kind === 'result') {
    for (const [at, one] of targets.entries())
      bind(script, [one], { ...value, path: [...(value.path ?? []), at] }, node);
    return;
  }
  const parts = value.kind === 'element' ? partsOf(value, script.rangeOf(node)) : undefined;
  const items = parts ?? listOf(value, node);
  if (items.length !== targets.length)
    cannotKnow(
      `there are ${items.length} values for ${targets.length} names; Python raises ValueError`,
      node,
    );
  for (const [at, one] of targets.entries())
    bind(script, [one], items[at] ?? { kind: 'none' }, node);
}

/** The nodes between brackets and commas. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling)
    if (!/^[[\](),]$/.test(child.name)) children.push(child);
  return children;
}
