/** Transformations of RDDs of pairs, a key and a value. To add one: a row of `pairMethods`. */
import type { SyntaxNode } from '@lezer/common';
import type { Expression, JoinType, Relation } from '#sql/plan/unresolved.ts';
import type { Arguments } from '../arguments.ts';
import { argument, required } from '../arguments.ts';
import { call, operation, sortOf } from '../expressions.ts';
import type { Script } from '../script.ts';
import type { Value } from '../values.ts';
import { cannotKnow } from '../values.ts';
import type { Element } from './elements.ts';
import { converted, describe, element, lifted, optional, saysSame, together } from './elements.ts';
import type { Fold } from './folds.ts';
import { accumulationOf, aggregateOf, foldOf, isNeutral, isSameFold, ofRight } from './folds.ts';
import type { Rdd } from './rdds.ts';
import {
  applied,
  byPlace,
  collected,
  column,
  elementsOf,
  groupsOf,
  mapped,
  ordered,
  pairOf,
  placed,
  rddOf,
} from './rdds.ts';

export type RddMethod = (script: Script, rdd: Rdd, args: Arguments) => Value;

export const pairMethods: Readonly<Record<string, RddMethod>> = {
  keys: (script, rdd, args) => mapped(script, rdd, pairAt(script, rdd, args)[0], args),
  values: (script, rdd, args) => mapped(script, rdd, pairAt(script, rdd, args)[1], args),
  mapValues: (script, rdd, args) => {
    const [key, value] = pairAt(script, rdd, args);
    const made = applied(script, argument(args, 0, 'f'), [value], args.node);
    return mapped(script, rdd, { kind: 'tuple', items: [key, made] }, args);
  },
  flatMapValues: (script, rdd, args) => {
    const range = script.rangeOf(args.node);
    const [key, value] = pairAt(script, rdd, args);
    const made = lifted(applied(script, argument(args, 0, 'f'), [value], args.node), range);
    if (made.type.kind !== 'list')
      return cannotKnow(`this gives ${describe(made.type)}; flatMapValues takes a list`, args.node);
    const input: Relation = {
      kind: 'project',
      input: rdd.relation,
      expressions: [
        { kind: 'alias', expression: key.expression, name: 'strata_key', range },
        {
          kind: 'alias',
          expression: call('explode', [made.expression], range),
          name: 'strata_item',
          range,
        },
      ],
      range,
    };
    const items = [
      element(key.type, column('strata_key', range)),
      element(made.type.item, column('strata_item', range)),
    ];
    return rddOf(input, { kind: 'tuple', items }, range, rdd.isShuffled);
  },
  keyBy: (script, rdd, args) => {
    const value = elementsOf(rdd, script.rangeOf(args.node));
    const key = applied(script, argument(args, 0, 'f'), [value], args.node);
    return mapped(script, rdd, { kind: 'tuple', items: [key, value] }, args);
  },
  reduceByKey: (script, rdd, args) => {
    const [, value] = pairAt(script, rdd, args);
    const fold = foldOf(script, argument(args, 0, 'func'), value.type, args.node);
    return folded(script, rdd, fold, (of) => ofRight(of, value.expression), args);
  },
  foldByKey: (script, rdd, args) => {
    const [, value] = pairAt(script, rdd, args);
    const fold = foldOf(script, argument(args, 1, 'func'), value.type, args.node);
    requireNeutral(script, fold, required(args, 0, 'zeroValue'), args.node);
    return folded(script, rdd, fold, (of) => ofRight(of, value.expression), args);
  },
  aggregateByKey: (script, rdd, args) => {
    const [, value] = pairAt(script, rdd, args);
    const fold = accumulated(script, value, args);
    return folded(script, rdd, fold, ({ expression }) => expression, args);
  },
  combineByKey: (script, rdd, args) => {
    const range = script.rangeOf(args.node);
    const [, value] = pairAt(script, rdd, args);
    const [create, merge, combine] = args.positional;
    const first = lifted(applied(script, create, [value], args.node), range);
    const fold = accumulationOf(script, merge, first.type, value, args.node);
    sameAsCombined(script, fold, combine, first, args.node);
    if (!startsWith(fold, first))
      return cannotKnow('the first value of a key is not made as the others are added', args.node);
    return folded(script, rdd, fold, ({ expression }) => expression, args);
  },
  groupByKey: (script, rdd, args) => {
    const [key, value] = pairAt(script, rdd, args);
    return grouped(script, rdd, key, value, args);
  },
  groupBy: (script, rdd, args) => {
    const range = script.rangeOf(args.node);
    const value = elementsOf(rdd, range);
    const key = lifted(applied(script, argument(args, 0, 'f'), [value], args.node), range);
    return grouped(script, rdd, key, value, args);
  },
  sortByKey: (script, rdd, args) => {
    const range = script.rangeOf(args.node);
    const [key] = pairAt(script, rdd, args);
    const by = argument(args, 2, 'keyfunc');
    const order = by ? lifted(applied(script, by, [key], args.node), range) : key;
    return sortedBy(script, rdd, order, argument(args, 0, 'ascending'), args);
  },
  sortBy: (script, rdd, args) => {
    const range = script.rangeOf(args.node);
    const value = elementsOf(rdd, range);
    const order = lifted(applied(script, argument(args, 0, 'keyfunc'), [value], args.node), range);
    return sortedBy(script, rdd, order, argument(args, 1, 'ascending'), args);
  },
  join: joined('inner'),
  leftOuterJoin: joined('leftOuter'),
  rightOuterJoin: joined('rightOuter'),
  fullOuterJoin: joined('fullOuter'),
  subtractByKey: (script, rdd, args) => {
    const range = script.rangeOf(args.node);
    const other = otherRdd(args);
    const [key] = pairAt(script, rdd, args);
    const [otherKey] = pairOf(other, range, args.node);
    return onlyThose('leftAnti', rdd, key, other, otherKey, args, script);
  },
};

