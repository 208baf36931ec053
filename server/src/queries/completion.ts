/** What may be written at a place: columns, tables, functions, keywords and paths; the likeliest first. */
import { quoteName } from '#shared/protocol/sparkDdl.ts';
import { tokenize } from '#sql/parse/lexer.ts';
import { aggregateNames, functionNames, tableFunctionNames } from './functionCompletion.ts';
import { isKeyword } from './formatWords.ts';
import { joinConditions } from './joinConditions.ts';
import { expectedAfter, type Expected } from './keywords.ts';
import type { SqlNode } from './nodes.ts';
import { pathTo } from './nodes.ts';
import { otherPlaceAt, type OtherPlace } from './otherPlaces.ts';
import type { Scope, ScopeColumn } from './scope.ts';
import { columnsOf, endsWith, findColumns, scopeAt, typeName } from './scope.ts';
import type { SqlDocument } from './sqlDocument.ts';
import { maskSubstitutions, queryOf, readStatement, statementAt } from './sqlDocument.ts';
import { aggregates, formatOf } from './sqlFindings.ts';
import type { SqlTables } from './sqlTables.ts';
import { isFormat, tablesAt } from './sqlTables.ts';
import { formatNames, settingNames, typeNames } from './wordLists.ts';

export interface SqlCompletion {
  readonly label: string;
  readonly kind:
    | 'column'
    | 'table'
    | 'function'
    | 'keyword'
    | 'file'
    | 'folder'
    | 'condition'
    | 'type'
    | 'setting';
  readonly detail?: string;
  /** Dim, behind the label: where it comes from. */
  readonly description?: string;
  readonly documentation?: string;
  readonly insertText: string;
  /** What is compared with what was typed, where that is not the label. */
  readonly filterText?: string;
  readonly isSnippet?: true;
  readonly start: number;
  readonly end: number;
}

export type Unplaced = Omit<SqlCompletion, 'start' | 'end'>;

export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

/** `listFolder` gives what is in a folder, by a path as the SQL writes it. */
export function completionsAt(
  document: SqlDocument,
  offset: number,
  tables: SqlTables,
  listFolder: (path: string) => readonly FolderEntry[] = () => [],
): readonly SqlCompletion[] {
  const path = pathBeingWritten(document.text, offset);
  if (path) return pathCompletions(path, offset, listFolder);
  const statement = statementAt(document, offset);
  const start = statement?.start ?? offset - wordBefore(document.text, offset).length;
  const after = /^[\p{L}\p{Nd}_]*/u.exec(document.text.slice(offset))?.[0].length ?? 0;
  const end = Math.max(statement?.end ?? 0, offset + after);
  const text = maskSubstitutions(document.text.slice(start, end));
  const setting = /^(?:re)?set\s+([\w.]+)$/i.exec(text.slice(0, offset - start))?.[1];
  if (setting !== undefined)
    return settingNames().map((item) => ({ ...item, start: offset - setting.length, end: offset }));
  const word = wordAt(text, offset - start);
  if (!word) return [];
  const known = statement ? tablesAt(document, statement, tables) : tables;
  const prefix = text.slice(0, word.start);
  const suffix = text.slice(word.isQuoted ? word.end : offset - start + after);
  const other = otherPlaceAt(prefix, suffix);
  const { expected, names } = other
    ? inOtherPlace(other, prefix, known)
    : inQuery(prefix, suffix, known);
  const isBehindDot = word.isQuoted || /\.\s*$/.test(prefix);
  const keywords = isBehindDot ? [] : keywordItems(expected, prefix, document, start);
  const isLast = ({ kind }: Unplaced) => kind === 'function' || kind === 'file';
  const { firstCount = 0 } = expected;
  const found = [
    ...keywords.slice(0, firstCount),
    ...names.filter((each) => !isLast(each)),
    ...keywords.slice(firstCount),
    ...names.filter(isLast),
  ];
  const range = { start: start + word.start, end: start + word.end };
  return found
    .filter(({ kind }) => !word.isQuoted || kind === 'column' || kind === 'table')
    .map((item) => ({ ...item, ...(word.isQuoted ? inQuotes(item) : {}), ...range }));
}

function inQuery(prefix: string, suffix: string, tables: SqlTables) {
  const expected = expectedAfter(prefix, suffix);
  return { expected, names: namesAt(prefix, suffix, expected, tables) };
}

