/** A mistake that is typed, seen and repaired by the light bulb; and what helps a project to become typed. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAllEditors, diagnosticsOf, extensionApi, openDocument, ruleOf } from './harness.ts';

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

  test('offers strata check as a task', async () => {
    const tasks = await vscode.tasks.fetchTasks({ type: 'strata' });
    assert.deepEqual(tasks.map(({ name }) => name).sort(), ['check', 'check on each change']);
    assert.ok(tasks.every(({ execution }) => execution instanceof vscode.ProcessExecution));
  });

  test('shows the tree of what is worth annotating next', async () => {
    await vscode.commands.executeCommand('strata.coverage.focus');
    await vscode.commands.executeCommand('strata.refreshCoverage');
    await openDocument('inventory.py');
    await vscode.commands.executeCommand('strata.toggleCoverageMarks');
  });
});
