import type { InlayHint, Range } from 'vscode-languageserver/node';
import { MarkupKind } from 'vscode-languageserver/node';
import { INLAY_HINTS } from '../oracle/pyright/processProtocol.ts';
import { fromOriginal, toOriginal } from '../python/pythonSource.ts';
import { bufferInlays } from '../rules/buffers/bufferHover.ts';
import { defaultInlayHints } from '../session/settings.ts';
import { frameInlays } from './frames.ts';
import { askPyright } from './askPyright.ts';
import type { ServerState } from './serverState.ts';

export function handleInlayHint(state: ServerState): void {
  state.connection.languages.inlayHint.on(async ({ textDocument: { uri }, range }, token) => {
    const settings = state.settings.inlayHints ?? defaultInlayHints;
    const asked = { uri, range, settings };
    const frames = settings.frameSchemas === true ? frameInlays(state, uri, range) : [];
    const own = [...ownHints(state, uri, range), ...frames];
    const types = await askPyright<InlayHint[]>(state, INLAY_HINTS, asked, token, 'patient');
    return [...own, ...(types ?? [])];
  });
}

/** What is known of buffers, where the settings ask for it. */
function ownHints(state: ServerState, uri: string, range: Range): readonly InlayHint[] {
  const document = state.documents.get(uri);
  const { viewOrCopy = false, arrayLayouts = false } = state.settings.inlayHints ?? {};
  if (!document || (!viewOrCopy && !arrayLayouts)) return [];
  const { lines } = document;
  const { module, start } = state.notebooks.readIn(document, state.documents);
  const { source } = module;
  const place = {
    start: fromOriginal(source, start + lines.offsetAt(range.start)),
    end: fromOriginal(source, start + lines.offsetAt(range.end)),
  };
  const context = state.ruleContexts.contextFor(state, uri);
  const wanted = { viewOrCopy, arrayLayouts };
  return bufferInlays(module, context, place, wanted).map(({ offset, text, tooltip }) => ({
    position: lines.positionAt(toOriginal(source, offset) - start),
    label: text,
    tooltip: { kind: MarkupKind.Markdown, value: tooltip },
    paddingLeft: !text.startsWith(':'),
  }));
}

/** The editor asks again for what it shows. */
export function refreshInlayHints({ connection, clientCapabilities }: ServerState): void {
  if (clientCapabilities.workspace?.inlayHint?.refreshSupport)
    connection.sendRequest('workspace/inlayHint/refresh').catch(() => undefined);
}
