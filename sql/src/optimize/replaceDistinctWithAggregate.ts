import { outputOf } from '../plan/output.ts';
import { relationRule } from './rule.ts';

/** DISTINCT groups by all columns. */
export const replaceDistinctWithAggregate = relationRule(
  'ReplaceDistinctWithAggregate',
  (relation) => {
    if (relation.kind !== 'distinct') return relation;
    const columns = outputOf(relation.input);
    if (columns.length === 0) return relation;
    return {
      kind: 'aggregate',
      input: relation.input,
      grouping: columns,
      aggregates: columns,
      range: relation.range,
    };
  },
);
