/** Queries inside expressions: scalar subqueries, EXISTS and IN. */
import { quotedText, quotedType } from '../plan/columnText.ts';
import { outputOf } from '../plan/output.ts';
import type { Expression, NamedExpression, Relation, Subquery } from '../plan/resolved.ts';
import type { DataType } from '../plan/types.ts';
import { booleanType, sameType, simpleString } from '../plan/types.ts';
import type * as unresolved from '../plan/unresolved.ts';
import { raise } from '../problem.ts';
import { castOf, coerced } from '../typing/build.ts';
import { widerType } from '../typing/coercion.ts';
import { agreedValues } from './collations.ts';
import type { AnalysisContext, Scope } from './context.ts';
import { checkCorrelation, OuterScope, outerReferencesIn } from './outerScope.ts';

type Resolve = (scope: Scope, expression: unresolved.Expression) => Expression;

export function resolveSubquery(
  scope: Scope,
  expression: unresolved.SubqueryExpression,
  resolve: Resolve,
): Subquery {
  const { context, names } = scope;
  const { subqueryType, range } = expression;
  const outer = new OuterScope(scope);
  // Windows are named for one query; outer columns are reached one level up.
  const inner = context.analyzeRelation(expression.plan, {
    ...names,
    outer,
    windows: [],
    startsQuery: true,
  });
  const relation =
    inner.hidden.length > 0 ? visibleOf(inner.relation, inner.visible) : inner.relation;
  const { timeZone } = context.settings;
  checkCorrelation(relation, timeZone);
  const columns = outputOf(relation);
  const read = outerReferencesIn(relation);
  const ids = new Set(read.map(({ exprId }) => exprId));
  const subquery = {
    kind: 'subquery',
    subqueryType,
    exprId: context.nextId(),
    plan: relation,
    values: [],
    outer: outer.bindings.filter(({ exprId }) => ids.has(exprId)),
    // Names that only a query of a WITH reads which nothing reads count as well.
    names: [
      ...read.map(({ name }) => name),
      ...outer.bindings.flatMap(({ exprId, value }) =>
        ids.has(exprId) || value.kind !== 'attribute' ? [] : [value.name],
      ),
    ],
    key: keyOf(expression),
    type: booleanType,
    nullable: false,
    range,
  } as const satisfies Subquery;
  switch (subqueryType) {
    case 'exists':
      return subquery;
    case 'scalar': {
      const [column] = columns;
      if (column === undefined || columns.length !== 1) {
        return raise(
          'INVALID_SUBQUERY_EXPRESSION.SCALAR_SUBQUERY_RETURN_MORE_THAN_ONE_OUTPUT_COLUMN',
          { number: String(columns.length) },
          range,
        );
      }
      return { ...subquery, type: column.type, nullable: true };
    }
    case 'in': {
      const values = rowOf(expression.inValues).map((value) => resolve(scope, value));
      return coercedIn(context, { ...subquery, values }, columns);
    }
  }
}

/** `(a, b) IN (…)` compares two values, as does `struct(a, b) IN (…)` for want of a difference. */
function rowOf(values: readonly unresolved.Expression[]): readonly unresolved.Expression[] {
  const [only] = values;
  const isRow =
    values.length === 1 && only?.kind === 'unresolvedFunction' && only.functionName === 'struct';
  if (!isRow) return values;
  return only.arguments.map((item) => (item.kind === 'alias' ? item.expression : item));
}

function coercedIn(
  context: AnalysisContext,
  subquery: Subquery,
  columns: ReturnType<typeof outputOf>,
): Subquery {
  const { ansi, timeZone } = context.settings;
  const { values, plan, range } = subquery;
  const nullable =
    values.some((value) => value.nullable) || columns.some((column) => column.nullable);
  if (values.length !== columns.length) {
    const list = (items: readonly Expression[]) =>
      items.map((item) => quotedText(item, timeZone)).join(', ');
    raise(
      'DATATYPE_MISMATCH.IN_SUBQUERY_LENGTH_MISMATCH',
      {
        sqlExpr: quotedText(subquery, timeZone),
        leftLength: String(values.length),
        leftColumns: list(values),
        rightLength: String(columns.length),
        rightColumns: list(columns),
      },
      range,
    );
  }
  const types = values.map((value, index) => {
    const column = columns[index];
    if (column === undefined) return undefined;
    const callText = () => quotedText(subquery, timeZone).slice(1, -1);
    const sides = agreedValues([value, column], range, 'refused', callText);
    const [left, right] = sides as readonly [Expression, Expression];
    return widerType(left.type, right.type, ansi);
  });
  const mismatched = values.flatMap((value, index) => {
    const column = columns[index];
    if (types[index] !== undefined || column === undefined) return [];
    const left = quotedText(value, timeZone).slice(1, -1);
    return [`(${left}:${simpleString(value.type)}, ${column.name}:${simpleString(column.type)})`];
  });
  if (mismatched.length > 0) {
    raise(
      'DATATYPE_MISMATCH.IN_SUBQUERY_DATA_TYPE_MISMATCH',
      {
        sqlExpr: quotedText(subquery, timeZone),
        mismatchedColumns: mismatched.join(', '),
        leftType: values.map(({ type }) => quotedType(type)).join(', '),
        rightType: columns.map(({ type }) => quotedType(type)).join(', '),
      },
      range,
    );
  }
  const common = types.filter((type): type is DataType => type !== undefined);
  const mode = ansi ? 'ansi' : 'legacy';
  return {
    ...subquery,
    nullable,
    values: values.map((value, index) => coerced(value, common[index] ?? value.type, mode)),
    plan: castColumns(context, plan, common),
  };
}

function castColumns(
  context: AnalysisContext,
  input: Relation,
  types: readonly DataType[],
): Relation {
  const columns = outputOf(input);
  const isSame = columns.every((column, index) =>
    sameType(column.type, types[index] ?? column.type),
  );
  if (isSame) return input;
  const { range } = input;
  const expressions = columns.map((column, index): NamedExpression => {
    const type = types[index] ?? column.type;
    if (sameType(column.type, type)) return column;
    const child = castOf(column, type, context.settings.ansi ? 'ansi' : 'legacy', true);
    const exprId = context.nextId();
    const { nullable } = child;
    return { kind: 'alias', child, name: column.name, exprId, type, nullable, range };
  });
  return { kind: 'project', input, expressions, range };
}

export function visibleOf(
  input: Relation,
  visible: readonly (NamedExpression & { readonly kind: 'attribute' })[],
): Relation {
  return { kind: 'project', input, expressions: visible, range: input.range };
}

/** Texts alike are computations alike within one relation; where they stand does not count. */
function keyOf(expression: unresolved.SubqueryExpression): string {
  return JSON.stringify(expression, (key, value: unknown) => {
    if (key === 'range') return undefined;
    return typeof value === 'bigint' ? `${value}n` : value;
  });
}
