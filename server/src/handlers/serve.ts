/** Ties the handlers, the session and the type checker to one connection. */
import { fileURLToPath } from 'node:url';
import type { Connection, WorkspaceFolder } from 'vscode-languageserver/node';
import type { ServerSettings } from '#shared/protocol/languageServer.ts';
import { TYPE_CHECKER_STATUS } from '#shared/protocol/languageServer.ts';
import type { EngineConfiguration } from '../oracle/pyright/processProtocol.ts';
import type { EngineTiming } from '../oracle/pyright/pyrightEngine.ts';
import { PyrightEngine } from '../oracle/pyright/pyrightEngine.ts';
import { fromPyright, isOfWholeClass } from '../lspConvert.ts';
import { Publications } from '../session/publications.ts';
import { requiredPythonVersion } from '../session/requiresPython.ts';
import { defaultSettings } from '../session/settings.ts';
import { handleCheckFiles } from './checkFiles.ts';
import { handleCodeAction } from './codeAction.ts';
import { handleConfiguration } from './configuration.ts';
import { handleCoverage } from './coverage.ts';
import { handleExecuteCommand } from './executeCommand.ts';
import { handleHover } from './hover.ts';
import { handleImplementation } from './implementation.ts';
import { handleInitialize } from './initialize.ts';
import { handleInlayHint } from './inlayHint.ts';
import { handlePassThrough } from './passThrough.ts';
import { handleSemanticTokens } from './semanticTokens.ts';
import type { ServerState } from './serverState.ts';
import { handleTextSync } from './textSync.ts';
import { handleWillRenameFiles } from './willRenameFiles.ts';

export function serve(
  connection: Connection,
  pyrightModulePath: string,
  env: Readonly<Record<string, string | undefined>>,
): void {
  const documents: ServerState['documents'] = new Map();
  const publications: ServerState['publications'] = new Publications((uri, version, findings) => {
    const diagnostics = [...findings];
    void connection.sendDiagnostics(
      version === undefined ? { uri, diagnostics } : { uri, version, diagnostics },
    );
  });
  const engine = new PyrightEngine(
    pyrightModulePath,
    {
      openDocuments: () => documents.values(),
      versionOf: (uri) => documents.get(uri)?.version,
      workspaceFolders: () => state.folders,
      configurationFor: (scopeUri) => engineConfiguration(state.settings, state.folders, scopeUri),
      clientCapabilities: () => state.clientCapabilities,
      applyEdit: (params) => connection.sendRequest('workspace/applyEdit', params),
      onDiagnostics: (uri, version, diagnostics) =>
        publications.setChecked(uri, version, diagnostics.map(fromPyright)),
      onScopeDiagnostics: (uri, version, scopes, diagnostics) =>
        publications.setScopes(uri, version, scopes, diagnostics.map(fromPyright), isOfWholeClass),
      onStatus: (status) => void connection.sendNotification(TYPE_CHECKER_STATUS, status),
      onLog: (line) => connection.console.log(`server.oracle ${line}`),
    },
    timingFrom(env),
  );
  const state: ServerState = {
    connection,
    documents,
    publications,
    engine,
    folders: [],
    settings: defaultSettings,
    clientCapabilities: {},
    typeFeaturesAreRegistered: false,
  };
  handleInitialize(state);
  handleConfiguration(state);
  handleTextSync(state);
  handleHover(state);
  handleCodeAction(state);
  handleExecuteCommand(state);
  handlePassThrough(state);
  handleInlayHint(state);
  handleSemanticTokens(state);
  handleImplementation(state);
  handleWillRenameFiles(state);
  handleCheckFiles(state);
  handleCoverage(state);
}

function engineConfiguration(
  settings: ServerSettings,
  folders: readonly WorkspaceFolder[],
  scopeUri: string | undefined,
): EngineConfiguration {
  const folder = folders.find(({ uri }) => uri === scopeUri) ?? folders[0];
  const required = folder?.uri.startsWith('file:')
    ? requiredPythonVersion(fileURLToPath(folder.uri))
    : undefined;
  return {
    typeCheckingMode: settings.typeCheckingMode,
    overridesConfigFile: settings.overridesConfigFile ?? false,
    mayRunPython: settings.trusted,
    ...(settings.pythonVersion === '' ? {} : { pythonVersion: settings.pythonVersion }),
    ...(required === undefined ? {} : { fallbackPythonVersion: required }),
    ...(settings.pythonPath === undefined ? {} : { pythonPath: settings.pythonPath }),
  };
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
