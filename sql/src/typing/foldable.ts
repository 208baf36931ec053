/** What is the same for every row. */
import type { Expression } from '../plan/resolved.ts';
import { childrenOf } from '../plan/traverse.ts';

/** Calls that yield something else each time. */
export const volatile: ReadonlySet<string> = new Set([
  'rand',
  'randn',
  'randstr',
  'uniform',
  'uuid',
  'shuffle',
  'monotonically_increasing_id',
]);

/** Spark's `foldable`: made of literals alone, by functions that yield the same for the same. */
export function isFoldable(expression: Expression): boolean {
  if (expression.kind === 'literal') return true;
  if (expression.kind === 'attribute' || expression.kind === 'aggregateCall') return false;
  if (expression.kind === 'call' && volatile.has(expression.name)) return false;
  const children = childrenOf(expression);
  return (children.length > 0 || expression.kind === 'call') && children.every(isFoldable);
}
