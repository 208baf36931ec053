import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '#client/testApi.ts';
import { extensionApi, query, runThat, settled, workspaceFile } from './harness.ts';
import { ENDLESS } from './endless.ts';
import { allViews, jobThat, LATER, ONE, tell, told, TWO } from './twoWindows.ts';

suite('the second of two windows', () => {
  let api: TestApi;
  let own = 0;
  suiteSetup(async () => {
    api = await extensionApi();
  });

  test('runs a query, and lists that of the other', async () => {
    own = await query(['orders.csv'], TWO);
    assert.equal((await runThat(api, 'it ends', settled(own))).status, 'done');
    await jobThat(
      api,
      'the query of the other',
      ({ text, status }) => text === ONE && status === 'done',
    );
  });

  test('adds views at the same time', async () => {
    for (const name of ['two_1', 'two_2', 'two_3'])
      await vscode.commands.executeCommand('strata.addAsView', workspaceFile('orders.csv'), name);
    await allViews(api);
  });

  test('clears the list, in which what runs elsewhere stays', async () => {
    const running = await jobThat(
      api,
      'what the other runs',
      ({ text, status }) => text === ENDLESS && status === 'running',
    );
    assert.equal(running.isElsewhere, true);
    await vscode.commands.executeCommand('strata.clearJobs', true);
    assert.deepEqual(
      api.jobs().map(({ id }) => id),
      [running.id],
    );
    tell('cleared');
    await jobThat(
      api,
      'it is cancelled there',
      ({ id, status }) => id === running.id && status === 'cancelled',
    );
    await told('seen');
    await jobThat(
      api,
      'the next of the other',
      ({ text, status }) => text === LATER && status === 'done',
    );
    const again = await query(['orders.csv'], TWO);
    assert.equal((await runThat(api, 'its own go on', settled(again))).status, 'done');
    tell('ended');
  });
});
