import type { InitializeParams, InitializeResult } from 'vscode-languageserver/node';
import { TextDocumentSyncKind } from 'vscode-languageserver/node';
import { readSettings } from '../session/settings.ts';
import { codeActionKinds } from './codeAction.ts';
import { watchFiles } from './configFiles.ts';
import { serverCommands } from './executeCommand.ts';
import { notebookDocumentSync } from './notebookSync.ts';
import { diagnosticProvider, pullsDiagnostics } from './pullDiagnostics.ts';
import type { ServerState } from './serverState.ts';
import { pythonFilesAndFolders } from './willRenameFiles.ts';
import { staticSqlFeatures } from './sql/sqlRegistration.ts';
import { registerFrameLenses, registerTypeFeatures, staticTypeFeatures } from './typeFeatures.ts';

export function handleInitialize(state: ServerState): void {
  const { connection } = state;
  connection.onInitialize((params: InitializeParams): InitializeResult => {
    state.settings = readSettings(params.initializationOptions);
    state.folders = foldersOf(params);
    state.clientCapabilities = params.capabilities;
    return {
      capabilities: {
        textDocumentSync: {
          openClose: true,
          change: TextDocumentSyncKind.Incremental,
          save: true,
        },
        notebookDocumentSync,
        hoverProvider: true,
        codeActionProvider: { codeActionKinds: [...codeActionKinds], resolveProvider: true },
        executeCommandProvider: { commands: [...serverCommands] },
        ...staticSqlFeatures(state),
        ...staticTypeFeatures(state),
        ...(pullsDiagnostics(state) ? { diagnosticProvider } : {}),
        workspace: {
          workspaceFolders: { supported: true, changeNotifications: true },
          fileOperations: { willRename: pythonFilesAndFolders },
        },
      },
      serverInfo: { name: 'strata' },
    };
  });
  connection.onInitialized(() => {
    registerTypeFeatures(state);
    registerFrameLenses(state);
    watchFiles(state);
    for (const ready of state.onReady) ready();
    const { checkTypes, waitsForPython } = state.settings;
    if (checkTypes && waitsForPython !== true) state.engine.start();
  });
  connection.onNotification(
    'workspace/didChangeWorkspaceFolders',
    ({ event }: { event: { added: typeof state.folders; removed: typeof state.folders } }) => {
      const removed = new Set(event.removed.map(({ uri }) => uri));
      state.folders = [...state.folders.filter(({ uri }) => !removed.has(uri)), ...event.added];
      state.projects.forget();
      state.engine.foldersChanged(event.added, event.removed);
    },
  );
  connection.onShutdown(() => {
    state.engine.dispose();
  });
}

function foldersOf(params: InitializeParams): ServerState['folders'] {
  if (params.workspaceFolders) return params.workspaceFolders;
  // Deprecated in LSP, and all that some editors send.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- read for the clients that send nothing else
  const root = params.rootUri;
  return root === null ? [] : [{ uri: root, name: root.split('/').at(-1) ?? root }];
}
