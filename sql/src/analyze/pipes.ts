/** The operators of `|>` that are no clause of a SELECT. */
import { outputOf } from '../plan/output.ts';
import { quotedText } from '../plan/columnText.ts';
import type { Expression, NamedExpression, Relation } from '../plan/resolved.ts';
import { containsAggregate, expressionKey, some } from '../plan/traverse.ts';
import type * as unresolved from '../plan/unresolved.ts';
import { raise } from '../problem.ts';
import { resolveGrouping } from './aggregate.ts';
import type { Scope, Scoped } from './context.ts';
import type { LayerScopes } from './hidden.ts';
import { findColumn, unresolvedColumn } from './names.ts';
import type { SelectList } from './select.ts';
import { makeGrouped, makeProject } from './select.ts';
import { resolveSelectList } from './selectList.ts';
import { withoutColumns } from './starExcept.ts';
import { containsWindow } from './windows.ts';

export function analyzePipe(
  scope: Scope,
  pipe: unresolved.PipeOperator,
  input: Scoped,
  scopes: LayerScopes,
): Scoped {
  const { operator, range } = pipe;
  switch (operator) {
    case 'select': {
      const list = resolveSelectList(scope, pipe.expressions);
      refuseAggregates(scope, list.expressions, 'SELECT');
      return scoped(makeProject(scope, input.relation, list, scopes, range));
    }
    case 'extend':
      return extended(scope, pipe, input, scopes);
    case 'set':
      return pipe.expressions.reduce<Scoped>(
        (current, assignment) => assigned(scope, assignment, current, scopes),
        input,
      );
    case 'drop': {
      const names = pipe.expressions.map((item) =>
        item.kind === 'unresolvedAttribute' ? item.nameParts : [],
      );
      const kept = withoutColumns(scope, scope.visible, names, range);
      const expressions = kept.filter((item) => item.kind === 'attribute');
      return withHidden(input, { kind: 'project', input: input.relation, expressions, range });
    }
    case 'boundary':
      return input;
    case 'aggregate':
      return aggregated(scope, pipe, input, scopes);
  }
}

function scoped(relation: Relation): Scoped {
  return { relation, visible: outputOf(relation), hidden: [] };
}

/** What USING merged can still be reached by its qualified name. */
function withHidden(input: Scoped, relation: Relation): Scoped {
  if (relation.kind !== 'project' || input.hidden.length === 0) return scoped(relation);
  const visible = outputOf(relation);
  const known = new Set(visible.map(({ exprId }) => exprId));
  const hidden = input.hidden.filter(({ exprId }) => !known.has(exprId));
  const expressions = [...relation.expressions, ...hidden];
  return { relation: { ...relation, expressions }, visible, hidden };
}

function extended(
  scope: Scope,
  pipe: unresolved.PipeOperator,
  input: Scoped,
  scopes: LayerScopes,
): Scoped {
  const star = pipe.expressions.find(({ kind }) => kind === 'unresolvedStar');
  if (star !== undefined) {
    raise(
      'INVALID_USAGE_OF_STAR_OR_REGEX',
      { elem: "'*'", prettyName: 'expression `pipeexpression`' },
      star.range,
    );
  }
  const list = resolveSelectList(scope, pipe.expressions);
  refuseAggregates(scope, list.expressions, 'EXTEND');
  const whole: SelectList = { ...list, expressions: [...scope.visible, ...list.expressions] };
  return withHidden(input, makeProject(scope, input.relation, whole, scopes, pipe.range));
}

/** One assignment of SET: the column changes where it stands. Later ones see what earlier ones made. */
function assigned(
  scope: Scope,
  assignment: unresolved.Expression,
  input: Scoped,
  scopes: LayerScopes,
): Scoped {
  if (assignment.kind !== 'alias') throw new Error('SET is parsed as aliases');
  const { visible, hidden } = input;
  const { context } = scope;
  const own: Scope = { ...scope, visible, hidden };
  const { name, range } = assignment;
  if (findColumn(own, [name], range) === undefined) unresolvedColumn(own, [name], range);
  const list = resolveSelectList(own, [assignment]);
  refuseAggregates(scope, list.expressions, 'SET');
  const [value] = list.expressions;
  const expressions = visible.map((column): NamedExpression => {
    if (!context.sameName(column.name, name) || value === undefined) return column;
    return value;
  });
  const whole: SelectList = { ...list, expressions };
  return withHidden(input, makeProject(own, input.relation, whole, scopes, range));
}

