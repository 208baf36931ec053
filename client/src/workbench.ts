/** What the extension's parts share: made piece by piece, when first needed. */
import * as vscode from 'vscode';
import { createHash } from 'node:crypto';
import { createRestartPolicy, type RestartPolicy } from '#shared/protocol/restartPolicy.ts';
import type { CoverageView } from './adoption/coverageView.ts';
import type { BufferWorker } from './bufferWorker.ts';
import type { EngineProcess, EngineState } from './engineProcess.ts';
import { DebugWatch } from './debug/debugWatch.ts';
import type { LiveInspectors } from './debug/liveInspectors.ts';
import { DataView } from './data/dataView.ts';
import { RegisteredViews } from './data/registeredViews.ts';
import { Statistics } from './data/statistics.ts';
import { StatisticsFile } from './data/statisticsFile.ts';
import { TableSchemas } from './data/tableSchemas.ts';
import { engineFolder, WorkspaceTables } from './data/workspaceTables.ts';
import { EventSource } from './event.ts';
import type { ScriptRunEnd } from './frames/scriptTerminal.ts';
import type { LanguageServer, ServerState } from './languageClient.ts';
import { JobFile, historyPaths } from './jobs/jobFile.ts';
import { JobHistory, newJobId } from './jobs/jobHistory.ts';
import { watchRuns } from './jobs/watchRuns.ts';
import { KeptRuns } from './keptRuns.ts';
import { LanguageStatus } from './languageStatus.ts';
import { Logs } from './logs.ts';
import { Messages } from './messages.ts';
import { BufferEditor } from './panels/bufferEditor.ts';
import { InspectorPanels } from './panels/inspectorPanels.ts';
import { PythonInterpreter } from './pythonInterpreter.ts';
import { PanelCalls } from './panels/panelCalls.ts';
import { TableEditor } from './panels/tableEditor.ts';
import { RememberedFiles } from './rememberedFiles.ts';
import type { ResultsPanel } from './panels/resultsPanel.ts';
import type { Runs } from './runs.ts';
import { chooseTypeChecking, pythonCommand, readSettings, serverSettings } from './settings.ts';
import type { TypeCheckerStatus } from '#shared/protocol/languageServer.ts';

export interface Queries {
  readonly engine: EngineProcess;
  readonly runs: Runs;
  readonly panel: ResultsPanel;
}

export class Workbench implements vscode.Disposable {
  readonly context: vscode.ExtensionContext;
  readonly logs = new Logs();
  readonly messages: Messages;
  readonly panelCalls = new PanelCalls();
  readonly jobs: JobHistory;
  readonly inspectorPanels: InspectorPanels;
  readonly bufferEditor: BufferEditor;
  readonly tableEditor: TableEditor;
  /** By lower-cased view name, the file that has it, for the whole session. */
  readonly viewNames = new Map<string, string>();
  /** What people were told of buffers that could not be shown. */
  readonly liveFailures: string[] = [];
  readonly #serverStates = new EventSource<ServerState>();
  readonly #checkerStates = new EventSource<TypeCheckerStatus>();
  readonly #engineStates = new EventSource<EngineState>();
  readonly onServerState = this.#serverStates.listen;
  readonly onTypeCheckerStatus = this.#checkerStates.listen;
  readonly onEngineState = this.#engineStates.listen;

  readonly statistics: Statistics;
  readonly keptRuns: KeptRuns;
  readonly #jobFile: JobFile;
  readonly #debugWatch = new DebugWatch();
  readonly #interpreter = new PythonInterpreter();
  #server: Promise<LanguageServer> | undefined;
  #status: LanguageStatus | undefined;
  #queries: Promise<Queries> | undefined;
  #worker: Promise<BufferWorker> | undefined;
  #liveInspectors: Promise<LiveInspectors> | undefined;
  #saidEngineDied = false;
  #tables: WorkspaceTables | undefined;
  #dataView: DataView | undefined;
  coverage: CoverageView | undefined;
  /** What the server last said of pyright. */
  typeChecker: TypeCheckerStatus | undefined;

