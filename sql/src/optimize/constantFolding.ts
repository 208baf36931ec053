import type { Expression } from '../plan/resolved.ts';
import { evaluate } from './evaluate.ts';
import { literal } from './expressions.ts';
import { expressionRule } from './rule.ts';

/** `1 + 2` becomes `3`. What would raise is left alone: perhaps no row gets there. */
export const constantFolding = expressionRule('ConstantFolding', (expression: Expression) => {
  if (expression.kind === 'literal') return expression;
  const folded = evaluate(expression);
  return folded === undefined
    ? expression
    : literal(folded.value, expression.type, expression.range);
});
