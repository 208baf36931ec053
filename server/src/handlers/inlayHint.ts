import type { InlayHint } from 'vscode-languageserver/node';
import { INLAY_HINTS } from '../oracle/pyright/processProtocol.ts';
import { defaultInlayHints } from '../session/settings.ts';
import { askPyright } from './askPyright.ts';
import type { ServerState } from './serverState.ts';

export function handleInlayHint(state: ServerState): void {
  state.connection.languages.inlayHint.on(async ({ textDocument: { uri }, range }, token) => {
    const settings = state.settings.inlayHints ?? defaultInlayHints;
    return askPyright<InlayHint[]>(state, INLAY_HINTS, { uri, range, settings }, token, 'patient');
  });
}

/** The editor asks again for what it shows. */
export function refreshInlayHints({ connection, clientCapabilities }: ServerState): void {
  if (clientCapabilities.workspace?.inlayHint?.refreshSupport)
    connection.sendRequest('workspace/inlayHint/refresh').catch(() => undefined);
}
