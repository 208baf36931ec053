/** Joins: their conditions, and the columns that USING and NATURAL merge. */
import type { Range } from '../plan/range.ts';
import type { Attribute, Expression, NamedExpression, Relation } from '../plan/resolved.ts';
import { outputOf } from '../plan/output.ts';
import { containsAggregate, expressionsOf, inputsOf, references, some } from '../plan/traverse.ts';
import { booleanType } from '../plan/types.ts';
import type * as unresolved from '../plan/unresolved.ts';
import { quoteName, raise } from '../problem.ts';
import { callOf, coerced, conjunction } from '../typing/build.ts';
import { widerType } from '../typing/coercion.ts';
import { quotedText, quotedType } from '../plan/columnText.ts';
import type { AnalysisContext, Names, Scope, Scoped } from './context.ts';
import { resolveExpression } from './expressions.ts';
import { checkCorrelation, OuterScope } from './outerScope.ts';
import { containsWindow } from './windows.ts';

export function analyzeJoin(context: AnalysisContext, join: unresolved.Join, names: Names): Scoped {
  const { joinType, range } = join;
  const left = context.analyzeRelation(join.left, names);
  if (join.lateral === true) return lateral(context, join, left, names);
  const right = context.analyzeRelation(join.right, names);
  const columns = join.natural ? sharedNames(context, left, right) : join.usingColumns;
  if (columns.length > 0) return merged(context, join, left, right, columns);
  const { joinCondition } = join;
  const condition = joinCondition && conditionOf(context, joinCondition, left, right, names);
  return joined(
    {
      kind: 'join',
      left: left.relation,
      right: right.relation,
      joinType,
      ...(condition === undefined ? {} : { condition }),
      range,
    },
    left,
    right,
  );
}

function joined(relation: Relation, left: Scoped, right: Scoped): Scoped {
  const yielded = new Map(outputOf(relation).map((attribute) => [attribute.exprId, attribute]));
  const kept = (attributes: readonly Attribute[]) =>
    attributes.flatMap((attribute) => yielded.get(attribute.exprId) ?? []);
  return {
    relation,
    visible: kept([...left.visible, ...right.visible]),
    hidden: kept([...left.hidden, ...right.hidden]),
  };
}

/** The right side sees the columns of the left one. */
function lateral(
  context: AnalysisContext,
  join: unresolved.Join,
  left: Scoped,
  names: Names,
): Scoped {
  const { joinType, range, joinCondition } = join;
  const { timeZone } = context.settings;
  if (join.usingColumns.length > 0) raise('UNSUPPORTED_FEATURE.LATERAL_JOIN_USING', {}, range);
  if (join.natural) {
    raise('UNSUPPORTED_SYNTAX', { feature: 'NATURAL JOIN LATERAL' }, range);
  }
  if (!lateralTypes.has(joinType)) {
    raise('UNSUPPORTED_SYNTAX', { feature: 'this type of join with LATERAL' }, range);
  }
  const { visible, hidden } = left;
  const outer = new OuterScope({ context, visible, hidden, names });
  const right = context.analyzeRelation(join.right, { ...names, outer, windows: [] });
  checkCorrelation(right.relation, timeZone);
  const isRandom = someExpression(
    right.relation,
    (part) => part.kind === 'call' && random.has(part.name),
  );
  if (isRandom && left.relation.kind !== 'oneRow') {
    raise(
      'UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.NON_DETERMINISTIC_LATERAL_SUBQUERIES',
      { treeNode: 'LateralJoin' },
      range,
    );
  }
  const condition = joinCondition && conditionOf(context, joinCondition, left, right, names);
  if (
    condition !== undefined &&
    some(condition, (part) => part.kind === 'call' && random.has(part.name))
  ) {
    raise(
      'UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.LATERAL_JOIN_CONDITION_NON_DETERMINISTIC',
      { condition: quotedText(condition, timeZone).slice(1, -1) },
      range,
    );
  }
  const { bindings } = outer;
  return joined(
    {
      kind: 'lateralJoin',
      exprId: context.nextId(),
      left: left.relation,
      right: right.relation,
      joinType,
      ...(condition === undefined ? {} : { condition }),
      outer: bindings,
      range,
    },
    left,
    right,
  );
}

const lateralTypes = new Set(['inner', 'cross', 'leftOuter']);
const random = new Set(['rand', 'random', 'randn', 'uuid', 'shuffle', 'uniform', 'randstr']);

function someExpression(relation: Relation, test: (part: Expression) => boolean): boolean {
  return (
    expressionsOf(relation).some((expression) => some(expression, test)) ||
    inputsOf(relation).some((input) => someExpression(input, test))
  );
}

function conditionOf(
  context: AnalysisContext,
  expression: unresolved.Expression,
  left: Scoped,
  right: Scoped,
  names: Names,
): Expression {
  const scope: Scope = {
    context,
    names,
    visible: [...left.visible, ...right.visible],
    hidden: [...left.hidden, ...right.hidden],
  };
  const condition = resolveExpression(scope, expression);
  if (condition.type.kind !== 'boolean') {
    raise(
      'JOIN_CONDITION_IS_NOT_BOOLEAN_TYPE',
      {
        joinCondition: quotedText(condition, context.settings.timeZone),
        conditionType: quotedType(condition.type),
      },
      expression.range,
    );
  }
  if (containsAggregate(condition) || containsWindow(condition)) {
    const { timeZone } = context.settings;
    raise(
      'UNSUPPORTED_EXPR_FOR_OPERATOR',
      { invalidExprSqls: quotedText(condition, timeZone) },
      expression.range,
    );
  }
  checkSides(context, condition, left, right);
  return condition;
}

