import { outputOf } from '../plan/output.ts';
import { allOf, conjunctsOf, isLiteral } from './expressions.ts';
import { nonNullIn } from './nullability.ts';
import { relationRule } from './rule.ts';

/** A filter that lets all rows pass goes; one that lets none pass leaves an empty relation. */
export const pruneFilters = relationRule('PruneFilters', (relation) => {
  if (relation.kind !== 'filter') return relation;
  const { condition, input, range } = relation;
  if (isLiteral(condition, true)) return input;
  if (isLiteral(condition, false) || isLiteral(condition, null)) {
    return { kind: 'localRelation', output: outputOf(input), rows: [], range };
  }
  const parts = conjunctsOf(condition);
  if (!parts.some((part) => part.kind === 'call' && part.name === 'isnotnull')) return relation;
  const nonNull = nonNullIn(input);
  const kept = parts.filter((part) => {
    if (part.kind !== 'call' || part.name !== 'isnotnull') return true;
    const [column] = part.arguments;
    return column?.kind !== 'attribute' || !nonNull.has(column.exprId);
  });
  if (kept.length === parts.length) return relation;
  const left = allOf(kept);
  return left === undefined ? input : { ...relation, condition: left };
});
