/**
 * "Typing Coverage": the files of the workspace by what is worth annotating next, the share of the active file in the
 * status bar, and marks beside what has no annotation yet. The server counts; nothing is parsed here.
 */
import * as vscode from 'vscode';
import type {
  CoverageReply,
  FileCoverage,
  SymbolCoverage,
} from '#shared/protocol/languageServer.ts';
import { COVERAGE } from '#shared/protocol/languageServer.ts';
import type { Workbench } from '../workbench.ts';

/** More files than that are counted by `strata coverage`, which needs no tree. */
const MOST_FILES = 2000;

type Node =
  | { readonly kind: 'file'; readonly file: FileCoverage }
  | { readonly kind: 'symbol'; readonly file: FileCoverage; readonly symbol: SymbolCoverage };

export class CoverageView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #workbench: Workbench;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #item = vscode.window.createStatusBarItem(
    'strata.coverage',
    vscode.StatusBarAlignment.Right,
    90,
  );
  readonly #marks: vscode.TextEditorDecorationType;
  readonly #disposables: readonly { dispose(): unknown }[];
  #showsMarks = false;
  #files: readonly FileCoverage[] | undefined;
  /** Latest wins: counts the looks at the active file. */
  #look = 0;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
    this.#marks = vscode.window.createTextEditorDecorationType({
      isWholeLine: true,
      gutterIconPath: vscode.Uri.file(workbench.context.asAbsolutePath('media/unannotated.svg')),
      gutterIconSize: '60%',
      overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.warningForeground'),
      overviewRulerLane: vscode.OverviewRulerLane.Left,
    });
    this.#item.name = 'Typing Coverage';
    this.#item.command = 'strata.toggleCoverageMarks';
    this.#disposables = [
      this.#item,
      this.#marks,
      this.#changed,
      vscode.window.createTreeView('strata.coverage', { treeDataProvider: this }),
      vscode.window.onDidChangeActiveTextEditor(() => void this.lookAtActive()),
      vscode.workspace.onDidSaveTextDocument((document) => {
        if (document.languageId !== 'python') return;
        this.#files = undefined;
        this.#changed.fire(undefined);
        void this.lookAtActive();
      }),
    ];
    void this.lookAtActive();
  }

  refresh(): void {
    this.#files = undefined;
    this.#changed.fire(undefined);
  }

  toggleMarks(): void {
    this.#showsMarks = !this.#showsMarks;
    void this.lookAtActive();
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return node.kind === 'file' ? fileItem(node.file) : symbolItem(node.file, node.symbol);
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node?.kind === 'symbol') return [];
    if (node)
      return functionsOf(node.file)
        .filter(({ worth }) => worth > 0)
        .sort((a, b) => b.worth - a.worth)
        .map((symbol) => ({ kind: 'symbol', file: node.file, symbol }));
    this.#files ??= await this.#countWorkspace();
    return this.#files
      .filter(({ annotated, total }) => annotated < total)
      .sort((a, b) => worthOf(b) - worthOf(a))
      .map((file) => ({ kind: 'file', file }));
  }

  /** The share in the status bar and the marks, both of the active file. */
  async lookAtActive(): Promise<void> {
    const look = ++this.#look;
    const editor = vscode.window.activeTextEditor;
    if (editor?.document.languageId !== 'python' || editor.document.uri.scheme !== 'file') {
      this.#item.hide();
      return;
    }
    const [file] = await this.#count([editor.document.uri.toString()]);
    if (look !== this.#look || !file) return;
    this.#item.text = `$(symbol-parameter) ${share(file)} typed`;
    this.#item.tooltip = `${file.annotated} of ${file.total} parameters and results are annotated. Click to ${this.#showsMarks ? 'hide' : 'mark'} what is not.`;
    this.#item.show();
    const lines = this.#showsMarks
      ? functionsOf(file).filter(({ annotated, total }) => annotated < total)
      : [];
    editor.setDecorations(
      this.#marks,
      lines.map(({ range, name, annotated, total }) => ({
        range: new vscode.Range(range.start.line, 0, range.start.line, 0),
        hoverMessage: `${name}: ${annotated} of ${total} annotated`,
      })),
    );
  }

  dispose(): void {
    for (const each of this.#disposables) each.dispose();
  }

  async #countWorkspace(): Promise<readonly FileCoverage[]> {
    const uris = await vscode.workspace.findFiles(
      '**/*.py',
      '{**/node_modules/**,**/.*/**,**/__pycache__/**,**/site-packages/**}',
      MOST_FILES,
    );
    return this.#count(uris.map(String));
  }

  async #count(uris: readonly string[]): Promise<readonly FileCoverage[]> {
    const server = await this.#workbench.languageServer();
    const reply = await server.request<CoverageReply>(COVERAGE, { uris });
    return reply?.files ?? [];
  }
}

function functionsOf({ symbols }: FileCoverage): SymbolCoverage[] {
  return symbols.filter(({ kind }) => kind === 'function');
}

function worthOf(file: FileCoverage): number {
  return functionsOf(file).reduce((sum, { worth }) => sum + worth, 0);
}

function share({ annotated, total }: { readonly annotated: number; readonly total: number }) {
  return `${total === 0 ? 100 : Math.floor((100 * annotated) / total)} %`;
}

function fileItem(file: FileCoverage): vscode.TreeItem {
  const item = new vscode.TreeItem(
    vscode.Uri.parse(file.uri),
    vscode.TreeItemCollapsibleState.Collapsed,
  );
  item.description = `${share(file)}, ${file.total - file.annotated} missing`;
  return item;
}

function symbolItem(file: FileCoverage, symbol: SymbolCoverage): vscode.TreeItem {
  const item = new vscode.TreeItem(symbol.name);
  const { calls, annotated, total, range } = symbol;
  item.iconPath = new vscode.ThemeIcon('symbol-method');
  item.description = `${annotated} of ${total}${calls === 0 ? '' : `, called ${calls} ${calls === 1 ? 'time' : 'times'}`}`;
  const { start, end } = range;
  item.command = {
    command: 'vscode.open',
    title: 'Open',
    arguments: [
      vscode.Uri.parse(file.uri),
      { selection: new vscode.Range(start.line, start.character, end.line, end.character) },
    ],
  };
  return item;
}
