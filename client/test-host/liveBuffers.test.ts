/** "Inspect Buffer" beside debuggers and a kernel that stand in for real ones. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '#client/testApi.ts';
import {
  closeAllEditors,
  extensionApi,
  openTabs,
  panelCall,
  until,
  workspaceFile,
} from './harness.ts';
import type { StandInDebuggers } from './standIns/debuggers.ts';
import type { StandInJupyter } from './standIns/jupyter.ts';

const TAB = 'data (memory) mainThreadWebview-strata.liveBuffer';

suite('live buffers', () => {
  let api: TestApi;
  let debuggers: StandInDebuggers;
  let jupyter: StandInJupyter;
  suiteSetup(async () => {
    api = await extensionApi();
    debuggers = await standIn<StandInDebuggers>('ms-python.debugpy');
    jupyter = await standIn<StandInJupyter>('ms-toolsai.jupyter');
  });
  teardown(async () => {
    debuggers.fault({ kind: 'none' });
    await vscode.debug.stopDebugging();
    await closeAllEditors();
    await refreshOnStop(undefined);
  });

  async function standIn<T>(id: string): Promise<T> {
    const extension = vscode.extensions.getExtension<T>(id);
    assert.ok(extension, `${id} stands in`);
    return extension.activate();
  }

  function refreshOnStop(value: boolean | undefined): Thenable<void> {
    return vscode.workspace
      .getConfiguration('strata.buffers')
      .update('refreshOnStop', value, vscode.ConfigurationTarget.Global);
  }

  const settles = (method: string, phase: 'answered' | 'failed') =>
    panelCall(
      api,
      `${method} of memory is ${phase}`,
      (call) => call.panel === 'live' && call.method === method && call.phase === phase,
    );

  /** A session that stands at a line. */
  async function debug(type: string): Promise<vscode.DebugSession> {
    const configuration = { type, request: 'launch', name: type };
    assert.ok(await vscode.debug.startDebugging(undefined, configuration), `${type} starts`);
    await until(
      `${type} stops`,
      (check) => [vscode.debug.onDidChangeActiveStackItem(check)],
      () => (vscode.debug.activeStackItem instanceof vscode.DebugStackFrame ? true : undefined),
    );
    const session = vscode.debug.activeDebugSession;
    assert.equal(session?.type, type);
    return session;
  }

  const inspect = ({ id }: vscode.DebugSession, variable: object = {}) =>
    vscode.commands.executeCommand('strata.inspectBuffer', {
      sessionId: id,
      container: { name: 'Locals' },
      variable: { name: 'data', evaluateName: 'data', type: 'bytearray', value: '…', ...variable },
    });

  const firstByte = async () => (await api.liveBuffers())[0]?.first[0];

  test('a variable of Python opens on what the debugger says of it', async () => {
    const session = await debug('debugpy');
    const read = settles('readElements', 'answered');
    await inspect(session);
    await read;
    assert.ok(openTabs().includes(TAB), openTabs().join());
    const [buffer] = await api.liveBuffers();
    assert.deepEqual(
      { ...buffer, first: buffer?.first.slice(0, 4) },
      { name: 'data', objectClass: 'bytearray', byteLength: 4096, first: [0, 1, 2, 3] },
    );
    assert.ok(
      !debuggers.requests.includes('debugpy readMemory'),
      'readMemory is never asked of it',
    );
  });

  test('a stop is read anew, and the end keeps what was read', async () => {
    const session = await debug('debugpy');
    const read = settles('readElements', 'answered');
    await inspect(session);
    await read;
    const before = (await firstByte()) ?? 0;
    const again = settles('describe', 'answered');
    await vscode.commands.executeCommand('workbench.action.debug.stepOver');
    await again;
    assert.equal(await firstByte(), before + 1);
    const failed = settles('describe', 'failed');
    await vscode.debug.stopDebugging(session);
    await failed;
    assert.equal(await firstByte(), before + 1);
    assert.ok(openTabs().includes(TAB));
  });

  test('a stop waits for Refresh where the setting says so', async () => {
    await refreshOnStop(false);
    const session = await debug('debugpy');
    const read = settles('readElements', 'answered');
    await inspect(session);
    await read;
    const before = (await firstByte()) ?? 0;
    const failed = settles('describe', 'failed');
    await vscode.commands.executeCommand('workbench.action.debug.stepOver');
    await failed;
    assert.equal(await firstByte(), before);
  });

  test('an answer that is no answer opens nothing and says why', async () => {
    const session = await debug('debugpy');
    debuggers.fault({ kind: 'raises', text: 'NameError("name \'data\' is not defined")' });
    await inspect(session);
    assert.deepEqual(await api.liveBuffers(), []);
    assert.match(api.liveFailures().at(-1) ?? '', /data can’t be evaluated here: NameError/);
  });

  test('the selection of an editor is inspected', async () => {
    const session = await debug('debugpy');
    const document = await vscode.workspace.openTextDocument(workspaceFile('packets.py'));
    const editor = await vscode.window.showTextDocument(document);
    const word = document.getWordRangeAtPosition(
      document.positionAt(document.getText().indexOf('struct')),
    );
    assert.ok(word);
    editor.selection = new vscode.Selection(word.start, word.end);
    const read = settles('readElements', 'answered');
    await vscode.commands.executeCommand('strata.inspectBuffer');
    await read;
    assert.equal((await api.liveBuffers())[0]?.name, 'struct');
    assert.equal(session.type, 'debugpy');
  });

  test('memory of another debugger is read by its reference', async () => {
    const session = await debug('native');
    const read = settles('readElements', 'answered');
    await inspect(session, { type: 'int [4]', memoryReference: '0x1000', evaluateName: '&data' });
    await read;
    const [buffer] = await api.liveBuffers();
    assert.deepEqual([buffer?.byteLength, buffer?.objectClass], [16, 'int [4]']);
    assert.ok(debuggers.requests.includes('native readMemory'));
  });

  test('an expression of another debugger is evaluated for its place in memory', async () => {
    const session = await debug('native');
    const read = settles('readElements', 'answered');
    await vscode.commands.executeCommand('strata.inspectBuffer', { name: 'data', id: '1' });
    await read;
    const [buffer] = await api.liveBuffers();
    assert.deepEqual([buffer?.byteLength, buffer?.objectClass], [8, 'char [8]']);
    assert.equal(session.type, 'native');
  });

  test('a debugger without memory says so and is asked for none', async () => {
    const session = await debug('blind');
    await inspect(session, { memoryReference: '0x1000' });
    assert.match(api.liveFailures().at(-1) ?? '', /does not read memory/);
    assert.ok(!debuggers.requests.includes('blind readMemory'));
  });

  test('a variable of a notebook is asked of its kernel, and followed from cell to cell', async () => {
    const data = new vscode.NotebookData([]);
    const notebook = await vscode.workspace.openNotebookDocument('strata-test-notebook', data);
    await vscode.window.showNotebookDocument(notebook);
    const read = settles('readElements', 'answered');
    await vscode.commands.executeCommand('strata.inspectBuffer', {
      name: 'data',
      type: 'bytearray',
    });
    await read;
    const before = (await firstByte()) ?? 0;
    const again = settles('describe', 'answered');
    jupyter.runCell();
    await again;
    assert.equal(await firstByte(), before + 1);
    const failed = settles('describe', 'failed');
    jupyter.end();
    await failed;
  });
});
