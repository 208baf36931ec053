/**
 * Answers what a panel asks of the bytes of one buffer, wherever they come from: a file in the worker, or memory of a
 * debugged program beside the debugger. Every parameter is checked: they come from a panel.
 */
import type { DType } from '#shared/layout/dtype.ts';
import { parseDType } from '#shared/layout/dtypeText.ts';
import type { StridedLayout } from '#shared/layout/strides.ts';
import { byteExtent, elementCount } from '#shared/layout/strides.ts';
import type {
  ElementStatistics,
  LaidElements,
  NumberPart,
  ScanProgress,
} from '#shared/protocol/bufferScan.ts';
import { MOST_BINS, MOST_MATCHES, MOST_RUNS, MOST_UNIQUE } from '#shared/protocol/bufferScan.ts';
import type {
  BufferDescription,
  BufferReadRequests,
  ElementWindow,
  ReadFailure,
} from '#shared/protocol/bufferView.ts';
import { MAX_PAGE_BYTES } from '#shared/protocol/bufferView.ts';
import type { Answers } from '#shared/protocol/wire.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { ReadValue } from './format/format.ts';
import { findMatches } from './scan/findMatches.ts';
import { findValues } from './scan/findValues.ts';
import { gather } from './scan/gather.ts';
import { histogramOf } from './scan/histogram.ts';
import { hasNumbers } from './scan/numbers.ts';
import { patternOf } from './scan/pattern.ts';
import { progressSource } from './scan/progress.ts';
import { seriesOf } from './scan/series.ts';
import type { Statistics } from './scan/statistics.ts';
import { statisticsOf } from './scan/statistics.ts';
import { uniqueOf } from './scan/unique.ts';
import type { ByteSource, SourceFailure } from './source/byteSource.ts';

/** What a buffer has to be to be answered for. */
export interface ReadableBuffer {
  readonly source: ByteSource;
  describe(signal?: AbortSignal): Promise<Result<BufferDescription, SourceFailure>>;
  readonly readValue?: ReadValue;
  /** Called when something was read, for whoever tells of new generations. */
  announce?(): void;
}

const MAX_AXES = 64;
const parts: readonly NumberPart[] = ['value', 'magnitude', 'phase', 'real', 'imaginary'];

export function answerReads(
  buffer: ReadableBuffer,
  onProgress: (progress: ScanProgress) => void,
): Answers<BufferReadRequests> {
  const { source } = buffer;
  const withDescription = <T, F extends { readonly kind: string } = never>(
    signal: AbortSignal,
    read: (description: BufferDescription) => Promise<Result<T, ReadFailure | F>>,
  ): Promise<Result<T, ReadFailure | F>> => readStable(buffer, signal, read);

  /** A scan of elements, with progress in bytes of them. */
  const scan = <T>(
    { job, elements }: { readonly job: number; readonly elements: LaidElements },
    signal: AbortSignal,
    run: (
      watched: ByteSource,
      dtype: DType,
      layout: StridedLayout,
      generation: number,
    ) => Promise<Result<T, ReadFailure>>,
  ) =>
    withDescription(signal, ({ generation, byteLength }) => {
      const laid = layElements(elements, byteLength);
      if (!laid || !isCount(job)) return Promise.resolve(fail({ kind: 'outOfRange', byteLength }));
      const total = elementCount(laid.layout.shape) * laid.layout.itemsize;
      const watched = progressSource(source, total, (done) => onProgress({ job, done, total }));
      return run(watched, laid.dtype, laid.layout, generation);
    });

  return {
    async describe(_, signal) {
      const found = await source.refresh();
      buffer.announce?.();
      if (!found.ok) return found;
      return withDescription(signal, (description) => Promise.resolve(ok(description)));
    },
    readBytes: ({ offset, length }, signal) =>
      withDescription(signal, async ({ generation, byteLength }) => {
        if (!isCount(offset) || !isCount(length) || offset > byteLength || length > MAX_PAGE_BYTES)
          return fail({ kind: 'outOfRange', byteLength });
        const bytes = await source.read(offset, length, signal);
        return bytes.ok ? ok({ generation, bytes: ownBuffer(bytes.value) }) : bytes;
      }),
    readElements: (window, signal) =>
      withDescription(signal, async ({ generation, byteLength }) => {
        if (!isWindow(window, byteLength)) return fail({ kind: 'outOfRange', byteLength });
        const bytes = await gather(source, window, signal);
        return bytes.ok ? ok({ generation, bytes: ownBuffer(bytes.value) }) : bytes;
      }),
    statistics: (request, signal) =>
      scan(request, signal, async (watched, dtype, layout, generation) => {
        const found = await statisticsOf(watched, dtype, layout, signal);
        if (!found.ok) return found;
        return ok({ generation, statistics: found.value ? forWire(found.value) : null });
      }),
    unique: (request, signal) =>
      scan(request, signal, async (watched, _, layout, generation) => {
        const limit = isCount(request.limit) ? Math.min(request.limit, MOST_UNIQUE) : MOST_UNIQUE;
        const found = await uniqueOf(watched, layout, limit, signal);
        return found.ok ? ok({ generation, ...found.value }) : found;
      }),
    histogram: (request, signal) =>
      scan(request, signal, async (watched, dtype, layout, generation) => {
        const { bins, part } = request;
        if (!hasNumbers(dtype) || !isCount(bins) || bins < 1 || bins > MOST_BINS || !isPart(part))
          return fail({ kind: 'outOfRange', byteLength: source.byteLength });
        const options = { bins, part, range: undefined };
        const found = await histogramOf(watched, dtype, layout, options, signal);
        return found.ok ? ok({ generation, ...found.value }) : found;
      }),
    series: (request, signal) =>
      scan(request, signal, async (watched, dtype, layout, generation) => {
        const { runs, part } = request;
        if (!hasNumbers(dtype) || !isCount(runs) || runs < 1 || runs > MOST_RUNS || !isPart(part))
          return fail({ kind: 'outOfRange', byteLength: source.byteLength });
        const found = await seriesOf(watched, dtype, layout, { runs, part }, signal);
        return found.ok ? ok({ generation, ...found.value }) : found;
      }),
    find: (request, signal) =>
      withDescription(signal, async ({ generation, byteLength }) => {
        const { job, query, start, end, backward } = request;
        if (!isCount(start) || !isCount(end) || start > end || !isCount(request.limit))
          return fail({ kind: 'outOfRange', byteLength });
        const limit = Math.min(request.limit, MOST_MATCHES);
        const range = {
          start,
          end: Math.min(end, byteLength),
          limit,
          backward,
          countAll: limit > 1,
        };
        const progress = (total: number) =>
          progressSource(source, total, (done) => onProgress({ job, done, total }));
        if (query.kind === 'value') {
          const laid = layElements(query.elements, byteLength);
          if (!laid) return fail({ kind: 'outOfRange', byteLength });
          const { dtype, layout } = laid;
          const watched = progress(elementCount(layout.shape) * layout.itemsize);
          const found = await findValues(watched, dtype, layout, query.test, range, signal);
          return found.ok ? ok({ generation, ...found.value }) : found;
        }
        const pattern = patternOf(query);
        if (!pattern.ok) return pattern;
        const watched = progress(Math.max(0, range.end - start));
        const found = await findMatches(watched, pattern.value, range, signal);
        return found.ok ? ok({ generation, ...found.value }) : found;
      }),
    readValue: ({ array, element }, signal) =>
      withDescription(signal, async ({ generation, byteLength }) => {
        if (!isCount(array) || !isCount(element)) return fail({ kind: 'outOfRange', byteLength });
        const found = await buffer.readValue?.({ array, element }, signal);
        if (found && !found.ok) return found;
        return ok({ generation, reading: found?.value ?? null });
      }),
  };
}

