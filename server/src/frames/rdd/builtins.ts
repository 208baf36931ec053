/** Python's own functions of elements of an RDD. */
import type { SyntaxNode } from '@lezer/common';
import type { Range } from '#sql/plan/range.ts';
import { arrayType, doubleType, longType, stringType } from '#sql/plan/types.ts';
import type { Expression } from '#sql/plan/unresolved.ts';
import type { Arguments } from '../arguments.ts';
import { call, literal, operation } from '../expressions.ts';
import type { Script } from '../script.ts';
import type { Value } from '../values.ts';
import type { Element, ElementType } from './elements.ts';
import {
  castTo,
  certain,
  describe,
  element,
  float,
  hasElement,
  int,
  lifted,
  notComputed,
  partsOf,
  str,
  together,
} from './elements.ts';
import { asNumber, choice, elementOperator, truthOf } from './operators.ts';
import { sizeOf } from './places.ts';
import { asText } from './texts.ts';

/** Undefined where no argument is an element. */
export function elementBuiltin(script: Script, name: string, args: Arguments): Value | undefined {
  if (!args.positional.some(hasElement)) return undefined;
  const { node } = args;
  const range = script.rangeOf(node);
  const isSorted = name === 'sorted' && [...args.keywords.keys()].join() === 'reverse';
  if (args.keywords.size > 0 && !isSorted)
    return notComputed(`'${name}' with such arguments`, node);
  const [first, second] = args.positional;
  if (!first) return undefined;
  switch (name) {
    case 'len': {
      const parts = partsOf(first, range);
      if (parts) return { kind: 'int', value: BigInt(parts.length) };
      const value = certain(lifted(first, range), range);
      if (value.type.kind !== 'str' && value.type.kind !== 'list') break;
      return element(int, sizeOf(value, range));
    }
    case 'str': {
      const text = asText(first, range);
      if (!text) return notComputed(`'str' of ${describe(lifted(first, range).type)}`, node);
      return element(str, text);
    }
    case 'int':
      return second ? notComputed("'int' with a base", node) : wholeOf(first, node, range);
    case 'float':
      return floatOf(first, node, range);
    case 'bool':
      return truthOf(first, node, range);
    case 'abs':
    case 'round': {
      const number = asNumber(certain(lifted(first, range), range), range);
      if (second || (number.type.kind !== 'int' && number.type.kind !== 'float')) break;
      if (name === 'abs') return element(number.type, call('abs', [number.expression], range));
      if (number.type.kind === 'int') return number;
      return element(int, castTo(call('rint', [number.expression], range), longType, range));
    }
    case 'min':
    case 'max':
      return args.positional.length > 1
        ? extreme(name, args.positional, node, range)
        : extremeOf(name, first, node, range);
    case 'sum':
      return second ? notComputed("'sum' with a start", node) : sumOf(script, first, node);
    case 'sorted': {
      const list = listOf(first, range);
      if (!list) break;
      const reverse = args.keywords.get('reverse');
      if (reverse && reverse.kind !== 'bool') break;
      const ascending = { kind: 'bool', value: reverse?.value !== true } as const;
      const args2 = [list.expression, lifted(ascending, range).expression];
      return element(list.type, call('sort_array', args2, range));
    }
    case 'list': {
      const list = listOf(first, range);
      if (!list) break;
      return list;
    }
    case 'tuple': {
      const items = partsOf(first, range);
      if (!items) break;
      return { kind: 'tuple', items };
    }
    case 'range':
      return rangeOf(args, range);
  }
  return notComputed(`'${name}' of ${describe(lifted(first, range).type)}`, node);
}

function listOf(value: Value, range: Range): Element | undefined {
  const parts = partsOf(value, range);
  const list = certain(lifted(parts ? { kind: 'list', items: parts } : value, range), range);
  return list.type.kind === 'list' ? list : undefined;
}

function wholeOf(value: Value, node: SyntaxNode, range: Range): Element {
  const { type, expression } = asNumber(certain(lifted(value, range), range), range);
  if (type.kind === 'int') return element(int, expression);
  if (type.kind !== 'str' && type.kind !== 'float')
    return notComputed(`'int' of ${describe(type)}`, node);
  return element(int, castTo(expression, longType, range));
}

function floatOf(value: Value, node: SyntaxNode, range: Range): Element {
  const { type, expression } = asNumber(certain(lifted(value, range), range), range);
  if (type.kind === 'float') return element(float, expression);
  if (type.kind !== 'str' && type.kind !== 'int')
    return notComputed(`'float' of ${describe(type)}`, node);
  return element(float, castTo(expression, doubleType, range));
}

function extreme(
  name: 'min' | 'max',
  values: readonly Value[],
  node: SyntaxNode,
  range: Range,
): Element {
  const elements = values.map((value) => certain(lifted(value, range), range));
  const [first, ...more] = elements;
  if (!first || !/^(?:int|float|str)$/.test(first.type.kind))
    return notComputed(`'${name}' of such values`, node);
  const type = more.reduce<ElementType>((all, each) => together(all, each.type, range), first.type);
  const expressions = elements.map(({ expression }) => expression);
  return element(type, call(name === 'min' ? 'least' : 'greatest', expressions, range));
}

function extremeOf(name: 'min' | 'max', value: Value, node: SyntaxNode, range: Range): Element {
  const list = listOf(value, range);
  if (list?.type.kind !== 'list') return notComputed(`'${name}' of this`, node);
  const message = `'${name}' of an empty list; Python raises ValueError`;
  const raised = call('raise_error', [literal(message, stringType, range)], range);
  const found = call(`array_${name}`, [list.expression], range);
  return element(list.type.item, call('coalesce', [found, raised], range));
}

function sumOf(script: Script, value: Value, node: SyntaxNode): Value {
  const range = script.rangeOf(node);
  const parts = partsOf(value, range);
  if (parts)
    return parts.reduce((sum, item) => elementOperator(script, '+', sum, item, node), {
      kind: 'int',
      value: 0n,
    });
  const list = certain(lifted(value, range), range);
  if (list.type.kind !== 'list') return notComputed(`'sum' of ${describe(list.type)}`, node);
  const { item } = list.type;
  if (item.kind !== 'int' && item.kind !== 'float')
    return notComputed(`'sum' of a list of ${describe(item)}`, node);
  const zero = item.kind === 'int' ? literal(0n, longType, range) : literal(0, doubleType, range);
  const name = (each: string): Expression => ({
    kind: 'unresolvedAttribute',
    nameParts: [each],
    range,
  });
  const add: Expression = {
    kind: 'lambdaFunction',
    function: operation('+', [name('total'), name('item')], range),
    arguments: ['total', 'item'],
    range,
  };
  return element(item, call('aggregate', [list.expression, zero, add], range));
}

/** `sequence` counts down where the end comes before the start; `range` is empty there. */
function rangeOf({ positional, node }: Arguments, range: Range): Element {
  const bounds = positional.map((value) => certain(lifted(value, range), range));
  const [first, second, step] = bounds;
  if (step || !first || bounds.some(({ type }) => type.kind !== 'int'))
    return notComputed('such a range', node);
  const start = second ? first.expression : literal(0n, longType, range);
  const end = (second ?? first).expression;
  const last = operation('-', [end, literal(1n, longType, range)], range);
  const empty = castTo(call('array', [], range), arrayType(longType), range);
  const isThere = operation('<', [start, end], range);
  return element(
    { kind: 'list', item: int },
    choice(isThere, call('sequence', [start, last], range), empty, range),
  );
}