  constructor(context: vscode.ExtensionContext) {
    this.context = context;
    this.messages = new Messages(this.logs.of('extension'));
    const paths = historyPaths(historyFolder(context).fsPath);
    const window = newJobId();
    this.statistics = new Statistics(
      async () => (await this.queries()).engine,
      engineSessionSettings,
      new StatisticsFile(paths.statistics),
    );
    this.keptRuns = new KeptRuns(paths, { window, pid: process.pid });
    this.#jobFile = new JobFile(paths.jobs);
    this.jobs = new JobHistory(this.#jobFile, { window, pid: process.pid });
    this.inspectorPanels = new InspectorPanels(
      context.extensionUri,
      () => this.#pythonCommand(),
      () => this.bufferWorker(),
      this.panelCalls,
      this.logs.of('extension'),
    );
    this.bufferEditor = new BufferEditor(
      this.inspectorPanels,
      () => this.bufferWorker(),
      new RememberedFiles(context.workspaceState),
    );
    this.tableEditor = new TableEditor({
      extensionUri: context.extensionUri,
      engine: async () => (await this.queries()).engine,
      settings: engineSessionSettings,
      calls: this.panelCalls,
      log: this.logs.of('engine'),
    });
  }

  /** Of a script in the terminal, for tests. */
  readonly #scriptEnds = new EventSource<ScriptRunEnd>();
  readonly onScriptEnd = this.#scriptEnds.listen;

  scriptEnded(end: ScriptRunEnd): void {
    this.#scriptEnds.fire(end);
  }

  /** Starts the language server where it does not run yet. */
  languageServer(): Promise<LanguageServer> {
    this.#server ??= this.#startLanguageServer();
    return this.#server;
  }

  queries(): Promise<Queries> {
    this.#queries ??= this.#startQueries();
    return this.#queries;
  }

  /** What SQL can read. */
  tables(): WorkspaceTables {
    if (this.#tables) return this.#tables;
    const schemas = new TableSchemas(async () => (await this.queries()).engine);
    const tables = new WorkspaceTables(new RegisteredViews(this.messages), schemas, this.viewNames);
    tables.onChanged(() => void this.#server?.then((server) => server.tablesChanged()));
    this.#tables = tables;
    return tables;
  }

  showData(): DataView {
    this.#dataView ??= new DataView(this.tables(), this.statistics);
    return this.#dataView;
  }

  bufferWorker(): Promise<BufferWorker> {
    this.#worker ??= this.#startBufferWorker();
    return this.#worker;
  }

  liveInspectors(): Promise<LiveInspectors> {
    this.#liveInspectors ??= import('./debug/liveInspectors.ts').then(
      ({ LiveInspectors: Inspectors }) => new Inspectors(this.inspectorPanels, this.#debugWatch),
    );
    return this.#liveInspectors;
  }

  /** Settings, trust or the set of extensions changed. */
  settingsChanged(): void {
    if (this.#server) void this.#followInterpreter();
    this.#status?.choose(chooseTypeChecking(readSettings()));
    void this.#server?.then((server) => server.settingsChanged());
  }

  async stop(): Promise<void> {
    await Promise.all([
      this.#server?.then((server) => server.dispose()),
      this.#queries?.then(({ engine }) => engine.dispose()),
      this.#worker?.then((worker) => worker.dispose()),
      this.#jobFile.saved(),
      this.keptRuns.close(),
    ]);
  }

  dispose(): void {
    this.#status?.dispose();
    this.#interpreter.dispose();
    void this.#liveInspectors?.then((inspectors) => inspectors.dispose());
    this.#debugWatch.dispose();
    this.coverage?.dispose();
    this.#dataView?.dispose();
    this.#tables?.dispose();
    this.jobs.dispose();
    this.#jobFile.dispose();
    this.logs.dispose();
  }

  async #startLanguageServer(): Promise<LanguageServer> {
    const { LanguageServer: Server } = await import('./languageClient.ts');
    const server = new Server({
      modulePath: this.context.asAbsolutePath('dist/server.js'),
      settings: () => serverSettings(readSettings(), this.#interpreter.path),
      policy: standardPolicy(),
      log: this.logs.of('server'),
      channel: this.logs.channel('server'),
      messages: this.messages,
      tables: () => this.tables(),
      fileSchemas: async (params) => {
        const [{ engine }, { fileSchemas }] = await Promise.all([
          this.queries(),
          import('./frames/fileSchemas.ts'),
        ]);
        return fileSchemas(engine, params);
      },
    });
    const status = new LanguageStatus();
    this.#status = status;
    status.choose(chooseTypeChecking(readSettings()));
    server.onState((state) => {
      status.serverIs(state);
      this.#serverStates.fire(state);
    });
    server.onTypeCheckerStatus((checker) => {
      status.checkerIs(checker);
      this.typeChecker = checker;
      this.#checkerStates.fire(checker);
    });
    this.#interpreter.onChanged(() => server.settingsChanged());
    void this.#followInterpreter();
    server.start();
    return server;
  }

  /** The interpreter of the user's code; only ever asked for in a trusted workspace. */
  async #pythonCommand(): Promise<string> {
    await this.#followInterpreter();
    return pythonCommand(this.#interpreter.path);
  }

  #followInterpreter(): Promise<void> {
    return this.#interpreter.follow().catch((error: unknown) => {
      this.logs.of('server').warn(`the Python extension names no interpreter: ${String(error)}`);
    });
  }

  async #startQueries(): Promise<Queries> {
    const [{ EngineProcess: Engine }, { Runs: RunList }, { ResultsPanel: Panel }] =
      await Promise.all([
        import('./engineProcess.ts'),
        import('./runs.ts'),
        import('./panels/resultsPanel.ts'),
      ]);
    const log = this.logs.of('engine');
    const keptRuns = await this.keptRuns.takeOver();
    const { results } = this.keptRuns;
    const engine = new Engine({
      modulePath: this.context.asAbsolutePath('dist/engine.js'),
      environment: () => ({ STRATA_RESULTS: results }),
      folder: engineFolder,
      sessionSettings: () => engineSessionSettings(),
      policy: standardPolicy(),
      log,
    });
    engine.onState((state) => {
      this.#engineStates.fire(state);
      this.#tellOfEngine(state, engine);
    });
    const runs = new RunList(engine, log, results);
    runs.restore(keptRuns);
    for (const { runId } of runs.list()) {
      const facts = runs.factsOf(runId);
      if (facts) this.jobs.adopt(facts.jobId, runId);
    }
    runs.onChanged(({ status, text }) => {
      // What is no query may have made or dropped a view.
      const isQuery = /^\s*(select|with|from|values|\()/i.test(text);
      if (status === 'done' && !isQuery) this.tables().changed();
    });
    const panel = new Panel(this.context, runs, this.keptRuns, this.panelCalls, log);
    watchRuns(
      runs,
      this.jobs,
      this.messages,
      () => panel.isVisible,
      (runId) => {
        runs.select(runId);
        panel.show();
      },
    );
    runs.onScriptWanted(({ script }) => {
      void import('./commands/runPySparkFile.ts').then(({ runScriptAgain }) =>
        runScriptAgain(this, script),
      );
    });
    this.context.subscriptions.push(panel);
    return { engine, runs, panel };
  }

  #tellOfEngine(state: EngineState, engine: EngineProcess): void {
    const showLog = {
      label: 'Show Log',
      run: () => vscode.commands.executeCommand('strata.showOutput', 'engine'),
    };
    if (state.kind === 'ready') this.#saidEngineDied = false;
    if (state.kind === 'restarting' && !this.#saidEngineDied) {
      this.#saidEngineDied = true;
      this.messages.show({
        id: 'engine.restarted',
        severity: 'warning',
        text: 'The query engine ended and is being started again. Queued queries will run; a query that was running can be run again from Results.',
        button: showLog,
      });
    }
    if (state.kind === 'gaveUp') {
      this.messages.show({
        id: 'engine.gaveUp',
        severity: 'error',
        text: 'Queries stopped: the engine ended several times in a row. Python checks and the buffer inspector still work.',
        button: { label: 'Start Again', run: () => engine.restart() },
      });
    }
    if (state.kind === 'unavailable') {
      this.messages.show({
        id: 'engine.unavailable',
        severity: 'error',
        text: whyNoQueries(state.message),
        button: showLog,
      });
    }
  }

