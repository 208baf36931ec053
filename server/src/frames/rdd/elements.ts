/**
 * Elements of an RDD inside the functions that it is given: what Python would compute for each of them, as an
 * expression over the one column that an RDD's relation has. Types are those of Python: a number that Spark keeps as
 * BIGINT is an `int` here, and a struct a tuple.
 */
import type { SyntaxNode } from '@lezer/common';
import type { ElementShape } from '#shared/protocol/frameScript.ts';
import type { Range } from '#sql/plan/range.ts';
import type { DataType } from '#sql/plan/types.ts';
import {
  arrayType,
  booleanType,
  doubleType,
  longType,
  sameType,
  stringType,
  voidType,
} from '#sql/plan/types.ts';
import type { Expression } from '#sql/plan/unresolved.ts';
import { call, literal, literalOf } from '../expressions.ts';
import type { Value } from '../values.ts';
import { CannotKnow, cannotKnow } from '../values.ts';

export type ElementType =
  | { readonly kind: 'bool' | 'int' | 'float' | 'str' | 'none' }
  | { readonly kind: 'tuple'; readonly items: readonly ElementType[] }
  | {
      readonly kind: 'row';
      readonly names: readonly string[];
      readonly items: readonly ElementType[];
    }
  | { readonly kind: 'list'; readonly item: ElementType }
  /** Carried along, printed and compared, and no more: dates, decimals, maps. */
  | { readonly kind: 'other'; readonly type: DataType }
  | { readonly kind: 'optional'; readonly of: Exclude<ElementType, { kind: 'optional' }> };

export interface Element {
  readonly kind: 'element';
  readonly type: ElementType;
  readonly expression: Expression;
}

export const int: ElementType = { kind: 'int' };
export const float: ElementType = { kind: 'float' };
export const str: ElementType = { kind: 'str' };
export const bool: ElementType = { kind: 'bool' };

export function element(type: ElementType, expression: Expression): Element {
  return { kind: 'element', type, expression };
}

/** Whether some of the value is known only for each element. */
export function hasElement(value: Value): boolean {
  if (value.kind === 'element') return true;
  if (value.kind === 'list' || value.kind === 'tuple') return value.items.some(hasElement);
  return value.kind === 'row' && value.items.some(hasElement);
}

/** Any value that an element can be, known or not. */
export function lifted(value: Value, range: Range): Element {
  switch (value.kind) {
    case 'element':
      return value;
    case 'none':
      return element({ kind: 'none' }, literal(null, voidType, range));
    case 'bool':
      return element(bool, literal(value.value, booleanType, range));
    case 'int':
      if (BigInt.asIntN(64, value.value) !== value.value)
        throw new CannotKnow('a whole number of more than 64 bits is not computed here', range);
      return element(int, literal(value.value, longType, range));
    case 'float':
      return element(float, literal(value.value, doubleType, range));
    case 'str':
      return element(str, literal(value.value, stringType, range));
    case 'tuple': {
      const items = value.items.map((item) => lifted(item, range));
      return structOf({ kind: 'tuple', items: items.map(({ type }) => type) }, items, range);
    }
    case 'row': {
      const items = value.items.map((item) => lifted(item, range));
      const names = items.map((_, at) => value.names[at] ?? `_${at + 1}`);
      return structOf({ kind: 'row', names, items: items.map(({ type }) => type) }, items, range);
    }
    case 'list': {
      const items = value.items.map((item) => lifted(item, range));
      const item = items.reduce<ElementType>((type, each) => together(type, each.type, range), {
        kind: 'none',
      });
      const expressions = items.map((each) => converted(each, item, range).expression);
      return element({ kind: 'list', item }, call('array', expressions, range));
    }
    case 'date':
      return element({ kind: 'other', type: { kind: 'date' } }, literalOf(value, range));
    default:
      throw new CannotKnow('this value is not known inside the function of an RDD', range);
  }
}

function structOf(
  type: Extract<ElementType, { kind: 'tuple' | 'row' }>,
  items: readonly Element[],
  range: Range,
): Element {
  const names = namesOf(type);
  const fields = items.flatMap(({ expression }, at) => [
    literal(names[at] ?? '', stringType, range),
    expression,
  ]);
  return element(type, call('named_struct', fields, range));
}

export function namesOf(type: Extract<ElementType, { kind: 'tuple' | 'row' }>): readonly string[] {
  return type.kind === 'row' ? type.names : type.items.map((_, at) => `_${at + 1}`);
}

/** What a tuple, a row, or a list that is known has at its places; undefined for anything else. */
export function partsOf(value: Value, range: Range): readonly Value[] | undefined {
  if (value.kind === 'tuple' || value.kind === 'list' || value.kind === 'row') return value.items;
  if (value.kind !== 'element') return undefined;
  const { type, expression } = certain(value, range);
  if (type.kind !== 'tuple' && type.kind !== 'row') return undefined;
  const names = namesOf(type);
  const isMade =
    expression.kind === 'unresolvedFunction' && expression.functionName === 'named_struct';
  return type.items.map((item, at) => {
    // Of one that was just put together the part is at hand.
    const made = isMade ? expression.arguments[2 * at + 1] : undefined;
    return element(item, made ?? fieldOf(expression, names[at] ?? '', range));
  });
}

export function fieldOf(child: Expression, name: string, range: Range): Expression {
  return { kind: 'extractValue', child, extraction: literal(name, stringType, range), range };
}

