/**
 * Functions that put two values together, as `reduce` and `reduceByKey` take them, as aggregates: sums, products,
 * the smallest, the largest, and tuples of those. What depends on the order of the values is not computed, as Spark
 * takes them in the order of its partitions.
 */
import type { SyntaxNode } from '@lezer/common';
import type { Range } from '#sql/plan/range.ts';
import { doubleType, longType, stringType } from '#sql/plan/types.ts';
import type { Expression } from '#sql/plan/unresolved.ts';
import { call, literal, operation } from '../expressions.ts';
import type { Script } from '../script.ts';
import type { Value } from '../values.ts';
import { cannotKnow } from '../values.ts';
import type { Element, ElementType } from './elements.ts';
import { element, lifted, namesOf, partsOf, saysSame, textOf } from './elements.ts';
import { applied, column } from './rdds.ts';

type Kind = 'sum' | 'product' | 'min' | 'max' | 'every' | 'some';

/** How values come together: in one way, or those of a tuple each in its own. */
export type Fold =
  | { readonly kind: Kind; readonly of: Element }
  | { readonly kind: 'tuple'; readonly type: ElementType; readonly items: readonly Fold[] };

const LEFT = 'strata_left';
const RIGHT = 'strata_right';

/** `lambda a, b: …` of two values of a type. */
export function foldOf(
  script: Script,
  given: Value | undefined,
  type: ElementType,
  node: SyntaxNode,
): Fold {
  const range = script.rangeOf(node);
  const [a, b] = [LEFT, RIGHT].map((name) => element(type, column(name, range)));
  if (!a || !b) throw new Error('there are two');
  return foldInto(applied(script, given, [a, b], node), a, b, { range, node });
}

/** `lambda total, value: …`, where what is added may be anything of the value; it is in the fold's `of`. */
export function accumulationOf(
  script: Script,
  given: Value | undefined,
  total: ElementType,
  value: Element,
  node: SyntaxNode,
): Fold {
  const range = script.rangeOf(node);
  const a = element(total, column(LEFT, range));
  return foldInto(applied(script, given, [a, value], node), a, undefined, { range, node });
}

interface Place {
  readonly range: Range;
  readonly node: SyntaxNode;
}

/** `b` undefined where anything may come to the total that is free of it. */
function foldInto(made: Value, a: Element, b: Element | undefined, place: Place): Fold {
  const { range } = place;
  const parts = partsOf(made, range);
  const isSame = made.kind === 'element' && saysSame(made.expression, a.expression);
  if (parts && !isSame && 'items' in a.type && a.type.items.length === parts.length) {
    const [left, right] = [partsOf(a, range) ?? [], b ? partsOf(b, range) : undefined];
    const items = parts.map((part, at) => {
      const [x, y] = [left[at], right?.[at]];
      if (!x) return refuse(place);
      return foldInto(part, lifted(x, range), y && lifted(y, range), place);
    });
    return { kind: 'tuple', type: a.type, items };
  }
  const { expression, type } = lifted(made, range);
  const isOther = (other: Expression) =>
    b ? saysSame(asThere(other), b.expression) : !textOf(other).includes(`"${LEFT}"`);
  const found = kindOf(expression, type, a.expression, isOther);
  if (!found) return refuse(place);
  return { kind: found.kind, of: element(type, found.other) };
}

/** Without the error that it raises where it is None. */
function asThere(expression: Expression): Expression {
  const isCertain =
    expression.kind === 'unresolvedFunction' && expression.functionName === 'coalesce';
  return (isCertain && expression.arguments[0]) || expression;
}

function refuse({ node }: Place): never {
  return cannotKnow(
    'read are functions that add, multiply, or take the smaller or larger of two values, or do so for each part of a tuple; what others give may depend on the order in which Spark takes the values',
    node,
  );
}

