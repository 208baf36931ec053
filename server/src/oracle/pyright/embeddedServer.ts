/**
 * pyright's own language server with our settings and one request more, so that one Program answers its LSP features
 * and the oracle. Subclasses what `loadPyright.ts` found; nothing of pyright is copied.
 */
import type {
  CancellationToken,
  Connection,
  DidChangeTextDocumentParams,
  DidOpenTextDocumentParams,
} from 'vscode-languageserver/node';
import type { TypeAt } from '../typeOracle.ts';
import { applyConfigured } from './configuredRules.ts';
import type {
  CellsParams,
  CheckScopesParams,
  CheckScopesReply,
  EngineConfiguration,
  OrganizeImportsParams,
  TypesAtParams,
  TypesAtReply,
} from './processProtocol.ts';
import {
  CELLS,
  CHECK_SCOPES,
  CONFIGURATION_SECTION,
  ORGANIZE_IMPORTS,
  PING,
  TYPES_AT,
} from './processProtocol.ts';
import type {
  Host,
  ParseNode,
  Program,
  PyrightInternals,
  PyrightServer,
  Uri,
} from './pyrightInternals.ts';
import { programQueries } from './queries/programQueries.ts';
import { checkScopes } from './scopeCheck.ts';

/** How pyright calls a document that is a cell of a notebook. */
const CELL_DOCUMENT = 1;

const untilConfigured: EngineConfiguration = {
  typeCheckingMode: 'standard',
  overridesConfigFile: false,
  mayRunPython: false,
};

export async function startEmbeddedServer(
  internals: PyrightInternals,
  argv: readonly string[],
): Promise<PyrightServer> {
  await internals.initializeDependencies();
  const connection = internals.createConnection({
    cancellationStrategy: internals.getCancellationStrategyFromArgv(argv),
  });
  return new (embeddedServerClass(internals))(connection, 0);
}

