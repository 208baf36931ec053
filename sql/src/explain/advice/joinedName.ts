/** The name in a statement that stands for one side of a join: what a hint has to say. */
import { outputOf } from '../../plan/output.ts';
import type { Relation } from '../../plan/resolved.ts';
import { inputsOf } from '../../plan/traverse.ts';
import { subqueriesOf } from '../../plan/treeText.ts';

export interface JoinedName {
  readonly name: string;
  /** The name is one of a subquery in a condition, and advice has to stand there. */
  readonly isInSubquery: boolean;
}

/** Undefined where the side is several relations that no name was given to together. */
export function joinedName(analyzed: Relation, side: Relation): JoinedName | undefined {
  const wanted = sourcesOf(side);
  if (wanted.length === 0) return undefined;
  const search = (relation: Relation, isInSubquery: boolean): JoinedName | undefined => {
    const name = relation.kind === 'subqueryAlias' ? relation.alias.at(-1) : undefined;
    if (name !== undefined && sourcesOf(relation).join() === wanted.join())
      return { name, isInSubquery };
    return firstOf([
      ...inputsOf(relation).map((input) => () => search(input, isInSubquery)),
      ...subqueriesOf(relation).map((subquery) => () => search(subquery, true)),
    ]);
  };
  return search(analyzed, false);
}

function firstOf<T>(attempts: readonly (() => T | undefined)[]): T | undefined {
  for (const attempt of attempts) {
    const found = attempt();
    if (found !== undefined) return found;
  }
  return undefined;
}

/** By the ids of their first columns, which the optimizer keeps; sorted, as it changes the order of joins. */
function sourcesOf(relation: Relation): readonly number[] {
  const ids: number[] = [];
  const visit = (part: Relation) => {
    const inputs = inputsOf(part);
    const [first] = part.kind === 'scan' ? part.columns : outputOf(part);
    if (inputs.length === 0 && first) ids.push(first.exprId);
    inputs.forEach(visit);
  };
  visit(relation);
  return ids.sort((a, b) => a - b);
}
