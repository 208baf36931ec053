import { expressionKey } from '../plan/traverse.ts';
import { predicate } from './expressions.ts';
import { expressionRule } from './rule.ts';

/** A value is listed once; a list of one is a comparison. */
export const optimizeIn = expressionRule('OptimizeIn', (expression) => {
  if (expression.kind !== 'in') return expression;
  if (!expression.list.every(({ kind }) => kind === 'literal')) return expression;
  const seen = new Set<string>();
  const list = expression.list.filter((item) => {
    const key = expressionKey(item);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
  const [only] = list;
  if (only !== undefined && list.length === 1) {
    return predicate('=', [expression.child, only], expression.nullable, expression.range);
  }
  return list.length === expression.list.length ? expression : { ...expression, list };
});
