import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { OpenBuffer } from '#client/bufferWorker.ts';
import type { TestApi } from '#client/testApi.ts';
import { decodeElement } from '#shared/layout/elementValue.ts';
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

  /** The numbers in the order of the file, of the buffer that the panel of the part reads. */
  const numbersOf = async (buffer: OpenBuffer) => {
    const signal = new AbortController().signal;
    const described = await buffer.read('describe', {}, signal);
    const [array] = described.ok ? described.value.arrays : [];
    assert.ok(array, 'the part has an array');
    const { shape, offset, dtype } = array;
    const count = shape.reduce((product, length) => product * length, 1);
    const window = {
      shape: [count, 1],
      strides: [dtype.itemsize, dtype.itemsize],
      offset,
      itemsize: dtype.itemsize,
    } as const;
    const read = await buffer.read('readElements', window, signal);
    assert.ok(read.ok, 'its elements are read');
    const view = new DataView(read.value.bytes);
    const values = Array.from({ length: count }, (_, k) =>
      Number(decodeElement(dtype, view, k * dtype.itemsize)),
    );
    return { dtype: array.dtypeText, shape, values };
  };

  for (const { file, part, dtype, shape, first } of [
    {
      file: 'packed/buffers/nested_names.npz',
      part: 'group/x.npy',
      dtype: '<i4',
      shape: [3, 4],
      first: [0, 1, 2],
    },
    {
      file: 'packed/formats/rgb.png',
      part: 'pixels (red, green, blue)',
      dtype: '|u1',
      shape: [5, 7, 3],
      first: [139, 74, 229],
    },
  ])
    test(`opens ${part} of ${file} in a panel of its own and reads its values`, async () => {
      const uri = workspaceFile(file);
      const described = answered('describe');
      await vscode.commands.executeCommand('vscode.openWith', uri, 'strata.bufferEditorAny');
      await described;
      // The panel in its webview asks, and shows, what the test reads.
      const shown = panelCall(
        api,
        'the panel of the part reads elements',
        (call) =>
          call.panel === 'part' && call.method === 'readElements' && call.phase === 'answered',
      );
      const buffer = await api.bufferEditor.openPart(uri, uri.fsPath, part);
      await shown;
      const read = await numbersOf(buffer);
      assert.deepEqual(
        { ...read, values: read.values.slice(0, first.length) },
        { dtype, shape, values: first },
      );
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
      const title = `${part} (${file.slice(file.lastIndexOf('/') + 1)})`;
      assert.ok(tabs.some(({ label }) => label === title));
    });

  test('shows a part again in a window that was loaded again', async () => {
    const show = () =>
      vscode.window.createWebviewPanel('strata.bufferPart', 'part', vscode.ViewColumn.One);
    const shown = panelCall(
      api,
      'the panel of the part reads elements',
      (call) =>
        call.panel === 'part' && call.method === 'readElements' && call.phase === 'answered',
    );
    const uri = workspaceFile('packed/buffers/nested_names.npz').toString();
    await api.bufferEditor.revivePart(show(), { part: { uri, names: ['group/x.npy'] } });
    await shown;
    const broken = show();
    const closed = new Promise((done) => broken.onDidDispose(done));
    await api.bufferEditor.revivePart(broken, { part: { uri, names: [7] } });
    await closed;
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
