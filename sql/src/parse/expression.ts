/** Expressions, with the precedence of Spark's grammar. */
import type { Range } from '../plan/range.ts';
import { cover } from '../plan/range.ts';
import { stringType } from '../plan/types.ts';
import type { Expression } from '../plan/unresolved.ts';
import { isNumber, isString, literal, parseNumber, parseString } from './literal.ts';
import {
  isName,
  isNameContinuation,
  missing,
  nameOf,
  operation,
  parseExpressions,
  startsQuery,
} from './name.ts';
import { parsePrimary, parseTypeTokens } from './primary.ts';
import type { TokenStream } from './tokenStream.ts';

export function parseExpression(stream: TokenStream): Expression {
  return stream.nested(
    () => parseOr(stream),
    () => missing(stream.next),
  );
}

function parseOr(stream: TokenStream): Expression {
  return logicalChain(stream, 'OR', (inner) => logicalChain(inner, 'AND', parseNot));
}

function logicalChain(
  stream: TokenStream,
  word: 'AND' | 'OR',
  parseOperand: (stream: TokenStream) => Expression,
): Expression {
  const operands = [parseOperand(stream)];
  while (stream.chainMayGrow(operands.length) && stream.acceptWord(word)) {
    operands.push(parseOperand(stream));
  }
  return balanced(word.toLowerCase(), operands);
}

/** A long chain as a tree of small height from some length on, as Spark does; order is kept. */
function balanced(name: string, operands: readonly Expression[]): Expression {
  const [first] = operands;
  if (first === undefined) throw new Error('a chain has an operand');
  if (operands.length < 16) {
    return operands
      .slice(1)
      .reduce(
        (left, right) => operation(name, [left, right], cover(left.range, right.range)),
        first,
      );
  }
  const half = operands.length >> 1;
  const left = balanced(name, operands.slice(0, half));
  const right = balanced(name, operands.slice(half));
  return operation(name, [left, right], cover(left.range, right.range));
}

function parseNot(stream: TokenStream): Expression {
  const token = stream.next;
  const negated =
    (stream.isWord('NOT') && !isNameContinuation(stream.peek(1))) || stream.isOperator('!');
  // Where a NOT is no name it needs something to negate.
  if (!negated) return parsePredicate(stream);
  stream.take();
  const operand = stream.nested(
    () => parseNot(stream),
    () => missing(stream.next),
  );
  return operation('not', [operand], cover(token, operand.range));
}

/** At most one predicate follows a value: `a IS NULL IS NULL` is no Spark SQL. */
function parsePredicate(stream: TokenStream): Expression {
  const value = parseValue(stream);
  const negated =
    isNot(stream) &&
    ['BETWEEN', 'IN', 'LIKE', 'ILIKE', 'RLIKE', 'REGEXP'].some((word) => stream.isWord(word, 1));
  if (negated) takeNot(stream);
  if (negated && ['LIKE', 'ILIKE'].some((word) => stream.isWord(word))) {
    const listed = parseLikeList(stream, value, true);
    if (listed !== undefined) return listed;
  }
  const positive = predicateOn(stream, value);
  if (positive === undefined) return value;
  return negated ? operation('not', [positive], positive.range) : positive;
}

