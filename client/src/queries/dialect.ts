/** Whether `.sql` is Spark's: a setting of each folder, offered once and never assumed. */
import * as vscode from 'vscode';

const OFFERED = 'strata.sqlDialectOfferedIn';
const CONTEXT = 'strata.sqlIsSpark';

export function isSparkFolder(scope: vscode.ConfigurationScope | undefined): boolean {
  return vscode.workspace.getConfiguration('strata', scope).get('sql.dialect') === 'spark';
}

/** Folders, as URIs, whose `.sql` the language server takes for Spark's. */
export function sparkFolders(): readonly string[] {
  return (vscode.workspace.workspaceFolders ?? [])
    .filter((folder) => isSparkFolder(folder))
    .map(({ uri }) => uri.toString());
}

export class SqlDialect implements vscode.Disposable {
  readonly #state: vscode.Memento;
  readonly #onSpark: () => void;
  readonly #disposables: readonly vscode.Disposable[];

  /** `onSpark` is called when a document that is Spark's is there. */
  constructor(state: vscode.Memento, onSpark: () => void) {
    this.#state = state;
    this.#onSpark = onSpark;
    this.#disposables = [
      vscode.window.onDidChangeActiveTextEditor(() => this.follow()),
      vscode.workspace.onDidOpenTextDocument((document) => this.#opened(document)),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('strata.sql')) this.follow();
      }),
    ];
    for (const document of vscode.workspace.textDocuments) this.#opened(document);
    this.follow();
  }

  follow(): void {
    const document = vscode.window.activeTextEditor?.document;
    const isSpark = document?.languageId === 'sql' && isSparkFolder(document.uri);
    if (isSpark) this.#onSpark();
    void vscode.commands.executeCommand('setContext', CONTEXT, isSpark);
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #opened(document: vscode.TextDocument): void {
    if (document.languageId === 'spark-sql') this.#onSpark();
    if (document.languageId === 'sql' && document.uri.scheme === 'file') void this.#offer(document);
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
