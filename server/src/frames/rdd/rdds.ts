/**
 * RDDs whose functions can be read: each is a relation of one column, `value`, and a type of Python's. What Spark runs
 * as Python for each element is here an expression of that column, so that RDDs have plans like DataFrames.
 */
import type { SyntaxNode } from '@lezer/common';
import type { Range } from '#sql/plan/range.ts';
import { stringType } from '#sql/plan/types.ts';
import type { Expression, Relation, SortOrder } from '#sql/plan/unresolved.ts';
import type { Arguments } from '../arguments.ts';
import { aliasOf, call, literal, sortOf } from '../expressions.ts';
import type { Script } from '../script.ts';
import { callScriptFunction } from '../scriptFunctions.ts';
import type { Value } from '../values.ts';
import { cannotKnow } from '../values.ts';
import { elementBuiltin } from './builtins.ts';
import type { Element, ElementType } from './elements.ts';
import { converted, describe, element, lifted, partsOf, together } from './elements.ts';
import { elementOperator } from './operators.ts';
import { elementMethod } from './texts.ts';

export interface Rdd {
  readonly kind: 'rdd';
  readonly relation: Relation;
  readonly type: ElementType;
  /** Elements come in an order that Spark makes out of its partitions: here that of their first appearance. */
  readonly isShuffled: boolean;
}

const VALUE = 'value';
/** Where an element stood, so that equal ones stay in order and groups come as they first appeared. */
const PLACE = 'strata_place';

export function column(name: string, range: Range): Expression {
  return { kind: 'unresolvedAttribute', nameParts: [name], range };
}

export function elementsOf(rdd: Rdd, range: Range): Element {
  return element(rdd.type, column(VALUE, range));
}

/** An RDD of the value, which is made of the columns of `input`. */
export function rddOf(input: Relation, value: Value, range: Range, isShuffled = false): Rdd {
  const { type, expression } = lifted(value, range);
  const expressions = [aliasOf(expression, VALUE, range)];
  return {
    kind: 'rdd',
    relation: { kind: 'project', input, expressions, range },
    type,
    isShuffled,
  };
}

export function mapped(script: Script, rdd: Rdd, made: Value, args: Arguments): Rdd {
  return rddOf(rdd.relation, made, script.rangeOf(args.node), rdd.isShuffled);
}

const operators: Readonly<Record<string, string>> = {
  add: '+',
  sub: '-',
  mul: '*',
  truediv: '/',
  floordiv: '//',
  mod: '%',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
  eq: '==',
  ne: '!=',
};

/** What the function gives for values that are known for each element only. */
export function applied(
  script: Script,
  given: Value | undefined,
  positional: readonly Value[],
  node: SyntaxNode,
): Value {
  const args: Arguments = { positional, keywords: new Map(), node };
  switch (given?.kind) {
    case 'function': {
      const outer = script.namesRead;
      script.namesRead = script.readLater;
      try {
        return callScriptFunction(script, given.node, args);
      } finally {
        script.namesRead = outer;
      }
    }
    case 'known': {
      const [, module, name = ''] = /^(\w+)\.(.+)$/.exec(given.path) ?? [];
      const [left, right] = positional;
      const operator = module === 'operator' ? operators[name] : undefined;
      if (operator !== undefined && left && right)
        return elementOperator(script, operator, left, right, node);
      const method = module === 'builtins' ? /^str\.(\w+)$/.exec(name)?.[1] : undefined;
      if (method !== undefined && left)
        return elementMethod(script, left, method, { ...args, positional: positional.slice(1) });
      const found = module === 'builtins' ? elementBuiltin(script, name, args) : undefined;
      return found ?? cannotKnow(`'${given.path}' is Python that runs`, node);
    }
    case 'method':
      return elementMethod(script, given.receiver, given.name, args);
    default:
      return cannotKnow('the function is not known here', node);
  }
}

/** Adds the place of each element to what else is asked for. */
export function placed(
  rdd: Rdd,
  columns: Readonly<Record<string, Expression>>,
  range: Range,
  place = PLACE,
): Relation {
  const all = { ...columns, [place]: call('monotonically_increasing_id', [], range) };
  return {
    kind: 'project',
    input: rdd.relation,
    expressions: Object.entries(all).map(([name, expression]) => aliasOf(expression, name, range)),
    range,
  };
}

/** Sorted by what is given, equal ones as they stood. */
export function ordered(input: Relation, order: readonly SortOrder[], range: Range): Relation {
  return { kind: 'sort', input, order, isGlobal: true, range };
}

export function byPlace(range: Range, place = PLACE): SortOrder {
  return sortOf(column(place, range), true, range, 'nullsLast');
}

/** Groups of `rdd` by `key`, with what is computed of each, in the order of their first elements. */
export function groupsOf(
  rdd: Rdd,
  key: Element,
  columns: Readonly<Record<string, Expression>>,
  aggregates: Readonly<Record<string, Expression>>,
  range: Range,
): Relation {
  const input = placed(rdd, { strata_key: key.expression, ...columns }, range);
  const keyColumn = column('strata_key', range);
  const found = Object.entries(aggregates).map(([name, expression]) =>
    aliasOf(expression, name, range),
  );
  const first = aliasOf(call('min', [column(PLACE, range)], range), PLACE, range);
  const aggregate: Relation = {
    kind: 'aggregate',
    input,
    groupType: 'groupBy',
    groupingExpressions: [keyColumn],
    aggregateExpressions: [aliasOf(keyColumn, 'strata_key', range), ...found, first],
    range,
  };
  return ordered(aggregate, [byPlace(range)], range);
}

/** One after another, where all have elements of one type. */
export function unionOf(rdds: readonly [Rdd, ...Rdd[]], range: Range): Rdd {
  const [first, ...more] = rdds;
  const type = more.reduce((all, each) => together(all, each.type, range), first.type);
  const relation = rdds
    .map((each) => rddOf(each.relation, converted(elementsOf(each, range), type, range), range))
    .map((each) => each.relation)
    .reduce((left, right) => ({
      kind: 'setOp',
      leftInput: left,
      rightInput: right,
      setOpType: 'union',
      isAll: true,
      byName: false,
      range,
    }));
  return { kind: 'rdd', relation, type, isShuffled: rdds.some((each) => each.isShuffled) };
}

/** Of an RDD of pairs the key and the value. */
export function pairOf(
  rdd: Rdd,
  range: Range,
  node: SyntaxNode,
): readonly [key: Element, value: Element] {
  const parts = rdd.type.kind === 'tuple' ? partsOf(elementsOf(rdd, range), range) : undefined;
  const [key, value] = parts ?? [];
  if (parts?.length !== 2 || !key || !value)
    return cannotKnow(
      `the elements are ${describe(rdd.type)}; this takes pairs of a key and a value`,
      node,
    );
  return [lifted(key, range), lifted(value, range)];
}

/** A list of values in the order in which they stood. */
export function collected(value: Expression, range: Range): Expression {
  const name = (text: string): Expression => literal(text, stringType, range);
  const both = call(
    'named_struct',
    [name('place'), column(PLACE, range), name('value'), value],
    range,
  );
  const sorted = call('array_sort', [call('collect_list', [both], range)], range);
  const each: Expression = {
    kind: 'lambdaFunction',
    function: {
      kind: 'extractValue',
      child: column('each', range),
      extraction: name('value'),
      range,
    },
    arguments: ['each'],
    range,
  };
  return call('transform', [sorted, each], range);
}
