import { MarkupKind } from 'vscode-languageserver/node';
import { toRange } from '../lspConvert.ts';
import { fromOriginal, toOriginal } from '../python/pythonSource.ts';
import { structHover } from '../rules/buffers/structHover.ts';
import type { ServerState } from './serverState.ts';

export function handleHover(state: ServerState): void {
  state.connection.onHover(({ textDocument, position }) => {
    const document = state.documents.get(textDocument.uri);
    if (!document) return null;
    const { source, lines, module } = document;
    const hover = structHover(module, fromOriginal(source, lines.offsetAt(position)));
    if (!hover) return null;
    return {
      contents: { kind: MarkupKind.Markdown, value: hover.markdown },
      range: toRange(lines, toOriginal(source, hover.start), toOriginal(source, hover.end)),
    };
  });
}
