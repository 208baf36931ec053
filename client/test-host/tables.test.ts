import assert from 'node:assert/strict';
import { copyFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ShownTable } from '#client/panels/tableEditor.ts';
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

  const shown = (what: string, matches: (table: ShownTable) => boolean) => {
    let found: ShownTable | undefined;
    return until(
      what,
      (check) => [
        api.onTable((table) => {
          if (!matches(table)) return;
          found = table;
          check();
        }),
      ],
      () => found,
    );
  };
  const countTo = (last: number) =>
    `n\n${Array.from({ length: last }, (_, k) => k + 1).join('\n')}\n`;
  const openCounted = async (name: string) => {
    const file = workspaceFile(name);
    writeFileSync(file.fsPath, countTo(3));
    const read = answered('readRows');
    await vscode.commands.executeCommand('vscode.openWith', file, 'strata.tableEditorAny');
    await read;
    return file;
  };

  test('a file that is written to is said to have changed, and reloaded by a command', async () => {
    const file = await openCounted('counted.csv');
    const stale = shown('the change is seen', ({ isStale }) => isStale);
    writeFileSync(file.fsPath, countTo(5));
    await stale;
    const rows = shown('the new rows are found', ({ state }) => state?.rowCount === 5);
    const read = answered('readRows');
    await vscode.commands.executeCommand('strata.reloadTable');
    assert.equal((await rows).isStale, false);
    await read;
    await closeAllEditors();
    rmSync(file.fsPath);
  });

  test('a file that is deleted leaves its rows; reloading says why it can’t, and finds it when it is back', async () => {
    const file = await openCounted('counted.csv');
    const before = api.messages().length;
    const stale = shown('the deletion is seen', ({ isStale }) => isStale);
    rmSync(file.fsPath);
    await stale;
    assert.deepEqual(openTabs(), ['counted.csv strata.tableEditorAny']);
    const failed = panelCall(
      api,
      'the file is not found',
      ({ panel, method, phase }) =>
        panel === 'table' && method === 'describe' && phase === 'failed',
    );
    await vscode.commands.executeCommand('strata.reloadTable');
    await failed;
    assert.equal(api.messages().length, before, 'it is said in the editor, not over it');
    writeFileSync(file.fsPath, countTo(2));
    const rows = shown('it is read again', ({ state }) => state?.rowCount === 2);
    await vscode.commands.executeCommand('strata.reloadTable');
    await rows;
    await closeAllEditors();
    rmSync(file.fsPath);
  });

  test('a Parquet file that is replaced by another, and deleted, is told and reloaded as well', async () => {
    const extension = vscode.extensions.getExtension('strata.strata')?.extensionPath ?? '';
    const people = join(extension, 'examples/course/people.parquet');
    const file = workspaceFile('replaced.parquet');
    const readOf = (schema: string) =>
      shown(`its column ${schema} is there`, ({ state, isStale }) =>
        Boolean(!isStale && state?.complete && state.schema.some(({ name }) => name === schema)),
      );
    copyFileSync(workspaceFile('transactions.parquet').fsPath, file.fsPath);
    const read = answered('readRows');
    await vscode.commands.executeCommand('vscode.open', file);
    await read;
    const stale = shown('the other file is seen', ({ isStale }) => isStale);
    // As most writers do: a file of another name takes its place.
    copyFileSync(people, `${file.fsPath}.new`);
    renameSync(`${file.fsPath}.new`, file.fsPath);
    await stale;
    const replaced = readOf('name');
    const again = answered('readRows');
    await vscode.commands.executeCommand('strata.reloadTable');
    await replaced;
    await again;

    const gone = shown('the deletion is seen', ({ isStale }) => isStale);
    rmSync(file.fsPath);
    await gone;
    const failed = panelCall(
      api,
      'the file is not found',
      ({ panel, method, phase }) =>
        panel === 'table' && method === 'describe' && phase === 'failed',
    );
    await vscode.commands.executeCommand('strata.reloadTable');
    await failed;
    copyFileSync(people, file.fsPath);
    const back = readOf('name');
    await vscode.commands.executeCommand('strata.reloadTable');
    await back;
    await closeAllEditors();
    rmSync(file.fsPath);
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
