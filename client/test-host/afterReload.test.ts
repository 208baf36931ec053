import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '#client/testApi.ts';
import { extensionApi, openTabs, panelCall, runThat, settled, until } from './harness.ts';
import { BY_ID, FAILED, firstIds, runOf, SORTED } from './reloading.ts';

suite('after a reload of the window', () => {
  let api: TestApi;
  suiteSetup(async () => {
    api = await extensionApi();
  });

  test('the panel is there, and shows the result sorted as it was', async () => {
    await until(
      'the tab of the panel',
      (check) => [vscode.window.tabGroups.onDidChangeTabs(check)],
      () => (openTabs().some((tab) => tab.startsWith('Strata Results')) ? true : undefined),
    );
    const run = runOf(await api.runs(), SORTED);
    assert.equal(run.status, 'done', JSON.stringify(run));
    assert.deepEqual(run.arrangement, BY_ID);
    // It is the panel that sorts what it shows; it may have done so before this test began.
    const sorting = panelCall(
      api,
      'the panel sorts',
      ({ panel, method, phase }) =>
        panel === 'results' && method === 'arrangeRun' && phase === 'answered',
    ).then(() => firstIds(api, run.runId));
    const now = await firstIds(api, run.runId);
    const ids = isDescending(now) ? now : await sorting;
    void sorting.catch(() => undefined);
    assert.ok(isDescending(ids) && (ids[0] ?? 0) > 1005, ids.join());
    assert.equal(api.jobs().filter(({ text }) => text === SORTED).length, 1);
  });

  test('the history has what ran, and runs it again', async () => {
    assert.deepEqual(
      api.jobs().map(({ text, status }) => [text, status]),
      [
        [FAILED, 'failed'],
        [SORTED, 'done'],
      ],
    );
    const failed = runOf(await api.runs(), FAILED);
    assert.equal(failed.status, 'failed');
    assert.equal(failed.failure?.kind, 'spark');
    const [job] = api.jobs();
    await vscode.commands.executeCommand('strata.runJobAgain', { kind: 'job', id: job?.id });
    const again = await runThat(
      api,
      'it runs again',
      (run) => settled(failed.runId)(run) && api.jobs().length === 3,
    );
    assert.equal(again.status, 'failed');
  });
});

function isDescending(ids: readonly number[]): boolean {
  return ids.every((id, index) => index === 0 || id < (ids[index - 1] ?? 0));
}
