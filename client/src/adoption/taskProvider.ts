/** Tasks of the type `strata`: `strata check` on a folder, once or on each change, read by the matcher `$strata`. */
import * as vscode from 'vscode';
import type { Workbench } from '../workbench.ts';

interface CheckTask extends vscode.TaskDefinition {
  readonly type: 'strata';
  readonly command: 'check';
  readonly args?: readonly string[];
  readonly watch?: boolean;
}

export function registerTasks(workbench: Workbench): vscode.Disposable {
  return vscode.tasks.registerTaskProvider('strata', {
    provideTasks: () =>
      (vscode.workspace.workspaceFolders ?? []).flatMap((folder) => [
        taskOf(workbench, folder, { type: 'strata', command: 'check' }),
        taskOf(workbench, folder, { type: 'strata', command: 'check', watch: true }),
      ]),
    resolveTask(task) {
      const definition = task.definition as CheckTask;
      const folder = typeof task.scope === 'object' ? task.scope : firstFolder();
      return folder ? taskOf(workbench, folder, definition) : undefined;
    },
  });
}

function taskOf(
  workbench: Workbench,
  folder: vscode.WorkspaceFolder,
  definition: CheckTask,
): vscode.Task {
  const args = [
    workbench.context.asAbsolutePath('dist/cli.js'),
    'check',
    ...(definition.args ?? ['.']),
    ...(definition.watch === true ? ['--watch'] : []),
  ];
  const task = new vscode.Task(
    definition,
    folder,
    definition.watch === true ? 'check on each change' : 'check',
    'strata',
    new vscode.ProcessExecution(process.execPath, args, {
      cwd: folder.uri.fsPath,
      env: { ELECTRON_RUN_AS_NODE: '1' },
    }),
    definition.watch === true ? '$strata-watch' : '$strata',
  );
  task.isBackground = definition.watch === true;
  task.group = vscode.TaskGroup.Test;
  return task;
}

function firstFolder(): vscode.WorkspaceFolder | undefined {
  return vscode.workspace.workspaceFolders?.[0];
}
