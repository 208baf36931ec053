import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '#client/testApi.ts';
import {
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

suite('a workspace without trust', () => {
  let api: TestApi;
  suiteSetup(async () => {
    assert.equal(vscode.workspace.isTrusted, false, 'the folder is open without trust');
    api = await extensionApi();
  });

  test('Python is checked by our own rules', async () => {
    const { uri } = await openDocument('packets.py');
    await diagnosticsOf(uri, 'struct-size', (all) =>
      all.some((diagnostic) => ruleOf(diagnostic) === 'struct-size'),
    );
  });

  test('the inspector opens arrays', async () => {
    const read = panelCall(
      api,
      'elements are read',
      ({ method, phase }) => method === 'readElements' && phase === 'answered',
    );
    await vscode.commands.executeCommand('vscode.open', workspaceFile('weights.npy'));
    await read;
  });

  test('a copy is not timed: the script is shown, and not run', async () => {
    const written = panelCall(
      api,
      'the script is there',
      ({ method, phase }) => method === 'timeCopy' && phase === 'answered',
    );
    await vscode.commands.executeCommand('strata.timeCopy');
    await written;
    const script = vscode.workspace.textDocuments.find((document) =>
      document.getText().includes('tracemalloc'),
    );
    assert.equal(script?.languageId, 'python');
    const refused = api.liveFailures().length;
    await vscode.commands.executeCommand('strata.inspectBuffer', { name: 'data' });
    assert.match(api.liveFailures()[refused] ?? '', /needs a trusted workspace/);
  });

  test('tables open', async () => {
    const read = panelCall(
      api,
      'rows are read',
      ({ panel, method, phase }) =>
        panel === 'table' && method === 'readRows' && phase === 'answered',
    );
    await vscode.commands.executeCommand('vscode.open', workspaceFile('transactions.parquet'));
    await read;
  });

  test('queries read files', async () => {
    const runId = await query(['orders.csv'], 'SELECT count(*) AS n FROM orders');
    const run = await runThat(api, 'the run settles', settled(runId));
    assert.equal(run.status, 'done', JSON.stringify(run.failure));
  });

  test('data is shown, and SQL is checked and run', async () => {
    assert.ok((await api.dataView()).includes('orders.csv csv'));
    const content = 'SELECT nothing_of_it FROM csv.`orders.csv`';
    const document = await vscode.workspace.openTextDocument({ language: 'spark-sql', content });
    await vscode.window.showTextDocument(document);
    await diagnosticsOf(document.uri, 'the column is unknown', (all) =>
      all.some((each) => ruleOf(each).startsWith('UNRESOLVED_COLUMN')),
    );
    const ids = await vscode.commands.executeCommand<readonly number[]>('strata.runSql', {
      text: 'SELECT count(*) AS n FROM csv.`orders.csv`',
    });
    const run = await runThat(api, 'the run settles', settled(ids[0] ?? 0));
    assert.equal(run.status, 'done', JSON.stringify(run.failure));
  });

  test('settings of the workspace that need trust are ignored', () => {
    const value = vscode.workspace.getConfiguration('strata').get('typing.pythonVersion');
    assert.equal(value, '', 'the folder sets 3.8 in its .vscode/settings.json');
  });
});
