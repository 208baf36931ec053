/** Tests before and after a reload of the window, which runs this module anew. */
import { existsSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { workspaceFile } from './harness.ts';
import { runMocha } from './runner.ts';

export async function run(): Promise<void> {
  const mark = workspaceFile('.reloaded').fsPath;
  if (existsSync(mark)) {
    await runMocha(() => import('./afterReload.test.ts'));
    return;
  }
  await runMocha(() => import('./beforeReload.test.ts'));
  writeFileSync(mark, '');
  await vscode.commands.executeCommand('workbench.action.reloadWindow');
  // This host ends with its window.
  await new Promise(() => undefined);
}
