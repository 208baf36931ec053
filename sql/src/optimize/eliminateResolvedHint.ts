import type { Join, Relation } from '../plan/resolved.ts';
import { mapInputs } from '../plan/traverse.ts';
import type { Rule } from './rule.ts';

/** The advice on a side of a join becomes the join's own; other advice has no use. */
export const eliminateResolvedHint: Rule = { name: 'EliminateResolvedHint', apply: withoutHints };

function withoutHints(relation: Relation): Relation {
  if (relation.kind === 'hint') return withoutHints(relation.input);
  if (relation.kind !== 'join') return mapInputs(relation, withoutHints);
  const leftHint = hintOf(relation.left) ?? relation.leftHint;
  const rightHint = hintOf(relation.right) ?? relation.rightHint;
  const isSame = leftHint === relation.leftHint && rightHint === relation.rightHint;
  const advised: Join = isSame
    ? relation
    : {
        ...relation,
        ...(leftHint === undefined ? {} : { leftHint }),
        ...(rightHint === undefined ? {} : { rightHint }),
      };
  return mapInputs(advised, withoutHints);
}

/** Advice reaches down through what keeps a side's rows what they are. */
function hintOf(relation: Relation): string | undefined {
  switch (relation.kind) {
    case 'hint':
      return relation.text;
    case 'project':
    case 'filter':
    case 'subqueryAlias':
      return hintOf(relation.input);
    default:
      return undefined;
  }
}
