/** Queries: WITH, SELECT and its clauses, set operations, ordering and limits. */
import type { Range } from '../plan/range.ts';
import type { Expression, Relation, SortOrder, SubqueryAlias } from '../plan/unresolved.ts';
import { aliased, parseFrom } from './from.ts';
import { isName, nameOf, parseExpressions, parseNames } from './name.ts';
import type { TokenStream } from './tokenStream.ts';

export function parseQuery(stream: TokenStream): Relation {
  return stream.nested(
    () => (stream.isWord('WITH') ? parseWith(stream) : parseUnits(stream)),
    () => ({ kind: 'oneRow', range: stream.next }),
  );
}

function parseWith(stream: TokenStream): Relation {
  const { start } = stream.next;
  const { references } = parseReferences(stream);
  const root = parseUnits(stream);
  return { kind: 'withRelations', root, references, range: { start, end: stream.lastEnd } };
}

/** The names of a WITH; it comes next. */
export function parseReferences(stream: TokenStream): {
  readonly references: readonly SubqueryAlias[];
} {
  const { start } = stream.take();
  if (stream.isWord('RECURSIVE') && isName(stream.peek(1))) {
    stream.take();
    stream.unsupported('WITH RECURSIVE', start);
  }
  const references: SubqueryAlias[] = [];
  do {
    const token = stream.next;
    if (!isName(token)) {
      stream.syntaxError();
      break;
    }
    const alias = nameOf(stream, stream.take());
    const columnNames = stream.isOperator('(') ? parseNames(stream) : [];
    stream.acceptWord('AS');
    if (!stream.expectOperator('(')) break;
    const input = parseQuery(stream);
    stream.expectOperator(')');
    const range = { start: token.start, end: stream.lastEnd };
    references.push({ kind: 'subqueryAlias', input, alias, columnNames, range });
  } while (stream.acceptOperator(','));
  const names = references.map((reference) => reference.alias.toLowerCase());
  const duplicates = names.filter((name, index) => names.indexOf(name) < index);
  if (duplicates.length > 0) {
    const duplicateNames = [...new Set(duplicates)].map((name) => `\`${name}\``).join(', ');
    stream.report('DUPLICATED_CTE_NAMES', { duplicateNames }, { start, end: stream.lastEnd });
  }
  return { references };
}

function parseUnits(stream: TokenStream): Relation {
  return parseOrganization(stream, parseSetOperations(stream, 0));
}

const setLevels: readonly (readonly string[])[] = [
  ['UNION', 'EXCEPT', 'MINUS', 'SETMINUS'],
  ['INTERSECT'],
];

/** INTERSECT binds tighter than the others. */
function parseSetOperations(stream: TokenStream, level: number): Relation {
  const isFlat = stream.context.parser.setOperationsLeftToRight;
  const words = isFlat && level === 0 ? setLevels.flat() : isFlat ? undefined : setLevels[level];
  if (words === undefined) return parseUnit(stream);
  let left = parseSetOperations(stream, level + 1);
  for (let length = 1; stream.chainMayGrow(length); length++) {
    const word = words.find((candidate) => stream.isWord(candidate));
    if (word === undefined) return left;
    stream.take();
    const isAll = stream.acceptWord('ALL');
    if (!isAll) stream.acceptWord('DISTINCT');
    const byName = stream.acceptWord('BY', 'NAME');
    const rightInput = parseSetOperations(stream, level + 1);
    const setOpType = word === 'UNION' ? 'union' : word === 'INTERSECT' ? 'intersect' : 'except';
    const range = { start: left.range.start, end: stream.lastEnd };
    left = { kind: 'setOp', leftInput: left, rightInput, setOpType, isAll, byName, range };
  }
  return left;
}

function parseUnit(stream: TokenStream): Relation {
  const { start } = stream.next;
  if (stream.isOperator('(')) {
    stream.take();
    const query = parseQuery(stream);
    stream.expectOperator(')');
    return query;
  }
  if (stream.isWord('VALUES')) return aliased(stream, parseValues(stream), start);
  if (stream.isWord('TABLE') && isName(stream.peek(1))) {
    stream.take();
    return parseFrom(stream);
  }
  if (stream.acceptWord('FROM')) {
    const input = parseFrom(stream);
    if (stream.isWord('SELECT')) return parseSelect(stream, start, input);
    if (stream.isWord('MAP') || stream.isWord('REDUCE')) {
      stream.unsupported('MAP and REDUCE', start);
      stream.skipToEnd();
    } else if (!stream.isOperator('|>') && !stream.isWord('INSERT')) stream.syntaxError();
    return input;
  }
  if (stream.isWord('SELECT')) return parseSelect(stream, start, undefined);
  if (stream.isWord('MAP') || stream.isWord('REDUCE')) {
    stream.unsupported('MAP and REDUCE', start);
    stream.skipToEnd();
    return { kind: 'oneRow', range: { start, end: start } };
  }
  stream.syntaxError();
  return { kind: 'oneRow', range: { start, end: start } };
}

