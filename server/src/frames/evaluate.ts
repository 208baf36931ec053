/** What an expression of the script stands for. Only what is certain from the text has a value; the rest is thrown as `CannotKnow`. */
import type { SyntaxNode } from '@lezer/common';
import { readStringLiteral } from '../python/stringLiteral.ts';
import { attributeOf } from './attributes.ts';
import { callValue } from './calls.ts';
import { arithmetic, comparison, isKnown, listOf, truth } from './constants.ts';
import { columnOperator, isColumn, negated } from './columnOperators.ts';
import { comprehension, dictionaryComprehension } from './comprehensions.ts';
import { namedColumn, placeOf } from './expressions.ts';
import { isSparkFunction } from './functions.ts';
import { formatString } from './formatStrings.ts';
import type { Script } from './script.ts';
import { TextPlaces } from './textPlaces.ts';
import { percentFormat } from './textMethods.ts';
import { hasElement } from './rdd/elements.ts';
import {
  elementChoice,
  elementLogic,
  elementOperator,
  elementSign,
  truthOf,
} from './rdd/operators.ts';
import { elementAt, elementSlice } from './rdd/places.ts';
import type { Value } from './values.ts';
import { CannotKnow, cannotKnow, none } from './values.ts';

export function evaluate(script: Script, node: SyntaxNode): Value {
  const value = valueOf(script, node);
  script.observer?.evaluated(node, value);
  return value;
}

function valueOf(script: Script, node: SyntaxNode): Value {
  switch (node.name) {
    case 'ParenthesizedExpression': {
      const inner = node.firstChild?.nextSibling;
      return inner ? evaluate(script, inner) : cannotKnow('this expression is not complete', node);
    }
    case 'VariableName':
      return nameValue(script, node);
    case 'String':
    case 'ContinuedString':
      return stringValue(script, node);
    case 'FormatString':
      return formatString(script, node, evaluate);
    case 'Number':
      return numberValue(script.textOf(node), node);
    case 'Boolean':
      return { kind: 'bool', value: script.textOf(node) === 'True' };
    case 'None':
      return none;
    case 'ArrayExpression':
    case 'SetExpression':
      return { kind: 'list', items: itemsOf(script, node) };
    case 'TupleExpression':
      return { kind: 'tuple', items: itemsOf(script, node) };
    case 'DictionaryExpression':
      return dictionary(script, node);
    case 'ArrayComprehensionExpression':
    case 'ComprehensionExpression':
    case 'SetComprehensionExpression':
      return comprehension(script, node);
    case 'DictionaryComprehensionExpression':
      return dictionaryComprehension(script, node);
    case 'MemberExpression':
      return member(script, node);
    case 'CallExpression':
      return callValue(script, node, evaluate);
    case 'UnaryExpression':
      return unary(script, node);
    case 'BinaryExpression':
      return binary(script, node);
    case 'ConditionalExpression':
      return conditional(script, node);
    case 'LambdaExpression':
      return { kind: 'function', node };
    default:
      return node.type.isError
        ? cannotKnow('this is not Python: a value is missing', node)
        : cannotKnow('what this gives is not known before the script runs', node);
  }
}

function nameValue(script: Script, node: SyntaxNode): Value {
  const name = script.textOf(node);
  const value = script.names.get(name);
  if (value && value.kind !== 'function' && !hasElement(value)) script.namesRead?.add(name);
  if (value?.kind === 'unknown')
    throw new CannotKnow(
      `'${name}' is not known here: ${value.reason} (line ${script.lineOf(value.range.start) + 1})`,
      script.rangeOf(node),
      value,
    );
  if (value) return value;
  if (name === '__name__') return { kind: 'str', value: '__main__' };
  const star = script.names.starImports.findLast((module) => mayDefine(module, name));
  if (star !== undefined) return { kind: 'known', path: `${star}.${name}` };
  return { kind: 'known', path: `builtins.${name}` };
}

/** Of modules that are not known here every name may come. */
function mayDefine(module: string, name: string): boolean {
  if (module === 'pyspark.sql.functions') return isSparkFunction(name);
  if (module === 'pyspark.sql.types') return /^[A-Z]\w*Type$|^StructField$|^Row$/.test(name);
  if (module === 'pyspark.sql') return /^(?:SparkSession|DataFrame|Column|Row|Window)$/.test(name);
  return true;
}

function stringValue(script: Script, node: SyntaxNode): Value {
  const literal = readStringLiteral(script.source.text, node);
  if (literal?.kind === 'str') return { kind: 'str', value: literal.value, literal };
  if (literal?.kind === 'bytes')
    return { kind: 'bytes', value: Uint8Array.from(literal.value, (unit) => unit.charCodeAt(0)) };
  if (node.name !== 'ContinuedString') return cannotKnow('this text is not complete', node);
  const places = new TextPlaces();
  for (let part = node.firstChild; part; part = part.nextSibling) {
    if (part.name === 'Comment') continue;
    const value = evaluate(script, part);
    if (value.kind !== 'str')
      return cannotKnow('this text is known only when the script runs', node);
    places.add(value, part);
  }
  return places.text;
}

