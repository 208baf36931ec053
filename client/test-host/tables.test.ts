import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '#client/testApi.ts';
import {
  closeAllEditors,
  extensionApi,
  livePid,
  openTabs,
  panelCall,
  until,
  workspaceFile,
  working,
} from './harness.ts';

suite('table editor', () => {
  let api: TestApi;
  suiteSetup(async () => {
    api = await extensionApi();
  });
  teardown(closeAllEditors);

  const answered = (method: string) =>
    panelCall(
      api,
      `${method} is answered`,
      (call) => call.panel === 'table' && call.method === method && call.phase === 'answered',
    );

  test('opens Parquet by default and reads its rows', async () => {
    const read = answered('readRows');
    await vscode.commands.executeCommand('vscode.open', workspaceFile('transactions.parquet'));
    await read;
    assert.deepEqual(openTabs(), ['transactions.parquet strata.tableEditor']);
  });

  test('opens CSV through "Open With…", and leaves its text editor the default', async () => {
    const read = answered('readRows');
    const file = workspaceFile('orders.csv');
    await vscode.commands.executeCommand('vscode.openWith', file, 'strata.tableEditorAny');
    await read;
    assert.deepEqual(openTabs(), ['orders.csv strata.tableEditorAny']);
    await closeAllEditors();
    await vscode.commands.executeCommand('vscode.open', file);
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), file.toString());
  });

  test('Parquet is still opened as bytes through "Open With…"', async () => {
    const read = panelCall(
      api,
      'bytes are read',
      ({ panel, method, phase }) =>
        panel === 'buffer' && method === 'readBytes' && phase === 'answered',
    );
    const file = workspaceFile('transactions.parquet');
    await vscode.commands.executeCommand('vscode.openWith', file, 'strata.bufferEditorAny');
    await read;
  });

  test('an engine that dies is opened anew, and the rows with it', async () => {
    const read = answered('readRows');
    await vscode.commands.executeCommand('vscode.open', workspaceFile('transactions.parquet'));
    await read;
    const pid = livePid('engine');
    assert.ok(pid !== undefined, 'the engine runs');
    const again = answered('describe');
    const readAgain = answered('readRows');
    process.kill(pid, 'SIGKILL');
    await working(api, 'engine', pid);
    await again;
    await readAgain;
  });

  test('two files at once are two tables, and none leaves a call behind', async () => {
    const first = answered('readRows');
    await vscode.commands.executeCommand('vscode.open', workspaceFile('transactions.parquet'));
    await first;
    const second = answered('readRows');
    const file = workspaceFile('customers.csv');
    await vscode.commands.executeCommand('vscode.openWith', file, 'strata.tableEditorAny');
    await second;
    assert.equal(openTabs().length, 2);
    await closeAllEditors();
    await until(
      'no call is pending',
      (check) => [api.onPanelCall(check)],
      () => (api.pendingPanelCalls() === 0 ? true : undefined),
    );
  });
});
