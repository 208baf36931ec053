/** pyright as the server sees it: kept alive, fed with the open documents, asked for findings, types and features. */
import type {
  ClientCapabilities,
  Diagnostic,
  DocumentDiagnosticReport,
  TextDocumentContentChangeEvent,
  WorkspaceFolder,
} from 'vscode-languageserver/node';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import type { TypeCheckerStatus } from '#shared/protocol/languageServer.ts';
import type { RestartPolicy } from '#shared/protocol/restartPolicy.ts';
import { createRestartPolicy } from '#shared/protocol/restartPolicy.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { OracleFailure, TextRange, TypeAt, TypeOracle } from '../typeOracle.ts';
import { hoverTypes } from './hoverTypes.ts';
import { findPyright } from './loadPyright.ts';
import { watchLiveness } from './liveness.ts';
import type { LineEdit } from './checkQueue.ts';
import { CheckQueue } from './checkQueue.ts';
import type {
  CellsParams,
  EngineConfiguration,
  LineSpan,
  TypesAtReply,
} from './processProtocol.ts';
import { CELLS, EXIT_CANNOT_EMBED, TYPES_AT } from './processProtocol.ts';
import type { EngineKind, PyrightProcess } from './pyrightProcessHandle.ts';
import { startPyrightProcess } from './pyrightProcessHandle.ts';

export interface EngineDocument {
  readonly uri: string;
  readonly version: number;
  readonly text: string;
}

/** Cells have URIs of the editor's own; pyright knows each as a file beside its notebook. */
export interface EngineNotebooks {
  readonly isEmpty: boolean;
  all(): readonly (readonly string[])[];
  isCell(uri: string): boolean;
  placeOf(uri: string): string;
  cellAt(place: string): string;
}

/** What the engine needs of the session. */
export interface EngineHost {
  openDocuments(): Iterable<EngineDocument>;
  readonly notebooks: EngineNotebooks;
  versionOf(uri: string): number | undefined;
  workspaceFolders(): readonly WorkspaceFolder[];
  configurationFor(scopeUri: string | undefined): EngineConfiguration;
  /** What the editor can do shapes pyright's answers: snippets, links, symbols in a tree. */
  clientCapabilities(): ClientCapabilities;
  /** A command of pyright's wants the text changed. */
  applyEdit(params: unknown): Promise<unknown>;
  /** In MB; undefined leaves it to Node. */
  memoryLimit(): number | undefined;
  onDiagnostics(uri: string, version: number, diagnostics: readonly Diagnostic[]): void;
  /** Of parts of a document only, by their lines. */
  onScopeDiagnostics(
    uri: string,
    version: number,
    scopes: readonly LineSpan[],
    diagnostics: readonly Diagnostic[],
  ): void;
  onStatus(status: TypeCheckerStatus): void;
  onLog(line: string): void;
}

export interface EngineTiming {
  /** Quiet time after an edit before a check begins. */
  readonly debounceMs: number;
  readonly pingIntervalMs: number;
  /** Without an answer for this long, with nothing to do, the process is taken for hung. */
  readonly idleDeadlineMs: number;
  /** The same while it checks, which blocks its thread: a file of 20,000 lines takes most of a minute. */
  readonly busyDeadlineMs: number;
}

type EngineState = 'off' | 'starting' | 'running' | 'restarting' | 'failed';

