import { outputOf } from '../plan/output.ts';
import type { Expression, NamedExpression, Relation, SetOperation } from '../plan/resolved.ts';
import { allOf, predicate } from './expressions.ts';
import { relationRule } from './rule.ts';

/** INTERSECT is the distinct rows that have an equal one on the other side; nulls are equal. */
export const replaceIntersectWithSemiJoin = relationRule(
  'ReplaceIntersectWithSemiJoin',
  (relation) => (isPlain(relation, 'intersect') ? joined(relation, 'leftSemi') : relation),
);

/** EXCEPT is the distinct rows that have none. */
export const replaceExceptWithAntiJoin = relationRule('ReplaceExceptWithAntiJoin', (relation) =>
  isPlain(relation, 'except') ? joined(relation, 'leftAnti') : relation,
);

/** With ALL the rows are counted, which no join does. */
function isPlain(
  relation: Relation,
  operation: SetOperation['operation'],
): relation is SetOperation {
  return relation.kind === 'setOperation' && relation.operation === operation && !relation.isAll;
}

function joined(operation: SetOperation, joinType: 'leftSemi' | 'leftAnti'): Relation {
  const { left, right, output, range } = operation;
  const columns = outputOf(left);
  const others = outputOf(right);
  const condition = allOf(
    columns.map((column, index): Expression =>
      predicate('<=>', [column, others[index] ?? column], false, range),
    ),
  );
  const join: Relation = {
    kind: 'join',
    left,
    right,
    joinType,
    ...(condition === undefined ? {} : { condition }),
    range,
  };
  // The operation's columns have ids of their own.
  const expressions = output.map((column, index): NamedExpression => {
    const { exprId, name, type, nullable } = column;
    return { kind: 'alias', child: columns[index] ?? column, name, exprId, type, nullable, range };
  });
  return { kind: 'distinct', input: { kind: 'project', input: join, expressions, range }, range };
}
