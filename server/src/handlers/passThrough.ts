/** Requests that pyright answers alone. Those that our own analyses answer too have a file each. */
import type { CancellationToken, CompletionItem, CompletionList } from 'vscode-languageserver/node';
import { askPyright } from './askPyright.ts';
import { frameCompletions, frameDefinition } from './frames.ts';
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
      if (sql) return sql.answer;
      const theirs = () => askPyright(state, method, params, token);
      if (!isPlace(params)) return theirs();
      if (method === 'textDocument/completion') return withOwnCompletions(state, params, theirs);
      if (method === 'textDocument/definition') {
        // Where a column comes from is no business of types.
        const ours = frameDefinition(state, params);
        return ours.length > 0 ? ours : theirs();
      }
      return theirs();
    });
}

async function withOwnCompletions(
  state: ServerState,
  params: Parameters<typeof frameCompletions>[1],
  theirs: () => Promise<unknown>,
): Promise<CompletionList | CompletionItem[] | null> {
  const ours = frameCompletions(state, params);
  const other = (await theirs()) as CompletionList | CompletionItem[] | null;
  if (ours.length === 0) return other;
  if (other === null) return [...ours];
  if (Array.isArray(other)) return [...ours, ...other];
  return { ...other, items: [...ours, ...other.items] };
}

function isPlace(params: unknown): params is Parameters<typeof frameCompletions>[1] {
  return isAboutDocument(params) && 'position' in params;
}

function isAboutDocument(params: unknown): params is SqlParams {
  return typeof params === 'object' && params !== null && 'textDocument' in params;
}
