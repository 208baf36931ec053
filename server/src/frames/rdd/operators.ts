/** Python's operators on elements of an RDD, with Python's rules: floor division, truth, comparison of tuples. */
import type { SyntaxNode } from '@lezer/common';
import type { Range } from '#sql/plan/range.ts';
import { doubleType, intType, longType, stringType } from '#sql/plan/types.ts';
import type { Expression } from '#sql/plan/unresolved.ts';
import { call, intLiteral, literal, operation } from '../expressions.ts';
import type { Script } from '../script.ts';
import type { Value } from '../values.ts';
import type { Element, ElementType } from './elements.ts';
import {
  bool,
  castTo,
  certain,
  converted,
  describe,
  element,
  float,
  int,
  lifted,
  notComputed,
  partsOf,
  saysSame,
  str,
  together,
} from './elements.ts';

export function elementOperator(
  script: Script,
  operator: string,
  left: Value,
  right: Value,
  node: SyntaxNode,
): Value {
  const range = script.rangeOf(node);
  switch (operator) {
    case 'is':
    case 'is not':
    case '==':
    case '!=':
      return equality(operator, left, right, node, range);
    case 'in':
      return contained(left, right, node, range);
    case 'not in':
      return negation(contained(left, right, node, range), range);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compared(operator, lifted(left, range), lifted(right, range), node, range);
    default:
      return arithmetic(operator, left, right, node, range);
  }
}

function equality(
  operator: string,
  left: Value,
  right: Value,
  node: SyntaxNode,
  range: Range,
): Value {
  const isPositive = operator === 'is' || operator === '==';
  const answer = (found: Value) => (isPositive ? found : negation(found, range));
  const [a, b] = [lifted(left, range), lifted(right, range)];
  if (a.type.kind === 'none' || b.type.kind === 'none') {
    const other = a.type.kind === 'none' ? b : a;
    if (other.type.kind === 'none') return { kind: 'bool', value: isPositive };
    if (other.type.kind !== 'optional') return { kind: 'bool', value: !isPositive };
    return answer(element(bool, call('isnull', [other.expression], range)));
  }
  if (operator.startsWith('is')) return notComputed("'is'", node);
  const mayBeNone = a.type.kind === 'optional' || b.type.kind === 'optional';
  const [one, other] = [plain(a.type), plain(b.type)];
  if (!isComparable(one, other)) {
    if (one.kind === 'other' || other.kind === 'other') return notComputed('this comparison', node);
    return { kind: 'bool', value: !isPositive };
  }
  const args = [a.expression, b.expression];
  const equal = element(bool, operation(mayBeNone ? '<=>' : '=', args, range));
  return answer(element(bool, exceptNaN(equal.expression, [a, b], range)));
}

function plain(type: ElementType): ElementType {
  return type.kind === 'optional' ? type.of : type;
}

function isNumber({ kind }: ElementType): boolean {
  return kind === 'int' || kind === 'float' || kind === 'bool';
}

function isComparable(left: ElementType, right: ElementType): boolean {
  if (isNumber(left) && isNumber(right)) return true;
  if (left.kind !== right.kind) return false;
  if ('items' in left && 'items' in right) {
    if (left.items.length !== right.items.length) return false;
    return left.items.every((item, at) =>
      isComparable(plain(item), plain(right.items[at] ?? item)),
    );
  }
  if (left.kind === 'list' && right.kind === 'list')
    return isComparable(plain(left.item), plain(right.item));
  return true;
}

/** In Python NaN equals nothing and comes before nothing; in Spark it is the largest number. */
function exceptNaN(condition: Expression, operands: readonly Element[], range: Range): Expression {
  const floats = operands.filter(
    ({ type, expression }) => plain(type).kind === 'float' && expression.kind !== 'literal',
  );
  return floats.reduce(
    (all, { expression }) =>
      operation('and', [all, operation('not', [call('isnan', [expression], range)], range)], range),
    condition,
  );
}

