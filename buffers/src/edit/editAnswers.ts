/** Answers what is asked of the edits of one buffer. Edits of a buffer are done one after another. */
import type {
  BufferEditRequests,
  EditFailure,
  SaveFailure,
} from '#shared/protocol/bufferEditing.ts';
import type { ScanProgress } from '#shared/protocol/bufferScan.ts';
import type { BufferDescription, ReadFailure } from '#shared/protocol/bufferView.ts';
import type { Answers, Params } from '#shared/protocol/wire.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { readBackup, writeBackup } from './backup.ts';
import type { FileDescription } from '../inspect.ts';
import type { EditableBuffer } from './editableBuffer.ts';
import { saveBuffer, saveCopy } from './saveBuffer.ts';

/** Of the buffer, so without its id. */
export type EditAnswers = {
  readonly [M in keyof BufferEditRequests]: (
    params: Omit<Params<BufferEditRequests[M]>, 'bufferId'>,
    signal: AbortSignal,
  ) => ReturnType<Answers<BufferEditRequests>[M]>;
};

export function answerEdits(
  buffer: EditableBuffer,
  onProgress: (progress: ScanProgress) => void,
): EditAnswers {
  const { source, path } = buffer;
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(run: () => Promise<T> | T): Promise<T> => {
    const next = last.then(run);
    last = next.catch(() => undefined);
    return next;
  };
  const described = async (signal: AbortSignal) =>
    withEditState(buffer, await buffer.describe(signal));
  const progressOf = (job: number) => (done: number, total: number) => {
    onProgress({ job, done, total });
  };
  const move = async (
    moved: boolean,
    what: string,
    signal: AbortSignal,
  ): Promise<Result<BufferDescription, ReadFailure | EditFailure>> => {
    if (moved) return described(signal);
    return fail({
      kind: 'notEdited',
      message: `This change can't be ${what} any more: the file was changed by another program, or its reader was started anew.`,
    });
  };

  return {
    edit: ({ edits }, signal) =>
      inTurn(async () => {
        const applied = source.apply(edits);
        return applied.ok ? described(signal) : applied;
      }),
    undo: (_, signal) => inTurn(() => move(source.undo(), 'undone', signal)),
    redo: (_, signal) => inTurn(() => move(source.redo(), 'redone', signal)),
    revert: (_, signal) =>
      inTurn(async () => {
        const reverted = await source.revert();
        return reverted.ok ? described(signal) : reverted;
      }),
    save: ({ job, overwrite, splitLinks }, signal) =>
      inTurn(async () => {
        const consent = { overwrite, splitLinks };
        const saved = await saveBuffer(source, path, consent, progressOf(job), signal);
        if (!saved.ok) return saved;
        const description = await described(signal);
        return description.ok
          ? ok({ ...saved.value, description: description.value })
          : description;
      }),
    saveCopy: ({ job, path: target }, signal) =>
      inTurn(() => saveCopy(source, target, progressOf(job), signal)),
    writeBackup: ({ path: target }) =>
      inTurn(async () => {
        const written = await writeBackup(source, target, path);
        return written.ok ? written : notBackedUp(written.error.message);
      }),
    restoreBackup: ({ path: from }, signal) =>
      inTurn(async () => {
        const read = await readBackup(source, from, path);
        if (!read.ok)
          return fail({
            kind: 'notEdited' as const,
            message: `The unsaved edits of this file could not be restored: ${read.error.message}.`,
          });
        source.restore(read.value.tree, !(read.value.isSameFile || buffer.wasRecovered));
        return described(signal);
      }),
  };
}

/**
 * The description as it is told to others, with what was edited where that can be. Members open themselves, which no
 * message can carry; `parts` tells of them.
 */
export async function withEditState<E>(
  buffer: EditableBuffer | undefined,
  described: Result<FileDescription, E>,
): Promise<Result<BufferDescription, E>> {
  if (!described.ok) return described;
  const told = { ...described.value };
  delete told.members;
  return ok(buffer ? { ...told, edit: await buffer.editState() } : told);
}

function notBackedUp(message: string): Result<never, SaveFailure> {
  return fail({
    kind: 'notSaved',
    reason: 'refused',
    message: `The unsaved edits could not be kept: ${message}.`,
  });
}
