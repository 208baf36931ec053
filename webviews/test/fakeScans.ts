/** What the worker would answer of a fake file: plain loops, over at most so many elements that a test stays quick. */
import { contiguityOf, contiguousStrides, byteExtent } from '#shared/layout/strides.ts';
import { byteOffsetOf, elementCount, indexOfPosition } from '#shared/layout/strides.ts';
import { byteOrderOf, dtypeText, parseDType } from '#shared/layout/dtypeText.ts';
import { decodeElement } from '#shared/layout/elementValue.ts';
import { parseRawLayout } from '#shared/layout/rawLayout.ts';
import type {
  ElementStatistics,
  FindReply,
  FindRequest,
  Histogram,
  LaidElements,
  Series,
  UniqueValues,
} from '#shared/protocol/bufferScan.ts';
import type { BadLayout, BufferDescription, RawLayoutText } from '#shared/protocol/bufferView.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { FakeFile } from './fakeBuffer.ts';

const MOST_ELEMENTS = 200_000;
const MOST_BYTES = 1_000_000;

function numbersOf(file: FakeFile, elements: LaidElements): number[] {
  const dtype = parseDType(elements.dtype);
  if (!dtype.ok) throw new Error(dtype.error.message);
  const { itemsize } = dtype.value;
  const count = Math.min(elementCount(elements.shape), MOST_ELEMENTS);
  return Array.from({ length: count }, (_, position) => {
    const start = byteOffsetOf(
      { ...elements, itemsize },
      indexOfPosition(elements.shape, position),
    );
    const bytes = Uint8Array.from({ length: itemsize }, (__, k) => file.byteAt(start + k));
    return Number(decodeElement(dtype.value, new DataView(bytes.buffer), 0));
  });
}

export function statisticsOf(file: FakeFile, elements: LaidElements): ElementStatistics | null {
  if (/^[|<>]?[SUV[(]/.test(elements.dtype)) return null;
  const numbers = numbersOf(file, elements);
  const finite = numbers.filter(Number.isFinite);
  const mean = finite.reduce((sum, value) => sum + value, 0) / finite.length;
  const squares = finite.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    count: elementCount(elements.shape),
    min: finite.reduce((a, b) => Math.min(a, b), Infinity),
    max: finite.reduce((a, b) => Math.max(a, b), -Infinity),
    mean,
    std: Math.sqrt(squares / finite.length),
    zeros: numbers.filter((value) => value === 0).length,
    nan: numbers.filter(Number.isNaN).length,
    positiveInfinite: numbers.filter((value) => value === Infinity).length,
    negativeInfinite: numbers.filter((value) => value === -Infinity).length,
  };
}

export function uniqueOf(file: FakeFile, elements: LaidElements, limit: number): UniqueValues {
  const counts = new Map<number, number>();
  for (const value of numbersOf(file, elements)) counts.set(value, (counts.get(value) ?? 0) + 1);
  const told = [...counts].sort((a, b) => b[1] - a[1]).slice(0, limit);
  return {
    bytes: Uint8Array.from(told, ([value]) => value).buffer,
    counts: told.map(([, count]) => count),
    distinct: counts.size,
  };
}

export function histogramOf(file: FakeFile, elements: LaidElements, bins: number): Histogram {
  const numbers = numbersOf(file, elements);
  const finite = numbers.filter(Number.isFinite);
  const low = finite.reduce((a, b) => Math.min(a, b), Infinity);
  const high = finite.reduce((a, b) => Math.max(a, b), -Infinity);
  const counts = new Array<number>(bins).fill(0);
  for (const value of finite) {
    const bin = Math.min(bins - 1, Math.floor(((value - low) / (high - low || 1)) * bins));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { counts, low, high, notFinite: numbers.length - finite.length };
}

export function seriesOf(file: FakeFile, elements: LaidElements, runs: number): Series {
  const numbers = numbersOf(file, elements);
  const step = Math.max(1, Math.ceil(numbers.length / runs));
  const pairs: number[] = [];
  for (let at = 0; at < numbers.length; at += step) {
    const run = numbers.slice(at, at + step).filter((value) => !Number.isNaN(value));
    pairs.push(run.length > 0 ? Math.min(...run) : NaN, run.length > 0 ? Math.max(...run) : NaN);
  }
  return { extremes: Float64Array.from(pairs).buffer, step };
}

/** Exact bytes and text only. */
export function find(file: FakeFile, request: FindRequest): Omit<FindReply, 'generation'> {
  const { query, limit, backward } = request;
  const needle =
    query.kind === 'bytes'
      ? (query.pattern.match(/[0-9a-f]{2}/gi) ?? []).map((pair) => Number.parseInt(pair, 16))
      : query.kind === 'text'
        ? [...new TextEncoder().encode(query.text)]
        : [];
  if (needle.length === 0) return { matches: [], count: 0 };
  const end = Math.min(request.end, request.start + MOST_BYTES, file.description.byteLength);
  const found: { start: number; end: number }[] = [];
  for (let at = request.start; at < end; at++)
    if (needle.every((byte, k) => file.byteAt(at + k) === byte))
      found.push({ start: at, end: at + needle.length });
  return { matches: backward ? found.slice(-limit) : found.slice(0, limit), count: found.length };
}

export function layRaw(
  file: FakeFile,
  text: RawLayoutText | null,
): Result<BufferDescription, BadLayout> {
  if (text === null) return ok(file.description);
  const parsed = parseRawLayout(text);
  if (!parsed.ok) return parsed;
  const { dtype, order } = parsed.value;
  const offset = Number(parsed.value.offset);
  const { byteLength } = file.description;
  const shape = parsed.value.shape?.map(Number) ?? [
    Math.floor((byteLength - offset) / dtype.itemsize),
  ];
  const strides =
    parsed.value.strides?.map(Number) ?? contiguousStrides(shape, dtype.itemsize, order);
  const layout = { shape, strides, offset, itemsize: dtype.itemsize };
  const { start, end } = byteExtent(layout);
  if (start < 0 || end > byteLength)
    return fail({
      kind: 'badLayout',
      field: 'shape',
      message: `the array would cover bytes ${start} to ${end} of a file of ${byteLength}`,
    });
  return ok({
    ...file.description,
    layout: text,
    arrays: [
      {
        name: '',
        dtype,
        dtypeText: dtypeText(dtype),
        shape,
        strides,
        offset,
        order: contiguityOf(layout),
        byteOrder: byteOrderOf(dtype),
        byteLength: end - start,
      },
    ],
  });
}
