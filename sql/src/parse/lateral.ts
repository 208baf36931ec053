/** LATERAL VIEW, and functions that yield tables. */
import type { Expression, Relation, UnresolvedFunction } from '../plan/unresolved.ts';
import { isName, nameOf, operation, parseNameParts, startsQuery } from './name.ts';
import type { TokenStream } from './tokenStream.ts';

export function isLateralView(stream: TokenStream): boolean {
  return stream.areWords('LATERAL', 'VIEW');
}

export function parseLateralView(stream: TokenStream, input: Relation): Relation {
  stream.take();
  stream.take();
  const outer = stream.isWord('OUTER') && !stream.isOperator('(', 1);
  if (outer) stream.take();
  const generator = parseGenerator(stream);
  const alias = isName(stream.next) ? nameOf(stream, stream.take()) : undefined;
  if (alias === undefined) stream.syntaxError();
  const columnNames: string[] = [];
  const explicit = stream.acceptWord('AS');
  const startsNames = explicit || (isName(stream.next) && !isClause(stream));
  if (startsNames) {
    do {
      if (isName(stream.next)) columnNames.push(nameOf(stream, stream.take()));
      else stream.syntaxError();
    } while (stream.acceptOperator(','));
  }
  const range = { start: input.range.start, end: stream.lastEnd };
  return { kind: 'lateralView', input, generator, outer, alias: alias ?? '', columnNames, range };
}

function parseGenerator(stream: TokenStream): UnresolvedFunction {
  const { start } = stream.next;
  const nameParts = isName(stream.next) ? parseNameParts(stream) : [];
  if (nameParts.length === 0) stream.syntaxError();
  const values = stream.isOperator('(') ? parseArguments(stream) : [];
  return {
    kind: 'unresolvedFunction',
    functionName: nameParts.join('.'),
    arguments: values,
    isDistinct: false,
    operator: false,
    range: { start, end: stream.lastEnd },
  };
}

/** The parenthesis is known to come next. */
export function parseArguments(stream: TokenStream): readonly Expression[] {
  stream.take();
  const values: Expression[] = [];
  if (!stream.isOperator(')') && !stream.atEnd) {
    do {
      values.push(
        stream.isWord('TABLE') && stream.isOperator('(', 1)
          ? parseTableArgument(stream)
          : stream.grammar.argument(stream),
      );
    } while (stream.acceptOperator(','));
  }
  stream.expectOperator(')');
  return values;
}

/**
 * `TABLE(t) PARTITION BY a ORDER BY b`, as functions of tables written in Python take it. None of those is here, so
 * that the function which is called is what is refused.
 */
function parseTableArgument(stream: TokenStream): Expression {
  const { start } = stream.take();
  stream.take();
  if (startsQuery(stream)) stream.grammar.query(stream);
  else if (isName(stream.next)) parseNameParts(stream);
  else stream.syntaxError();
  stream.expectOperator(')');
  if (!stream.acceptWord('WITH', 'SINGLE', 'PARTITION')) {
    if (stream.acceptWord('PARTITION', 'BY') || stream.acceptWord('DISTRIBUTE', 'BY'))
      stream.grammar.expression(stream);
  }
  if (stream.acceptWord('ORDER', 'BY') || stream.acceptWord('SORT', 'BY')) {
    if (stream.isOperator('(')) stream.skipParentheses();
    else {
      stream.grammar.expression(stream);
      if (!stream.acceptWord('DESC')) stream.acceptWord('ASC');
      if (!stream.acceptWord('NULLS', 'FIRST')) stream.acceptWord('NULLS', 'LAST');
    }
  }
  return operation('table', [], { start, end: stream.lastEnd });
}

const clauses = new Set(
  (
    'WHERE GROUP HAVING ORDER LIMIT OFFSET UNION EXCEPT MINUS SETMINUS INTERSECT LATERAL WINDOW SORT CLUSTER ' +
    'DISTRIBUTE PIVOT UNPIVOT SELECT JOIN'
  ).split(' '),
);

function isClause({ next }: TokenStream): boolean {
  return next.kind === 'word' && clauses.has(next.text);
}
