/** DataFrame's methods: each makes another relation, or adds a step. To add one: a row of `frameMethods`. */
import type { Relation } from '#sql/plan/unresolved.ts';
import type { JoinType } from '#sql/plan/unresolved.ts';
import type { Arguments } from './arguments.ts';
import {
  argument,
  flag,
  required,
  requiredText,
  several,
  text,
  texts,
  whole,
} from './arguments.ts';
import {
  aliasOf,
  call,
  columnOf,
  columnOrName,
  intLiteral,
  operation,
  sortOf,
} from './expressions.ts';
import { aggregated } from './grouped.ts';
import {
  columnsByPattern,
  groupingSets,
  inputOf,
  replaceValues,
  toDF,
  unionByNameWithMissing,
  unpivot,
  withColumnsRenamed,
} from './reshaping.ts';
import { randomSplit, sample } from './sampling.ts';
import { callScriptFunction } from './scriptFunctions.ts';
import { describe, statMethod, summary } from './statistics.ts';
import { naMethod } from './nullFunctions.ts';
import type { Script } from './script.ts';
import { readExpression } from './sqlText.ts';
import type { Frame, Value } from './values.ts';
import { cannotKnow, none } from './values.ts';

type Method = (script: Script, frame: Frame, args: Arguments) => Value;

/** A relation over that of the frame, which other expressions may name columns of. */
const over =
  (make: (input: Relation, script: Script, args: Arguments, frame: Frame) => Relation): Method =>
  (script, frame, args) =>
    script.frame(make(inputOf(script, frame, args), script, args, frame));

const same: Method = (_, frame) => frame;

