import { isDeterministic, literal, sameExpression } from './expressions.ts';
import { canRaise } from './raising.ts';
import { expressionRule } from './rule.ts';

/** `a <=> a` is true, and so is `a = a` where a can't be null. */
export const simplifyBinaryComparison = expressionRule('SimplifyBinaryComparison', (expression) => {
  if (expression.kind !== 'call') return expression;
  const [left, right] = expression.arguments;
  if (left === undefined || right === undefined || expression.arguments.length !== 2) {
    return expression;
  }
  const { name, type, range } = expression;
  const isReflexive = name === '=' || name === '<=' || name === '>=';
  if (name !== '<=>' && !isReflexive && name !== '<' && name !== '>') return expression;
  const isCertain = name === '<=>' || (!left.nullable && left.kind === 'attribute');
  if (!isCertain || !isDeterministic(left) || canRaise(left)) return expression;
  if (!sameExpression(left, right)) return expression;
  return literal(name === '<=>' || isReflexive, type, range);
});
