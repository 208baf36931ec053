import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '#client/testApi.ts';
import { extensionApi, query, runThat, settled, workspaceFile } from './harness.ts';
import { ENDLESS } from './endless.ts';
import { allViews, jobThat, LATER, ONE, tell, told, TWO } from './twoWindows.ts';

suite('the first of two windows', () => {
  let api: TestApi;
  let own = 0;
  suiteSetup(async () => {
    api = await extensionApi();
  });

  test('runs a query, and lists that of the other', async () => {
    own = await query(['orders.csv'], ONE);
    assert.equal((await runThat(api, 'it ends', settled(own))).status, 'done');
    const job = await jobThat(
      api,
      'the query of the other',
      ({ text, status }) => text === TWO && status === 'done',
    );
    assert.deepEqual([job.rowCount, job.runId], [1, undefined]);
    await vscode.commands.executeCommand('strata.openJobResult', { kind: 'job', id: job.id });
    assert.match(api.messages().at(-1)?.text ?? '', /ran in another window on this workspace/);
  });

  test('adds views at the same time', async () => {
    for (const name of ['one_1', 'one_2', 'one_3'])
      await vscode.commands.executeCommand('strata.addAsView', workspaceFile('orders.csv'), name);
    await allViews(api);
  });

  test('keeps what runs and what it shows when the other clears the list', async () => {
    const endless = await query(['measurements.csv'], ENDLESS);
    await runThat(api, 'it runs', ({ runId, status }) => runId === endless && status === 'running');
    await told('cleared');
    await jobThat(api, 'the list is shorter', () => api.jobs().every(({ text }) => text !== ONE));
    assert.deepEqual(
      api.jobs().map(({ text, status }) => [text, status]),
      [[ENDLESS, 'running']],
    );
    assert.equal((await api.readPage(own, 0, 10)).rowCount, 1);
    await vscode.commands.executeCommand('strata.cancelQuery');
    await runThat(api, 'it is cancelled', settled(endless));
    const later = await query(['orders.csv'], LATER);
    assert.equal((await runThat(api, 'the next', settled(later))).status, 'done');
    tell('seen');
    await told('ended');
  });
});
