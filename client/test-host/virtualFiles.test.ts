/** Files that are on no disk: of another extension's file system, and of an editor that was never saved. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '#client/testApi.ts';
import { closeAllEditors, extensionApi, openTabs, panelCall, workspaceFile } from './harness.ts';

const SCHEME = 'strata-test';

suite('files that are on no disk', () => {
  let api: TestApi;
  let registration: vscode.Disposable;
  const files = new Map<string, { bytes: Uint8Array; size?: number }>();
  const changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const uriOf = (name: string) => vscode.Uri.from({ scheme: SCHEME, path: `/arrays/${name}` });

  suiteSetup(async () => {
    api = await extensionApi();
    registration = vscode.workspace.registerFileSystemProvider(SCHEME, fileSystem());
    files.set('/arrays/weights.npy', {
      bytes: await vscode.workspace.fs.readFile(workspaceFile('weights.npy')),
    });
    files.set('/arrays/huge.bin', { bytes: new Uint8Array(1), size: 2 ** 40 });
  });
  suiteTeardown(() => {
    registration.dispose();
    changes.dispose();
  });
  teardown(closeAllEditors);

  function fileSystem(): vscode.FileSystemProvider {
    const found = ({ path }: vscode.Uri) => {
      const file = files.get(path);
      if (!file) throw vscode.FileSystemError.FileNotFound(path);
      return file;
    };
    const refuse = () => {
      throw vscode.FileSystemError.NoPermissions();
    };
    return {
      onDidChangeFile: changes.event,
      watch: () => new vscode.Disposable(() => undefined),
      stat(uri) {
        if (uri.path === '/arrays')
          return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
        const { bytes, size } = found(uri);
        return {
          type: vscode.FileType.File,
          ctime: 0,
          mtime: Date.now(),
          size: size ?? bytes.length,
        };
      },
      readFile: (uri) => found(uri).bytes,
      readDirectory: () => [],
      createDirectory: refuse,
      writeFile: refuse,
      delete: refuse,
      rename: refuse,
    };
  }

  const settles = (method: string, phase: 'answered' | 'failed' = 'answered') =>
    panelCall(
      api,
      `${method} is ${phase}`,
      (call) => call.panel === 'buffer' && call.method === method && call.phase === phase,
    );

  test('an array of a virtual file system opens, and follows what changes there', async () => {
    const read = settles('readElements');
    await vscode.commands.executeCommand('vscode.open', uriOf('weights.npy'));
    await read;
    assert.deepEqual(openTabs(), ['weights.npy strata.bufferEditor']);
    const again = settles('readElements');
    const file = files.get('/arrays/weights.npy');
    assert.ok(file);
    file.bytes = Uint8Array.from(file.bytes, (byte, at) =>
      at === file.bytes.length - 1 ? byte ^ 1 : byte,
    );
    changes.fire([{ type: vscode.FileChangeType.Changed, uri: uriOf('weights.npy') }]);
    await again;
  });

  test('one that is too large to be read whole says so', async () => {
    const failed = settles('describe', 'failed');
    await vscode.commands.executeCommand(
      'vscode.openWith',
      uriOf('huge.bin'),
      'strata.bufferEditorAny',
    );
    await failed;
  });

  test('an editor that was never saved opens with its text', async () => {
    const document = await vscode.workspace.openTextDocument({ content: 'never saved' });
    assert.equal(document.uri.scheme, 'untitled');
    const read = settles('readBytes');
    await vscode.commands.executeCommand('vscode.openWith', document.uri, 'strata.bufferEditorAny');
    await read;
  });
});