function compared(
  operator: string,
  left: Element,
  right: Element,
  node: SyntaxNode,
  range: Range,
): Element {
  const [a, b] = [certain(left, range), certain(right, range)];
  if (!isComparable(a.type, b.type))
    return notComputed(`'${operator}' between ${describe(a.type)} and ${describe(b.type)}`, node);
  const [x, y] =
    a.type.kind === 'bool' || b.type.kind === 'bool'
      ? [asNumber(a, range), asNumber(b, range)]
      : [a, b];
  const condition = operation(operator, [x.expression, y.expression], range);
  return element(bool, exceptNaN(condition, [a, b], range));
}

function contained(item: Value, container: Value, node: SyntaxNode, range: Range): Value {
  const keys =
    container.kind === 'dict'
      ? container.entries.map(([key]) => key)
      : container.kind === 'list' || container.kind === 'tuple'
        ? container.items
        : undefined;
  if (keys) {
    const found = keys.map((key) => equality('==', item, key, node, range));
    return anyOf(found, range);
  }
  const whole = certain(lifted(container, range), range);
  const part = certain(lifted(item, range), range);
  if (whole.type.kind === 'str' && part.type.kind === 'str')
    return element(bool, call('contains', [whole.expression, part.expression], range));
  if (whole.type.kind === 'list') {
    if (!isComparable(plain(whole.type.item), part.type)) return { kind: 'bool', value: false };
    return element(bool, call('array_contains', [whole.expression, part.expression], range));
  }
  return notComputed(`'in' of ${describe(whole.type)}`, node);
}

function anyOf(values: readonly Value[], range: Range): Value {
  const elements = values.filter((value) => value.kind === 'element');
  if (values.some((value) => value.kind === 'bool' && value.value))
    return { kind: 'bool', value: true };
  const [first, ...more] = elements;
  if (!first) return { kind: 'bool', value: false };
  const expression = more.reduce(
    (left, right) => operation('or', [left, right.expression], range),
    first.expression,
  );
  return element(bool, expression);
}

export function asNumber(value: Element, range: Range): Element {
  return value.type.kind === 'bool'
    ? element(int, castTo(value.expression, longType, range))
    : value;
}

function arithmetic(
  operator: string,
  left: Value,
  right: Value,
  node: SyntaxNode,
  range: Range,
): Value {
  if (operator === '+') {
    const [a, b] = [partsOf(left, range), partsOf(right, range)];
    const areTuples = [left, right].every(
      (value) =>
        value.kind === 'tuple' || (value.kind === 'element' && plain(value.type).kind === 'tuple'),
    );
    if (areTuples && a && b) return { kind: 'tuple', items: [...a, ...b] };
  }
  const [a, b] = [certain(lifted(left, range), range), certain(lifted(right, range), range)];
  if (isNumber(a.type) && isNumber(b.type))
    return numbers(operator, asNumber(a, range), asNumber(b, range), node, range);
  if (operator === '+' && a.type.kind === 'str' && b.type.kind === 'str')
    return element(str, call('concat', [a.expression, b.expression], range));
  if (operator === '+' && a.type.kind === 'list' && b.type.kind === 'list') {
    const type = together(a.type, b.type, range);
    const lists = [a, b].map((list) => converted(list, type, range).expression);
    return element(type, call('concat', lists, range));
  }
  if (operator === '*' && a.type.kind === 'str' && b.type.kind === 'int')
    return element(
      str,
      call('repeat', [a.expression, castTo(b.expression, intType, range)], range),
    );
  if (operator === '%' && a.type.kind === 'str') return notComputed("'%' of a text", node);
  return notComputed(`'${operator}' of ${describe(a.type)} and ${describe(b.type)}`, node);
}

