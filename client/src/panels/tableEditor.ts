/** "Strata Table": Parquet, Arrow and CSV files as typed grids that the engine reads, sorts and filters. Read-only. */
import * as vscode from 'vscode';
import type { ViewDefinition } from '#shared/protocol/engine.ts';
import type { TableState } from '#shared/protocol/tables.ts';
import type { TableViewContract } from '#shared/protocol/tableView.ts';
import { answerOver } from '#shared/protocol/wire.ts';
import { fail, ok, type Disposable } from '#shared/result.ts';
import type { EngineProcess } from '../engineProcess.ts';
import { EventSource } from '../event.ts';
import type { Logger } from '../logs.ts';
import { nameViews } from '../viewNames.ts';
import { checkedPort } from './checkedPort.ts';
import { exportRows, saveText } from './exportRows.ts';
import { insertSql } from './insertSql.ts';
import type { PanelCalls } from './panelCalls.ts';
import { tableChecks } from './tableMessages.ts';
import { TablePanel } from './tablePanel.ts';
import { copyVirtualFile } from './virtualFile.ts';
import { fillWebview } from './webviewHtml.ts';
import { portOfPanel } from './webviewPort.ts';

/** For Parquet, which is a table and nothing else: opened by default. */
export const TABLE_EDITOR = 'strata.tableEditor';
/** For what other editors open as well, by "Open With…". */
const ANY_TABLE_EDITOR = 'strata.tableEditorAny';

interface TableDocument extends vscode.CustomDocument {
  /** Where it is on this machine's disk, or why it is not. */
  readonly place: { readonly path: string } | { readonly message: string };
}

export interface TableEditorOptions {
  readonly extensionUri: vscode.Uri;
  readonly engine: () => Promise<EngineProcess>;
  readonly settings: () => Readonly<Record<string, string>>;
  readonly calls: PanelCalls;
  readonly log: Logger;
}

interface ActivePanel {
  readonly panel: vscode.WebviewPanel;
  readonly goTo: () => void;
  readonly reload: () => void;
}

export interface ShownTable {
  readonly uri: vscode.Uri;
  /** Absent where the file could not be opened. */
  readonly state?: TableState;
  readonly isStale: boolean;
}

export class TableEditor implements vscode.CustomReadonlyEditorProvider<TableDocument> {
  readonly #options: TableEditorOptions;

  /** The panel that has the focus, or had it last. */
  #active: ActivePanel | undefined;
  readonly #changed = new EventSource<ShownTable>();
  /** What is known of a file that is shown, for tests. */
  readonly onChanged = this.#changed.listen;

  constructor(options: TableEditorOptions) {
    this.#options = options;
  }