function numberValue(text: string, node: SyntaxNode): Value {
  const digits = text.replace(/_/g, '');
  if (/^(?:0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|\d+)$/.test(digits))
    return { kind: 'int', value: BigInt(digits) };
  const value = Number(digits);
  if (Number.isNaN(value)) return cannotKnow('complex numbers have no type in Spark', node);
  return { kind: 'float', value };
}

/** The values between the brackets; a starred list is its items. */
export function itemsOf(script: Script, node: SyntaxNode): readonly Value[] {
  const items: Value[] = [];
  let isStarred = false;
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (/^[[\](){},]$/.test(child.name) || child.name === 'Comment') continue;
    if (child.name === '*') {
      isStarred = true;
      continue;
    }
    const value = evaluate(script, child);
    if (isStarred) items.push(...listOf(value, child));
    else items.push(value);
    isStarred = false;
  }
  return items;
}

function dictionary(script: Script, node: SyntaxNode): Value {
  const entries: [Value, Value][] = [];
  let key: Value | undefined;
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (/^[{}:,]$/.test(child.name) || child.name === 'Comment') continue;
    if (child.name === '**') return cannotKnow('a dictionary inside another is not read', child);
    const value = evaluate(script, child);
    if (key === undefined) key = value;
    else {
      entries.push([key, value]);
      key = undefined;
    }
  }
  return { kind: 'dict', entries };
}

function member(script: Script, node: SyntaxNode): Value {
  const { firstChild: object } = node;
  if (!object) return cannotKnow('this expression is not complete', node);
  const receiver = evaluate(script, object);
  const property = node.getChild('PropertyName');
  if (property) return attributeOf(script, receiver, script.textOf(property), node);
  const index = object.nextSibling?.nextSibling;
  if (!index || index.name === ']') return cannotKnow('this expression is not complete', node);
  if (index.name === ':' || index.nextSibling?.name !== ']')
    return slice(script, receiver, index, node);
  return subscript(script, receiver, evaluate(script, index), node);
}

function subscript(script: Script, receiver: Value, key: Value, node: SyntaxNode): Value {
  const range = script.rangeOf(node);
  if (receiver.kind === 'element' || hasElement(key)) return elementAt(script, receiver, key, node);
  switch (receiver.kind) {
    case 'frame': {
      if (key.kind === 'str')
        return {
          kind: 'column',
          expression: namedColumn(key.value, placeOf(key, range), receiver.planId),
        };
      if (key.kind === 'column' || key.kind === 'list' || key.kind === 'tuple') {
        const name = key.kind === 'column' ? 'filter' : 'select';
        return callValue(script, node, evaluate, { kind: 'method', receiver, name }, [key]);
      }
      return cannotKnow('a DataFrame takes a name, a condition or a list of columns here', node);
    }
    case 'column':
    case 'condition':
      return callValue(script, node, evaluate, { kind: 'method', receiver, name: 'getItem' }, [
        key,
      ]);
    case 'result': {
      if (key.kind !== 'int' && key.kind !== 'str')
        return cannotKnow('only a whole number or a name is read here', node);
      const place = key.kind === 'int' ? Number(key.value) : key.value;
      return { ...receiver, path: [...(receiver.path ?? []), place] };
    }
    case 'row': {
      const at =
        key.kind === 'str'
          ? receiver.names.indexOf(key.value)
          : key.kind === 'int'
            ? Number(key.value)
            : -1;
      const item = key.kind === 'str' ? receiver.items[at] : receiver.items.at(at);
      return item ?? cannotKnow('the row has no such value; Python raises an error', node);
    }
    case 'list':
    case 'tuple': {
      if (key.kind !== 'int') return cannotKnow('only a whole number is read here', node);
      const at = Number(key.value);
      const item = receiver.items.at(at);
      return item ?? cannotKnow(`there is no item ${at}; Python raises IndexError`, node);
    }
    case 'dict': {
      const found = receiver.entries.findLast(([one]) => comparison('==', one, key) === true);
      return found?.[1] ?? cannotKnow('there is no such key; Python raises KeyError', node);
    }
    default:
      return cannotKnow('what this gives is not known before the script runs', node);
  }
}

