import { outputOf } from '../plan/output.ts';
import type { Expression, Filter, NamedExpression, Relation, Subquery } from '../plan/resolved.ts';
import { expressionsOf, inputsOf, mapChildren, some } from '../plan/traverse.ts';
import { allOf, conjunctsOf, predicate } from './expressions.ts';
import { relationRule } from './rule.ts';

/**
 * EXISTS and IN in a filter become semi joins, NOT EXISTS an anti join, where what the subquery reads outside
 * stands in filters. NOT IN stays: its nulls need more than an equality.
 */
export const rewritePredicateSubquery = relationRule('RewritePredicateSubquery', (relation) =>
  relation.kind === 'filter' ? rewritten(relation) : relation,
);

function rewritten(filter: Filter): Relation {
  const joins: ((input: Relation) => Relation)[] = [];
  const stay: Expression[] = [];
  for (const conjunct of conjunctsOf(filter.condition)) {
    const join = joinOf(conjunct);
    if (join === undefined) stay.push(conjunct);
    else joins.push(join);
  }
  if (joins.length === 0) return filter;
  // What is computed by a query of its own is asked of the rows that the joins have left.
  const isCostly = (part: Expression) => some(part, ({ kind }) => kind === 'subquery');
  const below = allOf(stay.filter((part) => !isCostly(part)));
  const input: Relation = below === undefined ? filter.input : { ...filter, condition: below };
  const joined = joins.reduce((relation, join) => join(relation), input);
  const above = allOf(stay.filter(isCostly));
  return above === undefined ? joined : { ...filter, input: joined, condition: above };
}

function joinOf(conjunct: Expression): ((input: Relation) => Relation) | undefined {
  const isNegated = conjunct.kind === 'call' && conjunct.name === 'not';
  const subquery = isNegated ? conjunct.arguments[0] : conjunct;
  if (subquery?.kind !== 'subquery' || subquery.subqueryType === 'scalar') return undefined;
  if (isNegated && subquery.subqueryType === 'in') return undefined;
  const pulled = pullUp(subquery.plan);
  if (pulled === undefined) return undefined;
  const columns = outputOf(subquery.plan);
  const equalities = subquery.values.map((value, index) =>
    predicate('=', [value, columns[index] ?? value], true, subquery.range),
  );
  const outside = pulled.conditions.map((condition) => inside(condition, subquery));
  const condition = allOf([...equalities, ...outside]);
  const joinType = isNegated ? 'leftAnti' : 'leftSemi';
  return (left) => ({
    kind: 'join',
    left,
    right: pulled.plan,
    joinType,
    ...(subquery.hint === undefined ? {} : { rightHint: subquery.hint }),
    ...(condition === undefined ? {} : { condition }),
    range: conjunct.range,
  });
}

interface Pulled {
  readonly plan: Relation;
  readonly conditions: readonly Expression[];
}

/** The plan without the conditions that read outside; undefined where it reads outside elsewhere too. */
function pullUp(plan: Relation): Pulled | undefined {
  if (!readsOutside(plan)) return { plan, conditions: [] };
  if (plan.kind === 'filter') {
    const below = pullUp(plan.input);
    if (below === undefined) return undefined;
    const conjuncts = conjunctsOf(plan.condition);
    const own = conjuncts.filter((conjunct) => !isOuter(conjunct));
    const outer = conjuncts.filter(isOuter);
    const condition = allOf(own);
    const input: Relation =
      condition === undefined ? below.plan : { ...plan, condition, input: below.plan };
    return { plan: input, conditions: [...below.conditions, ...outer] };
  }
  if (plan.kind !== 'project' || plan.expressions.some(isOuter)) return undefined;
  const below = pullUp(plan.input);
  if (below === undefined) return undefined;
  const yielded = new Set(plan.expressions.map(({ exprId }) => exprId));
  const missing: NamedExpression[] = outputOf(below.plan).filter(
    ({ exprId }) =>
      !yielded.has(exprId) &&
      below.conditions.some((condition) =>
        some(condition, (part) => part.kind === 'attribute' && part.exprId === exprId),
      ),
  );
  const expressions = [...plan.expressions, ...missing];
  return { plan: { ...plan, expressions, input: below.plan }, conditions: below.conditions };
}

function isOuter(expression: Expression): boolean {
  return some(expression, ({ kind }) => kind === 'outerReference');
}

/** Parts of it are columns of the relation around it. */
export function readsOutside(plan: Relation): boolean {
  return expressionsOf(plan).some(isOuter) || inputsOf(plan).some(readsOutside);
}

/** What a condition of the subquery's plan is beside the rows that it reads outside. */
function inside(condition: Expression, subquery: Subquery): Expression {
  if (condition.kind !== 'outerReference') {
    return mapChildren(condition, (child) => inside(child, subquery));
  }
  const { exprId } = condition;
  return subquery.outer.find((binding) => binding.exprId === exprId)?.value ?? condition;
}
