/** What an INSERT makes of its query: the table's columns in order, in their types, by Spark's rules for storing. */
import type { DataType } from '../plan/types.ts';
import { isDatetime, isNumeric, sameType, typeSql } from '../plan/types.ts';
import { outputOf } from '../plan/output.ts';
import { nowhere } from '../plan/range.ts';
import type { Range } from '../plan/range.ts';
import type { Attribute, Expression, NamedExpression, Relation } from '../plan/resolved.ts';
import type * as unresolved from '../plan/unresolved.ts';
import { quoteName, raise } from '../problem.ts';
import { castOf, literalOf } from '../typing/build.ts';
import type { AnalysisContext } from './context.ts';
import { noNames } from './context.ts';
import { resolveExpression } from './expressions.ts';

export interface TargetColumn {
  readonly name: string;
  readonly type: DataType;
  /** What a column takes that the INSERT leaves out; absent is null. */
  readonly default?: unresolved.Expression;
}

export interface Target {
  /** As messages name it. */
  readonly nameParts: readonly string[];
  readonly columns: readonly TargetColumn[];
  readonly written?: readonly string[];
  readonly byName: boolean;
  /** Values that the PARTITION clause gives. */
  readonly fixed: ReadonlyMap<string, unresolved.Expression>;
  readonly range: Range;
}

export function analyzeInsertion(
  relation: Relation,
  context: AnalysisContext,
  target: Target,
): Relation {
  const output = outputOf(relation);
  const sources = sourcesOf(context, target, output);
  const expressions = target.columns.map((column, index): NamedExpression => {
    const source = sources[index];
    const child =
      source === undefined ? defaultOf(context, target, column) : stored(source, column, target);
    const { type } = column;
    const exprId = context.nextId();
    const { name } = column;
    return { kind: 'alias', child, name, exprId, type, nullable: child.nullable, range: nowhere };
  });
  return { kind: 'project', input: relation, expressions, range: target.range };
}

/** `VALUES (1, DEFAULT)` and `SELECT 1, DEFAULT`: each DEFAULT as the expression of its column. */
export function withDefaults(
  relation: unresolved.Relation,
  columns: readonly TargetColumn[],
): unresolved.Relation {
  const replaced = (expression: unresolved.Expression, index: number): unresolved.Expression => {
    const isDefault =
      expression.kind === 'unresolvedAttribute' &&
      expression.nameParts.length === 1 &&
      expression.nameParts[0]?.toLowerCase() === 'default';
    if (!isDefault) return expression;
    const { range } = expression;
    const void_ = { kind: 'literal', value: null, type: { kind: 'void' }, range } as const;
    return columns[index]?.default ?? void_;
  };
  switch (relation.kind) {
    case 'values':
      return { ...relation, rows: relation.rows.map((row) => row.map(replaced)) };
    case 'project':
      return { ...relation, expressions: relation.expressions.map(replaced) };
    case 'subqueryAlias':
    case 'limit':
    case 'offset':
      return { ...relation, input: withDefaults(relation.input, columns) };
    default:
      return relation;
  }
}

/** The query's column of each of the table's; undefined where the default stands in. */
function sourcesOf(
  context: AnalysisContext,
  target: Target,
  output: readonly Attribute[],
): readonly (Expression | undefined)[] {
  const { columns, written, byName, fixed, range } = target;
  const tableName = quoteName(target.nameParts);
  const given = (column: TargetColumn) => fixed.get(column.name.toLowerCase());
  const free = columns.filter((column) => given(column) === undefined);
  const fixedOf = (column: TargetColumn): Expression | undefined => {
    const value = given(column);
    return value && resolveExpression({ context, visible: [], hidden: [], names: noNames }, value);
  };
  if (byName) {
    for (const attribute of output) {
      if (!free.some((column) => context.sameName(column.name, attribute.name))) {
        raise(
          'INCOMPATIBLE_DATA_FOR_TABLE.EXTRA_COLUMNS',
          { tableName, extraColumns: quoteName([attribute.name]) },
          range,
        );
      }
    }
    return columns.map(
      (column) => fixedOf(column) ?? output.find(({ name }) => context.sameName(name, column.name)),
    );
  }
  const names = written ?? free.map(({ name }) => name);
  checkNames(context, target, names);
  if (names.length !== output.length) {
    raise(
      output.length < names.length
        ? 'INSERT_COLUMN_ARITY_MISMATCH.NOT_ENOUGH_DATA_COLUMNS'
        : 'INSERT_COLUMN_ARITY_MISMATCH.TOO_MANY_DATA_COLUMNS',
      {
        tableName,
        tableColumns: names.map((name) => quoteName([name])).join(', '),
        dataColumns: output.map(({ name }) => quoteName([name])).join(', '),
      },
      range,
    );
  }
  return columns.map(
    (column) =>
      fixedOf(column) ?? output[names.findIndex((name) => context.sameName(name, column.name))],
  );
}

function checkNames(context: AnalysisContext, target: Target, names: readonly string[]): void {
  if (target.written === undefined) return;
  names.forEach((name, index) => {
    if (names.findIndex((other) => context.sameName(other, name)) < index) {
      raise('COLUMN_ALREADY_EXISTS', { columnName: quoteName([name.toLowerCase()]) }, target.range);
    }
    if (!target.columns.some((column) => context.sameName(column.name, name))) {
      const proposal = target.columns.map((column) => quoteName([column.name])).join(', ');
      raise(
        'UNRESOLVED_COLUMN.WITH_SUGGESTION',
        { objectName: quoteName([name]), proposal },
        target.range,
      );
    }
  });
}

function defaultOf(context: AnalysisContext, target: Target, column: TargetColumn): Expression {
  if (column.default === undefined) return literalOf(null, column.type);
  const value = resolveExpression(
    { context, visible: [], hidden: [], names: noNames },
    column.default,
  );
  return stored(value, column, target);
}

function stored(value: Expression, column: TargetColumn, target: Target): Expression {
  if (sameType(value.type, column.type)) return value;
  if (!canStore(value.type, column.type)) {
    raise(
      'INCOMPATIBLE_DATA_FOR_TABLE.CANNOT_SAFELY_CAST',
      {
        tableName: quoteName(target.nameParts),
        colName: quoteName([column.name]),
        srcType: `"${typeSql(value.type)}"`,
        targetType: `"${typeSql(column.type)}"`,
      },
      target.range,
    );
  }
  // Storing follows ANSI whatever the session's mode; the place says that it is no cast of the user's.
  return castOf(value, column.type, 'ansi', true, nowhere);
}

/** Spark's `canANSIStoreAssign`. */
function canStore(from: DataType, to: DataType): boolean {
  if (sameType(from, to) || from.kind === 'void') return true;
  if (isNumeric(from) && isNumeric(to)) return true;
  if (isDatetime(from) && isDatetime(to)) return true;
  if (from.kind === 'time' && to.kind === 'time') return true;
  if (from.kind === 'array') return to.kind === 'array' && canStore(from.element, to.element);
  if (from.kind === 'map') {
    return to.kind === 'map' && canStore(from.key, to.key) && canStore(from.value, to.value);
  }
  if (from.kind === 'struct') {
    return (
      to.kind === 'struct' &&
      from.fields.length === to.fields.length &&
      from.fields.every((field, index) => {
        const other = to.fields[index];
        return other !== undefined && canStore(field.type, other.type);
      })
    );
  }
  return to.kind === 'string';
}
