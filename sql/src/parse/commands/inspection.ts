/** DESCRIBE, SHOW and EXPLAIN: what tells of the session and its tables. */
import type { Command, Explain, Show, Statement } from '../../plan/statements.ts';
import { isString } from '../literal.ts';
import { isName, nameOf, parseNameParts, startsQuery } from '../name.ts';
import type { TokenStream } from '../tokenStream.ts';
import { parseObjectName, parsePartition, stringOf } from './pieces.ts';

const namespaceWords = ['NAMESPACE', 'DATABASE', 'SCHEMA'];

export function parseDescribe(stream: TokenStream, start: number): Command {
  stream.take();
  const range = () => ({ start, end: stream.lastEnd });
  const named = (ahead = 1) => isName(stream.peek(ahead)) || isString(stream.peek(ahead));
  if (stream.isWord('FUNCTION') && named()) {
    stream.take();
    const extended = stream.isWord('EXTENDED') && stream.peek(1).kind !== 'end';
    if (extended) stream.take();
    const name = parseFunctionName(stream);
    return { kind: 'describeFunction', name, extended, range: range() };
  }
  if (namespaceWords.some((word) => stream.isWord(word)) && isName(stream.peek(1))) {
    stream.take();
    const extended = stream.isWord('EXTENDED') && stream.peek(1).kind !== 'end';
    if (extended) stream.take();
    return { kind: 'describeNamespace', name: parseObjectName(stream), extended, range: range() };
  }
  const isQuery = stream.isWord('QUERY') && stream.peek(1).kind !== 'end';
  if (isQuery) stream.take();
  if (isQuery || (startsQuery(stream) && !stream.isWord('TABLE'))) {
    const query = stream.grammar.query(stream);
    return { kind: 'describeQuery', query, range: range() };
  }
  if (stream.isWord('TABLE') && stream.peek(1).kind !== 'end') stream.take();
  const isExtended = ['EXTENDED', 'FORMATTED'].some(
    (word) => stream.isWord(word) && (isName(stream.peek(1)) || stream.isWord('IDENTIFIER', 1)),
  );
  const extended = isExtended && !stream.areWords('EXTENDED', 'AS');
  if (extended) stream.take();
  const name = parseObjectName(stream);
  const partition = parsePartition(stream);
  const empty = partition.find(({ value }) => value === undefined);
  if (empty !== undefined) {
    const partKey = `\`${empty.name}\``;
    stream.report('INVALID_SQL_SYNTAX.EMPTY_PARTITION_VALUE', { partKey }, range());
  }
  const column =
    isName(stream.next) && !stream.areWords('AS', 'JSON') ? parseNameParts(stream) : undefined;
  const asJson = stream.acceptWord('AS', 'JSON');
  if (asJson && !extended) {
    stream.report('DESCRIBE_JSON_NOT_EXTENDED', {}, range());
  } else if (asJson && column !== undefined) {
    stream.report('UNSUPPORTED_FEATURE.DESC_TABLE_COLUMN_JSON', {}, range());
  }
  const described = { kind: 'describeRelation', name, extended, asJson, partition } as const;
  return column === undefined
    ? { ...described, range: range() }
    : { ...described, column, range: range() };
}

/** Operators are functions too: `DESCRIBE FUNCTION <>`. */
function parseFunctionName(stream: TokenStream) {
  const { start, kind } = stream.next;
  if (kind === 'operator' || isString(stream.next)) {
    const name = isString(stream.next) ? stringOf(stream) : stream.take().text;
    return { nameParts: [name], range: { start, end: stream.lastEnd } };
  }
  return parseObjectName(stream);
}

export function parseShow(stream: TokenStream, start: number): Command {
  stream.take();
  const rest = parseShown(stream);
  if (rest !== undefined) return { kind: 'show', ...rest, range: { start, end: stream.lastEnd } };
  stream.syntaxError();
  return { kind: 'unsupported', feature: 'SHOW', range: { start, end: stream.lastEnd } };
}

type Shown = Omit<Show, 'kind' | 'range'>;