export const frameMethods: Readonly<Record<string, Method>> = {
  select: over((input, script, args) => {
    const range = script.rangeOf(args.node);
    const expressions = several(args).map((value) => columnOrName(value, range));
    return { kind: 'project', input, expressions, range };
  }),
  selectExpr: over((input, script, args) => {
    const range = script.rangeOf(args.node);
    const expressions = several(args).map((value) =>
      value.kind === 'str'
        ? readExpression(value, range)
        : cannotKnow('expressions of SQL belong here', args.node),
    );
    return { kind: 'project', input, expressions, range };
  }),
  filter: over(filtered),
  where: over(filtered),
  withColumn: over((input, script, args) => {
    const range = script.rangeOf(args.node);
    const column = required(args, 1, 'col');
    if (column.kind !== 'column' && column.kind !== 'condition')
      return cannotKnow('withColumn takes a Column; lit() makes one of a value', args.node);
    const name = requiredText(args, 0, 'colName');
    return withColumns(input, [aliasOf(columnOf(column, range), name, range)], script, args);
  }),
  withColumns: over((input, script, args) => {
    const range = script.rangeOf(args.node);
    const columns = required(args, 0, 'colsMap');
    if (columns.kind !== 'dict')
      return cannotKnow('a dictionary of names and Columns belongs here', args.node);
    const aliases = columns.entries.map(([name, value]) => {
      if (name.kind !== 'str') return cannotKnow('a name is no text', args.node);
      return aliasOf(columnOf(value, range), name.value, range);
    });
    return withColumns(input, aliases, script, args);
  }),
  withColumnRenamed: over((input, script, args) => ({
    kind: 'withColumnsRenamed',
    input,
    renames: [
      { colName: requiredText(args, 0, 'existing'), newColName: requiredText(args, 1, 'new') },
    ],
    range: script.rangeOf(args.node),
  })),
  withColumnsRenamed,
  toDF,
  colRegex: (script, frame, args) => {
    const [first, ...more] = columnsByPattern(script, frame, args);
    if (!first || more.length > 0)
      return cannotKnow('a pattern for several columns is read in select() alone', args.node);
    return { kind: 'column', expression: first };
  },
  drop: over((input, script, args) => {
    const range = script.rangeOf(args.node);
    const columns = several(args);
    return {
      kind: 'drop',
      input,
      columns: columns
        .filter((value) => value.kind !== 'str')
        .map((value) => columnOf(value, range)),
      columnNames: columns.flatMap((value) => (value.kind === 'str' ? [value.value] : [])),
      range,
    };
  }),
  distinct: over((input, script, args) => ({
    kind: 'deduplicate',
    input,
    allColumnsAsKeys: true,
    range: script.rangeOf(args.node),
  })),
  dropDuplicates: over(deduplicated),
  drop_duplicates: over(deduplicated),
  sort: over(sorted),
  orderBy: over(sorted),
  sortWithinPartitions: over((input, script, args) => {
    const relation = sorted(input, script, args);
    return relation.kind === 'sort' ? { ...relation, isGlobal: false } : relation;
  }),
  limit: over((input, script, args) => limited(input, whole(args, 0, 'num') ?? 0, script, args)),
  offset: over((input, script, args) => {
    const range = script.rangeOf(args.node);
    return { kind: 'offset', input, offset: intLiteral(whole(args, 0, 'num') ?? 0, range), range };
  }),
  alias: over((input, script, args) => ({
    kind: 'subqueryAlias',
    input,
    alias: requiredText(args, 0, 'alias'),
    columnNames: [],
    range: script.rangeOf(args.node),
  })),
  join,
  crossJoin: (script, frame, args) =>
    joined(script, frame, otherFrame(args), args, { joinType: 'cross' }),
  union: setOperation('union', true),
  unionAll: setOperation('union', true),
  unionByName: (script, frame, args) => {
    if (flag(args, 1, 'allowMissingColumns') === true)
      return unionByNameWithMissing(script, frame, otherFrame(args), args);
    return combined(script, frame, args, { setOpType: 'union', isAll: true, byName: true });
  },
  intersect: setOperation('intersect', false),
  intersectAll: setOperation('intersect', true),
  subtract: setOperation('except', false),
  exceptAll: setOperation('except', true),
  groupBy: grouping('groupBy'),
  groupby: grouping('groupBy'),
  rollup: grouping('rollup'),
  cube: grouping('cube'),
  groupingSets,
  agg: (script, frame, args) =>
    aggregated(script, { kind: 'grouped', frame, groupType: 'groupBy', grouping: [] }, args),
  fillna: (script, frame, args) => naMethod(script, frame, 'fill', args),
  dropna: (script, frame, args) => naMethod(script, frame, 'drop', args),
  replace: replaceValues,
  unpivot,
  melt: unpivot,
  sample,
  randomSplit,
  describe,
  summary,
  corr: (script, frame, args) => statMethod(script, frame, 'corr', args),
  cov: (script, frame, args) => statMethod(script, frame, 'cov', args),
  crosstab: (script, frame, args) => statMethod(script, frame, 'crosstab', args),
  approxQuantile: (script, frame, args) => statMethod(script, frame, 'approxQuantile', args),
  repartition: over((input, script, args) => hinted('REPARTITION', input, script, args)),
  repartitionByRange: over((input, script, args) =>
    hinted('REPARTITION_BY_RANGE', input, script, args),
  ),
  coalesce: over((input, script, args) => hinted('COALESCE', input, script, args)),
  hint: over((input, script, args) => {
    const [name, ...parameters] = args.positional;
    if (name?.kind !== 'str') return cannotKnow('the name of a hint belongs here', args.node);
    return hinted(name.value, input, script, { ...args, positional: parameters });
  }),
  cache: cached,
  persist: cached,
  unpersist: (script, frame) => {
    script.cached.delete(frame.relation);
    return frame;
  },
  checkpoint: same,
  localCheckpoint: same,
  transform: (script, frame, args) => {
    const made = required(args, 0, 'func');
    if (made.kind !== 'function') return cannotKnow('the function is not known here', args.node);
    const keywords = new Map([...args.keywords].filter(([name]) => name !== 'func'));
    return callScriptFunction(script, made.node, {
      positional: [frame, ...args.positional.slice(1)],
      keywords,
      node: args.node,
    });
  },

  show: (script, frame, args) => {
    const rowCount = Math.max(whole(args, 0, 'n') ?? 20, 0);
    const truncate = argument(args, 1, 'truncate');
    const length =
      truncate === undefined || (truncate.kind === 'bool' && truncate.value)
        ? 20
        : truncate.kind === 'int'
          ? Number(truncate.value)
          : 0;
    const input = inputOf(script, frame, args);
    // One row more tells whether there are more.
    const statement = frame.command ?? script.query(limited(input, rowCount + 1, script, args));
    const vertical = flag(args, 2, 'vertical') ?? false;
    script.add({ action: 'show', statement, rowCount, truncate: length, vertical });
    return none;
  },
  printSchema: (script, frame, args) => {
    const level = whole(args, 0, 'level');
    script.add({
      action: 'printSchema',
      statement: script.query(frame.relation),
      ...(level === undefined ? {} : { level }),
    });
    return none;
  },
  explain: (script, frame, args) => {
    const first = argument(args, 0, 'extended');
    const isExtended = first?.kind === 'bool' && first.value;
    const mode =
      text(args, 1, 'mode') ??
      (first?.kind === 'str' ? first.value : isExtended ? 'extended' : 'simple');
    script.add({ action: 'explain', statement: script.query(frame.relation), mode });
    return none;
  },
  count: (script, frame, args) => {
    const range = script.rangeOf(args.node);
    const relation: Relation = {
      kind: 'project',
      input: inputOf(script, frame, args),
      expressions: [call('count', [intLiteral(1, range)], range)],
      range,
    };
    return result(script, relation, 'count');
  },
  collect: (script, { relation, command }) => {
    if (command === undefined) return result(script, relation, 'rows');
    return {
      kind: 'result',
      step: script.add({ action: 'evaluate', statement: command, form: 'rows' }),
    };
  },
  isEmpty: (script, frame, args) =>
    result(script, limited(inputOf(script, frame, args), 1, script, args), 'isEmpty'),
  first: (script, frame, args) =>
    result(script, limited(inputOf(script, frame, args), 1, script, args), 'first'),
  head: (script, frame, args) => {
    const count = whole(args, 0, 'n');
    const input = inputOf(script, frame, args);
    if (count === undefined) return result(script, limited(input, 1, script, args), 'first');
    return result(script, limited(input, count, script, args), 'rows');
  },
  take: (script, frame, args) =>
    result(
      script,
      limited(inputOf(script, frame, args), whole(args, 0, 'num') ?? 0, script, args),
      'rows',
    ),
  tail: (script, frame, args) => {
    const count = whole(args, 0, 'num') ?? 0;
    const step = script.add({
      action: 'evaluate',
      statement: script.query(frame.relation),
      form: 'rows',
    });
    return { kind: 'result', step, path: [{ call: 'last', count }] };
  },
  toLocalIterator: (script, frame) => result(script, frame.relation, 'rows'),
  toPandas: (_, __, args) =>
    cannotKnow(
      'a pandas DataFrame is Python that runs; show() and collect() print the rows here',
      args.node,
    ),
  createOrReplaceTempView: view(true),
  createTempView: view(false),
  registerTempTable: view(true),
  createGlobalTempView: view(false, 'globalTemporary'),
  createOrReplaceGlobalTempView: view(true, 'globalTemporary'),
};

