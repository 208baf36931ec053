import type { CaseWhen, Expression, FunctionCall } from '../plan/resolved.ts';
import { isDeterministic, isLiteral, literal, sameExpression } from './expressions.ts';
import { canRaise } from './raising.ts';
import { expressionRule } from './rule.ts';

/** Branches that are never taken go; a branch that is always taken ends the choice. */
export const simplifyConditionals = expressionRule('SimplifyConditionals', (expression) => {
  if (expression.kind === 'caseWhen') return ofCase(expression);
  return expression.kind === 'call' && expression.name === 'if' ? ofIf(expression) : expression;
});

const isNever = (condition: Expression) =>
  isLiteral(condition, false) || isLiteral(condition, null);

function ofIf(call: FunctionCall): Expression {
  const [condition, yes, no] = call.arguments;
  if (condition === undefined || yes === undefined || no === undefined) return call;
  if (isLiteral(condition, true)) return yes;
  if (isNever(condition)) return no;
  const isFree = isDeterministic(condition) && !canRaise(condition);
  return isFree && sameExpression(yes, no) ? yes : call;
}

function ofCase(whole: CaseWhen): Expression {
  const possible = whole.branches.filter(({ condition }) => !isNever(condition));
  const certain = possible.findIndex(({ condition }) => isLiteral(condition, true));
  const branches = certain === -1 ? possible : possible.slice(0, certain);
  const elseValue = certain === -1 ? whole.elseValue : possible[certain]?.value;
  if (branches.length === 0) return elseValue ?? literal(null, whole.type, whole.range);
  if (branches.length === whole.branches.length) return whole;
  return { ...whole, branches, ...(elseValue === undefined ? {} : { elseValue }) };
}
