/** SparkContext and SparkConf: where RDDs come from. */
import { stringType } from '#sql/plan/types.ts';
import type { Arguments } from '../arguments.ts';
import { required, requiredText, whole } from '../arguments.ts';
import { readerMethod } from '../files.ts';
import type { Script } from '../script.ts';
import { builderMethod } from '../session.ts';
import type { Value } from '../values.ts';
import { cannotKnow, none } from '../values.ts';
import type { ElementType } from './elements.ts';
import {
  converted,
  dataTypeOf,
  element,
  hasElement,
  int,
  lifted,
  str,
  together,
} from './elements.ts';
import type { Rdd } from './rdds.ts';
import { column, rddOf, unionOf } from './rdds.ts';

export function contextMethod(script: Script, name: string, args: Arguments): Value {
  switch (name) {
    case 'setLogLevel':
    case 'setJobGroup':
    case 'setJobDescription':
    case 'setCheckpointDir':
    case 'setLocalProperty':
    case 'stop':
      return none;
    case 'getOrCreate':
      return contextOf(script, args);
    case 'parallelize':
      return parallelized(script, required(args, 0, 'c'), args);
    case 'range':
      return numbers(script, args);
    case 'emptyRDD':
      return cannotKnow('of no values no type is known here', args.node);
    case 'textFile': {
      const path = requiredText(args, 0, 'name');
      const lines = readerMethod(
        script,
        { kind: 'reader', format: undefined, options: {}, schema: undefined },
        'text',
        { ...args, positional: [{ kind: 'str', value: path }], keywords: new Map() },
      );
      if (lines.kind !== 'frame') return cannotKnow('these lines are not read', args.node);
      const range = script.rangeOf(args.node);
      return rddOf(lines.relation, element(str, column('value', range)), range);
    }
    case 'union': {
      const rdds = required(args, 0, 'rdds');
      const items = rdds.kind === 'list' || rdds.kind === 'tuple' ? rdds.items : [];
      const [first, ...more] = items.filter((item): item is Rdd => item.kind === 'rdd');
      if (!first || more.length + 1 < items.length)
        return cannotKnow('a list of RDDs belongs here', args.node);
      return unionOf([first, ...more], script.rangeOf(args.node));
    }
    case 'broadcast':
      return { kind: 'broadcast', value: required(args, 0, 'value') };
    case 'accumulator':
      return cannotKnow(
        'an accumulator is changed by Python that runs; an action such as count() or sum() computes the same here',
        args.node,
      );
    default:
      return cannotKnow(`SparkContext.${name} is not read yet`, args.node);
  }
}

/** `SparkContext(conf=conf)` and `SparkContext("local", "name")`. */
export function contextOf(_: Script, __: Arguments): Value {
  return { kind: 'sparkContext' };
}

/** `SparkConf().setAppName("x").set(…)`. */
export function confBuilderMethod(script: Script, name: string, args: Arguments): Value {
  const conf: Value = { kind: 'sparkConf' };
  switch (name) {
    case 'setAppName':
    case 'setMaster':
    case 'setSparkHome':
    case 'setExecutorEnv':
      return conf;
    case 'set':
    case 'setIfMissing':
      builderMethod(script, 'config', args);
      return conf;
    case 'setAll': {
      const pairs = required(args, 0, 'pairs');
      if (pairs.kind !== 'list' && pairs.kind !== 'tuple')
        return cannotKnow('a list of names and values belongs here', args.node);
      for (const pair of pairs.items)
        if ('items' in pair) builderMethod(script, 'config', { ...args, positional: pair.items });
      return conf;
    }
    default:
      return cannotKnow(`SparkConf.${name} is not read yet`, args.node);
  }
}

function parallelized(script: Script, data: Value, args: Arguments): Value {
  const { node } = args;
  const range = script.rangeOf(node);
  if (data.kind === 'str')
    return parallelized(
      script,
      { kind: 'list', items: Array.from(data.value, (value) => ({ kind: 'str', value })) },
      args,
    );
  if ((data.kind !== 'list' && data.kind !== 'tuple') || hasElement(data))
    return cannotKnow(
      'an RDD is made of a list that stands in the script; this comes from Python that runs',
      node,
    );
  if (data.items.length === 0) return cannotKnow('of no values no type is known here', node);
  const elements = data.items.map((item) => lifted(item, range));
  const type = elements.reduce<ElementType>(
    (all, each, at) => (at === 0 ? each.type : together(all, each.type, range)),
    int,
  );
  const rows = elements.map((each) => [converted(each, type, range).expression]);
  const fieldType = type.kind === 'none' ? stringType : dataTypeOf(type);
  return {
    kind: 'rdd',
    relation: {
      kind: 'localData',
      fields: [{ name: 'value', type: fieldType, nullable: true }],
      rows,
      range,
    },
    type,
    isShuffled: false,
  };
}

function numbers(script: Script, args: Arguments): Value {
  const range = script.rangeOf(args.node);
  const first = whole(args, 0, 'start') ?? 0;
  const second = whole(args, 1, 'end');
  const bounds = [
    ...(second === undefined ? [0, first] : [first, second]),
    whole(args, 2, 'step') ?? 1,
  ];
  const relation = {
    kind: 'tableFunction',
    functionName: 'range',
    arguments: bounds.map(
      (bound) => lifted({ kind: 'int', value: BigInt(bound) }, range).expression,
    ),
    range,
  } as const;
  return rddOf(relation, element(int, column('id', range)), range);
}
