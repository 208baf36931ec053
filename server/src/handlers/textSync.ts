/** Follows the editor's text. Our own findings are published before anything is asked of the type checker. */
import type { Diagnostic } from 'vscode-languageserver/node';
import { toDiagnostic, toTextChanges } from '../lspConvert.ts';
import type { OpenDocument } from '../session/openDocument.ts';
import { editDocument, openDocument } from '../session/openDocument.ts';
import type { LineEdit } from '../session/publications.ts';
import { ownFindings } from './ruleContexts.ts';
import type { ServerState } from './serverState.ts';

export function handleTextSync(state: ServerState): void {
  const { connection, documents, engine } = state;
  connection.onDidOpenTextDocument(({ textDocument }) => {
    if (state.sql.open(textDocument)) return;
    startWhereItWaited(state);
    const document = openDocument(textDocument.uri, textDocument.version, textDocument.text);
    showDocument(state, document, []);
    engine.opened(document);
    for (const opened of state.onOpened) opened(document.uri);
  });
  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
    const { uri, version } = textDocument;
    if (state.sql.change(uri, version, contentChanges)) return;
    const before = documents.get(uri);
    if (!before) return;
    // First of all, so that the type checker looks while we do.
    engine.changed(textDocument, contentChanges);
    const { changes, edits } = toTextChanges(before.text, contentChanges);
    engine.edited(textDocument.uri, textDocument.version, edits);
    showDocument(state, editDocument(before, textDocument.version, changes), edits);
  });
  connection.onDidCloseTextDocument(({ textDocument }) => {
    if (!state.sql.close(textDocument.uri)) closeDocument(state, textDocument.uri);
  });
}

/** Keeps a version of a document and publishes what is ours in it. */
export function showDocument(
  state: ServerState,
  document: OpenDocument,
  edits: readonly LineEdit[],
): void {
  const log = (line: string) => state.connection.console.error(line);
  state.documents.set(document.uri, document);
  const own = ownDiagnostics(state, document, log);
  state.publications.setOwn(document.uri, document.version, own, edits);
}

export function closeDocument({ documents, engine, publications }: ServerState, uri: string): void {
  if (!documents.delete(uri)) return;
  engine.closed(uri);
  publications.close(uri);
}

/** A type checker that was told to wait for Python; once, so that one that was given up stays so. */
export function startWhereItWaited(state: ServerState): void {
  const { checkTypes, waitsForPython } = state.settings;
  if (state.hasStartedForPython || !checkTypes || waitsForPython !== true) return;
  state.hasStartedForPython = true;
  state.engine.start();
}

/** The settings of the rules have changed: what is published of the open documents is made anew. */
export function recheckOpen(state: ServerState): void {
  const log = (line: string) => state.connection.console.error(line);
  for (const document of state.documents.values()) {
    const own = ownDiagnostics(state, document, log);
    state.publications.setOwn(document.uri, document.version, own, []);
  }
}

/** A rule that throws is a bug of ours, logged; it takes nothing else down. */
export function ownDiagnostics(
  state: ServerState,
  document: OpenDocument,
  log: (line: string) => void,
): readonly Diagnostic[] {
  try {
    return ownFindings(state, document).map((finding) =>
      toDiagnostic(finding, document.lines, document.uri),
    );
  } catch (error) {
    log(`server.rules crashed: ${error instanceof Error ? (error.stack ?? error.message) : ''}`);
    return [];
  }
}
