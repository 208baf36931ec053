/** Answers the worker's contract: opens files, watches them, and hands what is asked of one to its answers. */
import type {
  BufferReadRequests,
  BufferWorkerContract,
  BufferWorkerRequests,
} from '#shared/protocol/bufferView.ts';
import type { Answers } from '#shared/protocol/wire.ts';
import type { Disposable } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { compareSources } from './compare.ts';
import type { OpenBuffer } from './inspect.ts';
import { openBuffer } from './inspect.ts';
import { answerReads, layElements } from './readAnswers.ts';
import { progressSource } from './scan/progress.ts';
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

  return {
    answers: {
      async open({ path }, signal) {
        const opened = await openBuffer(path, { cache });
        if (!opened.ok) return opened;
        const description = await opened.value.describe(signal);
        if (!description.ok || signal.aborted) {
          opened.value.dispose();
          return description.ok ? fail({ kind: 'cancelled' }) : description;
        }
        const bufferId = nextId++;
        const buffer = watch(opened.value, watchMs, (generation) =>
          onChange({ bufferId, generation }),
        );
        const reads = answerReads(buffer, (progress) => onProgress({ bufferId, ...progress }));
        open.set(bufferId, { path, buffer, reads });
        return ok({ bufferId, description: description.value });
      },
      close({ bufferId }) {
        open.get(bufferId)?.buffer.dispose();
        open.delete(bufferId);
        return ok({});
      },
      describe: forward('describe'),
      readBytes: forward('readBytes'),
      readElements: forward('readElements'),
      statistics: forward('statistics'),
      unique: forward('unique'),
      histogram: forward('histogram'),
      series: forward('series'),
      find: forward('find'),
      layRaw: ({ bufferId, layout }, signal) =>
        open.get(bufferId)?.buffer.layRaw(layout, signal) ?? closed,
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
      async compare({ bufferId, otherId, job, mode, limit }, signal) {
        const here = open.get(bufferId)?.buffer;
        const there = open.get(otherId)?.buffer;
        if (!here || !there) return closed;
        const fits =
          mode.kind === 'bytes' ||
          (layElements(mode.elements, here.source.byteLength) !== undefined &&
            layElements(mode.other, there.source.byteLength) !== undefined);
        if (!fits) return fail({ kind: 'outOfRange', byteLength: here.source.byteLength });
        const total = here.source.byteLength;
        const watched = progressSource(here.source, total, (done) =>
          onProgress({ bufferId, job, done, total }),
        );
        return compareSources(watched, there.source, mode, limit, signal);
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
}

/** Looks at the file's time and size at an interval: that works on every file system, also on networks. */
function watch(
  buffer: OpenBuffer,
  watchMs: number,
  onChange: (generation: number) => void,
): Watched {
  let told = buffer.source.generation;
  let readable = true;
  let disposed = false;
  let timer: NodeJS.Timeout;
  const announce = () => {
    if (disposed || told === buffer.source.generation) return;
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
    layRaw: (layout, signal) => buffer.layRaw(layout, signal),
    announce,
    dispose() {
      disposed = true;
      clearTimeout(timer);
      buffer.dispose();
    },
  };
}
