/** One question of the editor to pyright: with the editor's cancellation, without its progress, `null` for no answer. */
import type { CancellationToken } from 'vscode-languageserver/node';
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { ServerState } from './serverState.ts';

export async function askPyright<R>(
  state: ServerState,
  method: string,
  params: unknown,
  token: CancellationToken,
  urgency?: 'urgent' | 'patient',
): Promise<R | null> {
  // Another type server answers then; whoever still asks us has not heard yet.
  if (!state.settings.checkTypes) return null;
  const reply = await state.engine.ask<R>(method, withoutTokens(params), signalOf(token), urgency);
  if (reply.ok) return reply.value;
  if (reply.error.kind === 'cancelled')
    throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
  return null;
}

export function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  else token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}

/** Tokens of progress would make pyright send its answer in pieces, to a client that is not its own. */
function withoutTokens(params: unknown): unknown {
  if (typeof params !== 'object' || params === null) return params;
  return { ...params, workDoneToken: undefined, partialResultToken: undefined };
}
