/** Puts rows as SQL where the user writes SQL. */
import * as vscode from 'vscode';
import { ok, type Result } from '#shared/result.ts';

/** At the cursor of the SQL editor that is seen, in place of what is selected there, or in a new document. */
export async function insertSql(
  text: string,
): Promise<Result<{ readonly fileName: string }, never>> {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  const seen = [...(activeTextEditor ? [activeTextEditor] : []), ...visibleTextEditors];
  const editor = seen.find(({ document }) => isSql(document)) ?? (await newEditor());
  const { document, viewColumn } = editor;
  const shown = await vscode.window.showTextDocument(
    document,
    viewColumn === undefined ? {} : { viewColumn },
  );
  await shown.edit((edit) => edit.replace(shown.selection, text));
  return ok({ fileName: vscode.workspace.asRelativePath(document.uri) });
}

function isSql({ languageId }: vscode.TextDocument): boolean {
  return languageId === 'spark-sql' || languageId === 'sql';
}

async function newEditor(): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument({ language: 'spark-sql' });
  return vscode.window.showTextDocument(document);
}