/** A value that may be None where Python raises an error if it is. */
export function certain(value: Element, range: Range): Element {
  if (value.type.kind !== 'optional') return value;
  const raised = call(
    'raise_error',
    [literal('the value is None; Python raises TypeError', stringType, range)],
    range,
  );
  return element(value.type.of, call('coalesce', [value.expression, raised], range));
}

export function optional(type: ElementType): ElementType {
  return type.kind === 'optional' || type.kind === 'none' ? type : { kind: 'optional', of: type };
}

/** The type that holds values of both; Python keeps 1 and 1.0 apart, so that they have none. */
export function together(left: ElementType, right: ElementType, range: Range): ElementType {
  const found = common(left, right);
  if (found) return found;
  throw new CannotKnow(
    `${describe(left)} and ${describe(right)} in one RDD or list are not computed here`,
    range,
  );
}

function common(left: ElementType, right: ElementType): ElementType | undefined {
  if (left.kind === 'none') return optionalOrEmpty(right, left);
  if (right.kind === 'none') return optionalOrEmpty(left, right);
  if (left.kind === 'optional' || right.kind === 'optional') {
    const inner = common(
      left.kind === 'optional' ? left.of : left,
      right.kind === 'optional' ? right.of : right,
    );
    return inner && optional(inner);
  }
  if (left.kind === 'list' && right.kind === 'list') {
    const item = emptyOr(left.item, right.item) ?? common(left.item, right.item);
    return item && { kind: 'list', item };
  }
  if (left.kind === 'other' && right.kind === 'other')
    return sameType(left.type, right.type) ? left : undefined;
  if ('items' in left && 'items' in right) {
    if (left.kind !== right.kind || left.items.length !== right.items.length) return undefined;
    if (namesOf(left).join() !== namesOf(right).join()) return undefined;
    const items = left.items.map((item, at) => common(item, right.items[at] ?? item));
    return items.every((item) => item !== undefined) ? { ...left, items } : undefined;
  }
  return left.kind === right.kind ? left : undefined;
}

/** Of the items of an empty list nothing is known. */
function emptyOr(left: ElementType, right: ElementType): ElementType | undefined {
  if (left.kind === 'none') return right;
  return right.kind === 'none' ? left : undefined;
}

function optionalOrEmpty(type: ElementType, none: ElementType): ElementType {
  return type.kind === 'none' ? none : optional(type);
}

export function converted(value: Element, type: ElementType, range: Range): Element {
  const toType = dataTypeOf(type);
  if (sameType(dataTypeOf(value.type), toType)) return element(type, value.expression);
  const expression: Expression = {
    kind: 'cast',
    expression: value.expression,
    toType,
    evalMode: 'default',
    range,
  };
  return element(type, expression);
}

export function castTo(expression: Expression, toType: DataType, range: Range): Expression {
  return { kind: 'cast', expression, toType, evalMode: 'default', range };
}

export function dataTypeOf(type: ElementType): DataType {
  switch (type.kind) {
    case 'bool':
      return booleanType;
    case 'int':
      return longType;
    case 'float':
      return doubleType;
    case 'str':
      return stringType;
    case 'none':
      return voidType;
    case 'list':
      return arrayType(dataTypeOf(type.item));
    case 'other':
      return type.type;
    case 'optional':
      return dataTypeOf(type.of);
    case 'tuple':
    case 'row': {
      const names = namesOf(type);
      const fields = type.items.map((item, at) => ({
        name: names[at] ?? '',
        type: dataTypeOf(item),
        nullable: true,
      }));
      return { kind: 'struct', fields };
    }
  }
}

/** What Python sees of a column; numbers are widened to the ones that Python has. */
export function elementOfColumn(type: DataType, expression: Expression, range: Range): Element {
  switch (type.kind) {
    case 'boolean':
      return element(bool, expression);
    case 'byte':
    case 'short':
    case 'int':
      return element(int, castTo(expression, longType, range));
    case 'long':
      return element(int, expression);
    case 'float':
      return element(float, castTo(expression, doubleType, range));
    case 'double':
      return element(float, expression);
    case 'string':
      return element(str, expression);
    default:
      return element({ kind: 'other', type }, expression);
  }
}

/** How its values print: structs are tuples or rows, which their columns do not tell. */
export function shapeOf(type: ElementType): ElementShape {
  switch (type.kind) {
    case 'tuple':
      return { tuple: type.items.map(shapeOf) };
    case 'list':
      return { list: shapeOf(type.item) };
    case 'optional':
      return shapeOf(type.of);
    default:
      return 'value';
  }
}

export function describe(type: ElementType): string {
  switch (type.kind) {
    case 'tuple':
      return `a tuple of ${type.items.length}`;
    case 'row':
      return 'a Row';
    case 'list':
      return 'a list';
    case 'none':
      return 'None';
    case 'other':
      return 'a value of Spark';
    case 'optional':
      return `${describe(type.of)} or None`;
    default:
      return `'${type.kind}'`;
  }
}

/** Whether two expressions say the same, wherever they stand. */
export function saysSame(left: Expression, right: Expression): boolean {
  return textOf(left) === textOf(right);
}

export function textOf(expression: Expression): string {
  return JSON.stringify(expression, (key, value: unknown) =>
    key === 'range' ? undefined : typeof value === 'bigint' ? `${value}n` : value,
  );
}

export function notComputed(what: string, node: SyntaxNode): never {
  return cannotKnow(`${what} is not computed here inside the function of an RDD`, node);
}