function inOtherPlace(
  { keywords, columnsIn, except, like, hasNoColumns, names, kind }: OtherPlace,
  prefix: string,
  tables: SqlTables,
): { readonly expected: Expected; readonly names: readonly Unplaced[] } {
  const found = inQuery(like ?? columnsIn ?? prefix, '', tables);
  const only = (items: readonly Unplaced[]) => ({
    expected: { ...found.expected, keywords, names: 'nothing', firstCount: 0 } as const,
    names: items,
  });
  if (like !== undefined) {
    const { expected } = found;
    const isColumn = (item: Unplaced) => item.kind === 'column' || item.kind === 'table';
    return {
      expected: { ...expected, keywords: [...new Set([...keywords, ...expected.keywords])] },
      names: hasNoColumns ? found.names.filter((item) => !isColumn(item)) : found.names,
    };
  }
  if (columnsIn !== undefined) {
    const isFree = ({ label }: Unplaced) => except?.has(label.toLowerCase()) !== true;
    return only(found.names.filter((item) => item.kind === 'column' && isFree(item)));
  }
  switch (kind) {
    case 'types':
      return only(typeNames());
    case 'tables':
      return only(relationNames(prefix, undefined, tables).filter((item) => item.kind === 'table'));
    case 'aggregates':
      return only(aggregateNames());
    default:
      return only((names ?? []).map((label) => ({ label, kind: 'table', insertText: label })));
  }
}

function inQuotes({ label }: Unplaced): Partial<SqlCompletion> {
  const text = `\`${label.replaceAll('`', '``')}\``;
  return { insertText: text, filterText: text };
}

/** In upper case, or as the keywords before are written. */
function keywordItems(
  { keywords, names }: Expected,
  prefix: string,
  { text }: SqlDocument,
  start: number,
): readonly Unplaced[] {
  const isLower =
    keywordsAreLower(prefix) ?? keywordsAreLower(text.slice(Math.max(0, start - 2000), start));
  const cased = (word: string) => (isLower === true ? word.toLowerCase() : word);
  const items = keywords.map((word): Unplaced => {
    const label = cased(word);
    return { label, kind: 'keyword', insertText: label };
  });
  if (names === 'values' && keywords.includes('CASE')) {
    const insertText = `${cased('CASE WHEN')} \${1:condition} ${cased('THEN')} \${2:value} ${cased('ELSE')} \${3:other} ${cased('END')}`;
    items.push({ label: cased('CASE WHEN … END'), kind: 'keyword', insertText, isSnippet: true });
  }
  return items;
}

/** By the last keyword of a text; undefined where there is none. */
function keywordsAreLower(text: string): boolean | undefined {
  const tokens = tokenize(text).filter(({ kind }) => kind !== 'space');
  const last = tokens.findLast(
    ({ kind, text: word }, index) =>
      kind === 'word' && isKeyword(word) && tokens[index + 1]?.text !== '(',
  );
  return last && /^[a-z]/.test(text.slice(last.start, last.end));
}

/** No name that anybody writes; what the tree around it looks like says what may stand there. */
const cursorName = 'strata__cursor';

function namesAt(
  prefix: string,
  suffix: string,
  expected: Expected,
  tables: SqlTables,
): readonly Unplaced[] {
  switch (expected.names) {
    case 'nothing':
      return [];
    case 'types':
      return typeNames();
    case 'formats':
      return formatNames();
    case 'settings':
      return settingNames();
    case 'tables':
      return relationNames(prefix, undefined, tables).filter(({ kind }) => kind === 'table');
    case 'relations':
      return relationNames(prefix, placeOf(prefix, suffix, tables), tables);
    case 'values':
      return valueNames(prefix, suffix, expected, tables);
  }
}

interface NamePlace {
  readonly path: readonly SqlNode[];
  readonly node: SqlNode;
  readonly scope: Scope;
  readonly text: string;
}

/** What stands behind the cursor may be in the way: then the query ends at the cursor, with its parentheses closed. */
function placeOf(prefix: string, suffix: string, tables: SqlTables): NamePlace | undefined {
  const before = withoutDanglingDots(prefix);
  for (const rest of [withoutDanglingDots(suffix), closing(prefix)]) {
    for (const behind of ['', ' = 1', ' WHEN TRUE THEN 1 END']) {
      const text = `${before}${cursorName}${behind}${rest}`;
      const statement = readStatement(text, 0, false);
      const query = queryOf(statement);
      const path = query && pathTo(query, isCursor);
      const node = path?.at(-1);
      if (path && node) return { path, node, scope: scopeAt(path, tables), text };
    }
  }
  return undefined;
}