function predicateOn(stream: TokenStream, value: Expression): Expression | undefined {
  const since = (): Range => ({ start: value.range.start, end: stream.lastEnd });
  if (stream.acceptWord('BETWEEN')) {
    const symmetric = stream.acceptWord('SYMMETRIC');
    const lower = parseValue(stream);
    stream.expectWord('AND');
    const upper = parseValue(stream);
    if (symmetric) stream.unsupported('BETWEEN SYMMETRIC', value.range.start);
    return operation('between', [value, lower, upper], since());
  }
  if (stream.acceptWord('IN')) return parseIn(stream, value);
  if (stream.acceptWord('RLIKE') || stream.acceptWord('REGEXP')) {
    return operation('rlike', [value, parseValue(stream)], since());
  }
  if (stream.isWord('LIKE') || stream.isWord('ILIKE')) {
    return parseLikeList(stream, value, false) ?? parseLike(stream, value);
  }
  if (!stream.acceptWord('IS')) return undefined;
  const negated = isNot(stream);
  if (negated) takeNot(stream);
  if (stream.acceptWord('NULL')) {
    return operation(negated ? 'isnotnull' : 'isnull', [value], since());
  }
  let test: Expression;
  if (stream.acceptWord('TRUE') || stream.acceptWord('FALSE')) {
    const wanted = stream.text.slice(stream.lastEnd - 4, stream.lastEnd).toUpperCase() === 'TRUE';
    const truth = literal(
      wanted,
      { kind: 'boolean' },
      { start: stream.lastEnd, end: stream.lastEnd },
    );
    test = operation('<=>', [value, truth], since());
  } else if (stream.acceptWord('UNKNOWN')) {
    return operation(negated ? 'isnotnull' : 'isnull', [value], since());
  } else if (stream.acceptWord('DISTINCT')) {
    stream.expectWord('FROM');
    const equal = operation('<=>', [value, parseValue(stream)], since());
    return negated ? equal : operation('not', [equal], since());
  } else {
    stream.syntaxError();
    return value;
  }
  return negated ? operation('not', [test], since()) : test;
}

function parseIn(stream: TokenStream, child: Expression): Expression {
  const { start } = child.range;
  if (!stream.expectOperator('(')) return child;
  if (startsQuery(stream)) {
    const plan = stream.grammar.query(stream);
    stream.expectOperator(')');
    const range = { start, end: stream.lastEnd };
    return { kind: 'subqueryExpression', subqueryType: 'in', plan, inValues: [child], range };
  }
  const list = parseExpressions(stream);
  stream.expectOperator(')');
  return { kind: 'in', child, list, range: { start, end: stream.lastEnd } };
}

/** `!` stands for NOT inside of a predicate only where a setting of older Sparks lets it. */
function isNot(stream: TokenStream): boolean {
  return stream.isWord('NOT') || stream.isOperator('!');
}

function takeNot(stream: TokenStream): void {
  const token = stream.take();
  if (token.text === '!' && !stream.context.parser.bangIsNot) {
    stream.report('SYNTAX_DISCONTINUED.BANG_EQUALS_NOT', { clause: '!' }, token);
  }
}

/** `LIKE ANY (a, b)` is that like any of them; undefined where there is no list. */
function parseLikeList(
  stream: TokenStream,
  value: Expression,
  negated: boolean,
): Expression | undefined {
  const isList = ['ANY', 'SOME', 'ALL'].some((word) => stream.isWord(word, 1));
  if (!isList || !stream.isOperator('(', 2)) return undefined;
  const name = stream.take().text.toLowerCase();
  const isAll = stream.take().text === 'ALL';
  const { start } = value.range;
  stream.take();
  if (stream.acceptOperator(')')) {
    const range = { start, end: stream.lastEnd };
    const msg = "Expected something between '(' and ')'.";
    stream.report('_LEGACY_ERROR_TEMP_0064', { msg }, range);
    return missing(range);
  }
  const patterns = parseExpressions(stream);
  stream.expectOperator(')');
  const range = { start, end: stream.lastEnd };
  const tests = patterns.map((pattern) => {
    const like = operation(name, [value, pattern], range);
    return negated ? operation('not', [like], range) : like;
  });
  return balanced(isAll ? 'and' : 'or', tests);
}

function parseLike(stream: TokenStream, value: Expression): Expression {
  const name = stream.take().text.toLowerCase();
  const { start } = value.range;
  const pattern = parseValue(stream);
  if (!stream.acceptWord('ESCAPE')) {
    return operation(name, [value, pattern], { start, end: stream.lastEnd });
  }
  if (!isString(stream.next)) {
    stream.syntaxError();
    return operation(name, [value, pattern], { start, end: stream.lastEnd });
  }
  const escape = parseString(stream);
  if (escape.kind === 'literal' && String(escape.value).length !== 1) {
    stream.report('INVALID_ESC', { invalidEscape: `'${String(escape.value)}'` }, escape.range);
  }
  return operation(name, [value, pattern, escape], { start, end: stream.lastEnd });
}

