/**
 * What a step of the walkthrough does: something real, on a copy of a bundled example, after which the step is done.
 *
 * Copies, because what is edited in the extension's own folder is lost with its next version.
 */
import * as vscode from 'vscode';
import { basename } from 'node:path/posix';
import type { Workbench } from '../workbench.ts';
import { fileExists } from '../fileExists.ts';

type Act = (uri: vscode.Uri, workbench: Workbench, example: vscode.Uri) => Thenable<unknown>;

interface Step {
  readonly file: string;
  readonly act: Act;
}

/** By the id of the step in package.json's walkthrough; `strata.tried.<id>` marks it done there. */
const steps: Readonly<Record<string, Step>> = {
  typeMistake: { file: 'inventory.py', act: showLine('def lable') },
  typeFix: { file: 'inventory.py', act: showLine('lable', 'editor.action.quickFix') },
  structFormat: {
    file: 'packets.py',
    act: showLine('"QdQ"', 'editor.action.showHover'),
  },
  grid: { file: 'weights.npy', act: inspect },
  strides: { file: 'matrix_be_fortran.npy', act: inspect },
  lyingFile: { file: 'broken_shape.npy', act: inspect },
  query: { file: 'transactions.csv', act: ask },
  plan: { file: 'transactions.csv', act: showPlan },
};

export async function tryExample(workbench: Workbench, given?: unknown): Promise<void> {
  const id = typeof given === 'string' ? given : '';
  const step = steps[id];
  if (!step) return;
  const example = vscode.Uri.joinPath(workbench.context.extensionUri, 'examples', step.file);
  await step.act(await copyOf(workbench, step.file, example), workbench, example);
  await vscode.commands.executeCommand('setContext', `strata.tried.${id}`, true);
}

/** The user's own copy of an example, with what was tried in it before. */
async function copyOf(
  { context }: Workbench,
  file: string,
  example: vscode.Uri,
): Promise<vscode.Uri> {
  const folder = vscode.Uri.joinPath(context.globalStorageUri, 'examples');
  const target = vscode.Uri.joinPath(folder, file);
  if (await fileExists(target)) return target;
  await vscode.workspace.fs.createDirectory(folder);
  await vscode.workspace.fs.copy(example, target, { overwrite: true });
  return target;
}

/** Opens the file with the cursor in the first place that has the text, and calls a command of the editor there. */
function showLine(text: string, command?: string): Act {
  const act: Act = async (uri, workbench, example) => {
    const document = await vscode.workspace.openTextDocument(uri);
    const index = document.getText().indexOf(text);
    if (index < 0) {
      await vscode.window.showTextDocument(document);
      workbench.messages.show({
        id: 'walkthrough.changed',
        severity: 'info',
        text: `Your copy of ${basename(uri.path)} has been changed: what this step shows is no longer in it.`,
        button: {
          label: 'Begin Anew',
          run: async () => {
            await restore(document, example);
            await act(uri, workbench, example);
          },
        },
      });
      return;
    }
    const at = document.positionAt(index + 1);
    const editor = await vscode.window.showTextDocument(document, {
      selection: new vscode.Range(at, at),
    });
    editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenter);
    if (command !== undefined) await vscode.commands.executeCommand(command);
  };
  return act;
}

/** The example as it was, as an edit that can be undone. */
async function restore(document: vscode.TextDocument, example: vscode.Uri): Promise<void> {
  const bytes = await vscode.workspace.fs.readFile(example);
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, whole, Buffer.from(bytes).toString('utf8'));
  await vscode.workspace.applyEdit(edit);
}

function inspect(uri: vscode.Uri): Thenable<unknown> {
  return vscode.commands.executeCommand('strata.openInInspector', uri);
}

function ask(uri: vscode.Uri): Thenable<number | undefined> {
  return vscode.commands.executeCommand('strata.runSqlOnFile', {
    files: [uri.fsPath],
    query:
      'SELECT product_category, count(*) AS sales, round(sum(amount), 2) AS revenue\nFROM transactions WHERE amount > 0\nGROUP BY product_category ORDER BY revenue DESC',
  });
}

/** Of the query of the step before, or of what else was run last. */
async function showPlan(uri: vscode.Uri, workbench: Workbench): Promise<void> {
  const { runs, panel } = await workbench.queries();
  const runId = runs.selected ?? (await ask(uri));
  if (runId === undefined) return;
  runs.select(runId, 'plan');
  panel.show();
}
