/** Ours above pyright's: what bytes a format lays out is said before the type of the text that spells it. */
import type { Hover, MarkupContent } from 'vscode-languageserver/node';
import { MarkupKind } from 'vscode-languageserver/node';
import { toRange } from '../lspConvert.ts';
import { fromOriginal, toOriginal } from '../python/pythonSource.ts';
import { structHover } from '../rules/buffers/structHover.ts';
import { askPyright } from './askPyright.ts';
import type { ServerState } from './serverState.ts';

export function handleHover(state: ServerState): void {
  state.connection.onHover(async (params, token) => {
    const ours = ownHover(state, params);
    const theirs = await askPyright<Hover>(state, 'textDocument/hover', params, token);
    return ours && theirs ? merge(ours, theirs) : (ours ?? theirs);
  });
}

type HoverPlace = Parameters<Parameters<ServerState['connection']['onHover']>[0]>[0];

function ownHover(state: ServerState, { textDocument, position }: HoverPlace): Hover | undefined {
  const document = state.documents.get(textDocument.uri);
  if (!document) return undefined;
  const { source, lines, module } = document;
  const hover = structHover(module, fromOriginal(source, lines.offsetAt(position)));
  if (!hover) return undefined;
  return {
    contents: { kind: MarkupKind.Markdown, value: hover.markdown },
    range: toRange(lines, toOriginal(source, hover.start), toOriginal(source, hover.end)),
  };
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
