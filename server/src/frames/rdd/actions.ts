/** What asks an RDD for its values. To add an action: a row of `actions`. */
import type { ElementShape } from '#shared/protocol/frameScript.ts';
import { doubleType, longType } from '#sql/plan/types.ts';
import type { Expression, Relation } from '#sql/plan/unresolved.ts';
import type { Arguments } from '../arguments.ts';
import { argument, required, requiredText, whole } from '../arguments.ts';
import { aliasOf, call, intLiteral, literal, operation } from '../expressions.ts';
import type { Script } from '../script.ts';
import type { Value } from '../values.ts';
import { cannotKnow, none } from '../values.ts';
import { createFrameOf } from './frames.ts';
import type { Element } from './elements.ts';
import { castTo, certain, describe, element, float, int, lifted, shapeOf } from './elements.ts';
import type { Fold } from './folds.ts';
import { foldOf, ofRight } from './folds.ts';
import { asNumber, elementOperator } from './operators.ts';
import type { RddMethod } from './pairs.ts';
import { accumulated, requireNeutral, sortedBy, totalOf } from './pairs.ts';
import type { Rdd } from './rdds.ts';
import { applied, column, elementsOf, groupsOf, pairOf, rddOf } from './rdds.ts';
import { asText } from './texts.ts';

export const actions: Readonly<Record<string, RddMethod>> = {
  collect: (script, rdd, args) => listed(script, rdd, rdd.relation, args),
  toLocalIterator: (script, rdd, args) => listed(script, rdd, rdd.relation, args),
  take: (script, rdd, args) =>
    listed(script, rdd, limited(rdd.relation, whole(args, 0, 'num') ?? 0, script, args), args),
  first: (script, rdd, args) => {
    noteOrder(script, rdd, args);
    return evaluated(script, limited(rdd.relation, 1, script, args), { one: shapeOf(rdd.type) });
  },
  count: (script, rdd, args) => {
    const range = script.rangeOf(args.node);
    const count = aliasOf(call('count', [intLiteral(1, range)], range), 'count', range);
    const relation: Relation = {
      kind: 'project',
      input: rdd.relation,
      expressions: [count],
      range,
    };
    return { kind: 'result', step: script.add(step(script, relation, 'count')) };
  },
  isEmpty: (script, rdd, args) => ({
    kind: 'result',
    step: script.add(step(script, limited(rdd.relation, 1, script, args), 'isEmpty')),
  }),
  reduce: (script, rdd, args) => {
    const range = script.rangeOf(args.node);
    const fold = foldOf(script, argument(args, 0, 'f'), rdd.type, args.node);
    return total(script, rdd, fold, (of) => ofRight(of, column('value', range)), args);
  },
  treeReduce: (script, rdd, args) => actions.reduce?.(script, rdd, args) ?? none,
  fold: (script, rdd, args) => {
    const range = script.rangeOf(args.node);
    const fold = foldOf(script, argument(args, 1, 'op'), rdd.type, args.node);
    const zero = required(args, 0, 'zeroValue');
    requireNeutral(script, fold, zero, args.node);
    return total(script, rdd, fold, (of) => ofRight(of, column('value', range)), args, zero);
  },
  aggregate: (script, rdd, args) => {
    const value = elementsOf(rdd, script.rangeOf(args.node));
    const fold = accumulated(script, value, {
      ...args,
      keywords: new Map(
        [...args.keywords].map(([name, given]) => [name.replace(/Op$/, 'Func'), given]),
      ),
    });
    const zero = required(args, 0, 'zeroValue');
    return total(script, rdd, fold, ({ expression }) => expression, args, zero);
  },
  sum: (script, rdd, args) => {
    const range = script.rangeOf(args.node);
    const value = numberOf(rdd, script, args);
    const zero =
      value.type.kind === 'int' ? literal(0n, longType, range) : literal(0, doubleType, range);
    const sum = call('coalesce', [call('sum', [value.expression], range), zero], range);
    return valueOf(script, rdd, element(value.type, sum), args);
  },
  mean: statistic('avg', 0),
  variance: statistic('var_pop', NaN),
  sampleVariance: statistic('var_samp', NaN),
  stdev: statistic('stddev_pop', NaN),
  sampleStdev: statistic('stddev_samp', NaN),
  stats: (script, rdd, args) => {
    const range = script.rangeOf(args.node);
    const { expression } = numberOf(rdd, script, args);
    const double = castTo(expression, doubleType, range);
    const columns = {
      count: expression,
      avg: double,
      stddev_pop: double,
      max: expression,
      min: expression,
    };
    const expressions = Object.entries(columns).map(([name, value]) =>
      aliasOf(call(name, [value], range), name, range),
    );
    const relation: Relation = { kind: 'project', input: rdd.relation, expressions, range };
    return { kind: 'result', step: script.add(step(script, relation, 'stats')) };
  },
  max: extreme('max'),
  min: extreme('min'),
  top: (script, rdd, args) => outermost(script, rdd, args, false),
  takeOrdered: (script, rdd, args) => outermost(script, rdd, args, true),
  countByValue: (script, rdd, args) =>
    counted(script, rdd, elementsOf(rdd, script.rangeOf(args.node)), args),
  countByKey: (script, rdd, args) =>
    counted(script, rdd, pairOf(rdd, script.rangeOf(args.node), args.node)[0], args),
  collectAsMap: (script, rdd, args) => {
    const [key, value] = pairOf(rdd, script.rangeOf(args.node), args.node);
    noteOrder(script, rdd, args);
    return evaluated(script, rdd.relation, {
      dict: [shapeOf(key.type), shapeOf(value.type)],
    });
  },
  lookup: (script, rdd, args) => {
    const range = script.rangeOf(args.node);
    const [key, value] = pairOf(rdd, range, args.node);
    const condition = elementOperator(script, '==', key, required(args, 0, 'key'), args.node);
    const found: Relation = {
      kind: 'filter',
      input: rdd.relation,
      condition: lifted(condition, range).expression,
      range,
    };
    const values = rddOf(found, value, range, rdd.isShuffled);
    return listed(script, values, values.relation, args);
  },
  saveAsTextFile: (script, rdd, args) => {
    const range = script.rangeOf(args.node);
    const path = requiredText(args, 0, 'path');
    const text = asText(elementsOf(rdd, range), range);
    if (!text)
      return cannotKnow(
        `lines are written of texts and whole numbers; str() of ${describe(rdd.type)} is not computed here`,
        args.node,
      );
    const lines = rddOf(rdd.relation, element({ kind: 'str' }, text), range);
    script.add({
      action: 'write',
      statement: script.query(lines.relation),
      path,
      format: 'text',
      mode: 'error',
      options: {},
      partitionBy: [],
    });
    return none;
  },
  toDF: (script, rdd, args) => createFrameOf(script, rdd, argument(args, 0, 'schema'), args),
};

