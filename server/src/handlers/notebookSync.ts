/** Follows the notebooks that the editor has open: each cell with Python is a document, and they see each other in order. */
import type {
  NotebookDocument,
  TextDocumentContentChangeEvent,
  TextDocumentItem,
} from 'vscode-languageserver/node';
import { NotebookCellKind } from 'vscode-languageserver/node';
import { toTextChanges } from '../lspConvert.ts';
import { pythonOfCell } from '../python/notebookCell.ts';
import { openDocument } from '../session/openDocument.ts';
import type { ServerState } from './serverState.ts';
import { closeDocument, ownDiagnostics, showDocument, startWhereItWaited } from './textSync.ts';

export const notebookDocumentSync = {
  notebookSelector: [{ notebook: '*', cells: [{ language: 'python' }] }],
};

export function handleNotebookSync(state: ServerState): void {
  const { connection, documents, engine, notebooks } = state;
  const { synchronization } = connection.notebooks;
  /** All cells of each notebook, also those that are not Python. */
  const structures = new Map<string, NotebookDocument['cells']>();
  /** By cell, the text with what only IPython understands. */
  const texts = new Map<string, string>();

  const open = ({ uri, version, text }: TextDocumentItem) => {
    texts.set(uri, text);
    state.sql.showCell({ uri, version, text });
    const document = openDocument(uri, version, pythonOfCell(text));
    documents.set(uri, document);
    notebooks.changed(uri);
    return document;
  };
  const close = (uri: string) => {
    texts.delete(uri);
    state.sql.close(uri);
    closeDocument(state, uri);
  };
  const order = (notebookUri: string) => {
    const cells = (structures.get(notebookUri) ?? [])
      .filter(({ kind, document }) => kind === NotebookCellKind.Code && texts.has(document))
      .map(({ document }) => document);
    notebooks.setCells(notebookUri, cells);
    engine.cellsChanged(cells);
  };
  /** Our own findings anew, and pyright's: what one cell says matters in the others. */
  const recheck = (notebookUri: string, exceptFor: ReadonlySet<string> = new Set()) => {
    const log = (line: string) => connection.console.error(line);
    for (const uri of notebooks.cellsOf(notebookUri)) {
      const document = documents.get(uri);
      if (!document || exceptFor.has(uri)) continue;
      state.publications.changeOwn(uri, ownDiagnostics(state, document, log));
      engine.recheck(uri);
    }
  };

  synchronization.onDidOpenNotebookDocument(({ notebookDocument, cellTextDocuments }) => {
    startWhereItWaited(state);
    const { uri } = notebookDocument;
    structures.set(uri, notebookDocument.cells);
    const opened = cellTextDocuments.filter(isPython).map(open);
    order(uri);
    for (const document of opened) {
      showDocument(state, document, []);
      engine.opened(document);
    }
  });
  synchronization.onDidChangeNotebookDocument(({ notebookDocument: { uri }, change }) => {
    const { structure, textContent } = change.cells ?? {};
    const seen = new Set<string>();
    if (structure) {
      const cells = [...(structures.get(uri) ?? [])];
      const { start, deleteCount, cells: added = [] } = structure.array;
      cells.splice(start, deleteCount, ...added);
      structures.set(uri, cells);
      const opened = (structure.didOpen ?? []).filter(isPython).map(open);
      for (const closed of structure.didClose ?? []) close(closed.uri);
      order(uri);
      for (const document of opened) {
        showDocument(state, document, []);
        engine.opened(document);
        seen.add(document.uri);
      }
    }
    for (const { document, changes } of textContent ?? []) {
      const before = texts.get(document.uri);
      if (before === undefined) continue;
      seen.add(document.uri);
      edit(document.uri, document.version, before, changes);
    }
    recheck(uri, seen);
  });
  synchronization.onDidCloseNotebookDocument(({ notebookDocument: { uri } }) => {
    for (const cell of notebooks.cellsOf(uri)) close(cell);
    structures.delete(uri);
    notebooks.setCells(uri, []);
  });

  function edit(
    uri: string,
    version: number,
    before: string,
    changes: readonly TextDocumentContentChangeEvent[],
  ): void {
    const { edits, text } = toTextChanges(before, changes);
    const document = open({ uri, version, text, languageId: 'python' });
    engine.changed(document, [{ text: document.text }]);
    engine.edited(uri, version, edits);
    showDocument(state, document, edits);
  }
}

function isPython({ languageId }: TextDocumentItem): boolean {
  return languageId === 'python';
}
