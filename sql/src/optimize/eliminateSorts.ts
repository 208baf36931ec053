import type { Relation } from '../plan/resolved.ts';
import { relationRule } from './rule.ts';

/** An order that another sort destroys need not be made. */
export const eliminateSorts = relationRule('EliminateSorts', (relation) => {
  if (relation.kind !== 'sort' || !relation.isGlobal) return relation;
  const input = withoutSort(relation.input);
  return input === undefined ? relation : { ...relation, input };
});

/** Undefined where no sort stands right below what keeps order. */
function withoutSort(relation: Relation): Relation | undefined {
  if (relation.kind === 'sort') return withoutSort(relation.input) ?? relation.input;
  if (relation.kind !== 'project' && relation.kind !== 'filter') return undefined;
  const input = withoutSort(relation.input);
  return input === undefined ? undefined : { ...relation, input };
}
