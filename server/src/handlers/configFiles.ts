/** Files of configuration: what is wrong in them is said in them, and a change of one is followed. */
import { pathToFileURL } from 'node:url';
import type { Diagnostic } from 'vscode-languageserver/node';
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import type { ConfigProblem } from '../session/mypy/mypyConfig.ts';
import { configFileNames } from '../session/projectConfig.ts';
import type { ServerState } from './serverState.ts';

/** Files outside the editor whose changes matter: other modules, and what configures the check. */
export function watchFiles({ connection, clientCapabilities }: ServerState): void {
  if (!clientCapabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration) return;
  const globs = ['**/*.{py,pyi}', `**/{${configFileNames.join(',')}}`, '**/pyvenv.cfg'];
  const registration = {
    id: 'strata/watchedFiles',
    method: 'workspace/didChangeWatchedFiles',
    registerOptions: { watchers: globs.map((globPattern) => ({ globPattern })) },
  };
  connection
    .sendRequest('client/registerCapability', { registrations: [registration] })
    .catch(() => undefined);
}

export function isConfigFile(uri: string): boolean {
  return [...configFileNames, 'pyvenv.cfg'].some((name) => uri.endsWith(`/${name}`));
}

/** What is wrong in the files that configure the check of the open folders. */
export function configProblems(
  state: ServerState,
): readonly { readonly uri: string; readonly diagnostics: readonly Diagnostic[] }[] {
  return (state.settings.checkTypes ? state.projects.configs(state) : [])
    .map(({ path, problems }) => ({
      uri: pathToFileURL(path).href,
      diagnostics: problems.map(toDiagnostic),
    }))
    .filter(({ diagnostics }) => diagnostics.length > 0);
}

/** Reads the files anew and says what is wrong in them; a file that has become right is said to be so. */
export function publishConfigProblems(state: ServerState, published: Set<string>): void {
  const before = new Set(published);
  published.clear();
  // mypy's options mean nothing while another type checker is the one that is asked.
  for (const { path, problems } of state.settings.checkTypes ? state.projects.configs(state) : []) {
    const uri = pathToFileURL(path).href;
    published.add(uri);
    before.delete(uri);
    const diagnostics = problems.map(toDiagnostic);
    void state.connection.sendDiagnostics({ uri, diagnostics });
  }
  for (const uri of before) void state.connection.sendDiagnostics({ uri, diagnostics: [] });
}

function toDiagnostic({ line, severity, message }: ConfigProblem): Diagnostic {
  return {
    range: { start: { line, character: 0 }, end: { line, character: 1000 } },
    severity: severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Hint,
    source: 'strata',
    code: 'mypy-config',
    message,
  };
}