function cached(script: Script, frame: Frame): Value {
  script.cached.add(frame.relation);
  return frame;
}

function hinted(name: string, input: Relation, script: Script, args: Arguments): Relation {
  const range = script.rangeOf(args.node);
  const parameters = several(args).map((value) => columnOrName(value, range));
  return { kind: 'hint', input, name, parameters, range };
}

function result(
  script: Script,
  relation: Relation,
  form: 'rows' | 'first' | 'count' | 'isEmpty',
): Value {
  const step = script.add({ action: 'evaluate', statement: script.query(relation), form });
  return { kind: 'result', step };
}

function filtered(input: Relation, script: Script, args: Arguments): Relation {
  const range = script.rangeOf(args.node);
  const value = required(args, 0, 'condition');
  if (value.kind !== 'str' && value.kind !== 'column' && value.kind !== 'condition')
    return cannotKnow('a condition belongs here: a Column, or SQL as text', args.node);
  const condition = value.kind === 'str' ? readExpression(value, range) : columnOf(value, range);
  return { kind: 'filter', input, condition, range };
}

function withColumns(
  input: Relation,
  aliases: readonly ReturnType<typeof aliasOf>[],
  script: Script,
  args: Arguments,
): Relation {
  return { kind: 'withColumns', input, aliases, range: script.rangeOf(args.node) };
}

function limited(input: Relation, count: number, script: Script, args: Arguments): Relation {
  const range = script.rangeOf(args.node);
  return { kind: 'limit', input, limit: intLiteral(count, range), range };
}

function deduplicated(input: Relation, script: Script, args: Arguments): Relation {
  const range = script.rangeOf(args.node);
  const subset = argument(args, 0, 'subset');
  if (subset === undefined) return { kind: 'deduplicate', input, allColumnsAsKeys: true, range };
  if (subset.kind !== 'list' && subset.kind !== 'tuple')
    return cannotKnow('a list of names belongs here', args.node);
  return { kind: 'deduplicateBy', input, columnNames: texts(subset.items, args.node), range };
}