/** Reads with the description of one generation, and refuses what another one came between. */
export async function readStable<T, F extends { readonly kind: string } = never>(
  buffer: ReadableBuffer,
  signal: AbortSignal,
  read: (description: BufferDescription) => Promise<Result<T, ReadFailure | F>>,
): Promise<Result<T, ReadFailure | F>> {
  const description = await buffer.describe(signal);
  if (!description.ok) return description;
  const result = await read(description.value);
  buffer.announce?.();
  if (result.ok && buffer.source.generation !== description.value.generation)
    return fail({ kind: 'unreadable', message: 'the file changed while it was read' });
  return result;
}

/** Elements that lie in the file, or undefined. */
export function layElements(
  elements: LaidElements,
  byteLength: number,
): { readonly dtype: DType; readonly layout: StridedLayout } | undefined {
  const { shape, strides, offset } = elements;
  const dtype = parseDType(elements.dtype);
  if (!dtype.ok || !Array.isArray(shape) || !Array.isArray(strides)) return undefined;
  if (shape.length !== strides.length || shape.length > MAX_AXES || !isCount(offset))
    return undefined;
  if (!shape.every(isCount) || !strides.every(Number.isSafeInteger)) return undefined;
  const layout = { shape, strides, offset, itemsize: dtype.value.itemsize };
  // A view may have more elements than the file has bytes, but not more than can be counted.
  if (!Number.isSafeInteger(elementCount(shape))) return undefined;
  return isInside(layout, byteLength) ? { dtype: dtype.value, layout } : undefined;
}

function isWindow(window: ElementWindow, byteLength: number): boolean {
  const { shape, strides, offset, itemsize } = window;
  if (!isPair(shape) || !isPair(strides) || !shape.every(isCount)) return false;
  if (!strides.every(Number.isSafeInteger) || !isCount(offset) || !isCount(itemsize)) return false;
  const [rows, columns] = shape;
  if (rows * columns * Math.max(itemsize, 1) > MAX_PAGE_BYTES) return false;
  return isInside(window, byteLength);
}

function isInside(layout: StridedLayout, byteLength: number): boolean {
  const { start, end } = byteExtent(layout);
  return 0 <= start && end <= byteLength;
}

/** Whole numbers that a panel's JSON can't hold become text. */
function forWire(statistics: Statistics): ElementStatistics {
  const plain = (value: number | bigint | null) =>
    typeof value !== 'bigint'
      ? value
      : Number.isSafeInteger(Number(value))
        ? Number(value)
        : value.toString();
  return { ...statistics, min: plain(statistics.min), max: plain(statistics.max) };
}

/** A whole buffer of its own: pages of the cache are not given away. */
function ownBuffer(bytes: Uint8Array): ArrayBuffer {
  const whole = bytes.byteOffset === 0 && bytes.length === bytes.buffer.byteLength;
  return (whole ? bytes : new Uint8Array(bytes)).buffer as ArrayBuffer;
}

function isPair(value: unknown): value is readonly [number, number] {
  return Array.isArray(value) && value.length === 2;
}

function isPart(value: unknown): boolean {
  return (parts as readonly unknown[]).includes(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
