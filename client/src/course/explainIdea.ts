/** "Explain an Idea of Spark": a short page about what plans show, in VS Code's own preview of Markdown. */
import * as vscode from 'vscode';
import type { Workbench } from '../workbench.ts';
import { ideas } from './ideas.ts';

export async function explainIdea(workbench: Workbench, given?: unknown): Promise<void> {
  const id = typeof given === 'string' && given in ideas ? given : await choose();
  if (id === undefined) return;
  const page = vscode.Uri.joinPath(workbench.context.extensionUri, 'docs/ideas', `${id}.md`);
  await vscode.commands.executeCommand('markdown.showPreview', page);
}

async function choose(): Promise<string | undefined> {
  const items = Object.entries(ideas).map(([id, label]) => ({ id, label }));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: 'What do you want explained?',
  });
  return picked?.id;
}
