/** FROM: tables, subqueries, inline tables and joins. */
import type { Range } from '../plan/range.ts';
import type { Expression, Join, JoinType, Relation } from '../plan/unresolved.ts';
import { isLateralView, parseArguments, parseLateralView } from './lateral.ts';
import {
  isName,
  nameOf,
  parseIdentifierName,
  parseNameParts,
  parseNames,
  startsQuery,
} from './name.ts';
import { isPivot, parsePivotOrUnpivot, parseSample } from './pivot.ts';
import { quoteName } from '../problem.ts';
import type { TokenStream } from './tokenStream.ts';

export function parseFrom(stream: TokenStream): Relation {
  let left = parseRelation(stream, undefined);
  for (let length = 1; stream.chainMayGrow(length) && stream.acceptOperator(','); length++) {
    left = parseRelation(stream, left);
  }
  while (isLateralView(stream)) left = parseLateralView(stream, left);
  return left;
}

/** One of the relations between commas; those before it are its left side. */
function parseRelation(stream: TokenStream, left: Relation | undefined): Relation {
  const lateral = parseLateralWord(stream);
  const first = stream.nested(
    () => parsePrimaryRelation(stream),
    () => unknownRelation(stream),
  );
  if (lateral) checkLateral(stream, first);
  if (left === undefined) return parseJoinsAfter(stream, first);
  const joined = (right: Relation): Join => ({
    kind: 'join',
    left,
    right,
    joinType: 'inner',
    usingColumns: [],
    natural: false,
    ...(lateral ? { lateral } : {}),
    range: { start: left.range.start, end: stream.lastEnd },
  });
  // What follows is joined to all that stands before it.
  return parseJoinsAfter(stream, joined(first));
}

function parseLateralWord(stream: TokenStream): boolean {
  if (!stream.isWord('LATERAL') || stream.isWord('VIEW', 1)) return false;
  stream.take();
  return true;
}

/** Only a subquery and a function can read what stands left of them. */
function checkLateral(stream: TokenStream, relation: Relation): void {
  const inner = relation.kind === 'subqueryAlias' ? relation.input : relation;
  const isTable = inner.kind === 'read' || inner.kind === 'values' || inner.kind === 'join';
  if (!isTable) return;
  stream.report(
    'INVALID_SQL_SYNTAX.LATERAL_WITHOUT_SUBQUERY_OR_TABLE_VALUED_FUNC',
    {},
    relation.range,
  );
}

/** The relation with every JOIN, PIVOT and UNPIVOT that follows it; itself where none does. */
export function parseJoinsAfter(stream: TokenStream, first: Relation, atMost = Infinity): Relation {
  let left = first;
  for (let length = 1; length <= atMost && stream.chainMayGrow(length); length++) {
    if (isPivot(stream)) {
      left = parsePivotOrUnpivot(stream, left);
      continue;
    }
    const head = parseJoinHead(stream);
    if (head === undefined) return left;
    const lateral = parseLateralWord(stream);
    const right = parsePrimaryRelation(stream);
    if (lateral) checkLateral(stream, right);
    left = { ...joinOf(stream, left, right, head), ...(lateral ? { lateral } : {}) };
    if (lateral && head.natural) {
      const parameters = { joinType1: 'LATERAL', joinType2: 'NATURAL' };
      stream.report('INCOMPATIBLE_JOIN_TYPES', parameters, left.range);
    }
    if (lateral && left.usingColumns.length > 0) {
      stream.report('UNSUPPORTED_FEATURE.LATERAL_JOIN_USING', {}, left.range);
    }
  }
  return left;
}

interface JoinHead {
  readonly joinType: JoinType;
  readonly natural: boolean;
}

const joinWords: readonly (readonly [JoinType, ...string[]])[] = [
  ['inner', 'INNER'],
  ['cross', 'CROSS'],
  ['leftSemi', 'LEFT', 'SEMI'],
  ['leftAnti', 'LEFT', 'ANTI'],
  ['leftOuter', 'LEFT', 'OUTER'],
  ['leftOuter', 'LEFT'],
  ['leftSemi', 'SEMI'],
  ['leftAnti', 'ANTI'],
  ['rightOuter', 'RIGHT', 'OUTER'],
  ['rightOuter', 'RIGHT'],
  ['fullOuter', 'FULL', 'OUTER'],
  ['fullOuter', 'FULL'],
];

function parseJoinHead(stream: TokenStream): JoinHead | undefined {
  const mark = stream.mark();
  const natural = stream.acceptWord('NATURAL');
  if (stream.acceptWord('JOIN')) return { joinType: 'inner', natural };
  for (const [joinType, ...words] of joinWords) {
    if (stream.acceptWord(...words, 'JOIN')) return { joinType, natural };
  }
  // Half a query: `a LEFT` is on its way to a join, unless it ends there.
  if (natural) stream.syntaxError();
  stream.rewind(mark);
  return undefined;
}

function joinOf(stream: TokenStream, left: Relation, right: Relation, head: JoinHead): Join {
  const joined = { kind: 'join', left, right, ...head } as const;
  const { start } = left.range;
  if (!head.natural && stream.acceptWord('ON')) {
    const joinCondition = stream.grammar.expression(stream);
    return { ...joined, joinCondition, usingColumns: [], range: { start, end: stream.lastEnd } };
  }
  const usingColumns =
    !head.natural && stream.isWord('USING') && stream.isOperator('(', 1) ? parseUsing(stream) : [];
  return { ...joined, usingColumns, range: { start, end: stream.lastEnd } };
}

