import {
  appendFileSync,
  chmodSync,
  existsSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readBackup, writeBackup } from '#buffers/edit/backup.ts';
import type { EditableBuffer } from '#buffers/edit/editableBuffer.ts';
import { openEditable } from '#buffers/edit/editableBuffer.ts';
import { journalPaths, writeJournal } from '#buffers/edit/journal.ts';
import { saveBuffer, saveCopy } from '#buffers/edit/saveBuffer.ts';
import { deleteBytes, replaceBytes } from '#shared/edit/bufferEdit.ts';

let folder: string;
let buffer: EditableBuffer;
const path = () => join(folder, 'data.bin');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strata-save-'));
});
afterEach(() => {
  buffer.dispose();
  rmSync(folder, { recursive: true, force: true });
});

async function open(contents: Uint8Array | string, at = path()): Promise<EditableBuffer> {
  writeFileSync(at, contents);
  return reopen(at);
}

async function reopen(at = path()): Promise<EditableBuffer> {
  const opened = await openEditable(at);
  if (!opened.ok) throw new Error(opened.error.message);
  buffer = opened.value;
  return buffer;
}

const idle = new AbortController().signal;
const asked = { overwrite: false, splitLinks: false };
const save = (consent = asked) =>
  saveBuffer(buffer.source, buffer.path, consent, () => undefined, idle);

async function text(): Promise<string> {
  const read = await buffer.source.read(0, buffer.source.byteLength);
  return read.ok ? Buffer.from(read.value).toString('latin1') : read.error.message;
}
const onDisk = () => readFileSync(path(), 'latin1');
const put = (start: number, end: number, bytes: string) => {
  const applied = buffer.source.apply([replaceBytes(start, end, Buffer.from(bytes, 'latin1'))]);
  if (!applied.ok) throw new Error(applied.error.message);
};

describe('a save', () => {
  test('of the same length writes the changed bytes alone, and leaves nothing behind', async () => {
    await open('0123456789');
    put(3, 5, 'ab');
    expect(onDisk()).toBe('0123456789');
    const inode = statSync(path()).ino;
    expect(await save()).toEqual({ ok: true, value: { writtenBytes: 2, inPlace: true } });
    expect(onDisk()).toBe('012ab56789');
    expect(statSync(path()).ino).toBe(inode);
    expect(readdirSync(folder)).toEqual(['data.bin']);
    expect(buffer.source.history.isDirty).toBe(false);
  });

  test('of one byte in 100 GB is a save of one byte', async () => {
    await open('');
    truncateSync(path(), 100e9);
    await buffer.source.refresh();
    expect(buffer.source.byteLength).toBe(100e9);
    put(70e9, 70e9 + 1, 'x');
    expect(await save()).toEqual({ ok: true, value: { writtenBytes: 1, inPlace: true } });
    expect(statSync(path()).blocks * 512).toBeLessThan(1e6);
  });

  test('of another length takes the place of the file, with its mode, through links', async () => {
    await open('0123456789');
    chmodSync(path(), 0o640);
    const link = join(folder, 'link.bin');
    symlinkSync('data.bin', link);
    buffer.dispose();
    await reopen(link);
    put(5, 5, 'xyz');
    expect(await save()).toEqual({ ok: true, value: { writtenBytes: 13, inPlace: false } });
    expect(onDisk()).toBe('01234xyz56789');
    expect(statSync(path()).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder).sort()).toEqual(['data.bin', 'link.bin']);
  });

  test('of a file with other names asks first', async () => {
    await open('0123456789');
    linkSync(path(), join(folder, 'other.bin'));
    put(0, 1, '');
    expect(await save()).toMatchObject({ ok: false, error: { reason: 'hardLinks' } });
    expect(onDisk()).toBe('0123456789');
    expect(await save({ overwrite: false, splitLinks: true })).toMatchObject({ ok: true });
    expect(onDisk()).toBe('123456789');
    expect(readFileSync(join(folder, 'other.bin'), 'latin1')).toBe('0123456789');
  });

  test('that moves bytes without changing the length is in place too', async () => {
    await open('0123456789');
    put(2, 2, 'x');
    put(7, 8, '');
    expect(await text()).toBe('01x2345789');
    expect(await save()).toMatchObject({ ok: true, value: { inPlace: true, writtenBytes: 5 } });
    expect(onDisk()).toBe('01x2345789');
    buffer.source.undo();
    expect(await text()).toBe('01x23456789');
    buffer.source.undo();
    expect(await text()).toBe('0123456789');
  });

  test('that is cancelled leaves the file as it was and nothing beside it', async () => {
    await open('0123456789');
    put(0, 0, 'x');
    const control = new AbortController();
    control.abort();
    const saved = await saveBuffer(buffer.source, path(), asked, () => undefined, control.signal);
    expect(saved).toMatchObject({ ok: false, error: { message: /cancelled/ } });
    expect(readdirSync(folder)).toEqual(['data.bin']);
    expect(await text()).toBe('x0123456789');
  });
});

