/** The course's files in a folder of the user's, the steps of the walkthrough, and the pages on Spark's ideas. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { TestApi } from '#client/testApi.ts';
import { closeAllEditors, extensionApi, openTabs, panelCall, runThat, until } from './harness.ts';

const activeTab = () => vscode.window.tabGroups.activeTabGroup.activeTab;

suite('course', () => {
  let folder: string;
  let api: TestApi;
  suiteSetup(async () => {
    api = await extensionApi();
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

  test('a step whose mistake was repaired offers to begin anew', async () => {
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    const text = editor.document.getText();
    const whole = new vscode.Range(0, 0, editor.document.lineCount, 0);
    await editor.edit((edit) => edit.replace(whole, text.replaceAll('lable', 'label')));
    await vscode.commands.executeCommand('strata.tryExample', 'typeMistake');
    const message = api.messages().at(-1);
    assert.equal(message?.id, 'walkthrough.changed');
    await message.button?.run();
    const shown = vscode.window.activeTextEditor;
    assert.equal(shown?.document.getText(), text);
    assert.match(shown.document.lineAt(shown.selection.active.line).text, /def lable/);
    await shown.document.save();
  });

  test('arrays of a step open in the inspector, also one that lies', async () => {
    for (const [step, file] of [
      ['strides', /matrix_be_fortran\.npy$/],
      ['lyingFile', /broken_shape\.npy$/],
    ] as const) {
      await vscode.commands.executeCommand('strata.tryExample', step);
      const input = activeTab()?.input;
      assert.ok(input instanceof vscode.TabInputCustom);
      assert.match(input.uri.path, file);
    }
  });

  test('a step has the light bulb ready, and another the hover, at the place that they are about', async () => {
    for (const [step, file, text] of [
      ['typeFix', /inventory\.py$/, /lable/],
      ['structFormat', /packets\.py$/, /"QdQ"/],
    ] as const) {
      await vscode.commands.executeCommand('strata.tryExample', step);
      const editor = vscode.window.activeTextEditor;
      assert.match(editor?.document.uri.path ?? '', file);
      assert.match(editor?.document.lineAt(editor.selection.active.line).text ?? '', text);
    }
  });

  test('a step runs a query, and the next shows its plan', async () => {
    const before = Math.max(0, ...(await api.runs()).map(({ runId }) => runId));
    const planned = panelCall(
      api,
      'the panel asks for the plan',
      ({ panel, method, phase }) =>
        panel === 'results' && method === 'explainRun' && phase === 'answered',
    );
    await vscode.commands.executeCommand('strata.tryExample', 'query');
    const run = await runThat(
      api,
      'the query of the step',
      ({ runId, status }) => before < runId && status !== 'queued' && status !== 'running',
    );
    assert.equal(run.status, 'done', JSON.stringify(run.failure));
    assert.deepEqual(
      run.schema.map(({ name }) => name),
      ['product_category', 'sales', 'revenue'],
    );
    await vscode.commands.executeCommand('strata.tryExample', 'plan');
    await planned;
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
