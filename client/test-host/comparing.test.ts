/** Two binary files side by side, by the commands of the explorer's and of source control's menus. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { TestApi } from '#client/testApi.ts';
import type { CompareReply } from '#shared/protocol/bufferCompare.ts';
import { closeAllEditors, extensionApi, openTabs, panelCall, until } from './harness.ts';

/** The parts of Git's extension that source control's menu stands on. */
interface GitApi {
  openRepository(folder: vscode.Uri): Promise<GitRepository | null>;
}
interface GitRepository {
  readonly state: {
    readonly workingTreeChanges: readonly { readonly uri: vscode.Uri }[];
    readonly onDidChange: vscode.Event<void>;
  };
  status(): Promise<void>;
}
interface GitExtension {
  readonly enabled: boolean;
  readonly onDidChangeEnablement: vscode.Event<boolean>;
  getAPI(version: 1): GitApi;
}

suite('comparing buffers', () => {
  let api: TestApi;
  let folder: string;
  suiteSetup(async () => {
    api = await extensionApi();
    // By its true name, which is how Git names it.
    folder = realpathSync.native(mkdtempSync(join(tmpdir(), 'strata-comparing-')));
  });
  suiteTeardown(() => rmSync(folder, { recursive: true, force: true }));
  teardown(closeAllEditors);

  const write = (name: string, bytes: Uint8Array) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return vscode.Uri.file(path);
  };

  /** What the panel in its webview asked for and was given to show. */
  const compared = async (ask: () => Thenable<unknown>) => {
    const answered = panelCall(
      api,
      'the panel has the differences',
      ({ panel, method, phase }) =>
        panel === 'buffer' && method === 'compare' && phase === 'answered',
    );
    await ask();
    return (await answered).reply as CompareReply;
  };

  test('"Select for Compare" and "Compare with Selected" show where two files differ', async () => {
    const bytes = Uint8Array.from({ length: 5000 }, (_, at) => at % 251);
    const one = write('one.bin', bytes);
    const other = write(
      'other.bin',
      Uint8Array.from(bytes, (byte, at) => (at === 7 || (at >= 4000 && at < 4003) ? ~byte : byte)),
    );
    await vscode.commands.executeCommand('strata.selectForCompare', one);
    const reply = await compared(() =>
      vscode.commands.executeCommand('strata.compareWithSelected', other),
    );
    assert.equal(reply.otherName, 'one.bin');
    assert.equal(reply.compared, bytes.length);
    assert.equal(reply.count, 4);
    assert.deepEqual(
      reply.differences.map(({ start, here, there }) => [start, here, there]),
      [7, 4000, 4001, 4002].map((at) => [at, String(255 - (at % 251)), String(at % 251)]),
    );
    assert.deepEqual(openTabs(), ['other.bin strata.bufferEditorAny']);
  });

  test('a changed array is compared with HEAD from source control', async () => {
    const git = (...words: string[]) =>
      execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@localhost', ...words], {
        cwd: folder,
      });
    git('init', '--quiet');
    const committed = npy([1, 2, 3, 4]);
    const file = write('numbers.npy', committed);
    git('add', 'numbers.npy');
    git('-c', 'core.autocrlf=false', 'commit', '--quiet', '--message', 'numbers');
    write('numbers.npy', npy([1, 2.5, 3, -4]));

    const repository = await (await gitApi()).openRepository(vscode.Uri.file(folder));
    assert.ok(repository, 'the repository is open');
    await repository.status();
    const resourceUri = await until(
      'source control lists the change',
      (check) => [repository.state.onDidChange(check)],
      () =>
        repository.state.workingTreeChanges.find(({ uri }) => uri.path === file.path)?.uri ??
        undefined,
    );
    // As source control's menu hands over the line that was clicked.
    const reply = await compared(() =>
      vscode.commands.executeCommand('strata.compareWithHead', { resourceUri }),
    );
    assert.equal(reply.otherName, 'numbers.npy at HEAD');
    assert.equal(reply.otherByteLength, committed.length);
    assert.equal(reply.mode, 'values');
    assert.equal(reply.compared, 4);
    assert.equal(reply.count, 2);
    assert.deepEqual(
      reply.differences.map(({ position, here, there }) => [position, here, there]),
      [
        [1, '2.5', '2.0'],
        [3, '-4.0', '4.0'],
      ],
    );
    assert.deepEqual(openTabs(), ['numbers.npy strata.bufferEditor']);
  });

  /** VS Code's own, which these tests find turned off where its server stands in. */
  async function gitApi(): Promise<GitApi> {
    const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
    assert.ok(extension, 'Git’s extension comes with VS Code');
    await vscode.workspace
      .getConfiguration('git')
      .update('enabled', true, vscode.ConfigurationTarget.Global);
    const git = await extension.activate();
    await until(
      'Git is enabled',
      (check) => [git.onDidChangeEnablement(check)],
      () => git.enabled || undefined,
    );
    return git.getAPI(1);
  }
});

function npy(values: readonly number[]): Uint8Array {
  const header = `{'descr': '<f8', 'fortran_order': False, 'shape': (${values.length},), }`;
  const start = Buffer.from(`\x93NUMPY\x01\x00\x76\x00${header.padEnd(117)}\n`, 'latin1');
  return Buffer.concat([start, new Uint8Array(Float64Array.from(values).buffer)]);
}