/** A qualifier whose column is not written yet, before the next clause. */
function withoutDanglingDots(text: string): string {
  return text.replace(
    /\.(?=\s*(?:,|\)|\s(?:from|where|join|on|group|order|having|limit|left|right|inner|union|and|or|as)\b))/gi,
    ' ',
  );
}

function closing(prefix: string): string {
  const open: string[] = [];
  for (const { kind, text } of tokenize(prefix)) {
    if (kind !== 'operator') continue;
    if (text === '(') open.push(')');
    if (text === '[') open.push(']');
    if (text === ')' || text === ']') open.pop();
  }
  return open.reverse().join('');
}

function isCursor(node: SqlNode): boolean {
  switch (node.kind) {
    case 'read':
      return node.readType.kind === 'namedTable' && node.readType.nameParts.includes(cursorName);
    case 'unresolvedAttribute':
      return node.nameParts.includes(cursorName);
    case 'unresolvedFunction':
      return node.functionName === cursorName;
    case 'join':
      return node.usingColumns.includes(cursorName);
    default:
      return false;
  }
}

function valueNames(
  prefix: string,
  suffix: string,
  { frame }: Expected,
  tables: SqlTables,
): readonly Unplaced[] {
  const isCalled = /^\s*\(/.test(suffix);
  const functions = () => functionNames(frame.clause, isCalled);
  if (frame.clause === 'lateralView') return functions();
  const excepted = frame.callee === 'except' ? withoutExcept(prefix, suffix) : undefined;
  const place = excepted ? placeOf(...excepted, tables) : placeOf(prefix, suffix, tables);
  if (!place) return /\.\s*$/.test(prefix) ? [] : functions();
  const { path, node, scope, text } = place;
  if (node.kind === 'join') {
    const names = columnsOf(node.left, scope.references, tables).map(({ name }) => name);
    const right = columnsOf(node.right, scope.references, tables);
    return columnNames(right.filter(({ name }) => names.includes(name)));
  }
  if (node.kind === 'unresolvedFunction') return functions();
  if (node.kind !== 'unresolvedAttribute') return [];
  const qualifier = node.nameParts.slice(0, node.nameParts.indexOf(cursorName));
  if (qualifier.length > 0) return qualifiedNames(qualifier, scope);
  if (excepted) return columnNames(scope.columns);
  const isWithoutFrom =
    scope.columns.length === 0 &&
    ((frame.clause === 'select' && !frame.hasFrom) || !/\bfrom\b/i.test(prefix + suffix));
  const columns = isWithoutFrom ? columnsOfAll(scope, tables) : columnNames(scope.columns);
  return [
    ...conditions(path, scope, frame, tables),
    ...selectedFirst(columns, path, frame, text),
    ...qualifierNames(scope.columns),
    ...functions(),
  ];
}

const MOST_TABLES = 30;
const MOST_COLUMNS = 300;

/** Before FROM is written any table may be meant; those of WITH are meant first. */
function columnsOfAll({ references }: Scope, tables: SqlTables): readonly Unplaced[] {
  const found = new Map<string, Unplaced>();
  const add = (name: string, detail: string, description: string) => {
    const key = name.toLowerCase();
    if (found.has(key) || found.size >= MOST_COLUMNS) return;
    found.set(key, {
      label: name,
      kind: 'column',
      detail,
      description,
      insertText: quoteName(name),
    });
  };
  references.forEach((reference, index) => {
    for (const column of columnsOf(reference, references.slice(0, index), tables))
      add(column.name, typeOf(column), reference.alias);
  });
  for (const table of tables.names.slice(0, MOST_TABLES))
    for (const { name, type } of tables.find([table])?.fields ?? []) add(name, type, table);
  return [...found.values()];
}

/** `* EXCEPT (…` stands for the columns that it names, and so does a name in its place. */
function withoutExcept(prefix: string, suffix: string): [prefix: string, suffix: string] {
  const before = prefix.replace(/\*\s*EXCEPT\s*\([^()]*$/i, '');
  return [before, suffix.replace(/^[^()]*\)/, '')];
}

/** In ON, where a condition begins: what the two sides seem to have in common. */
function conditions(
  path: readonly SqlNode[],
  { references }: Scope,
  { clause, items, kind }: Expected['frame'],
  tables: SqlTables,
): readonly Unplaced[] {
  const join = path.findLast(({ kind: each }) => each === 'join');
  const isStart = items.length === 0 || items.at(-1)?.text === 'AND';
  if (clause !== 'on' || kind !== 'query' || !isStart || join?.kind !== 'join') return [];
  const sides = [join.left, join.right].map((side) => columnsOf(side, references, tables));
  const [left = [], right = []] = sides;
  return joinConditions(left, right).map((text) => ({
    label: text,
    kind: 'condition',
    detail: 'join condition',
    insertText: text,
  }));
}

/** In GROUP BY, what the select list has without an aggregate is what is missing. */
function selectedFirst(
  columns: readonly Unplaced[],
  path: readonly SqlNode[],
  { clause }: Expected['frame'],
  text: string,
): readonly Unplaced[] {
  const select = path.findLast(({ kind }) => kind === 'aggregate');
  if (clause !== 'groupBy' || select?.kind !== 'aggregate') return columns;
  const known = new Set<string>();
  for (const each of select.groupingExpressions)
    known.add(text.slice(each.range.start, each.range.end).toLowerCase());
  const wanted = select.aggregateExpressions
    .filter(({ kind }) => kind !== 'literal' && kind !== 'unresolvedStar')
    .filter((each) => !aggregates(each))
    .map((each) =>
      each.kind === 'alias' ? each.name : text.slice(each.range.start, each.range.end),
    )
    .filter((each) => !known.has(each.toLowerCase()) && !each.includes(cursorName));
  const first = wanted.map(
    (label): Unplaced =>
      columns.find(({ insertText }) => insertText.toLowerCase() === label.toLowerCase()) ?? {
        label,
        kind: 'column',
        detail: 'selected',
        insertText: label,
      },
  );
  return [...new Set([...first, ...columns])];
}

function relationNames(
  prefix: string,
  place: NamePlace | undefined,
  tables: SqlTables,
): readonly Unplaced[] {
  const format = /\b(\w+)\s*\.\s*$/.exec(prefix)?.[1];
  if (format !== undefined) {
    if (!isFormat(format)) return [];
    return tables.files
      .filter((path) => formatOf(path) === format.toLowerCase())
      .map((path) => ({ label: `\`${path}\``, kind: 'file', insertText: `\`${path}\`` }));
  }
  const references = (place?.scope.references ?? []).toReversed().map(({ alias }): Unplaced => ({
    label: alias,
    kind: 'table',
    detail: 'WITH',
    insertText: quoteName(alias),
  }));
  const names = tables.names.map((name): Unplaced => {
    const table = tables.find([name]);
    return {
      label: name,
      kind: 'table',
      insertText: quoteName(name),
      ...(table?.path === undefined ? {} : { detail: table.path }),
      ...(table ? { documentation: schemaTable(table.fields) } : {}),
    };
  });
  const files = tables.files.map((path): Unplaced => ({
    label: path,
    kind: 'file',
    detail: formatOf(path),
    insertText: `${formatOf(path)}.\`${path}\``,
  }));
  return [...references, ...names, ...files, ...tableFunctionNames()];
}

function columnNames(columns: readonly ScopeColumn[]): readonly Unplaced[] {
  const counts = new Map<string, number>();
  for (const { name } of columns) {
    const key = name.toLowerCase();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return columns.map((column) => {
    const { name, qualifier } = column;
    const isAlone = (counts.get(name.toLowerCase()) ?? 0) < 2;
    const last = qualifier.at(-1);
    const insertText =
      isAlone || last === undefined ? quoteName(name) : `${quoteName(last)}.${quoteName(name)}`;
    return {
      label: name,
      kind: 'column',
      detail: typeOf(column),
      insertText,
      ...(last === undefined ? {} : { description: last }),
    };
  });
}

function qualifierNames(columns: readonly ScopeColumn[]): readonly Unplaced[] {
  const names = new Set(columns.flatMap(({ qualifier }) => qualifier.slice(-1)));
  return [...names]
    .filter((name) => name !== '' && !/[./\\]/.test(name))
    .map((label) => ({ label, kind: 'table', insertText: quoteName(label) }));
}

/** Behind `orders.`, or behind a struct's name. */
function qualifiedNames(qualifier: readonly string[], scope: Scope): readonly Unplaced[] {
  const own = scope.columns.filter((column) => endsWith(column.qualifier, qualifier));
  const fields = findColumns(scope.columns, qualifier).flatMap(({ type }) => structIn(type));
  return [...own, ...fields].map((column) => ({
    label: column.name,
    kind: 'column',
    detail: typeOf(column),
    insertText: quoteName(column.name),
  }));
}

/** Of an array of structs a field is the array of that field. */
function structIn(type: ScopeColumn['type']) {
  if (type?.kind === 'struct') return type.fields;
  if (type?.kind === 'array' && type.element.kind === 'struct') return type.element.fields;
  return [];
}

function typeOf({ type, nullable }: Pick<ScopeColumn, 'type' | 'nullable'>): string {
  return `${typeName(type)}${type && !nullable ? ' not null' : ''}`;
}

export function schemaTable(
  fields: readonly { readonly name: string; readonly type: string; readonly nullable: boolean }[],
): string {
  const shown = fields.slice(0, 40).map(({ name, type }) => `| ${cell(name)} | \`${type}\` |`);
  const rest = fields.length > 40 ? [`\n… and ${fields.length - 40} more columns`] : [];
  return ['| column | type |', '| --- | --- |', ...shown, ...rest].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

/** No name is as long as this, and looking further back would take time by the square of the length. */
const LONGEST_NAME = 300;

function wordBefore(text: string, offset: number): string {
  const near = text.slice(Math.max(0, offset - LONGEST_NAME), offset);
  return /[\p{L}\p{Nd}_]*$/u.exec(near)?.[0] ?? '';
}

/** What is being written; undefined in a string or a comment, where nothing is offered. */
function wordAt(
  text: string,
  offset: number,
): { readonly start: number; readonly end: number; readonly isQuoted: boolean } | undefined {
  const token = tokenize(text).find(({ start, end }) => start < offset && offset <= end);
  const plain = { start: offset - wordBefore(text, offset).length, end: offset, isQuoted: false };
  if (!token) return plain;
  if (token.kind === 'comment' && text.startsWith('--', token.start))
    return text.slice(token.start, offset).includes('\n') ? plain : undefined;
  if (token.kind === 'unclosedComment') return undefined;
  if (token.kind === 'quotedWord' && offset < token.end)
    return { start: token.start, end: token.end, isQuoted: true };
  const isText = ['string', 'rawString', 'comment'].includes(token.kind) && offset < token.end;
  if (isText) return undefined;
  const tick = text.lastIndexOf('`', offset - 1);
  const isOpen = tokenize(text).some(({ start, kind }) => start === tick && kind === 'unknown');
  if (tick >= 0 && isOpen && !/[^\p{L}\p{Nd}_ ]/u.test(text.slice(tick + 1, offset)))
    return { start: tick, end: offset, isQuoted: true };
  return openQuote(text, offset) ? undefined : plain;
}

/** A string that is not closed yet on its line. */
function openQuote(text: string, offset: number): boolean {
  return tokenize(text).some(
    ({ kind, start, text: own }) =>
      kind === 'unknown' &&
      (own === "'" || own === '"') &&
      start < offset &&
      !text.slice(start, offset).includes('\n'),
  );
}

interface WrittenPath {
  readonly path: string;
  readonly format: string | undefined;
}

/** A path up to the cursor: in ``csv.`…` ``, or the value of a `path` option. */
function pathBeingWritten(text: string, offset: number): WrittenPath | undefined {
  const start = Math.max(text.lastIndexOf('\n', offset - 1) + 1, offset - 2 * LONGEST_NAME);
  const line = text.slice(start, offset);
  const quotedPath = /\b(csv|json|parquet|text|orc|avro)\s*\.\s*`([^`]*)$/i.exec(line);
  if (quotedPath) return { format: quotedPath[1]?.toLowerCase(), path: quotedPath[2] ?? '' };
  const option = /\bpath['"`]?\s*=?\s*['"]([^'"]*)$/i.exec(line)?.[1];
  return option === undefined ? undefined : { format: undefined, path: option };
}

/** Of files those first that have the format by their names. */
function pathCompletions(
  { path, format }: WrittenPath,
  offset: number,
  listFolder: (path: string) => readonly FolderEntry[],
): readonly SqlCompletion[] {
  const slash = path.lastIndexOf('/');
  const start = offset - (path.length - slash - 1);
  const isOther = ({ name, isFolder }: FolderEntry) =>
    !isFolder && format !== undefined && formatOf(name) !== format;
  const entries = listFolder(path.slice(0, slash + 1));
  return [...entries.filter((each) => !isOther(each)), ...entries.filter(isOther)].map(
    ({ name, isFolder }) => ({
      label: name,
      kind: isFolder ? 'folder' : 'file',
      insertText: isFolder ? `${name}/` : name,
      start,
      end: offset,
    }),
  );
}