describe('undo over saves', () => {
  test('of a step with two inserts brings back what was there', async () => {
    await open(Uint8Array.of(1, 2, 3));
    buffer.source.apply([
      replaceBytes(0, 0, Uint8Array.of(10)),
      replaceBytes(1, 1, Uint8Array.of(11)),
    ]);
    expect(await save()).toMatchObject({ ok: true });
    expect([...readFileSync(path())]).toEqual([10, 11, 1, 2, 3]);
    buffer.source.undo();
    expect(await text()).toBe('\x01\x02\x03');
    expect(await save()).toMatchObject({ ok: true });
    expect([...readFileSync(path())]).toEqual([1, 2, 3]);
    buffer.source.redo();
    expect(await save()).toMatchObject({ ok: true });
    expect([...readFileSync(path())]).toEqual([10, 11, 1, 2, 3]);
  });

  test('agrees with a plain array, whatever is done', async () => {
    const step = fc.oneof(
      fc.record({
        kind: fc.constant('edit' as const),
        at: fc.nat(30),
        removed: fc.nat(4),
        text: fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 4 }),
      }),
      fc.record({ kind: fc.constantFrom('undo' as const, 'redo' as const, 'save' as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        await open('0123456789');
        let states = ['0123456789'];
        let at = 0;
        for (const next of steps) {
          const now = states[at] ?? '';
          if (next.kind === 'edit') {
            const start = Math.min(next.at, now.length);
            const end = Math.min(start + next.removed, now.length);
            put(start, end, next.text);
            states = [...states.slice(0, ++at), now.slice(0, start) + next.text + now.slice(end)];
          } else if (next.kind === 'save') {
            expect(await save()).toMatchObject({ ok: true });
            expect(onDisk()).toBe(now);
          } else if (next.kind === 'undo') at -= buffer.source.undo() ? 1 : 0;
          else at += buffer.source.redo() ? 1 : 0;
          expect(await text()).toBe(states[at]);
        }
        buffer.dispose();
      }),
      { numRuns: 40 },
    );
  });
});

describe('a file that another program writes', () => {
  test('is followed until it is edited, then never written over without a yes', async () => {
    await open('0123456789');
    appendFileSync(path(), 'abc');
    await buffer.source.refresh();
    expect(await text()).toBe('0123456789abc');
    put(0, 1, 'X');
    writeFileSync(path(), 'another one is here');
    await buffer.source.refresh();
    expect(buffer.source.conflict).toBe(true);
    expect(await save()).toMatchObject({ ok: false, error: { reason: 'changedOnDisk' } });
    expect(onDisk()).toBe('another one is here');
    await buffer.source.revert();
    expect(buffer.source.conflict).toBe(false);
    expect(await text()).toBe('another one is here');
  });

  test('is looked at right before it is written', async () => {
    await open('0123456789');
    put(0, 1, 'X');
    writeFileSync(path(), '9876543210');
    expect(await save()).toMatchObject({ ok: false, error: { reason: 'changedOnDisk' } });
    expect(await save({ overwrite: true, splitLinks: false })).toMatchObject({ ok: true });
    expect(onDisk()).toBe('X876543210');
  });
});

describe('a crash in the middle of a save', () => {
  /** The process that was saving is long gone, unless another one is named. */
  const crash = async (written: string, pid = 2 ** 30) => {
    await open('0123456789');
    buffer.dispose();
    const patches = [
      { start: 1, before: Buffer.from('12'), after: Buffer.from('ab') },
      { start: 7, before: Buffer.from('7'), after: Buffer.from('c') },
    ];
    await writeJournal(path(), 10, patches, pid);
    writeFileSync(path(), written);
  };

  test.each(['0123456789', '0ab3456789', '0ab3456c89', '0a23456789'])(
    'that left %j loses neither old nor new',
    async (written) => {
      await crash(written);
      await reopen();
      expect(onDisk()).toBe('0123456789');
      expect(await text()).toBe('0ab3456c89');
      expect(buffer.source.history.isDirty).toBe(true);
      expect(readdirSync(folder)).toEqual(['data.bin']);
      buffer.source.undo();
      expect(await text()).toBe('0123456789');
    },
  );

  test('before the journal was whole leaves the file alone', async () => {
    await crash('0123456789');
    const [journal = ''] = journalPaths(path());
    truncateSync(journal, 20);
    await reopen();
    expect(await text()).toBe('0123456789');
    expect(existsSync(journal)).toBe(false);
  });

  test('of another process that lives is left to it', async () => {
    await crash('0ab3456789', process.ppid);
    const [journal = ''] = journalPaths(path());
    await reopen();
    expect(existsSync(journal)).toBe(true);
    expect(await text()).toBe('0ab3456789');
    expect(await save()).toMatchObject({ ok: true });
    put(0, 1, 'X');
    expect(await save()).toMatchObject({ ok: false, error: { message: /another save/ } });
  });
});

