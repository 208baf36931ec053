/**
 * Keeps a language server running: started with the first Python file, started again when it dies.
 * Every life has a client of its own, which sends all open documents anew, unsaved text included;
 * diagnostics stay on screen in between.
 */
import * as vscode from 'vscode';
import {
  MISSING_PACKAGES,
  SQL_CHANGED,
  SQL_SCHEMAS,
  SQL_TABLES,
  TYPE_CHECKER_STATUS,
  type MissingPackages,
  type ServerSettings,
  type SqlSchemasParams,
  type TypeCheckerStatus,
} from '#shared/protocol/languageServer.ts';
import {
  FILE_SCHEMAS,
  type FileSchemasParams,
  type FileSchemasReply,
} from '#shared/protocol/frameScript.ts';
import type { RestartPolicy } from '#shared/protocol/restartPolicy.ts';
import type { WorkspaceTables } from './data/workspaceTables.ts';
import { EventSource } from './event.ts';
import type { Logger } from './logs.ts';
import type { Messages } from './messages.ts';
import { selectInterpreter } from './pythonInterpreter.ts';
import { startServer, type ServerLife } from './serverProcess.ts';

export type ServerState =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'starting'; readonly pid?: number }
  | { readonly kind: 'running'; readonly pid?: number }
  | { readonly kind: 'restarting' }
  | { readonly kind: 'gaveUp' };

export interface LanguageServerOptions {
  readonly modulePath: string;
  readonly settings: () => ServerSettings;
  readonly policy: RestartPolicy;
  readonly log: Logger;
  readonly channel: vscode.OutputChannel;
  readonly messages: Messages;
  /** What SQL can read; asked when a document of SQL is open. */
  readonly tables: () => WorkspaceTables;
  /** Tells the columns of data files that PySpark code reads. */
  readonly fileSchemas: (params: FileSchemasParams) => Promise<FileSchemasReply>;
}

export class LanguageServer {
  readonly #options: LanguageServerOptions;
  readonly #diagnostics = vscode.languages.createDiagnosticCollection('strata');
  readonly #stateChanged = new EventSource<ServerState>();
  readonly #statusChanged = new EventSource<TypeCheckerStatus>();
  readonly onState = this.#stateChanged.listen;
  readonly onTypeCheckerStatus = this.#statusChanged.listen;
  #state: ServerState = { kind: 'stopped' };
  #life: ServerLife | undefined;
  #timer: NodeJS.Timeout | undefined;
  #saidServerDied = false;
  #saidCheckerDied = false;

  constructor(options: LanguageServerOptions) {
    this.#options = options;
  }

  get state(): ServerState {
    return this.#state;
  }

