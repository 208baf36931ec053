/**
 * Tasks of the type `strata`: a check of a folder, once or on each change, or a query of Spark SQL; each is the
 * command line's own, read by a matcher.
 */
import { isAbsolute, join, relative, sep } from 'node:path';
import * as vscode from 'vscode';
import type { Workbench } from '../workbench.ts';
import { queryArguments, type QueryTask } from './queryTask.ts';

interface CheckTask {
  readonly command?: 'check';
  readonly args?: readonly string[];
  readonly watch?: boolean;
}

const MOST_FILES = 50;

type StrataTask = vscode.TaskDefinition & (CheckTask | QueryTask);

export function registerTasks(workbench: Workbench): vscode.Disposable {
  return vscode.tasks.registerTaskProvider('strata', {
    provideTasks: async () => [
      ...(vscode.workspace.workspaceFolders ?? []).flatMap((folder) => [
        checkTask(workbench, folder, { type: 'strata', command: 'check' }),
        checkTask(workbench, folder, { type: 'strata', command: 'check', watch: true }),
      ]),
      ...(await Promise.all((await queryFiles()).map((uri) => fileTask(workbench, uri)))).filter(
        (task) => task !== undefined,
      ),
    ],
    resolveTask(task) {
      const definition = task.definition as StrataTask;
      const folder = typeof task.scope === 'object' ? task.scope : firstFolder();
      if (!folder) return undefined;
      return isQuery(definition)
        ? queryTask(workbench, folder, task.name, definition)
        : checkTask(workbench, folder, definition);
    },
  });
}

function isQuery(definition: StrataTask): definition is vscode.TaskDefinition & QueryTask {
  return 'query' in definition || 'file' in definition;
}

/** Files of Spark SQL, and the one that is open whatever its dialect: who runs it as a task says that it is Spark's. */
async function queryFiles(): Promise<readonly vscode.Uri[]> {
  const found = await vscode.workspace.findFiles(
    '**/*.{sparksql,spark.sql}',
    '**/{node_modules,.git,.venv,venv}/**',
    MOST_FILES,
  );
  const document = vscode.window.activeTextEditor?.document;
  const isSql = document?.languageId === 'sql' || document?.languageId === 'spark-sql';
  const open = isSql ? [document.uri] : [];
  const others = found.filter((uri) => open.every((each) => each.path !== uri.path));
  return [...open, ...others.sort((a, b) => (a.path < b.path ? -1 : 1))];
}

async function fileTask(workbench: Workbench, uri: vscode.Uri): Promise<vscode.Task | undefined> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (folder?.uri.scheme !== 'file' || uri.scheme !== 'file') return undefined;
  const file = relative(folder.uri.fsPath, uri.fsPath).split(sep).join('/');
  const definition = { type: 'strata', file };
  const task = await queryTask(workbench, folder, `run ${file}`, definition);
  task.detail = 'Runs its statements one after another and marks the one that fails';
  return task;
}

function checkTask(
  workbench: Workbench,
  folder: vscode.WorkspaceFolder,
  definition: vscode.TaskDefinition & CheckTask,
): vscode.Task {
  const watches = definition.watch === true;
  const args = ['check', ...(definition.args ?? ['.']), ...(watches ? ['--watch'] : [])];
  const task = new vscode.Task(
    definition,
    folder,
    watches ? 'check on each change' : 'check',
    'strata',
    strata(workbench, folder, args),
    watches ? '$strata-watch' : '$strata',
  );
  task.isBackground = watches;
  task.group = vscode.TaskGroup.Test;
  return task;
}

/** Views that the text names are there, as in an editor; those of the task go before. */
async function queryTask(
  workbench: Workbench,
  folder: vscode.WorkspaceFolder,
  name: string,
  definition: vscode.TaskDefinition & QueryTask,
): Promise<vscode.Task> {
  const { query = '', file } = definition;
  const text = file === undefined ? query : await textOf(folder, file);
  const inherited = await workbench.tables().viewsIn(text);
  const execution = strata(workbench, folder, queryArguments(definition, inherited));
  return new vscode.Task(definition, folder, name, 'strata', execution, '$strata-sql');
}

function strata(
  workbench: Workbench,
  folder: vscode.WorkspaceFolder,
  args: readonly string[],
): vscode.ProcessExecution {
  const cli = workbench.context.asAbsolutePath('dist/cli.js');
  return new vscode.ProcessExecution(process.execPath, [cli, ...args], {
    cwd: folder.uri.fsPath,
    env: { ELECTRON_RUN_AS_NODE: '1' },
  });
}

/** Empty where it can't be read: the command then says so. */
async function textOf(folder: vscode.WorkspaceFolder, file: string): Promise<string> {
  const path = isAbsolute(file) ? file : join(folder.uri.fsPath, file);
  try {
    return Buffer.from(await vscode.workspace.fs.readFile(vscode.Uri.file(path))).toString('utf8');
  } catch {
    return '';
  }
}

function firstFolder(): vscode.WorkspaceFolder | undefined {
  return vscode.workspace.workspaceFolders?.[0];
}
