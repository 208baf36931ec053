/** Requests that pyright answers alone. Those that our own analyses answer too have a file each. */
import type { CancellationToken } from 'vscode-languageserver/node';
import { askPyright } from './askPyright.ts';
import { answerSql, type SqlParams } from './sql/sqlAnswers.ts';
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
    state.connection.onRequest(method, (params: unknown, token: CancellationToken) => {
      const sql = isAboutDocument(params) ? answerSql(state, method, params) : undefined;
      return sql ? sql.answer : askPyright(state, method, params, token);
    });
}

function isAboutDocument(params: unknown): params is SqlParams {
  return typeof params === 'object' && params !== null && 'textDocument' in params;
}
