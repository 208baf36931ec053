/**
 * Writes an edited buffer to its file. Edits that leave the length as it is go in place under a journal, so that one
 * byte of a huge file is one byte written; all others through a temporary file that takes the file's place.
 */
import type { FileHandle } from 'node:fs/promises';
import { open, realpath, rename, stat, statfs, unlink } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { changedRanges } from '#shared/edit/editHistory.ts';
import type { PieceTree } from '#shared/edit/pieceTree.ts';
import { byteLengthOf } from '#shared/edit/pieceTree.ts';
import type { SaveConsent, SaveFailure } from '#shared/protocol/bufferEditing.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { EditedSource } from './editedSource.ts';
import type { Patch } from './journal.ts';
import { syncFolder, writeJournal } from './journal.ts';
import { pinnedSource } from './pinnedSource.ts';

export interface Saved {
  readonly writtenBytes: number;
  readonly inPlace: boolean;
}

type SaveResult<T> = Result<T, SaveFailure>;

/** More than this is written anew: a journal holds the old bytes and the new ones. */
const MOST_PATCHED_BYTES = 64 * 1024 * 1024;
const MOST_PATCHES = 100_000;
const PIECE_BYTES = 4 * 1024 * 1024;

export async function saveBuffer(
  source: EditedSource,
  path: string,
  consent: SaveConsent,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<SaveResult<Saved>> {
  const found = await source.refresh();
  if (!found.ok) return refuse('refused', `The file can't be written: ${found.error.message}.`);
  if (source.conflict && !consent.overwrite) return changedOnDisk();
  const { tree } = source.history;
  const target = await attempt(() => realpath(path));
  if (!target.ok) return target;
  return source.whileSaving(() =>
    fitsInPlace(source, tree)
      ? saveInPlace(source, tree, target.value)
      : saveAnew(source, tree, target.value, consent, onProgress, signal),
  );
}

/** Writes the contents to another file. The buffer stays what it is. */
export async function saveCopy(
  source: EditedSource,
  path: string,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<SaveResult<{ readonly writtenBytes: number }>> {
  const { tree } = source.history;
  const existing = await stat(path).catch(() => undefined);
  const target = existing ? await realpath(path) : path;
  const temporary = await writeTemporary(source, tree, target, existing?.mode, onProgress, signal);
  if (!temporary.ok) return temporary;
  const moved = await moveOver(temporary.value, target);
  return moved.ok ? ok({ writtenBytes: byteLengthOf(tree) }) : moved;
}

function fitsInPlace(source: EditedSource, tree: PieceTree): boolean {
  if (byteLengthOf(tree) !== source.base.byteLength) return false;
  const ranges = changedRanges(tree, source.sourceId, MOST_PATCHES + 1);
  if (ranges.length > MOST_PATCHES) return false;
  return ranges.reduce((sum, { start, end }) => sum + end - start, 0) <= MOST_PATCHED_BYTES;
}

async function saveInPlace(
  source: EditedSource,
  tree: PieceTree,
  target: string,
): Promise<SaveResult<Saved>> {
  const patches: Patch[] = [];
  for (const { start, end } of changedRanges(tree, source.sourceId)) {
    const after = new Uint8Array(end - start);
    const filled = await source.fill(after, tree, start, 'readUncached');
    const before = await source.base.readUncached(start, end - start);
    if (!filled.ok) return refuse('refused', `Not saved: ${filled.error.message}.`);
    if (!before.ok) return refuse('refused', `Not saved: ${before.error.message}.`);
    patches.push({ start, before: before.value, after });
  }
  const writtenBytes = patches.reduce((sum, { after }) => sum + after.length, 0);
  if (patches.length > 0) {
    const written = await attempt(() => patchFile(target, source.base.byteLength, patches));
    if (!written.ok) return written;
  }
  source.savedInPlace(patches.map(({ start, before }) => ({ start, bytes: before })));
  return ok({ writtenBytes, inPlace: true });
}

async function patchFile(
  target: string,
  byteLength: number,
  patches: readonly Patch[],
): Promise<void> {
  // Opened first: a file that may not be written leaves no journal behind.
  const handle = await open(target, 'r+');
  try {
    const journal = await writeJournal(target, byteLength, patches);
    try {
      await writePatches(handle, patches, 'after');
      await handle.sync();
    } catch (error) {
      // The journal stays where the old bytes can't be put back: the next open does it.
      await writePatches(handle, patches, 'before');
      await handle.sync();
      await journal.remove();
      throw error;
    }
    await journal.remove();
  } finally {
    await handle.close();
  }
}

export async function writePatches(
  handle: FileHandle,
  patches: readonly Patch[],
  which: 'before' | 'after',
): Promise<void> {
  for (const patch of patches) await writeAll(handle, patch[which], patch.start);
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, at + done);
    done += bytesWritten;
  }
}

