/** Names, and the small pieces that every part of the grammar uses. */
import type { Range } from '../plan/range.ts';
import type { Expression } from '../plan/unresolved.ts';
import type { Token } from './lexer.ts';
import { tokenize } from './lexer.ts';
import type { TokenStream } from './tokenStream.ts';

export function missing({ start, end }: Range): Expression {
  return { kind: 'missing', range: { start, end } };
}

/** A call that was written as an operator. */
export function operation(
  functionName: string,
  operands: readonly Expression[],
  range: Range,
): Expression {
  return {
    kind: 'unresolvedFunction',
    functionName,
    arguments: operands,
    isDistinct: false,
    operator: true,
    range: { start: range.start, end: range.end },
  };
}

export function isName(token: Token): boolean {
  return (token.kind === 'word' && token.isReserved !== true) || token.kind === 'quotedWord';
}

/** What follows a word that was meant as a name, where it could be a keyword too. */
export function isNameContinuation(token: Token): boolean {
  return (
    token.kind === 'end' || (token.kind === 'operator' && ['.', ',', ')'].includes(token.text))
  );
}

export function nameOf(stream: TokenStream, token: Token): string {
  return token.kind === 'quotedWord'
    ? unquotedName(token)
    : stream.text.slice(token.start, token.end);
}

/** Both kinds of quotes are doubled inside of themselves. */
function unquotedName({ text }: Token): string {
  const quote = text.slice(0, 1);
  return text.slice(1, -1).replaceAll(quote + quote, quote);
}

/** `a.b.c`; a name is known to come next. */
export function parseNameParts(stream: TokenStream): readonly string[] {
  const parts = [nameOf(stream, stream.take())];
  while (stream.isOperator('.') && isName(stream.peek(1))) {
    stream.take();
    parts.push(nameOf(stream, stream.take()));
  }
  return parts;
}

export function parseExpressions(stream: TokenStream): readonly Expression[] {
  const expressions: Expression[] = [];
  do {
    expressions.push(stream.grammar.expression(stream));
  } while (stream.acceptOperator(','));
  return expressions;
}

/** Whether a parenthesis that was just opened holds a query. */
export function startsQuery(stream: TokenStream, from = 0): boolean {
  let ahead = from;
  while (stream.isOperator('(', ahead)) ahead++;
  // `((SELECT 1) + 1)` holds an expression, `((SELECT 1) UNION SELECT 2)` a query.
  const depth = ahead - from;
  return isQueryWord(stream, ahead) && (depth === 0 || goesOnAsQuery(stream, ahead, depth));
}

/** Behind what closes each of the parentheses before `at` comes the end of another one, or a clause of a query. */
function goesOnAsQuery(stream: TokenStream, at: number, depth: number): boolean {
  let open = depth;
  let inner = 0;
  for (let ahead = at; ; ahead++) {
    const { kind, text } = stream.peek(ahead);
    if (kind === 'end') return true;
    if (text === '(') inner++;
    if (text !== ')') continue;
    if (inner > 0) {
      inner--;
      continue;
    }
    open--;
    const next = stream.peek(ahead + 1);
    const isGoingOn = next.kind === 'end' || [')', '|>'].includes(next.text);
    if (!isGoingOn && !(next.kind === 'word' && queryClauses.has(next.text))) return false;
    if (open === 0) return true;
  }
}

const queryClauses = new Set(
  'UNION EXCEPT INTERSECT MINUS ORDER SORT CLUSTER DISTRIBUTE LIMIT OFFSET WINDOW'.split(' '),
);

function isQueryWord(stream: TokenStream, ahead: number): boolean {
  const next = stream.peek(ahead);
  if (next.kind !== 'word') return false;
  if (next.text === 'SELECT') return !isNameContinuation(stream.peek(ahead + 1));
  if (next.text === 'VALUES') return !isNameContinuation(stream.peek(ahead + 1));
  if (next.text === 'FROM' && stream.isOperator('(', ahead + 1)) return true;
  if (next.text === 'WITH') {
    const after = stream.peek(ahead + 2);
    const isNamed =
      after.text === '(' || after.text === 'AS' || stream.isWord('RECURSIVE', ahead + 1);
    return isName(stream.peek(ahead + 1)) && isNamed;
  }
  return ['FROM', 'TABLE', 'MAP', 'REDUCE'].includes(next.text)
    ? isName(stream.peek(ahead + 1)) && !stream.isOperator('(', ahead + 1)
    : false;
}

/** `(a, b)`; the parenthesis is known to come next. */
export function parseNames(stream: TokenStream): readonly string[] {
  stream.take();
  const names: string[] = [];
  do {
    if (!isName(stream.next)) {
      stream.syntaxError();
      break;
    }
    names.push(nameOf(stream, stream.take()));
  } while (stream.acceptOperator(','));
  stream.expectOperator(')');
  return names;
}

/** `IDENTIFIER(expression)` for a name; undefined where none comes next. */
export function parseIdentifierName(
  stream: TokenStream,
): { readonly nameParts: readonly string[]; readonly identifier?: Expression } | undefined {
  if (!stream.isWord('IDENTIFIER') || !stream.isOperator('(', 1)) return undefined;
  stream.take();
  stream.take();
  const identifier = stream.grammar.expression(stream);
  stream.expectOperator(')');
  const value = constantText(identifier);
  const nameParts = typeof value === 'string' ? identifierParts(value) : undefined;
  if (typeof value === 'string' && nameParts === undefined) {
    if (value.trim() === '') stream.report('PARSE_EMPTY_STATEMENT', {}, identifier.range);
    else stream.report('PARSE_SYNTAX_ERROR', { error: `'${value}'`, hint: '' }, identifier.range);
  }
  return nameParts === undefined ? { nameParts: [], identifier } : { nameParts };
}

/** A string that is written out, in one piece or in several put together. */
function constantText(expression: Expression): string | undefined {
  if (expression.kind === 'literal') {
    return typeof expression.value === 'string' ? expression.value : undefined;
  }
  if (expression.kind !== 'unresolvedFunction' || expression.functionName !== 'concat') {
    return undefined;
  }
  const parts = expression.arguments.map(constantText);
  return parts.some((part) => part === undefined) ? undefined : parts.join('');
}

/** The parts of a name that is the value of a string; undefined where it is none. */
export function identifierParts(text: string): readonly string[] | undefined {
  const tokens = tokenize(text).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  const parts: string[] = [];
  for (let index = 0; index < tokens.length; index += 2) {
    const [token, after] = [tokens[index], tokens[index + 1]];
    if (token === undefined || !isName(token)) return undefined;
    parts.push(
      token.kind === 'quotedWord' ? unquotedName(token) : text.slice(token.start, token.end),
    );
    if (after?.kind === 'end') return parts;
    if (after?.text !== '.') return undefined;
  }
  return undefined;
}