function step(script: Script, relation: Relation, form: 'count' | 'isEmpty' | 'stats') {
  return { action: 'evaluate', statement: script.query(relation), form } as const;
}

type ElementForm =
  | { readonly list: ElementShape }
  | { readonly one: ElementShape }
  | { readonly dict: readonly [ElementShape, ElementShape]; readonly isCount?: boolean };

function evaluated(script: Script, relation: Relation, form: ElementForm): Value {
  const statement = script.query(relation);
  return { kind: 'result', step: script.add({ action: 'evaluate', statement, form }) };
}

function listed(script: Script, rdd: Rdd, relation: Relation, args: Arguments): Value {
  noteOrder(script, rdd, args);
  return evaluated(script, relation, { list: shapeOf(rdd.type) });
}

function noteOrder(script: Script, rdd: Rdd, args: Arguments): void {
  if (!rdd.isShuffled) return;
  script.noteOnce(
    'after a shuffle elements stand here in the order of their first appearance, also those that a sort finds equal; with Spark the order depends on its partitions',
    script.rangeOf(args.node),
  );
}

function limited(input: Relation, count: number, script: Script, args: Arguments): Relation {
  const range = script.rangeOf(args.node);
  return { kind: 'limit', input, limit: intLiteral(count, range), range };
}

