/** Resolves the relations that only the DataFrame API has, into those that SQL has too. */
import { outputOf } from '../plan/output.ts';
import type { FrameRelation, LocalData } from '../plan/frameRelations.ts';
import type { Range } from '../plan/range.ts';
import type { Attribute, Expression, NamedExpression, Relation } from '../plan/resolved.ts';
import { containsAggregate } from '../plan/traverse.ts';
import type { DataType } from '../plan/types.ts';
import { doubleType, isIntegral, isNumeric, stringType } from '../plan/types.ts';
import type * as unresolved from '../plan/unresolved.ts';
import { raise } from '../problem.ts';
import { callOf, castOf, literalOf } from '../typing/build.ts';
import { evaluate } from '../typing/evaluate.ts';
import type { AnalysisContext, Names, Scope, Scoped } from './context.ts';
import { resolveExpression } from './expressions.ts';
import type { LayerScopes } from './hidden.ts';
import { findColumn, unresolvedColumn } from './names.ts';
import { makeGrouped, makeProject } from './select.ts';
import { resolveSelectList } from './selectList.ts';

export function analyzeFrame(
  scope: Scope,
  relation: FrameRelation,
  input: Scoped,
  scopes: LayerScopes,
): Scoped {
  const { context } = scope;
  switch (relation.kind) {
    case 'identified':
      context.rememberPlan(relation.planId, input.visible);
      // A join on names has its columns once, also for what looks at nothing but the relation below.
      return input.hidden.length === 0 ? input : projected(input, relation.range, input.visible);
    case 'withColumns':
      return withColumns(scope, relation.aliases, input, scopes, relation.range);
    case 'withColumnsRenamed':
      return projected(
        input,
        relation.range,
        relation.renames.reduce<readonly NamedExpression[]>(
          (columns, { colName, newColName }) =>
            columns.map((column) =>
              context.sameName(column.name, colName)
                ? renamed(context, column, newColName, relation.range)
                : column,
            ),
          input.visible,
        ),
      );
    case 'drop': {
      const dropped = new Set(
        relation.columns.flatMap((column) => {
          const found = resolveExpression(scope, column);
          return found.kind === 'attribute' ? [found.exprId] : [];
        }),
      );
      const isNamed = ({ name }: Attribute) =>
        relation.columnNames.some((other) => context.sameName(name, other));
      const kept = input.visible.filter(
        (column) => !dropped.has(column.exprId) && !isNamed(column),
      );
      return projected(input, relation.range, kept);
    }
    case 'deduplicateBy':
      return deduplicated(scope, relation.columnNames, input, scopes, relation.range);
    case 'fillNa':
      return filled(scope, relation, input);
    case 'dropNa':
      return dropped(scope, relation, input);
    case 'statSummary':
      return summary(scope, relation, input, scopes);
  }
}

/** Each value is computed now; a column is nullable as its field says. */
export function analyzeLocalData(
  context: AnalysisContext,
  { fields, rows, range }: LocalData,
  names: Names,
): Relation {
  const scope: Scope = { context, visible: [], hidden: [], names };
  const output = fields.map(({ name, type, nullable }): Attribute => ({
    kind: 'attribute',
    exprId: context.nextId(),
    name,
    type,
    nullable,
    qualifier: [],
    range,
  }));
  const values = rows.map((row) =>
    row.map((cell) => {
      const resolved = resolveExpression(scope, cell);
      return evaluate(resolved) ?? resolved;
    }),
  );
  return { kind: 'localRelation', output, rows: values, range };
}

function withColumns(
  scope: Scope,
  aliases: readonly unresolved.Expression[],
  input: Scoped,
  scopes: LayerScopes,
  range: Range,
): Scoped {
  const { context } = scope;
  const list = resolveSelectList(scope, aliases);
  if (list.expressions.some(containsAggregate))
    raise('UNSUPPORTED_EXPRESSION', { feature: 'an aggregate in withColumn' }, range);
  const replaced = (column: Attribute) =>
    list.expressions.findLast((made) => context.sameName(made.name, column.name));
  const kept = input.visible.map((column) => replaced(column) ?? column);
  const added = list.expressions.filter((made) => !kept.includes(made));
  const whole = { ...list, expressions: [...kept, ...added] };
  return scopedOf(makeProject(scope, input.relation, whole, scopes, range));
}