function pairAt(script: Script, rdd: Rdd, args: Arguments) {
  return pairOf(rdd, script.rangeOf(args.node), args.node);
}

export function otherRdd(args: Arguments): Rdd {
  const other = required(args, 0, 'other');
  return other.kind === 'rdd' ? other : cannotKnow('an RDD belongs here', args.node);
}

/** The totals of each key. */
function folded(
  script: Script,
  rdd: Rdd,
  fold: Fold,
  expressionOf: (of: Element) => Expression,
  args: Arguments,
): Value {
  const range = script.rangeOf(args.node);
  const [key] = pairAt(script, rdd, args);
  const { columns, total } = totalOf(fold, expressionOf, script, args.node);
  const groups = groupsOf(rdd, key, columns, { strata_total: total.expression }, range);
  const items = [
    element(key.type, column('strata_key', range)),
    element(total.type, column('strata_total', range)),
  ];
  return rddOf(groups, { kind: 'tuple', items }, range, true);
}

/** The aggregate of a fold, over columns that hold what it takes in. */
export function totalOf(
  fold: Fold,
  expressionOf: (of: Element) => Expression,
  script: Script,
  node: SyntaxNode,
) {
  const range = script.rangeOf(node);
  const columns: Record<string, Expression> = {};
  const total = aggregateOf(
    fold,
    (of) => {
      const name = `strata_value_${Object.keys(columns).length + 1}`;
      columns[name] = expressionOf(of);
      return column(name, range);
    },
    range,
  );
  return { columns, total };
}

/** `zeroValue, seqFunc, combFunc` of `aggregate` and `aggregateByKey`. */
export function accumulated(script: Script, value: Element, args: Arguments): Fold {
  const range = script.rangeOf(args.node);
  const zero = required(args, 0, 'zeroValue');
  const type = lifted(zero, range);
  const fold = accumulationOf(script, argument(args, 1, 'seqFunc'), type.type, value, args.node);
  requireNeutral(script, fold, zero, args.node);
  sameAsCombined(script, fold, argument(args, 2, 'combFunc'), type, args.node);
  return fold;
}

function sameAsCombined(
  script: Script,
  fold: Fold,
  combine: Value | undefined,
  total: Element,
  node: SyntaxNode,
): void {
  if (!isSameFold(fold, foldOf(script, combine, total.type, node)))
    cannotKnow('the totals of partitions are not put together as values are added', node);
}

export function requireNeutral(script: Script, fold: Fold, zero: Value, node: SyntaxNode): void {
  if (!isNeutral(fold, zero, script.rangeOf(node)))
    cannotKnow(
      'Spark puts this zero in once for each partition; a result that depends on how many there are is not computed',
      node,
    );
}

/** Whether a first value is what the fold takes in of it. */
function startsWith(fold: Fold, first: Element): boolean {
  if (fold.kind !== 'tuple') return saysSame(fold.of.expression, first.expression);
  const { type, expression: made } = first;
  if (made.kind !== 'unresolvedFunction' || made.functionName !== 'named_struct') return false;
  if (type.kind !== 'tuple') return false;
  return fold.items.every((item, at) => {
    const [expression, of] = [made.arguments[2 * at + 1], type.items[at]];
    return expression && of ? startsWith(item, element(of, expression)) : false;
  });
}

