/** The select list, with what stands before it. */
import type { Expression } from '../plan/unresolved.ts';
import type { ParsedHint } from './hints.ts';
import { parseHints } from './hints.ts';
import { isName, nameOf, parseNames } from './name.ts';
import type { TokenStream } from './tokenStream.ts';

export interface SelectList {
  readonly isDistinct: boolean;
  readonly expressions: readonly Expression[];
  readonly hints: readonly ParsedHint[];
}

/** SELECT is known to come next. */
export function parseSelectList(stream: TokenStream): SelectList {
  const { start } = stream.take();
  const hints = parseHints(stream);
  if (startsScript(stream)) checkScript(stream, start);
  const isDistinct = stream.acceptWord('DISTINCT');
  if (!isDistinct && stream.isWord('ALL') && !stream.isOperator(',', 1)) stream.take();
  return { isDistinct, expressions: parseNamedExpressions(stream), hints };
}

/** `TRANSFORM(…) USING …` runs a script; without what follows it is the function of that name. */
function startsScript(stream: TokenStream): boolean {
  if (!stream.isWord('TRANSFORM') || !stream.isOperator('(', 1)) return false;
  const mark = stream.mark();
  stream.take();
  stream.skipParentheses();
  const found = ['USING', 'ROW', 'RECORDWRITER'].some((word) => stream.isWord(word));
  stream.rewind(mark);
  return found;
}

/** What of a script Spark refuses as well comes before that none is run here. */
function checkScript(stream: TokenStream, start: number): void {
  const mark = stream.mark();
  stream.take();
  stream.take();
  const problemCount = stream.problems.length;
  const quantifier = ['DISTINCT', 'ALL'].some((word) => stream.acceptWord(word));
  if (quantifier) {
    stream.report('UNSUPPORTED_FEATURE.TRANSFORM_DISTINCT_ALL', {}, { start, end: stream.lastEnd });
  }
  if (!stream.isOperator('*')) {
    do {
      stream.grammar.expression(stream);
    } while (stream.acceptOperator(','));
    if (!stream.isOperator(')')) stream.syntaxError();
  }
  const found = stream.problems.slice(problemCount);
  stream.rewind(mark);
  stream.problems.push(...found);
  if (found.length === 0) checkLines(stream, start);
  if (stream.problems.length === problemCount) stream.unsupported('TRANSFORM', start);
  stream.tellNoMoreSyntax();
}

function checkLines(stream: TokenStream, start: number): void {
  const mark = stream.mark();
  stream.take();
  stream.skipParentheses();
  while (!stream.atEnd && !stream.isWord('USING')) {
    if (stream.acceptWord('LINES', 'TERMINATED', 'BY')) {
      const written = stream.text.slice(stream.next.start + 1, stream.next.end - 1);
      if (stream.next.kind !== 'string' || written === '\\n' || written === '\n') continue;
      const msg = `LINES TERMINATED BY only supports newline '\\n' right now: ${written}`;
      const { end } = stream.next;
      stream.rewind(mark);
      stream.report('_LEGACY_ERROR_TEMP_0064', { msg }, { start, end });
      return;
    }
    stream.take();
  }
  stream.rewind(mark);
}

export function parseNamedExpressions(stream: TokenStream): readonly Expression[] {
  const expressions: Expression[] = [];
  do {
    expressions.push(parseNamedExpression(stream));
  } while (stream.acceptOperator(','));
  return expressions;
}

const notColumnAliases = new Set(
  (
    'FROM WHERE GROUP HAVING ORDER LIMIT OFFSET UNION EXCEPT MINUS SETMINUS INTERSECT LATERAL WINDOW ' +
    'SORT CLUSTER DISTRIBUTE INTO'
  ).split(' '),
);

export function parseNamedExpression(stream: TokenStream): Expression {
  const expression = stream.grammar.expression(stream);
  const { start } = expression.range;
  const explicit = stream.acceptWord('AS');
  if (explicit && stream.isOperator('(')) {
    const names = parseNames(stream);
    return { kind: 'multiAlias', expression, names, range: { start, end: stream.lastEnd } };
  }
  const implicit =
    !explicit &&
    isName(stream.next) &&
    !stream.areWords('GROUPING', 'SETS') &&
    !(stream.next.kind === 'word' && notColumnAliases.has(stream.next.text));
  if (!explicit && !implicit) return expression;
  if (!isName(stream.next)) {
    stream.syntaxError();
    return expression;
  }
  const name = nameOf(stream, stream.take());
  return { kind: 'alias', expression, name, range: { start, end: stream.lastEnd } };
}
