/** One life of the pyright process: started, initialized, spoken to over LSP, and gone. Knows nothing of documents. */
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  ClientCapabilities,
  MessageConnection,
  WorkspaceFolder,
} from 'vscode-languageserver/node';
import { CancellationReceiverStrategy, createMessageConnection } from 'vscode-languageserver/node';
import type { EditorUris } from './placedMessages.ts';
import { PlacedReader, PlacedWriter } from './placedMessages.ts';
import type { EngineConfiguration } from './processProtocol.ts';
import { CONFIGURATION_SECTION } from './processProtocol.ts';

export type EngineKind = 'embedded' | 'languageServer';

export interface ProcessOptions {
  readonly kind: EngineKind;
  /** `dist/pyrightProcess.js`, or pyright's own `langserver.index.js`. */
  readonly modulePath: string;
  readonly workspaceFolders: readonly WorkspaceFolder[];
  configurationFor(scopeUri: string | undefined): EngineConfiguration;
  clientCapabilities(): ClientCapabilities;
  applyEdit(params: unknown): Promise<unknown>;
  readonly memoryLimit: number | undefined;
  readonly notebooks: EditorUris;
  /** pyright thinks that what it said may no longer hold, of any document. */
  onRefresh(): void;
  onExit(exit: { readonly code: number | null; readonly signal: string | null }): void;
  onLog(line: string): void;
}

export interface PyrightProcess {
  readonly connection: MessageConnection;
  readonly pid: number | undefined;
  /** Resolves when the process takes documents; rejects when it ends before. */
  readonly initialized: Promise<void>;
  kill(): void;
}

export function startPyrightProcess(options: ProcessOptions): PyrightProcess {
  const cancellation = options.kind === 'embedded' ? cancellationFiles() : undefined;
  const child = fork(
    options.modulePath,
    ['--node-ipc', ...(cancellation ? [`--cancellationReceive=file:${cancellation.name}`] : [])],
    {
      execArgv: nodeOptions(options.memoryLimit),
      env: environment(options),
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    },
  );
  const connection = createMessageConnection(
    new PlacedReader(child, options.notebooks),
    new PlacedWriter(child, options.notebooks),
    undefined,
    cancellation && {
      cancellationStrategy: {
        receiver: CancellationReceiverStrategy.Message,
        sender: cancellation.sender,
      },
    },
  );
  let ended = false;
  const end = (code: number | null, signal: string | null) => {
    if (ended) return;
    ended = true;
    process.off('exit', endWithUs);
    // Settles everything that still waits for an answer.
    connection.dispose();
    cancellation?.dispose();
    options.onExit({ code, signal });
  };
  const kill = () => void child.kill('SIGKILL');
  const endWithUs = () => {
    kill();
    cancellation?.dispose();
  };
  process.on('exit', endWithUs);
  child.on('exit', end);
  child.on('error', (error) => {
    options.onLog(`pyright process: ${error.message}`);
    end(null, null);
  });
  child.stderr?.setEncoding('utf8').on('data', (data: string) => options.onLog(data.trimEnd()));
  connection.onError(([error]) => options.onLog(`pyright connection: ${error.message}`));
  answerRequests(connection, options);
  connection.listen();
  return { connection, pid: child.pid, initialized: initialize(connection, options, child), kill };
}

async function initialize(
  connection: MessageConnection,
  options: ProcessOptions,
  child: ChildProcess,
): Promise<void> {
  const client = options.clientCapabilities();
  const { textDocument: text = {}, workspace = {} } = client;
  const params = {
    processId: process.pid,
    workspaceFolders: [...options.workspaceFolders],
    capabilities: {
      workspace: {
        ...(workspace.workspaceEdit ? { workspaceEdit: workspace.workspaceEdit } : {}),
        configuration: true,
        workspaceFolders: true,
        didChangeConfiguration: { dynamicRegistration: false },
        diagnostics: { refreshSupport: true },
      },
      textDocument: {
        synchronization: {},
        ...present({
          completion: text.completion,
          signatureHelp: text.signatureHelp,
          definition: text.definition,
          declaration: text.declaration,
          typeDefinition: text.typeDefinition,
          documentSymbol: text.documentSymbol,
          rename: text.rename,
          codeAction: text.codeAction,
        }),
        hover: { contentFormat: ['markdown', 'plaintext'] },
        publishDiagnostics: { tagSupport: { valueSet: [1, 2] }, relatedInformation: true },
        diagnostic: { dynamicRegistration: true, relatedDocumentSupport: false },
      },
    },
  };
  await connection.sendRequest('initialize', params);
  if (child.exitCode === null) await connection.sendNotification('initialized', {});
}

function present<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}

function answerRequests(connection: MessageConnection, options: ProcessOptions): void {
  connection.onRequest(
    'workspace/configuration',
    (params: { items: readonly { scopeUri?: string; section?: string }[] }) =>
      params.items.map(({ scopeUri, section }) => {
        const configuration = options.configurationFor(scopeUri);
        if (section === CONFIGURATION_SECTION) return configuration;
        if (section === 'python') return pythonSection(configuration);
        return section === 'pyright' ? { disableLanguageServices: false } : null;
      }),
  );
  connection.onRequest('workspace/diagnostic/refresh', () => {
    options.onRefresh();
    return null;
  });
  connection.onRequest('workspace/applyEdit', (params: unknown) => options.applyEdit(params));
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('client/unregisterCapability', () => null);
  connection.onRequest('window/workDoneProgress/create', () => null);
  connection.onNotification('window/logMessage', (params: { message: string }) =>
    options.onLog(params.message),
  );
}

/** pyright's own settings. A plain language server has no other, so what it can't be told is left to it. */
function pythonSection(configuration: EngineConfiguration) {
  return {
    ...(configuration.pythonPath === undefined || !configuration.mayRunPython
      ? {}
      : { pythonPath: configuration.pythonPath }),
    analysis: {
      autoSearchPaths: true,
      diagnosticMode: 'openFilesOnly',
      typeCheckingMode: configuration.typeCheckingMode,
      useLibraryCodeForTypes: true,
    },
  };
}

function environment(options: ProcessOptions): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  // A plain language server runs `python` from the PATH whenever it finds one.
  const mayRunPython = options.configurationFor(undefined).mayRunPython;
  if (options.kind === 'languageServer' && !mayRunPython) env.PATH = '';
  return env;
}

/**
 * An edit throws the old tree and most types away at once: with room for them the young generation is collected
 * seldom, which takes a quarter off the time of every keystroke.
 */
function nodeOptions(memoryLimit: number | undefined): string[] {
  const limit = memoryLimit === undefined ? [] : [`--max-old-space-size=${memoryLimit}`];
  return ['--max-semi-space-size=32', ...limit];
}

let folders = 0;

/** pyright can't read messages while it checks, so it looks for a file of this name to see that it is to stop. */
function cancellationFiles() {
  const name = `strata-${process.pid}-${folders++}`;
  const folder = join(tmpdir(), 'python-languageserver-cancellation', name);
  const pathOf = (id: number | string) => join(folder, `cancellation-${id}.tmp`);
  mkdirSync(folder, { recursive: true });
  return {
    name,
    sender: {
      sendCancellation(_connection: unknown, id: number | string): Promise<void> {
        try {
          writeFileSync(pathOf(id), '');
        } catch {
          // The folder of temporary files was cleaned: the check then runs to its end, and its answer is dropped.
        }
        return Promise.resolve();
      },
      cleanup(id: number | string): void {
        rmSync(pathOf(id), { force: true });
      },
    },
    dispose() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
