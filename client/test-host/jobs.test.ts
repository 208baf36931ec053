/** Queries are jobs: listed, run again, and kept when their tab is closed. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '../src/testApi.ts';
import { closeAllEditors, extensionApi, query, runThat, settled } from './harness.ts';

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

  test('one can be taken from the list', async () => {
    const [job] = api.jobs();
    await vscode.commands.executeCommand('strata.removeJob', { kind: 'job', id: job?.id });
    assert.ok(api.jobs().every(({ id }) => id !== job?.id));
  });
});
