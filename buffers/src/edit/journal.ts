/**
 * The journal of a save in place: the old bytes and the new ones, on the disk before the first is written. A journal
 * that is found when a file is opened tells of a save that was cut off: the file gets its old bytes back, and the new
 * ones are handed on as unsaved edits.
 */
import { createHash } from 'node:crypto';
import { open, readFile, realpath, stat, unlink } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

export interface Patch {
  readonly start: number;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

interface Journal {
  remove(): Promise<void>;
}

interface JournalHead {
  readonly path: string;
  readonly byteLength: number;
  readonly host: string;
  readonly pid: number;
  readonly patches: readonly (readonly [start: number, length: number])[];
}

const MAGIC = Buffer.from('STRATAJ1', 'latin1');
const DIGEST_BYTES = 32;
/** Journals of saves that this process is in the middle of. */
const underWay = new Set<string>();

/** Written, and down on the disk with its name. */
export async function writeJournal(
  target: string,
  byteLength: number,
  patches: readonly Patch[],
  pid = process.pid,
): Promise<Journal> {
  const head: JournalHead = {
    path: target,
    byteLength,
    host: hostname(),
    pid,
    patches: patches.map(({ start, after }) => [start, after.length]),
  };
  const text = Buffer.from(JSON.stringify(head), 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  const contents = Buffer.concat([
    MAGIC,
    length,
    text,
    ...patches.map(({ before }) => before),
    ...patches.map(({ after }) => after),
  ]);
  const digest = createHash('sha256').update(contents).digest();
  let lastError: unknown;
  for (const path of journalPaths(target)) {
    try {
      const handle = await open(path, 'wx', 0o600);
      try {
        await handle.writeFile(Buffer.concat([contents, digest]));
        await handle.sync();
      } catch (error) {
        // A part of one, on a full disk, would look like a save that is under way.
        await unlink(path).catch(() => undefined);
        throw error;
      } finally {
        await handle.close();
      }
      await syncFolder(dirname(path));
      if (pid === process.pid) underWay.add(path);
      return {
        async remove() {
          await unlink(path);
          underWay.delete(path);
          await syncFolder(dirname(path));
        },
      };
    } catch (error) {
      lastError = error;
      // Someone else saves this file, or was cut off in it.
      if ((error as NodeJS.ErrnoException).code === 'EEXIST')
        throw new Error('another save of this file is under way or was cut off; open it again', {
          cause: error,
        });
    }
  }
  throw lastError;
}

/** Puts the old bytes back where a save was cut off; the new ones are what is returned. */
export async function recoverFile(path: string): Promise<readonly Patch[]> {
  const target = await realpath(path).catch(() => undefined);
  if (target === undefined) return [];
  for (const journalPath of journalPaths(target)) {
    const contents = await readFile(journalPath).catch(() => undefined);
    if (!contents || underWay.has(journalPath)) continue;
    const journal = readJournal(contents);
    // Written only in part: then the file itself was not touched yet.
    if (journal === undefined) {
      await unlink(journalPath).catch(() => undefined);
      continue;
    }
    if (journal.head.path !== target || isUnderWay(journal.head)) continue;
    const found = await stat(target);
    // A file of another length is another file: the journal speaks of none that is there.
    if (found.size !== journal.head.byteLength) continue;
    const handle = await open(target, 'r+');
    try {
      for (const { start, before } of journal.patches)
        for (let done = 0; done < before.length;) {
          const { bytesWritten } = await handle.write(
            before,
            done,
            before.length - done,
            start + done,
          );
          done += bytesWritten;
        }
      await handle.sync();
    } finally {
      await handle.close();
    }
    await unlink(journalPath);
    await syncFolder(dirname(journalPath));
    return journal.patches;
  }
  return [];
}

/** Beside the file, or where that folder may not be written, in the one for temporary files. */
export function journalPaths(target: string): readonly string[] {
  const name = createHash('sha256').update(target).digest('hex').slice(0, 32);
  return [
    join(dirname(target), `.${basename(target)}.strata-journal`),
    join(tmpdir(), `strata-journal-${name}`),
  ];
}

/** So that a name is as lasting as the file that it names. Windows has no such thing. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch {
    // Some network file systems refuse to sync a folder; the file itself was synced.
  } finally {
    await handle.close();
  }
}

function readJournal(
  contents: Buffer,
): { readonly head: JournalHead; readonly patches: readonly Patch[] } | undefined {
  const end = contents.length - DIGEST_BYTES;
  if (end < MAGIC.length + 4 || !contents.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  const digest = createHash('sha256').update(contents.subarray(0, end)).digest();
  if (!digest.equals(contents.subarray(end))) return undefined;
  const headEnd = MAGIC.length + 4 + contents.readUInt32LE(MAGIC.length);
  const head = JSON.parse(contents.toString('utf8', MAGIC.length + 4, headEnd)) as JournalHead;
  const total = head.patches.reduce((sum, [, length]) => sum + length, 0);
  if (headEnd + 2 * total !== end) return undefined;
  const patches: Patch[] = [];
  let at = headEnd;
  for (const [start, length] of head.patches) {
    patches.push({
      start,
      before: new Uint8Array(contents.subarray(at, at + length)),
      after: new Uint8Array(contents.subarray(at + total, at + total + length)),
    });
    at += length;
  }
  return { head, patches };
}

/** A process of this machine that lives may be in the middle of it. */
function isUnderWay({ host, pid }: JournalHead): boolean {
  if (host !== hostname() || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
