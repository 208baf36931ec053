import { expressionKey } from '../plan/traverse.ts';
import type { Expression } from '../plan/resolved.ts';
import type { DataType } from '../plan/types.ts';
import { conjunctsOf, isDeterministic } from './expressions.ts';
import { relationRule } from './rule.ts';

/** Tells a source which rows nobody will ask for. The filter stays: a source may ignore what it is told. */
export const pushFiltersIntoScan = relationRule('PushFiltersIntoScan', (relation) => {
  if (relation.kind !== 'filter' || relation.input.kind !== 'scan') return relation;
  if (!isDeterministic(relation.condition)) return relation;
  const scan = relation.input;
  const known = new Set(scan.pushedFilters.map(expressionKey));
  const more = conjunctsOf(relation.condition).filter(
    (part) => isSourceFilter(part) && !known.has(expressionKey(part)),
  );
  if (more.length === 0) return relation;
  return { ...relation, input: { ...scan, pushedFilters: [...scan.pushedFilters, ...more] } };
});

const comparisons = new Set(['=', '<=>', '<', '<=', '>', '>=']);
const textTests = new Set(['startswith', 'endswith', 'contains']);

/** A column against literals, or AND, OR and NOT of such. */
export function isSourceFilter(condition: Expression): boolean {
  if (condition.kind === 'in') {
    return isColumn(condition.child) && condition.list.every(({ kind }) => kind === 'literal');
  }
  if (condition.kind !== 'call') return false;
  const [first, second] = condition.arguments;
  if (first === undefined) return false;
  const { name } = condition;
  if (name === 'isnull' || name === 'isnotnull') return isColumn(first);
  if (name === 'not') return isSourceFilter(first);
  if (second === undefined) return false;
  if (name === 'and' || name === 'or') return isSourceFilter(first) && isSourceFilter(second);
  if (comparisons.has(name)) {
    return (isColumn(first) && isConstant(second)) || (isConstant(first) && isColumn(second));
  }
  return textTests.has(name) && isColumn(first) && isConstant(second);
}

function isConstant(expression: Expression): boolean {
  return expression.kind === 'literal' && expression.value !== null;
}

function isColumn(expression: Expression): boolean {
  return expression.kind === 'attribute' && isAtomic(expression.type);
}

function isAtomic({ kind }: DataType): boolean {
  return kind !== 'array' && kind !== 'map' && kind !== 'struct' && kind !== 'calendarInterval';
}
