/** What a rule is: a plan in, an equal plan out, or the very same plan where it has nothing to do. */
import type { AggregateCall, Expression, NamedExpression, Relation } from '../plan/resolved.ts';
import {
  mapAll,
  mapChildren,
  mapExpressions,
  transformPlanUp,
  transformUp,
} from '../plan/traverse.ts';

export interface Rule {
  /** Spark's name for it. */
  readonly name: string;
  apply(plan: Relation): Relation;
}

/** A rule that looks at one relation at a time, inputs first. */
export function relationRule(name: string, change: (relation: Relation) => Relation): Rule {
  return { name, apply: (plan) => transformPlanUp(plan, change) };
}

/** A rule that looks at one expression at a time, operands first, wherever it stands. */
export function expressionRule(name: string, change: (expression: Expression) => Expression): Rule {
  const changeWhole = (expression: Expression) => transformUp(expression, change);
  return {
    name,
    apply: (plan) => transformPlanUp(plan, (relation) => simplified(relation, changeWhole)),
  };
}

/**
 * Where an Aggregate groups by more than columns only arguments of aggregate calls are changed, since
 * what is built on a grouping expression must go on containing it.
 */
function simplified(relation: Relation, change: (expression: Expression) => Expression): Relation {
  if (relation.kind !== 'aggregate') {
    return mapExpressions(relation, (whole) => insideName(whole, change));
  }
  const groupsByColumns = relation.grouping.every(({ kind }) => kind === 'attribute');
  const changeOutput = groupsByColumns
    ? change
    : (whole: Expression) => insideAggregates(whole, change);
  const aggregates = mapAll<NamedExpression>(relation.aggregates, (named) => {
    if (named.kind === 'attribute') return named;
    const child = changeOutput(named.child);
    return child === named.child ? named : { ...named, child };
  });
  return aggregates === relation.aggregates ? relation : { ...relation, aggregates };
}

function insideName(whole: Expression, change: (expression: Expression) => Expression): Expression {
  return whole.kind === 'alias' ? mapChildren(whole, change) : change(whole);
}

function insideAggregates(
  expression: Expression,
  change: (expression: Expression) => Expression,
): Expression {
  return mapChildren(expression, (child) =>
    expression.kind === 'aggregateCall' ? change(child) : insideAggregates(child, change),
  ) satisfies Expression | AggregateCall;
}