const levels: readonly (readonly string[])[] = [
  ['=', '==', '<=>', '<>', '!=', '<', '<=', '!>', '>', '>=', '!<'],
  ['|'],
  ['^'],
  ['&'],
  ['<<', '>>', '>>>'],
  ['+', '-', '||'],
  ['*', '/', '%', 'DIV'],
];
const binding = new Map(
  levels.flatMap((names, level) => names.map((name) => [name, level] as const)),
);
const canonical: Readonly<Record<string, string>> = {
  '==': '=',
  '!>': '<=',
  '!<': '>=',
  DIV: 'div',
  '||': 'concat',
};

export function parseValue(stream: TokenStream): Expression {
  return parseBinary(stream, 0);
}

/** Precedence climbing; all binary operators are left-associative. */
function parseBinary(stream: TokenStream, lowest: number): Expression {
  // Parentheses around an operand belong to the operation.
  const { start } = stream.next;
  let left = parseUnary(stream);
  for (let length = 1; stream.chainMayGrow(length); length++) {
    const { kind, text } = stream.next;
    if (kind !== 'operator' && !(kind === 'word' && text === 'DIV')) return left;
    const level = binding.get(text);
    if (level === undefined || level < lowest) return left;
    stream.take();
    const right = parseBinary(stream, level + 1);
    const range = { start, end: stream.lastEnd };
    left =
      text === '<>' || text === '!='
        ? operation('not', [operation('=', [left, right], range)], range)
        : operation(canonical[text] ?? text, [left, right], range);
  }
  return left;
}

const unaryNames: Readonly<Record<string, string>> = { '-': 'negative', '+': 'positive', '~': '~' };

function parseUnary(stream: TokenStream): Expression {
  const token = stream.next;
  const name = token.kind === 'operator' ? unaryNames[token.text] : undefined;
  if (name === undefined) return parsePostfix(stream, parsePrimary(stream));
  stream.take();
  if (token.text === '-' && isNumber(stream.next)) {
    return parsePostfix(stream, parseNumber(stream, true, token.start));
  }
  const operand = stream.nested(
    () => parseUnary(stream),
    () => missing(stream.next),
  );
  return operation(name, [operand], cover(token, operand.range));
}

/** The name behind COLLATE, of which `SYSTEM.BUILTIN.` may be a part. */
function parseCollationName(stream: TokenStream): Expression {
  let token = stream.take();
  while (stream.isOperator('.') && isName(stream.peek(1))) {
    stream.take();
    token = stream.take();
  }
  return literal(nameOf(stream, token), stringType, token);
}

/** `a.b`, `a[1]`, `a::int`. */
function parsePostfix(stream: TokenStream, primary: Expression): Expression {
  let child = primary;
  const { start } = primary.range;
  for (let length = 0; stream.chainMayGrow(length); length++) {
    if (stream.acceptOperator('[')) {
      const extraction = parseValue(stream);
      stream.expectOperator(']');
      child = { kind: 'extractValue', child, extraction, range: { start, end: stream.lastEnd } };
    } else if (stream.isOperator('.') && isName(stream.peek(1))) {
      stream.take();
      const name = stream.take();
      const extraction = literal(nameOf(stream, name), { kind: 'string' }, name);
      child = { kind: 'extractValue', child, extraction, range: { start, end: stream.lastEnd } };
    } else if (stream.acceptOperator('::')) {
      const toType = parseTypeTokens(stream);
      const range = { start, end: stream.lastEnd };
      if (toType === undefined) return child;
      child = { kind: 'cast', expression: child, toType, evalMode: 'default', range };
    } else if (stream.isWord('COLLATE') && isName(stream.peek(1))) {
      stream.take();
      const name = parseCollationName(stream);
      child = operation('collate', [child, name], { start, end: stream.lastEnd });
    } else {
      return child;
    }
  }
  return child;
}
