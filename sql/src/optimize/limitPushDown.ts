import type { Join, LocalLimit, Relation } from '../plan/resolved.ts';
import { relationRule } from './rule.ts';
import { maxRowCount } from './rowCount.ts';

/** No side of a union, and no side of a join whose rows all come out, needs more rows than are asked for. */
export const limitPushDown = relationRule('LimitPushDown', (relation) => {
  if (relation.kind !== 'localLimit') return relation;
  const { input } = relation;
  if (input.kind === 'union') {
    const inputs = input.inputs.map((side) => limited(side, relation));
    return inputs.some((side, index) => side !== input.inputs[index])
      ? { ...relation, input: { ...input, inputs } }
      : relation;
  }
  if (input.kind === 'project' && input.input.kind === 'join') {
    const join = limitSides(input.input, relation);
    return join === input.input ? relation : { ...relation, input: { ...input, input: join } };
  }
  if (input.kind !== 'join') return relation;
  const join = limitSides(input, relation);
  return join === input ? relation : { ...relation, input: join };
});

function limitSides(join: Join, limit: LocalLimit): Join {
  const isProduct =
    join.condition === undefined && (join.joinType === 'inner' || join.joinType === 'cross');
  const left = isProduct || join.joinType === 'leftOuter' ? limited(join.left, limit) : join.left;
  const right =
    isProduct || join.joinType === 'rightOuter' ? limited(join.right, limit) : join.right;
  return left === join.left && right === join.right ? join : { ...join, left, right };
}

function limited(side: Relation, { limit, range }: LocalLimit): Relation {
  const isLimited = side.kind === 'localLimit' && side.limit <= limit;
  return isLimited || maxRowCount(side) <= limit
    ? side
    : { kind: 'localLimit', input: side, limit, range };
}
