/**
 * Texts with a collation, made comparable as bytes: wherever a plan compares, groups or sorts them, their keys
 * take their place. What is below has no collations to know of.
 */
import {
  collatedString,
  indeterminateCollation,
  isCollated,
  knownCollation,
  withoutCollation,
} from '../plan/collation.ts';
import { outputOf } from '../plan/output.ts';
import type {
  Aggregate,
  AggregateCall,
  Attribute,
  Expression,
  FunctionCall,
  NamedExpression,
  Relation,
  SetOperation,
  SortOrder,
  Subquery,
  WindowExpression,
} from '../plan/resolved.ts';
import {
  expressionKey,
  expressionsOf,
  inputsOf,
  mapChildren,
  mapExpressions,
  mapInputs,
  some,
} from '../plan/traverse.ts';
import type { DataType } from '../plan/types.ts';
import { booleanType, simpleString, stringType } from '../plan/types.ts';
import { raise } from '../problem.ts';
import { callOf, conjunction, literalOf } from '../typing/build.ts';
import type { AnalysisContext } from './context.ts';

export function withCollationKeys(plan: Relation, context: AnalysisContext): Relation {
  return hasCollation(plan) ? keyedRelation(plan, context) : plan;
}

/** What a relation yields is of its inputs or of its own expressions, but for those that make rows. */
function hasCollation(relation: Relation): boolean {
  return (
    madeBy(relation).some(({ type }) => isCollated(type)) ||
    expressionsOf(relation).some((expression) => some(expression, mentionsCollation)) ||
    inputsOf(relation).some(hasCollation)
  );
}

function madeBy(relation: Relation): readonly Attribute[] {
  if (relation.kind === 'generate') return relation.generatorOutput;
  return 'output' in relation ? relation.output : [];
}

function mentionsCollation(expression: Expression): boolean {
  if (isCollated(expression.type)) return true;
  if (expression.kind === 'call' && /^collat(e|ion)$/.test(expression.name)) return true;
  return expression.kind === 'subquery' && hasCollation(expression.plan);
}

function keyedRelation(relation: Relation, context: AnalysisContext): Relation {
  const inner = mapInputs(relation, (input) => keyedRelation(input, context));
  switch (inner.kind) {
    case 'sort': {
      const order = inner.order.map((item) => keyedOrder(item, context));
      return { ...inner, order };
    }
    case 'aggregate':
      return keyedAggregate(inner, context);
    case 'distinct':
      return keyedDistinct(inner.input, context) ?? inner;
    case 'setOperation':
      return keyedSetOperation(inner, context);
    case 'localRelation':
      return {
        ...inner,
        rows: inner.rows.map((row) => row.map((cell) => keyed(cell, context))),
      };
    default:
      return mapExpressions(inner, (expression) => keyed(expression, context));
  }
}

const comparisons = new Set(['=', '==', '<=>', '<>', '!=', '<', '<=', '>', '>=', 'between']);
/** Functions that compare parts of texts, or elements; the engine has each of them for other collations. */
const ofParts = new Set([
  'contains',
  'startswith',
  'endswith',
  'instr',
  'locate',
  'find_in_set',
  'replace',
  'translate',
  'split_part',
  'substring_index',
]);
const trims = new Set(['trim', 'ltrim', 'rtrim', 'btrim']);
const ofElements = new Set([
  'array_contains',
  'array_position',
  'arrays_overlap',
  'array_distinct',
  'array_union',
  'array_intersect',
  'array_except',
  'array_remove',
]);
const likes = new Set(['like', 'ilike']);
const ofPatterns = new Set([
  'rlike',
  'regexp_count',
  'regexp_extract',
  'regexp_extract_all',
  'regexp_instr',
  'regexp_replace',
  'regexp_substr',
  'split',
]);
const ofOrder = new Set(['greatest', 'least']);

function keyed(expression: Expression, context: AnalysisContext): Expression {
  if (expression.kind === 'subquery') return keyedSubquery(expression, context);
  if (expression.kind === 'windowExpression') return keyedWindow(expression, context);
  refuseNotIn(expression);
  const mapped = mapChildren(expression, (child) => keyed(child, context));
  switch (mapped.kind) {
    case 'call':
      return keyedCall(mapped);
    case 'aggregateCall':
      return keyedAggregateCall(mapped);
    case 'cast': {
      const isText = mapped.type.kind === 'string' && mapped.child.type.kind === 'string';
      if (isText) return { ...mapped.child, type: mapped.type };
      return { ...mapped, type: withoutCollation(mapped.type) };
    }
    case 'in': {
      const collation = collationAmong([mapped.child, ...mapped.list]);
      if (collation === undefined) return mapped;
      return {
        ...mapped,
        child: keyOf(mapped.child, collation),
        list: mapped.list.map((item) => keyOf(item, collation)),
      };
    }
    default:
      return mapped;
  }
}

