/** The parts of pyright that are used by export name, typed as far as they are used. The contract test names them all. */
import type {
  CancellationToken,
  Connection,
  Diagnostic,
  DidChangeTextDocumentParams,
  DidOpenTextDocumentParams,
} from 'vscode-languageserver/node';
import type { PyrightModules } from './loadPyright.ts';

export const usedExports = [
  'PyrightServer',
  'createConnection',
  'initializeDependencies',
  'getCancellationStrategyFromArgv',
  'FullAccessHost',
  'LimitedAccessHost',
  'PythonVersion',
  'findNodeByOffset',
  'convertPositionToOffset',
  'convertOffsetToPosition',
  'Checker',
  'createAnalyzerNodeInfoAccessor',
  'getChildNodes',
] as const;

export interface Uri {
  toString(): string;
}
export interface ParseNode {
  readonly nodeType: number;
  readonly start: number;
  readonly length: number;
  readonly parent?: ParseNode;
  /** What a node of its kind has: `statements` of a module and a suite, `params` and `suite` of a function. */
  readonly d: Readonly<Record<string, unknown>>;
}
export interface ParserOutput {
  readonly parseTree: ParseNode;
}
export interface ParseResults {
  readonly parserOutput: ParserOutput;
  readonly tokenizerOutput: { readonly lines: unknown };
  readonly text: string;
}
/** As pyright has it before it becomes LSP's. */
export interface PyrightDiagnostic {
  readonly range: { readonly start: LinePosition; readonly end: LinePosition };
}
export interface LinePosition {
  readonly line: number;
  readonly character: number;
}
/** Collects what is found while types are evaluated, each once. */
export interface DiagnosticSink {
  fetchAndClear(): readonly PyrightDiagnostic[];
  addDiagnostic(diagnostic: PyrightDiagnostic): void;
}
export interface NodeInfo {
  getFileInfo(module: ParseNode): { readonly diagnosticSink: DiagnosticSink } | undefined;
}
export interface Checker {
  walk(node: ParseNode): void;
  _validateSymbolTables(): void;
}
export interface SourceFile {
  getClientVersion(): number | undefined;
  getFileContent(): string | undefined;
  getDiagnostics(options: ConfigOptions): readonly PyrightDiagnostic[] | undefined;
  readonly _writableData: { checkerDiagnostics: readonly PyrightDiagnostic[] };
  _recomputeDiagnostics(options: ConfigOptions): void;
}
/** The literal's value sits in `priv`; an enum's or a huge integer's is no plain value. */
export interface Type {
  readonly priv?: { readonly literalValue?: unknown };
}
export interface TypeEvaluator {
  getType(node: ParseNode): Type | undefined;
  getDeclaredTypeForExpression(node: ParseNode): Type | undefined;
  printType(type: Type): string;
}
export interface Program {
  readonly evaluator: TypeEvaluator | undefined;
  readonly configOptions: ConfigOptions;
  readonly importResolver: { getImportRoots(environment: unknown): readonly Uri[] };
  readonly analyzerNodeInfoReader: unknown;
  /** Parses and binds where that has not been done. */
  getParseResults(uri: Uri): ParseResults | undefined;
  getSourceFileInfo(uri: Uri): SourceFileInfo | undefined;
  getSourceFileInfoList(): readonly SourceFileInfo[];
}
export interface SourceFileInfo {
  readonly uri: Uri;
  /** One of the workspace's own. */
  readonly isTracked: boolean;
  readonly isOpenByClient: boolean;
  readonly sourceFile: SourceFile;
}
export interface PythonVersionValue {
  readonly major: number;
  readonly minor: number;
}
export interface ExecEnvironment {
  readonly diagnosticRuleSet: Record<string, unknown>;
}
export interface ConfigOptions {
  readonly projectRoot: Uri & { resolvePaths(path: string): Uri };
  readonly diagnosticRuleSet: Record<string, unknown>;
  readonly defineConstant: Map<string, boolean | string>;
  defaultExtraPaths: readonly Uri[] | undefined;
  defaultPythonPlatform: string | undefined;
  findExecEnvironment(uri: Uri): ExecEnvironment;
  defaultPythonVersion: PythonVersionValue | undefined;
  initializeTypeCheckingMode(mode: string): void;
}
export interface Host {
  getPythonVersion(pythonPath: Uri | undefined, log?: unknown): PythonVersionValue | undefined;
}
export interface AnalyzerService {
  readonly options: { hostFactory: () => Host };
  _getConfigOptions(host: Host, commandLine: unknown): ConfigOptions;
  readonly fs: unknown;
  getSourceFile(uri: Uri): SourceFile | undefined;
  getChainedUri(uri: Uri): Uri | undefined;
  updateChainedUri(uri: Uri, before: Uri | undefined): void;
  run<T>(callback: (program: Program) => T, token: unknown): Promise<T>;
}
export interface Workspace {
  readonly rootUri: Uri | undefined;
  readonly service: AnalyzerService;
}
export interface ServerSettings {
  typeCheckingMode: string;
  pythonPath?: Uri;
}
export interface PyrightServer {
  readonly connection: Connection;
  readonly serviceProvider: unknown;
  getConfiguration(scope: Uri | undefined, section: string): Promise<unknown>;
  getSettings(workspace: Workspace): Promise<ServerSettings>;
  createHost(): Host;
  createBackgroundAnalysis(serviceId: string, root: Uri): undefined;
  createAnalyzerService(name: string, root: Uri, ...rest: unknown[]): AnalyzerService;
  getWorkspaceForFile(uri: Uri): Promise<Workspace>;
  /** `mode` is 1 for a cell of a notebook. */
  onDidOpenTextDocument(params: DidOpenTextDocumentParams, mode?: number): Promise<void>;
  onDidChangeTextDocument(params: DidChangeTextDocumentParams, mode?: number): Promise<void>;
  convertLspUriStringToUri(uri: string): Uri;
  _convertDiagnostics(fs: unknown, diagnostics: readonly PyrightDiagnostic[]): Diagnostic[];
  executeCommand(
    params: { readonly command: string; readonly arguments: readonly unknown[] },
    token: CancellationToken,
  ): Promise<unknown>;
}

export interface PyrightInternals {
  readonly PyrightServer: new (connection: Connection, maxWorkers: number) => PyrightServer;
  readonly createConnection: (options: { readonly cancellationStrategy: unknown }) => Connection;
  readonly initializeDependencies: () => Promise<void>;
  readonly getCancellationStrategyFromArgv: (argv: readonly string[]) => unknown;
  readonly FullAccessHost: new (serviceProvider: unknown) => Host;
  readonly LimitedAccessHost: new () => Host;
  readonly PythonVersion: { fromString(text: string): PythonVersionValue | undefined };
  readonly findNodeByOffset: (node: ParseNode, offset: number) => ParseNode | undefined;
  readonly convertPositionToOffset: (position: LinePosition, lines: unknown) => number | undefined;
  readonly convertOffsetToPosition: (offset: number, lines: unknown) => LinePosition;
  readonly Checker: new (
    importResolver: unknown,
    evaluator: TypeEvaluator,
    parsed: ParserOutput,
    dependentFiles: undefined,
    nodeInfo: NodeInfo,
  ) => Checker;
  readonly getChildNodes: (node: ParseNode) => readonly (ParseNode | undefined)[];
  readonly createAnalyzerNodeInfoAccessor: (reader: unknown) => NodeInfo;
}

export function pyrightInternals(modules: PyrightModules): PyrightInternals {
  return Object.fromEntries(
    usedExports.map((name) => [name, modules.exported(name)]),
  ) as unknown as PyrightInternals;
}