  async #startBufferWorker(): Promise<BufferWorker> {
    const { BufferWorker: Worker } = await import('./bufferWorker.ts');
    return new Worker({
      modulePath: this.context.asAbsolutePath('dist/bufferWorker.js'),
      policy: standardPolicy(),
      log: this.logs.of('extension'),
      onDeath: (again) =>
        this.messages.show({
          id: again ? 'buffers.restarted' : 'buffers.gaveUp',
          severity: 'warning',
          text: again
            ? 'The reader of buffers ended and was started again. Open files are being read anew.'
            : 'The reader of buffers ended several times in a row. Close and open a file to try again; Python checks and queries still work.',
        }),
    });
  }
}

/** One for all windows on a workspace: their `storageUri` differ. */
function historyFolder({ globalStorageUri }: vscode.ExtensionContext): vscode.Uri {
  const { workspaceFile, workspaceFolders = [] } = vscode.workspace;
  const names = workspaceFile ? [workspaceFile] : workspaceFolders.map(({ uri }) => uri);
  const hash = createHash('sha256').update(names.map(String).join('\n')).digest('hex');
  return vscode.Uri.joinPath(globalStorageUri, 'workspaces', hash.slice(0, 16));
}

function standardPolicy(): RestartPolicy {
  return createRestartPolicy({ limit: 5, windowMs: 3 * 60_000, now: () => Date.now() });
}

function engineSessionSettings(): Readonly<Record<string, string>> {
  const { memoryLimit } = readSettings().engine;
  return {
    ...(memoryLimit === '' ? {} : { 'strata.memoryLimit': memoryLimit }),
    // In a workspace that is not trusted a query reads, and writes nothing.
    ...(vscode.workspace.isTrusted ? {} : { 'strata.allowWrites': 'false' }),
  };
}

/** The engine's own first line, as one message; the whole of it is in the log. */
function whyNoQueries(message: string): string {
  const line = message.split('\n', 1)[0]?.trim() ?? '';
  if (line.includes('work without it')) return line;
  const cause = /[.!?]$/.test(line) ? line : `${line}.`;
  return `Queries can't run: ${cause} Python checks and the buffer inspector still work.`;
}
