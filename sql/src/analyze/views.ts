/** A view where it is read: its query under its own names and settings, with the columns it was made with. */
import type { View, ViewColumn } from '../catalog.ts';
import { outputOf } from '../plan/output.ts';
import type { Range } from '../plan/range.ts';
import type { Attribute, NamedExpression, Relation } from '../plan/resolved.ts';
import { parseSimpleString } from '../plan/typeText.ts';
import type { DataType } from '../plan/types.ts';
import { sameType, simpleString, typeSql } from '../plan/types.ts';
import type * as unresolved from '../plan/unresolved.ts';
import { ProblemFound, quoteName, raise } from '../problem.ts';
import { castOf } from '../typing/build.ts';
import { canCast } from '../typing/cast.ts';
import { canUpCast } from '../typing/upCast.ts';
import type { AnalysisContext } from './context.ts';

export function analyzeView(
  context: AnalysisContext,
  view: View,
  range: Range,
  analyze: (context: AnalysisContext, relation: unresolved.Relation) => Relation,
): Relation {
  const inside = context.inside(view.catalog, view.settings);
  const input = located(range, () => analyze(inside, view.relation));
  const output = outputOf(input);
  const evolves = view.schemaMode === 'evolution';
  if (evolves) withoutTwins(context, output, range);
  const expressions = evolves
    ? output.map((column) => renamed(context, column, column.name, range))
    : view.columns.map((column) => viewColumn(context, view, column, output, range));
  const project: Relation = { kind: 'project', input, expressions, range };
  return { kind: 'subqueryAlias', input: project, alias: view.qualifier, range };
}

/** The view's own columns could be told apart; those that its query has come to yield may not be. */
function withoutTwins(context: AnalysisContext, output: readonly Attribute[], range: Range): void {
  const twin = output.find((column, index) =>
    output.slice(0, index).some((earlier) => context.sameName(earlier.name, column.name)),
  );
  if (twin === undefined) return;
  const columnName = context.settings.caseSensitive ? twin.name : twin.name.toLowerCase();
  raise('COLUMN_ALREADY_EXISTS', { columnName: quoteName([columnName]) }, range);
}

function viewColumn(
  context: AnalysisContext,
  view: View,
  column: ViewColumn,
  output: readonly Attribute[],
  range: Range,
): NamedExpression {
  const alike = view.columns.filter((other) =>
    context.sameName(other.queryColumn, column.queryColumn),
  );
  const candidates = output.filter((attribute) =>
    context.sameName(attribute.name, column.queryColumn),
  );
  const found = candidates[alike.indexOf(column)];
  if (found === undefined || candidates.length !== alike.length) {
    return raise(
      'INCOMPATIBLE_VIEW_SCHEMA_CHANGE',
      {
        viewName: quoteName(view.qualifier),
        colName: quoteName([column.queryColumn]),
        expectedNum: String(alike.length),
        actualCols: `[${candidates.map(({ name }) => name).join(', ')}]`,
        suggestion: `CREATE OR REPLACE VIEW ${quoteName(view.qualifier)} AS …`,
      },
      range,
    );
  }
  const type = view.schemaMode === 'typeEvolution' ? found.type : parseSimpleString(column.type);
  if (type === undefined || sameType(found.type, type)) {
    return renamed(context, found, column.name, range);
  }
  const isCompensated = view.schemaMode === 'compensation';
  const allowed = isCompensated ? canCast(found.type, type, true) : canUpCast(found.type, type);
  if (!allowed && isCompensated) {
    raise(
      'DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION',
      {
        sqlExpr: `"${found.name}"`,
        srcType: `"${typeSql(found.type)}"`,
        targetType: `"${typeSql(type)}"`,
      },
      range,
    );
  }
  if (!allowed) cannotUpCast(found, type, range);
  const child = castOf(found, type, 'ansi', true);
  const exprId = context.nextId();
  return { kind: 'alias', child, name: column.name, exprId, type, nullable: child.nullable, range };
}

function renamed(
  context: AnalysisContext,
  column: Attribute,
  name: string,
  range: Range,
): NamedExpression {
  const { type, nullable } = column;
  const exprId = context.nextId();
  return { kind: 'alias', child: column, name, exprId, type, nullable, range };
}

function cannotUpCast(column: Attribute, type: DataType, range: Range): never {
  return raise(
    'CANNOT_UP_CAST_DATATYPE',
    {
      expression: [...column.qualifier, column.name].join('.'),
      sourceType: `"${typeSql(column.type)}"`,
      targetType: `"${typeSql(type)}"`,
      details: `The type path of the target object is: ${simpleString(type)}`,
    },
    range,
  );
}

/** What is wrong inside a view is shown where the view is named: its own text is not this one. */
function located<T>(range: Range, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ProblemFound)) throw error;
    throw new ProblemFound({ ...error.problem, start: range.start, end: range.end });
  }
}
