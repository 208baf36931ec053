/**
 * `textDocument/diagnostic`, for a client that pulls: it is answered when the type checker has had its say, and the
 * client is told to ask again when more is known. Such a client is pushed nothing of the documents it has open.
 */
import type { DocumentDiagnosticReport } from 'vscode-languageserver/node';
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { signalOf } from './askPyright.ts';
import { beyondBaseline } from './beyondBaseline.ts';
import type { ServerState } from './serverState.ts';

/** Quiet time before the client is told to ask again. */
const REFRESH_MS = 50;

export function pullsDiagnostics({ clientCapabilities, settings }: ServerState): boolean {
  return clientCapabilities.textDocument?.diagnostic !== undefined && !settings.pushesDiagnostics;
}

export const diagnosticProvider = {
  identifier: 'strata',
  interFileDependencies: true,
  workspaceDiagnostics: false,
} as const;

export function handlePullDiagnostics(state: ServerState): void {
  const { connection, publications, engine } = state;
  /** By document, the answer that the client has last had. */
  const answered = new Map<string, string>();
  const waiting = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;

  state.onPublished.push((uri) => {
    for (const look of [...waiting]) look();
    const before = answered.get(uri);
    if (before === undefined || !pullsDiagnostics(state)) return;
    const current = publications.current(uri);
    // After an edit the client asks by itself.
    if (!current?.isAnswered || resultIdOf(current.findings) === before) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (state.clientCapabilities.workspace?.diagnostics?.refreshSupport)
        connection.languages.diagnostics.refresh();
    }, REFRESH_MS);
  });

  connection.languages.diagnostics.on(async (params, token): Promise<DocumentDiagnosticReport> => {
    const { uri } = params.textDocument;
    if (state.sql.has(uri))
      return { kind: 'full', items: [...(await state.sql.diagnosticsOf(uri))] };
    const signal = signalOf(token);
    const isOff = !state.settings.checkTypes || (await engine.untilRunning(signal)) !== undefined;
    if (!isOff) await untilAnswered(uri, signal);
    if (signal.aborted)
      throw new ResponseError(LSPErrorCodes.ServerCancelled, 'cancelled', {
        retriggerRequest: true,
      });
    const items = [...beyondBaseline(state, uri, publications.current(uri)?.findings ?? [])];
    const resultId = resultIdOf(items);
    answered.set(uri, resultId);
    return params.previousResultId === resultId
      ? { kind: 'unchanged', resultId }
      : { kind: 'full', resultId, items };
  });

  function untilAnswered(uri: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        const current = publications.current(uri);
        const isOpen = current !== undefined && state.settings.checkTypes;
        if (isOpen && !current.isAnswered && !signal.aborted && engine.isWorking) return;
        waiting.delete(look);
        signal.removeEventListener('abort', look);
        resolve();
      };
      waiting.add(look);
      signal.addEventListener('abort', look);
      look();
    });
  }
}

/** The same findings have the same id, whenever they are asked for. */
function resultIdOf(findings: readonly unknown[]): string {
  const text = JSON.stringify(findings);
  let hash = 5381;
  for (let i = 0; i < text.length; i++) hash = (hash * 33 + text.charCodeAt(i)) | 0;
  return `${text.length}-${hash >>> 0}`;
}
