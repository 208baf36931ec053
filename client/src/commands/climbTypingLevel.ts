/** One rung up the ladder of strictness, for a file or all files of a folder: what it would report is shown first. */
import { relative } from 'node:path';
import * as vscode from 'vscode';
import type { Level } from '../adoption/ladder.ts';
import { atLevel, levelOf, nextLevel } from '../adoption/ladder.ts';
import { strataCli } from '../adoption/strataCli.ts';
import { readSettings } from '../settings.ts';
import type { Workbench } from '../workbench.ts';

interface Found {
  readonly file: string;
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
  readonly message: string;
  readonly rule: string | null;
}

export async function climbTypingLevel(workbench: Workbench, target?: unknown): Promise<void> {
  const uri = target instanceof vscode.Uri ? target : vscode.window.activeTextEditor?.document.uri;
  const folder = uri && vscode.workspace.getWorkspaceFolder(uri);
  if (!uri || !folder) {
    void vscode.window.showInformationMessage('Open a Python file of the workspace first.');
    return;
  }
  const files = await filesOf(uri);
  const texts = await Promise.all(
    files.map(async (file) => (await vscode.workspace.openTextDocument(file)).getText()),
  );
  const from = lowest(texts.map((text) => levelOf(text, readSettings().typing.level)));
  const to = nextLevel(from);
  if (to === undefined || to === 'off') {
    void vscode.window.showInformationMessage('These files are checked strictly already.');
    return;
  }
  const path = relative(folder.uri.fsPath, uri.fsPath) || '.';
  const found = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `Checking ${path} as ${to}…` },
    () => findings(workbench, path, to, folder.uri.fsPath),
  );
  if (!found) return;
  if (await agreed(found, path, to, folder.uri)) await apply(files, texts, to);
}

async function filesOf(uri: vscode.Uri): Promise<readonly vscode.Uri[]> {
  const { type } = await vscode.workspace.fs.stat(uri);
  if (type !== vscode.FileType.Directory) return [uri];
  return vscode.workspace.findFiles(new vscode.RelativePattern(uri, '**/*.py'), '**/.*/**');
}

function lowest(found: readonly Level[]): Level {
  return (
    (['off', 'basic', 'standard', 'strict'] as const).find((each) => found.includes(each)) ?? 'off'
  );
}

async function findings(
  workbench: Workbench,
  path: string,
  level: Level,
  cwd: string,
): Promise<readonly Found[] | undefined> {
  const outcome = await strataCli(
    workbench,
    ['check', path, '--level', level, '--output', 'json'],
    cwd,
  );
  if (outcome.code === 2) {
    void vscode.window.showErrorMessage(`Nothing was changed: ${outcome.err.trim()}`);
    return undefined;
  }
  return (JSON.parse(outcome.out) as { diagnostics: readonly Found[] }).diagnostics;
}

async function agreed(
  found: readonly Found[],
  path: string,
  level: Level,
  folder: vscode.Uri,
): Promise<boolean> {
  const count = `${found.length} ${found.length === 1 ? 'finding' : 'findings'}`;
  const items: (vscode.QuickPickItem & { readonly each?: Found })[] = [
    { label: `$(arrow-up) Check ${path} as ${level}`, description: count },
    ...found.map((each) => ({
      label: each.message.split('\n', 1)[0] ?? '',
      description: `${each.file}:${each.range.start.line + 1}`,
      detail: each.rule ?? '',
      each,
    })),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: `${level} would report ${count}`,
    placeHolder: 'Choose a finding to look at it',
  });
  if (!picked?.each) return picked !== undefined;
  const { file, range } = picked.each;
  const at = new vscode.Position(range.start.line, range.start.character);
  await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, file), {
    selection: new vscode.Range(at, at),
  });
  return false;
}

async function apply(
  files: readonly vscode.Uri[],
  texts: readonly string[],
  level: Exclude<Level, 'off'>,
): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  // Many files at once are shown in the refactoring preview before they change.
  const needsConfirmation = files.length > 1;
  for (const [index, file] of files.entries()) {
    const text = texts[index] ?? '';
    const document = await vscode.workspace.openTextDocument(file);
    const whole = new vscode.Range(
      new vscode.Position(0, 0),
      document.positionAt(document.getText().length),
    );
    edit.replace(file, whole, atLevel(text, level), {
      needsConfirmation,
      label: `Check as ${level}`,
    });
  }
  await vscode.workspace.applyEdit(edit);
}
