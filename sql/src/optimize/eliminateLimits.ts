import { outputOf } from '../plan/output.ts';
import type { Relation } from '../plan/resolved.ts';
import { relationRule } from './rule.ts';
import { maxRowCount } from './rowCount.ts';

/** Limits over limits become the smaller one; those that nothing can exceed go; none at all is empty. */
export const eliminateLimits = relationRule('EliminateLimits', (relation) => {
  if (relation.kind !== 'globalLimit' && relation.kind !== 'localLimit') return relation;
  const { limit, range } = relation;
  if (limit === 0) {
    return { kind: 'localRelation', output: outputOf(relation), rows: [], range };
  }
  if (maxRowCount(relation.input) <= limit) return withoutLocalLimit(relation.input, limit);
  return combined(relation) ?? relation;
});

/** The local half of a limit that has just gone goes with it. */
function withoutLocalLimit(relation: Relation, limit: number): Relation {
  return relation.kind === 'localLimit' && relation.limit >= limit ? relation.input : relation;
}

function combined(relation: Relation): Relation | undefined {
  if (relation.kind === 'localLimit') {
    const { input } = relation;
    return input.kind === 'localLimit'
      ? { ...input, limit: Math.min(relation.limit, input.limit) }
      : undefined;
  }
  if (relation.kind !== 'globalLimit') return undefined;
  const { input } = relation;
  if (input.kind === 'globalLimit')
    return { ...input, limit: Math.min(relation.limit, input.limit) };
  if (input.kind !== 'localLimit' || input.input.kind !== 'globalLimit') return undefined;
  const inner = input.input;
  const limit = Math.min(relation.limit, inner.limit);
  const below: Relation =
    inner.input.kind === 'localLimit'
      ? { ...inner.input, limit: Math.min(limit, inner.input.limit) }
      : { ...input, limit, input: inner.input };
  return { ...inner, limit, input: below };
}
