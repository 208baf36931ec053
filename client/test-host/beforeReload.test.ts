import assert from 'node:assert/strict';
import type { TestApi } from '#client/testApi.ts';
import { extensionApi, query, runThat, settled } from './harness.ts';
import { BY_ID, FAILED, firstIds, SORTED } from './reloading.ts';

suite('before a reload of the window', () => {
  let api: TestApi;
  suiteSetup(async () => {
    api = await extensionApi();
  });

  test('a result is kept, and sorted', async () => {
    const runId = await query(['orders.csv'], SORTED);
    await runThat(
      api,
      'its rows are kept',
      (run) => run.runId === runId && run.keptRowCount !== undefined && run.complete,
    );
    await api.arrange(runId, BY_ID);
    const ids = await firstIds(api, runId);
    assert.deepEqual(
      ids,
      ids.toSorted((a, b) => b - a),
    );
    assert.ok((ids[0] ?? 0) > 1005, ids.join());
  });

  test('a query fails', async () => {
    const runId = await query(['orders.csv'], FAILED);
    assert.equal((await runThat(api, 'it fails', settled(runId))).status, 'failed');
  });
});
