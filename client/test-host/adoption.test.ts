/** A mistake that is typed, seen and repaired by the light bulb; and what helps a project to become typed. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  closeAllEditors,
  diagnosticsOf,
  extensionApi,
  openDocument,
  ruleOf,
  workspaceFile,
} from './harness.ts';

suite('adoption', () => {
  suiteSetup(async () => {
    await extensionApi();
  });
  suiteTeardown(closeAllEditors);

  test('a mistake that is typed is seen, and repaired by the light bulb', async () => {
    const document = await openDocument('inventory.py');
    const { uri } = document;
    const before = document.getText();
    const end = document.positionAt(before.length);
    const typed = new vscode.WorkspaceEdit();
    typed.insert(uri, end, '\n\ndef late(x: int = None) -> None: ...\n');
    await vscode.workspace.applyEdit(typed);
    const isNew = (each: vscode.Diagnostic) =>
      ruleOf(each) === 'reportArgumentType' && each.range.start.line > end.line;
    const found = await diagnosticsOf(uri, 'the new error', (all) => all.some(isNew));
    const error = found.find(isNew);
    assert.ok(error);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      error.range,
    );
    const fix = actions.find(({ title }) => title === 'Change the type to "int | None"');
    assert.ok(fix?.edit, actions.map(({ title }) => title).join('\n'));
    await vscode.workspace.applyEdit(fix.edit);
    assert.ok(document.getText().includes('x: int | None = None'));
    await diagnosticsOf(uri, 'no such error', (all) => !all.some(isNew));
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  test('offers strata check, and the files of Spark SQL, as tasks', async () => {
    const names = async () =>
      (await vscode.tasks.fetchTasks({ type: 'strata' })).map(({ name }) => name).sort();
    assert.deepEqual(await names(), ['check', 'check on each change']);
    const write = (name: string) =>
      vscode.workspace.fs.writeFile(workspaceFile(name), Buffer.from('SELECT 1 AS one;\n'));
    await write('tasks/of spark.sparksql');
    await write('plain.sql');
    await write('other.sql');
    await openDocument('plain.sql');
    assert.deepEqual(await names(), [
      'check',
      'check on each change',
      'run plain.sql',
      'run tasks/of spark.sparksql',
    ]);
    assert.equal(await codeOf('run tasks/of spark.sparksql'), 0);
    await closeAllEditors();
    for (const name of ['tasks', 'plain.sql', 'other.sql'])
      await vscode.workspace.fs.delete(workspaceFile(name), { recursive: true });
  });

  test('runs a query of tasks.json, writes its rows, and marks the place of an error', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    const write = (name: string, text: string) =>
      vscode.workspace.fs.writeFile(workspaceFile(name), Buffer.from(text));
    await write('task.spark.sql', 'SELECT 1;\nSELECT nme FROM customers;\n');
    const tasks = [
      {
        type: 'strata',
        label: 'write customers',
        query: 'SELECT count(*) AS n FROM c',
        views: { c: 'customers.csv' },
        output: 'counted.json',
      },
      {
        type: 'strata',
        label: 'fail',
        file: 'task.spark.sql',
        views: { customers: 'customers.csv' },
        problemMatcher: '$strata-sql',
      },
    ];
    await write('.vscode/tasks.json', JSON.stringify({ version: '2.0.0', tasks }));
    assert.equal(await codeOf('write customers'), 0);
    const written = await vscode.workspace.fs.readFile(workspaceFile('counted.json'));
    assert.match(Buffer.from(written).toString(), /^\{"n":\d+\}\n$/);
    assert.equal(await codeOf('fail'), 1);
    const uri = workspaceFile('task.spark.sql');
    const isMatched = ({ source, range }: vscode.Diagnostic) =>
      source === 'strata' && range.start.line === 1 && range.start.character === 7;
    await diagnosticsOf(uri, 'the error of the task', (all) => all.some(isMatched));
    for (const name of ['counted.json', 'task.spark.sql', '.vscode/tasks.json'])
      await vscode.workspace.fs.delete(workspaceFile(name));
  });

  test('shows the tree of what is worth annotating next', async () => {
    await vscode.commands.executeCommand('strata.coverage.focus');
    await vscode.commands.executeCommand('strata.refreshCoverage');
    await openDocument('inventory.py');
    await vscode.commands.executeCommand('strata.toggleCoverageMarks');
  });
});

/** Runs a task of tasks.json to its end; the file is read when VS Code has noticed it. */
async function codeOf(label: string): Promise<number | undefined> {
  for (;;) {
    const task = (await vscode.tasks.fetchTasks()).find(({ name }) => name === label);
    if (!task) continue;
    return new Promise((resolve) => {
      const ended = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
        if (execution.task.name !== label) return;
        ended.dispose();
        resolve(exitCode);
      });
      void vscode.tasks.executeTask(task);
    });
  }
}
