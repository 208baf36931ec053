import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { TestApi } from '#client/testApi.ts';
import {
  closeAllEditors,
  diagnosticsOf,
  extensionApi,
  openDocument,
  panelCall,
  query,
  ruleOf,
  runThat,
  settled,
  workspaceFile,
} from './harness.ts';

suite("the engine's native library is missing", () => {
  let api: TestApi;
  let elsewhere: string;
  const bundles = join(process.env.STRATA_HOST_EXTENSION!, 'dist');

  suiteSetup(async () => {
    api = await extensionApi();
    // Far from node_modules nothing resolves: what a broken installation looks like to the engine.
    elsewhere = mkdtempSync(join(tmpdir(), 'strata-engine-'));
    cpSync(bundles, elsewhere, { recursive: true });
    await api.startEngineFrom(join(elsewhere, 'engine.js'));
  });
  suiteTeardown(async () => {
    await api.startEngineFrom(join(bundles, 'engine.js'));
    rmSync(elsewhere, { recursive: true, force: true });
    await closeAllEditors();
  });

  test('a query says why it cannot run and what still works', async () => {
    const runId = await query(['orders.csv'], 'SELECT * FROM orders');
    const run = await runThat(api, 'the run settles', settled(runId));
    assert.equal(run.status, 'failed');
    assert.equal(run.failure?.kind, 'unavailable');
    assert.equal(run.text, 'SELECT * FROM orders');
    const message = api.messages().findLast(({ id }) => id === 'engine.unavailable');
    assert.match(message?.text ?? '', /^Queries can't run: /);
    assert.match(message?.text ?? '', /the buffer inspector (still work|work without it)/);
    assert.doesNotMatch(message?.text ?? '', /\n|\bat .*:\d+:\d+/);
  });

  test('Python is checked', async () => {
    await closeAllEditors();
    const { uri } = await openDocument('packets.py');
    await diagnosticsOf(uri, 'struct-size', (all) =>
      all.some((diagnostic) => ruleOf(diagnostic) === 'struct-size'),
    );
  });

  test('arrays open', async () => {
    const read = panelCall(
      api,
      'elements are read',
      ({ method, phase }) => method === 'readElements' && phase === 'answered',
    );
    await vscode.commands.executeCommand('vscode.open', workspaceFile('readings.npy'));
    await read;
  });

  test('queries run again once the library is back', async () => {
    await api.startEngineFrom(join(bundles, 'engine.js'));
    const runId = await query(['orders.csv'], 'SELECT count(*) AS n FROM orders');
    const run = await runThat(api, 'the run settles', settled(runId));
    assert.equal(run.status, 'done', JSON.stringify(run.failure));
  });
});
