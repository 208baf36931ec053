/** What may be written at a place: columns, tables, functions, keywords and paths. */
import { functionRows } from '#sql/functions/table.ts';
import type { FunctionRow } from '#sql/functions/row.ts';
import { tokenize } from '#sql/parse/lexer.ts';
import { keywordsAfter } from './keywords.ts';
import type { SqlNode } from './nodes.ts';
import { pathTo } from './nodes.ts';
import type { Scope, ScopeColumn } from './scope.ts';
import { columnsOf, endsWith, findColumns, scopeAt, typeName } from './scope.ts';
import type { SqlDocument } from './sqlDocument.ts';
import { maskSubstitutions, queryOf, readStatement, statementAt } from './sqlDocument.ts';
import { formatOf } from './sqlFindings.ts';
import { functionDocumentation } from './functionHelp.ts';
import type { SqlTables } from './sqlTables.ts';
import { isFormat, tablesByStatement } from './sqlTables.ts';

export interface SqlCompletion {
  readonly label: string;
  readonly kind: 'column' | 'table' | 'function' | 'keyword' | 'file' | 'folder';
  readonly detail?: string;
  /** Dim, behind the label: where it comes from. */
  readonly description?: string;
  readonly documentation?: string;
  readonly insertText: string;
  readonly isSnippet?: true;
  readonly start: number;
  readonly end: number;
}

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
  if (path !== undefined) return pathCompletions(path, offset, listFolder);
  const statement = statementAt(document, offset);
  const start = statement?.start ?? offset - wordBefore(document.text, offset).length;
  const after = /^[\p{L}\p{Nd}_]*/u.exec(document.text.slice(offset))?.[0].length ?? 0;
  const end = Math.max(statement?.end ?? 0, offset + after);
  const text = maskSubstitutions(document.text.slice(start, end));
  const local = offset - start;
  if (isInsideText(text, local)) return [];
  const wordStart = local - wordBefore(text, local).length;
  const known = statement ? (tablesByStatement(document, tables).get(statement) ?? tables) : tables;
  const range = { start: start + wordStart, end: offset };
  const prefix = text.slice(0, wordStart);
  const isBehindDot = /\.\s*$/.test(prefix);
  const keywords = isBehindDot ? [] : keywordsAfter(prefix);
  return [
    ...namesAt(prefix, text.slice(local + after), known),
    ...keywords.map((label) => ({ label, kind: 'keyword' as const, insertText: label })),
  ].map((completion) => ({ ...completion, ...range }));
}

type Unplaced = Omit<SqlCompletion, 'start' | 'end'>;

/** No name that anybody writes; what the tree around it looks like says what may stand there. */
const cursorName = 'strata__cursor';

