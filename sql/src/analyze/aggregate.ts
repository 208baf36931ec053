/** SELECT with GROUP BY or aggregate functions, and its checks. */
import { quotedText } from '../plan/columnText.ts';
import type { Range } from '../plan/range.ts';
import type { Expression, NamedExpression, Relation } from '../plan/resolved.ts';
import { childrenOf, containsAggregate, expressionKey, some } from '../plan/traverse.ts';
import type * as unresolved from '../plan/unresolved.ts';
import { raise } from '../problem.ts';
import type { Scope } from './context.ts';
import { noNames } from './context.ts';
import { resolveExpression } from './expressions.ts';
import { findColumn } from './names.ts';
import type { Grouping } from './select.ts';
import { containsWindow } from './windows.ts';

/**
 * Ordinals and aliases of the select list are looked up; other expressions are resolved. Grouping analytics
 * become sets of places in the list of all grouping expressions.
 */
export function resolveGrouping(
  scope: Scope,
  groupingExpressions: readonly unresolved.Expression[],
  selected: readonly NamedExpression[],
): Grouping {
  const all = groupAll(scope, groupingExpressions, selected);
  if (all !== undefined) return { expressions: all };
  const expressions: Expression[] = [];
  const placeOf = (expression: unresolved.Expression): number => {
    const grouping = groupingOf(scope, expression, selected);
    checkGroupable(scope, grouping, expression.range);
    const key = expressionKey(grouping);
    const known = expressions.findIndex((other) => expressionKey(other) === key);
    return known >= 0 ? known : expressions.push(grouping) - 1;
  };
  if (!groupingExpressions.some(({ kind }) => kind === 'groupingAnalytics')) {
    return {
      expressions: groupingExpressions.map((expression) => {
        const grouping = groupingOf(scope, expression, selected);
        checkGroupable(scope, grouping, expression.range);
        return grouping;
      }),
    };
  }
  const sets = groupingExpressions
    .map((expression) => setsOf(expression, placeOf))
    .reduce((left, right) => left.flatMap((one) => right.map((other) => [...one, ...other])));
  if (expressions.length > maxGrouping) {
    raise('GROUPING_SIZE_LIMIT_EXCEEDED', { maxSize: String(maxGrouping) });
  }
  return { expressions, sets: sets.map((set) => [...new Set(set)]) };
}

const maxGrouping = 64;

function setsOf(
  expression: unresolved.Expression,
  placeOf: (expression: unresolved.Expression) => number,
): readonly (readonly number[])[] {
  if (expression.kind !== 'groupingAnalytics') return [[placeOf(expression)]];
  const { groupType, sets, range, of = [] } = expression;
  of.forEach(placeOf);
  if (groupType === 'groupingSets') {
    return sets.flatMap((set) => {
      const [only] = set;
      if (set.length === 1 && only?.kind === 'groupingAnalytics') return setsOf(only, placeOf);
      return [set.map(placeOf)];
    });
  }
  if (sets.some((set) => set.length === 0)) {
    raise('_LEGACY_ERROR_TEMP_0051', { element: groupType.toUpperCase() }, range);
  }
  const places = sets.map((set) => set.map(placeOf));
  if (groupType === 'rollup') {
    return Array.from({ length: places.length + 1 }, (_, index) =>
      places.slice(0, places.length - index).flat(),
    );
  }
  // The set of all comes first, as if each column were a bit that counts down.
  return Array.from({ length: 2 ** places.length }, (_, bits) =>
    places.flatMap((place, index) => (bits & (1 << (places.length - 1 - index)) ? [] : place)),
  );
}

function checkGroupable(scope: Scope, grouping: Expression, range: Range): void {
  const { timeZone } = scope.context.settings;
  if (containsWindow(grouping)) {
    raise(
      'UNSUPPORTED_EXPR_FOR_OPERATOR',
      { invalidExprSqls: quotedText(grouping, timeZone) },
      range,
    );
  }
  if (containsAggregate(grouping)) {
    raise('GROUP_BY_AGGREGATE', { sqlExpr: quotedText(grouping, timeZone) }, range);
  }
}

/** GROUP BY ALL: what of the select list does not aggregate. */
function groupAll(
  scope: Scope,
  groupingExpressions: readonly unresolved.Expression[],
  selected: readonly NamedExpression[],
): readonly Expression[] | undefined {
  const [only] = groupingExpressions;
  const isAll =
    groupingExpressions.length === 1 &&
    only?.kind === 'unresolvedAttribute' &&
    only.nameParts.length === 1 &&
    only.nameParts[0]?.toLowerCase() === 'all';
  if (!isAll || findColumn(scope, ['all'], only.range) !== undefined) return undefined;
  const grouping = selected.filter((item) => !aggregates(item)).map(withoutAlias);
  if (grouping.length === 0 && selected.some(readsBesides)) {
    raise('UNRESOLVED_ALL_IN_GROUP_BY', {}, only.range);
  }
  return grouping;
}