function projected(input: Scoped, range: Range, expressions: readonly NamedExpression[]): Scoped {
  return scopedOf({ kind: 'project', input: input.relation, expressions, range });
}

function renamed(
  context: AnalysisContext,
  child: Expression,
  name: string,
  range: Range,
): NamedExpression {
  const { type, nullable } = child;
  const inner = child.kind === 'alias' ? child.child : child;
  return { kind: 'alias', child: inner, name, exprId: context.nextId(), type, nullable, range };
}

function columnNamed(scope: Scope, name: string, range: Range): Attribute {
  const found = findColumn(scope, [name], range) ?? unresolvedColumn(scope, [name], range);
  if (found.kind !== 'attribute') return unresolvedColumn(scope, [name], range);
  return found;
}

/** Grouped by the columns, with the first of the others. */
function deduplicated(
  scope: Scope,
  columnNames: readonly string[],
  input: Scoped,
  scopes: LayerScopes,
  range: Range,
): Scoped {
  const keys = columnNames.map((name) => columnNamed(scope, name, range));
  const ids = new Set(keys.map(({ exprId }) => exprId));
  const expressions = input.visible.map((column): unresolved.Expression => {
    const attribute = { kind: 'unresolvedAttribute', nameParts: [column.name], range } as const;
    if (ids.has(column.exprId)) return attribute;
    const first = firstOf(attribute, range);
    return { kind: 'alias', expression: first, name: column.name, range };
  });
  const list = resolveSelectList(scope, expressions);
  return scopedOf(makeGrouped(scope, input.relation, { expressions: keys }, list, scopes, range));
}

function firstOf(argument: unresolved.Expression, range: Range): unresolved.Expression {
  return {
    kind: 'unresolvedFunction',
    functionName: 'first',
    arguments: [argument],
    isDistinct: false,
    operator: false,
    range,
  };
}

/** Numbers fill numbers, texts texts and truth values truth values; the value takes the column's type. */
function filled(
  scope: Scope,
  { values, range }: Extract<FrameRelation, { kind: 'fillNa' }>,
  input: Scoped,
): Scoped {
  const { context } = scope;
  const fills = values.map(({ colName, value }) => ({
    exprId: colName === undefined ? undefined : columnNamed(scope, colName, range).exprId,
    value: resolveExpression(scope, value),
  }));
  const expressions = input.visible.map((column): NamedExpression => {
    const fill = fills.find(
      ({ exprId, value }) =>
        (exprId === undefined || exprId === column.exprId) && isSameFamily(value.type, column.type),
    );
    if (!fill) return column;
    const value = inType(fill.value, column.type, range);
    const isFloating = column.type.kind === 'double' || column.type.kind === 'float';
    const present = isFloating
      ? callOf(
          'nanvl',
          [column, literalOf(null, column.type, range)],
          column.type,
          'ansi',
          range,
          true,
        )
      : column;
    const child = callOf('coalesce', [present, value], column.type, 'ansi', range, value.nullable);
    return renamed(context, child, column.name, range);
  });
  return projected(input, range, expressions);
}

/** A number for a column of whole numbers loses its fraction, as Spark's cast does. */
function inType(value: Expression, type: DataType, range: Range): Expression {
  if (value.kind === 'literal' && typeof value.value === 'number' && isIntegral(type))
    return literalOf(BigInt(Math.trunc(value.value)), type, range);
  return castOf(value, type, 'legacy', false, range);
}

function isSameFamily(left: DataType, right: DataType): boolean {
  if (isNumeric(left)) return isNumeric(right);
  return left.kind === right.kind && (left.kind === 'string' || left.kind === 'boolean');
}

