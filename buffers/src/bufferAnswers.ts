/** Answers the buffer contract over open files. Every parameter is checked: they come from a panel. */
import type {
  BufferDescription,
  BufferWorkerContract,
  BufferWorkerRequests,
  ElementWindow,
  ReadFailure,
} from '#shared/protocol/bufferView.ts';
import { MAX_PAGE_BYTES } from '#shared/protocol/bufferView.ts';
import type { Answers } from '#shared/protocol/wire.ts';
import type { StridedLayout } from '#shared/layout/strides.ts';
import { byteExtent } from '#shared/layout/strides.ts';
import type { Disposable, Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { OpenBuffer } from './inspect.ts';
import { openBuffer } from './inspect.ts';
import { gather } from './scan/gather.ts';
import { PageCache } from './source/pageCache.ts';

export interface BufferAnswers extends Disposable {
  readonly answers: Answers<BufferWorkerRequests>;
}

const WATCH_MS = 1000;

/** `onChange` is called at most once for each generation. */
export function answerBuffers(
  onChange: (event: BufferWorkerContract['events']['changed']) => void,
  watchMs = WATCH_MS,
): BufferAnswers {
  const cache = new PageCache();
  const open = new Map<number, Watched>();
  let nextId = 1;

  /** Runs `read` on an open buffer, and gives up with `outOfRange` what describes no bytes of it. */
  const onBuffer = async <T>(
    bufferId: number,
    signal: AbortSignal,
    read: (buffer: Watched, description: BufferDescription) => Promise<Result<T, ReadFailure>>,
  ): Promise<Result<T, ReadFailure>> => {
    const buffer = open.get(bufferId);
    if (!buffer) return fail({ kind: 'unreadable', message: 'the file was closed' });
    const description = await buffer.describe(signal);
    if (!description.ok) return description;
    const result = await read(buffer, description.value);
    buffer.announce();
    // Bytes of two generations must not meet in one view.
    if (result.ok && buffer.source.generation !== description.value.generation)
      return fail({ kind: 'unreadable', message: 'the file changed while it was read' });
    return result;
  };

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
        open.set(
          bufferId,
          watch(opened.value, watchMs, (generation) => onChange({ bufferId, generation })),
        );
        return ok({ bufferId, description: description.value });
      },
      close({ bufferId }) {
        open.get(bufferId)?.dispose();
        open.delete(bufferId);
        return ok({});
      },
      async describe({ bufferId }, signal) {
        const buffer = open.get(bufferId);
        const found = await buffer?.source.refresh();
        buffer?.announce();
        if (found && !found.ok) return found;
        return onBuffer(bufferId, signal, (_, description) => Promise.resolve(ok(description)));
      },
      readBytes: ({ bufferId, offset, length }, signal) =>
        onBuffer(bufferId, signal, async ({ source }, { generation, byteLength }) => {
          if (!isCount(offset) || !isCount(length)) return fail({ kind: 'outOfRange', byteLength });
          if (offset > byteLength || length > MAX_PAGE_BYTES)
            return fail({ kind: 'outOfRange', byteLength });
          const bytes = await source.read(offset, length, signal);
          return bytes.ok ? ok({ generation, bytes: ownBuffer(bytes.value) }) : bytes;
        }),
      readElements: ({ bufferId, ...window }, signal) =>
        onBuffer(bufferId, signal, async ({ source }, description) => {
          const { generation, byteLength } = description;
          const layout = layoutOfWindow(description, window);
          if (!layout) return fail({ kind: 'outOfRange', byteLength });
          const bytes = await gather(source, layout, signal);
          return bytes.ok ? ok({ generation, bytes: ownBuffer(bytes.value) }) : bytes;
        }),
    },
    dispose() {
      for (const buffer of open.values()) buffer.dispose();
      open.clear();
    },
  };
}

/** The rectangle that a window names, or undefined where it names anything outside the array. */
function layoutOfWindow(
  description: BufferDescription,
  window: ElementWindow,
): StridedLayout | undefined {
  const array = isCount(window.array) ? description.arrays[window.array] : undefined;
  const { index, rowAxis, columnAxis, rows, columns } = window;
  if (!array || !Array.isArray(index) || index.length !== array.shape.length) return undefined;
  const isAxis = (axis: number | null) =>
    axis === null || (isCount(axis) && axis < array.shape.length);
  if (!isAxis(rowAxis) || !isAxis(columnAxis)) return undefined;
  if (rowAxis !== null && rowAxis === columnAxis) return undefined;
  const lengthOf = (axis: number | null) => (axis === null ? 1 : (array.shape[axis] ?? 0));
  const strideOf = (axis: number | null) => (axis === null ? 0 : (array.strides[axis] ?? 0));
  if (!isRange(rows, lengthOf(rowAxis)) || !isRange(columns, lengthOf(columnAxis)))
    return undefined;

  let offset = array.offset + rows.start * strideOf(rowAxis) + columns.start * strideOf(columnAxis);
  for (const [axis, position] of index.entries()) {
    if (axis === rowAxis || axis === columnAxis) continue;
    if (!isCount(position) || position >= (array.shape[axis] ?? 0)) return undefined;
    offset += position * (array.strides[axis] ?? 0);
  }
  const shape = [rows.end - rows.start, columns.end - columns.start];
  const layout: StridedLayout = {
    shape,
    strides: [strideOf(rowAxis), strideOf(columnAxis)],
    offset,
    itemsize: array.dtype.itemsize,
  };
  const [height = 0, width = 0] = shape;
  if (height * width * Math.max(layout.itemsize, 1) > MAX_PAGE_BYTES) return undefined;
  const { start, end } = byteExtent(layout);
  return 0 <= start && end <= description.byteLength ? layout : undefined;
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
    announce,
    dispose() {
      disposed = true;
      clearTimeout(timer);
      buffer.dispose();
    },
  };
}

/** A whole buffer of its own: pages of the cache are not given away. */
function ownBuffer(bytes: Uint8Array): ArrayBuffer {
  const whole = bytes.byteOffset === 0 && bytes.length === bytes.buffer.byteLength;
  return (whole ? bytes : new Uint8Array(bytes)).buffer as ArrayBuffer;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isRange(range: { start: number; end: number } | undefined, length: number): boolean {
  return (
    range !== undefined &&
    isCount(range.start) &&
    isCount(range.end) &&
    range.start <= range.end &&
    range.end <= length
  );
}
