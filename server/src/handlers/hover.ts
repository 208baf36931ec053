/** Ours above pyright's: what bytes a format lays out is said before the type of the text that spells it. */
import type { CancellationToken, Hover, MarkupContent } from 'vscode-languageserver/node';
import { MarkupKind } from 'vscode-languageserver/node';
import { toRange } from '../lspConvert.ts';
import { fromOriginal, toOriginal } from '../python/pythonSource.ts';
import { bufferHover } from '../rules/buffers/bufferHover.ts';
import { loadedFileAt } from '../rules/buffers/loadedFile.ts';
import { structHover } from '../rules/buffers/structHover.ts';
import { askPyright } from './askPyright.ts';
import { frameHover } from './frames.ts';
import { loadedFileHover } from './loadedFileHover.ts';
import { answerSql } from './sql/sqlAnswers.ts';
import type { ServerState } from './serverState.ts';

export function handleHover(state: ServerState): void {
  state.connection.onHover(async (params, token) => {
    const sql = answerSql(state, 'textDocument/hover', params);
    if (sql) return sql.answer as Hover | null;
    const ours = (await ownHover(state, params, token)) ?? (await frameHover(state, params));
    const theirs = await askPyright<Hover>(state, 'textDocument/hover', params, token);
    return ours && theirs ? merge(ours, theirs) : (ours ?? theirs);
  });
}

type HoverPlace = Parameters<Parameters<ServerState['connection']['onHover']>[0]>[0];

/** A format, or else a file that is loaded, above what is known of the buffer. */
async function ownHover(
  state: ServerState,
  { textDocument: { uri }, position }: HoverPlace,
  token: CancellationToken,
): Promise<Hover | undefined> {
  const document = state.documents.get(uri);
  if (!document) return undefined;
  const { lines } = document;
  const { module, start } = state.notebooks.readIn(document, state.documents);
  const { source } = module;
  const offset = fromOriginal(source, start + lines.offsetAt(position));
  const format = structHover(module, offset);
  const loaded = format ? undefined : loadedFileAt(module, offset);
  const buffer = format
    ? undefined
    : bufferHover(module, state.ruleContexts.contextFor(state, uri), offset);
  const file = loaded && (await loadedFileHover(state, uri, loaded, abortSignal(token)));
  const place = format ?? (file === undefined ? buffer : loaded);
  const texts = [format?.markdown, file, buffer?.markdown].filter((text) => text !== undefined);
  if (!place || texts.length === 0) return undefined;
  return {
    contents: { kind: MarkupKind.Markdown, value: texts.join('\n\n') },
    range: toRange(
      lines,
      toOriginal(source, place.start) - start,
      toOriginal(source, place.end) - start,
    ),
  };
}

function abortSignal(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  else token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}

function merge(ours: Hover, theirs: Hover): Hover {
  const value = [ours, theirs].map(({ contents }) => textOf(contents)).join('\n\n---\n\n');
  return { ...ours, contents: { kind: MarkupKind.Markdown, value } };
}

function textOf(contents: Hover['contents']): string {
  if (typeof contents === 'string') return contents;
  if (Array.isArray(contents)) return contents.map((each) => textOf(each)).join('\n\n');
  if ('language' in contents) return `\`\`\`${contents.language}\n${contents.value}\n\`\`\``;
  return (contents satisfies MarkupContent).value;
}
