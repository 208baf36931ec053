/** Calls: of methods, of what PySpark and Python name, and of functions that the script defines. */
import type { SyntaxNode } from '@lezer/common';
import type { Arguments } from './arguments.ts';
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
import { sparkType } from './types.ts';
import type { Value } from './values.ts';
import { cannotKnow } from './values.ts';
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
  switch (callee.kind) {
    case 'method':
      return callMethod(script, callee.receiver, callee.name, args);
    case 'known':
      return callKnown(script, callee.path, args);
    case 'function':
      return callScriptFunction(script, callee.node, args);
    case 'reader':
    case 'builder':
    case 'column':
      return cannotKnow('this is no function', node);
    default:
      return cannotKnow('what is called here is not known before the script runs', node);
  }
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
      return cannotKnow(`the function stat.${name} is not read yet`, args.node);
    case 'reader':
      return readerMethod(script, receiver, name, args);
    case 'writer':
      return writerMethod(script, receiver, name, args);
    case 'window':
    case 'windowClass':
      return windowMethod(script, receiver, name, args);
    case 'str':
    case 'list':
    case 'dict':
      return callBuiltin(script, `${receiver.kind}.${name}`, {
        ...args,
        positional: [receiver, ...args.positional],
      });
    default:
      return cannotKnow(`what '${name}' gives here is not known before the script runs`, args.node);
  }
}

function callKnown(script: Script, path: string, args: Arguments): Value {
  if (path.startsWith('builtins.'))
    return callBuiltin(script, path.slice('builtins.'.length), args);
  const functions = 'pyspark.sql.functions.';
  if (path.startsWith(functions)) return sparkFunction(script, path.slice(functions.length), args);
  const types = /^pyspark\.sql\.types\.(\w+)$/.exec(path)?.[1];
  if (types !== undefined) return sparkType(script, types, args);
  if (path === 'pyspark.sql.Row') return rowOf(args);
  const datetime = /^(?:datetime|decimal)\.(.+)$/.exec(path)?.[1];
  if (datetime !== undefined) return callBuiltin(script, path, args);
  const [library = ''] = path.split('.');
  return cannotKnow(
    `'${path}' is Python that runs: what ${library} gives is not known here`,
    args.node,
  );
}

function rowOf({ positional, keywords }: Arguments): Value {
  return {
    kind: 'row',
    names: [...keywords.keys()],
    items: [...positional, ...keywords.values()],
  };
}
