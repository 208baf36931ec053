/** SELECT with GROUP BY or aggregate functions, and its checks. */
import { quotedText } from '../plan/columnText.ts';
import type { Range } from '../plan/range.ts';
import type { Aggregate, Expression, NamedExpression, Relation } from '../plan/resolved.ts';
import { childrenOf, containsAggregate, expressionKey } from '../plan/traverse.ts';
import type * as unresolved from '../plan/unresolved.ts';
import { raise } from '../problem.ts';
import type { Scope } from './context.ts';
import { resolveExpression } from './expressions.ts';
import { findColumn } from './names.ts';

export function makeAggregate(
  scope: Scope,
  input: Relation,
  grouping: readonly Expression[],
  aggregates: readonly NamedExpression[],
  range: Range,
): Aggregate {
  checkAggregate(scope, grouping, aggregates, range);
  return { kind: 'aggregate', input, grouping, aggregates, range };
}

/** Ordinals and aliases of the select list are looked up; other expressions are resolved. */
export function resolveGrouping(
  scope: Scope,
  groupingExpressions: readonly unresolved.Expression[],
  selected: readonly NamedExpression[],
): readonly Expression[] {
  const { timeZone } = scope.context.settings;
  return groupingExpressions.map((expression) => {
    const grouping = groupingOf(scope, expression, selected);
    if (grouping.kind === 'aggregateCall' || containsAggregate(grouping)) {
      raise('GROUP_BY_AGGREGATE', { sqlExpr: quotedText(grouping, timeZone) }, expression.range);
    }
    return grouping;
  });
}

function groupingOf(
  scope: Scope,
  expression: unresolved.Expression,
  selected: readonly NamedExpression[],
): Expression {
  const { range } = expression;
  if (
    expression.kind === 'literal' &&
    typeof expression.value === 'bigint' &&
    0n <= expression.value &&
    expression.type.kind === 'int'
  ) {
    const index = Number(expression.value);
    const found = selected[index - 1];
    if (found === undefined) {
      raise(
        'GROUP_BY_POS_OUT_OF_RANGE',
        { index: String(index), size: String(selected.length) },
        range,
      );
    }
    const grouping = withoutAlias(found);
    if (containsAggregate(grouping)) {
      raise(
        'GROUP_BY_POS_AGGREGATE',
        {
          index: String(index),
          aggExpr:
            grouping.kind === 'aggregateCall' ? unquoted(scope, grouping) : unquoted(scope, found),
        },
        range,
      );
    }
    return grouping;
  }
  if (expression.kind === 'unresolvedAttribute' && expression.nameParts.length === 1) {
    const column = findColumn(scope, expression.nameParts, range);
    if (column !== undefined) return column;
    const [name = ''] = expression.nameParts;
    const named = selected.find(
      (item) => item.kind === 'alias' && scope.context.sameName(item.name, name),
    );
    if (named !== undefined) return withoutAlias(named);
    if (name.toLowerCase() === 'all') {
      return raise('UNSUPPORTED_SYNTAX', { feature: 'GROUP BY ALL' }, range);
    }
  }
  return resolveExpression(scope, expression);
}

function unquoted(scope: Scope, expression: Expression): string {
  return quotedText(withoutAlias(expression), scope.context.settings.timeZone).slice(1, -1);
}

function withoutAlias(expression: Expression): Expression {
  return expression.kind === 'alias' ? expression.child : expression;
}

/** Every output must be an aggregate, a grouping expression, or built on them. */
function checkAggregate(
  scope: Scope,
  grouping: readonly Expression[],
  aggregates: readonly NamedExpression[],
  range: Range,
): void {
  const { timeZone } = scope.context.settings;
  const keys = new Set(grouping.map(expressionKey));
  const check = (expression: Expression): void => {
    if (expression.kind === 'aggregateCall' || keys.has(expressionKey(expression))) return;
    if (expression.kind === 'attribute') {
      if (grouping.length === 0) raise('MISSING_GROUP_BY', {}, range);
      raise(
        'MISSING_AGGREGATION',
        {
          expression: quotedText(expression, timeZone),
          expressionAnyValue: `"any_value(${quotedText(expression, timeZone).slice(1, -1)})"`,
        },
        expression.range,
      );
    }
    for (const child of childrenOf(expression)) check(child);
  };
  for (const expression of aggregates) check(expression);
}

/** Columns that a clause above an aggregate made it yield must be grouped too. */
export function checkGrouped(context: Scope['context'], relation: Relation, range: Range): void {
  let node = relation;
  while (node.kind === 'project' || node.kind === 'filter') node = node.input;
  if (node.kind !== 'aggregate') return;
  checkAggregate({ context, visible: [], hidden: [] }, node.grouping, node.aggregates, range);
}
