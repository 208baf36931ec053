import { outputOf } from '../plan/output.ts';
import type { JoinType } from '../plan/unresolved.ts';
import { idsOf } from './expressions.ts';
import { nonNullWhere } from './nullability.ts';
import { relationRule } from './rule.ts';

/** A filter that no padded row passes makes an outer join a narrower one. */
export const eliminateOuterJoin = relationRule('EliminateOuterJoin', (relation) => {
  if (relation.kind !== 'filter' || relation.input.kind !== 'join') return relation;
  const join = relation.input;
  const { joinType } = join;
  if (joinType !== 'leftOuter' && joinType !== 'rightOuter' && joinType !== 'fullOuter') {
    return relation;
  }
  const nonNull = nonNullWhere(relation.condition);
  const needs = (side: typeof join.left) =>
    [...idsOf(outputOf(side))].some((exprId) => nonNull.has(exprId));
  const narrowed = narrow(joinType, needs(join.left), needs(join.right));
  return narrowed === joinType ? relation : { ...relation, input: { ...join, joinType: narrowed } };
});

function narrow(
  joinType: 'leftOuter' | 'rightOuter' | 'fullOuter',
  needsLeft: boolean,
  needsRight: boolean,
): JoinType {
  // Rows without a partner on the right are padded by left and full joins, and the reverse.
  const keepsLeft = joinType !== 'rightOuter' && !needsRight;
  const keepsRight = joinType !== 'leftOuter' && !needsLeft;
  if (keepsLeft && keepsRight) return 'fullOuter';
  if (keepsLeft) return 'leftOuter';
  return keepsRight ? 'rightOuter' : 'inner';
}