  start(): void {
    if (this.#state.kind === 'stopped') this.#launch();
  }

  async restart(): Promise<void> {
    this.#options.policy.reset();
    await this.#end();
    this.#launch();
  }

  /** A question beyond LSP; undefined where no server answers. */
  async request<R>(method: string, params: object): Promise<R | undefined> {
    const life = this.#life;
    if (!life) return undefined;
    try {
      await life.started;
      return await life.client.sendRequest<R>(method, params);
    } catch {
      // The server ended meanwhile, and says so itself.
      return undefined;
    }
  }

  settingsChanged(): void {
    const life = this.#life;
    if (!life || this.#state.kind !== 'running') return;
    const settings = this.#options.settings();
    void life.client.sendNotification('workspace/didChangeConfiguration', { settings });
  }

  /** Views or files that SQL reads are others now. */
  tablesChanged(): void {
    if (this.#state.kind !== 'running') return;
    void this.#life?.client.sendNotification(SQL_CHANGED).catch(() => undefined);
  }

  async dispose(): Promise<void> {
    await this.#end();
    this.#diagnostics.dispose();
  }

  #launch(): void {
    clearTimeout(this.#timer);
    const { log, modulePath, settings } = this.#options;
    const sentAtStart = settings();
    const startedAt = performance.now();
    const life: ServerLife = startServer({
      modulePath,
      log,
      clientOptions: {
        documentSelector: [
          { language: 'python', scheme: 'file' },
          { language: 'python', scheme: 'untitled' },
          { language: 'python', scheme: 'vscode-notebook-cell' },
          { language: 'spark-sql' },
        ],
        outputChannel: this.#options.channel,
        // Of all that a hover may link to, one command runs: the one that opens a file.
        markdown: { isTrusted: { enabledCommands: ['strata.openInInspector'] } },
        initializationOptions: sentAtStart,
        middleware: {
          handleDiagnostics: (uri, diagnostics) => this.#diagnostics.set(uri, diagnostics),
        },
      },
      prepare: (client) => {
        client.onRequest(FILE_SCHEMAS, (params: FileSchemasParams) =>
          this.#options.fileSchemas(params),
        );
        client.onNotification(TYPE_CHECKER_STATUS, (status: TypeCheckerStatus) =>
          this.#onStatus(status),
        );
        client.onRequest(SQL_TABLES, () => this.#options.tables().list());
        client.onRequest(SQL_SCHEMAS, ({ names }: SqlSchemasParams) =>
          this.#options.tables().describe(names),
        );
        client.onNotification(MISSING_PACKAGES, (missing: MissingPackages) =>
          this.#onMissingPackages(missing),
        );
      },
      onEnd: (how) => {
        if (this.#life === life) this.#onDeath(how);
      },
    });
    this.#life = life;
    const pid = life.child.pid === undefined ? {} : { pid: life.child.pid };
    this.#setState({ kind: 'starting', ...pid });
    life.started.then(
      () => {
        if (this.#life !== life) return;
        const elapsedMs = Math.round(performance.now() - startedAt);
        log.info(`server.process ready ms=${elapsedMs}`);
        this.#saidServerDied = false;
        this.#forgetClosedDocuments();
        this.#setState({ kind: 'running', ...pid });
        if (JSON.stringify(settings()) !== JSON.stringify(sentAtStart)) this.settingsChanged();
      },
      () => undefined,
    );
  }

  #onDeath(how: string): void {
    const { log, messages, policy } = this.#options;
    log.warn(`server.process ended (${how})`);
    const life = this.#life;
    this.#life = undefined;
    void life?.client.dispose().catch(() => undefined);
    const delayMs = policy.next();
    if (delayMs === undefined) {
      this.#setState({ kind: 'gaveUp' });
      messages.show({
        id: 'server.gaveUp',
        severity: 'error',
        text: 'Strata stopped checking Python: its language server ended several times in a row. Your text is safe; buffers and queries still work.',
        button: { label: 'Start Again', run: () => this.restart() },
      });
      return;
    }
    this.#setState({ kind: 'restarting' });
    if (!this.#saidServerDied) {
      this.#saidServerDied = true;
      messages.show({
        id: 'server.restarted',
        severity: 'warning',
        text: 'The Strata language server ended and is being started again. Your text, buffers and queries are untouched.',
        button: {
          label: 'Show Log',
          run: () => vscode.commands.executeCommand('strata.showOutput', 'server'),
        },
      });
    }
    this.#timer = setTimeout(() => this.#launch(), delayMs);
  }

  #onStatus(status: TypeCheckerStatus): void {
    this.#statusChanged.fire(status);
    if (status.state === 'ready') this.#saidCheckerDied = false;
    if (status.state !== 'restarting' && status.state !== 'failed') return;
    if (this.#saidCheckerDied && status.state === 'restarting') return;
    this.#saidCheckerDied = true;
    const failed = status.state === 'failed';
    this.#options.messages.show({
      id: failed ? 'typeChecker.failed' : 'typeChecker.restarted',
      severity: failed ? 'error' : 'warning',
      text: failed
        ? `Python type checking stopped. ${status.message ?? ''} Strata's own checks, buffers and queries still work.`.replace(
            /\s+/g,
            ' ',
          )
        : "Python type checking ended and is being started again. Strata's own checks still work.",
      button: failed
        ? { label: 'Start Again', run: () => this.restart() }
        : {
            label: 'Show Log',
            run: () => vscode.commands.executeCommand('strata.showOutput', 'server'),
          },
    });
  }

  #onMissingPackages({ names, pythonPath }: MissingPackages): void {
    const [first = '', second, ...others] = names;
    const list = second === undefined ? first : `${first}, ${second}`;
    const what = others.length === 0 ? list : `${list} and ${others.length} more`;
    const where =
      pythonPath === undefined
        ? 'no Python environment was found for'
        : `${pythonPath} does not have`;
    this.#options.messages.show({
      id: 'typeChecker.missingPackages',
      severity: 'warning',
      text: `This project depends on ${what}, which ${where}. Code that uses them is checked without their types.`,
      button: { label: 'Select Interpreter', run: selectInterpreter },
    });
  }

  /** Of documents closed while no server was there to say that they have no diagnostics any more. */
  #forgetClosedDocuments(): void {
    const open = new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.toString()));
    this.#diagnostics.forEach((uri) => {
      if (!open.has(uri.toString())) this.#diagnostics.delete(uri);
    });
  }

  async #end(): Promise<void> {
    clearTimeout(this.#timer);
    const life = this.#life;
    this.#life = undefined;
    this.#setState({ kind: 'stopped' });
    if (!life) return;
    const exited = new Promise<void>((resolve) => life.child.once('exit', () => resolve()));
    if (life.child.exitCode !== null || life.child.signalCode !== null) return;
    await life.client.dispose(2000).catch(() => undefined);
    const timer = setTimeout(() => life.child.kill('SIGKILL'), 2000);
    await exited;
    clearTimeout(timer);
  }

  #setState(state: ServerState): void {
    this.#state = state;
    this.#stateChanged.fire(state);
  }
}
