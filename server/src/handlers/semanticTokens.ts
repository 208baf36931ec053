import type { CancellationToken, Range, SemanticTokens } from 'vscode-languageserver/node';
import { SEMANTIC_TOKENS } from '../oracle/pyright/processProtocol.ts';
import { askPyright } from './askPyright.ts';
import type { ServerState } from './serverState.ts';
import { semanticTokensOf } from './sql/sqlSemanticTokens.ts';

interface SemanticTokensOf {
  readonly textDocument: { readonly uri: string };
  readonly range?: Range;
}

export function handleSemanticTokens(state: ServerState): void {
  const answer = ({ textDocument: { uri }, range }: SemanticTokensOf, token: CancellationToken) =>
    semanticTokensOf(state, uri, range) ??
    askPyright<SemanticTokens>(state, SEMANTIC_TOKENS, { uri, range }, token, 'patient');
  for (const part of ['full', 'range'])
    state.connection.onRequest(`textDocument/semanticTokens/${part}`, answer);
}