function parseShown(stream: TokenStream): Shown | undefined {
  if (stream.acceptWord('TABLES')) return { what: 'tables', ...parseIn(stream), ...like(stream) };
  if (stream.acceptWord('TABLE', 'EXTENDED')) {
    const namespace = parseIn(stream);
    stream.expectWord('LIKE');
    const pattern = isString(stream.next) ? stringOf(stream) : (stream.syntaxError(), '');
    return { what: 'tableExtended', ...namespace, pattern, partition: parsePartition(stream) };
  }
  if (stream.acceptWord('VIEWS')) return { what: 'views', ...parseIn(stream), ...like(stream) };
  if (stream.acceptWord('COLUMNS')) {
    if (!stream.acceptWord('FROM')) stream.expectWord('IN');
    const name = parseObjectName(stream);
    return { what: 'columns', name, ...parseIn(stream) };
  }
  for (const word of ['NAMESPACES', 'DATABASES', 'SCHEMAS']) {
    if (stream.acceptWord(word)) return { what: 'namespaces', ...parseIn(stream), ...like(stream) };
  }
  if (stream.acceptWord('CATALOGS')) return { what: 'catalogs', ...like(stream) };
  if (stream.acceptWord('CURRENT')) {
    if (namespaceWords.some((word) => stream.acceptWord(word))) return { what: 'currentNamespace' };
    return undefined;
  }
  if (stream.acceptWord('CREATE', 'TABLE')) {
    const name = parseObjectName(stream);
    return { what: 'createTable', name, asSerde: stream.acceptWord('AS', 'SERDE') };
  }
  if (stream.acceptWord('TBLPROPERTIES')) {
    const name = parseObjectName(stream);
    if (!stream.acceptOperator('(')) return { what: 'properties', name };
    const key = isString(stream.next) ? stringOf(stream) : parseNameParts(stream).join('.');
    stream.expectOperator(')');
    return { what: 'properties', name, key };
  }
  if (stream.acceptWord('PARTITIONS')) {
    const name = parseObjectName(stream);
    return { what: 'partitions', name, partition: parsePartition(stream) };
  }
  const scope = (['USER', 'SYSTEM', 'ALL'] as const).find(
    (word) => stream.isWord(word) && stream.isWord('FUNCTIONS', 1),
  );
  if (scope !== undefined) stream.take();
  if (!stream.acceptWord('FUNCTIONS')) return undefined;
  const functionScope = (scope?.toLowerCase() ?? 'all') as 'user' | 'system' | 'all';
  const namespace = parseIn(stream);
  const bare =
    isName(stream.next) && !stream.isWord('LIKE')
      ? { pattern: parseNameParts(stream).join('.') }
      : like(stream);
  return { what: 'functions', functionScope, ...namespace, ...bare };
}

function parseIn(stream: TokenStream): Pick<Shown, 'namespace'> {
  const isIn = stream.acceptWord('FROM') || stream.acceptWord('IN');
  return isIn ? { namespace: parseObjectName(stream) } : {};
}

function like(stream: TokenStream): Pick<Shown, 'pattern'> {
  const isLike = stream.acceptWord('LIKE');
  if (isString(stream.next)) return { pattern: stringOf(stream) };
  if (isLike) {
    if (isName(stream.next)) return { pattern: nameOf(stream, stream.take()) };
    stream.syntaxError();
  }
  return {};
}

export function parseExplain(
  stream: TokenStream,
  start: number,
  parseInner: (stream: TokenStream) => Statement | undefined,
): Command {
  stream.take();
  const mode = (['EXTENDED', 'CODEGEN', 'COST', 'FORMATTED', 'LOGICAL'] as const).find((word) =>
    stream.acceptWord(word),
  );
  const statement = parseInner(stream);
  const range = { start, end: stream.lastEnd };
  if (statement === undefined) return { kind: 'unsupported', feature: 'EXPLAIN', range };
  if (mode === 'LOGICAL') stream.unsupported('EXPLAIN LOGICAL', start);
  const modes: Readonly<Record<string, Explain['mode']>> = {
    EXTENDED: 'extended',
    CODEGEN: 'codegen',
    COST: 'cost',
    FORMATTED: 'formatted',
  };
  return { kind: 'explain', mode: modes[mode ?? ''] ?? 'simple', statement, range };
}
