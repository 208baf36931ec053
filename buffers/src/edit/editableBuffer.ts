/** A file that may be edited: its edited bytes, what they say of themselves, and what can be done to them. */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { basename } from 'node:path';
import { replaceBytes } from '#shared/edit/bufferEdit.ts';
import { changedRanges, writtenRanges } from '#shared/edit/editHistory.ts';
import type { EditState } from '#shared/protocol/bufferEditing.ts';
import { MOST_CHANGED_RANGES } from '#shared/protocol/bufferEditing.ts';
import type { Result } from '#shared/result.ts';
import { ok } from '#shared/result.ts';
import type { OpenBuffer } from '../inspect.ts';
import { bufferOf } from '../inspect.ts';
import type { SourceFailure } from '../source/byteSource.ts';
import type { FileSourceOptions } from '../source/fileSource.ts';
import { openFileSource } from '../source/fileSource.ts';
import { EditedSource } from './editedSource.ts';
import { recoverFile } from './journal.ts';

export interface EditableBuffer extends OpenBuffer {
  readonly source: EditedSource;
  readonly path: string;
  /** Whether a save of it had been cut off: then it has its old bytes, and the new ones are unsaved edits. */
  readonly wasRecovered: boolean;
  editState(): Promise<EditState>;
}

/** Finishes a save that was cut off first: then its edits are there again, unsaved. */
export async function openEditable(
  path: string,
  options?: FileSourceOptions,
): Promise<Result<EditableBuffer, SourceFailure>> {
  const recovered = await recoverFile(path).catch(() => []);
  const base = await openFileSource(path, options);
  if (!base.ok) return base;
  const source = new EditedSource(base.value);
  if (recovered.length > 0)
    source.apply(
      recovered.map(({ start, after }) => replaceBytes(start, start + after.length, after)),
    );
  return ok({
    ...bufferOf(source, basename(path)),
    source,
    path,
    wasRecovered: recovered.length > 0,
    async editState() {
      const { history, conflict, sourceId } = source;
      const most = MOST_CHANGED_RANGES + 1;
      // After an insertion all that follows stands elsewhere; what was written is what a person changed.
      const ranges =
        history.byteLength === source.base.byteLength
          ? changedRanges(history.tree, sourceId, most)
          : writtenRanges(history.tree, most);
      return {
        readOnly: await readOnlyReason(path),
        isDirty: history.isDirty,
        conflict,
        changed: history.isDirty
          ? ranges.slice(0, MOST_CHANGED_RANGES).flatMap(({ start, end }) => [start, end])
          : [],
        isCut: ranges.length > MOST_CHANGED_RANGES,
      };
    },
  });
}

async function readOnlyReason(path: string): Promise<string | null> {
  try {
    await access(path, constants.W_OK);
    return null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EROFS') return 'The disk that this file is on can only be read.';
    if (code === 'ENOENT') return 'This file is not there any more.';
    return 'You have no permission to write to this file.';
  }
}