export function parseValues(stream: TokenStream): Relation {
  const { start } = stream.take();
  const rows: (readonly Expression[])[] = [];
  do {
    const row = stream.grammar.expression(stream);
    const isRow =
      row.kind === 'unresolvedFunction' &&
      row.functionName === 'struct' &&
      row.arguments.length > 0;
    rows.push(isRow ? row.arguments : [row]);
  } while (stream.acceptOperator(','));
  const range = { start, end: stream.lastEnd };
  const expected = rows[0]?.length ?? 0;
  const other = rows.findIndex((row) => row.length !== expected);
  if (other > 0) {
    stream.report(
      'INVALID_INLINE_TABLE.NUM_COLUMNS_MISMATCH',
      {
        expectedNumCols: String(expected),
        actualNumCols: String(rows[other]?.length ?? 0),
        rowIndex: String(other),
      },
      range,
    );
  }
  return { kind: 'values', rows, range };
}

interface SelectList {
  readonly isDistinct: boolean;
  readonly expressions: readonly Expression[];
}

function parseSelect(stream: TokenStream, start: number, before: Relation | undefined): Relation {
  const list = parseSelectList(stream);
  const here = (): Range => ({ start, end: stream.lastEnd });
  let input: Relation = before ?? { kind: 'oneRow', range: { start, end: start } };
  if (before === undefined && stream.acceptWord('FROM')) input = parseFrom(stream);
  if (stream.isWord('LATERAL') && stream.isWord('VIEW', 1)) {
    const view = stream.take();
    while (!stream.atEnd && !stream.isWord('WHERE') && !stream.isOperator(')')) stream.take();
    stream.unsupported('LATERAL VIEW', view.start);
  }
  if (stream.acceptWord('WHERE')) {
    const condition = stream.grammar.expression(stream);
    input = { kind: 'filter', input, condition, range: here() };
  }
  let grouping: readonly Expression[] | undefined;
  if (stream.isWord('GROUP') && stream.isWord('BY', 1)) grouping = parseGroupBy(stream);
  const select = (): Relation =>
    grouping === undefined
      ? { kind: 'project', input, expressions: list.expressions, range: here() }
      : {
          kind: 'aggregate',
          input,
          groupType: 'groupBy',
          groupingExpressions: grouping,
          aggregateExpressions: list.expressions,
          range: here(),
        };
  let result = select();
  if (stream.acceptWord('HAVING')) {
    const condition = stream.grammar.expression(stream);
    if (grouping === undefined && stream.context.parser.havingWithoutGroupByFilters) {
      input = { kind: 'filter', input, condition, range: here() };
      result = select();
    } else {
      // Without GROUP BY, HAVING makes the whole input one group.
      grouping ??= [];
      result = { kind: 'having', input: select(), condition, range: here() };
    }
  }
  if (list.isDistinct) {
    result = { kind: 'deduplicate', input: result, allColumnsAsKeys: true, range: here() };
  }
  return result;
}

