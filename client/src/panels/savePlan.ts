/** Writes a plan that the results panel drew to a place that the user chooses. */
import * as vscode from 'vscode';
import { ok } from '#shared/result.ts';

const KINDS: Readonly<Record<string, string>> = {
  svg: 'SVG',
  png: 'PNG',
  json: 'JSON',
  txt: 'Text',
};

export async function savePlan({
  name,
  content,
}: {
  readonly name: string;
  readonly content: string | ArrayBuffer;
}) {
  const ending = name.slice(name.lastIndexOf('.') + 1);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    title: 'Export Plan',
    filters: { [KINDS[ending] ?? ending]: [ending] },
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}),
  });
  if (target) {
    const bytes =
      typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
    try {
      await vscode.workspace.fs.writeFile(target, bytes);
      vscode.window.setStatusBarMessage(`Exported the plan to ${target.fsPath}`, 8000);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      void vscode.window.showErrorMessage(`The plan was not written: ${why}`);
    }
  }
  return ok({});
}