function namesAt(prefix: string, suffix: string, tables: SqlTables): readonly Unplaced[] {
  const query = queryOf(readStatement(`${prefix}${cursorName}${suffix}`, 0, false));
  const path = query && pathTo(query, isCursor);
  const node = path?.at(-1);
  if (!path || !node) return [];
  const scope = scopeAt(path, tables);
  if (node.kind === 'read') return relationNames(node, scope, tables);
  if (node.kind === 'unresolvedFunction') return functionNames();
  if (node.kind === 'unresolvedAttribute') {
    const qualifier = node.nameParts.slice(0, node.nameParts.indexOf(cursorName));
    if (qualifier.length > 0) return qualifiedNames(qualifier, scope);
    return [...columnNames(scope.columns), ...qualifierNames(scope.columns), ...functionNames()];
  }
  if (node.kind === 'join') {
    const names = columnsOf(node.left, scope.references, tables).map(({ name }) => name);
    const right = columnsOf(node.right, scope.references, tables);
    return columnNames(right.filter(({ name }) => names.includes(name)));
  }
  return [];
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

function relationNames(node: SqlNode, scope: Scope, tables: SqlTables): readonly Unplaced[] {
  const parts =
    node.kind === 'read' && node.readType.kind === 'namedTable' ? node.readType.nameParts : [];
  const [first] = parts;
  if (parts.length > 1) {
    if (!isFormat(first)) return [];
    return tables.files
      .filter((path) => formatOf(path) === first?.toLowerCase())
      .map((path) => ({ label: `\`${path}\``, kind: 'file', insertText: `\`${path}\`` }));
  }
  const references = scope.references.map(({ alias }): Unplaced => ({
    label: alias,
    kind: 'table',
    detail: 'WITH',
    insertText: quoted(alias),
  }));
  const names = tables.names.map((name): Unplaced => {
    const table = tables.find([name]);
    return {
      label: name,
      kind: 'table',
      insertText: quoted(name),
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
  return [...references, ...names, ...files];
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
      isAlone || last === undefined ? quoted(name) : `${quoted(last)}.${quoted(name)}`;
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
    .map((label) => ({ label, kind: 'table', insertText: quoted(label) }));
}

/** Behind `orders.`, or behind a struct's name. */
function qualifiedNames(qualifier: readonly string[], scope: Scope): readonly Unplaced[] {
  const own = scope.columns.filter((column) => endsWith(column.qualifier, qualifier));
  const fields = findColumns(scope.columns, qualifier).flatMap(({ type }) =>
    type?.kind === 'struct' ? type.fields : [],
  );
  return [...own, ...fields].map((column) => ({
    label: column.name,
    kind: 'column',
    detail: typeOf(column),
    insertText: quoted(column.name),
  }));
}

function typeOf({ type, nullable }: Pick<ScopeColumn, 'type' | 'nullable'>): string {
  return `${typeName(type)}${type && !nullable ? ' not null' : ''}`;
}

const isWord = /^[A-Za-z_]\w*$/;
let functionCompletions: readonly Unplaced[] | undefined;

function functionNames(): readonly Unplaced[] {
  functionCompletions ??= functionRows
    .filter(({ name }) => isWord.test(name))
    .flatMap((row) => [row.name, ...(row.aliases ?? [])].map((name) => functionName(name, row)));
  return functionCompletions;
}

function functionName(name: string, row: FunctionRow): Unplaced {
  return {
    label: name,
    kind: 'function',
    detail: row.signature,
    documentation: functionDocumentation(row),
    insertText: row.minimum === 0 && row.maximum === undefined ? `${name}()` : `${name}($0)`,
    isSnippet: true,
  };
}

export function quoted(name: string): string {
  return isWord.test(name) ? name : `\`${name.replaceAll('`', '``')}\``;
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

/** In a string, a comment or a quoted name. */
function isInsideText(text: string, offset: number): boolean {
  const token = tokenize(text).find(({ start, end }) => start < offset && offset <= end);
  if (!token) return false;
  const isLine = token.kind === 'comment' && text.startsWith('--', token.start);
  if (isLine) return !text.slice(token.start, offset).includes('\n');
  const isQuoted = ['string', 'rawString', 'comment', 'quotedWord'].includes(token.kind);
  return token.kind === 'unclosedComment' || (isQuoted && offset < token.end);
}

/** The text of a path up to the cursor: in ``csv.`…` ``, or the value of a `path` option. */
function pathBeingWritten(text: string, offset: number): string | undefined {
  const start = Math.max(text.lastIndexOf('\n', offset - 1) + 1, offset - 2 * LONGEST_NAME);
  const line = text.slice(start, offset);
  const quotedPath = /\b(?:csv|json|parquet|text|orc|avro)\s*\.\s*`([^`]*)$/i.exec(line);
  return (quotedPath ?? /\bpath\s*=?\s*['"]([^'"]*)$/i.exec(line))?.[1];
}

function pathCompletions(
  path: string,
  offset: number,
  listFolder: (path: string) => readonly FolderEntry[],
): readonly SqlCompletion[] {
  const slash = path.lastIndexOf('/');
  const start = offset - (path.length - slash - 1);
  return listFolder(path.slice(0, slash + 1)).map(({ name, isFolder }) => ({
    label: name,
    kind: isFolder ? 'folder' : 'file',
    insertText: isFolder ? `${name}/` : name,
    start,
    end: offset,
  }));
}