/** Null, and of floating point NaN, count as missing. */
function dropped(
  scope: Scope,
  { columnNames, minNonNulls, range }: Extract<FrameRelation, { kind: 'dropNa' }>,
  input: Scoped,
): Scoped {
  const columns =
    columnNames.length === 0
      ? input.visible
      : columnNames.map((name) => columnNamed(scope, name, range));
  const present = columns.map((column) => isPresent(column, range));
  const wanted = minNonNulls ?? columns.length;
  const boolean = { kind: 'boolean' } as const;
  const int = { kind: 'int' } as const;
  const counted = present.map((one): Expression => ({
    ...castOf(one, int, 'ansi', false, range),
  }));
  const [first = literalOf(0n, int, range), ...rest] = counted;
  const total = rest.reduce<Expression>(
    (sum, one) => callOf('+', [sum, one], int, 'ansi', range),
    first,
  );
  const enough = callOf(
    '>=',
    [total, literalOf(BigInt(wanted), int, range)],
    boolean,
    'ansi',
    range,
  );
  return {
    ...input,
    relation: { kind: 'filter', input: input.relation, condition: enough, range },
  };
}

function isPresent(column: Attribute, range: Range): Expression {
  const boolean = { kind: 'boolean' } as const;
  const isThere = callOf('isnotnull', [column], boolean, 'ansi', range, false);
  if (column.type.kind !== 'double' && column.type.kind !== 'float') return isThere;
  const isNumber = callOf(
    'not',
    [callOf('isnan', [column], boolean, 'ansi', range, false)],
    boolean,
    'ansi',
    range,
  );
  return callOf('and', [isThere, isNumber], boolean, 'ansi', range, false);
}

/** Of each column a text a statistic; texts have neither mean nor deviation. */
function summary(
  scope: Scope,
  { columnNames, statistics, range }: Extract<FrameRelation, { kind: 'statSummary' }>,
  input: Scoped,
  scopes: LayerScopes,
): Scoped {
  const columns =
    columnNames.length === 0
      ? input.visible.filter(({ type }) => isNumeric(type) || type.kind === 'string')
      : columnNames.map((name) => columnNamed(scope, name, range));
  const call = (
    functionName: string,
    args: readonly unresolved.Expression[],
  ): unresolved.Expression => ({
    kind: 'unresolvedFunction',
    functionName,
    arguments: args,
    isDistinct: false,
    operator: false,
    range,
  });
  const asText = (expression: unresolved.Expression): unresolved.Expression => ({
    kind: 'cast',
    expression,
    toType: stringType,
    evalMode: 'default',
    range,
  });
  const rows = statistics.map((statistic) => {
    const expressions = columns.map((column): unresolved.Expression => {
      const attribute = { kind: 'unresolvedAttribute', nameParts: [column.name], range } as const;
      const share = /^([\d.]+)%$/.exec(statistic)?.[1];
      const isNumber = statistic === 'mean' || statistic === 'stddev' || share !== undefined;
      const isText = column.type.kind === 'string' && isNumber;
      const number: unresolved.Expression = isText
        ? {
            kind: 'cast',
            expression: attribute,
            toType: { kind: 'double' },
            evalMode: 'try',
            range,
          }
        : attribute;
      const value = (): unresolved.Expression => {
        if (share !== undefined) {
          const at = {
            kind: 'literal',
            value: Number(share) / 100,
            type: doubleType,
            range,
          } as const;
          return call('percentile_approx', [number, at]);
        }
        if (statistic === 'count_distinct')
          return { ...call('count', [attribute]), isDistinct: true } as unresolved.Expression;
        return call(statistic === 'mean' ? 'avg' : statistic, [number]);
      };
      return { kind: 'alias', expression: asText(value()), name: column.name, range };
    });
    const label: unresolved.Expression = {
      kind: 'alias',
      expression: { kind: 'literal', value: statistic, type: stringType, range },
      name: 'summary',
      range,
    };
    const list = resolveSelectList(scope, [label, ...expressions]);
    return makeGrouped(scope, input.relation, { expressions: [] }, list, scopes, range);
  });
  return scopedOf(unionOf(scope.context, rows, range));
}

function unionOf(context: AnalysisContext, rows: readonly Relation[], range: Range): Relation {
  const [first] = rows;
  if (!first) return raise('UNSUPPORTED_EXPRESSION', { feature: 'a summary of nothing' }, range);
  const output = outputOf(first).map((column): Attribute => ({
    ...column,
    exprId: context.nextId(),
    nullable: true,
    qualifier: [],
  }));
  return { kind: 'union', inputs: rows, output, range };
}

function scopedOf(relation: Relation): Scoped {
  return { relation, visible: outputOf(relation), hidden: [] };
}