function grouped(script: Script, rdd: Rdd, key: Element, value: Element, args: Arguments): Value {
  const range = script.rangeOf(args.node);
  const list = collected(column('strata_value', range), range);
  const columns = { strata_value: value.expression };
  const groups = groupsOf(rdd, key, columns, { strata_values: list }, range);
  const items = [
    element(key.type, column('strata_key', range)),
    element({ kind: 'list', item: value.type }, column('strata_values', range)),
  ];
  return rddOf(groups, { kind: 'tuple', items }, range, true);
}

/** Equal ones stay as they stood, in either direction. */
export function sortedBy(
  script: Script,
  rdd: Rdd,
  key: Element,
  ascending: Value | undefined,
  args: Arguments,
): Rdd {
  const range = script.rangeOf(args.node);
  const isAscending =
    ascending === undefined ||
    (ascending.kind === 'bool'
      ? ascending.value
      : ascending.kind === 'int'
        ? ascending.value !== 0n
        : cannotKnow("'ascending' has to be True or False", args.node));
  if (key.type.kind === 'optional' || key.type.kind === 'none')
    return cannotKnow('Python does not order None; filter() keeps what is there', args.node);
  const columns = { strata_value: column('value', range), strata_key: key.expression };
  const order = [sortOf(column('strata_key', range), isAscending, range), byPlace(range)];
  const relation = ordered(placed(rdd, columns, range), order, range);
  return rddOf(relation, element(rdd.type, column('strata_value', range)), range, rdd.isShuffled);
}

function joined(joinType: JoinType): RddMethod {
  return (script, rdd, args) => {
    const { node } = args;
    const range = script.rangeOf(node);
    const other = otherRdd(args);
    const [key, value] = pairOf(rdd, range, node);
    const [otherKey, otherValue] = pairOf(other, range, node);
    const type = together(key.type, otherKey.type, range);
    const side = (of: Rdd, k: Element, v: Element, name: string): Relation =>
      placed(
        of,
        {
          [`${name}_key`]: converted(k, type, range).expression,
          [`${name}_value`]: v.expression,
        },
        range,
        `${name}_place`,
      );
    const keys = ['left_key', 'right_key'].map((name) => column(name, range));
    const equal = type.kind === 'optional' ? '<=>' : '=';
    const relation: Relation = {
      kind: 'join',
      left: side(rdd, key, value, 'left'),
      right: side(other, otherKey, otherValue, 'right'),
      joinType,
      joinCondition: operation(equal, keys, range),
      usingColumns: [],
      natural: false,
      range,
    };
    const order = [byPlace(range, 'left_place'), byPlace(range, 'right_place')];
    const isOuter = (sides: RegExp) => sides.test(joinType);
    const valueOf = (of: Element, name: string, mayLack: boolean) =>
      element(mayLack ? optional(of.type) : of.type, column(name, range));
    const either = isOuter(/^full/)
      ? call('coalesce', keys, range)
      : column(isOuter(/^right/) ? 'right_key' : 'left_key', range);
    const values: Value = {
      kind: 'tuple',
      items: [
        valueOf(value, 'left_value', isOuter(/^(?:right|full)/)),
        valueOf(otherValue, 'right_value', isOuter(/^(?:left|full)/)),
      ],
    };
    const items = [element(type, either), values];
    return rddOf(ordered(relation, order, range), { kind: 'tuple', items }, range, true);
  };
}

/** The elements whose key another RDD has, or does not have. */
export function onlyThose(
  joinType: 'leftSemi' | 'leftAnti',
  rdd: Rdd,
  key: Element,
  other: Rdd,
  otherKey: Element,
  args: Arguments,
  script: Script,
): Rdd {
  const range = script.rangeOf(args.node);
  const type = together(key.type, otherKey.type, range);
  const columns = {
    strata_value: column('value', range),
    strata_key: converted(key, type, range).expression,
  };
  const others: Relation = {
    kind: 'project',
    input: other.relation,
    expressions: [
      {
        kind: 'alias',
        expression: converted(otherKey, type, range).expression,
        name: 'other_key',
        range,
      },
    ],
    range,
  };
  const relation: Relation = {
    kind: 'join',
    left: placed(rdd, columns, range),
    right: others,
    joinType,
    joinCondition: operation(
      '<=>',
      [column('strata_key', range), column('other_key', range)],
      range,
    ),
    usingColumns: [],
    natural: false,
    range,
  };
  const value = element(rdd.type, column('strata_value', range));
  return rddOf(ordered(relation, [byPlace(range)], range), value, range, true);
}