function aggregates(expression: Expression): boolean {
  return some(
    expression,
    (part) => part.kind === 'aggregateCall' || part.kind === 'windowExpression',
  );
}

/** Reads a column outside of its aggregates. */
function readsBesides(expression: Expression): boolean {
  if (expression.kind === 'attribute') return true;
  if (expression.kind === 'aggregateCall') return false;
  return childrenOf(expression).some(readsBesides);
}

function groupingOf(
  scope: Scope,
  expression: unresolved.Expression,
  selected: readonly NamedExpression[],
): Expression {
  const { range } = expression;
  const { groupByOrdinal, groupByAliases } = scope.context.settings.relations;
  if (
    groupByOrdinal &&
    expression.kind === 'literal' &&
    typeof expression.value === 'bigint' &&
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
    const named =
      groupByAliases &&
      selected.find((item) => item.kind === 'alias' && scope.context.sameName(item.name, name));
    if (named !== undefined && named !== false) return withoutAlias(named);
  }
  if (!groupByAliases) return resolveExpression(scope, expression);
  return resolveExpression(
    {
      ...scope,
      fallback: (nameParts, at) => {
        const found = scope.fallback?.(nameParts, at);
        const [name = ''] = nameParts;
        if (found !== undefined || nameParts.length > 1) return found;
        const item = selected.find(
          (candidate) => candidate.kind === 'alias' && scope.context.sameName(candidate.name, name),
        );
        return item && withoutAlias(item);
      },
    },
    expression,
  );
}

function unquoted(scope: Scope, expression: Expression): string {
  return quotedText(withoutAlias(expression), scope.context.settings.timeZone).slice(1, -1);
}

function withoutAlias(expression: Expression): Expression {
  return expression.kind === 'alias' ? expression.child : expression;
}

/** Every output must be an aggregate, a grouping expression, or built on them. */
export function checkAggregate(
  scope: Scope,
  grouping: readonly Expression[],
  selected: readonly NamedExpression[],
  range: Range,
  readAliases: ReadonlySet<number> = new Set(),
  isGrouped = grouping.length > 0,
): void {
  const { timeZone } = scope.context.settings;
  const keys = new Set(grouping.map(expressionKey));
  const check = (expression: Expression): void => {
    if (expression.kind === 'aggregateCall' || keys.has(expressionKey(expression))) return;
    if (expression.kind === 'attribute') {
      if (readAliases.has(expression.exprId)) return;
      if (!isGrouped) raise('MISSING_GROUP_BY', {}, range);
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
  for (const expression of selected) check(expression);
}

/** Columns that a clause above an aggregate made it yield must be grouped too. */
export function checkGrouped(context: Scope['context'], relation: Relation, range: Range): void {
  let node = relation;
  while (passed.has(node.kind) && 'input' in node) node = node.input;
  if (node.kind !== 'aggregate') return;
  const scope: Scope = { context, visible: [], hidden: [], names: noNames };
  checkAggregate(scope, node.grouping, node.aggregates, range);
}

const passed = new Set(['project', 'filter', 'window', 'generate']);

/** `grouping` and `grouping_id` need grouping sets, and columns that those are made of. */
export function checkGroupingCalls(
  context: Scope['context'],
  expressions: readonly Expression[],
  grouping: Grouping | undefined,
): void {
  const { timeZone } = context.settings;
  const keys = new Set((grouping?.expressions ?? []).map(expressionKey));
  const text = (items: readonly Expression[]) =>
    items.map((item) => quotedText(item, timeZone).slice(1, -1)).join(', ');
  for (const expression of expressions) {
    some(expression, (part) => {
      if (part.kind !== 'aggregateCall' || !groupingNames.has(part.name)) return false;
      if (grouping?.sets === undefined) {
        return raise('UNSUPPORTED_GROUPING_EXPRESSION', {}, part.range);
      }
      const groupingColumns = text(grouping.expressions);
      if (part.name === 'grouping') {
        if (part.arguments.every((item) => keys.has(expressionKey(item)))) return false;
        return raise(
          'GROUPING_COLUMN_MISMATCH',
          { grouping: text(part.arguments), groupingColumns },
          part.range,
        );
      }
      const isAll =
        part.arguments.length === 0 ||
        part.arguments.map(expressionKey).join() === grouping.expressions.map(expressionKey).join();
      if (isAll) return false;
      return raise(
        'GROUPING_ID_COLUMN_MISMATCH',
        { groupingIdColumn: text(part.arguments), groupByColumns: groupingColumns },
        part.range,
      );
    });
  }
}

const groupingNames = new Set(['grouping', 'grouping_id']);
