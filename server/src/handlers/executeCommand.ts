/** Commands that pyright's code actions name, under ids of ours. */
import { askPyright } from './askPyright.ts';
import type { ServerState } from './serverState.ts';

/** By our id, pyright's. */
const pyrightCommands: Readonly<Record<string, string>> = {
  'strata.createTypeStub': 'pyright.createtypestub',
};

export const serverCommands: readonly string[] = Object.keys(pyrightCommands);

/** Ours for one of pyright's; one that we don't know stays as it is, and the editor says that it is unknown. */
export function ourCommand(command: string): string {
  return serverCommands.find((ours) => pyrightCommands[ours] === command) ?? command;
}

export function handleExecuteCommand(state: ServerState): void {
  state.connection.onExecuteCommand((params, token) => {
    const command = pyrightCommands[params.command];
    if (command === undefined) return null;
    return askPyright(state, 'workspace/executeCommand', { ...params, command }, token);
  });
}
