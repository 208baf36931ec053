/** Ties the handlers, the session and the type checker to one connection. */
import { fileURLToPath } from 'node:url';
import type { Connection, Diagnostic } from 'vscode-languageserver/node';
import { TYPE_CHECKER_STATUS } from '#shared/protocol/languageServer.ts';
import { beyondBaseline } from './beyondBaseline.ts';
import type { EngineTiming } from '../oracle/pyright/pyrightEngine.ts';
import { PyrightEngine } from '../oracle/pyright/pyrightEngine.ts';
import { fromPyright, isOfWholeClass } from '../lspConvert.ts';
import { Notebooks } from '../session/notebooks.ts';
import { Publications } from '../session/publications.ts';
import { defaultSettings } from '../session/settings.ts';
import { handleCheckFiles } from './checkFiles.ts';
import { handleCodeAction } from './codeAction.ts';
import { handleConfiguration } from './configuration.ts';
import { handleCoverage } from './coverage.ts';
import { Projects } from './engineConfiguration.ts';
import { handleExecuteCommand } from './executeCommand.ts';
import { handleHover } from './hover.ts';
import { handleImplementation } from './implementation.ts';
import { handleInitialize } from './initialize.ts';
import { FrameSchemas } from './frameSchemas.ts';
import { handleInlayHint, refreshInlayHints } from './inlayHint.ts';
import { MissingImports } from './missingImports.ts';
import { handleMypy, saysTheSame } from './mypy.ts';
import { handleNotebookSync } from './notebookSync.ts';
import { handlePassThrough } from './passThrough.ts';
import { handlePullDiagnostics, pullsDiagnostics } from './pullDiagnostics.ts';
import { handleSemanticTokens } from './semanticTokens.ts';
import { handleReadScript, handleTranslate } from './readScript.ts';
import type { ServerState } from './serverState.ts';
import { RuleContexts } from './ruleContexts.ts';
import { handleSql } from './sql/handleSql.ts';
import { SqlDocuments } from './sql/sqlDocuments.ts';
import { handleTextSync, recheckOpen } from './textSync.ts';
import { handleWillRenameFiles } from './willRenameFiles.ts';

export function serve(
  connection: Connection,
  pyrightModulePath: string,
  env: Readonly<Record<string, string | undefined>>,
): void {
  const documents: ServerState['documents'] = new Map();
  const publications: ServerState['publications'] = new Publications((uri, version, findings) => {
    const diagnostics = [
      ...(state.sql.diagnosticsOfCell(uri) ?? beyondBaseline(state, uri, findings)),
    ];
    if (!pullsDiagnostics(state))
      void connection.sendDiagnostics(
        version === undefined ? { uri, diagnostics } : { uri, version, diagnostics },
      );
    for (const published of state.onPublished) published(uri);
  }, saysTheSame);
  const projects = new Projects(env);
  const notebooks = new Notebooks();
  const shown = (uri: string, diagnostics: readonly Diagnostic[]) =>
    missing.calmed(uri, projects.expected(state, uri, diagnostics)).map(fromPyright);
  const engine = new PyrightEngine(
    pyrightModulePath,
    {
      openDocuments: () => documents.values(),
      notebooks,
      versionOf: (uri) => documents.get(uri)?.version,
      workspaceFolders: () => state.folders,
      configurationFor: (scopeUri) => projects.configurationFor(state, scopeUri),
      clientCapabilities: () => state.clientCapabilities,
      applyEdit: (params) => connection.sendRequest('workspace/applyEdit', params),
      onDiagnostics: (uri, version, diagnostics) =>
        publications.setChecked(uri, version, shown(uri, diagnostics)),
      onScopeDiagnostics: (uri, version, scopes, diagnostics) =>
        publications.setScopes(uri, version, scopes, shown(uri, diagnostics), isOfWholeClass),
      onStatus: (status) => {
        void connection.sendNotification(TYPE_CHECKER_STATUS, status);
        // Whoever waits for findings waits in vain where nobody looks.
        if (status.state === 'failed' || status.state === 'off')
          for (const uri of documents.keys()) for (const each of state.onPublished) each(uri);
      },
      memoryLimit: () => state.settings.memoryLimit,
      onLog: (line) => connection.console.log(`server.oracle ${line}`),
    },
    timingFrom(env),
  );
  const state: ServerState = {
    connection,
    documents,
    publications,
    engine,
    projects,
    ruleContexts: new RuleContexts(),
    frameSchemas: new FrameSchemas(
      connection,
      () =>
        state.folders
          .filter((folder) => folder.uri.startsWith('file:'))
          .map((folder) => fileURLToPath(folder.uri)),
      () => {
        recheckOpen(state);
        refreshInlayHints(state);
      },
    ),
    notebooks,
    hasStartedForPython: false,
    sql: new SqlDocuments(
      connection,
      () => !pullsDiagnostics(state),
      (uri) => publications.again(uri),
    ),
    folders: [],
    settings: defaultSettings,
    clientCapabilities: {},
    onReady: [],
    onConfigured: [],
    onOpened: [],
    onPublished: [],
    typeFeaturesAreRegistered: undefined,
  };
  const missing = new MissingImports(state);
  handleInitialize(state);
  handleConfiguration(state);
  handleTextSync(state);
  handleNotebookSync(state);
  handleHover(state);
  handleCodeAction(state);
  handleExecuteCommand(state);
  handlePassThrough(state);
  handleInlayHint(state);
  handleSemanticTokens(state);
  handleImplementation(state);
  handleWillRenameFiles(state);
  handlePullDiagnostics(state);
  handleMypy(state);
  handleCheckFiles(state);
  handleCoverage(state);
  handleReadScript(state);
  handleTranslate(state);
  handleSql(state);
}

/** The environment may shorten the waits, so that a test of a hung process need not wait for minutes. */
function timingFrom(env: Readonly<Record<string, string | undefined>>): EngineTiming {
  const milliseconds = (name: string, otherwise: number) => {
    const value = Number(env[name]);
    return Number.isFinite(value) && value > 0 ? value : otherwise;
  };
  return {
    debounceMs: 100,
    pingIntervalMs: milliseconds('STRATA_PING_INTERVAL_MS', 5_000),
    idleDeadlineMs: milliseconds('STRATA_IDLE_DEADLINE_MS', 30_000),
    busyDeadlineMs: milliseconds('STRATA_BUSY_DEADLINE_MS', 300_000),
  };
}
