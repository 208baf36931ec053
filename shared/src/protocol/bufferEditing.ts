/** What editing a buffer is asked and answers. Edits travel as data, so that a worker that dies can be told them again. */
import type { BufferEdit } from '../edit/bufferEdit.ts';
import type { BufferDescription, ReadFailure } from './bufferView.ts';
import type { Call } from './wire.ts';

/** What a panel has to know of the edits, with every description of an editable buffer. */
export interface EditState {
  /** Why nothing can be changed; null where it can. */
  readonly readOnly: string | null;
  readonly isDirty: boolean;
  /** The file changed on disk under unsaved edits. */
  readonly conflict: boolean;
  /** Bytes that were written and not saved: start, end, start, end, …, in order. */
  readonly changed: readonly number[];
  /** There are more changed places than `changed` has. */
  readonly isCut: boolean;
}

export const MOST_CHANGED_RANGES = 4096;

export interface EditFailure {
  readonly kind: 'notEdited';
  readonly message: string;
}

export interface SaveFailure {
  readonly kind: 'notSaved';
  /** What would let it be saved: a yes to writing over, or to giving up the other names of the file. */
  readonly reason: 'changedOnDisk' | 'hardLinks' | 'refused';
  readonly message: string;
}

export interface SaveConsent {
  /** Also where the file on disk is another one than was edited. */
  readonly overwrite: boolean;
  /** Also where other names of the same file will keep the old contents. */
  readonly splitLinks: boolean;
}

export interface SaveReport {
  readonly description: BufferDescription;
  /** Bytes that were written, without the journal. */
  readonly writtenBytes: number;
  readonly inPlace: boolean;
}

/** Asked of the worker by the owner of the document. */
export interface BufferEditRequests {
  edit: Call<
    { bufferId: number; edits: readonly BufferEdit[] },
    BufferDescription,
    ReadFailure | EditFailure
  >;
  undo: Call<{ bufferId: number }, BufferDescription, ReadFailure | EditFailure>;
  redo: Call<{ bufferId: number }, BufferDescription, ReadFailure | EditFailure>;
  revert: Call<{ bufferId: number }, BufferDescription, ReadFailure>;
  save: Call<
    { bufferId: number; job: number } & SaveConsent,
    SaveReport,
    ReadFailure | SaveFailure
  >;
  /** Writes the contents to another file, which is made or replaced. */
  saveCopy: Call<
    { bufferId: number; job: number; path: string },
    { readonly writtenBytes: number },
    ReadFailure | SaveFailure
  >;
  /** Keeps the unsaved edits in a file of their own. */
  writeBackup: Call<
    { bufferId: number; path: string },
    { readonly writtenBytes: number },
    ReadFailure | SaveFailure
  >;
  restoreBackup: Call<
    { bufferId: number; path: string },
    BufferDescription,
    ReadFailure | EditFailure
  >;
}
