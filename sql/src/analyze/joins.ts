/** Joins: their conditions, and the columns that USING and NATURAL merge. */
import type { Range } from '../plan/range.ts';
import type { Attribute, Expression, NamedExpression, Relation } from '../plan/resolved.ts';
import { outputOf } from '../plan/output.ts';
import { containsAggregate } from '../plan/traverse.ts';
import { booleanType } from '../plan/types.ts';
import type * as unresolved from '../plan/unresolved.ts';
import { quoteName, raise } from '../problem.ts';
import { callOf, coerced, conjunction } from '../typing/build.ts';
import { widerType } from '../typing/coercion.ts';
import { quotedText, quotedType } from '../plan/columnText.ts';
import type { AnalysisContext, Scope } from './context.ts';
import { resolveExpression } from './expressions.ts';
import type { Scoped } from './relations.ts';

export function analyzeJoin(
  context: AnalysisContext,
  join: unresolved.Join,
  left: Scoped,
  right: Scoped,
): Scoped {
  const { joinType, range } = join;
  const names = join.natural ? sharedNames(context, left, right) : join.usingColumns;
  if (names.length > 0) return merged(context, join, left, right, names);
  const condition = join.joinCondition && conditionOf(context, join.joinCondition, left, right);
  const relation: Relation = {
    kind: 'join',
    left: left.relation,
    right: right.relation,
    joinType,
    ...(condition === undefined ? {} : { condition }),
    range,
  };
  const yielded = new Map(outputOf(relation).map((attribute) => [attribute.exprId, attribute]));
  const kept = (attributes: readonly Attribute[]) =>
    attributes.flatMap((attribute) => yielded.get(attribute.exprId) ?? []);
  return {
    relation,
    visible: kept([...left.visible, ...right.visible]),
    hidden: kept([...left.hidden, ...right.hidden]),
  };
}

function conditionOf(
  context: AnalysisContext,
  expression: unresolved.Expression,
  left: Scoped,
  right: Scoped,
): Expression {
  const scope: Scope = {
    context,
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
  if (containsAggregate(condition)) {
    const { timeZone } = context.settings;
    raise(
      'UNSUPPORTED_EXPR_FOR_OPERATOR',
      { invalidExprSqls: quotedText(condition, timeZone) },
      expression.range,
    );
  }
  return condition;
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
    const sides = kept([pair.left, pair.right]);
    const { type } = pair.left;
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