function parseSelectList(stream: TokenStream): SelectList {
  const { start } = stream.take();
  if (stream.acceptOperator('/*+')) {
    // Spark takes hints as advice; here they change nothing.
    while (!stream.atEnd && !stream.acceptOperator('*/')) stream.take();
  }
  if (startsScript(stream)) stream.unsupported('TRANSFORM', start);
  const isDistinct = stream.acceptWord('DISTINCT');
  if (!isDistinct && stream.isWord('ALL') && !stream.isOperator(',', 1)) stream.take();
  const expressions: Expression[] = [];
  do {
    expressions.push(parseNamedExpression(stream));
  } while (stream.acceptOperator(','));
  return { isDistinct, expressions };
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

const notColumnAliases = new Set(
  (
    'FROM WHERE GROUP HAVING ORDER LIMIT OFFSET UNION EXCEPT MINUS SETMINUS INTERSECT LATERAL WINDOW ' +
    'SORT CLUSTER DISTRIBUTE INTO'
  ).split(' '),
);

function parseNamedExpression(stream: TokenStream): Expression {
  const expression = stream.grammar.expression(stream);
  const { start } = expression.range;
  const explicit = stream.acceptWord('AS');
  if (explicit && stream.isOperator('(')) {
    parseNames(stream);
    stream.unsupported('Several aliases for one expression', start);
    return expression;
  }
  const implicit =
    !explicit &&
    isName(stream.next) &&
    !(stream.next.kind === 'word' && notColumnAliases.has(stream.next.text));
  if (!explicit && !implicit) return expression;
  if (!isName(stream.next)) {
    stream.syntaxError();
    return expression;
  }
  const name = nameOf(stream, stream.take());
  return { kind: 'alias', expression, name, range: { start, end: stream.lastEnd } };
}

const groupingAnalytics = [['GROUPING', 'SETS'], ['ROLLUP'], ['CUBE']] as const;

function parseGroupBy(stream: TokenStream): readonly Expression[] {
  const { start } = stream.take();
  stream.take();
  const expressions: Expression[] = [];
  do {
    const analytics = groupingAnalytics.find(
      (words) => stream.areWords(...words) && stream.isOperator('(', words.length),
    );
    if (analytics === undefined) {
      expressions.push(stream.grammar.expression(stream));
      continue;
    }
    stream.acceptWord(...analytics);
    stream.skipParentheses();
    stream.unsupported(analytics.join(' '), start);
  } while (stream.acceptOperator(','));
  if (stream.isWord('WITH') && (stream.isWord('ROLLUP', 1) || stream.isWord('CUBE', 1))) {
    stream.take();
    stream.unsupported(`WITH ${stream.take().text}`, start);
  }
  if (stream.isWord('GROUPING') && stream.isWord('SETS', 1)) {
    stream.take();
    stream.take();
    stream.skipParentheses();
    stream.unsupported('GROUPING SETS', start);
  }
  return expressions;
}

/** ORDER BY, LIMIT and OFFSET, which are about the whole query. */
function parseOrganization(stream: TokenStream, query: Relation): Relation {
  const { start } = query.range;
  const here = (): Range => ({ start, end: stream.lastEnd });
  let result = query;
  for (const [word, isGlobal] of [
    ['ORDER', true],
    ['SORT', false],
  ] as const) {
    if (!stream.acceptWord(word, 'BY')) continue;
    const order = parseSortOrders(stream);
    result = { kind: 'sort', input: result, order, isGlobal, range: here() };
  }
  for (const word of ['CLUSTER', 'DISTRIBUTE']) {
    if (!stream.isWord(word) || !stream.isWord('BY', 1)) continue;
    const clause = stream.take();
    stream.take();
    parseExpressions(stream);
    stream.unsupported(`${word} BY`, clause.start);
  }
  if (stream.isWord('WINDOW') && isName(stream.peek(1)) && stream.isWord('AS', 2)) {
    const clause = stream.take();
    do {
      stream.take();
      stream.take();
      if (stream.isOperator('(')) stream.skipParentheses();
      else stream.take();
    } while (stream.acceptOperator(','));
    stream.unsupported('WINDOW', clause.start);
  }
  if (stream.acceptWord('LIMIT') && !stream.acceptWord('ALL')) {
    const limit = stream.grammar.expression(stream);
    result = { kind: 'limit', input: result, limit, range: here() };
  }
  if (stream.acceptWord('OFFSET')) {
    const offset = stream.grammar.expression(stream);
    // Rows are skipped before they are counted, whichever is written first.
    result =
      result.kind === 'limit'
        ? { ...result, input: { kind: 'offset', input: result.input, offset, range: here() } }
        : { kind: 'offset', input: result, offset, range: here() };
  }
  if (stream.isOperator('|>')) {
    const pipe = stream.take();
    stream.skipToEnd();
    stream.unsupported('The pipe operator |>', pipe.start);
  }
  return result;
}

function parseSortOrders(stream: TokenStream): readonly SortOrder[] {
  const orders: SortOrder[] = [];
  do {
    const child = stream.grammar.expression(stream);
    const descending = stream.acceptWord('DESC');
    if (!descending) stream.acceptWord('ASC');
    const first = stream.acceptWord('NULLS', 'FIRST');
    const last = !first && stream.acceptWord('NULLS', 'LAST');
    orders.push({
      kind: 'sortOrder',
      child,
      direction: descending ? 'descending' : 'ascending',
      nullOrdering: first || (!last && !descending) ? 'nullsFirst' : 'nullsLast',
      range: { start: child.range.start, end: stream.lastEnd },
    });
  } while (stream.acceptOperator(','));
  return orders;
}
