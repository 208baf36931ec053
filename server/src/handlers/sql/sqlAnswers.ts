/** LSP's questions about a text of Spark SQL, each answered by one of the functions of `queries/`. */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type {
  CodeAction,
  CodeActionParams,
  CompletionItem,
  DocumentSymbol,
  FoldingRange,
  Hover,
  Location,
  Range,
  SelectionRange,
  SignatureHelp,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import {
  CodeActionKind,
  CompletionItemKind,
  FoldingRangeKind,
  InsertTextFormat,
  MarkupKind,
  ResponseError,
  SymbolKind,
} from 'vscode-languageserver/node';
import { toRange } from '../../lspConvert.ts';
import type { FolderEntry, SqlCompletion } from '../../queries/completion.ts';
import { completionsAt } from '../../queries/completion.ts';
import { formatEnded, formatRange } from '../../queries/formatRange.ts';
import type { FormatOptions } from '../../queries/formatSql.ts';
import { formatSql, standardFormat } from '../../queries/formatSql.ts';
import { signatureAt } from '../../queries/functionHelp.ts';
import { pathAt } from '../../queries/nodes.ts';
import { renameAt } from '../../queries/rename.ts';
import { givenNames, nameAt } from '../../queries/names.ts';
import { selectionsAt } from '../../queries/selection.ts';
import type { SqlSymbol } from '../../queries/outline.ts';
import { foldsOf, symbolsOf } from '../../queries/outline.ts';
import { queryOf, statementAt } from '../../queries/sqlDocument.ts';
import type { SqlEdit } from '../../queries/sqlFindings.ts';
import { hoverAt } from '../../queries/sqlHover.ts';
import { tablesAt } from '../../queries/sqlTables.ts';
import type { LineIndex, Position } from '../../python/lineIndex.ts';
import type { ServerState } from '../serverState.ts';
import type { OpenSql } from './sqlDocuments.ts';
import { fileOf, toSqlDiagnostic } from './sqlDocuments.ts';

export interface SqlParams {
  readonly textDocument: { readonly uri: string };
  readonly position?: Position;
  readonly range?: Range;
  readonly newName?: string;
  readonly positions?: readonly Position[];
  readonly options?: { readonly tabSize: number; readonly insertSpaces: boolean };
}

type Answer = (open: OpenSql, offset: number, params: SqlParams, state: ServerState) => unknown;

/** By LSP's method. Those that Python has too ask here first. */
export const sqlAnswers: Readonly<Record<string, Answer>> = {
  'textDocument/completion': completion,
  'textDocument/hover': hover,
  'textDocument/signatureHelp': signatureHelp,
  'textDocument/definition': definition,
  'textDocument/references': (open, offset, _, state) => uses(open, offset, state),
  'textDocument/documentHighlight': (open, offset, _, state) =>
    uses(open, offset, state).map(({ range }) => ({ range })),
  'textDocument/prepareRename': prepareRename,
  'textDocument/rename': rename,
  'textDocument/documentSymbol': documentSymbols,
  'textDocument/foldingRange': foldingRanges,
  'textDocument/formatting': formatting,
  'textDocument/rangeFormatting': rangeFormatting,
  'textDocument/selectionRange': selectionRanges,
  'textDocument/onTypeFormatting': onTypeFormatting,
};

/** Undefined where the document is no Spark SQL that is open. */
export function answerSql(
  state: ServerState,
  method: string,
  params: SqlParams,
): { readonly answer: unknown } | undefined {
  const { uri } = params.textDocument;
  const open = state.sql.get(uri);
  if (!open) return state.sql.has(uri) ? { answer: null } : undefined;
  const offset = params.position ? open.lines.offsetAt(params.position) : 0;
  if (open.regions && !(embeddedMethods.has(method) && params.position && isInside(open, offset)))
    return { answer: null };
  return { answer: sqlAnswers[method]?.(open, offset, params, state) ?? null };
}

/** What is asked of SQL in a document of another language; the rest is the other language's. */
const embeddedMethods: ReadonlySet<string> = new Set([
  'textDocument/completion',
  'textDocument/hover',
  'textDocument/signatureHelp',
  'textDocument/definition',
  'textDocument/references',
  'textDocument/documentHighlight',
  'textDocument/prepareRename',
  'textDocument/rename',
]);

function isInside({ regions }: OpenSql, offset: number): boolean {
  return regions?.some(({ start, end }) => start <= offset && offset <= end) ?? true;
}

export function sqlFixes(
  state: ServerState,
  { textDocument: { uri }, range }: CodeActionParams,
): readonly CodeAction[] | undefined {
  const open = state.sql.get(uri);
  if (!open) return state.sql.has(uri) ? [] : undefined;
  const { lines } = open;
  const [from, to] = [lines.offsetAt(range.start), lines.offsetAt(range.end)];
  return open.judgement.findings
    .filter(({ start, end }) => start <= to && from <= end)
    .flatMap((finding) =>
      finding.fixes.map(({ title, edit, view }, index) => ({
        title,
        kind: CodeActionKind.QuickFix,
        diagnostics: [toSqlDiagnostic(finding, lines)],
        isPreferred: index === 0,
        ...(view
          ? { command: { title, command: 'strata.addAsView', arguments: [view] } }
          : { edit: { changes: { [uri]: [toTextEdit(edit, lines)] } } }),
      })),
    );
}

function toTextEdit({ start, end, text }: SqlEdit, lines: LineIndex): TextEdit {
  return { range: toRange(lines, start, end), newText: text };
}

const completionKinds = {
  column: CompletionItemKind.Field,
  table: CompletionItemKind.Struct,
  function: CompletionItemKind.Function,
  keyword: CompletionItemKind.Keyword,
  file: CompletionItemKind.File,
  folder: CompletionItemKind.Folder,
  condition: CompletionItemKind.Snippet,
  type: CompletionItemKind.TypeParameter,
  setting: CompletionItemKind.Property,
} as const;

function completion(
  { document, lines, uri }: OpenSql,
  offset: number,
  _: SqlParams,
  state: ServerState,
): readonly CompletionItem[] {
  const list = (path: string) => listFolder(state, uri, path);
  return completionsAt(document, offset, state.sql.catalog.tables, list).map((item, index) => ({
    label: item.label,
    kind: completionKinds[item.kind],
    sortText: String(index).padStart(6, '0'),
    textEdit: { range: toRange(lines, item.start, item.end), newText: item.insertText },
    ...details(item),
  }));
}

function details(item: SqlCompletion): Partial<CompletionItem> {
  return {
    ...(item.detail === undefined ? {} : { detail: item.detail }),
    ...(item.filterText === undefined ? {} : { filterText: item.filterText }),
    ...(item.description === undefined ? {} : { labelDetails: { description: item.description } }),
    ...(item.documentation === undefined
      ? {}
      : { documentation: { kind: MarkupKind.Markdown, value: item.documentation } }),
    ...(item.isSnippet ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
    ...(item.kind === 'folder'
      ? { command: { title: 'Go on', command: 'editor.action.triggerSuggest' } }
      : {}),
    ...(item.kind === 'function' && item.insertText.endsWith('($0)')
      ? { command: { title: 'Arguments', command: 'editor.action.triggerParameterHints' } }
      : {}),
  };
}

const readable = /\.(csv|tsv|json|jsonl|ndjson|parquet|arrow|feather|orc|txt)$/i;

/** Paths are relative to the folder of the workspace, as the engine reads them. */
function listFolder(state: ServerState, uri: string, path: string): readonly FolderEntry[] {
  try {
    const folder = join(baseFolder(state, uri), path);
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !entry.name.startsWith('.') && entry.name !== 'node_modules')
      .filter((entry) => entry.isDirectory() || readable.test(entry.name))
      .slice(0, 500)
      .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
  } catch {
    return [];
  }
}

function baseFolder(state: ServerState, documentUri: string): string {
  const uri = fileOf(documentUri);
  const around = state.folders.find((folder) => uri.startsWith(`${folder.uri}/`));
  const folder = around ?? state.folders[0];
  if (folder?.uri.startsWith('file:')) return fileURLToPath(folder.uri);
  return uri.startsWith('file:') ? dirname(fileURLToPath(uri)) : process.cwd();
}

function hover(
  { document, lines }: OpenSql,
  offset: number,
  _: SqlParams,
  state: ServerState,
): Hover | undefined {
  const found = hoverAt(document, offset, state.sql.catalog.tables);
  return (
    found && {
      contents: { kind: MarkupKind.Markdown, value: found.markdown },
      range: toRange(lines, found.start, found.end),
    }
  );
}

function signatureHelp({ document }: OpenSql, offset: number): SignatureHelp | undefined {
  const found = signatureAt(document, offset);
  if (!found) return undefined;
  const { label, activeParameter } = found;
  const parameters = found.parameters.map(([start, end]) => ({
    label: [start, end] as [number, number],
  }));
  const documentation = { kind: MarkupKind.Markdown, value: found.documentation };
  return {
    signatures: [{ label, documentation, parameters }],
    activeSignature: 0,
    activeParameter,
  };
}

function definition(
  open: OpenSql,
  offset: number,
  _: SqlParams,
  state: ServerState,
): Location | undefined {
  const { document, lines, uri } = open;
  const statement = statementAt(document, offset);
  if (!statement) return undefined;
  const tables = tablesAt(document, statement, state.sql.catalog.tables);
  const local = offset - statement.start;
  const found = nameAt(givenNames(statement, tables), local);
  if (found) {
    const { start, end } = found.given.range;
    return { uri, range: toRange(lines, statement.start + start, statement.start + end) };
  }
  const query = queryOf(statement);
  const read = query && pathAt(query, local).findLast(({ kind }) => kind === 'read');
  if (read?.kind !== 'read' || read.readType.kind !== 'namedTable') return undefined;
  const table = tables.find(read.readType.nameParts);
  if (table?.madeAt) {
    return { uri, range: toRange(lines, table.madeAt.start, table.madeAt.end) };
  }
  if (table?.path === undefined) return undefined;
  const path = join(baseFolder(state, uri), table.path);
  const target = /^([\\/]|[A-Za-z]:)/.test(table.path) ? table.path : path;
  const start = { line: 0, character: 0 };
  return { uri: pathToFileURL(target).href, range: { start, end: start } };
}

function uses(open: OpenSql, offset: number, state: ServerState): readonly Location[] {
  const { document, lines, uri } = open;
  const statement = statementAt(document, offset);
  if (!statement) return [];
  const names = givenNames(statement, tablesAt(document, statement, state.sql.catalog.tables));
  const given = nameAt(names, offset - statement.start)?.given;
  return (given ? [given.range, ...given.uses] : []).map(({ start, end }) => ({
    uri,
    range: toRange(lines, statement.start + start, statement.start + end),
  }));
}

function prepareRename(
  { document, lines }: OpenSql,
  offset: number,
  _: SqlParams,
  state: ServerState,
): Range | undefined {
  const statement = statementAt(document, offset);
  if (!statement) return undefined;
  const names = givenNames(statement, tablesAt(document, statement, state.sql.catalog.tables));
  const range = nameAt(names, offset - statement.start)?.range;
  return range && toRange(lines, statement.start + range.start, statement.start + range.end);
}

function rename(
  { document, lines, uri }: OpenSql,
  offset: number,
  { newName = '' }: SqlParams,
  state: ServerState,
): WorkspaceEdit | undefined {
  const renamed = renameAt(document, offset, newName, state.sql.catalog.tables);
  // LSP's own number for a request that was understood and can't be done.
  if (!renamed.ok) throw new ResponseError(-32803, renamed.error.message);
  return { changes: { [uri]: renamed.value.map((edit) => toTextEdit(edit, lines)) } };
}

const symbolKinds = {
  query: SymbolKind.Function,
  view: SymbolKind.Struct,
  command: SymbolKind.Operator,
  reference: SymbolKind.Struct,
} as const;

function toSymbol(symbol: SqlSymbol, open: OpenSql): DocumentSymbol {
  return {
    name: symbol.name,
    detail: symbol.detail,
    kind: symbolKinds[symbol.kind],
    range: toRange(open.lines, symbol.range.start, symbol.range.end),
    selectionRange: toRange(open.lines, symbol.nameRange.start, symbol.nameRange.end),
    children: symbol.children.map((child) => toSymbol(child, open)),
  };
}

/** Of a long text when it is judged, since each of its statements is read for that. */
async function documentSymbols(
  { uri }: OpenSql,
  _: number,
  __: SqlParams,
  state: ServerState,
): Promise<readonly DocumentSymbol[]> {
  await state.sql.untilJudged(uri);
  const open = state.sql.get(uri);
  return open ? symbolsOf(open.document).map((symbol) => toSymbol(symbol, open)) : [];
}

const foldKinds = {
  comment: FoldingRangeKind.Comment,
  region: FoldingRangeKind.Region,
  code: undefined,
} as const;

function foldingRanges({ document, lines }: OpenSql): readonly FoldingRange[] {
  return foldsOf(document).flatMap(({ start, end, kind: own }) => {
    const [startLine, endLine] = [lines.positionAt(start).line, lines.positionAt(end).line];
    const kind = foldKinds[own];
    return startLine < endLine ? [{ startLine, endLine, ...(kind ? { kind } : {}) }] : [];
  });
}

function formatting(
  { document, lines }: OpenSql,
  _: number,
  { options }: SqlParams,
): readonly TextEdit[] {
  const newText = formatSql(document.text, formatOptions(options));
  return newText === document.text
    ? []
    : [{ range: toRange(lines, 0, document.text.length), newText }];
}

function selectionRanges(
  { document, lines }: OpenSql,
  _: number,
  { positions = [] }: SqlParams,
): readonly (SelectionRange | undefined)[] {
  return positions.map((position) =>
    selectionsAt(document, lines.offsetAt(position)).reduceRight<SelectionRange | undefined>(
      (parent, { start, end }) => ({
        range: toRange(lines, start, end),
        ...(parent ? { parent } : {}),
      }),
      undefined,
    ),
  );
}

function rangeFormatting(
  { document, lines }: OpenSql,
  _: number,
  { range, options }: SqlParams,
): readonly TextEdit[] {
  if (!range) return [];
  const touched = { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
  const edits = formatRange(document, touched, formatOptions(options));
  return edits.map((edit) => toTextEdit(edit, lines));
}

function onTypeFormatting(
  { document, lines }: OpenSql,
  offset: number,
  { options }: SqlParams,
): readonly TextEdit[] {
  const edits = formatEnded(document, offset, formatOptions(options));
  return edits.map((edit) => toTextEdit(edit, lines));
}

function formatOptions(options: SqlParams['options']): FormatOptions {
  if (!options) return standardFormat;
  return { ...standardFormat, indent: options.insertSpaces ? ' '.repeat(options.tabSize) : '\t' };
}
