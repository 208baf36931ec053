/** Follows the editor's text. Our own findings are published before anything is asked of the type checker. */
import { checkModule } from '../rules/rules.ts';
import { toDiagnostic, toTextChanges } from '../lspConvert.ts';
import type { OpenDocument } from '../session/openDocument.ts';
import { editDocument, openDocument } from '../session/openDocument.ts';
import type { LineEdit } from '../session/publications.ts';
import type { ServerState } from './serverState.ts';

export function handleTextSync(state: ServerState): void {
  const { connection, documents, engine, publications } = state;
  const set = (document: OpenDocument, edits: readonly LineEdit[]) => {
    documents.set(document.uri, document);
    publications.setOwn(document.uri, document.version, ownDiagnostics(document), edits);
  };
  connection.onDidOpenTextDocument(({ textDocument }) => {
    const document = openDocument(textDocument.uri, textDocument.version, textDocument.text);
    set(document, []);
    engine.opened(document);
  });
  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
    const before = documents.get(textDocument.uri);
    if (!before) return;
    const { changes, edits } = toTextChanges(before.text, contentChanges);
    const document = editDocument(before, textDocument.version, changes);
    set(document, edits);
    engine.changed(document, contentChanges);
  });
  connection.onDidCloseTextDocument(({ textDocument }) => {
    if (!documents.delete(textDocument.uri)) return;
    engine.closed(textDocument.uri);
    publications.close(textDocument.uri);
  });
}

export function ownDiagnostics(document: OpenDocument) {
  return checkModule(document.module).map((finding) => toDiagnostic(finding, document.lines));
}
