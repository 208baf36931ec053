/** Answers the worker's contract: opens files, watches them, and hands what is asked of one to its answers. */
import type { BufferEditRequests } from '#shared/protocol/bufferEditing.ts';
import type { ScanProgress } from '#shared/protocol/bufferScan.ts';
import type {
  BufferDescription,
  BufferReadRequests,
  BufferWorkerContract,
  BufferWorkerRequests,
} from '#shared/protocol/bufferView.ts';
import type { Answers } from '#shared/protocol/wire.ts';
import type { Disposable, Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { answerCompare } from './compareAnswer.ts';
import type { OpenBuffer } from './inspect.ts';
import { openBuffer, openPart } from './inspect.ts';
import type { EditAnswers } from './edit/editAnswers.ts';
import { answerEdits, withEditState } from './edit/editAnswers.ts';
import type { EditableBuffer } from './edit/editableBuffer.ts';
import { openEditable } from './edit/editableBuffer.ts';
import { exportElements } from './export/exportElements.ts';
import { answerReads } from './readAnswers.ts';
import { PageCache } from './source/pageCache.ts';
import { suggestLayouts } from './suggestLayouts.ts';

export interface BufferAnswers extends Disposable {
  readonly answers: Answers<BufferWorkerRequests>;
}

type WorkerEvents = BufferWorkerContract['events'];

interface OpenEntry {
  readonly path: string;
  readonly buffer: Watched;
  readonly reads: Answers<BufferReadRequests>;
  readonly editing: EditableBuffer | undefined;
  readonly edits: EditAnswers | undefined;
}

const WATCH_MS = 1000;
const HEAD_BYTES = 4096;

/** `onChange` is called at most once for each generation. */
export function answerBuffers(
  onChange: (event: WorkerEvents['changed']) => void,
  onProgress: (event: WorkerEvents['progress']) => void = () => undefined,
  watchMs = WATCH_MS,
): BufferAnswers {
  const cache = new PageCache();
  const open = new Map<number, OpenEntry>();
  let nextId = 1;

  const closed = fail({ kind: 'unreadable', message: 'the file was closed' });
  /** The same request of the buffer that `bufferId` names. */
  const forward = <M extends keyof BufferReadRequests>(
    method: M,
  ): Answers<BufferWorkerRequests>[M] =>
    // The id is one key more than the request has, which the answers don't look at.
    ((params: { bufferId: number }, signal: AbortSignal) => {
      const entry = open.get(params.bufferId);
      if (!entry) return closed;
      const answer = entry.reads[method] as (params: unknown, signal: AbortSignal) => unknown;
      return answer(params, signal);
    }) as Answers<BufferWorkerRequests>[M];

  const withEdits = <E>(bufferId: number, described: Result<BufferDescription, E>) =>
    withEditState(open.get(bufferId)?.editing, described);
  /** An edit is answered to whoever asked for it, so it is not told of as a change of the file. */
  const edited = <M extends keyof BufferEditRequests>(
    method: M,
  ): Answers<BufferWorkerRequests>[M] =>
    (async (params: { bufferId: number }, signal: AbortSignal) => {
      const entry = open.get(params.bufferId);
      if (!entry?.edits) return closed;
      const answer = entry.edits[method] as (params: unknown, signal: AbortSignal) => unknown;
      return entry.buffer.quietly(() => answer(params, signal));
    }) as Answers<BufferWorkerRequests>[M];

  return {
    answers: {
      async open({ path, editable, parts = [] }, signal) {
        const opened =
          parts.length > 0
            ? await openPart(path, parts, { cache }, signal)
            : await (editable ? openEditable : openBuffer)(path, { cache });
        if (!opened.ok) return fail({ kind: 'unreadable', message: opened.error.message });
        const editing = isEditable(opened.value) ? opened.value : undefined;
        const description = await withEditState(editing, await opened.value.describe(signal));
        if (!description.ok || signal.aborted) {
          opened.value.dispose();
          return description.ok ? fail({ kind: 'cancelled' }) : description;
        }
        const bufferId = nextId++;
        const buffer = watch(opened.value, watchMs, (generation) =>
          onChange({ bufferId, generation }),
        );
        const tell = (progress: ScanProgress) => onProgress({ bufferId, ...progress });
        const edits = editing && answerEdits(editing, tell);
        open.set(bufferId, { path, buffer, editing, edits, reads: answerReads(buffer, tell) });
        return ok({ bufferId, description: description.value });
      },
      close({ bufferId }) {
        open.get(bufferId)?.buffer.dispose();
        open.delete(bufferId);
        return ok({});
      },
      describe: async (params, signal) =>
        withEdits(params.bufferId, await forward('describe')(params, signal)),
      edit: edited('edit'),
      undo: edited('undo'),
      redo: edited('redo'),
      revert: edited('revert'),
      save: edited('save'),
      saveCopy: edited('saveCopy'),
      writeBackup: edited('writeBackup'),
      restoreBackup: edited('restoreBackup'),
      readBytes: forward('readBytes'),
      readElements: forward('readElements'),
      statistics: forward('statistics'),
      unique: forward('unique'),
      histogram: forward('histogram'),
      series: forward('series'),
      find: forward('find'),
      readValue: forward('readValue'),
      layRaw: async ({ bufferId, layout }, signal) =>
        withEdits(bufferId, (await open.get(bufferId)?.buffer.layRaw(layout, signal)) ?? closed),
      async suggestLayouts({ bufferId, pythonFiles }, signal) {
        const entry = open.get(bufferId);
        if (!entry) return closed;
        const { source } = entry.buffer;
        const head = await source.read(0, HEAD_BYTES, signal);
        if (!head.ok) return head;
        return ok(
          await suggestLayouts(entry.path, source.byteLength, head.value, pythonFiles, signal),
        );
      },
      exportArray({ bufferId, ...request }, signal) {
        const entry = open.get(bufferId);
        const tell = (progress: ScanProgress) => onProgress({ bufferId, ...progress });
        return entry ? exportElements(entry.buffer.source, request, tell, signal) : closed;
      },
      compare({ bufferId, otherId, ...part }, signal) {
        const here = open.get(bufferId)?.buffer;
        const there = open.get(otherId)?.buffer;
        if (!here || !there) return closed;
        const tell = (progress: ScanProgress) => onProgress({ bufferId, ...progress });
        return answerCompare(here.source, there.source, part, tell, signal);
      },
    },
    dispose() {
      for (const { buffer } of open.values()) buffer.dispose();
      open.clear();
    },
  };
}

interface Watched extends OpenBuffer {
  /** Tells of a generation that was not told of before. */
  announce(): void;
  /** Runs what makes new generations for someone who knows of them from its answer. */
  quietly<T>(run: () => T | Promise<T>): Promise<T>;
}

function isEditable(buffer: OpenBuffer): buffer is EditableBuffer {
  return 'editState' in buffer;
}

/** Looks at the file's time and size at an interval: that works on every file system, also on networks. */
function watch(
  buffer: OpenBuffer,
  watchMs: number,
  onChange: (generation: number) => void,
): Watched {
  let told = buffer.source.generation;
  let readable = true;
  let quiet = 0;
  let disposed = false;
  let timer: NodeJS.Timeout;
  const announce = () => {
    if (disposed || quiet > 0 || told === buffer.source.generation) return;
    told = buffer.source.generation;
    onChange(told);
  };
  const look = async () => {
    const found = await buffer.source.refresh();
    if (disposed) return;
    // A file that went away, or came back as it was, is told of once, so that the panel asks and shows it.
    const isNews = readable !== found.ok && told === buffer.source.generation;
    readable = found.ok;
    if (isNews) onChange(told);
    announce();
    schedule();
  };
  const schedule = () => {
    timer = setTimeout(() => void look(), watchMs).unref();
  };
  schedule();
  return {
    source: buffer.source,
    describe: (signal) => buffer.describe(signal),
    readValue: (wanted, signal) => buffer.readValue(wanted, signal),
    layRaw: (layout, signal) => buffer.layRaw(layout, signal),
    announce,
    async quietly(run) {
      quiet++;
      try {
        return await run();
      } finally {
        quiet--;
        told = buffer.source.generation;
      }
    },
    dispose() {
      disposed = true;
      clearTimeout(timer);
      buffer.dispose();
    },
  };
}
