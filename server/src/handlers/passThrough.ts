/** Requests that pyright answers alone. Those that our own analyses answer too have a file each. */
import type { CancellationToken } from 'vscode-languageserver/node';
import { askPyright } from './askPyright.ts';
import type { ServerState } from './serverState.ts';

const methods = [
  'textDocument/completion',
  'completionItem/resolve',
  'textDocument/signatureHelp',
  'textDocument/definition',
  'textDocument/declaration',
  'textDocument/typeDefinition',
  'textDocument/references',
  'textDocument/documentHighlight',
  'textDocument/documentSymbol',
  'textDocument/prepareRename',
  'textDocument/rename',
  'textDocument/prepareCallHierarchy',
  'callHierarchy/incomingCalls',
  'callHierarchy/outgoingCalls',
  'workspace/symbol',
] as const;

export function handlePassThrough(state: ServerState): void {
  for (const method of methods)
    state.connection.onRequest(method, (params: unknown, token: CancellationToken) =>
      askPyright(state, method, params, token),
    );
}
