import { outputOf } from '../plan/output.ts';
import { relationRule } from './rule.ts';

/** A select list that is its input's columns goes. */
export const removeNoopOperators = relationRule('RemoveNoopOperators', (relation) => {
  if (relation.kind !== 'project') return relation;
  const below = outputOf(relation.input);
  const isSame =
    below.length === relation.expressions.length &&
    relation.expressions.every(
      (named, index) =>
        named.kind === 'attribute' &&
        named.exprId === below[index]?.exprId &&
        named.name === below[index].name,
    );
  return isSame ? relation.input : relation;
});
