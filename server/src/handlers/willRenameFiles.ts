/** Before a Python file or folder is renamed in the editor: the imports that have to follow. */
import type { FileOperationRegistrationOptions, WorkspaceEdit } from 'vscode-languageserver/node';
import { MOVED_IMPORTS } from '../oracle/pyright/processProtocol.ts';
import { askPyright } from './askPyright.ts';
import type { ServerState } from './serverState.ts';

export const pythonFilesAndFolders: FileOperationRegistrationOptions = {
  filters: [
    { scheme: 'file', pattern: { glob: '**/*.{py,pyi}', matches: 'file' } },
    { scheme: 'file', pattern: { glob: '**', matches: 'folder' } },
  ],
};

export function handleWillRenameFiles(state: ServerState): void {
  state.connection.workspace.onWillRenameFiles(async ({ files }, token) => {
    const changes: NonNullable<WorkspaceEdit['changes']> = {};
    for (const { oldUri: from, newUri: to } of files) {
      const params = { uri: from, from, to };
      const edit = await askPyright<WorkspaceEdit>(state, MOVED_IMPORTS, params, token);
      for (const [uri, edits] of Object.entries(edit?.changes ?? {}))
        changes[uri] = [...(changes[uri] ?? []), ...edits];
    }
    return Object.keys(changes).length === 0 ? null : { changes };
  });
}