/** Spark joins the rows of NOT IN by their bytes; what it answers is not what the collation says. */
function refuseNotIn(expression: Expression): void {
  if (expression.kind !== 'call' || expression.name !== 'not') return;
  const [subquery] = expression.arguments;
  if (subquery?.kind !== 'subquery' || subquery.subqueryType !== 'in') return;
  const sides = [...subquery.values, ...outputOf(subquery.plan)];
  if (!sides.some(({ type }) => isCollated(type))) return;
  const feature = 'NOT IN with a subquery, of texts with a collation';
  raise('UNSUPPORTED_EXPRESSION', { feature }, expression.range);
}

function keyedCall(call: FunctionCall): Expression {
  const { name, arguments: values } = call;
  const [first] = values;
  if (name === 'collate' && first !== undefined) return { ...first, type: call.type };
  if (name === 'collation') {
    const type = values[0]?.type;
    const collation = type?.kind === 'string' ? (type.collation ?? 'UTF8_BINARY') : 'UTF8_BINARY';
    return literalOf(`SYSTEM.BUILTIN.${collation}`, stringType, call.range);
  }
  const isPart = ofParts.has(name) || (trims.has(name) && values.length > 1);
  const isLike = likes.has(name);
  const isPattern = isLike || ofPatterns.has(name);
  const compares = comparisons.has(name) || name === 'nullif' || name === 'str_to_map' || isPattern;
  if (!compares && !isPart && !ofElements.has(name) && !ofOrder.has(name)) return call;
  const collation = collationAmong(values);
  if (collation === undefined) return call;
  if (comparisons.has(name))
    return { ...call, arguments: values.map((value) => keyOf(value, collation)) };
  if (name === 'nullif') {
    const [left, right, result] = values as readonly [Expression, Expression, Expression];
    return { ...call, arguments: [keyOf(left, collation), keyOf(right, collation), result] };
  }
  if (isPattern) return patternCall(call, collation);
  if (name === 'str_to_map')
    return knownCollation(collation)?.order === 'binary' ? call : unsupported(call, collation);
  return underCollation(call, collation);
}

/** The same function for texts that compare otherwise: it takes the collation's name behind its arguments. */
function underCollation(call: FunctionCall, collation: string): Expression {
  const found = knownCollation(collation);
  if (found === undefined) return undecided(call);
  const comparesParts = !ofElements.has(call.name) && !ofOrder.has(call.name);
  if (found.order === 'binary' && !found.ignoresTrailingBlanks) return call;
  if (found.order === 'icu' && comparesParts) return unsupported(call, collation);
  const keys = ofOrder.has(call.name)
    ? call.arguments.map((value) => keyOf(value, collation))
    : [literalOf(collation, stringType, call.range)];
  const erased = call.arguments.map((value): Expression => ({
    ...value,
    type: withoutCollation(value.type),
  }));
  const values =
    comparesParts && found.ignoresTrailingBlanks ? withoutBlanks(call.name, erased) : erased;
  if (found.order === 'binary' && comparesParts && !trims.has(call.name))
    return { ...call, arguments: values, type: withoutCollation(call.type) };
  return {
    ...call,
    name: `collated_${call.name}`,
    writtenAs: call.writtenAs ?? call.name,
    arguments: [...values, ...keys],
    type: withoutCollation(call.type),
    shownCount: call.shownCount ?? call.arguments.length,
  };
}

/** Trailing blanks do not count in what is looked for, nor at the ends that are compared whole. */
function withoutBlanks(name: string, values: readonly Expression[]): readonly Expression[] {
  const trimmed = trimmedPlaces[name] ?? [];
  return values.map((value, index) => {
    if (!trimmed.includes(index)) return value;
    return callOf('rtrim', [value], stringType, 'ansi', value.range, value.nullable);
  });
}

const trimmedPlaces: Readonly<Record<string, readonly number[]>> = {
  contains: [0, 1],
  startswith: [0, 1],
  endswith: [0, 1],
  instr: [1],
  locate: [0],
  split_part: [1],
  substring_index: [1],
};