async function saveAnew(
  source: EditedSource,
  tree: PieceTree,
  target: string,
  consent: SaveConsent,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<SaveResult<Saved>> {
  const before = await attempt(() => stat(target, { bigint: true }));
  if (!before.ok) return before;
  const { nlink, mode } = before.value;
  if (nlink > 1n && !consent.splitLinks)
    return refuse(
      'hardLinks',
      `This file has ${nlink} names (hard links). Saving a change of its length makes a new file under this name; the others keep the old contents.`,
    );
  const writable = await attempt(async () => (await open(target, 'r+')).close());
  if (!writable.ok) return writable;
  const temporary = await writeTemporary(source, tree, target, Number(mode), onProgress, signal);
  if (!temporary.ok) return temporary;
  const now = await stat(target, { bigint: true }).catch(() => undefined);
  const isSame =
    now?.ino === before.value.ino &&
    now.size === before.value.size &&
    now.mtimeNs === before.value.mtimeNs;
  if (!isSame && !consent.overwrite) {
    await unlink(temporary.value);
    return changedOnDisk();
  }
  const former = await pinnedSource(target);
  const moved = await moveOver(temporary.value, target);
  if (!moved.ok) {
    former?.dispose();
    return moved;
  }
  source.savedAnew(former);
  return ok({ writtenBytes: byteLengthOf(tree), inPlace: false });
}

/** The contents in a new file beside the target, down on the disk. */
async function writeTemporary(
  source: EditedSource,
  tree: PieceTree,
  target: string,
  mode: number | undefined,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<SaveResult<string>> {
  const total = byteLengthOf(tree);
  const folder = dirname(target);
  const space = await statfs(folder).catch(() => undefined);
  if (space && space.bavail * space.bsize < total)
    return refuse(
      'refused',
      `Not saved: the disk has ${space.bavail * space.bsize} bytes left, and a change of the length needs all ${total} of them written anew.`,
    );
  const path = join(folder, `.${basename(target)}.strata-${randomUUID()}.tmp`);
  const result = await attempt(async () => {
    const handle = await open(path, 'wx', mode === undefined ? 0o666 : mode & 0o7777);
    try {
      if (mode !== undefined) await handle.chmod(mode & 0o7777);
      // One buffer for each piece: what was handed to the disk is never written over meanwhile.
      for (let at = 0; at < total; at += PIECE_BYTES) {
        signal.throwIfAborted();
        const bytes = new Uint8Array(Math.min(PIECE_BYTES, total - at));
        const filled = await source.fill(bytes, tree, at, 'readUncached', signal);
        if (!filled.ok) throw new Error(filled.error.message);
        await writeAll(handle, bytes, at);
        onProgress(at + bytes.length, total);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
  });
  if (result.ok) return ok(path);
  await unlink(path).catch(() => undefined);
  return signal.aborted
    ? refuse('refused', 'Saving was cancelled; the file is as it was.')
    : result;
}

async function moveOver(temporary: string, target: string): Promise<SaveResult<undefined>> {
  const moved = await attempt(async () => {
    await rename(temporary, target);
    await syncFolder(dirname(target));
  });
  if (moved.ok) return ok(undefined);
  await unlink(temporary).catch(() => undefined);
  return moved;
}

async function attempt<T>(action: () => Promise<T>): Promise<SaveResult<T>> {
  try {
    return ok(await action());
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const known = code !== undefined && Object.hasOwn(reasons, code) ? reasons[code] : undefined;
    return refuse('refused', `Not saved: ${known ?? message}.`);
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'writing it is not permitted',
  EPERM: 'writing it is not permitted',
  EROFS: 'the disk can only be read',
  ENOSPC: 'the disk is full',
  ENOENT: 'the file or its folder is gone',
  EBUSY: 'another program has locked it',
  EXDEV: 'this file system can not put one file in the place of another',
  EDQUOT: 'the quota of this disk is used up',
  EIO: 'the disk reported an error',
};

function changedOnDisk(): SaveResult<never> {
  return refuse(
    'changedOnDisk',
    'The file on disk is not the one that was edited any more: another program wrote to it.',
  );
}

function refuse(reason: SaveFailure['reason'], message: string): SaveResult<never> {
  return fail({ kind: 'notSaved', reason, message });
}
