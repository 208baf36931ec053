import type { Location } from 'vscode-languageserver/node';
import { IMPLEMENTATIONS } from '../oracle/pyright/processProtocol.ts';
import { askPyright } from './askPyright.ts';
import type { ServerState } from './serverState.ts';

export function handleImplementation(state: ServerState): void {
  state.connection.onImplementation(({ textDocument: { uri }, position }, token) =>
    askPyright<Location[]>(state, IMPLEMENTATIONS, { uri, position }, token),
  );
}