function sorted(input: Relation, script: Script, args: Arguments): Relation {
  const range = script.rangeOf(args.node);
  const ascending = args.keywords.get('ascending');
  const order = several(args).map((value, at) => {
    if (value.kind === 'sort') return value.order;
    const given = ascending?.kind === 'list' ? ascending.items[at] : ascending;
    const isAscending =
      given === undefined ||
      (given.kind === 'bool' ? given.value : given.kind === 'int' && given.value !== 0n);
    return sortOf(columnOrName(value, range), isAscending, range);
  });
  return { kind: 'sort', input, order, isGlobal: true, range };
}

const joinTypes: Readonly<Record<string, JoinType>> = {
  inner: 'inner',
  cross: 'cross',
  outer: 'fullOuter',
  full: 'fullOuter',
  fullouter: 'fullOuter',
  left: 'leftOuter',
  leftouter: 'leftOuter',
  right: 'rightOuter',
  rightouter: 'rightOuter',
  semi: 'leftSemi',
  leftsemi: 'leftSemi',
  anti: 'leftAnti',
  leftanti: 'leftAnti',
};

function join(script: Script, frame: Frame, args: Arguments): Value {
  const range = script.rangeOf(args.node);
  const how = (text(args, 2, 'how') ?? 'inner').toLowerCase().replaceAll('_', '');
  const joinType = joinTypes[how];
  if (!joinType) return cannotKnow(`'${how}' is no kind of join`, args.node);
  const on = argument(args, 1, 'on');
  const other = otherFrame(args);
  if (on === undefined) return joined(script, frame, other, args, { joinType });
  const parts = on.kind === 'list' || on.kind === 'tuple' ? on.items : [on];
  if (parts.every((part) => part.kind === 'str'))
    return joined(script, frame, other, args, { joinType, usingColumns: texts(parts, args.node) });
  const conditions = parts.map((part) => columnOf(part, range));
  const joinCondition = conditions.reduce((left, right) => operation('and', [left, right], range));
  return joined(script, frame, other, args, { joinType, joinCondition });
}

function joined(
  script: Script,
  frame: Frame,
  other: Frame,
  args: Arguments,
  how: Pick<Extract<Relation, { kind: 'join' }>, 'joinType' | 'joinCondition'> & {
    readonly usingColumns?: readonly string[];
  },
): Value {
  return script.frame({
    kind: 'join',
    left: inputOf(script, frame, args),
    right: inputOf(script, other, args),
    usingColumns: [],
    natural: false,
    ...how,
    range: script.rangeOf(args.node),
  });
}

function otherFrame(args: Arguments): Frame {
  const other = required(args, 0, 'other');
  return other.kind === 'frame' ? other : cannotKnow('a DataFrame belongs here', args.node);
}

type SetOperation = Extract<Relation, { kind: 'setOp' }>;

function setOperation(setOpType: SetOperation['setOpType'], isAll: boolean): Method {
  return (script, frame, args) =>
    combined(script, frame, args, { setOpType, isAll, byName: false });
}

function combined(
  script: Script,
  frame: Frame,
  args: Arguments,
  how: Pick<SetOperation, 'setOpType' | 'isAll' | 'byName'>,
): Value {
  return script.frame({
    kind: 'setOp',
    leftInput: inputOf(script, frame, args),
    rightInput: inputOf(script, otherFrame(args), args),
    ...how,
    range: script.rangeOf(args.node),
  });
}

function grouping(groupType: 'groupBy' | 'rollup' | 'cube'): Method {
  return (script, frame, args) => {
    const range = script.rangeOf(args.node);
    const columns = several(args).map((value) => columnOrName(value, range));
    return { kind: 'grouped', frame, groupType, grouping: columns };
  };
}

function view(replace: boolean, scope: 'temporary' | 'globalTemporary' = 'temporary'): Method {
  return (script, frame, args) => {
    const range = script.rangeOf(args.node);
    const viewName = requiredText(args, 0, 'name');
    if (scope === 'temporary') script.schemas.defineView(viewName, frame.relation);
    else script.schemas.defineView(`global_temp.${viewName}`, frame.relation);
    script.add({
      action: 'run',
      statement: script.encode({
        kind: 'createView',
        name: { nameParts: [viewName], range },
        scope,
        replace,
        ifNotExists: false,
        columns: [],
        properties: {},
        query: frame.relation,
        queryText: script.textOf(args.node),
        range,
      }),
    });
    return none;
  };
}