/** A subquery of a join condition may read one of the sides, not both. */
function checkSides(
  { settings }: AnalysisContext,
  condition: Expression,
  left: Scoped,
  right: Scoped,
): void {
  const idsOf = ({ relation }: Scoped) =>
    new Set(outputOf(relation).map((attribute) => attribute.exprId));
  const [leftIds, rightIds] = [idsOf(left), idsOf(right)];
  some(condition, (part) => {
    if (part.kind !== 'subquery') return false;
    const read = references(part);
    const readsBoth =
      part.outer.length > 0 &&
      [...read].some((id) => leftIds.has(id)) &&
      [...read].some((id) => rightIds.has(id));
    if (!readsBoth) return false;
    return raise(
      'UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.UNSUPPORTED_CORRELATED_EXPRESSION_IN_JOIN_CONDITION',
      { subqueryExpression: quotedText(part, settings.timeZone).slice(1, -1) },
      part.range,
    );
  });
}

function sharedNames(context: AnalysisContext, left: Scoped, right: Scoped): readonly string[] {
  return left.visible
    .filter((column) => right.visible.some((other) => context.sameName(other.name, column.name)))
    .map((column) => column.name);
}

function merged(
  context: AnalysisContext,
  { joinType, range }: unresolved.Join,
  left: Scoped,
  right: Scoped,
  names: readonly string[],
): Scoped {
  const pairs = names.map((name) => ({
    left: keyOf(context, left, name, 'left', range),
    right: keyOf(context, right, name, 'right', range),
  }));
  const { ansi } = context.settings;
  const mode = ansi ? 'ansi' : 'legacy';
  const conditions = pairs.map((pair) => {
    const type = widerType(pair.left.type, pair.right.type, ansi);
    if (type === undefined) {
      return raise(
        'UNSUPPORTED_EXPRESSION',
        { feature: `USING ${quoteName([pair.left.name])} of types that have no common type` },
        range,
      );
    }
    const sides = [coerced(pair.left, type, mode), coerced(pair.right, type, mode)];
    return callOf('=', sides, booleanType, mode, range);
  });
  const condition = conjunction(conditions);
  const join: Relation = {
    kind: 'join',
    left: left.relation,
    right: right.relation,
    joinType: joinType === 'cross' ? 'inner' : joinType,
    ...(condition === undefined ? {} : { condition }),
    range,
  };
  const yielded = new Map(outputOf(join).map((attribute) => [attribute.exprId, attribute]));
  const kept = (attributes: readonly Attribute[]) =>
    attributes.flatMap((attribute) => yielded.get(attribute.exprId) ?? []);
  const keys = pairs.map((pair): NamedExpression => {
    if (joinType === 'rightOuter') return pair.right;
    if (joinType !== 'fullOuter') return pair.left;
    const { name } = pair.left;
    const type = widerType(pair.left.type, pair.right.type, ansi) ?? pair.left.type;
    const sides = kept([pair.left, pair.right]).map((side) => coerced(side, type, mode));
    const child = callOf('coalesce', sides, type, mode, range, true);
    return { kind: 'alias', child, name, exprId: context.nextId(), type, nullable: true, range };
  });
  const keyIds = new Set(pairs.flatMap((pair) => [pair.left.exprId, pair.right.exprId]));
  const rest = kept([...left.visible, ...right.visible]).filter(
    (attribute) => !keyIds.has(attribute.exprId),
  );
  const keyOutputIds = new Set(keys.map((key) => key.exprId));
  const hidden = kept([
    ...pairs.flatMap((pair) => [pair.left, pair.right]),
    ...left.hidden,
    ...right.hidden,
  ]).filter((attribute) => !keyOutputIds.has(attribute.exprId));
  const relation: Relation = {
    kind: 'project',
    input: join,
    expressions: [...keys, ...rest, ...hidden],
    range,
  };
  const output = outputOf(relation);
  const visibleCount = keys.length + rest.length;
  return { relation, visible: output.slice(0, visibleCount), hidden: output.slice(visibleCount) };
}

function keyOf(
  context: AnalysisContext,
  side: Scoped,
  name: string,
  sideName: string,
  range: Range,
): Attribute {
  const found = side.visible.filter((attribute) => context.sameName(attribute.name, name));
  const [key] = found;
  if (key !== undefined && found.length === 1) return key;
  if (found.length > 1) {
    return raise(
      'AMBIGUOUS_REFERENCE',
      {
        name: quoteName([name]),
        referenceNames: `[${found.map((item) => quoteName([...item.qualifier, item.name])).join(', ')}]`,
      },
      range,
    );
  }
  const suggestion = side.visible.map((item) => quoteName([item.name])).join(', ');
  return raise(
    'UNRESOLVED_USING_COLUMN_FOR_JOIN',
    { colName: quoteName([name]), side: sideName, suggestion },
    range,
  );
}
