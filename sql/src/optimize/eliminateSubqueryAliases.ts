import { relationRule } from './rule.ts';

/** Aliases only serve to find names. */
export const eliminateSubqueryAliases = relationRule('EliminateSubqueryAliases', (relation) =>
  relation.kind === 'subqueryAlias' ? relation.input : relation,
);