function numbers(
  operator: string,
  left: Element,
  right: Element,
  node: SyntaxNode,
  range: Range,
): Element {
  const [a, b] = [left.expression, right.expression];
  const type = left.type.kind === 'float' || right.type.kind === 'float' ? float : int;
  const isWhole = type.kind === 'int';
  switch (operator) {
    case '+':
    case '-':
    case '*':
      return element(type, operation(operator, [a, b], range));
    case '/': {
      const doubles = [castTo(a, doubleType, range), castTo(b, doubleType, range)];
      return element(float, operation('/', doubles, range));
    }
    case '%':
      return element(type, rest(a, b, isWhole, range));
    case '//': {
      // What is left by the rest divides without one.
      const whole = operation('-', [a, rest(a, b, isWhole, range)], range);
      if (isWhole) return element(int, operation('div', [whole, b], range));
      return element(float, call('rint', [operation('/', [whole, b], range)], range));
    }
    case '**': {
      const exponent = right.expression.kind === 'literal' ? right.expression.value : undefined;
      if (!isWhole) return element(float, call('power', [a, b], range));
      if (typeof exponent !== 'bigint' || exponent < 0n || exponent > 16n)
        return notComputed("'**' of whole numbers with such an exponent", node);
      const one: Expression = literal(1n, longType, range);
      const factors = Array.from({ length: Number(exponent) }, () => a);
      const [first = one, ...more] = factors;
      return element(
        int,
        more.reduce((product, factor) => operation('*', [product, factor], range), first),
      );
    }
    default:
      return notComputed(`'${operator}' of numbers`, node);
  }
}

/** Python's rest has the sign of the divisor, Spark's that of what is divided. */
function rest(a: Expression, b: Expression, isWhole: boolean, range: Range): Expression {
  const remainder = operation('%', [a, b], range);
  const zero = isWhole ? literal(0n, longType, range) : literal(0, doubleType, range);
  const isNegative = (value: Expression) => operation('<', [value, zero], range);
  const isOther =
    b.kind === 'literal' && b.value !== null && Number(b.value) > 0
      ? isNegative(remainder)
      : operation(
          'and',
          [
            operation('not', [operation('=', [remainder, zero], range)], range),
            operation(
              'not',
              [operation('=', [isNegative(remainder), isNegative(b)], range)],
              range,
            ),
          ],
          range,
        );
  return choice(isOther, operation('+', [remainder, b], range), remainder, range);
}

export function choice(
  condition: Expression,
  value: Expression,
  elseValue: Expression,
  range: Range,
): Expression {
  return { kind: 'caseWhen', branches: [{ condition, value }], elseValue, range };
}

/** Whether Python takes the element for true. */
export function truthOf(value: Value, node: SyntaxNode, range: Range): Element {
  const { type, expression } = lifted(value, range);
  switch (type.kind) {
    case 'bool':
      return element(bool, expression);
    case 'int':
    case 'float': {
      const zero =
        type.kind === 'int' ? literal(0n, longType, range) : literal(0, doubleType, range);
      return element(bool, operation('not', [operation('=', [expression, zero], range)], range));
    }
    case 'str': {
      const empty = operation('=', [expression, literal('', stringType, range)], range);
      return element(bool, operation('not', [empty], range));
    }
    case 'list':
      return element(
        bool,
        operation('>', [call('size', [expression], range), intLiteral(0, range)], range),
      );
    case 'none':
    case 'tuple':
    case 'row': {
      const isTrue = 'items' in type && type.items.length > 0;
      return lifted({ kind: 'bool', value: isTrue }, range);
    }
    case 'optional': {
      const inner = truthOf(element(type.of, expression), node, range);
      const isThere = call('isnotnull', [expression], range);
      return element(bool, operation('and', [isThere, inner.expression], range));
    }
    case 'other':
      return notComputed('whether this is true', node);
  }
}

export function negation(value: Value, range: Range): Value {
  if (value.kind === 'bool') return { kind: 'bool', value: !value.value };
  return element(bool, operation('not', [lifted(value, range).expression], range));
}

