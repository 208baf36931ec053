/** "Run PySpark File", and a look at one DataFrame of it: both in one terminal, by the command line's own `run`. */
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { ScriptTerminal } from '../frames/scriptTerminal.ts';
import type { Workbench } from '../workbench.ts';

interface Opened {
  readonly terminal: vscode.Terminal;
  readonly script: ScriptTerminal;
}

let opened: Opened | undefined;

/** From the explorer, a title bar or the palette; a file that is not saved is saved first, as a run reads it. */
export async function runPySparkFile(workbench: Workbench, first?: unknown): Promise<void> {
  const uri = first instanceof vscode.Uri ? first : vscode.window.activeTextEditor?.document.uri;
  await run(workbench, uri, []);
}

/** Of a lens: the file, the line of a statement from 0, and `show`, `schema` or `explain`. */
export async function lookAtFrame(
  workbench: Workbench,
  uri?: unknown,
  line?: unknown,
  action?: unknown,
): Promise<void> {
  if (typeof uri !== 'string' || typeof line !== 'number') return;
  const look = action === 'schema' || action === 'explain' ? action : 'show';
  await run(workbench, vscode.Uri.parse(uri), ['--at', String(line + 1), '--look', look]);
}

async function run(
  workbench: Workbench,
  uri: vscode.Uri | undefined,
  options: readonly string[],
): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    workbench.messages.show({
      id: 'frames.untrusted',
      severity: 'warning',
      text: 'A script may write files, so it runs in a trusted workspace only. Its checks, hovers and completions work here.',
      button: {
        label: 'Manage Trust',
        run: () => vscode.commands.executeCommand('workbench.trust.manage'),
      },
    });
    return;
  }
  if (uri?.scheme !== 'file' || !uri.path.endsWith('.py')) {
    workbench.messages.show({
      id: 'frames.noFile',
      severity: 'info',
      text: 'Open a Python file that is saved on disk, and run it from there.',
    });
    return;
  }
  await vscode.workspace.textDocuments
    .find((each) => each.uri.toString() === uri.toString())
    ?.save();
  const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath ?? dirname(uri.fsPath);
  const { terminal, script } = theTerminal(workbench);
  terminal.show(true);
  script.run([uri.fsPath, ...options], await placeOf(uri, folder));
}

/** Paths in a script are relative to the file's folder where that has the data, else to the workspace's. */
async function placeOf(uri: vscode.Uri, folder: string): Promise<string> {
  const own = dirname(uri.fsPath);
  const text = (await vscode.workspace.openTextDocument(uri)).getText();
  const paths = [...text.matchAll(/["']([\w./-]+\.(?:csv|json|parquet))["']/g)].map(
    ([, path = '']) => path,
  );
  for (const path of paths) {
    const here = await exists(vscode.Uri.file(`${own}/${path}`));
    if (here) return own;
  }
  return folder;
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

function theTerminal(workbench: Workbench): Opened {
  if (opened && opened.terminal.exitStatus === undefined) return opened;
  const script = new ScriptTerminal(workbench.context.asAbsolutePath('dist/cli.js'));
  const terminal = vscode.window.createTerminal({
    name: 'PySpark',
    pty: script,
    iconPath: new vscode.ThemeIcon('play'),
  });
  script.onEnd((end) => {
    workbench.scriptEnded(end);
  });
  opened = { terminal, script };
  return opened;
}
