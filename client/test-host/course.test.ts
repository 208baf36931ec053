/** The course's files in a folder of the user's, the steps of the walkthrough, and the pages on Spark's ideas. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { closeAllEditors, extensionApi, openTabs, until } from './harness.ts';

const activeTab = () => vscode.window.tabGroups.activeTabGroup.activeTab;

suite('course', () => {
  let folder: string;
  suiteSetup(async () => {
    await extensionApi();
    folder = mkdtempSync(join(tmpdir(), 'strata-course-'));
  });
  suiteTeardown(async () => {
    await closeAllEditors();
    rmSync(folder, { recursive: true, force: true });
  });
  const create = () =>
    vscode.commands.executeCommand<readonly string[] | undefined>(
      'strata.createCourseWorkspace',
      vscode.Uri.file(folder),
    );

  test('its files are written, and what the user has made of one stays', async () => {
    writeFileSync(join(folder, 'example.py'), 'mine = True\n');
    const written = await create();
    assert.ok(written);
    assert.ok(written.includes('exercises/1_gradual_typing/report.py'));
    assert.ok(!written.includes('example.py'));
    assert.equal(readFileSync(join(folder, 'example.py'), 'utf8'), 'mine = True\n');
    assert.equal(statSync(join(folder, 'data.bin')).size, 8_000_000);
    rmSync(join(folder, 'data_dir/first.txt'));
    assert.deepEqual(await create(), ['data_dir/first.txt']);
  });

  test('a step opens an array of its own', async () => {
    await vscode.commands.executeCommand('strata.tryExample', 'grid');
    const input = activeTab()?.input;
    assert.ok(input instanceof vscode.TabInputCustom);
    assert.match(input.uri.path, /examples\/weights\.npy$/);
  });

  test('a step shows the mistake in its line', async () => {
    await vscode.commands.executeCommand('strata.tryExample', 'typeMistake');
    const editor = vscode.window.activeTextEditor;
    assert.match(editor?.document.lineAt(editor.selection.active.line).text ?? '', /def lable/);
  });

  test('the walkthrough opens, and an idea is explained', async () => {
    await vscode.commands.executeCommand(
      'workbench.action.openWalkthrough',
      'strata.strata#getStarted',
    );
    assert.equal(activeTab()?.label, 'Welcome');
    await vscode.commands.executeCommand('strata.explainIdea', 'shuffle');
    await until(
      'the page',
      (check) => [vscode.window.tabGroups.onDidChangeTabs(check)],
      () => openTabs().find((tab) => tab.includes('shuffle.md')),
    );
  });
});
