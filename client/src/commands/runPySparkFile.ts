/** "Run PySpark File", and a look at one DataFrame of it: both in one terminal, on the engine of the queries. */
import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import type { ScriptToRun } from '../frames/runScript.ts';
import { ScriptTerminal } from '../frames/scriptTerminal.ts';
import type { ScriptPlace } from '../runRequest.ts';
import type { Workbench } from '../workbench.ts';
import { fileExists } from '../fileExists.ts';

interface Opened {
  readonly terminal: vscode.Terminal;
  readonly script: ScriptTerminal;
}

let opened: Opened | undefined;
/** Ends what runs, and resolves when it has. */
let endRunning: (() => Promise<void>) | undefined;

/** From the explorer, a title bar or the palette; a file that is not saved is saved first, as a run reads it. */
export async function runPySparkFile(workbench: Workbench, first?: unknown): Promise<void> {
  const uri = first instanceof vscode.Uri ? first : vscode.window.activeTextEditor?.document.uri;
  await run(workbench, uri, undefined);
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
  await run(workbench, vscode.Uri.parse(uri), { line, action: look });
}

/** What a job or a tab of the results came from: the file, or the line of it that was looked at. */
export async function runScriptAgain(workbench: Workbench, place: ScriptPlace): Promise<void> {
  const { uri, line, isWhole } = place;
  const at = isWhole ? undefined : ({ line, action: 'show' } as const);
  await run(workbench, vscode.Uri.parse(uri), at);
}

async function run(
  workbench: Workbench,
  uri: vscode.Uri | undefined,
  at: ScriptToRun['at'],
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
  // An editor may not know yet what another program has just written.
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  const place = await placeOf(uri, text, folder);
  const { runScript } = await import('../frames/runScript.ts');
  await endRunning?.();
  const { terminal, script } = theTerminal();
  terminal.show(true);
  const abort = new AbortController();
  const interrupted = script.onInterrupt(() => abort.abort());
  const toRun = { uri, text, folder: place, ...(at ? { at } : {}) };
  script.rule(at ? `▶ ${basename(uri.fsPath)}, line ${at.line + 1}` : `▶ ${basename(uri.fsPath)}`);
  let output = '';
  const terminalOf = (write: (text: string) => void) => (text: string) => {
    output += text;
    write(text);
  };
  const print = terminalOf((text) => {
    script.print(text);
  });
  const remark = terminalOf((text) => {
    script.remark(text);
  });
  const running = runScript(workbench, toRun, { print, remark }, abort.signal);
  endRunning = async () => {
    abort.abort();
    await running.catch(() => undefined);
  };
  try {
    const code = await running;
    const how = code === undefined ? 'cancelled' : code === 0 ? 'done' : `exit code ${code}`;
    script.rule(how);
    workbench.scriptEnded({ code, output });
  } finally {
    interrupted.dispose();
    endRunning = undefined;
  }
}

/** Paths in a script are relative to the file's folder where that has the data, else to the workspace's. */
async function placeOf(uri: vscode.Uri, text: string, folder: string): Promise<string> {
  const own = dirname(uri.fsPath);
  const paths = [...text.matchAll(/["']([\w./-]+\.(?:csv|json|parquet))["']/g)].map(
    ([, path = '']) => path,
  );
  for (const path of paths) {
    const here = await fileExists(vscode.Uri.file(`${own}/${path}`));
    if (here) return own;
  }
  return folder;
}

function theTerminal(): Opened {
  if (opened && opened.terminal.exitStatus === undefined) return opened;
  const script = new ScriptTerminal();
  const iconPath = new vscode.ThemeIcon('play');
  const terminal = vscode.window.createTerminal({ name: 'PySpark', pty: script, iconPath });
  opened = { terminal, script };
  return opened;
}
