import { outputOf } from '../plan/output.ts';
import type { Attribute, Expression, Join, Relation } from '../plan/resolved.ts';
import { allOf, conjunctsOf, isDeterministic, isNotNull } from './expressions.ts';
import { nonNullIn, nonNullWhere } from './nullability.ts';
import { relationRule } from './rule.ts';

/** What a condition implies is said: its columns are not null, on either side of a join that needs a match. */
export const inferFiltersFromConstraints = relationRule(
  'InferFiltersFromConstraints',
  (relation) => {
    if (relation.kind === 'join') return ofJoin(relation);
    if (relation.kind !== 'filter' || !isDeterministic(relation.condition)) return relation;
    const missing = missingTests(relation.input, relation.condition, true);
    // Below, what is implied goes before the condition, which stays in one piece.
    const condition = allOf([...missing, relation.condition]);
    return missing.length === 0 || condition === undefined ? relation : { ...relation, condition };
  },
);

function ofJoin(join: Join): Relation {
  const { condition, joinType } = join;
  if (condition === undefined || !isDeterministic(condition)) return join;
  const bothMatch = joinType === 'inner' || joinType === 'leftSemi';
  const left = bothMatch || joinType === 'rightOuter' ? tested(join.left, condition) : join.left;
  const right =
    bothMatch || joinType === 'leftOuter' || joinType === 'leftAnti'
      ? tested(join.right, condition)
      : join.right;
  return left === join.left && right === join.right ? join : { ...join, left, right };
}

function tested(side: Relation, condition: Expression): Relation {
  const tests = allOf(missingTests(side, condition, false));
  return tests === undefined
    ? side
    : { kind: 'filter', input: side, condition: tests, range: condition.range };
}

function missingTests(
  relation: Relation,
  condition: Expression,
  isOwnCondition: boolean,
): readonly Expression[] {
  const implied = nonNullWhere(condition);
  const known = nonNullIn(relation);
  const said = new Set(isOwnCondition ? saidIn(condition) : []);
  return outputOf(relation)
    .filter(({ exprId }) => implied.has(exprId) && !known.has(exprId) && !said.has(exprId))
    .filter(isFirst)
    .map((column) => isNotNull(column));
}

/** The columns that a condition tests for null itself. */
function saidIn(condition: Expression): readonly number[] {
  return conjunctsOf(condition).flatMap((part) => {
    if (part.kind !== 'call' || part.name !== 'isnotnull') return [];
    const [column] = part.arguments;
    return column?.kind === 'attribute' ? [column.exprId] : [];
  });
}

function isFirst(column: Attribute, index: number, columns: readonly Attribute[]): boolean {
  return columns.findIndex(({ exprId }) => exprId === column.exprId) === index;
}
