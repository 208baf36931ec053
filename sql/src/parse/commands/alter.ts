/** ALTER of tables and views, namespaces, and comments. */
import type { Alteration, Command } from '../../plan/statements.ts';
import { isString } from '../literal.ts';
import { isName, nameOf, parseNameParts, startsQuery } from '../name.ts';
import type { TokenStream } from '../tokenStream.ts';
import {
  expectString,
  parseColumnDefinition,
  parseColumnType,
  parseIfExists,
  parseIfNotExists,
  parseObjectName,
  parsePartition,
  parseProperties,
  stringOf,
  textSince,
} from './pieces.ts';
import { parseSchemaMode } from './views.ts';

/** After ALTER; TABLE or VIEW comes next. */
export function parseAlterRelation(stream: TokenStream, start: number): Command {
  const what = stream.take().text === 'VIEW' ? 'view' : 'table';
  const name = parseObjectName(stream);
  const alteration = parseAlteration(stream, what);
  const range = { start, end: stream.lastEnd };
  return { kind: 'alterRelation', what, name, alteration, range };
}

function parseAlteration(stream: TokenStream, what: 'table' | 'view'): Alteration {
  if (stream.acceptWord('RENAME', 'TO')) return { kind: 'rename', to: parseObjectName(stream) };
  if (stream.acceptWord('SET', 'TBLPROPERTIES')) {
    return { kind: 'setProperties', properties: parseProperties(stream) };
  }
  if (stream.acceptWord('UNSET', 'TBLPROPERTIES')) {
    const ifExists = parseIfExists(stream);
    return { kind: 'unsetProperties', keys: parseKeys(stream), ifExists };
  }
  if (what === 'view') {
    if (stream.acceptWord('WITH', 'SCHEMA')) {
      return { kind: 'schemaMode', mode: parseSchemaMode(stream) };
    }
    stream.acceptWord('AS');
    const from = stream.next.start;
    if (!startsQuery(stream)) stream.syntaxError();
    const query = stream.grammar.query(stream);
    return { kind: 'query', query, queryText: textSince(stream, from) };
  }
  return parseTableAlteration(stream);
}

function parseTableAlteration(stream: TokenStream): Alteration {
  const { start } = stream.next;
  if (stream.acceptWord('SET', 'SERDEPROPERTIES')) {
    return { kind: 'setOptions', options: parseProperties(stream) };
  }
  if (stream.isWord('ADD') && (stream.isWord('COLUMN', 1) || stream.isWord('COLUMNS', 1))) {
    stream.take();
    stream.take();
    parseIfNotExists(stream);
    const isList = stream.acceptOperator('(');
    const columns = [];
    do {
      const column = parseColumnDefinition(stream);
      if (column === undefined) break;
      columns.push(column);
      skipPosition(stream);
    } while (stream.acceptOperator(','));
    if (isList) stream.expectOperator(')');
    return { kind: 'addColumns', columns };
  }
  if (stream.acceptWord('RENAME', 'COLUMN')) {
    const from = parseNameParts(stream).join('.');
    stream.expectWord('TO');
    const to = isName(stream.next) ? nameOf(stream, stream.take()) : (stream.syntaxError(), '');
    return { kind: 'renameColumn', from, to };
  }
  if (stream.isWord('DROP') && (stream.isWord('COLUMN', 1) || stream.isWord('COLUMNS', 1))) {
    stream.take();
    stream.take();
    const ifExists = parseIfExists(stream);
    const isList = stream.acceptOperator('(');
    const names = [];
    do {
      if (!isName(stream.next)) {
        stream.syntaxError();
        break;
      }
      names.push(parseNameParts(stream).join('.'));
    } while (stream.acceptOperator(','));
    if (isList) stream.expectOperator(')');
    return { kind: 'dropColumns', names, ifExists };
  }
  const isChange = stream.isWord('CHANGE') || stream.isWord('ALTER');
  if (isChange) {
    stream.take();
    stream.acceptWord('COLUMN');
    return parseColumnChange(stream);
  }
  return parseOtherAlteration(stream, start);
}

/** What goes with partitions, files and locations is read, so that what is wrong in it is said. */
function parseOtherAlteration(stream: TokenStream, start: number): Alteration {
  const first = stream.next.text;
  const known = ['ADD', 'DROP', 'SET', 'PARTITION', 'RECOVER', 'REPLACE', 'CLUSTER', 'UNSET'];
  if (!known.includes(first)) {
    stream.syntaxError();
    return { kind: 'other', feature: `ALTER TABLE ${first}` };
  }
  stream.take();
  const second = stream.next.kind === 'word' ? ` ${stream.next.text}` : '';
  while (!stream.atEnd && !stream.isOperator(';')) {
    if (stream.isWord('PARTITION') && stream.isOperator('(', 1)) parsePartition(stream);
    else if (stream.isOperator('(')) stream.skipParentheses();
    else stream.take();
  }
  void start;
  return { kind: 'other', feature: `ALTER TABLE ${first}${second}` };
}

