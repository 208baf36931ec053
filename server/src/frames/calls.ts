/** Calls: of methods, of what PySpark and Python name, and of functions that the script defines. */
import type { SyntaxNode } from '@lezer/common';
import { parseType } from '#sql/plan/typeText.ts';
import { simpleString } from '#sql/plan/types.ts';
import type { Arguments } from './arguments.ts';
import { flag, required, requiredText } from './arguments.ts';
import { callBuiltin } from './builtins.ts';
import { columnMethod } from './columnMethods.ts';
import { callScriptFunction } from './scriptFunctions.ts';
import { frameMethods } from './frameMethods.ts';
import { sparkFunction } from './functions.ts';
import { groupedMethod } from './grouped.ts';
import { listOf } from './constants.ts';
import { readerMethod, writerMethod } from './files.ts';
import { naMethod } from './nullFunctions.ts';
import type { Script } from './script.ts';
import { builderMethod, catalogMethod, confMethod, sessionMethod } from './session.ts';
import { statMethod } from './statistics.ts';
import { sparkType } from './types.ts';
import type { Value } from './values.ts';
import { cannotKnow } from './values.ts';
import { dictionaryMethod, textMethod } from './textMethods.ts';
import { elementBuiltin } from './rdd/builtins.ts';
import { confBuilderMethod, contextMethod, contextOf } from './rdd/context.ts';
import { hasElement } from './rdd/elements.ts';
import { entryAt } from './rdd/places.ts';
import { elementMethod } from './rdd/texts.ts';
import { rddMethod } from './rdd/transformations.ts';
import { pandasFrame } from './pandas.ts';
import { windowMethod } from './windows.ts';

type Evaluate = (script: Script, node: SyntaxNode) => Value;

/** `given` and `values` where the callee and its arguments do not stand in the text as a call. */
export function callValue(
  script: Script,
  node: SyntaxNode,
  evaluate: Evaluate,
  given?: Value,
  values?: readonly Value[],
): Value {
  const calleeNode = node.firstChild;
  if (!calleeNode) return cannotKnow('this expression is not complete', node);
  const callee = given ?? evaluate(script, calleeNode);
  const args = values
    ? { positional: values, keywords: new Map<string, Value>(), node }
    : argumentsOf(script, node, evaluate);
  script.observer?.called(callee, args);
  switch (callee.kind) {
    case 'method':
      return callMethod(script, callee.receiver, callee.name, args);
    case 'known':
      return callKnown(script, callee.path, args);
    case 'function':
      return callScriptFunction(script, callee.node, args);
    case 'row':
      // Row("a", "b") makes rows with those names.
      return {
        kind: 'row',
        names: callee.items.flatMap((item) => (item.kind === 'str' ? [item.value] : [])),
        items: args.positional,
      };
    case 'result': {
      // What a dictionary of results has, as it would be called.
      const view = callee.path?.at(-1);
      if (view !== 'items' && view !== 'keys' && view !== 'values') break;
      return { ...callee, path: [...(callee.path ?? []).slice(0, -1), { call: view }] };
    }
    case 'reader':
    case 'builder':
    case 'column':
      return cannotKnow('this is no function', node);
    default:
  }
  return cannotKnow('what is called here is not known before the script runs', node);
}

function argumentsOf(script: Script, node: SyntaxNode, evaluate: Evaluate): Arguments {
  const positional: Value[] = [];
  const keywords = new Map<string, Value>();
  const list = node.lastChild;
  let keyword: string | undefined;
  let star: string | undefined;
  let isAwaitingValue = false;
  for (let child = list?.firstChild; child; child = child.nextSibling) {
    if (/^[(),]$/.test(child.name) || child.name === 'Comment') continue;
    if (child.name === '*' || child.name === '**') {
      star = child.name;
      continue;
    }
    if (child.name === 'AssignOp') continue;
    if (
      !isAwaitingValue &&
      child.name === 'VariableName' &&
      child.nextSibling?.name === 'AssignOp'
    ) {
      keyword = script.textOf(child);
      isAwaitingValue = true;
      continue;
    }
    const value = evaluate(script, child);
    if (star === '*') positional.push(...listOf(value, child));
    else if (star === '**') {
      if (value.kind !== 'dict') return cannotKnow('these options are not known here', child);
      for (const [key, inner] of value.entries)
        if (key.kind === 'str') keywords.set(key.value, inner);
    } else if (keyword !== undefined) keywords.set(keyword, value);
    else positional.push(value);
    [keyword, star, isAwaitingValue] = [undefined, undefined, false];
  }
  return { positional, keywords, node };
}

