import type { Expression, Join, Relation } from '../plan/resolved.ts';
import { inputsOf, mapExpressions, mapInputs, transformUp } from '../plan/traverse.ts';
import type { Rule } from './rule.ts';

/** The advice on a side of a join, or on a subquery that may become one, becomes its own; other advice has no use. */
export const eliminateResolvedHint: Rule = { name: 'EliminateResolvedHint', apply: withoutHints };

function withoutHints(relation: Relation): Relation {
  if (relation.kind === 'hint') return withoutHints(relation.input);
  const asked = mapExpressions(relation, (whole) => transformUp(whole, advisedSubquery));
  if (asked.kind !== 'join') return mapInputs(asked, withoutHints);
  const leftHint = hintOf(asked.left) ?? asked.leftHint;
  const rightHint = hintOf(asked.right) ?? asked.rightHint;
  const isSame = leftHint === asked.leftHint && rightHint === asked.rightHint;
  const advised: Join = isSame
    ? asked
    : {
        ...asked,
        ...(leftHint === undefined ? {} : { leftHint }),
        ...(rightHint === undefined ? {} : { rightHint }),
      };
  return mapInputs(advised, withoutHints);
}

function advisedSubquery(expression: Expression): Expression {
  if (expression.kind !== 'subquery') return expression;
  const plan = withoutHints(expression.plan);
  if (plan === expression.plan) return expression;
  const hint = hintOf(expression.plan);
  return { ...expression, plan, ...(hint === undefined ? {} : { hint }) };
}

/** Advice reaches through whatever has one input. */
function hintOf(relation: Relation): string | undefined {
  if (relation.kind === 'hint') return relation.text;
  const [input, ...others] = inputsOf(relation);
  return input === undefined || others.length > 0 ? undefined : hintOf(input);
}