/** Patterns disregard case where the collation does; a regular expression says so in front. */
function patternCall(call: FunctionCall, collation: string): Expression {
  const found = knownCollation(collation);
  if (found?.order === 'binary') return call;
  if (found?.order !== 'lcase') return unsupported(call, collation);
  if (call.name === 'ilike') return call;
  const writtenAs = call.writtenAs ?? call.name;
  if (call.name === 'like') return { ...call, name: 'ilike', writtenAs };
  const [text, pattern, ...rest] = call.arguments as readonly [Expression, Expression];
  const flags = '(?ui)';
  const insensitive =
    pattern.kind === 'literal' && typeof pattern.value === 'string'
      ? { ...pattern, value: flags + pattern.value }
      : callOf(
          'concat',
          [literalOf(flags, stringType, pattern.range), pattern],
          stringType,
          'ansi',
          pattern.range,
          pattern.nullable,
        );
  return { ...call, arguments: [text, insensitive, ...rest] };
}

function unsupported(call: FunctionCall | AggregateCall, collation: string): never {
  return raise(
    'UNSUPPORTED_EXPRESSION',
    { feature: `${call.name} of texts with the collation ${collation}` },
    call.range,
  );
}

function undecided(call: FunctionCall): never {
  return raise('INDETERMINATE_COLLATION', {}, call.range);
}

function keyedAggregateCall(call: AggregateCall): Expression {
  const { name, arguments: values } = call;
  if (!values.some(({ type }) => isCollated(type))) return call;
  const [value] = values as readonly [Expression];
  const among = (each: Expression) => keyOf(each, collationAmong([each]));
  switch (name) {
    case 'min':
    case 'max':
      return { ...call, name: `${name}_by`, arguments: [value, among(value)], writtenAs: name };
    case 'max_by':
    case 'min_by': {
      const [, by] = values as readonly [Expression, Expression];
      return { ...call, arguments: [value, among(by)] };
    }
    case 'count':
      if (!call.isDistinct) return call;
      return { ...call, arguments: values.map(among) };
    case 'listagg':
      if (call.isDistinct) return unsupported(call, simpleString(value.type));
      return {
        ...call,
        arguments: values.map((each, index) => (index < 2 ? each : among(each))),
      };
    default:
      return call.isDistinct ? unsupported(call, simpleString(value.type)) : call;
  }
}

function keyedWindow(window: WindowExpression, context: AnalysisContext): Expression {
  const called = keyed(window.function, context);
  if (called.kind !== 'aggregateCall') throw new Error('a call stays a call');
  const key = (value: Expression) => {
    const inner = keyed(value, context);
    return keyOf(inner, collationAmong([inner]));
  };
  return {
    ...window,
    function: called,
    partition: window.partition.map(key),
    order: window.order.map((item) => keyedOrder(item, context)),
  };
}

function keyedOrder(item: SortOrder, context: AnalysisContext): SortOrder {
  const child = keyed(item.child, context);
  return { ...item, child: keyOf(child, collationAmong([child])) };
}

function keyedSubquery(subquery: Subquery, context: AnalysisContext): Expression {
  const outer = subquery.outer.map((binding) => ({
    ...binding,
    value: keyed(binding.value, context),
  }));
  const plan = keyedRelation(subquery.plan, context);
  const values = subquery.values.map((value) => keyed(value, context));
  const columns = outputOf(plan);
  const collations = values.map((value, index) =>
    collationAmong([value, ...(columns[index] === undefined ? [] : [columns[index]])]),
  );
  if (subquery.subqueryType !== 'in' || collations.every((each) => each === undefined))
    return { ...subquery, plan, values, outer };
  const expressions = columns.map((column, index) =>
    aliasOf(keyOf(column, collations[index]), column.name, context.nextId()),
  );
  return {
    ...subquery,
    outer,
    plan: { kind: 'project', input: plan, expressions, range: subquery.range },
    values: values.map((value, index) => keyOf(value, collations[index])),
  };
}

/** Groups are those of equal keys; of the texts in one, the first stands for it. */
function keyedAggregate(aggregate: Aggregate, context: AnalysisContext): Relation {
  const grouping = aggregate.grouping.map((expression) => keyed(expression, context));
  const collations = grouping.map((expression) => collationAmong([expression]));
  const collated = new Set(
    grouping.flatMap((each, index) =>
      collations[index] === undefined ? [] : [expressionKey(each)],
    ),
  );
  if (collated.size > 0 && aggregate.groupingSets !== undefined) {
    raise(
      'UNSUPPORTED_EXPRESSION',
      { feature: 'GROUPING SETS, CUBE and ROLLUP of texts with a collation' },
      aggregate.range,
    );
  }
  const aggregates = aggregate.aggregates.map((expression): NamedExpression => {
    const mapped = keyed(expression, context);
    const represented = collated.size === 0 ? mapped : representing(mapped, collated);
    if (represented.kind === 'alias') return represented;
    if (represented.kind === 'attribute') return represented;
    return { ...aliasOf(represented, expression.name, expression.exprId), range: expression.range };
  });
  return {
    ...aggregate,
    grouping: grouping.map((expression, index) => keyOf(expression, collations[index])),
    aggregates,
  };
}

