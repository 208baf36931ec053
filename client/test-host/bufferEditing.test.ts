import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { BufferDocument } from '#client/panels/bufferDocument.ts';
import type { TestApi } from '#client/testApi.ts';
import { replaceBytes } from '#shared/edit/bufferEdit.ts';
import { closeAllEditors, extensionApi, panelCall, until } from './harness.ts';

suite('editing a buffer', () => {
  let api: TestApi;
  let folder: string;
  let file: vscode.Uri;
  const signal = new AbortController().signal;
  suiteSetup(async () => {
    api = await extensionApi();
    folder = mkdtempSync(join(tmpdir(), 'strata-editing-'));
  });
  suiteTeardown(() => rmSync(folder, { recursive: true, force: true }));
  setup(async () => {
    file = vscode.Uri.file(join(folder, 'data.bin'));
    writeFileSync(file.fsPath, '0123456789');
    const described = panelCall(
      api,
      'the panel is there',
      (call) => call.panel === 'buffer' && call.method === 'describe' && call.phase === 'answered',
    );
    await vscode.commands.executeCommand('vscode.openWith', file, 'strata.bufferEditorAny');
    await described;
  });
  teardown(async () => {
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await closeAllEditors();
  });

  const onDisk = () => readFileSync(file.fsPath, 'latin1');
  const document = (): BufferDocument => {
    const found = api.bufferEditor.documentOf(file);
    assert.ok(found, 'the file is open');
    return found;
  };
  const put = async (start: number, end: number, text: string) => {
    const edits = [replaceBytes(start, end, Buffer.from(text, 'latin1'))];
    const done = await document().edit(edits, 'Change bytes', signal);
    assert.ok(done.ok, 'the edit is taken');
  };
  const shown = async (of = document()) => {
    const read = await of.buffer?.read('readBytes', { offset: 0, length: 100 }, signal);
    return read?.ok ? Buffer.from(read.value.bytes).toString('latin1') : 'unread';
  };
  /** VS Code does not wait for a revert or a redo before its command is done. */
  const shows = async (text: string) => {
    const { buffer } = document();
    assert.ok(buffer);
    for (;;) {
      let isOther = false;
      let tell: () => void = () => undefined;
      const note = () => {
        isOther = true;
        tell();
      };
      const subscriptions = [buffer.onEdited(note), buffer.onChanged(note)];
      const found = await shown();
      if (found !== text)
        await until(
          `the bytes are ${text}, not ${found}`,
          (check) => {
            tell = check;
            return subscriptions;
          },
          () => (isOther ? true : undefined),
        );
      for (const subscription of subscriptions) subscription.dispose();
      if (found === text) return;
    }
  };
  const isDirty = () => vscode.window.tabGroups.activeTabGroup.activeTab?.isDirty === true;
  const dirty = (wanted: boolean) =>
    until(
      wanted ? 'the tab is dirty' : 'the tab is clean',
      (check) => [vscode.window.tabGroups.onDidChangeTabs(check)],
      () => (isDirty() === wanted ? true : undefined),
    );
  const command = (name: string) => vscode.commands.executeCommand(name);

  test('is dirty, saves, undoes past the save and redoes', async () => {
    await put(2, 4, 'ab');
    await dirty(true);
    assert.equal(onDisk(), '0123456789');
    await command('workbench.action.files.save');
    await dirty(false);
    assert.equal(onDisk(), '01ab456789');
    await command('undo');
    await dirty(true);
    await shows('0123456789');
    await command('workbench.action.files.save');
    await dirty(false);
    assert.equal(onDisk(), '0123456789');
    await command('redo');
    await dirty(true);
    await shows('01ab456789');
  });

  test('of another length is saved, and undone', async () => {
    await put(2, 2, 'inserted');
    await dirty(true);
    await command('workbench.action.files.save');
    await dirty(false);
    assert.equal(onDisk(), '01inserted23456789');
    await command('undo');
    await dirty(true);
    await shows('0123456789');
  });

  test('is reverted to what is on disk', async () => {
    await put(0, 1, 'X');
    await dirty(true);
    await command('workbench.action.files.revert');
    await dirty(false);
    await shows('0123456789');
  });

  test('survives the death of the worker, with what was undone', async () => {
    await put(0, 1, 'X');
    await put(1, 2, 'Y');
    await put(2, 3, 'Z');
    await command('undo');
    await shows('XY23456789');
    await api.endBufferWorker();
    await shows('XY23456789');
    // The new worker was told the steps too, not their outcome alone.
    const redone = await document().buffer?.change('redo', {}, signal);
    assert.ok(redone?.ok, 'what was undone can be had again');
    await shows('XYZ3456789');
    await document().buffer?.change('undo', {}, signal);
    await command('workbench.action.files.save');
    await dirty(false);
    assert.equal(onDisk(), 'XY23456789');
  });

  test('never writes over what another program wrote without a yes', async () => {
    const { questions } = api.bufferEditor;
    const asked: string[] = [];
    let answer: 'overwrite' | 'cancel' = 'cancel';
    api.bufferEditor.questions = () => ({
      changedOnDisk(message) {
        asked.push(message);
        return Promise.resolve(answer);
      },
      hardLinks: () => Promise.resolve(false),
    });
    await put(0, 1, 'X');
    await dirty(true);
    writeFileSync(file.fsPath, 'abcdefghij');
    await command('workbench.action.files.save');
    assert.equal(asked.length, 1);
    assert.equal(onDisk(), 'abcdefghij');
    assert.ok(isDirty());
    answer = 'overwrite';
    await command('workbench.action.files.save');
    await dirty(false);
    assert.equal(onDisk(), 'Xbcdefghij');
    api.bufferEditor.questions = questions;
  });

  test('is kept in a backup, and back from it', async () => {
    await put(3, 5, 'hot exit');
    const backup = await document().backup(vscode.Uri.file(join(folder, 'kept', 'backup')));
    const again = await api.bufferEditor.open(file, { backupId: backup.id });
    assert.equal(await shown(again), '012hot exit56789');
    assert.equal(onDisk(), '0123456789');
    again.dispose();
    backup.delete();
  });
});
