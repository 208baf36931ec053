/** What makes an RDD of another. To add a transformation: a row of `rddMethods`. */
import type { Relation } from '#sql/plan/unresolved.ts';
import { longType } from '#sql/plan/types.ts';
import type { Arguments } from '../arguments.ts';
import { argument } from '../arguments.ts';
import { aliasOf, call, literal, operation } from '../expressions.ts';
import type { Script } from '../script.ts';
import type { Value } from '../values.ts';
import { cannotKnow } from '../values.ts';
import { actions } from './actions.ts';
import { describe, element, int, lifted } from './elements.ts';
import { truthOf } from './operators.ts';
import type { RddMethod } from './pairs.ts';
import { onlyThose, otherRdd, pairMethods } from './pairs.ts';
import type { Rdd } from './rdds.ts';
import {
  applied,
  byPlace,
  column,
  elementsOf,
  groupsOf,
  mapped,
  ordered,
  placed,
  rddOf,
  unionOf,
} from './rdds.ts';

const same: RddMethod = (_, rdd) => rdd;

const transformations: Readonly<Record<string, RddMethod>> = {
  map: (script, rdd, args) => {
    const value = elementsOf(rdd, script.rangeOf(args.node));
    return mapped(script, rdd, applied(script, argument(args, 0, 'f'), [value], args.node), args);
  },
  flatMap: (script, rdd, args) => {
    const range = script.rangeOf(args.node);
    const value = elementsOf(rdd, range);
    const made = applied(script, argument(args, 0, 'f'), [value], args.node);
    const list = lifted(made.kind === 'tuple' ? { ...made, kind: 'list' } : made, range);
    if (list.type.kind !== 'list')
      return cannotKnow(`this gives ${describe(list.type)}; flatMap is read for lists`, args.node);
    const exploded = call('explode', [list.expression], range);
    return mapped(script, rdd, element(list.type.item, exploded), args);
  },
  filter: (script, rdd, args) => {
    const range = script.rangeOf(args.node);
    const value = elementsOf(rdd, range);
    const made = applied(script, argument(args, 0, 'f'), [value], args.node);
    const condition = truthOf(made, args.node, range).expression;
    return { ...rdd, relation: { kind: 'filter', input: rdd.relation, condition, range } };
  },
  distinct: (script, rdd, args) => distinct(rdd, script, args),
  union: (script, rdd, args) => unionOf([rdd, otherRdd(args)], script.rangeOf(args.node)),
  intersection: (script, rdd, args) => {
    const range = script.rangeOf(args.node);
    const other = otherRdd(args);
    const [value, otherValue] = [elementsOf(rdd, range), elementsOf(other, range)];
    return distinct(
      onlyThose('leftSemi', rdd, value, other, otherValue, args, script),
      script,
      args,
    );
  },
  subtract: (script, rdd, args) => {
    const range = script.rangeOf(args.node);
    const other = otherRdd(args);
    const [value, otherValue] = [elementsOf(rdd, range), elementsOf(other, range)];
    return onlyThose('leftAnti', rdd, value, other, otherValue, args, script);
  },
  cartesian: (script, rdd, args) => {
    const range = script.rangeOf(args.node);
    const other = otherRdd(args);
    const relation: Relation = {
      kind: 'join',
      left: placed(rdd, { left_value: column('value', range) }, range, 'left_place'),
      right: placed(other, { right_value: column('value', range) }, range, 'right_place'),
      joinType: 'cross',
      usingColumns: [],
      natural: false,
      range,
    };
    const order = [byPlace(range, 'left_place'), byPlace(range, 'right_place')];
    const items = [
      element(rdd.type, column('left_value', range)),
      element(other.type, column('right_value', range)),
    ];
    return rddOf(ordered(relation, order, range), { kind: 'tuple', items }, range, true);
  },
  zipWithIndex: (script, rdd, args) => {
    const range = script.rangeOf(args.node);
    const input = placed(rdd, { strata_value: column('value', range) }, range);
    const number = {
      kind: 'window',
      windowFunction: call('row_number', [], range),
      window: { partition: [], order: [byPlace(range)] },
      range,
    } as const;
    const index = operation(
      '-',
      [
        { kind: 'cast', expression: number, toType: longType, evalMode: 'default', range },
        literal(1n, longType, range),
      ],
      range,
    );
    const numbered: Relation = {
      kind: 'project',
      input,
      expressions: [
        aliasOf(column('strata_value', range), 'strata_value', range),
        aliasOf(index, 'strata_index', range),
      ],
      range,
    };
    const items = [
      element(rdd.type, column('strata_value', range)),
      element(int, column('strata_index', range)),
    ];
    return rddOf(numbered, { kind: 'tuple', items }, range, rdd.isShuffled);
  },
  cache: same,
  persist: same,
  unpersist: same,
  checkpoint: () => ({ kind: 'none' }),
  setName: same,
  repartition: (script, rdd) => ({ ...rdd, isShuffled: true }),
  coalesce: same,
};

function distinct(rdd: Rdd, script: Script, args: Arguments): Rdd {
  const range = script.rangeOf(args.node);
  const value = elementsOf(rdd, range);
  const groups = groupsOf(rdd, value, {}, {}, range);
  return rddOf(groups, element(value.type, column('strata_key', range)), range, true);
}

const rddMethods: Readonly<Record<string, RddMethod>> = {
  ...transformations,
  ...pairMethods,
  ...actions,
};

const ofPartitions =
  /^(?:getNumPartitions|glom|mapPartitions\w*|foreachPartition|partitionBy|zipPartitions|sample\w*|takeSample|randomSplit|zipWithUniqueId|histogram|countApprox\w*|pipe|toDebugString|getStorageLevel|repartitionAndSortWithinPartitions)$/;

export function rddMethod(script: Script, rdd: Rdd, name: string, args: Arguments): Value {
  const method = rddMethods[name];
  if (method) return method(script, rdd, args);
  if (ofPartitions.test(name))
    return cannotKnow(
      `what RDD.${name} gives depends on the partitions that Spark makes; there are none here`,
      args.node,
    );
  return cannotKnow(`RDD.${name} is not read yet`, args.node);
}
