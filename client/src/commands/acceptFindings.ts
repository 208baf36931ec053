/** Writes a baseline: what is found today is accepted, and only what is new will be reported. */
import * as vscode from 'vscode';
import { strataCli } from '../adoption/strataCli.ts';
import type { Workbench } from '../workbench.ts';

export async function acceptFindings(workbench: Workbench): Promise<void> {
  const folder = vscode.window.activeTextEditor
    ? vscode.workspace.getWorkspaceFolder(vscode.window.activeTextEditor.document.uri)
    : vscode.workspace.workspaceFolders?.[0];
  const chosen = folder ?? vscode.workspace.workspaceFolders?.[0];
  if (!chosen) {
    void vscode.window.showInformationMessage('Open a folder first: its baseline is a file in it.');
    return;
  }
  const { code, err } = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'Writing the baseline…' },
    () =>
      strataCli(workbench, ['check', '--write-baseline', '--output', 'json'], chosen.uri.fsPath),
  );
  if (code === 2) {
    void vscode.window.showErrorMessage(`No baseline was written: ${err.trim()}`);
    return;
  }
  workbench.settingsChanged();
  await (await workbench.languageServer()).restart();
  void vscode.window.showInformationMessage(
    `Today's findings in ${chosen.name} are accepted in strata-baseline.json.`,
  );
}
