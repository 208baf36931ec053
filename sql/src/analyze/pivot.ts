/**
 * PIVOT: rows of a group become columns. It aggregates by group and pivot value first, so that a group without
 * a value has null there, whatever the aggregate.
 */
import { prettyText, quotedText } from '../plan/columnText.ts';
import { attributeOf } from '../plan/output.ts';
import type {
  AggregateCall,
  Alias,
  Expression,
  NamedExpression,
  Relation,
} from '../plan/resolved.ts';
import { childrenOf, containsAggregate, mapChildren, references, some } from '../plan/traverse.ts';
import { booleanType, isNumeric, sameType, simpleString, stringType } from '../plan/types.ts';
import type { DataType } from '../plan/types.ts';
import type * as unresolved from '../plan/unresolved.ts';
import { quoteName, raise } from '../problem.ts';
import { callOf, castOf, conjunction, literalOf } from '../typing/build.ts';
import { evaluate } from '../typing/evaluate.ts';
import type { Scope, Scoped } from './context.ts';
import { resolveExpression } from './expressions.ts';

export function analyzePivot(scope: Scope, pivot: unresolved.Pivot, input: Scoped): Relation {
  const { context } = scope;
  const { timeZone, ansi } = context.settings;
  const { range } = pivot;
  const columns = pivot.pivotColumns.map((column) => resolveExpression(scope, column));
  const key = columns.length === 1 ? columns[0] : structOf(columns, range);
  if (key === undefined) throw new Error('a pivot has a column');
  if (!isComparable(key.type)) {
    raise(
      'INCOMPARABLE_PIVOT_COLUMN',
      { columnName: quoteName([prettyText(key, timeZone)]) },
      range,
    );
  }
  const aggregates = pivot.aggregates.map((item) => {
    const isNamed = item.kind === 'alias';
    const child = resolveExpression(scope, isNamed ? item.expression : item);
    checkAggregates(scope, child);
    return { child, name: isNamed ? item.name : undefined };
  });
  const values = pivot.values.map((value) => valueOf(scope, value, key.type));
  // Whatever is neither pivoted nor aggregated groups.
  const used = new Set([
    ...references(key),
    ...aggregates.flatMap(({ child }) => [...references(child)]),
  ]);
  const groups = input.visible.filter(({ exprId }) => !used.has(exprId));
  const mode = ansi ? 'ansi' : 'legacy';
  const isPlain = aggregates.length === 1;
  const isOf = (column: Expression, value: Expression) =>
    callOf('<=>', [column, value], booleanType, mode, range, false);
  if (!aggregates.every(({ child }) => isPicked(child.type))) {
    const columns = values.flatMap(({ value, name }) =>
      aggregates.map(({ child, name: given }): NamedExpression => {
        const own = given ?? prettyText(child, timeZone);
        const filtered = onlyWhere(child, isOf(key, value));
        return aliasOf(scope, filtered, isPlain ? name : `${name}_${own}`);
      }),
    );
    const grouped = { grouping: groups, aggregates: [...groups, ...columns] };
    return { kind: 'aggregate', input: input.relation, ...grouped, range };
  }
  const pivotAlias = aliasOf(scope, key, '__pivot_col');
  const inner = aggregates.map(({ child }, index) => aliasOf(scope, child, `__agg_${index}`));
  const first: Relation = {
    kind: 'aggregate',
    input: input.relation,
    grouping: [...groups, key],
    aggregates: [...groups, pivotAlias, ...inner],
    range,
  };
  const outputs = values.flatMap(({ value, name }) =>
    inner.map((alias, index): NamedExpression => {
      const aggregate = aggregates[index];
      const own = aggregate?.name ?? prettyText(alias.child, timeZone);
      const picked: AggregateCall = {
        kind: 'aggregateCall',
        name: 'first',
        arguments: [attributeOf(alias)],
        isDistinct: false,
        filter: isOf(attributeOf(pivotAlias), value),
        ignoreNulls: false,
        type: alias.type,
        nullable: true,
        evalMode: mode,
        range,
      };
      return aliasOf(scope, picked, isPlain ? name : `${name}_${own}`);
    }),
  );
  return {
    kind: 'aggregate',
    input: first,
    grouping: groups,
    aggregates: [...groups, ...outputs],
    range,
  };
}

/** Spark groups by the pivoted column, too, and picks, where it has a place for all results; else each looks for itself. */
function isPicked(type: DataType): boolean {
  return isNumeric(type) || type.kind === 'boolean';
}