function parseUsing(stream: TokenStream): readonly string[] {
  stream.take();
  return parseNames(stream);
}

function unknownRelation(stream: TokenStream): Relation {
  return { kind: 'oneRow', range: { start: stream.next.start, end: stream.next.start } };
}

function parsePrimaryRelation(stream: TokenStream): Relation {
  const { start } = stream.next;
  if (stream.isOperator('(')) {
    stream.take();
    const input = parseInParentheses(stream);
    const closed = stream.expectOperator(')');
    return closed ? aliased(stream, input, start) : input;
  }
  if (stream.isWord('VALUES') && !stream.isOperator('.', 1)) {
    return aliased(stream, stream.grammar.values(stream), start);
  }
  const token = stream.next;
  const isKeyword = token.kind === 'word' && clauseWords.has(token.text);
  if (!isName(token) || (isKeyword && !stream.isOperator('.', 1))) {
    stream.syntaxError();
    return unknownRelation(stream);
  }
  const evaluated = parseIdentifierName(stream);
  const nameParts = evaluated?.nameParts ?? parseNameParts(stream);
  if (stream.isOperator('(')) {
    const functionName = nameParts.join('.');
    const values = parseArguments(stream);
    const range = { start, end: stream.lastEnd };
    const isIdentifier = nameParts.at(-1)?.toUpperCase() === 'IDENTIFIER';
    if (isIdentifier && nameParts.length > 1) {
      stream.report(
        'INVALID_SQL_SYNTAX.INVALID_TABLE_VALUED_FUNC_NAME',
        { funcName: quoteName(nameParts) },
        range,
      );
    }
    const called: Relation = { kind: 'tableFunction', functionName, arguments: values, range };
    return aliased(stream, called, start);
  }
  const range = { start, end: stream.lastEnd };
  const read: Relation = {
    kind: 'read',
    readType: { kind: 'namedTable', nameParts, ...evaluated },
    range,
  };
  return aliased(stream, read, start);
}

/** `((SELECT …) a JOIN b)` begins like a query and is none. */
function parseInParentheses(stream: TokenStream): Relation {
  if (!startsQuery(stream)) return parseFrom(stream);
  if (!stream.isOperator('(')) return stream.grammar.query(stream);
  const mark = stream.mark();
  const query = stream.grammar.query(stream);
  if (stream.isOperator(')')) return query;
  const read = stream.mark();
  stream.rewind(mark);
  const input = parseFrom(stream);
  if (stream.isOperator(')')) return input;
  stream.rewind(read);
  return query;
}

const clauseWords = new Set(
  'SELECT FROM WHERE GROUP HAVING ORDER LIMIT UNION EXCEPT INTERSECT JOIN ON USING'.split(' '),
);
const notTableAliases = new Set(
  (
    'WHERE GROUP HAVING ORDER LIMIT OFFSET UNION EXCEPT MINUS SETMINUS INTERSECT LATERAL WINDOW SELECT ' +
    'ANTI CROSS FULL INNER JOIN LEFT NATURAL ON RIGHT SEMI USING SORT CLUSTER DISTRIBUTE PIVOT UNPIVOT ' +
    'TABLESAMPLE FROM SET'
  ).split(' '),
);

/** What may follow a relation: its name, and names for its columns. */
export function aliased(stream: TokenStream, input: Relation, start: number): Relation {
  const relation = stream.isWord('TABLESAMPLE') ? parseSample(stream, input) : input;
  const explicit = stream.acceptWord('AS');
  if (explicit && relation.kind === 'values' && stream.isOperator('(')) {
    const columnNames = parseNames(stream);
    const range = { start, end: stream.lastEnd };
    checkNames(stream, relation.rows, columnNames, range);
    return { kind: 'subqueryAlias', input: relation, alias: '', columnNames, range };
  }
  const token = stream.next;
  const inserts = ['INTO', 'OVERWRITE'].some((word) => stream.areWords('INSERT', word));
  const isAlias =
    !inserts && isName(token) && !(token.kind === 'word' && notTableAliases.has(token.text));
  if (!isAlias) {
    if (explicit) stream.syntaxError();
    return relation;
  }
  const alias = nameOf(stream, stream.take());
  const columnNames = stream.isOperator('(') ? parseNames(stream) : [];
  const range = { start, end: stream.lastEnd };
  if (relation.kind === 'values') checkNames(stream, relation.rows, columnNames, range);
  return { kind: 'subqueryAlias', input: relation, alias, columnNames, range };
}

function checkNames(
  stream: TokenStream,
  rows: readonly (readonly Expression[])[],
  columnNames: readonly string[],
  range: Range,
): void {
  const rowIndex = rows.findIndex((row) => row.length !== columnNames.length);
  if (columnNames.length === 0 || rowIndex < 0) return;
  stream.report(
    'INVALID_INLINE_TABLE.NUM_COLUMNS_MISMATCH',
    {
      expectedNumCols: String(columnNames.length),
      actualNumCols: String(rows[rowIndex]?.length ?? 0),
      rowIndex: String(rowIndex),
    },
    range,
  );
}