describe('a backup', () => {
  const backup = () => join(folder, 'backup');

  test('has the edits alone, and gives them back', async () => {
    await open('0123456789');
    put(2, 4, 'abcd');
    buffer.source.apply([
      { start: 0, end: 0, bytes: Uint8Array.of(45, 43).buffer, length: 5 },
      deleteBytes(12, 14),
    ]);
    const expected = await text();
    expect(await writeBackup(buffer.source, backup(), path())).toMatchObject({ ok: true });
    buffer.dispose();
    await reopen();
    const read = await readBackup(buffer.source, backup(), path());
    if (!read.ok) throw new Error(read.error.message);
    buffer.source.restore(read.value.tree, !read.value.isSameFile);
    expect(await text()).toBe(expected);
    expect(expected).toBe('-+-+-01abcd4789');
    expect(buffer.source.conflict).toBe(false);
    expect(await save()).toMatchObject({ ok: true });
    expect(onDisk()).toBe(expected);
  });

  test('of a file that changed since asks before it is saved', async () => {
    await open('0123456789');
    put(2, 4, 'ab');
    await writeBackup(buffer.source, backup(), path());
    buffer.dispose();
    writeFileSync(path(), '01234567890');
    await reopen();
    const read = await readBackup(buffer.source, backup(), path());
    if (!read.ok) throw new Error(read.error.message);
    buffer.source.restore(read.value.tree, !read.value.isSameFile);
    expect(await save()).toMatchObject({ ok: false, error: { reason: 'changedOnDisk' } });
  });

  test('that is damaged says so', async () => {
    await open('0123456789');
    put(2, 4, 'ab');
    await writeBackup(buffer.source, backup(), path());
    appendFileSync(backup(), 'x');
    expect(await readBackup(buffer.source, backup(), path())).toMatchObject({
      ok: false,
      error: { message: 'the backup is damaged' },
    });
  });
});

describe('what is wrong in other editors of bytes is right here', () => {
  const big = Buffer.from(
    Uint8Array.from({ length: 300 * 1024 }, (_, k) => (k * 31 + (k >> 7)) & 255),
  );

  test('an insertion into a large file leaves every other byte right, on disk and in a copy', async () => {
    await open(big);
    put(1000, 1000, '!');
    const expected = Buffer.concat([big.subarray(0, 1000), Buffer.from('!'), big.subarray(1000)]);
    const copy = join(folder, 'copy.bin');
    await saveCopy(buffer.source, copy, () => undefined, idle);
    expect(readFileSync(copy).equals(expected)).toBe(true);
    expect(onDisk().length).toBe(big.length);
    await save();
    expect(readFileSync(path()).equals(expected)).toBe(true);
  });

  test('pieces of a read are not written over by the next one', async () => {
    await open(big);
    put(0, 0, '!');
    const pieces: Uint8Array[] = [];
    for (let at = 0; at <= big.length; at += 65_536) {
      const read = await buffer.source.readUncached(at, 65_536);
      if (read.ok) pieces.push(read.value);
    }
    expect(Buffer.concat(pieces).subarray(1).equals(big)).toBe(true);
  });

  test('all reads have the unsaved edits', async () => {
    await open('0123456789');
    put(3, 5, 'XYZ');
    const target = new Uint8Array(11);
    await buffer.source.readInto(target, 0);
    const uncached = await buffer.source.readUncached(0, 100);
    expect(Buffer.from(target).toString()).toBe('012XYZ56789');
    expect(uncached.ok && Buffer.from(uncached.value).toString()).toBe('012XYZ56789');
  });

  test('a read of a file that went away fails, and makes no file', async () => {
    await open('0123456789');
    put(0, 1, 'X');
    await new Promise((resolve) => setImmediate(resolve));
    rmSync(path());
    expect((await buffer.source.refresh()).ok).toBe(false);
    expect((await buffer.source.readUncached(0, 10)).ok).toBe(false);
    expect(await save()).toMatchObject({ ok: false });
    expect(existsSync(path())).toBe(false);
  });
});
