/** Runs dist/server.js as a child process and asks it to check files. */
import { fork } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { IPCMessageReader, IPCMessageWriter, createMessageConnection } from 'vscode-jsonrpc/node';
import type {
  CheckFilesParams,
  CheckFilesReply,
  CoverageParams,
  CoverageReply,
  ServerSettings,
} from '#shared/protocol/languageServer.ts';
import { CHECK_FILES, COVERAGE } from '#shared/protocol/languageServer.ts';
import type {
  FileSchema,
  FileSchemasParams,
  FileSchemasReply,
  FrameScript,
  ReadScriptParams,
  ScriptFile,
} from '#shared/protocol/frameScript.ts';
import { FILE_SCHEMAS, READ_SCRIPT } from '#shared/protocol/frameScript.ts';
import type { Disposable } from '#shared/result.ts';
import { CannotRun } from './command.ts';

export interface LanguageServerClient extends Disposable {
  check(uris: readonly string[]): Promise<CheckFilesReply>;
  coverage(uris: readonly string[]): Promise<CoverageReply>;
  /** Files that changed on disk since they were checked. */
  changed(uris: readonly string[]): Promise<void>;
  readScript(
    uri: string,
    schemas?: readonly FileSchema[],
    at?: ReadScriptParams['at'],
  ): Promise<FrameScript>;
}

export async function startLanguageServer(options: {
  readonly modulePath: string;
  readonly folder: string;
  readonly settings: ServerSettings;
  /** Tells the columns of data files that PySpark code reads. */
  readonly fileSchemas?: (files: readonly ScriptFile[]) => Promise<FileSchemasReply>;
  readonly signal: AbortSignal;
}): Promise<LanguageServerClient> {
  const child = fork(options.modulePath, ['--node-ipc'], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const connection = createMessageConnection(
    new IPCMessageReader(child),
    new IPCMessageWriter(child),
  );
  const ended = new Promise<never>((_, reject) => {
    child.once('error', (error) => {
      reject(new CannotRun(`the language server does not start: ${error.message}`));
    });
    child.once('exit', (code, signal) => {
      reject(new CannotRun(`the language server ended with ${signal ?? `exit code ${code}`}`));
    });
    options.signal.addEventListener('abort', () => {
      child.kill();
      reject(new CannotRun('interrupted'));
    });
  });
  // Only who waits for something is told.
  ended.catch(() => undefined);
  const request = <T>(method: string, params: object): Promise<T> =>
    Promise.race([
      ended,
      connection.sendRequest<T>(method, params).catch((error: unknown) => {
        throw new CannotRun(error instanceof Error ? error.message : String(error));
      }),
    ]);
  if (options.fileSchemas)
    connection.onRequest(FILE_SCHEMAS, ({ files }: FileSchemasParams) =>
      options.fileSchemas?.(files),
    );
  connection.onError(() => undefined);
  connection.listen();
  await request('initialize', {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: [{ uri: pathToFileURL(options.folder).href, name: 'check' }],
    capabilities: {},
    initializationOptions: options.settings,
  });
  await connection.sendNotification('initialized', {});
  return {
    check: (uris) => request(CHECK_FILES, { uris } satisfies CheckFilesParams),
    coverage: (uris) => request(COVERAGE, { uris } satisfies CoverageParams),
    changed: (uris) =>
      connection.sendNotification('workspace/didChangeWatchedFiles', {
        // Created, changed or deleted: all three mean that it is to be read again.
        changes: uris.flatMap((uri) => [1, 2].map((type) => ({ uri, type }))),
      }),
    readScript: (uri, schemas = [], at) =>
      request(READ_SCRIPT, { uri, schemas, ...(at ? { at } : {}) } satisfies ReadScriptParams),
    dispose() {
      connection.dispose();
      child.kill();
    },
  };
}