function kindOf(
  made: Expression,
  type: ElementType,
  a: Expression,
  isOther: (other: Expression) => boolean,
): { readonly kind: Kind; readonly other: Expression } | undefined {
  const otherOf = ([x, y]: readonly Expression[]): Expression | undefined => {
    if (!x || !y) return undefined;
    if (saysSame(asThere(x), a) && isOther(y)) return y;
    return saysSame(asThere(y), a) && isOther(x) ? x : undefined;
  };
  if (made.kind === 'unresolvedFunction') {
    const kind = kinds[made.functionName];
    const isNumber = type.kind === 'int' || type.kind === 'float';
    const isTruth = kind === 'every' || kind === 'some';
    if (!kind || (isTruth ? type.kind !== 'bool' : !isNumber && !kind.startsWith('m')))
      return undefined;
    const other = otherOf(made.arguments);
    return other && { kind, other };
  }
  // `a if a > b else b`.
  const [branch, ...more] = made.kind === 'caseWhen' ? made.branches : [];
  const elseValue = made.kind === 'caseWhen' ? made.elseValue : undefined;
  const condition = branch?.condition;
  if (!branch || !elseValue || more.length > 0 || condition?.kind !== 'unresolvedFunction')
    return undefined;
  const comparison = /^[<>]=?$/.exec(condition.functionName)?.[0];
  const [x, y] = condition.arguments;
  const other = otherOf([branch.value, elseValue]);
  if (comparison === undefined || !x || !y || !other) return undefined;
  const [value, otherwise] = [asThere(branch.value), asThere(elseValue)];
  const isStraight = saysSame(asThere(x), value) && saysSame(asThere(y), otherwise);
  const isTurned = saysSame(asThere(y), value) && saysSame(asThere(x), otherwise);
  if (!isStraight && !isTurned) return undefined;
  return { kind: comparison.startsWith('>') === isStraight ? 'max' : 'min', other };
}

const kinds: Readonly<Record<string, Kind>> = {
  '+': 'sum',
  '*': 'product',
  least: 'min',
  greatest: 'max',
  and: 'every',
  or: 'some',
};

/** The aggregate of what is folded; `values` are the expressions that `fold.of` is replaced by. */
export function aggregateOf(
  fold: Fold,
  valueOf: (of: Element) => Expression,
  range: Range,
): Element {
  if (fold.kind === 'tuple') {
    const items = fold.items.map((item) => aggregateOf(item, valueOf, range));
    const names = 'items' in fold.type ? namesOf(fold.type) : [];
    const fields = items.flatMap(({ expression }, at) => [
      literal(names[at] ?? '', stringType, range),
      expression,
    ]);
    // What is added may be of another type than what it is added to: a float to a 0.
    const type: ElementType =
      'items' in fold.type ? { ...fold.type, items: items.map((item) => item.type) } : fold.type;
    return element(type, call('named_struct', fields, range));
  }
  const { type } = fold.of;
  const value = valueOf(fold.of);
  switch (fold.kind) {
    case 'sum':
    case 'min':
    case 'max':
      return element(type, call(fold.kind, [value], range));
    case 'every':
      return element(type, call('bool_and', [value], range));
    case 'some':
      return element(type, call('bool_or', [value], range));
    case 'product': {
      const one =
        type.kind === 'float' ? literal(1, doubleType, range) : literal(1n, longType, range);
      const multiply: Expression = {
        kind: 'lambdaFunction',
        function: operation('*', [column('product', range), column('factor', range)], range),
        arguments: ['product', 'factor'],
        range,
      };
      return element(
        type,
        call('aggregate', [call('collect_list', [value], range), one, multiply], range),
      );
    }
  }
}

/** What stands for the right one of two values: the value itself, or a part of it. */
export function ofRight(of: Element, value: Expression): Expression {
  return replaced(of.expression, value);
}

function replaced(expression: Expression, value: Expression): Expression {
  if (expression.kind === 'extractValue')
    return { ...expression, child: replaced(expression.child, value) };
  if (expression.kind === 'unresolvedFunction')
    return { ...expression, arguments: expression.arguments.map((each) => replaced(each, value)) };
  return expression.kind === 'unresolvedAttribute' ? value : expression;
}

/** Whether the value changes nothing where it is put together with others, as many times as Spark has partitions. */
export function isNeutral(fold: Fold, zero: Value, range: Range): boolean {
  if (fold.kind === 'tuple') {
    const parts = partsOf(zero, range);
    return (
      parts?.length === fold.items.length &&
      fold.items.every((item, at) => isNeutral(item, parts[at] ?? zero, range))
    );
  }
  const number = zero.kind === 'int' || zero.kind === 'float' ? Number(zero.value) : undefined;
  switch (fold.kind) {
    case 'sum':
      return number === 0;
    case 'product':
      return number === 1;
    case 'every':
      return zero.kind === 'bool' && zero.value;
    case 'some':
      return zero.kind === 'bool' && !zero.value;
    default:
      return false;
  }
}

/** Whether two folds do the same at the same places, whatever they take in. */
export function isSameFold(left: Fold, right: Fold): boolean {
  if (left.kind === 'tuple' && right.kind === 'tuple')
    return (
      left.items.length === right.items.length &&
      left.items.every((item, at) => isSameFold(item, right.items[at] ?? item))
    );
  return left.kind === right.kind;
}
