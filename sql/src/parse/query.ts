/** Queries: WITH, SELECT and its clauses, set operations, pipes, ordering and limits. */
import type { Range } from '../plan/range.ts';
import type { Expression, Relation, SubqueryAlias } from '../plan/unresolved.ts';
import { aliased, parseFrom } from './from.ts';
import { parseGroupBy } from './grouping.ts';
import { hinted } from './hints.ts';
import { isLateralView, parseLateralView } from './lateral.ts';
import { isName, nameOf, parseExpressions, parseNames } from './name.ts';
import { parsePipe } from './pipe.ts';
import { parseSelectList } from './selectList.ts';
import type { TokenStream } from './tokenStream.ts';
import { isWindowClause, parseSortOrders, parseWindowClause } from './window.ts';

export function parseQuery(stream: TokenStream): Relation {
  return stream.nested(
    () => (stream.isWord('WITH') ? parseWith(stream) : parseUnits(stream)),
    () => ({ kind: 'oneRow', range: stream.next }),
  );
}

function parseWith(stream: TokenStream): Relation {
  const { start } = stream.next;
  const { references, isRecursive } = parseReferences(stream);
  const root = parseUnits(stream);
  const range = { start, end: stream.lastEnd };
  return { kind: 'withRelations', root, references, isRecursive, range };
}

/** The names of a WITH; it comes next. */
export function parseReferences(stream: TokenStream): {
  readonly references: readonly SubqueryAlias[];
  readonly isRecursive: boolean;
} {
  const { start } = stream.take();
  const isRecursive = stream.isWord('RECURSIVE') && isName(stream.peek(1));
  if (isRecursive) stream.take();
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
  return { references, isRecursive };
}

function parseUnits(stream: TokenStream): Relation {
  return parseOrganization(stream, parsePipes(stream, parseSetOperations(stream, 0)));
}

/** `|>` binds less than the set operations. */
function parsePipes(stream: TokenStream, query: Relation): Relation {
  let result = query;
  for (let length = 1; stream.chainMayGrow(length) && stream.isOperator('|>'); length++) {
    result = parsePipe(stream, result, {
      unit: parseUnit,
      select: (inner, start, before) => parseSelect(inner, start, before, true),
      organization: parseOrganization,
    });
  }
  return result;
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
    } else if (isLateralView(stream) || stream.isWord('WHERE')) {
      stream.unsupported('FROM before LATERAL VIEW or WHERE', start);
    }
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

/** SELECT is known to come next; `before` is what FROM in front of it, or a pipe, gave. */
function parseSelect(
  stream: TokenStream,
  start: number,
  before: Relation | undefined,
  isPiped = false,
): Relation {
  const list = parseSelectList(stream);
  const here = (): Range => ({ start, end: stream.lastEnd });
  let input: Relation = before ?? { kind: 'oneRow', range: { start, end: start } };
  if (before === undefined && stream.acceptWord('FROM')) input = parseFrom(stream);
  while (!isPiped && isLateralView(stream)) input = parseLateralView(stream, input);
  if (!isPiped && stream.acceptWord('WHERE')) {
    const condition = stream.grammar.expression(stream);
    input = { kind: 'filter', input, condition, range: condition.range };
  }
  let grouping: readonly Expression[] | undefined;
  if (!isPiped && stream.isWord('GROUP') && stream.isWord('BY', 1)) {
    grouping = parseGroupBy(stream);
  }
  let result: Relation =
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
  if (!isPiped && stream.acceptWord('HAVING')) {
    const condition = stream.grammar.expression(stream);
    const { havingWithoutGroupByFilters } = stream.context.parser;
    if (grouping === undefined && havingWithoutGroupByFilters) {
      const filtered: Relation = { kind: 'filter', input, condition, range: here() };
      const { expressions } = list;
      result = { kind: 'project', input: filtered, expressions, range: here() };
    } else {
      // Without GROUP BY, HAVING makes the whole input one group.
      result = { kind: 'having', input: result, condition, range: here() };
    }
  }
  if (list.isDistinct) {
    result = { kind: 'deduplicate', input: result, allColumnsAsKeys: true, range: here() };
  }
  // A WINDOW clause after ORDER BY is the whole query's; this one is the select's own.
  if (isWindowClause(stream)) {
    const definitions = parseWindowClause(stream);
    result = { kind: 'withWindows', input: result, definitions, range: here() };
  }
  return hinted(result, list.hints);
}

/** ORDER BY and its like, WINDOW, LIMIT and OFFSET, which are about the whole query. */
function parseOrganization(stream: TokenStream, query: Relation): Relation {
  const { start } = query.range;
  const here = (): Range => ({ start, end: stream.lastEnd });
  let result = parseOrder(stream, query);
  if (isWindowClause(stream)) {
    const definitions = parseWindowClause(stream);
    result = { kind: 'withWindows', input: result, definitions, range: here() };
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
  return result;
}

function parseOrder(stream: TokenStream, query: Relation): Relation {
  const clauses: string[] = [];
  const { start } = query.range;
  const here = (): Range => ({ start, end: stream.lastEnd });
  let result = query;
  if (stream.acceptWord('ORDER', 'BY')) {
    clauses.push('ORDER BY');
    const order = parseSortOrders(stream);
    result = { kind: 'sort', input: result, order, isGlobal: true, range: here() };
  }
  if (stream.acceptWord('CLUSTER', 'BY')) {
    clauses.push('CLUSTER BY');
    const expressions = parseExpressions(stream);
    const order = expressions.map(
      (child) =>
        ({
          kind: 'sortOrder',
          child,
          direction: 'ascending',
          nullOrdering: 'nullsFirst',
          range: child.range,
        }) as const,
    );
    result = repartitioned(result, expressions, here());
    result = { kind: 'sort', input: result, order, isGlobal: false, range: here() };
  }
  if (stream.acceptWord('DISTRIBUTE', 'BY')) {
    clauses.push('DISTRIBUTE BY');
    result = repartitioned(result, parseExpressions(stream), here());
  }
  if (stream.acceptWord('SORT', 'BY')) {
    if (clauses[0] !== 'DISTRIBUTE BY') clauses.push('SORT BY');
    const order = parseSortOrders(stream);
    result = { kind: 'sort', input: result, order, isGlobal: false, range: here() };
  }
  if (clauses.length > 1) {
    stream.report('UNSUPPORTED_FEATURE.COMBINATION_QUERY_RESULT_CLAUSES', {}, here());
  }
  return result;
}

function repartitioned(
  input: Relation,
  partitionExpressions: readonly Expression[],
  range: Range,
): Relation {
  return { kind: 'repartitionByExpression', input, partitionExpressions, range };
}