function representing(expression: Expression, collated: ReadonlySet<string>): Expression {
  if (expression.kind === 'aggregateCall') return expression;
  if (expression.kind !== 'alias' && collated.has(expressionKey(expression)))
    return firstOf(expression);
  return mapChildren(expression, (child) => representing(child, collated));
}

function firstOf(expression: Expression): AggregateCall {
  const { type, range } = expression;
  return {
    kind: 'aggregateCall',
    name: 'first',
    arguments: [expression],
    isDistinct: false,
    ignoreNulls: false,
    type,
    nullable: true,
    evalMode: 'ansi',
    range,
  };
}

function keyedDistinct(input: Relation, context: AnalysisContext): Relation | undefined {
  const columns = outputOf(input);
  if (!columns.some(({ type }) => isCollated(type))) return undefined;
  return keyedAggregate(
    { kind: 'aggregate', input, grouping: columns, aggregates: columns, range: input.range },
    context,
  );
}

/** Rows that the other side has, or has not, by their keys. */
function keyedSetOperation(operation: SetOperation, context: AnalysisContext): Relation {
  const { left, right, output, range } = operation;
  const columns = outputOf(left);
  if (!output.some(({ type }) => isCollated(type))) return operation;
  if (operation.isAll) {
    const feature = `${operation.operation.toUpperCase()} ALL of texts with a collation`;
    raise('UNSUPPORTED_EXPRESSION', { feature }, range);
  }
  const others = outputOf(right).map((column): Attribute => ({
    ...column,
    exprId: context.nextId(),
  }));
  const renamed = outputOf(right).map((column, index) =>
    aliasOf(column, column.name, others[index]?.exprId ?? 0),
  );
  const condition = conjunction(
    columns.map((column, index) => {
      const other = others[index] ?? column;
      const collation = collationAmong([column, other]);
      const sides = [keyOf(column, collation), keyOf(other, collation)];
      return callOf('<=>', sides, booleanType, 'ansi', range, false);
    }),
  );
  const joined: Relation = {
    kind: 'join',
    left,
    right: { kind: 'project', input: right, expressions: renamed, range },
    joinType: operation.operation === 'intersect' ? 'leftSemi' : 'leftAnti',
    ...(condition === undefined ? {} : { condition }),
    range,
  };
  const expressions = columns.map((column, index) =>
    aliasOf(column, column.name, output[index]?.exprId ?? column.exprId),
  );
  const distinct = keyedDistinct(joined, context) ?? joined;
  return { kind: 'project', input: distinct, expressions, range };
}

function aliasOf(child: Expression, name: string, exprId: number) {
  const { type, nullable, range } = child;
  return { kind: 'alias', child, name, exprId, type, nullable, range } as const;
}

/** The collation that the values share; undefined where none has one. */
function collationAmong(values: readonly Expression[]): string | undefined {
  const found = new Set(values.flatMap(({ type }) => collationsIn(type)));
  const [first, second] = found;
  if (second !== undefined || first === indeterminateCollation) {
    const [value] = values as readonly [Expression];
    return raise('INDETERMINATE_COLLATION', {}, value.range);
  }
  return first;
}

function collationsIn(type: DataType): readonly string[] {
  switch (type.kind) {
    case 'string':
      return type.collation === undefined ? [] : [type.collation];
    case 'array':
      return collationsIn(type.element);
    case 'map':
      return [...collationsIn(type.key), ...collationsIn(type.value)];
    case 'struct':
      return type.fields.flatMap((field) => collationsIn(field.type));
    default:
      return [];
  }
}

/** What stands for a value where it is compared. */
function keyOf(value: Expression, collation: string | undefined): Expression {
  if (collation === undefined) return value;
  const { type, range } = value;
  const isText =
    type.kind === 'string' || (type.kind === 'array' && type.element.kind === 'string');
  if (!isText) {
    if (!isCollated(type)) return value;
    return raise(
      'UNSUPPORTED_EXPRESSION',
      { feature: `comparing values of which a part has the collation ${collation}` },
      range,
    );
  }
  const name = literalOf(collation, stringType, range);
  const plain = withoutCollation(type);
  if (collatedString(collation).collation === undefined) return value;
  const call = callOf('collation_key', [value, name], plain, 'ansi', range, value.nullable);
  return { ...call, shownCount: 1 };
}