function parseColumnChange(stream: TokenStream): Alteration {
  if (!isName(stream.next)) {
    stream.syntaxError();
    return { kind: 'other', feature: 'ALTER TABLE ALTER COLUMN' };
  }
  const name = parseNameParts(stream);
  const change = { kind: 'changeColumn', name } as const;
  if (stream.acceptWord('SET', 'NOT', 'NULL')) return { ...change, dropNotNull: false };
  if (stream.acceptWord('DROP', 'NOT', 'NULL')) return { ...change, dropNotNull: true };
  if (stream.acceptWord('DROP', 'DEFAULT')) return { ...change, defaultText: null };
  if (stream.acceptWord('SET', 'DEFAULT')) {
    const { start } = stream.next;
    const value = stream.grammar.expression(stream);
    return { ...change, default: value, defaultText: textSince(stream, start) };
  }
  if (stream.acceptWord('TYPE')) {
    const typed = parseColumnType(stream);
    return { ...change, ...typed };
  }
  if (stream.acceptWord('COMMENT')) return { ...change, comment: expectString(stream) };
  if (stream.isWord('FIRST') || stream.isWord('AFTER')) {
    skipPosition(stream);
    return { ...change, position: true };
  }
  if (stream.atEnd) {
    const message =
      'ALTER TABLE table CHANGE COLUMN requires a TYPE, a SET/DROP, a COMMENT, or a FIRST/AFTER';
    stream.report('_LEGACY_ERROR_TEMP_0035', { message }, stream.next);
    return change;
  }
  // Hive's form names the column again, with its type.
  if (!isName(stream.next)) {
    stream.syntaxError();
    return change;
  }
  const column = parseColumnDefinition(stream);
  skipPosition(stream);
  if (column === undefined) return change;
  const { type, typeText, comment } = column;
  const typed = { ...change, type, typeText, renamed: column.name };
  return comment === undefined ? typed : { ...typed, comment };
}

function skipPosition(stream: TokenStream): void {
  if (stream.acceptWord('FIRST')) return;
  if (stream.acceptWord('AFTER')) {
    if (isName(stream.next)) parseNameParts(stream);
    else stream.syntaxError();
  }
}

function parseKeys(stream: TokenStream): readonly string[] {
  const keys: string[] = [];
  if (!stream.expectOperator('(')) return keys;
  do {
    if (isString(stream.next)) keys.push(stringOf(stream));
    else if (isName(stream.next)) keys.push(parseNameParts(stream).join('.'));
    else {
      stream.syntaxError();
      break;
    }
  } while (stream.acceptOperator(','));
  stream.expectOperator(')');
  return keys;
}

/** After CREATE; the word for a namespace comes next. */
export function parseCreateNamespace(stream: TokenStream, start: number): Command {
  stream.take();
  const ifNotExists = parseIfNotExists(stream);
  const name = parseObjectName(stream);
  let clauses: {
    comment?: string;
    location?: string;
    properties: Readonly<Record<string, string>>;
  } = { properties: {} };
  for (;;) {
    if (stream.acceptWord('COMMENT')) clauses = { ...clauses, comment: expectString(stream) };
    else if (stream.acceptWord('LOCATION')) {
      clauses = { ...clauses, location: expectString(stream) };
    } else if (stream.acceptWord('WITH')) {
      if (!stream.acceptWord('DBPROPERTIES')) stream.expectWord('PROPERTIES');
      clauses = { ...clauses, properties: parseProperties(stream) };
    } else break;
  }
  const range = { start, end: stream.lastEnd };
  return { kind: 'createNamespace', name, ifNotExists, ...clauses, range };
}

/** After DROP; the word for a namespace comes next. */
export function parseDropNamespace(stream: TokenStream, start: number): Command {
  stream.take();
  const ifExists = parseIfExists(stream);
  const name = parseObjectName(stream);
  const cascade = stream.acceptWord('CASCADE');
  if (!cascade) stream.acceptWord('RESTRICT');
  return { kind: 'dropNamespace', name, ifExists, cascade, range: { start, end: stream.lastEnd } };
}

export function parseCommentOn(stream: TokenStream, start: number): Command {
  stream.take();
  stream.expectWord('ON');
  const isTable = stream.acceptWord('TABLE');
  if (!isTable && !['DATABASE', 'SCHEMA', 'NAMESPACE'].some((word) => stream.acceptWord(word))) {
    stream.syntaxError();
  }
  const name = parseObjectName(stream);
  stream.expectWord('IS');
  const comment = stream.acceptWord('NULL') ? undefined : expectString(stream);
  const what = isTable ? 'table' : 'namespace';
  return { kind: 'commentOn', what, name, comment, range: { start, end: stream.lastEnd } };
}