function embeddedServerClass(internals: PyrightInternals) {
  return class extends internals.PyrightServer {
    /** By the URI of the workspace folder. */
    #configurations: Map<string, EngineConfiguration> | undefined;
    /** By cell, all cells of its notebook in order. */
    #cells: Map<string, readonly string[]> | undefined;

    constructor(connection: Connection, maxWorkers: number) {
      super(connection, maxWorkers);
      connection.onRequest(PING, () => null);
      connection.onRequest(TYPES_AT, (params: TypesAtParams, token: CancellationToken) =>
        this.#typesAt(params, token),
      );
      connection.onRequest(CHECK_SCOPES, (params: CheckScopesParams, token: CancellationToken) =>
        this.#checkScopes(params, token),
      );
      connection.onNotification(CELLS, ({ cells }: CellsParams) => {
        void this.#orderCells(cells);
      });
      for (const [method, query] of Object.entries(programQueries))
        connection.onRequest(method, (params: { uri: string }, token: CancellationToken) =>
          this.#answer(query, params, token),
        );
      connection.onRequest(
        ORGANIZE_IMPORTS,
        ({ uri }: OrganizeImportsParams, token: CancellationToken) =>
          this.executeCommand({ command: 'pyright.organizeimports', arguments: [uri] }, token),
      );
    }

    override async getSettings(workspace: Parameters<PyrightServer['getSettings']>[0]) {
      const configuration = ((await this.getConfiguration(
        workspace.rootUri,
        CONFIGURATION_SECTION,
      )) ?? untilConfigured) as EngineConfiguration;
      this.#configurations ??= new Map();
      this.#configurations.set(String(workspace.rootUri), configuration);
      const settings = await super.getSettings(workspace);
      settings.typeCheckingMode = configuration.typeCheckingMode;
      return settings;
    }

    override async onDidOpenTextDocument(params: DidOpenTextDocumentParams): Promise<void> {
      const cells = this.#cells?.get(params.textDocument.uri);
      await super.onDidOpenTextDocument(params, cells ? CELL_DOCUMENT : 0);
      if (cells) await this.#chain(cells);
    }

    override onDidChangeTextDocument(params: DidChangeTextDocumentParams): Promise<void> {
      const isCell = this.#cells?.has(params.textDocument.uri) === true;
      return super.onDidChangeTextDocument(params, isCell ? CELL_DOCUMENT : 0);
    }

    async #orderCells(cells: readonly string[]): Promise<void> {
      this.#cells ??= new Map();
      for (const cell of cells) this.#cells.set(cell, cells);
      await this.#chain(cells);
    }

    /** Each of those that are open follows the one before it, whose names it sees. */
    async #chain(cells: readonly string[]): Promise<void> {
      const [first] = cells;
      if (first === undefined) return;
      const { service } = await this.getWorkspaceForFile(this.convertLspUriStringToUri(first));
      const uris = cells
        .map((cell) => this.convertLspUriStringToUri(cell))
        .filter((uri) => service.getSourceFile(uri));
      const moved = uris
        .map((uri, index) => ({ uri, before: uris[index - 1] }))
        .filter(({ uri, before }) => String(service.getChainedUri(uri)) !== String(before));
      // Untied first: for a moment two cells that change places would follow each other.
      for (const { uri } of moved) service.updateChainedUri(uri, undefined);
      for (const { uri, before } of moved) service.updateChainedUri(uri, before);
    }

    /** In its worker thread pyright would hold a second Program, which the oracle could not ask. */
    override createBackgroundAnalysis(): undefined {
      return undefined;
    }

    override createAnalyzerService(name: string, root: Uri, ...rest: unknown[]) {
      const service = super.createAnalyzerService(name, root, ...rest);
      service.options.hostFactory = () => this.#hostFor(root);
      const getConfigOptions = service._getConfigOptions.bind(service);
      service._getConfigOptions = (host, commandLine) => {
        const options = getConfigOptions(host, commandLine);
        const configuration = this.#configurationOf(root);
        const version = parseVersion(configuration.pythonVersion);
        if (version) options.defaultPythonVersion = version;
        if (configuration.overridesConfigFile)
          options.initializeTypeCheckingMode(configuration.typeCheckingMode);
        if (configuration.requireOverride === true)
          options.diagnosticRuleSet.reportImplicitOverride = 'error';
        if (configuration.configured) applyConfigured(options, configuration.configured);
        return options;
      };
      return service;
    }

    override createHost(): Host {
      return new internals.LimitedAccessHost();
    }

    #configurationOf(root: Uri): EngineConfiguration {
      return this.#configurations?.get(String(root)) ?? untilConfigured;
    }

    #hostFor(root: Uri): Host {
      const configuration = this.#configurationOf(root);
      const host = configuration.mayRunPython
        ? new internals.FullAccessHost(this.serviceProvider)
        : new internals.LimitedAccessHost();
      const askInterpreter = host.getPythonVersion.bind(host);
      // Whatever `python` the PATH has says nothing of what the code is written for; pyright's newest is then better.
      host.getPythonVersion = (pythonPath, log) =>
        parseVersion(configuration.fallbackPythonVersion) ??
        (configuration.pythonPath === undefined ? undefined : askInterpreter(pythonPath, log));
      return host;
    }

    async #answer(
      query: (typeof programQueries)[string],
      params: { readonly uri: string },
      token: CancellationToken,
    ): Promise<unknown> {
      const toUri = (text: string) => this.convertLspUriStringToUri(text);
      const uri = toUri(params.uri);
      const { service } = await this.getWorkspaceForFile(uri);
      return service.run(
        (program) => query({ internals, program, uri, toUri }, params as never),
        token,
      );
    }

    async #checkScopes(
      { uri: text, version, lines }: CheckScopesParams,
      token: CancellationToken,
    ): Promise<CheckScopesReply> {
      const uri = this.convertLspUriStringToUri(text);
      const { service } = await this.getWorkspaceForFile(uri);
      return service.run((program): CheckScopesReply => {
        const sourceFile = program.getSourceFileInfo(uri)?.sourceFile;
        if (sourceFile?.getClientVersion() !== version) return null;
        const checked = checkScopes(internals, program, uri, lines);
        if (!checked) return null;
        return {
          scopes: checked.scopes,
          diagnostics: this._convertDiagnostics(service.fs, checked.diagnostics),
        };
      }, token);
    }

    async #typesAt(params: TypesAtParams, token: CancellationToken): Promise<TypesAtReply> {
      const uri = this.convertLspUriStringToUri(params.uri);
      const workspace = await this.getWorkspaceForFile(uri);
      return workspace.service.run((program): TypesAtReply => {
        const version = program.getSourceFileInfo(uri)?.sourceFile.getClientVersion();
        if (version !== params.version) return null;
        return { types: params.ranges.map((range) => typeAt(internals, program, uri, range)) };
      }, token);
    }
  };

  function parseVersion(text: string | undefined) {
    return text === undefined || text === '' ? undefined : internals.PythonVersion.fromString(text);
  }
}

const nothing: TypeAt = { declared: undefined, computed: undefined, literal: undefined };

function typeAt(
  internals: PyrightInternals,
  program: Program,
  uri: Uri,
  range: TypesAtParams['ranges'][number],
): TypeAt {
  const parsed = program.getParseResults(uri);
  const evaluator = program.evaluator;
  if (!parsed || !evaluator) return nothing;
  const { lines } = parsed.tokenizerOutput;
  const start = internals.convertPositionToOffset(range.start, lines);
  const end = internals.convertPositionToOffset(range.end, lines);
  if (start === undefined || end === undefined) return nothing;
  const innermost = internals.findNodeByOffset(parsed.parserOutput.parseTree, start);
  // An argument or a statement around an expression has its range too, and no type.
  const node = nodesWithin(innermost, start, end).findLast((each) => evaluator.getType(each));
  const computed = node && evaluator.getType(node);
  const declared = node && evaluator.getDeclaredTypeForExpression(node);
  return {
    declared: declared && evaluator.printType(declared),
    computed: computed && evaluator.printType(computed),
    literal: literalOf(computed?.priv?.literalValue),
  };
}

/** The nodes that begin where the range begins and end inside it, the smallest first. */
function nodesWithin(
  innermost: ParseNode | undefined,
  start: number,
  end: number,
): readonly ParseNode[] {
  const found: ParseNode[] = [];
  for (let node = innermost; node; node = node.parent)
    if (node.start === start && node.start + node.length <= end) found.push(node);
  return found;
}

function literalOf(value: unknown): TypeAt['literal'] {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  return undefined;
}