function aggregated(
  scope: Scope,
  pipe: unresolved.PipeOperator,
  input: Scoped,
  scopes: LayerScopes,
): Scoped {
  const { range, groupingExpressions } = pipe;
  for (const item of groupingExpressions) {
    const unsupported =
      item.kind === 'groupingAnalytics'
        ? `GROUP BY ${{ rollup: 'ROLLUP', cube: 'CUBE', groupingSets: 'GROUPING SETS' }[item.groupType]}`
        : isAll(scope, item)
          ? 'GROUP BY ALL'
          : undefined;
    if (unsupported === undefined) continue;
    raise(
      'UNSUPPORTED_FEATURE.PIPE_OPERATOR_AGGREGATE_UNSUPPORTED_CASE',
      { case: unsupported },
      item.range,
    );
  }
  const list = resolveSelectList(scope, pipe.expressions);
  for (const item of list.expressions) {
    const { timeZone } = scope.context.settings;
    const grouping = some(
      item,
      (part) =>
        part.kind === 'aggregateCall' && (part.name === 'grouping' || part.name === 'grouping_id'),
    );
    if (grouping || containsWindow(item)) {
      raise(
        'UNSUPPORTED_FEATURE.PIPE_OPERATOR_AGGREGATE_UNSUPPORTED_CASE',
        { case: grouping ? 'GROUPING' : 'window functions' },
        item.range,
      );
    }
    if (containsAggregate(item)) continue;
    raise(
      'PIPE_OPERATOR_AGGREGATE_EXPRESSION_CONTAINS_NO_AGGREGATE_FUNCTION',
      { expr: quotedText(item, timeZone).slice(1, -1) },
      item.range,
    );
  }
  // A number means a column of the input here, and a grouping expression may have a name of its own.
  const keys = resolveSelectList(
    scope,
    groupingExpressions.map((item) => positioned(scope, item)),
  ).expressions;
  const plain = groupingExpressions.map((item) =>
    positioned(scope, item.kind === 'alias' ? item.expression : item),
  );
  const grouping = resolveGrouping(scope, plain, []);
  const named = keys.map((item, index): NamedExpression => {
    const expression = grouping.expressions[index];
    const written = groupingExpressions[index];
    if (item.kind === 'alias' && written?.kind === 'extractValue') {
      const { extraction } = written;
      if (extraction.kind === 'literal' && typeof extraction.value === 'string') {
        return { ...item, child: expression ?? item.child, name: extraction.value };
      }
    }
    return expression !== undefined &&
      item.kind === 'alias' &&
      expressionKey(item.child) === expressionKey(expression)
      ? { ...item, child: expression }
      : item;
  });
  const whole: SelectList = { ...list, expressions: [...named, ...list.expressions] };
  return scoped(makeGrouped(scope, input.relation, grouping, whole, scopes, range));
}

function isAll(scope: Scope, item: unresolved.Expression): boolean {
  return (
    item.kind === 'unresolvedAttribute' &&
    item.nameParts.length === 1 &&
    item.nameParts[0]?.toLowerCase() === 'all' &&
    findColumn(scope, ['all'], item.range) === undefined
  );
}

function positioned(scope: Scope, item: unresolved.Expression): unresolved.Expression {
  if (item.kind !== 'literal' || item.type.kind !== 'int' || typeof item.value !== 'bigint') {
    return item;
  }
  const column = scope.visible[Number(item.value) - 1];
  if (column === undefined) {
    return raise(
      'GROUP_BY_POS_OUT_OF_RANGE',
      { index: String(item.value), size: String(scope.visible.length) },
      item.range,
    );
  }
  const nameParts = [...column.qualifier, column.name];
  return { kind: 'unresolvedAttribute', nameParts, range: item.range };
}

function refuseAggregates(scope: Scope, expressions: readonly Expression[], clause: string): void {
  for (const expression of expressions) {
    some(expression, (part) => {
      if (part.kind !== 'aggregateCall') return false;
      return raise(
        'PIPE_OPERATOR_CONTAINS_AGGREGATE_FUNCTION',
        { expr: quotedText(part, scope.context.settings.timeZone).slice(1, -1), clause },
        part.range,
      );
    });
  }
}