  /** Asks in the panel that is active which row or column to go to. False where none is. */
  goTo(): boolean {
    if (this.#active?.panel.active !== true) return false;
    this.#active.goTo();
    return true;
  }

  /** Opens the file of the panel that is active as it is now, arranged as it is shown. */
  reload(): void {
    if (this.#active?.panel.active === true) this.#active.reload();
  }

  static register(editor: TableEditor): vscode.Disposable {
    const options = {
      webviewOptions: { retainContextWhenHidden: true },
      supportsMultipleEditorsPerDocument: true,
    };
    return vscode.Disposable.from(
      ...[TABLE_EDITOR, ANY_TABLE_EDITOR].map((type) =>
        vscode.window.registerCustomEditorProvider(type, editor, options),
      ),
    );
  }

  async openCustomDocument(
    uri: vscode.Uri,
    { untitledDocumentData }: vscode.CustomDocumentOpenContext,
  ): Promise<TableDocument> {
    if (uri.scheme === 'file') {
      return { uri, place: { path: uri.fsPath }, dispose: () => undefined };
    }
    const copy = await copyVirtualFile(uri, untitledDocumentData);
    if (!copy.ok) return { uri, place: copy.error, dispose: () => undefined };
    return { uri, place: copy.value, dispose: () => copy.value.dispose() };
  }

  async resolveCustomEditor(document: TableDocument, panel: vscode.WebviewPanel): Promise<void> {
    const { extensionUri, calls, log, settings } = this.#options;
    const { place, uri } = document;
    const notHere = fail({
      kind: 'unavailable',
      message: 'message' in place ? place.message : '',
    } as const);
    const engine = await this.#options.engine();
    const refused = (method: string) => {
      log.warn(`wire.tableView refused ${method}`);
    };
    const note = (state: TableState | undefined, isStale: boolean) => {
      this.#changed.fire({ uri, isStale, ...(state ? { state } : {}) });
    };
    const table =
      'path' in place
        ? new TablePanel(engine, viewOf(place.path), settings, {
            stateChanged: (state) => {
              end.emit('stateChanged', state);
              note(state, false);
            },
            progress: (progress) => end.emit('progress', progress),
            engineEnded: () => end.emit('engineEnded', {}),
          })
        : undefined;
    const end = answerOver<TableViewContract>(
      checkedPort(portOfPanel(panel), tableChecks, refused),
      calls.watch<TableViewContract['requests']>('table', {
        describe: async (_, signal) => {
          const opened = (await table?.open(signal)) ?? notHere;
          note(opened.ok ? opened.value.state : undefined, false);
          return opened;
        },
        readRows: (params, signal) => table?.readRows(params, signal) ?? notHere,
        arrange: ({ arrangement }, signal) => table?.arrange(arrangement, signal) ?? notHere,
        stopReading: () => {
          table?.stopReading();
          return ok({});
        },
        profile: ({ arrangement, column }, signal) =>
          table?.profile(arrangement, column, signal) ?? notHere,
        exportRows: ({ arrangement }, signal) =>
          table
            ? exportRows('Export Rows', beside(uri), signal, (path, format, stop) =>
                table.exportRows(arrangement, path, format, stop),
              )
            : notHere,
        saveText: ({ format, text }) => saveText(nameOf(uri), format, text),
        copyText: async ({ text }) => {
          await vscode.env.clipboard.writeText(text);
          return ok({});
        },
        insertSql: ({ text }) => insertSql(text),
        startQuery: () => {
          void vscode.commands.executeCommand('strata.queryData', uri);
          return ok({});
        },
      }),
      (method, error) => log.error(`wire.tableView ${method}: ${String(error)}`),
    );
    const active: ActivePanel = {
      panel,
      goTo: () => end.emit('goTo', {}),
      reload: () => end.emit('reload', {}),
    };
    const noteActive = () => {
      if (panel.active) this.#active = active;
    };
    noteActive();
    panel.onDidChangeViewState(noteActive);
    const watch = watchFile(place, (isGone) => {
      end.emit('fileChanged', { isGone });
      note(undefined, true);
    });
    panel.onDidDispose(() => {
      if (this.#active === active) this.#active = undefined;
      watch.dispose();
      table?.dispose();
      end.dispose();
    });
    fillWebview(panel.webview, extensionUri, 'table', 'Strata Table');
  }
}

/** As SQL would name the file. */
function viewOf(path: string): ViewDefinition {
  const [view] = nameViews([path], new Map());
  if (!view) throw new Error('one path has one name');
  return view;
}

function watchFile(place: TableDocument['place'], onChange: (isGone: boolean) => void): Disposable {
  if (!('path' in place)) return { dispose: () => undefined };
  const uri = vscode.Uri.file(place.path);
  const pattern = nameOf(uri, true).replace(/[[\]{}*?!,]/g, (character) => `[${character}]`);
  const watcher = vscode.workspace.createFileSystemWatcher(
    new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), pattern),
  );
  return vscode.Disposable.from(
    watcher,
    watcher.onDidChange(() => onChange(false)),
    watcher.onDidCreate(() => onChange(false)),
    watcher.onDidDelete(() => onChange(true)),
  );
}

function nameOf(uri: vscode.Uri, withEnding = false): string {
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  return withEnding ? name : name.replace(/\.[^.]*$/, '');
}

function beside(uri: vscode.Uri): vscode.Uri | undefined {
  if (uri.scheme !== 'file') return undefined;
  return vscode.Uri.joinPath(uri, '..', `${nameOf(uri)} rows.csv`);
}
