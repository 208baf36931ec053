import * as vscode from 'vscode';
import { editorFor } from '../panels/bufferEditor.ts';
import type { Workbench } from '../workbench.ts';

/** From the explorer's menu, from a link in a hover, or from the palette on the file in front. */
export async function openInInspector(_workbench: Workbench, target?: unknown): Promise<void> {
  // A link in a hover can only carry text.
  const named = typeof target === 'string' ? vscode.Uri.parse(target, true) : target;
  const uri = named instanceof vscode.Uri ? named : (activeFile() ?? (await browse()));
  if (!uri) return;
  await vscode.commands.executeCommand('vscode.openWith', uri, editorFor(uri));
}

/** The file in front, in whichever editor. */
export function activeFile(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom) {
    return input.uri;
  }
  return undefined;
}

async function browse(): Promise<vscode.Uri | undefined> {
  return (await vscode.window.showOpenDialog({ openLabel: 'Inspect' }))?.[0];
}
