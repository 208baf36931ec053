import { expressionKey } from '../plan/traverse.ts';
import { allOf, conjunctsOf, isDeterministic } from './expressions.ts';
import { relationRule } from './rule.ts';

/** A filter over a filter becomes one, the lower condition first: it may guard the upper one. */
export const combineFilters = relationRule('CombineFilters', (relation) => {
  if (relation.kind !== 'filter' || relation.input.kind !== 'filter') return relation;
  const lower = relation.input;
  if (!isDeterministic(relation.condition) || !isDeterministic(lower.condition)) return relation;
  const below = conjunctsOf(lower.condition);
  const known = new Set(below.map(expressionKey));
  const above = conjunctsOf(relation.condition).filter((part) => !known.has(expressionKey(part)));
  const condition = allOf([...below, ...above]);
  return condition === undefined ? relation : { ...lower, condition };
});
