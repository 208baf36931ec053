/** Whether `.sql` is Spark's: a setting of each folder, offered once and never assumed. */
import * as vscode from 'vscode';
import { fencesIn, magicIn } from '#shared/embeddedSql.ts';

const OFFERED = 'strata.sqlDialectOfferedIn';
const CONTEXT = 'strata.sqlIsSpark';

export function isSparkFolder(scope: vscode.ConfigurationScope | undefined): boolean {
  return vscode.workspace.getConfiguration('strata', scope).get('sql.dialect') === 'spark';
}

/** Whether Spark SQL in Markdown and in cells of notebooks is checked too. */
export function checksEmbeddedSql(): boolean {
  return vscode.workspace.getConfiguration('strata').get('sql.checkEmbedded') !== false;
}

/** Folders, as URIs, whose `.sql` the language server takes for Spark's; of documents in no folder, those that are open. */
export function sparkFolders(): readonly string[] {
  const folders = (vscode.workspace.workspaceFolders ?? [])
    .filter((folder) => isSparkFolder(folder))
    .map(({ uri }) => uri.toString());
  const outside = vscode.workspace.textDocuments.flatMap((document) => {
    const uri = fileOf(document);
    if (!mayHaveSql(document) || vscode.workspace.getWorkspaceFolder(uri) || !isSparkFolder(uri))
      return [];
    // A document that no file has is a place of its own.
    return (uri.scheme === 'file' ? vscode.Uri.joinPath(uri, '..') : uri).toString();
  });
  return [...new Set([...folders, ...outside])].sort();
}

/** Whether `strata.sql.dialect` says something of it. */
function mayHaveSql(document: vscode.TextDocument): boolean {
  const { languageId, uri } = document;
  return languageId === 'sql' || languageId === 'markdown' || uri.scheme === CELL_SCHEME;
}

const CELL_SCHEME = 'vscode-notebook-cell';

/** Of a cell the notebook's. */
function fileOf({ uri }: vscode.TextDocument): vscode.Uri {
  if (uri.scheme !== CELL_SCHEME) return uri;
  const notebook = vscode.workspace.notebookDocuments.find(
    ({ uri: { path } }) => path === uri.path,
  );
  return notebook?.uri ?? uri.with({ scheme: 'file', fragment: '' });
}

export class SqlDialect implements vscode.Disposable {
  readonly #state: vscode.Memento;
  readonly #onSpark: () => void;
  readonly #onFolders: () => void;
  readonly #disposables: readonly vscode.Disposable[];
  #folders: string;

  /**
   * `onSpark` is called when a document that is Spark's is there, `onFolders` when what {@link sparkFolders} gives is
   * another for a document that was opened or closed.
   */
  constructor(state: vscode.Memento, onSpark: () => void, onFolders: () => void) {
    this.#state = state;
    this.#onSpark = onSpark;
    this.#onFolders = onFolders;
    this.#folders = JSON.stringify(sparkFolders());
    this.#disposables = [
      vscode.window.onDidChangeActiveTextEditor(() => this.follow()),
      vscode.workspace.onDidOpenTextDocument((document) => this.#opened(document)),
      vscode.workspace.onDidCloseTextDocument(() => this.#followFolders()),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.some(({ text }) => /[\n`~]/.test(text))) this.#startFor(document);
      }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('strata.sql')) this.follow();
      }),
    ];
    for (const document of vscode.workspace.textDocuments) this.#opened(document);
    this.follow();
  }

  follow(): void {
    const document = vscode.window.activeTextEditor?.document;
    const isSpark = document?.languageId === 'sql' && isSparkFolder(fileOf(document));
    if (isSpark) this.#onSpark();
    void vscode.commands.executeCommand('setContext', CONTEXT, isSpark);
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #opened(document: vscode.TextDocument): void {
    this.#startFor(document);
    this.#followFolders();
    if (document.languageId === 'sql' && document.uri.scheme === 'file') void this.#offer(document);
  }

  #startFor(document: vscode.TextDocument): void {
    if (document.languageId === 'spark-sql' || hasEmbeddedSpark(document)) this.#onSpark();
  }

  #followFolders(): void {
    const folders = JSON.stringify(sparkFolders());
    if (folders === this.#folders) return;
    this.#folders = folders;
    this.#onFolders();
  }

  async #offer({ uri }: vscode.TextDocument): Promise<void> {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    const found = vscode.workspace.getConfiguration('strata', uri).inspect('sql.dialect');
    const isDecided =
      found?.workspaceFolderValue !== undefined ||
      found?.workspaceValue !== undefined ||
      found?.globalValue !== undefined;
    if (!folder || isDecided || !vscode.workspace.isTrusted) return;
    // Each folder of a workspace has its own answer, and is asked about once.
    const offered = this.#state.get<readonly string[]>(OFFERED, []);
    const name = folder.uri.toString();
    if (offered.includes(name)) return;
    await this.#state.update(OFFERED, [...offered, name]);
    const yes = `Yes, in ${folder.name}`;
    const answer = await vscode.window.showInformationMessage(
      `Is the SQL in ${folder.name} Spark SQL? Strata then checks it as you type and runs it with Ctrl+Enter.`,
      yes,
      'No',
    );
    if (answer === undefined) return;
    await vscode.workspace
      .getConfiguration('strata', folder)
      .update(
        'sql.dialect',
        answer === yes ? 'spark' : 'none',
        vscode.ConfigurationTarget.WorkspaceFolder,
      );
  }
}

function hasEmbeddedSpark(document: vscode.TextDocument): boolean {
  const { languageId, uri } = document;
  const isCell = uri.scheme === CELL_SCHEME;
  if ((languageId !== 'markdown' && !isCell) || !checksEmbeddedSql()) return false;
  const text = document.getText();
  const magic = isCell && languageId !== 'markdown' ? magicIn(text) : undefined;
  const found = languageId === 'markdown' ? fencesIn(text) : magic ? [magic] : [];
  return (
    found.some(({ isSpark }) => isSpark) || (found.length > 0 && isSparkFolder(fileOf(document)))
  );
}
