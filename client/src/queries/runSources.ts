/** From a run's plan to the editor that its text came from, and from the cursor there to the plan. */
import * as vscode from 'vscode';
import type { SourcePlace, SourceReveal } from '#shared/protocol/resultsView.ts';
import { EventSource } from '../event.ts';
import { toRun, toWritten, type Piece, type RunSource } from './sourcePlace.ts';
import { TextPlace, WholePlace } from './textPlace.ts';

interface SourceOfRun {
  readonly runId: number;
  readonly source: RunSource;
}

const NO_RUN = -1;

export class RunSources implements vscode.Disposable {
  readonly #runs: () => readonly SourceOfRun[];
  readonly #cursor = new EventSource<{ readonly runId: number; readonly offset: number }>();
  /** The cursor stands in the text of a run. */
  readonly onCursor = this.#cursor.listen;
  /** Of the runs whose text was looked for. */
  readonly #places = new Map<number, TextPlace | WholePlace>();
  /** What was selected for the sake of a plan; it does not come back as a move of the cursor. */
  #selected: { readonly uri: string; readonly range: vscode.Range } | undefined;
  readonly #subscriptions: vscode.Disposable;

  constructor(runs: () => readonly SourceOfRun[]) {
    this.#runs = runs;
    this.#subscriptions = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges, reason }) => {
        for (const { runId } of this.#of(document)) {
          const place = this.#places.get(runId);
          place?.edit(contentChanges);
          // Undoing brings back what edits took away.
          if (reason !== undefined) place?.lose();
        }
      }),
      // Behind a closed document nobody sees the edits of its file.
      vscode.workspace.onDidCloseTextDocument((document) => {
        for (const { runId } of this.#of(document)) this.#places.get(runId)?.lose();
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
        this.#onSelection(textEditor.document, selections);
      }),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  forget(runId: number): void {
    this.#places.delete(runId);
  }

  /** All that a run or a job came from; a job may have no run any more. */
  reveal(source: RunSource, text: string, runId?: number): Promise<SourcePlace> {
    if (runId === undefined) this.forget(NO_RUN);
    const run = { runId: runId ?? NO_RUN, source };
    return this.show(run, { start: 0, end: text.length }, 'focus');
  }

  async show(run: SourceOfRun, piece: Piece, reveal: SourceReveal): Promise<SourcePlace> {
    const { source } = run;
    const editor = editorOf(source.uri);
    const column = editor?.viewColumn ?? columnOf(vscode.Uri.parse(source.uri));
    if (!editor && (reveal === 'visible' || (reveal === 'tab' && column === undefined)))
      return 'hidden';
    const document = editor?.document ?? (await openedOrOnDisk(source.uri));
    if (!document) return 'gone';
    const found = this.#find(document, run, toWritten(piece, source.replaced));
    if (!found) return 'changed';
    const range = new vscode.Range(
      document.positionAt(found.start),
      document.positionAt(found.end),
    );
    this.#selected = { uri: source.uri, range };
    if (editor && reveal !== 'focus') {
      select(editor, range);
      return 'shown';
    }
    await vscode.commands.executeCommand('vscode.open', document.uri, {
      viewColumn: column ?? vscode.ViewColumn.Beside,
      preserveFocus: reveal !== 'focus',
      selection: range,
    } satisfies vscode.TextDocumentShowOptions);
    // A cell that is drawn with its notebook does not always take the selection with it.
    const opened = editorOf(source.uri);
    if (opened && !opened.selection.isEqual(range)) select(opened, range);
    return 'shown';
  }

  #of({ uri }: vscode.TextDocument): readonly SourceOfRun[] {
    const name = uri.toString();
    return this.#runs().filter(({ source }) => source.uri === name);
  }

  #onSelection(document: vscode.TextDocument, [selection]: readonly vscode.Selection[]): void {
    if (!selection) return;
    const own = this.#selected;
    if (own?.uri === document.uri.toString() && own.range.isEqual(selection)) {
      this.#selected = undefined;
      return;
    }
    const at = document.offsetAt(selection.active);
    for (const run of this.#of(document)) {
      const offset = this.#offsetIn(document, run, at);
      if (offset !== undefined) this.#cursor.fire({ runId: run.runId, offset });
    }
  }

  /** Where the run's text has a place of the document. */
  #offsetIn(document: vscode.TextDocument, run: SourceOfRun, at: number): number | undefined {
    const { written, replaced } = run.source;
    const place = this.#placeOf(run);
    if (place instanceof WholePlace)
      return place.toWritten({ start: at, end: at }, () => document.getText())?.start;
    const start = place.start((piece) => textAt(document, piece));
    if (start === undefined) return undefined;
    const offset = at - start;
    return 0 <= offset && offset <= written.length ? toRun(offset, replaced) : undefined;
  }

  /** Somebody asks, so that a text which was cut and put in elsewhere is looked for. */
  #find(document: vscode.TextDocument, run: SourceOfRun, piece: Piece): Piece | undefined {
    const place = this.#placeOf(run);
    place.lose();
    if (place instanceof WholePlace) return place.toDocument(piece, () => document.getText());
    const start = place.start((each) => textAt(document, each));
    return start === undefined ? undefined : { start: start + piece.start, end: start + piece.end };
  }

  #placeOf({ runId, source }: SourceOfRun): TextPlace | WholePlace {
    const known = this.#places.get(runId);
    if (known) return known;
    const { written, start, isWholeDocument } = source;
    const place = isWholeDocument ? new WholePlace(written) : new TextPlace(written, start);
    this.#places.set(runId, place);
    return place;
  }
}

function textAt(document: vscode.TextDocument, { start, end }: Piece): string {
  if (end === Infinity) return document.getText();
  return document.getText(new vscode.Range(document.positionAt(start), document.positionAt(end)));
}

function editorOf(name: string): vscode.TextEditor | undefined {
  return vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === name);
}

function select(editor: vscode.TextEditor, range: vscode.Range): void {
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** A document without a file can't be opened again: its name would make an empty one. */
async function openedOrOnDisk(name: string): Promise<vscode.TextDocument | undefined> {
  const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === name);
  if (open) return open;
  const uri = vscode.Uri.parse(name);
  if (uri.scheme === 'untitled' || uri.scheme === 'vscode-notebook-cell') return undefined;
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}

/** Where the document has a tab that does not hide the panel which was clicked. */
function columnOf(uri: vscode.Uri): vscode.ViewColumn | undefined {
  const { all, activeTabGroup } = vscode.window.tabGroups;
  const isOfDocument = ({ input }: vscode.Tab) => {
    if (input instanceof vscode.TabInputText) return input.uri.toString() === uri.toString();
    return input instanceof vscode.TabInputNotebook && input.uri.path === uri.path;
  };
  return all.find((group) => group !== activeTabGroup && group.tabs.some(isOfDocument))?.viewColumn;
}
