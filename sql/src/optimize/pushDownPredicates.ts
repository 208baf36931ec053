import { containsAggregate, mapInputs } from '../plan/traverse.ts';
import type { Aggregate, Expression, Filter, Join, Relation, Union } from '../plan/resolved.ts';
import { outputOf } from '../plan/output.ts';
import type { JoinType } from '../plan/unresolved.ts';
import {
  allOf,
  conjunctsOf,
  definitionsOf,
  idsOf,
  inline,
  isDeterministic,
  isWithin,
  referencesOf,
} from './expressions.ts';
import { canRaise } from './raising.ts';
import type { Rule } from './rule.ts';

/**
 * Filters go towards the sources. A condition that may raise never passes a join, an aggregate or
 * another filter: there it would be computed for rows that those let through no more.
 */
export const pushDownPredicates: Rule = { name: 'PushDownPredicates', apply: pushDown };

/** From the top, so that a filter goes all its way in one pass. */
function pushDown(relation: Relation): Relation {
  let current = relation;
  if (current.kind === 'filter') current = pushFilter(current);
  if (current.kind === 'join') current = pushJoinCondition(current);
  return mapInputs(current, pushDown);
}

function pushFilter(filter: Filter): Relation {
  if (!isDeterministic(filter.condition)) return filter;
  const { input } = filter;
  switch (input.kind) {
    case 'subqueryAlias':
    case 'distinct':
      return { ...input, input: { ...filter, input: input.input } };
    case 'sort':
      return { ...input, input: { ...filter, input: input.input } };
    case 'project': {
      if (!input.expressions.every(isDeterministic)) return filter;
      const condition = inline(filter.condition, definitionsOf(input.expressions));
      if (condition === undefined) return filter;
      return { ...input, input: { ...filter, condition, input: input.input } };
    }
    case 'aggregate':
      return throughAggregate(filter, input);
    case 'union':
      return throughUnion(filter, input);
    case 'join':
      return throughJoin(filter, input);
    default:
      return filter;
  }
}

/**
 * Only conditions on grouping columns, none over the one group of an Aggregate without any, and none over
 * grouping sets, which make nulls of those columns.
 */
function throughAggregate(filter: Filter, aggregate: Aggregate): Relation {
  if (aggregate.grouping.length === 0 || aggregate.groupingSets !== undefined) return filter;
  const movable = aggregate.aggregates.filter(
    (named) => !containsAggregate(named) && isDeterministic(named),
  );
  const ids = new Set(movable.map(({ exprId }) => exprId));
  const definitions = definitionsOf(movable);
  const down: Expression[] = [];
  const stay: Expression[] = [];
  for (const conjunct of conjunctsOf(filter.condition)) {
    const references = referencesOf(conjunct);
    const moved =
      references.size > 0 && isWithin(references, ids) ? inline(conjunct, definitions) : undefined;
    if (moved === undefined || canRaise(moved)) stay.push(conjunct);
    else down.push(moved);
  }
  if (down.length === 0) return filter;
  return filtered({ ...aggregate, input: filtered(aggregate.input, down) }, stay);
}

function throughUnion(filter: Filter, union: Union): Relation {
  const inputs: Relation[] = [];
  for (const input of union.inputs) {
    const columns = outputOf(input);
    const renamed = new Map<number, Expression>();
    for (const [index, { exprId }] of union.output.entries()) {
      const column = columns[index];
      if (column !== undefined) renamed.set(exprId, column);
    }
    const condition = inline(filter.condition, renamed);
    if (condition === undefined) return filter;
    inputs.push({ ...filter, condition, input });
  }
  return { ...union, inputs };
}

interface Sides {
  readonly left: Expression[];
  readonly right: Expression[];
  /** On both sides, on none, or not to be moved. */
  readonly rest: Expression[];
}

function bySide(conjuncts: readonly Expression[], join: Join): Sides {
  const left = idsOf(outputOf(join.left));
  const right = idsOf(outputOf(join.right));
  const sides: Sides = { left: [], right: [], rest: [] };
  for (const conjunct of conjuncts) {
    const references = referencesOf(conjunct);
    const isMovable = references.size > 0 && isDeterministic(conjunct) && !canRaise(conjunct);
    if (isMovable && isWithin(references, left)) sides.left.push(conjunct);
    else if (isMovable && isWithin(references, right)) sides.right.push(conjunct);
    else sides.rest.push(conjunct);
  }
  return sides;
}

/** Sides that a filter above the join may be computed on: those that the join does not pad with nulls. */
const filterSides: Readonly<Record<JoinType, readonly ('left' | 'right')[]>> = {
  inner: ['left', 'right'],
  cross: ['left', 'right'],
  leftOuter: ['left'],
  rightOuter: ['right'],
  fullOuter: [],
  leftSemi: ['left'],
  leftAnti: ['left'],
};
/** Sides that a join's own condition may be computed on: those whose rows need not all come out. */
const conditionSides: Readonly<Record<JoinType, readonly ('left' | 'right')[]>> = {
  inner: ['left', 'right'],
  cross: ['left', 'right'],
  leftOuter: ['right'],
  rightOuter: ['left'],
  fullOuter: [],
  leftSemi: ['left', 'right'],
  leftAnti: ['right'],
};

function throughJoin(filter: Filter, join: Join): Relation {
  const allowed = filterSides[join.joinType];
  const conjuncts = conjunctsOf(filter.condition);
  const sides = bySide(conjuncts, join);
  const left = allowed.includes('left') ? sides.left : [];
  const right = allowed.includes('right') ? sides.right : [];
  const moved = new Set([...left, ...right]);
  const isInner = join.joinType === 'inner' || join.joinType === 'cross';
  const both = new Set(
    isInner
      ? sides.rest.filter(
          (part) => referencesOf(part).size > 0 && !canRaise(part) && isDeterministic(part),
        )
      : [],
  );
  if (moved.size === 0 && both.size === 0) return filter;
  const stay = conjuncts.filter((part) => !moved.has(part) && !both.has(part));
  const own = join.condition === undefined ? [] : conjunctsOf(join.condition);
  const condition = allOf([...own, ...both]);
  const joined: Join = {
    ...join,
    joinType: isInner && condition !== undefined ? 'inner' : join.joinType,
    left: filtered(join.left, left),
    right: filtered(join.right, right),
    ...(condition === undefined ? {} : { condition }),
  };
  return filtered(joined, stay);
}

function pushJoinCondition(join: Join): Join {
  if (join.condition === undefined) return join;
  const allowed = conditionSides[join.joinType];
  const conjuncts = conjunctsOf(join.condition);
  const sides = bySide(conjuncts, join);
  const left = allowed.includes('left') ? sides.left : [];
  const right = allowed.includes('right') ? sides.right : [];
  if (left.length === 0 && right.length === 0) return join;
  const moved = new Set([...left, ...right]);
  const { kind, joinType, range } = join;
  const condition = allOf(conjuncts.filter((part) => !moved.has(part)));
  return {
    kind,
    joinType,
    range,
    left: filtered(join.left, left),
    right: filtered(join.right, right),
    ...(condition === undefined ? {} : { condition }),
  };
}

function filtered(input: Relation, conditions: readonly Expression[]): Relation {
  const condition = allOf(conditions);
  return condition === undefined
    ? input
    : { kind: 'filter', input, condition, range: condition.range };
}
