import type { Expression } from '../plan/resolved.ts';
import { isNotNull, predicate } from './expressions.ts';
import { expressionRule } from './rule.ts';

/** What is short for something else becomes that: two comparisons can be told to a source, BETWEEN can not. */
export const replaceExpressions = expressionRule('ReplaceExpressions', (expression: Expression) => {
  if (expression.kind !== 'call') return expression;
  const { name, arguments: operands, nullable, range } = expression;
  const [first, second, third] = operands;
  if (first === undefined || second === undefined) return expression;
  if (name === 'nvl' || name === 'ifnull') return { ...expression, name: 'coalesce' };
  if (third === undefined) return expression;
  if (name === 'nvl2') {
    return { ...expression, name: 'if', arguments: [isNotNull(first), second, third] };
  }
  // What costs something is not computed twice.
  if (name !== 'between' || (first.kind !== 'attribute' && first.kind !== 'literal')) {
    return expression;
  }
  const compared = (operator: string, bound: Expression) =>
    predicate(operator, [first, bound], first.nullable || bound.nullable, range);
  return predicate('and', [compared('>=', second), compared('<=', third)], nullable, range);
});
