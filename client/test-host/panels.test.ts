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

suite('buffer inspector', () => {
  let api: TestApi;
  suiteSetup(async () => {
    api = await extensionApi();
  });
  teardown(closeAllEditors);

  const answered = (method: string) =>
    panelCall(
      api,
      `${method} is answered`,
      (call) => call.panel === 'buffer' && call.method === method && call.phase === 'answered',
    );

  test('opens .npy by default, describes it and reads its elements', async () => {
    const described = answered('describe');
    const read = answered('readElements');
    await vscode.commands.executeCommand('vscode.open', workspaceFile('weights.npy'));
    await described;
    await read;
    assert.deepEqual(openTabs(), ['weights.npy strata.bufferEditor']);
  });

  test('opens any file through "Open With…"', async () => {
    const read = answered('readBytes');
    const file = workspaceFile('packets_QdQ.bin');
    await vscode.commands.executeCommand('vscode.openWith', file, 'strata.bufferEditorAny');
    await read;
    assert.deepEqual(openTabs(), ['packets_QdQ.bin strata.bufferEditorAny']);
  });

  test('shows the bytes of a file whose header lies', async () => {
    const read = answered('readBytes');
    await vscode.commands.executeCommand('vscode.open', workspaceFile('broken_shape.npy'));
    await read;
  });

  test('reads on after its worker died, and says so once', async () => {
    const read = answered('readElements');
    await vscode.commands.executeCommand('vscode.open', workspaceFile('weights.npy'));
    await read;
    const before = api.messages().length;
    const described = answered('describe');
    await api.endBufferWorker();
    await described;
    assert.deepEqual(
      api
        .messages()
        .slice(before)
        .map(({ id }) => id),
      ['buffers.restarted'],
    );
  });

  test('a file opens with the layout that was laid over it before', async () => {
    const file = workspaceFile('packets_QdQ.bin');
    const layout = {
      kind: 'struct',
      type: '<QdQ',
      shape: '',
      order: 'C',
      offset: '',
      strides: '',
    } as const;
    await api.bufferEditor.remembered.note(file.toString(), { layout });
    const described = answered('describe');
    await vscode.commands.executeCommand('vscode.openWith', file, 'strata.bufferEditorAny');
    await described;
    const buffer = api.bufferEditor.documentOf(file)?.buffer;
    const now = await buffer?.read('describe', {}, new AbortController().signal);
    assert.deepEqual(now?.ok && now.value.layout, layout);
    await api.bufferEditor.remembered.note(file.toString(), { layout: null });
  });

  test('times the copy against the view from the palette', async () => {
    const read = answered('readElements');
    await vscode.commands.executeCommand('vscode.open', workspaceFile('weights.npy'));
    await read;
    const asked = panelCall(
      api,
      'the script is written',
      (call) => call.panel === 'buffer' && call.method === 'timeCopy' && call.phase === 'asked',
    );
    await vscode.commands.executeCommand('strata.timeCopy');
    await asked;
  });

  test('leaves nothing hanging when a panel closes in the middle of a call', async () => {
    const asked = panelCall(
      api,
      'a call is under way',
      (call) => call.panel === 'buffer' && call.phase === 'asked',
    );
    void vscode.commands.executeCommand('vscode.open', workspaceFile('weights.npy'));
    await asked;
    await closeAllEditors();
    await until(
      'no call is pending',
      (check) => [api.onPanelCall(check)],
      () => (api.pendingPanelCalls() === 0 ? true : undefined),
    );
  });
});
