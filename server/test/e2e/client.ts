/** A small editor: starts dist/server.js over one of its transports and speaks LSP. Waits for messages, never for time. */
import type { ChildProcess } from 'node:child_process';
import { fork, spawn } from 'node:child_process';
import { join } from 'node:path';
import type {
  ClientCapabilities,
  Diagnostic,
  InitializeResult,
  MessageConnection,
  Registration,
  Unregistration,
  WorkspaceFolder,
} from 'vscode-languageserver/node';
import {
  IPCMessageReader,
  IPCMessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
  createMessageConnection,
} from 'vscode-languageserver/node';
import type { ServerSettings, TypeCheckerStatus } from '#shared/protocol/languageServer.ts';
import { TYPE_CHECKER_STATUS } from '#shared/protocol/languageServer.ts';

export interface Published {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: readonly Diagnostic[];
}

export interface Editor {
  readonly connection: MessageConnection;
  readonly child: ChildProcess;
  readonly published: readonly Published[];
  readonly statuses: readonly TypeCheckerStatus[];
  readonly initialized: InitializeResult;
  /** Methods that the server has registered by now for Python. */
  registered(): readonly string[];
  untilRegistered(is: (methods: readonly string[]) => boolean): Promise<void>;
  open(uri: string, text: string, version?: number): void;
  /** Replaces the whole text, or only `range`. */
  change(uri: string, version: number, text: string, range?: Diagnostic['range']): void;
  /** The first publication from number `from` on that is so; also one that has come already. */
  untilPublished(is: (published: Published) => boolean, from?: number): Promise<Published>;
  /** The first status from number `from` on that is so. */
  untilStatus(
    is: (status: TypeCheckerStatus) => boolean,
    from?: number,
  ): Promise<TypeCheckerStatus>;
  /**
   * The first such status from the one on that holds when findings of the version are first published. Our own are
   * published as soon as the server has the text, at which time the type checker may be busy already.
   */
  untilStatusOf(
    uri: string,
    version: number,
    is: (status: TypeCheckerStatus) => boolean,
  ): Promise<TypeCheckerStatus>;
  close(): Promise<void>;
}

export const bundles = () => {
  const folder = process.env.STRATA_DIST;
  if (folder === undefined) throw new Error('STRATA_DIST names the folder with the bundles');
  return folder;
};

export async function startEditor(options: {
  readonly transport: 'stdio' | 'ipc';
  readonly settings?: Partial<ServerSettings>;
  readonly folder?: string;
  readonly folders?: readonly WorkspaceFolder[];
  readonly capabilities?: ClientCapabilities;
  readonly env?: Readonly<Record<string, string>>;
}): Promise<Editor> {
  const modulePath = join(bundles(), 'server.js');
  const env = { ...process.env, ...options.env };
  const child =
    options.transport === 'ipc'
      ? fork(modulePath, ['--node-ipc'], { execArgv: [], env, stdio: ['ignore', 2, 2, 'ipc'] })
      : spawn(process.execPath, [modulePath, '--stdio'], { env, stdio: ['pipe', 'pipe', 2] });
  const connection =
    child.stdout && child.stdin
      ? createMessageConnection(
          new StreamMessageReader(child.stdout),
          new StreamMessageWriter(child.stdin),
        )
      : createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  const published: Published[] = [];
  const statuses: TypeCheckerStatus[] = [];
  /** By document and version, how many statuses came before its first publication. */
  const statusesBefore = new Map<string, number>();
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of [...listeners]) listener();
  };
  connection.onNotification('textDocument/publishDiagnostics', (each: Published) => {
    published.push(each);
    const key = `${each.version ?? ''} ${each.uri}`;
    if (!statusesBefore.has(key)) statusesBefore.set(key, statuses.length);
    changed();
  });
  connection.onNotification(TYPE_CHECKER_STATUS, (status: TypeCheckerStatus) => {
    statuses.push(status);
    changed();
  });
  const registrations = new Map<string, string>();
  connection.onRequest(
    'client/registerCapability',
    (params: { registrations: readonly Registration[] }) => {
      for (const { id, method } of params.registrations)
        if (!/^strata\/(?:sql|frames)\//.test(id)) registrations.set(id, method);
      changed();
      return null;
    },
  );
  connection.onRequest(
    'client/unregisterCapability',
    (params: { unregisterations: readonly Unregistration[] }) => {
      for (const { id } of params.unregisterations) registrations.delete(id);
      changed();
      return null;
    },
  );
  connection.onClose(changed);
  connection.listen();
  const until = <T>(seen: readonly T[], is: (each: T) => boolean, from: number) =>
    new Promise<T>((resolve) => {
      const look = () => {
        const found = seen.slice(from).find(is);
        if (found === undefined) return;
        listeners.delete(look);
        resolve(found);
      };
      listeners.add(look);
      look();
    });
  const initialized = await connection.sendRequest<InitializeResult>('initialize', {
    processId: process.pid,
    capabilities: options.capabilities ?? {},
    workspaceFolders:
      options.folder === undefined
        ? (options.folders ?? null)
        : [{ uri: `file://${options.folder}`, name: 'workspace' }],
    rootUri: null,
    initializationOptions: { trusted: false, ...options.settings },
  });
  await connection.sendNotification('initialized', {});
  return {
    connection,
    child,
    published,
    statuses,
    initialized,
    registered: () => [...registrations.values()],
    untilRegistered: (is) =>
      new Promise((resolve) => {
        const look = () => {
          if (!is([...registrations.values()])) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
      }),
    open: (uri, text, version = 1) =>
      void connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'python', version, text },
      }),
    change: (uri, version, text, range) =>
      void connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [range ? { range, text } : { text }],
      }),
    untilPublished: (is, from = 0) => until(published, is, from),
    untilStatus: (is, from = 0) => until(statuses, is, from),
    async untilStatusOf(uri, version, is) {
      await until(published, (each) => each.uri === uri && each.version === version, 0);
      const before = statusesBefore.get(`${version} ${uri}`) ?? 0;
      return until(statuses, is, Math.max(0, before - 1));
    },
    async close() {
      const exited = new Promise<void>((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) resolve();
        else child.once('exit', () => resolve());
      });
      await connection.sendRequest('shutdown').catch(() => undefined);
      await connection.sendNotification('exit').catch(() => undefined);
      await exited;
      connection.dispose();
    },
  };
}

export function rulesOf(published: Published): readonly string[] {
  return published.diagnostics.map((each) => `${String(each.source)}:${String(each.code)}`).sort();
}
