/** What PySpark code tells an editor: hovers, completions, definitions and hints of DataFrames and their columns. */
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type {
  CompletionItem,
  Hover,
  InlayHint,
  Location,
  Position,
  Range,
} from 'vscode-languageserver/node';
import { CompletionItemKind, MarkupKind } from 'vscode-languageserver/node';
import { simpleString } from '#sql/plan/types.ts';
import { completionsAt } from '../frames/completion.ts';
import { insightAt, insightText } from '../frames/insight.ts';
import type { ScriptReading } from '../frames/reading.ts';
import { mayUseSpark, readingOf } from '../frames/reading.ts';
import { toRange } from '../lspConvert.ts';
import { fromOriginal, toOriginal } from '../python/pythonSource.ts';
import type { OpenDocument } from '../session/openDocument.ts';
import type { ServerState } from './serverState.ts';

interface Place {
  readonly textDocument: { readonly uri: string };
  readonly position: Position;
}

interface Read {
  readonly document: OpenDocument;
  readonly reading: ScriptReading;
}

/** Undefined for what is no PySpark code. */
function read(state: ServerState, uri: string): Read | undefined {
  const document = state.documents.get(uri);
  if (!document || !mayUseSpark(document.text)) return undefined;
  return {
    document,
    reading: readingOf(document.source, state.frameSchemas.fieldsFor(uri)),
  };
}

function offsetOf({ source, lines }: OpenDocument, position: Position): number {
  return fromOriginal(source, lines.offsetAt(position));
}

function rangeOf({ source, lines }: OpenDocument, start: number, end: number): Range {
  return toRange(lines, toOriginal(source, start), toOriginal(source, end));
}

/** Longer than this a hover does not wait for the rows to be counted; the next one has them. */
const COUNT_MS = 1000;

export async function frameHover(
  state: ServerState,
  { textDocument: { uri }, position }: Place,
): Promise<Hover | undefined> {
  const known = read(state, uri);
  if (!known) return undefined;
  const { document, reading } = known;
  const insight = insightAt(document.module, reading, offsetOf(document, position));
  if (!insight) return undefined;
  const text = insightText(insight, document.module);
  const file = insight.kind === 'frame' ? reading.script.schemas.fileOf(insight.frame) : undefined;
  const count = file && (await inTime(state.frameSchemas.rowCount(uri, file)));
  const rows =
    count === undefined ? '' : `\n\n${count.toLocaleString('en')} row${count === 1 ? '' : 's'}`;
  return {
    contents: { kind: MarkupKind.Markdown, value: `${text}${rows}` },
    range: rangeOf(document, insight.start, insight.end),
  };
}

async function inTime<T>(waiting: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, COUNT_MS, undefined);
  });
  const found = await Promise.race([waiting, late]);
  clearTimeout(timer);
  return found;
}

const kinds = {
  column: CompletionItemKind.Field,
  view: CompletionItemKind.Struct,
  option: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
} as const;

export function frameCompletions(
  state: ServerState,
  { textDocument: { uri }, position }: Place,
): readonly CompletionItem[] {
  const known = read(state, uri);
  if (!known) return [];
  const { document, reading } = known;
  return completionsAt(document.module, reading, offsetOf(document, position)).map(
    ({ label, kind, detail }) => ({
      label,
      kind: kinds[kind],
      // Above what a type checker knows of every DataFrame.
      sortText: `0${label}`,
      ...(detail === undefined ? {} : { detail }),
    }),
  );
}

/** Of a column: the expression that made it, or the file that has it. */
export function frameDefinition(
  state: ServerState,
  { textDocument: { uri }, position }: Place,
): readonly Location[] {
  const known = read(state, uri);
  if (!known) return [];
  const { document, reading } = known;
  const insight = insightAt(document.module, reading, offsetOf(document, position));
  if (insight?.kind !== 'column' || !insight.origin) return [];
  const { made, source } = insight.origin;
  const [last] = made;
  if (last) return [{ uri, range: rangeOf(document, last.start, last.end) }];
  if (source?.kind === 'rows')
    return [{ uri, range: rangeOf(document, source.range.start, source.range.end) }];
  if (source?.kind !== 'file') return [];
  const path = placeOf(state, uri, source.path);
  const start = { line: 0, character: 0 };
  return path === undefined
    ? []
    : [{ uri: pathToFileURL(path).href, range: { start, end: start } }];
}

/** Only a file can be opened. */
function placeOf(state: ServerState, uri: string, path: string): string | undefined {
  if (!uri.startsWith('file:') || /^\w+:/.test(path)) return undefined;
  const folders = [uri, ...state.folders.map((folder) => `${folder.uri}/x`)].filter((each) =>
    each.startsWith('file:'),
  );
  return folders
    .map((each) => join(dirname(fileURLToPath(each)), path))
    .find((each) => statSync(each, { throwIfNoEntry: false })?.isFile() === true);
}

const MOST_COLUMNS = 6;

/** The columns behind names of DataFrames. */
export function frameInlays(state: ServerState, uri: string, shown: Range): readonly InlayHint[] {
  const known = read(state, uri);
  if (!known) return [];
  const { document, reading } = known;
  const [from, to] = [shown.start, shown.end].map((position) => offsetOf(document, position));
  const told = new Set<number>();
  return reading.names.flatMap(({ to: end, from: start, value }): readonly InlayHint[] => {
    if (value.kind !== 'frame' || start < (from ?? 0) || end > (to ?? Infinity)) return [];
    const columns = reading.script.schemas.columnsOf(value);
    if (!columns || told.has(end)) return [];
    told.add(end);
    const all = columns.map(({ name, type }) => `${name}: ${simpleString(type)}`);
    const label = [...all.slice(0, MOST_COLUMNS), ...(all.length > MOST_COLUMNS ? ['…'] : [])].join(
      ', ',
    );
    return [
      {
        position: document.lines.positionAt(toOriginal(document.source, end)),
        label: `[${label}]`,
        tooltip: all.join('\n'),
        paddingLeft: true,
      },
    ];
  });
}
