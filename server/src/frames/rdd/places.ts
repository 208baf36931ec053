/** `x[0]`, `x["name"]`, `x[1:]` of elements, and of known values by elements. */
import type { SyntaxNode } from '@lezer/common';
import type { Range } from '#sql/plan/range.ts';
import { intType, longType, stringType } from '#sql/plan/types.ts';
import type { Expression } from '#sql/plan/unresolved.ts';
import { call, literal, operation } from '../expressions.ts';
import type { Script } from '../script.ts';
import type { Value } from '../values.ts';
import { cannotKnow } from '../values.ts';
import type { Element, ElementType } from './elements.ts';
import {
  castTo,
  certain,
  converted,
  describe,
  element,
  fieldOf,
  lifted,
  notComputed,
  partsOf,
  str,
  together,
} from './elements.ts';
import { choice, elementOperator } from './operators.ts';

export function elementAt(script: Script, receiver: Value, key: Value, node: SyntaxNode): Value {
  const range = script.rangeOf(node);
  if (receiver.kind === 'dict') return entryAt(script, receiver, key, undefined, node);
  const parts = partsOf(receiver, range);
  if (parts && key.kind === 'int') {
    const part = parts.at(Number(key.value));
    return part ?? cannotKnow(`there is no item ${key.value}; Python raises IndexError`, node);
  }
  const whole = certain(lifted(receiver, range), range);
  if (whole.type.kind === 'row' && key.kind === 'str')
    return attributeOfRow(whole, key.value, node, range);
  const index = certain(lifted(key, range), range);
  if (index.type.kind !== 'int')
    return notComputed(`an index that is ${describe(index.type)}`, node);
  if (whole.type.kind === 'list') return itemOf(whole, index, range);
  if (whole.type.kind === 'str') return characterOf(whole, index, range);
  return notComputed(`an item of ${describe(whole.type)}`, node);
}

/** `row.name`; undefined where the element has no such field. */
export function attributeOfRow(
  value: Element,
  name: string,
  node: SyntaxNode,
  range: Range,
): Element {
  const row = certain(value, range);
  if (row.type.kind !== 'row') return notComputed(`'.${name}' of ${describe(row.type)}`, node);
  const at = row.type.names.indexOf(name);
  const type = row.type.items[at];
  if (!type) return cannotKnow(`the row has no '${name}'; Python raises an error`, node);
  return element(type, fieldOf(row.expression, name, range));
}

/** From the front or, below zero, from the back; Spark raises an error outside, as Python does. */
function itemOf(list: Element, { expression: index }: Element, range: Range): Element {
  const type: ElementType = list.type.kind === 'list' ? list.type.item : { kind: 'none' };
  if (index.kind === 'literal' && typeof index.value === 'bigint' && index.value >= 0n)
    return element(type, {
      kind: 'extractValue',
      child: list.expression,
      extraction: literal(index.value, intType, range),
      range,
    });
  const one = literal(1n, longType, range);
  const place = choice(
    operation('<', [index, literal(0n, longType, range)], range),
    index,
    operation('+', [index, one], range),
    range,
  );
  return element(type, call('element_at', [list.expression, castTo(place, intType, range)], range));
}

function characterOf(text: Element, { expression: index }: Element, range: Range): Element {
  const length = sizeOf(text, range);
  const zero = literal(0n, longType, range);
  const isKnown = index.kind === 'literal' && typeof index.value === 'bigint';
  const place = isKnown
    ? Number(index.value) < 0
      ? operation('+', [length, index], range)
      : index
    : choice(
        operation('<', [index, zero], range),
        operation('+', [length, index], range),
        index,
        range,
      );
  const isThere = operation(
    'and',
    [operation('>=', [place, zero], range), operation('<', [place, length], range)],
    range,
  );
  const message = 'the text is too short; Python raises IndexError';
  const missing = call('raise_error', [literal(message, stringType, range)], range);
  const from = operation('+', [place, literal(1n, longType, range)], range);
  const character = call(
    'substring',
    [text.expression, castTo(from, intType, range), literal(1n, intType, range)],
    range,
  );
  return element(str, choice(isThere, character, missing, range));
}

export function sizeOf({ type, expression }: Element, range: Range): Expression {
  const size = call(type.kind === 'str' ? 'length' : 'size', [expression], range);
  return castTo(size, longType, range);
}

/** Bounds are known numbers; what lies outside is left out, as in Python. */
export function elementSlice(
  script: Script,
  receiver: Value,
  bounds: readonly [from: number | undefined, to: number | undefined],
  node: SyntaxNode,
): Value {
  const range = script.rangeOf(node);
  const [from = 0, to] = bounds;
  const parts = partsOf(receiver, range);
  if (parts) return { kind: 'tuple', items: parts.slice(from, to) };
  const whole = certain(lifted(receiver, range), range);
  if (whole.type.kind !== 'str' && whole.type.kind !== 'list')
    return notComputed(`a slice of ${describe(whole.type)}`, node);
  const number = (value: number) => literal(BigInt(value), longType, range);
  const size = sizeOf(whole, range);
  const fromEnd = (value: number) => operation('-', [size, number(-value)], range);
  const atLeastZero = (value: Expression) => call('greatest', [value, number(0)], range);
  const start = from < 0 ? atLeastZero(fromEnd(from)) : number(from);
  const end = to === undefined ? size : to < 0 ? fromEnd(to) : number(to);
  const isKnown = from >= 0 && to !== undefined && to >= 0;
  const count = isKnown
    ? number(Math.max(to - from, 0))
    : atLeastZero(operation('-', [end, start], range));
  const first = from >= 0 ? number(from + 1) : operation('+', [start, number(1)], range);
  const args = [first, count].map((value) =>
    value.kind === 'literal' ? { ...value, type: intType } : castTo(value, intType, range),
  );
  const name = whole.type.kind === 'str' ? 'substring' : 'slice';
  return element(whole.type, call(name, [whole.expression, ...args], range));
}

const MOST_ENTRIES = 500;

/** Of a dictionary that is known the value of a key that is not; without a fallback Python raises KeyError. */
export function entryAt(
  script: Script,
  { entries }: Extract<Value, { kind: 'dict' }>,
  key: Value,
  fallback: Value | undefined,
  node: SyntaxNode,
): Value {
  const range = script.rangeOf(node);
  if (entries.length > MOST_ENTRIES) return notComputed('a dictionary of so many entries', node);
  const values = entries.map(([, value]) => lifted(value, range));
  const otherwise = fallback && lifted(fallback, range);
  const [first, ...more] = [...values, ...(otherwise ? [otherwise] : [])];
  if (!first) return cannotKnow('there is no such key; Python raises KeyError', node);
  const type = more.reduce((all, value) => together(all, value.type, range), first.type);
  const branches = entries.flatMap(([entry], at) => {
    const isKey = elementOperator(script, '==', key, entry, node);
    if (isKey.kind !== 'element') return [];
    const value = converted(values[at] ?? first, type, range).expression;
    return [{ condition: isKey.expression, value }];
  });
  const message = 'there is no such key; Python raises KeyError';
  const elseValue = otherwise
    ? converted(otherwise, type, range).expression
    : call('raise_error', [literal(message, stringType, range)], range);
  return element(type, { kind: 'caseWhen', branches, elseValue, range });
}
