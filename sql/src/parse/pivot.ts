/** PIVOT, UNPIVOT and TABLESAMPLE: what may follow a relation. */
import type { Expression, PivotValue, Relation, UnpivotColumns } from '../plan/unresolved.ts';
import { isNumber } from './literal.ts';
import { isName, nameOf, parseNameParts } from './name.ts';
import type { TokenStream } from './tokenStream.ts';

/** The relation with every PIVOT and UNPIVOT that follows it. */
export function isPivot(stream: TokenStream): boolean {
  if (stream.isWord('PIVOT')) return stream.isOperator('(', 1);
  return (
    stream.isWord('UNPIVOT') &&
    (stream.isOperator('(', 1) || stream.isWord('INCLUDE', 1) || stream.isWord('EXCLUDE', 1))
  );
}

export function parsePivotOrUnpivot(stream: TokenStream, input: Relation): Relation {
  return stream.isWord('PIVOT') ? parsePivot(stream, input) : parseUnpivot(stream, input);
}

function parsePivot(stream: TokenStream, input: Relation): Relation {
  stream.take();
  stream.take();
  const aggregates: Expression[] = [];
  do {
    aggregates.push(parseAggregate(stream));
  } while (stream.acceptOperator(','));
  stream.expectWord('FOR');
  const pivotColumns = parseColumns(stream);
  stream.expectWord('IN');
  const values: PivotValue[] = [];
  if (stream.expectOperator('(')) {
    do {
      const expression = stream.grammar.expression(stream);
      const alias = parseAlias(stream);
      values.push({ expression, ...(alias === undefined ? {} : { alias }) });
    } while (stream.acceptOperator(','));
    stream.expectOperator(')');
  }
  stream.expectOperator(')');
  const range = { start: input.range.start, end: stream.lastEnd };
  return { kind: 'pivot', input, aggregates, pivotColumns, values, range };
}

/** Its alias is no FOR, unless another one follows. */
function parseAggregate(stream: TokenStream): Expression {
  const expression = stream.grammar.expression(stream);
  const isFor = stream.isWord('FOR') && !stream.isWord('FOR', 1);
  const name = isFor ? undefined : parseAlias(stream);
  if (name === undefined) return expression;
  const range = { start: expression.range.start, end: stream.lastEnd };
  return { kind: 'alias', expression, name, range };
}

function parseUnpivot(stream: TokenStream, input: Relation): Relation {
  stream.take();
  const includeNulls = stream.acceptWord('INCLUDE', 'NULLS');
  if (!includeNulls) stream.acceptWord('EXCLUDE', 'NULLS');
  stream.expectOperator('(');
  const isMultiple = stream.isOperator('(');
  const valueColumnNames = isMultiple ? parseIdentifiers(stream) : [parseIdentifier(stream)];
  stream.expectWord('FOR');
  const variableColumnName = parseIdentifier(stream);
  stream.expectWord('IN');
  stream.expectOperator('(');
  const values: UnpivotColumns[] = [];
  do {
    const columns = isMultiple ? parseColumns(stream) : [parseColumn(stream)];
    const alias = parseAlias(stream);
    values.push({ columns, ...(alias === undefined ? {} : { alias }) });
  } while (stream.acceptOperator(','));
  stream.expectOperator(')');
  stream.expectOperator(')');
  const { start } = input.range;
  const unpivot: Relation = {
    kind: 'unpivot',
    input,
    values,
    variableColumnName,
    valueColumnNames,
    includeNulls,
    range: { start, end: stream.lastEnd },
  };
  const alias = isClause(stream) ? undefined : parseAlias(stream);
  if (alias === undefined) return unpivot;
  const range = { start, end: stream.lastEnd };
  return { kind: 'subqueryAlias', input: unpivot, alias, columnNames: [], range };
}

const clauses = new Set(
  (
    'WHERE GROUP HAVING ORDER LIMIT OFFSET UNION EXCEPT MINUS SETMINUS INTERSECT LATERAL WINDOW SORT CLUSTER ' +
    'DISTRIBUTE PIVOT UNPIVOT JOIN CROSS INNER LEFT RIGHT FULL SEMI ANTI NATURAL ON USING'
  ).split(' '),
);

function isClause({ next }: TokenStream): boolean {
  return next.kind === 'word' && clauses.has(next.text);
}

function parseAlias(stream: TokenStream): string | undefined {
  const explicit = stream.acceptWord('AS');
  if (explicit || isName(stream.next)) return parseIdentifier(stream);
  return undefined;
}

