/** CREATE, REPLACE and DROP of tables and views, INSERT, and what else changes a table. */
import type { Command, ColumnDefinition, Insert, Properties } from '../../plan/statements.ts';
import { collatedString } from '../../plan/collation.ts';
import { simpleString } from '../../plan/types.ts';
import type { Relation } from '../../plan/unresolved.ts';
import { isName, nameOf, parseNames, startsQuery } from '../name.ts';
import type { TokenStream } from '../tokenStream.ts';
import { parseDefaultCollation } from './views.ts';
import {
  expectString,
  parseColumnDefinition,
  parseColumnDefinitions,
  parseIfExists,
  parseIfNotExists,
  parseObjectName,
  parsePartition,
  parseProperties,
  textSince,
} from './pieces.ts';

/** After CREATE [OR REPLACE] [TEMPORARY] [EXTERNAL]; TABLE comes next. */
export function parseCreateTable(
  stream: TokenStream,
  start: number,
  { temporary, replace }: { readonly temporary: boolean; readonly replace: boolean },
): Command {
  stream.take();
  const ifNotExists = parseIfNotExists(stream);
  const name = parseObjectName(stream);
  const head = { kind: 'createTable', name, temporary, replace, ifNotExists } as const;
  if (stream.acceptWord('LIKE')) {
    const like = parseObjectName(stream);
    const {
      partitionDefinitions: columns,
      defaultCollation,
      ...clauses
    } = parseTableClauses(stream);
    refuseCollation(stream, defaultCollation);
    const range = { start, end: stream.lastEnd };
    return { ...head, columns, like, ...clauses, range };
  }
  const isColumns = stream.isOperator('(') && !startsQuery(stream);
  const columns = isColumns ? parseColumnDefinitions(stream) : [];
  const { partitionDefinitions, defaultCollation, ...clauses } = parseTableClauses(stream);
  const typed = [...columns, ...partitionDefinitions].map((column) =>
    collatedColumn(column, defaultCollation),
  );
  stream.acceptWord('AS');
  if (!startsQuery(stream)) {
    const range = { start, end: stream.lastEnd };
    return { ...head, columns: typed, ...clauses, range };
  }
  refuseCollation(stream, defaultCollation);
  const from = stream.next.start;
  const query = stream.grammar.query(stream);
  const queryText = textSince(stream, from);
  if (columns.length > 0 && stream.problems.length === 0) {
    stream.report(
      'LEGACY_OPERATION_NOT_ALLOWED',
      { message: 'Schema may not be specified in a Create Table As Select (CTAS) statement' },
      { start, end: stream.lastEnd },
    );
  }
  const range = { start, end: stream.lastEnd };
  return { ...head, columns: typed, ...clauses, query, queryText, range };
}

/** Columns of text that do not say how they compare do so as the table says. */
function collatedColumn(column: ColumnDefinition, collation: string | undefined): ColumnDefinition {
  const isPlain = column.type.kind === 'string' && column.typeText === 'string';
  if (collation === undefined || !isPlain) return column;
  const type = collatedString(collation);
  return { ...column, type, typeText: simpleString(type) };
}

function refuseCollation(stream: TokenStream, collation: string | undefined): void {
  if (collation !== undefined && collation !== 'UTF8_BINARY')
    stream.unsupported(
      `DEFAULT COLLATION ${collation} of a table made from another`,
      stream.lastEnd,
    );
}

interface TableClauses {
  readonly defaultCollation?: string;
  readonly format?: string;
  readonly options: Properties;
  readonly partitionColumns: readonly string[];
  readonly partitionDefinitions: readonly ColumnDefinition[];
  readonly bucketText?: string;
  readonly location?: string;
  readonly comment?: string;
  readonly properties: Properties;
}

function parseTableClauses(stream: TokenStream): TableClauses {
  let clauses: TableClauses = {
    options: {},
    partitionColumns: [],
    partitionDefinitions: [],
    properties: {},
  };
  for (;;) {
    const { start } = stream.next;
    if (stream.acceptWord('USING')) {
      clauses = { ...clauses, format: parseObjectName(stream).nameParts.join('.') };
    } else if (stream.acceptWord('OPTIONS')) {
      clauses = { ...clauses, options: parseProperties(stream) };
    } else if (stream.acceptWord('PARTITIONED', 'BY')) {
      clauses = { ...clauses, ...parsePartitioning(stream) };
    } else if (stream.isWord('CLUSTER') && stream.isWord('BY', 1)) {
      stream.take();
      stream.take();
      stream.skipParentheses();
    } else if (stream.isWord('CLUSTERED') && stream.isWord('BY', 1)) {
      stream.take();
      stream.take();
      stream.skipParentheses();
      if (stream.acceptWord('SORTED', 'BY')) stream.skipParentheses();
      stream.expectWord('INTO');
      stream.take();
      stream.expectWord('BUCKETS');
      clauses = { ...clauses, bucketText: textSince(stream, start) };
    } else if (stream.acceptWord('STORED')) {
      if (stream.acceptWord('AS')) clauses = { ...clauses, format: storedAs(stream) };
      else {
        stream.expectWord('BY');
        expectString(stream);
      }
    } else if (stream.acceptWord('ROW', 'FORMAT')) skipRowFormat(stream);
    else if (stream.acceptWord('LOCATION')) {
      clauses = { ...clauses, location: expectString(stream) };
    } else if (stream.acceptWord('COMMENT')) {
      clauses = { ...clauses, comment: expectString(stream) };
    } else if (stream.acceptWord('DEFAULT', 'COLLATION')) {
      const defaultCollation = parseDefaultCollation(stream);
      if (defaultCollation !== undefined) clauses = { ...clauses, defaultCollation };
    } else if (stream.acceptWord('TBLPROPERTIES')) {
      clauses = { ...clauses, properties: parseProperties(stream) };
    } else return clauses;
  }
}