function callMethod(script: Script, receiver: Value, name: string, args: Arguments): Value {
  switch (receiver.kind) {
    case 'session':
      return sessionMethod(script, name, args);
    case 'builder':
      return builderMethod(script, name, args);
    case 'conf':
      return confMethod(script, name, args);
    case 'catalog':
      return catalogMethod(script, name, args);
    case 'frame': {
      const method = frameMethods[name];
      if (!method) return cannotKnow(`DataFrame.${name} is not read yet`, args.node);
      if (receiver.command !== undefined && name !== 'show' && name !== 'collect')
        return cannotKnow(
          'the answer of this statement is shown and collected here, but not queried',
          args.node,
        );
      return method(script, receiver, args);
    }
    case 'column':
    case 'condition':
      return columnMethod(script, receiver, name, args);
    case 'grouped':
      return groupedMethod(script, receiver, name, args);
    case 'naFunctions':
      return naMethod(script, receiver.frame, name, args);
    case 'statFunctions':
      return statMethod(script, receiver.frame, name, args);
    case 'reader':
      return readerMethod(script, receiver, name, args);
    case 'writer':
      return writerMethod(script, receiver, name, args);
    case 'window':
    case 'windowClass':
      return windowMethod(script, receiver, name, args);
    case 'element':
      return elementMethod(script, receiver, name, args);
    case 'rdd':
      return rddMethod(script, receiver, name, args);
    case 'sparkConf':
      return confBuilderMethod(script, name, args);
    case 'broadcast':
      if (name === 'unpersist' || name === 'destroy') return { kind: 'none' };
      return unknownMethod(name, args);
    case 'str':
      if (args.positional.some(hasElement)) return elementMethod(script, receiver, name, args);
      return textMethod(receiver.value, name, args) ?? unknownMethod(name, args);
    case 'dict':
      if (name === 'get' && args.positional[0] && hasElement(args.positional[0]))
        return entryAt(
          script,
          receiver,
          args.positional[0],
          args.positional[1] ?? { kind: 'none' },
          args.node,
        );
      return dictionaryMethod(receiver, name, args) ?? unknownMethod(name, args);
    case 'list':
      return listMethod(script, receiver, name, args) ?? unknownMethod(name, args);
    case 'sparkContext':
      return contextMethod(script, name, args);
    case 'result':
      if (name === 'asDict' && args.positional.length === 0)
        return { ...receiver, path: [...(receiver.path ?? []), { call: 'asDict' }] };
      return unknownMethod(name, args);
    case 'schema':
      return schemaMethod(receiver, name, args) ?? unknownMethod(name, args);
    case 'row':
      if (name === 'asDict')
        return {
          kind: 'dict',
          entries: receiver.names.map((key, at) => [
            { kind: 'str', value: key },
            receiver.items[at] ?? { kind: 'none' },
          ]),
        };
      return unknownMethod(name, args);
    default:
      return unknownMethod(name, args);
  }
}

function unknownMethod(name: string, args: Arguments): never {
  return cannotKnow(`what '${name}' gives here is not known before the script runs`, args.node);
}

/** A list that has a name may grow: the name stands for the longer one from here on. */
function listMethod(
  script: Script,
  list: Extract<Value, { kind: 'list' | 'tuple' }>,
  name: string,
  args: Arguments,
): Value | undefined {
  const [first] = args.positional;
  if (name === 'index' || name === 'count') return undefined;
  const target = args.node.firstChild?.firstChild;
  if (target?.name !== 'VariableName' || !first) return undefined;
  const items =
    name === 'append'
      ? [...list.items, first]
      : name === 'extend'
        ? [...list.items, ...listOf(first, args.node)]
        : undefined;
  if (!items || !script.names.isOwn(script.textOf(target))) return undefined;
  script.names.set(script.textOf(target), { kind: 'list', items });
  return { kind: 'none' };
}