export class PyrightEngine implements TypeOracle {
  readonly #host: EngineHost;
  readonly #timing: EngineTiming;
  readonly #modulePath: string;
  readonly #policy: RestartPolicy = createRestartPolicy({
    limit: 5,
    windowMs: 180_000,
    now: Date.now,
  });
  #kind: EngineKind = 'embedded';
  #state: EngineState = 'off';
  #message: string | undefined;
  #lastStatus = '';
  #version = '';
  #process: PyrightProcess | undefined;
  #restartTimer: NodeJS.Timeout | undefined;
  #liveness: { dispose(): void } | undefined;
  readonly #stateListeners = new Set<() => void>();
  readonly #queue: CheckQueue;
  #pendingRequests = 0;

  constructor(modulePath: string, host: EngineHost, timing: EngineTiming) {
    this.#modulePath = modulePath;
    this.#host = host;
    this.#timing = timing;
    const checksScopes = () => this.#kind === 'embedded';
    this.#queue = new CheckQueue(
      {
        connection: () => (this.#state === 'running' ? this.#process?.connection : undefined),
        request: (send, cancellation) => this.#request(send, undefined, cancellation),
        get checksScopes() {
          return checksScopes();
        },
        versionOf: (uri) => host.versionOf(uri),
        onDiagnostics: (uri, version, found) => host.onDiagnostics(uri, version, found),
        onScopeDiagnostics: (uri, version, scopes, found) =>
          host.onScopeDiagnostics(uri, version, scopes, found),
        onBusy: () => this.#publishStatus(),
      },
      timing.debounceMs,
    );
  }

  /** Resolves when documents can be checked, or with why they never will be. */
  untilRunning(signal?: AbortSignal): Promise<string | undefined> {
    return new Promise((resolve) => {
      const look = () => {
        if (this.#state === 'starting' || this.#state === 'restarting')
          if (!signal?.aborted) return;
        this.#stateListeners.delete(look);
        signal?.removeEventListener('abort', look);
        resolve(this.#state === 'running' ? undefined : (this.#message ?? 'pyright is off.'));
      };
      this.#stateListeners.add(look);
      signal?.addEventListener('abort', look);
      look();
    });
  }

  /** Whether an answer can be expected, now or after a start that is under way. */
  get isWorking(): boolean {
    return this.#state !== 'off' && this.#state !== 'failed';
  }

  start(): void {
    if (this.#state === 'off' || this.#state === 'failed') {
      this.#policy.reset();
      this.#launch('starting');
    }
  }

  stop(): void {
    this.#setState('off');
    this.#end();
  }

  restart(): void {
    this.stop();
    this.start();
  }

  dispose(): void {
    this.stop();
  }

  opened(document: EngineDocument): void {
    this.#sendOpened(document);
    this.#queue.opened(document.uri);
  }

  /** The new text; `edited` follows with the lines that changed. */
  changed(
    { uri, version }: { readonly uri: string; readonly version: number },
    changes: readonly TextDocumentContentChangeEvent[],
  ): void {
    this.#queue.stopChecking(uri);
    this.#notify('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: changes,
    });
  }

  edited(uri: string, version: number, edits: readonly LineEdit[]): void {
    this.#queue.edited(uri, version, edits);
  }

  /** What the cells of a notebook are, in order: before the first of them is opened, and whenever that changes. */
  cellsChanged(cells: readonly string[]): void {
    if (cells.length > 0) this.#notify(CELLS, { cells } satisfies CellsParams);
  }

  /** Something beside a document has changed that matters in it. */
  recheck(uri: string): void {
    this.#queue.changedElsewhere(uri);
  }

  closed(uri: string): void {
    this.#notify('textDocument/didClose', { textDocument: { uri } });
    this.#queue.closed(uri);
  }

  watchedFilesChanged(changes: readonly unknown[]): void {
    this.#notify('workspace/didChangeWatchedFiles', { changes });
  }

  foldersChanged(added: readonly WorkspaceFolder[], removed: readonly WorkspaceFolder[]): void {
    this.#notify('workspace/didChangeWorkspaceFolders', { event: { added, removed } });
  }

  configurationChanged(): void {
    this.#notify('workspace/didChangeConfiguration', { settings: null });
    this.#queue.forgetAnswers();
    for (const document of this.#host.openDocuments()) this.#queue.changedElsewhere(document.uri);
  }

  /**
   * Passes an editor's request on, once the process runs. An urgent one stops the check that is under way, which
   * would block the process for seconds; the check goes on afterwards with what it has found so far.
   */
  async ask<R>(
    method: string,
    params: unknown,
    signal?: AbortSignal,
    urgency: 'urgent' | 'patient' = 'urgent',
  ): Promise<Result<R, OracleFailure>> {
    if (this.#state === 'off' || this.#state === 'failed') return fail({ kind: 'unavailable' });
    await this.untilRunning(signal);
    if (signal?.aborted) return fail({ kind: 'cancelled' });
    const { connection } = this.#process ?? {};
    if (!connection || this.#state !== 'running') return fail({ kind: 'unavailable' });
    if (urgency === 'urgent') this.#queue.makeWay();
    // `undefined` says that the request failed, so an answer is wrapped.
    const reply = await this.#request(
      async (token) => ({ answer: await connection.sendRequest<R>(method, params, token) }),
      signal,
    );
    if (urgency === 'urgent') this.#queue.goOn();
    if (signal?.aborted) return fail({ kind: 'cancelled' });
    return reply === undefined ? fail({ kind: 'unavailable' }) : ok(reply.answer);
  }

  async typesAt(
    uri: string,
    version: number,
    ranges: readonly TextRange[],
    signal?: AbortSignal,
  ): Promise<Result<readonly TypeAt[], OracleFailure>> {
    if (this.#host.versionOf(uri) !== version) return fail({ kind: 'stale' });
    const { connection } = this.#process ?? {};
    if (!connection || this.#state !== 'running') return fail({ kind: 'unavailable' });
    const reply = await this.#request(
      async (token) =>
        this.#kind === 'embedded'
          ? await connection.sendRequest<TypesAtReply>(TYPES_AT, { uri, version, ranges }, token)
          : { types: await hoverTypes(connection, uri, ranges, token) },
      signal,
    );
    if (signal?.aborted) return fail({ kind: 'cancelled' });
    if (reply === undefined || this.#process?.connection !== connection)
      return fail({ kind: 'unavailable' });
    if (reply === null || this.#host.versionOf(uri) !== version) return fail({ kind: 'stale' });
    return ok(reply.types);
  }

  /** The findings of documents that no editor has open; `unavailable` while no process runs. */
  async check(
    documents: readonly EngineDocument[],
    signal?: AbortSignal,
  ): Promise<Result<readonly (readonly Diagnostic[])[], OracleFailure>> {
    const { connection } = this.#process ?? {};
    if (!connection || this.#state !== 'running') return fail({ kind: 'unavailable' });
    const closed = documents.filter(({ uri }) => this.#host.versionOf(uri) === undefined);
    for (const document of closed) this.#sendOpened(document);
    const found: (readonly Diagnostic[])[] = [];
    for (const { uri } of documents) {
      const report = await this.#request(
        (token) =>
          connection.sendRequest<DocumentDiagnosticReport>(
            'textDocument/diagnostic',
            { textDocument: { uri } },
            token,
          ),
        signal,
      );
      if (report?.kind !== 'full') break;
      found.push(report.items);
    }
    if (this.#process?.connection === connection)
      for (const { uri } of closed)
        this.#notify('textDocument/didClose', { textDocument: { uri } });
    if (signal?.aborted) return fail({ kind: 'cancelled' });
    return found.length === documents.length ? ok(found) : fail({ kind: 'unavailable' });
  }

  #launch(state: 'starting' | 'restarting'): void {
    clearTimeout(this.#restartTimer);
    const pyright = findPyright(__filename);
    if (!pyright.ok) {
      this.#setState('failed', pyright.error.message);
      return;
    }
    this.#version = pyright.value.version;
    this.#setState(state, this.#message);
    const started: PyrightProcess = startPyrightProcess({
      kind: this.#kind,
      modulePath: this.#kind === 'embedded' ? this.#modulePath : pyright.value.languageServerPath,
      workspaceFolders: this.#host.workspaceFolders(),
      configurationFor: (scope) => this.#host.configurationFor(scope),
      onRefresh: () => {
        for (const document of this.#host.openDocuments())
          this.#queue.changedElsewhere(document.uri);
      },
      onExit: (exit) => {
        if (this.#process === started) this.#exited(exit);
      },
      onLog: (line) => this.#host.onLog(line),
      clientCapabilities: () => this.#host.clientCapabilities(),
      applyEdit: (params) => this.#host.applyEdit(params),
      memoryLimit: this.#host.memoryLimit(),
      notebooks: this.#host.notebooks,
    });
    this.#process = started;
    this.#publishStatus();
    this.#liveness = watchLiveness(started.connection, this.#timing, {
      isBusy: () => this.#pendingRequests > 0 || this.#state !== 'running',
      onHang: () => {
        this.#message = 'pyright stopped answering and is started again.';
        started.kill();
      },
    });
    started.initialized.then(
      () => {
        if (this.#process === started) this.#ready();
      },
      () => undefined, // Its exit says more.
    );
  }

  #ready(): void {
    this.#state = 'running';
    for (const cells of this.#host.notebooks.all()) this.cellsChanged(cells);
    for (const document of this.#host.openDocuments()) this.opened(document);
    this.#setState('running');
  }

  #exited(exit: { readonly code: number | null; readonly signal: string | null }): void {
    const hung = this.#message;
    this.#end();
    if (exit.code === EXIT_CANNOT_EMBED && this.#kind === 'embedded') {
      this.#host.onLog('pyright can not be embedded; its language server is started instead');
      this.#kind = 'languageServer';
      this.#launch('starting');
      return;
    }
    // Node ends itself so when it can't get more memory.
    const isOutOfMemory = exit.signal === 'SIGABRT' || exit.code === 134;
    const how = isOutOfMemory
      ? 'no memory left (strata.typing.memoryLimit)'
      : (exit.signal ?? `exit code ${exit.code ?? 'unknown'}`);
    const delayMs = this.#policy.next();
    if (delayMs === undefined) {
      this.#setState('failed', `pyright ended too often, the last time with ${how}.`);
      return;
    }
    this.#message = hung ?? `pyright ended with ${how} and is started again.`;
    this.#setState('restarting', this.#message);
    this.#restartTimer = setTimeout(() => this.#launch('restarting'), delayMs);
  }

  /** Lets go of the process, whether it still lives or not. */
  #end(): void {
    const process = this.#process;
    this.#process = undefined;
    this.#liveness?.dispose();
    this.#liveness = undefined;
    clearTimeout(this.#restartTimer);
    this.#queue.clear();
    process?.kill();
  }

  async #request<T>(
    send: (token: CancellationTokenSource['token']) => Promise<T>,
    signal?: AbortSignal,
    cancellation = new CancellationTokenSource(),
  ): Promise<T | undefined> {
    const cancel = () => cancellation.cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    this.#pendingRequests++;
    try {
      return await send(cancellation.token);
    } catch {
      // Cancelled, or the process is gone; its exit is reported by itself.
      return undefined;
    } finally {
      this.#pendingRequests--;
      signal?.removeEventListener('abort', cancel);
    }
  }

  #sendOpened({ uri, version, text }: EngineDocument): void {
    // A plain language server would take a cell for a module, in which the other cells' names are undefined.
    if (this.#kind !== 'embedded' && this.#host.notebooks.isCell(uri)) return;
    this.#notify('textDocument/didOpen', {
      textDocument: { uri, version, text, languageId: 'python' },
    });
  }

  #notify(method: string, params: object): void {
    if (this.#state !== 'running') return;
    this.#process?.connection.sendNotification(method, params).catch(() => undefined);
  }

  #setState(state: EngineState, message?: string): void {
    this.#state = state;
    this.#message = message;
    this.#publishStatus();
    for (const listener of [...this.#stateListeners]) listener();
  }

  #publishStatus(): void {
    const isChecking = this.#queue.isBusy;
    const state = this.#state === 'running' ? (isChecking ? 'checking' : 'ready') : this.#state;
    const pid = this.#process?.pid;
    const status: TypeCheckerStatus = {
      state,
      engine: this.#version === '' ? 'pyright' : `pyright ${this.#version}`,
      ...(this.#message === undefined ? {} : { message: this.#message }),
      ...(pid === undefined ? {} : { pid }),
    };
    const text = JSON.stringify(status);
    if (text === this.#lastStatus) return;
    this.#lastStatus = text;
    this.#host.onStatus(status);
  }
}
