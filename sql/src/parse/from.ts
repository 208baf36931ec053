/** FROM: tables, subqueries, inline tables and joins. */
import type { Join, JoinType, Relation } from '../plan/unresolved.ts';
import {
  isName,
  nameOf,
  parseIdentifierName,
  parseNameParts,
  parseNames,
  startsQuery,
} from './name.ts';
import type { TokenStream } from './tokenStream.ts';

export function parseFrom(stream: TokenStream): Relation {
  let left = parseJoins(stream);
  for (let length = 1; stream.chainMayGrow(length) && stream.acceptOperator(','); length++) {
    const right = parseJoins(stream);
    left = {
      kind: 'join',
      left,
      right,
      joinType: 'inner',
      usingColumns: [],
      natural: false,
      range: { start: left.range.start, end: stream.lastEnd },
    };
  }
  for (const word of ['PIVOT', 'UNPIVOT']) {
    if (!stream.isWord(word) || !(stream.isOperator('(', 1) || isName(stream.peek(1)))) continue;
    const clause = stream.take();
    if (!stream.isOperator('(')) while (isName(stream.next)) stream.take();
    stream.skipParentheses();
    if (stream.acceptWord('AS') || isName(stream.next)) stream.take();
    stream.unsupported(word, clause.start);
  }
  return left;
}

function parseJoins(stream: TokenStream): Relation {
  let left = stream.nested(
    () => parsePrimaryRelation(stream),
    () => unknownRelation(stream),
  );
  for (let length = 1; stream.chainMayGrow(length); length++) {
    const head = parseJoinHead(stream);
    if (head === undefined) return left;
    if (stream.isWord('LATERAL')) {
      const word = stream.take();
      stream.unsupported('LATERAL', word.start);
    }
    const right = parsePrimaryRelation(stream);
    left = joinOf(stream, left, right, head);
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
  if (stream.isWord('LATERAL')) {
    stream.take();
    stream.unsupported('LATERAL', start);
    return parsePrimaryRelation(stream);
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
    stream.skipParentheses();
    stream.unsupported(`The table function ${nameParts.join('.')}`, start);
    return aliased(stream, unknownRelation(stream), start);
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
export function aliased(stream: TokenStream, relation: Relation, start: number): Relation {
  if (stream.isWord('TABLESAMPLE')) {
    stream.take();
    if (stream.isOperator('(')) stream.skipParentheses();
    stream.unsupported('TABLESAMPLE', start);
  }
  const explicit = stream.acceptWord('AS');
  if (explicit && relation.kind === 'values' && stream.isOperator('(')) {
    const columnNames = parseNames(stream);
    const range = { start, end: stream.lastEnd };
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
  return { kind: 'subqueryAlias', input: relation, alias, columnNames, range };
}
