/** Which columns can't be null where something holds, and after which relations. */
import { childrenOf } from '../plan/traverse.ts';
import type { Expression, Relation } from '../plan/resolved.ts';
import { outputOf } from '../plan/output.ts';
import { conjunctsOf } from './expressions.ts';

/** Null whenever one of its operands is. */
export function isNullIntolerant(expression: Expression): boolean {
  return (
    expression.kind === 'cast' ||
    (expression.kind === 'call' && nullIntolerant.has(expression.name))
  );
}

const nullIntolerant = new Set([
  '=',
  '<',
  '<=',
  '>',
  '>=',
  '+',
  '-',
  '*',
  '/',
  '%',
  'div',
  '&',
  '|',
  '^',
  '~',
  'negative',
  'positive',
  'abs',
  'not',
  'like',
  'rlike',
  'upper',
  'lower',
  'length',
  'startswith',
  'endswith',
  'contains',
]);

/** The columns that are not null in every row for which the condition is true. */
export function nonNullWhere(condition: Expression): ReadonlySet<number> {
  const ids = new Set<number>();
  const visit = (part: Expression) => {
    if (part.kind === 'attribute') ids.add(part.exprId);
    else if (isNullIntolerant(part)) childrenOf(part).forEach(visit);
  };
  for (const conjunct of conjunctsOf(condition)) {
    if (conjunct.kind === 'call' && conjunct.name === 'isnotnull')
      conjunct.arguments.forEach(visit);
    else visit(conjunct);
  }
  return ids;
}

/** The columns of a relation that are known not to be null. */
export function nonNullIn(relation: Relation): ReadonlySet<number> {
  const ids = new Set<number>();
  for (const { exprId, nullable } of outputOf(relation)) if (!nullable) ids.add(exprId);
  const add = (more: ReadonlySet<number>) => {
    for (const id of more) ids.add(id);
  };
  switch (relation.kind) {
    case 'filter':
      add(nonNullWhere(relation.condition));
      add(nonNullIn(relation.input));
      break;
    case 'join': {
      const { joinType } = relation;
      const keepsLeft = joinType !== 'rightOuter' && joinType !== 'fullOuter';
      const keepsRight = joinType === 'inner' || joinType === 'cross' || joinType === 'rightOuter';
      if (keepsLeft) add(nonNullIn(relation.left));
      if (keepsRight) add(nonNullIn(relation.right));
      const isMatched = joinType === 'inner' || joinType === 'leftSemi';
      if (isMatched && relation.condition !== undefined) add(nonNullWhere(relation.condition));
      break;
    }
    case 'project':
    case 'aggregate': {
      if (relation.kind === 'aggregate' && relation.groupingSets !== undefined) break;
      const below = nonNullIn(relation.input);
      const named = relation.kind === 'project' ? relation.expressions : relation.aggregates;
      for (const expression of named) {
        const source = expression.kind === 'alias' ? expression.child : expression;
        if (source.kind === 'attribute' && below.has(source.exprId)) ids.add(expression.exprId);
      }
      break;
    }
    case 'sort':
    case 'globalLimit':
    case 'localLimit':
    case 'offset':
    case 'distinct':
    case 'subqueryAlias':
    case 'sample':
    case 'hint':
    case 'repartition':
    case 'window':
      add(nonNullIn(relation.input));
      break;
    case 'lateralJoin':
      add(nonNullIn(relation.left));
      break;
    case 'generate':
    case 'setOperation':
    case 'range':
    case 'unionLoop':
    case 'loopReference':
    case 'scan':
    case 'localRelation':
    case 'oneRow':
    case 'union':
      break;
  }
  return ids;
}