/** `and` and `or` give one of their operands; the second is not computed where the first decides. */
export function elementLogic(
  script: Script,
  operator: 'and' | 'or',
  left: Value,
  right: Value,
  node: SyntaxNode,
): Value {
  const range = script.rangeOf(node);
  const condition = truthOf(left, node, range);
  const areTruths = [left, right].every(
    (value) => value.kind === 'bool' || (value.kind === 'element' && value.type.kind === 'bool'),
  );
  if (areTruths && neverFails(lifted(right, range).expression)) {
    const args = [condition.expression, lifted(right, range).expression];
    return element(bool, operation(operator, args, range));
  }
  return operator === 'and'
    ? elementChoice(condition, right, left, range)
    : elementChoice(condition, left, right, range);
}

/** Whether it may as well be computed where Python would not. */
function neverFails(expression: Expression): boolean {
  switch (expression.kind) {
    case 'literal':
    case 'unresolvedAttribute':
      return true;
    case 'extractValue':
      return expression.extraction.kind === 'literal' &&
        typeof expression.extraction.value === 'string'
        ? neverFails(expression.child)
        : false;
    case 'unresolvedFunction':
      return total.has(expression.functionName) && expression.arguments.every(neverFails);
    default:
      return false;
  }
}

const total = new Set(
  '= <=> < <= > >= and or not isnull isnotnull isnan contains startswith endswith lower upper length concat'.split(
    ' ',
  ),
);

/** `a if condition else b`; a value that was asked whether it is None is certain where it is used. */
export function elementChoice(
  condition: Element,
  whenTrue: Value,
  whenFalse: Value,
  range: Range,
): Value {
  const [yes, no] = [whenTrue, whenFalse].map((value) =>
    value.kind === 'tuple' ? value.items : [],
  );
  if (yes && no && yes.length > 0 && yes.length === no.length)
    return {
      kind: 'tuple',
      items: yes.map((item, at) => elementChoice(condition, item, no[at] ?? item, range)),
    };
  const there = whetherThere(condition.expression);
  const a = narrowed(lifted(whenTrue, range), there?.isThere === true ? there.of : undefined);
  const b = narrowed(lifted(whenFalse, range), there?.isThere === false ? there.of : undefined);
  const type = together(a.type, b.type, range);
  const [x, y] = [converted(a, type, range), converted(b, type, range)];
  return element(type, choice(condition.expression, x.expression, y.expression, range));
}

/** What the condition says is there, or is None. */
function whetherThere(
  condition: Expression,
): { readonly of: Expression; readonly isThere: boolean } | undefined {
  if (condition.kind !== 'unresolvedFunction') return undefined;
  const [first] = condition.arguments;
  if (!first) return undefined;
  switch (condition.functionName) {
    case 'isnotnull':
      return { of: first, isThere: true };
    case 'isnull':
      return { of: first, isThere: false };
    case 'not': {
      const inner = whetherThere(first);
      return inner && { of: inner.of, isThere: !inner.isThere };
    }
    case 'and':
      return whetherThere(first);
    default:
      return undefined;
  }
}

function narrowed(value: Element, there: Expression | undefined): Element {
  if (value.type.kind !== 'optional' || !there || !saysSame(value.expression, there)) return value;
  return element(value.type.of, value.expression);
}

export function elementSign(
  script: Script,
  operator: string,
  value: Value,
  node: SyntaxNode,
): Value {
  const range = script.rangeOf(node);
  if (operator === 'not') return negation(truthOf(value, node, range), range);
  const number = asNumber(certain(lifted(value, range), range), range);
  if (!isNumber(number.type)) return notComputed(`'${operator}' of ${describe(number.type)}`, node);
  if (operator === '+') return number;
  if (operator !== '-') return notComputed(`'${operator}'`, node);
  return element(number.type, call('negative', [number.expression], range));
}