function parseIdentifier(stream: TokenStream): string {
  if (isName(stream.next)) return nameOf(stream, stream.take());
  stream.syntaxError();
  return '';
}

function parseIdentifiers(stream: TokenStream): readonly string[] {
  stream.take();
  const names: string[] = [];
  do {
    names.push(parseIdentifier(stream));
  } while (stream.acceptOperator(','));
  stream.expectOperator(')');
  return names;
}

/** One column, or several in parentheses. */
function parseColumns(stream: TokenStream): readonly Expression[] {
  if (!stream.acceptOperator('(')) return [parseColumn(stream)];
  const columns: Expression[] = [];
  do {
    columns.push(parseColumn(stream));
  } while (stream.acceptOperator(','));
  stream.expectOperator(')');
  return columns;
}

function parseColumn(stream: TokenStream): Expression {
  const { start } = stream.next;
  if (!isName(stream.next)) {
    stream.syntaxError();
    return { kind: 'missing', range: { start, end: start } };
  }
  const nameParts = parseNameParts(stream);
  return { kind: 'unresolvedAttribute', nameParts, range: { start, end: stream.lastEnd } };
}

/** `TABLESAMPLE (10 PERCENT)`, `(5 ROWS)` or `(BUCKET 1 OUT OF 10)`, with or without a seed. */
export function parseSample(stream: TokenStream, input: Relation): Relation {
  const { start } = stream.take();
  if (!stream.expectOperator('(')) return input;
  const amount = parseAmount(stream, start);
  stream.expectOperator(')');
  let seed: bigint | undefined;
  if (stream.acceptWord('REPEATABLE') && stream.expectOperator('(')) {
    const token = stream.take();
    if (!/^\d+$/.test(token.text)) stream.syntaxError(token);
    else seed = BigInt(token.text);
    stream.expectOperator(')');
  }
  if (amount === undefined) return input;
  const range = { start: input.range.start, end: stream.lastEnd };
  return { kind: 'sample', input, amount, ...(seed === undefined ? {} : { seed }), range };
}

function parseAmount(
  stream: TokenStream,
  start: number,
): (Relation & { readonly kind: 'sample' })['amount'] | undefined {
  const range = () => ({ start, end: stream.lastEnd });
  if (stream.isOperator(')')) {
    stream.report('_LEGACY_ERROR_TEMP_0014', {}, range());
    return undefined;
  }
  if (stream.acceptWord('BUCKET')) {
    const part = Number(stream.take().text);
    stream.expectWord('OUT');
    stream.expectWord('OF');
    const of = Number(stream.take().text);
    if (stream.acceptWord('ON')) {
      const isCall = isName(stream.next) && stream.isOperator('(', 1);
      stream.grammar.expression(stream);
      stream.report(
        '_LEGACY_ERROR_TEMP_0015',
        { msg: isCall ? 'BUCKET x OUT OF y ON function' : 'BUCKET x OUT OF y ON colname' },
        range(),
      );
      return undefined;
    }
    return share(stream, part / of, range());
  }
  const mark = stream.mark();
  const isNegative = stream.acceptOperator('-');
  if (isNumber(stream.next)) {
    const percent = Number(stream.take().text.replace(/[a-z]+$/i, ''));
    if (stream.acceptWord('PERCENT')) {
      return share(stream, ((isNegative ? -1 : 1) * percent) / 100, range());
    }
  }
  stream.rewind(mark);
  const count = stream.grammar.expression(stream);
  if (stream.acceptWord('ROWS')) return { kind: 'rows', count };
  const bytes = stream.text.slice(count.range.start, count.range.end);
  if (/^\d+[bkmg]$/i.test(bytes)) {
    stream.report('_LEGACY_ERROR_TEMP_0015', { msg: 'byteLengthLiteral' }, range());
  } else {
    stream.report('_LEGACY_ERROR_TEMP_0016', { bytesStr: bytes }, range());
  }
  return undefined;
}

function share(
  stream: TokenStream,
  upperBound: number,
  range: { readonly start: number; readonly end: number },
): (Relation & { readonly kind: 'sample' })['amount'] {
  const isWithin = -1e-6 <= upperBound && upperBound <= 1 + 1e-6;
  if (!isWithin) {
    const written = Number.isInteger(upperBound) ? upperBound.toFixed(1) : String(upperBound);
    const msg = `Sampling fraction (${written}) must be on interval [0, 1]`;
    stream.report('_LEGACY_ERROR_TEMP_0064', { msg }, range);
  }
  return { kind: 'share', upperBound };
}
