/** `strata.typing.mypy: on`: findings of the user's own mypy beside ours, for what is open, whenever it is saved. */
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Diagnostic } from 'vscode-languageserver/node';
import { DiagnosticSeverity, MessageType } from 'vscode-languageserver/node';
import { saysTheSameAs } from '../oracle/pyright/mypyErrorCodes.ts';
import type { MypyFinding } from '../session/mypy/mypyRun.ts';
import { runMypy, stopMypy } from '../session/mypy/mypyRun.ts';
import { folderOf } from './engineConfiguration.ts';
import type { ServerState } from './serverState.ts';

export function handleMypy(state: ServerState): void {
  const { connection } = state;
  /** By folder, the run under way; a newer save ends it. */
  const runs = new Map<string, AbortController>();
  const daemons = new Map<string, string>();
  let saidWhy = false;

  const run = async (uri: string) => {
    const { settings } = state;
    const folder = folderOf(state, uri);
    if (settings.mypy !== 'on' || !settings.trusted || folder === undefined) return;
    const environment = state.projects.environmentOf(state, folder);
    const pythonPath =
      environment?.pythonPath ?? (process.platform === 'win32' ? 'python' : 'python3');
    runs.get(folder)?.abort();
    const controller = new AbortController();
    runs.set(folder, controller);
    const open = [...state.documents.values()].filter(
      (each) => each.uri.startsWith('file:') && folderOf(state, each.uri) === folder,
    );
    daemons.set(folder, pythonPath);
    const files = open.map((each) => fileURLToPath(each.uri));
    const found = await runMypy(pythonPath, folder, files, controller.signal);
    if (runs.get(folder) === controller) runs.delete(folder);
    if (!found.ok) {
      if (found.error.kind === 'cancelled' || saidWhy) return;
      saidWhy = true;
      void connection.sendNotification('window/showMessage', {
        type: MessageType.Warning,
        message:
          found.error.kind === 'missing'
            ? `mypy is not installed beside ${pythonPath}, so its findings are missing. Strata's own checks still work; install mypy there, or turn off "strata.typing.mypy".`
            : `mypy could not run, so its findings are missing: ${found.error.message} Strata's own checks still work.`,
      });
      return;
    }
    saidWhy = false;
    for (const document of open) {
      const diagnostics = found.value
        .filter(({ path }) => pathToFileURL(resolve(folder, path)).href === document.uri)
        // That is told without mypy, and often in other words at another place.
        .filter(({ code }) => code !== 'syntax')
        .map(toDiagnostic);
      state.publications.setExtra(document.uri, document.version, diagnostics);
    }
  };
  const start = (uri: string) => {
    run(uri).catch((error: unknown) => connection.console.error(`server.mypy ${String(error)}`));
  };
  state.onOpened.push(start);
  connection.onDidSaveTextDocument(({ textDocument }) => start(textDocument.uri));
  connection.onExit(() => {
    for (const [folder, pythonPath] of daemons) stopMypy(pythonPath, folder);
  });
}

function toDiagnostic(finding: MypyFinding): Diagnostic {
  const line = Math.max(0, finding.line - 1);
  const character = Math.max(0, finding.column);
  return {
    range: { start: { line, character }, end: { line, character: character + 1 } },
    severity:
      finding.severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Information,
    source: 'mypy',
    message: finding.hint === undefined ? finding.message : `${finding.message}\n${finding.hint}`,
    ...(finding.code === undefined
      ? {}
      : {
          code: finding.code,
          codeDescription: {
            href: `https://mypy.readthedocs.io/en/stable/_refs.html#code-${finding.code}`,
          },
        }),
  };
}

/** Rules of mypy's configuration, by the rule of ours that they turn on. */
const configuredRules: Readonly<Record<string, string>> = {
  'untyped-definition': 'strataUntypedDefinition',
  'incomplete-definition': 'strataIncompleteDefinition',
  'returns-any': 'strataReturnsAny',
};

/**
 * A finding on the same line whose rule stands for mypy's code: one of the two is enough. Where rule and code meet only
 * at times, it must be at the same place: a call can be wrong in two arguments.
 */
export function saysTheSame(mypy: Diagnostic, others: readonly Diagnostic[]): boolean {
  const { line, character } = mypy.range.start;
  return others.some(({ range: { start, end }, code }) => {
    const rule = configuredRules[String(code)] ?? String(code);
    const sameness = saysTheSameAs(String(mypy.code), rule);
    if (sameness === 'never' || line < start.line || end.line < line) return false;
    return (
      sameness === 'usually' ||
      ((line > start.line || start.character <= character) &&
        (line < end.line || character <= end.character))
    );
  });
}