/** `items[a:b]` of what is known. */
function slice(script: Script, receiver: Value, first: SyntaxNode, node: SyntaxNode): Value {
  const bounds: (number | undefined)[] = [undefined];
  for (
    let child: SyntaxNode | null = first;
    child && child.name !== ']';
    child = child.nextSibling
  ) {
    if (child.name === ':') bounds.push(undefined);
    else if (child.name === ',') return cannotKnow('this index is not read', node);
    else {
      const value = evaluate(script, child);
      if (value.kind !== 'int') return cannotKnow('only whole numbers are read here', child);
      bounds[bounds.length - 1] = Number(value.value);
    }
  }
  const [from, to, step = 1] = bounds;
  if (step !== 1) return cannotKnow('a slice with steps is not read', node);
  if (receiver.kind === 'element') return elementSlice(script, receiver, [from, to], node);
  if (receiver.kind === 'list' || receiver.kind === 'tuple')
    return { kind: receiver.kind, items: receiver.items.slice(from, to) };
  if (receiver.kind === 'result') {
    const bounds = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
    return { ...receiver, path: [...(receiver.path ?? []), { call: 'slice', ...bounds }] };
  }
  if (receiver.kind === 'str') {
    const characters = Array.from(receiver.value);
    return { kind: 'str', value: characters.slice(from, to).join('') };
  }
  return cannotKnow('what this gives is not known before the script runs', node);
}

function unary(script: Script, node: SyntaxNode): Value {
  const operator = node.firstChild ? script.textOf(node.firstChild) : '';
  const operand = node.lastChild;
  if (!operand) return cannotKnow('this expression is not complete', node);
  const value = evaluate(script, operand);
  if (hasElement(value)) return elementSign(script, operator, value, node);
  if (isColumn(value)) return negated(script, operator, value, node);
  if (operator === 'not' && isKnown(value)) return { kind: 'bool', value: !truth(value, operand) };
  if (operator === '-' && value.kind === 'int') return { kind: 'int', value: -value.value };
  if (operator === '-' && value.kind === 'float') return { kind: 'float', value: -value.value };
  if (operator === '-' && value.kind === 'decimal') return { ...value, unscaled: -value.unscaled };
  return cannotKnow(`'${operator}' of this is not known before the script runs`, node);
}

function binary(script: Script, node: SyntaxNode): Value {
  const [first, last] = [node.firstChild, node.lastChild];
  if (!first || !last) return cannotKnow('this expression is not complete', node);
  const operator = operatorText(script, node);
  if (operator === 'and' || operator === 'or') return logical(script, operator, first, last, node);
  const left = evaluate(script, first);
  const right = evaluate(script, last);
  if (hasElement(left) || hasElement(right))
    return elementOperator(script, operator, left, right, node);
  if (isColumn(left) || isColumn(right)) return columnOperator(script, operator, left, right, node);
  const compared = comparison(operator, left, right);
  if (compared !== undefined) return { kind: 'bool', value: compared };
  if (operator === '+' && left.kind === 'str' && right.kind === 'str') {
    const places = new TextPlaces();
    places.add(left, first);
    places.add(right, last);
    return places.text;
  }
  const result =
    operator === '%' && left.kind === 'str'
      ? percentFormat(left.value, right, { node })
      : arithmetic(operator, left, right);
  return result ?? cannotKnow(`what '${operator}' gives is not known before the script runs`, node);
}

/** `not in` and `is not` are two words. */
function operatorText(script: Script, node: SyntaxNode): string {
  const words: string[] = [];
  for (
    let child = node.firstChild?.nextSibling;
    child && child !== node.lastChild;
    child = child.nextSibling
  )
    if (child.from < (node.lastChild?.from ?? 0) && child.name !== 'Comment')
      words.push(script.textOf(child));
  return words.join(' ');
}

function logical(
  script: Script,
  operator: 'and' | 'or',
  first: SyntaxNode,
  last: SyntaxNode,
  node: SyntaxNode,
): Value {
  const left = evaluate(script, first);
  if (isColumn(left))
    return cannotKnow(
      `'${operator}' asks a Column for a truth value, which it does not have; '${operator === 'and' ? '&' : '|'}' joins conditions, each in parentheses`,
      node,
    );
  if (hasElement(left)) return elementLogic(script, operator, left, evaluate(script, last), node);
  const isTrue = truth(left, first);
  return isTrue === (operator === 'and') ? evaluate(script, last) : left;
}

function conditional(script: Script, node: SyntaxNode): Value {
  const parts: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) parts.push(child);
  const [whenTrue, , test, , whenFalse] = parts;
  if (!whenTrue || !test || !whenFalse) return cannotKnow('this expression is not complete', node);
  const condition = evaluate(script, test);
  if (hasElement(condition)) {
    const range = script.rangeOf(node);
    const [yes, no] = [evaluate(script, whenTrue), evaluate(script, whenFalse)];
    return elementChoice(truthOf(condition, test, range), yes, no, range);
  }
  return evaluate(script, truth(condition, test) ? whenTrue : whenFalse);
}
