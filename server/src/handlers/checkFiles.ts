/** `strata/checkFiles`: findings of files that no editor has open, for the command line. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { CancellationToken, Diagnostic } from 'vscode-languageserver/node';
import type { CheckFilesParams, CheckFilesReply } from '#shared/protocol/languageServer.ts';
import { CHECK_FILES } from '#shared/protocol/languageServer.ts';
import { mayUseSpark } from '../frames/reading.ts';
import { fromPyright } from '../lspConvert.ts';
import type { OpenDocument } from '../session/openDocument.ts';
import { openDocument } from '../session/openDocument.ts';
import { configProblems } from './configFiles.ts';
import { decodePython } from './decodePython.ts';
import type { ServerState } from './serverState.ts';
import { ownDiagnostics } from './textSync.ts';

/** How many files the type checker holds open at a time. */
const BATCH = 64;

export function handleCheckFiles(state: ServerState): void {
  state.connection.onRequest(
    CHECK_FILES,
    async (params: CheckFilesParams, token: CancellationToken): Promise<CheckFilesReply> => {
      const log = (line: string) => state.connection.console.error(line);
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort());
      const { checkTypes } = state.settings;
      const files: { uri: string; diagnostics: readonly Diagnostic[] }[] = [];
      let typeCheckerMessage: string | undefined;
      for (let start = 0; start < params.uris.length; start += BATCH) {
        const uris = params.uris.slice(start, start + BATCH);
        const documents = await Promise.all(uris.map((uri) => documentOf(state, uri)));
        controller.signal.throwIfAborted();
        const checked =
          checkTypes && typeCheckerMessage === undefined
            ? await checkTypesOf(state, documents, controller.signal)
            : undefined;
        if (typeof checked === 'string') typeCheckerMessage = checked;
        for (const document of documents)
          if (mayUseSpark(document.text)) ownDiagnostics(state, document, log);
        await state.frameSchemas.settled();
        for (const [index, document] of documents.entries()) {
          const found = typeof checked === 'object' ? (checked[index] ?? []) : [];
          files.push({
            uri: document.uri,
            diagnostics: [
              ...ownDiagnostics(state, document, log),
              ...state.projects.expected(state, document.uri, found).map(fromPyright),
            ],
          });
        }
      }
      return {
        files,
        configuration: configProblems(state),
        ...(typeCheckerMessage === undefined ? {} : { typeCheckerMessage }),
      };
    },
  );
}

async function documentOf(state: ServerState, uri: string): Promise<OpenDocument> {
  const open = state.documents.get(uri);
  if (open) return open;
  const bytes = await readFile(fileURLToPath(uri));
  return openDocument(uri, 0, decodePython(bytes));
}

/** The type checker may be starting, or restarting: it is waited for as long as it is not given up. */
async function checkTypesOf(
  state: ServerState,
  documents: readonly OpenDocument[],
  signal: AbortSignal,
): Promise<readonly (readonly Diagnostic[])[] | string> {
  for (;;) {
    const failure = await state.engine.untilRunning(signal);
    if (failure !== undefined) return failure;
    const found = await state.engine.check(documents, signal);
    if (found.ok) return found.value;
    signal.throwIfAborted();
  }
}