/** With the aggregates in it of those rows alone: what counts or collects does so of none as well. */
function onlyWhere(expression: Expression, condition: Expression): Expression {
  if (expression.kind !== 'aggregateCall') {
    return mapChildren(expression, (child) => onlyWhere(child, condition));
  }
  const { filter, name, ignoreNulls } = expression;
  const both = conjunction(filter === undefined ? [condition] : [filter, condition]);
  return {
    ...expression,
    ...(both === undefined ? {} : { filter: both }),
    ignoreNulls: ignoreNulls || name === 'first' || name === 'last',
  };
}

function aliasOf(scope: Scope, child: Expression, name: string): Alias {
  const { type, nullable, range } = child;
  return { kind: 'alias', child, name, exprId: scope.context.nextId(), type, nullable, range };
}

function structOf(columns: readonly Expression[], range: Expression['range']): Expression {
  const names = columns.map((column) => (column.kind === 'attribute' ? column.name : ''));
  const type: DataType = {
    kind: 'struct',
    fields: columns.map(({ type: fieldType, nullable }, index) => ({
      name: names[index] ?? '',
      type: fieldType,
      nullable,
    })),
  };
  const parts = columns.flatMap((column, index) => [
    literalOf(names[index] ?? '', stringType, range),
    column,
  ]);
  return callOf('named_struct', parts, type, 'ansi', range, false);
}

function isComparable(type: DataType): boolean {
  switch (type.kind) {
    case 'map':
      return false;
    case 'array':
      return isComparable(type.element);
    case 'struct':
      return type.fields.every((field) => isComparable(field.type));
    default:
      return true;
  }
}

/** Every column of it has to be inside an aggregate. */
function checkAggregates(scope: Scope, expression: Expression): void {
  const { timeZone } = scope.context.settings;
  const check = (part: Expression): void => {
    if (part.kind === 'aggregateCall') return;
    if (part.kind === 'attribute') {
      const sql = [...part.qualifier, part.name].join('.');
      raise('_LEGACY_ERROR_TEMP_1006', { sql }, part.range);
    }
    childrenOf(part).forEach(check);
  };
  check(expression);
  if (!containsAggregate(expression)) {
    const sql = quotedText(expression, timeZone).slice(1, -1);
    raise('_LEGACY_ERROR_TEMP_1006', { sql }, expression.range);
  }
}

function valueOf(
  scope: Scope,
  { expression, alias }: unresolved.PivotValue,
  type: DataType,
): { readonly value: Expression; readonly name: string } {
  const { timeZone, ansi } = scope.context.settings;
  const resolved = resolveExpression(scope, expression);
  const isConstant = !some(
    resolved,
    ({ kind }) => kind === 'attribute' || kind === 'aggregateCall',
  );
  if (!isConstant) {
    const text = quotedText(resolved, timeZone);
    raise('NON_LITERAL_PIVOT_VALUES', { expression: text }, expression.range);
  }
  if (!sameShape(resolved.type, type)) {
    const value = evaluate(resolved)?.value;
    raise(
      'PIVOT_VALUE_DATA_TYPE_MISMATCH',
      {
        value: value === undefined ? prettyText(resolved, timeZone) : String(value),
        valueType: simpleString(resolved.type),
        pivotType: simpleString(type),
      },
      expression.range,
    );
  }
  const mode = ansi ? 'ansi' : 'legacy';
  const value = sameType(resolved.type, type) ? resolved : castOf(resolved, type, mode, true);
  return { value, name: alias ?? nameOf(value, timeZone) };
}

/** Any literal becomes a plain column's type; a struct's only a struct of as many fields. */
function sameShape(from: DataType, to: DataType): boolean {
  if (to.kind !== 'struct') return from.kind !== 'struct';
  return from.kind === 'struct' && from.fields.length === to.fields.length;
}

/** A value names its column as a cast to string would print it. */
function nameOf(value: Expression, timeZone: string): string {
  const folded = evaluate(castOf(value, stringType, 'ansi', true));
  if (folded !== undefined) return folded.value === null ? 'null' : String(folded.value);
  if (value.kind === 'cast') return nameOf(value.child, timeZone);
  if (value.kind === 'call' && (value.name === 'struct' || value.name === 'named_struct')) {
    const values =
      value.name === 'struct' ? value.arguments : value.arguments.filter((_, at) => at % 2 === 1);
    return `{${values.map((item) => nameOf(item, timeZone)).join(', ')}}`;
  }
  if (value.kind === 'call' && value.name === 'array') {
    return `[${value.arguments.map((item) => nameOf(item, timeZone)).join(', ')}]`;
  }
  return prettyText(value, timeZone);
}