/** `StructType().add(…)` and what a schema tells of itself. */
function schemaMethod(
  { fields }: Extract<Value, { kind: 'schema' }>,
  name: string,
  args: Arguments,
): Value | undefined {
  if (name === 'fieldNames')
    return {
      kind: 'list',
      items: fields.map((field): Value => ({ kind: 'str', value: field.name })),
    };
  if (name === 'simpleString')
    return { kind: 'str', value: simpleString({ kind: 'struct', fields }) };
  if (name !== 'add') return undefined;
  const [first] = args.positional;
  if (first?.kind === 'schema') return { kind: 'schema', fields: [...fields, ...first.fields] };
  const type = required(args, 1, 'data_type');
  const parsed =
    type.kind === 'type'
      ? type.type
      : type.kind === 'schema'
        ? ({ kind: 'struct', fields: type.fields } as const)
        : type.kind === 'str'
          ? parseType(type.value)
          : undefined;
  if (!parsed) return undefined;
  const field = {
    name: requiredText(args, 0, 'field'),
    type: parsed,
    nullable: flag(args, 2, 'nullable') ?? true,
  };
  return { kind: 'schema', fields: [...fields, field] };
}

/** What of Spark is more than DataFrames and SQL. */
const notHere = {
  learning: 'machine learning (pyspark.ml) needs a running Spark; DataFrames and SQL run here',
  pandas: 'the pandas API on Spark needs a running Spark; DataFrames and SQL run here',
  streams: 'streams need a running Spark',
} as const;

function partOfSpark(path: string): string | undefined {
  const part = /^pyspark\.(\w+)\./.exec(path)?.[1];
  if (part === 'ml' || part === 'mllib') return notHere.learning;
  if (part === 'pandas') return notHere.pandas;
  return part === 'streaming' ? notHere.streams : undefined;
}

function callKnown(script: Script, path: string, args: Arguments): Value {
  if (path.startsWith('builtins.')) {
    const name = path.slice('builtins.'.length);
    return elementBuiltin(script, name, args) ?? callBuiltin(script, name, args);
  }
  if (/^pyspark\.(?:context\.)?SparkContext(?:\.getOrCreate)?$/.test(path))
    return contextOf(script, args);
  if (/^pyspark\.(?:conf\.)?SparkConf$/.test(path)) return { kind: 'sparkConf' };
  if (path === 'pyspark.sql.SparkSession') return { kind: 'session' };
  if (path === 'pandas.DataFrame') return pandasFrame(args);
  const functions = 'pyspark.sql.functions.';
  if (path.startsWith(functions)) return sparkFunction(script, path.slice(functions.length), args);
  const types = /^pyspark\.sql\.types\.(\w+)$/.exec(path)?.[1];
  if (types !== undefined) return sparkType(script, types, args);
  if (path === 'pyspark.sql.Row' || path === 'pyspark.sql.types.Row') return rowOf(args);
  if (path === 'functools.reduce') return reduced(script, args);
  const method = /^pyspark\.sql\.(?:dataframe\.)?DataFrame\.(\w+)$/.exec(path)?.[1];
  const [self, ...more] = args.positional;
  if (method !== undefined && self?.kind === 'frame')
    return callMethod(script, self, method, { ...args, positional: more });
  const datetime = /^(?:datetime|decimal)\.(.+)$/.exec(path)?.[1];
  if (datetime !== undefined) return callBuiltin(script, path, args);
  const part = partOfSpark(path);
  if (part !== undefined) return cannotKnow(part, args.node);
  const [library = ''] = path.split('.');
  return cannotKnow(
    `'${path}' is Python that runs: what ${library} gives is not known here`,
    args.node,
  );
}

/** `reduce(function, items, start)` of what is known. */
function reduced(script: Script, args: Arguments): Value {
  const [combine, items, start] = args.positional;
  if (!combine || !items) return cannotKnow('an argument is missing', args.node);
  const values = [...(start ? [start] : []), ...listOf(items, args.node)];
  return values.reduce((left, right) => {
    const call = { positional: [left, right], keywords: new Map<string, Value>(), node: args.node };
    if (combine.kind === 'function') return callScriptFunction(script, combine.node, call);
    if (combine.kind === 'known') return callKnown(script, combine.path, call);
    return cannotKnow('the function is not known here', args.node);
  });
}

function rowOf({ positional, keywords }: Arguments): Value {
  return {
    kind: 'row',
    names: [...keywords.keys()],
    items: [...positional, ...keywords.values()],
  };
}
