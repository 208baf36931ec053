import type { Relation } from '../plan/resolved.ts';

/** The most rows a relation can have; infinite where nothing bounds it. */
export function maxRowCount(relation: Relation): number {
  switch (relation.kind) {
    case 'scan':
      return Infinity;
    case 'localRelation':
      return relation.rows.length;
    case 'oneRow':
      return 1;
    case 'range': {
      const { start, end, step } = relation;
      const count = (end - start + step - (step > 0n ? 1n : -1n)) / step;
      return count > 0n ? Number(count) : 0;
    }
    case 'generate':
    case 'lateralJoin':
    case 'unionLoop':
    case 'loopReference':
      return Infinity;
    case 'setOperation':
      return relation.operation === 'except'
        ? maxRowCount(relation.left)
        : Math.min(maxRowCount(relation.left), maxRowCount(relation.right));
    case 'aggregate':
      if (relation.groupingSets !== undefined) return Infinity;
      return relation.grouping.length === 0 ? 1 : maxRowCount(relation.input);
    case 'globalLimit':
      return Math.min(relation.limit, maxRowCount(relation.input));
    // Each partition has its own.
    case 'localLimit':
      return maxRowCount(relation.input);
    case 'offset':
      return Math.max(0, maxRowCount(relation.input) - relation.offset);
    case 'union':
      return relation.inputs.reduce((sum, input) => sum + maxRowCount(input), 0);
    case 'join':
      return maxJoinedRowCount(
        relation.joinType,
        maxRowCount(relation.left),
        maxRowCount(relation.right),
      );
    default:
      return maxRowCount(relation.input);
  }
}

function maxJoinedRowCount(joinType: string, left: number, right: number): number {
  if (joinType === 'leftSemi' || joinType === 'leftAnti') return left;
  const matched = left === 0 || right === 0 ? 0 : left * right;
  switch (joinType) {
    case 'leftOuter':
      return Math.max(matched, left);
    case 'rightOuter':
      return Math.max(matched, right);
    case 'fullOuter':
      return Math.max(matched, left + right);
    default:
      return matched;
  }
}