/** One value of the whole RDD; of none Python raises an error, unless there is a zero. */
function total(
  script: Script,
  rdd: Rdd,
  fold: Fold,
  expressionOf: (of: Element) => Expression,
  args: Arguments,
  zero?: Value,
): Value {
  const range = script.rangeOf(args.node);
  const { columns, total: found } = totalOf(fold, expressionOf, script, args.node);
  const expressions = Object.entries(columns).map(([name, expression]) =>
    aliasOf(expression, name, range),
  );
  const input: Relation = { kind: 'project', input: rdd.relation, expressions, range };
  const isThere = operation(
    '>',
    [call('count', [intLiteral(1, range)], range), intLiteral(0, range)],
    range,
  );
  const value = zero
    ? call('if', [isThere, found.expression, lifted(zero, range).expression], range)
    : found.expression;
  const relation: Relation = {
    kind: 'aggregate',
    input,
    groupType: 'groupBy',
    groupingExpressions: [],
    aggregateExpressions: [aliasOf(value, 'value', range), aliasOf(isThere, 'strata_any', range)],
    range,
  };
  const there: Relation = zero
    ? relation
    : { kind: 'filter', input: relation, condition: column('strata_any', range), range };
  const only = rddOf(there, element(found.type, column('value', range)), range);
  return evaluated(script, only.relation, { one: shapeOf(found.type) });
}

function numberOf(rdd: Rdd, script: Script, args: Arguments): Element {
  const range = script.rangeOf(args.node);
  const value = asNumber(certain(elementsOf(rdd, range), range), range);
  if (value.type.kind !== 'int' && value.type.kind !== 'float')
    return cannotKnow(`the elements are ${describe(value.type)}, not numbers`, args.node);
  return value;
}

function valueOf(script: Script, rdd: Rdd, value: Element, args: Arguments): Value {
  const { relation } = rddOf(rdd.relation, value, script.rangeOf(args.node));
  return evaluated(script, relation, { one: shapeOf(value.type) });
}

/** `ofTooFew` is what PySpark's StatCounter gives where there are too few numbers. */
function statistic(functionName: string, ofTooFew: number): RddMethod {
  return (script, rdd, args) => {
    const range = script.rangeOf(args.node);
    const value = castTo(numberOf(rdd, script, args).expression, doubleType, range);
    const found = [call(functionName, [value], range), literal(ofTooFew, doubleType, range)];
    return valueOf(script, rdd, element(float, call('coalesce', found, range)), args);
  };
}

function extreme(name: 'min' | 'max'): RddMethod {
  return (script, rdd, args) => {
    if (argument(args, 0, 'key')) return sortedFirst(script, rdd, args, name === 'min');
    const range = script.rangeOf(args.node);
    const fold: Fold = { kind: name, of: elementsOf(rdd, range) };
    return total(script, rdd, fold, ({ expression }) => expression, args);
  };
}

/** Of several that are the smallest Python takes the first. */
function sortedFirst(script: Script, rdd: Rdd, args: Arguments, isAscending: boolean): Value {
  const range = script.rangeOf(args.node);
  const value = elementsOf(rdd, range);
  const key = lifted(applied(script, argument(args, 0, 'key'), [value], args.node), range);
  const sorted = sortedBy(script, rdd, key, { kind: 'bool', value: isAscending }, args);
  noteOrder(script, rdd, args);
  return evaluated(script, limited(sorted.relation, 1, script, args), { one: shapeOf(rdd.type) });
}

function outermost(script: Script, rdd: Rdd, args: Arguments, isAscending: boolean): Value {
  const range = script.rangeOf(args.node);
  const value = elementsOf(rdd, range);
  const by = argument(args, 1, 'key');
  const key = by ? lifted(applied(script, by, [value], args.node), range) : value;
  const sorted = sortedBy(script, rdd, key, { kind: 'bool', value: isAscending }, args);
  const found = limited(sorted.relation, whole(args, 0, 'num') ?? 0, script, args);
  // Without a key equal ones are the same.
  return listed(script, by ? rdd : { ...rdd, isShuffled: false }, found, args);
}

/** How often each is there, in the order of their first appearance, as Python's dictionary has them. */
function counted(script: Script, rdd: Rdd, key: Element, args: Arguments): Value {
  const range = script.rangeOf(args.node);
  const count = call('count', [intLiteral(1, range)], range);
  const groups = groupsOf(rdd, key, {}, { strata_count: count }, range);
  const items = [
    element(key.type, column('strata_key', range)),
    element(int, column('strata_count', range)),
  ];
  const counts = rddOf(groups, { kind: 'tuple', items }, range);
  noteOrder(script, rdd, args);
  return evaluated(script, counts.relation, { dict: [shapeOf(key.type), 'value'], isCount: true });
}