function storedAs(stream: TokenStream): string {
  if (stream.acceptWord('INPUTFORMAT')) {
    expectString(stream);
    stream.expectWord('OUTPUTFORMAT');
    expectString(stream);
    return 'hive';
  }
  return isName(stream.next) ? nameOf(stream, stream.take()) : (stream.syntaxError(), 'hive');
}

function skipRowFormat(stream: TokenStream): void {
  if (stream.acceptWord('SERDE')) {
    expectString(stream);
    if (stream.acceptWord('WITH', 'SERDEPROPERTIES')) parseProperties(stream);
    return;
  }
  stream.expectWord('DELIMITED');
  for (;;) {
    const isClause =
      stream.acceptWord('FIELDS', 'TERMINATED', 'BY') ||
      stream.acceptWord('ESCAPED', 'BY') ||
      stream.acceptWord('COLLECTION', 'ITEMS', 'TERMINATED', 'BY') ||
      stream.acceptWord('MAP', 'KEYS', 'TERMINATED', 'BY') ||
      stream.acceptWord('LINES', 'TERMINATED', 'BY') ||
      stream.acceptWord('NULL', 'DEFINED', 'AS');
    if (!isClause) return;
    expectString(stream);
  }
}

/** Names of columns, columns with types of their own, or transforms. */
function parsePartitioning(
  stream: TokenStream,
): Pick<TableClauses, 'partitionColumns' | 'partitionDefinitions'> {
  const partitionColumns: string[] = [];
  const partitionDefinitions: ColumnDefinition[] = [];
  if (!stream.expectOperator('(')) return { partitionColumns, partitionDefinitions };
  do {
    if (!isName(stream.next)) {
      stream.syntaxError();
      break;
    }
    if (stream.isOperator('(', 1)) {
      const { start } = stream.take();
      stream.skipParentheses();
      partitionColumns.push(textSince(stream, start));
    } else if (stream.isOperator(',', 1) || stream.isOperator(')', 1)) {
      partitionColumns.push(nameOf(stream, stream.take()));
    } else {
      const column = parseColumnDefinition(stream);
      if (column === undefined) break;
      partitionColumns.push(column.name);
      partitionDefinitions.push(column);
    }
  } while (stream.acceptOperator(','));
  stream.expectOperator(')');
  return { partitionColumns, partitionDefinitions };
}

/** After DROP; TABLE or VIEW comes next. */
export function parseDropRelation(stream: TokenStream, start: number): Command {
  const what = stream.take().text === 'VIEW' ? 'view' : 'table';
  const ifExists = parseIfExists(stream);
  const name = parseObjectName(stream);
  if (what === 'table') stream.acceptWord('PURGE');
  return { kind: 'dropRelation', what, name, ifExists, range: { start, end: stream.lastEnd } };
}

/** `INSERT …`, or `FROM t INSERT …` where the input was read. */
export function parseInsert(stream: TokenStream, start: number): Insert {
  stream.take();
  const overwrite = stream.acceptWord('OVERWRITE');
  if (overwrite && (stream.isWord('DIRECTORY') || stream.areWords('LOCAL', 'DIRECTORY'))) {
    return parseInsertDirectory(stream, start);
  }
  if (!overwrite) stream.expectWord('INTO');
  stream.acceptWord('TABLE');
  const target = parseObjectName(stream);
  if (stream.isWord('OPTIONS') || (stream.isWord('WITH') && stream.isOperator('(', 1))) {
    stream.take();
    parseProperties(stream);
  }
  if (stream.acceptWord('REPLACE', 'WHERE')) {
    stream.grammar.expression(stream);
    stream.unsupported('INSERT INTO … REPLACE WHERE', start);
  }
  const partition = parsePartition(stream);
  if (partition.length > 0) parseIfNotExists(stream);
  const byName = stream.acceptWord('BY', 'NAME');
  const columns =
    !byName && stream.isOperator('(') && !startsQuery(stream) ? parseNames(stream) : undefined;
  const query = parseSource(stream);
  const range = { start, end: stream.lastEnd };
  const named = columns === undefined ? {} : { columns };
  return { kind: 'insert', target, overwrite, byName, ...named, partition, query, range };
}

function parseInsertDirectory(stream: TokenStream, start: number): Insert {
  stream.acceptWord('LOCAL');
  stream.take();
  const { start: nameStart } = stream.next;
  const path = stream.isOperator('(') || stream.isWord('USING') ? '' : expectString(stream);
  const target = { nameParts: [path], range: { start: nameStart, end: stream.lastEnd } };
  let format = 'hive';
  if (stream.acceptWord('USING')) format = parseObjectName(stream).nameParts.join('.');
  else {
    for (;;) {
      if (stream.acceptWord('ROW', 'FORMAT')) skipRowFormat(stream);
      else if (stream.acceptWord('STORED', 'AS')) format = storedAs(stream);
      else break;
    }
  }
  const options = stream.acceptWord('OPTIONS') ? parseProperties(stream) : {};
  const query = parseSource(stream);
  const range = { start, end: stream.lastEnd };
  const head = { kind: 'insert', target, overwrite: true, byName: false, partition: [] } as const;
  return { ...head, directory: { format, options }, query, range };
}

function parseSource(stream: TokenStream): Relation {
  return stream.grammar.query(stream);
}

export function parseTruncate(stream: TokenStream, start: number): Command {
  stream.take();
  stream.expectWord('TABLE');
  const name = parseObjectName(stream);
  const partition = parsePartition(stream);
  return { kind: 'truncate', name, partition, range: { start, end: stream.lastEnd } };
}
