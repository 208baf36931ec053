/** Queries are jobs: listed, run again, and kept when their tab is closed. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '../src/testApi.ts';
import {
  closeAllEditors,
  extensionApi,
  panelCall,
  query,
  runThat,
  settled,
  until,
  workspaceFile,
} from './harness.ts';

suite('jobs', () => {
  let api: TestApi;
  suiteSetup(async () => {
    api = await extensionApi();
  });
  suiteTeardown(closeAllEditors);

  test('a query is listed with its data and rows, and runs again as a job of its own', async () => {
    const runId = await query(['orders.csv'], 'SELECT count(*) FROM orders');
    await runThat(api, 'the query ends', settled(runId));
    const [job] = api.jobs();
    assert.ok(job);
    assert.deepEqual(
      [job.status, job.rowCount, job.runId, job.views.map(({ name }) => name)],
      ['done', 1, runId, ['orders']],
    );
    await vscode.commands.executeCommand('strata.jobs.focus');
    const before = api.jobs().length;
    await vscode.commands.executeCommand('strata.runJobAgain', { kind: 'job', id: job.id });
    await runThat(api, 'it ends again', settled(runId));
    assert.equal(api.jobs().length, before + 1);
  });

  test('its text opens as Spark SQL', async () => {
    const [job] = api.jobs();
    await vscode.commands.executeCommand('strata.openJobQuery', { kind: 'job', id: job?.id });
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.languageId, 'spark-sql');
    assert.equal(document.getText(), 'SELECT count(*) FROM orders');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  test('its plan opens in the results panel', async () => {
    const asked = panelCall(
      api,
      'the panel asks for the plan',
      ({ panel, method, phase }) =>
        panel === 'results' && method === 'explainRun' && phase === 'answered',
    );
    // A panel that shows plans asks for that of a new query by itself.
    const runId = await query(['orders.csv'], 'SELECT count(*) FROM orders');
    const job = api.jobs().find((each) => each.runId === runId);
    await vscode.commands.executeCommand('strata.openJobPlan', { kind: 'job', id: job?.id });
    await asked;
  });

  test('its source is revealed where it stands now, and what is gone opens as it ran', async () => {
    const file = workspaceFile('jobs.sparksql');
    const text = 'SELECT 1 AS one;\n\nSELECT count(*) AS n FROM orders;\n';
    await vscode.workspace.fs.writeFile(file, Buffer.from(text));
    const editor = await vscode.window.showTextDocument(file);
    editor.selection = new vscode.Selection(2, 3, 2, 3);
    const [runId = 0] = await vscode.commands.executeCommand<readonly number[]>('strata.runSql');
    await runThat(api, 'the query ends', settled(runId));
    const edit = new vscode.WorkspaceEdit();
    edit.insert(file, new vscode.Position(0, 0), '-- first\n\n');
    await vscode.workspace.applyEdit(edit);
    await editor.document.save();
    await closeAllEditors();
    const node = { kind: 'job', id: api.jobs()[0]?.id };
    await vscode.commands.executeCommand('strata.revealJobSource', node);
    const shown = vscode.window.activeTextEditor;
    assert.equal(shown?.document.uri.toString(), file.toString());
    assert.equal(shown.document.getText(shown.selection), 'SELECT count(*) AS n FROM orders');
    await vscode.workspace.fs.writeFile(file, Buffer.from('SELECT 2;\n'));
    await until(
      'the editor follows the file',
      (check) => [vscode.workspace.onDidChangeTextDocument(check)],
      () => (shown.document.getText().startsWith('SELECT 2') ? true : undefined),
    );
    await vscode.commands.executeCommand('strata.revealJobSource', node);
    assert.equal(
      vscode.window.activeTextEditor?.document.getText(),
      'SELECT count(*) AS n FROM orders',
    );
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await closeAllEditors();
    await vscode.workspace.fs.delete(file);
  });

  test('one can be taken from the list', async () => {
    const [job] = api.jobs();
    await vscode.commands.executeCommand('strata.removeJob', { kind: 'job', id: job?.id });
    assert.ok(api.jobs().every(({ id }) => id !== job?.id));
  });

  test('clearing takes all that are over, and their rows on disk', async () => {
    const runId = await query(['orders.csv'], 'SELECT order_id FROM orders');
    await runThat(
      api,
      'its first rows are kept',
      (run) => run.runId === runId && run.keptRowCount !== undefined,
    );
    const before = await api.keptResultNames();
    await vscode.commands.executeCommand('strata.clearJobs', true);
    assert.deepEqual(api.jobs(), []);
    assert.ok((await api.runs()).every((run) => run.runId !== runId));
    // What was taken from the list before has its tab, and its rows, until that is closed.
    const left = (await api.keptResultNames()).length;
    assert.ok(left < before.length, `${left} of ${before.length}`);
    assert.equal(left, (await api.runs()).filter(({ keptRowCount }) => keptRowCount).length);
  });
});
