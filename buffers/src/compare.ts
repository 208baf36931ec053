/** Where two sources differ, by bytes or by the values of two arrays. Both are read in pieces and never whole. */
import type { DType, ScalarType } from '#shared/layout/dtype.ts';
import { dtypeName, parseDType, shapeText } from '#shared/layout/dtypeText.ts';
import { formatElement } from '#shared/layout/elementText.ts';
import { decodeElement } from '#shared/layout/elementValue.ts';
import type { StridedLayout } from '#shared/layout/strides.ts';
import { byteOffsetOf, indexOfPosition } from '#shared/layout/strides.ts';
import type {
  BufferDifferences,
  CompareFailure,
  CompareMode,
  Difference,
} from '#shared/protocol/bufferCompare.ts';
import type { LaidElements } from '#shared/protocol/bufferScan.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { packedElements } from './scan/elements.ts';
import { asNumbers, hasNumbers } from './scan/numbers.ts';
import type { ByteSource, SourceFailure } from './source/byteSource.ts';

type Compared = Result<BufferDifferences, SourceFailure | CompareFailure>;

const PIECE_BYTES = 1024 * 1024;

export function compareSources(
  here: ByteSource,
  there: ByteSource,
  mode: CompareMode,
  limit: number,
  signal?: AbortSignal,
): Promise<Compared> {
  return mode.kind === 'bytes'
    ? compareBytes(here, there, limit, signal)
    : compareValues(here, there, mode, limit, signal);
}

async function compareBytes(
  here: ByteSource,
  there: ByteSource,
  limit: number,
  signal?: AbortSignal,
): Promise<Compared> {
  const differences: Difference[] = [];
  const shared = Math.min(here.byteLength, there.byteLength);
  let count = 0;
  /** Where a run of differing bytes began. */
  let runStart = -1;
  const endRun = (end: number) => {
    if (runStart >= 0 && differences.length < limit)
      differences.push({ start: runStart, end, otherStart: runStart, otherEnd: end });
    runStart = -1;
  };
  for (let at = 0; at < shared; at += PIECE_BYTES) {
    const length = Math.min(PIECE_BYTES, shared - at);
    const [one, other] = await Promise.all([
      here.readUncached(at, length, signal),
      there.readUncached(at, length, signal),
    ]);
    signal?.throwIfAborted();
    if (!one.ok) return one;
    if (!other.ok) return other;
    if (Buffer.compare(one.value, other.value) === 0) {
      endRun(at);
      continue;
    }
    for (let k = 0; k < length; k++) {
      if (one.value[k] === other.value[k]) {
        if (runStart >= 0) endRun(at + k);
        continue;
      }
      count++;
      if (runStart < 0) runStart = at + k;
    }
  }
  endRun(shared);
  const longest = Math.max(here.byteLength, there.byteLength);
  count += longest - shared;
  if (longest > shared && differences.length < limit)
    differences.push({
      start: shared,
      end: here.byteLength,
      otherStart: shared,
      otherEnd: there.byteLength,
    });
  return ok({ differences, count, compared: longest, greatest: null });
}

async function compareValues(
  here: ByteSource,
  there: ByteSource,
  mode: Extract<CompareMode, { kind: 'values' }>,
  limit: number,
  signal?: AbortSignal,
): Promise<Compared> {
  const one = laid(mode.elements);
  const other = laid(mode.other);
  if (!one || !other) return refuse('The dtype of an array could not be read.');
  if (shapeText(one.layout.shape) !== shapeText(other.layout.shape))
    return refuse(
      `The shapes differ: ${shapeText(one.layout.shape)} here, ${shapeText(other.layout.shape)} there.`,
    );
  const isSame = samenessOf(one.dtype, other.dtype, mode);
  if (!isSame)
    return refuse(
      `Values of ${dtypeName(one.dtype)} and ${dtypeName(other.dtype)} can’t be compared.`,
    );
  const differences: Difference[] = [];
  let count = 0;
  let position = 0;
  let greatest: number | null = null;
  const right = pieceReader(packedElements(there, other.layout, {}, signal), other.layout.itemsize);
  for await (const piece of packedElements(here, one.layout, {}, signal)) {
    if (!piece.ok) return piece;
    signal?.throwIfAborted();
    const elements = piece.value.length / one.layout.itemsize;
    const matching = await right(elements);
    if (!matching.ok) return matching;
    const test = isSame(piece.value, matching.value);
    for (let k = 0; k < elements; k++) {
      const distance = test(k);
      if (distance === 0) continue;
      count++;
      if (Number.isFinite(distance) && distance > (greatest ?? 0)) greatest = distance;
      if (differences.length < limit)
        differences.push(differenceAt(position + k, one, other, piece.value, matching.value, k));
    }
    position += elements;
  }
  return ok({ differences, count, compared: position, greatest });
}

interface Laid {
  readonly dtype: DType;
  readonly layout: StridedLayout;
}

function laid(elements: LaidElements): Laid | undefined {
  const dtype = parseDType(elements.dtype);
  if (!dtype.ok) return undefined;
  const { shape, strides, offset } = elements;
  return { dtype: dtype.value, layout: { shape, strides, offset, itemsize: dtype.value.itemsize } };
}

/** Pieces of as many elements as are asked for, from pieces of any size. */
function pieceReader(
  pieces: AsyncGenerator<Result<Uint8Array, SourceFailure>>,
  itemsize: number,
): (elements: number) => Promise<Result<Uint8Array, SourceFailure>> {
  let rest = new Uint8Array();
  return async (elements) => {
    const wanted = new Uint8Array(elements * itemsize);
    let filled = 0;
    while (filled < wanted.length) {
      if (rest.length === 0) {
        const next = await pieces.next();
        if (next.done) break;
        if (!next.value.ok) return next.value;
        rest = new Uint8Array(next.value.value);
      }
      const part = rest.subarray(0, wanted.length - filled);
      wanted.set(part, filled);
      filled += part.length;
      rest = rest.subarray(part.length);
    }
    return ok(wanted);
  };
}

/** 0 where two elements are the same, else how far apart they are; NaN where that has no number. */
type Distance = (k: number) => number;

function samenessOf(
  one: DType,
  other: DType,
  { absolute, relative }: { readonly absolute: number; readonly relative: number },
): ((left: Uint8Array, right: Uint8Array) => Distance) | undefined {
  if (hasNumbers(one) && hasNumbers(other)) {
    // A double can't tell large whole numbers apart, so those of one type are compared by their bytes.
    const isExact = absolute === 0 && relative === 0 && sameType(one, other) && isWide(one);
    if (isExact) return (left, right) => bytesDistance(left, right, one.itemsize);
    if (one.scalar === 'complex' || other.scalar === 'complex')
      return complexDistance(one, other, absolute, relative);
    return (left, right) => {
      const a = asNumbers(one, left, 'value');
      const b = asNumbers(other, right, 'value');
      return (k) => distanceOf(a[k] ?? 0, b[k] ?? 0, absolute, relative);
    };
  }
  return sameType(one, other)
    ? (left, right) => bytesDistance(left, right, one.itemsize)
    : undefined;
}

function complexDistance(
  one: ScalarType,
  other: ScalarType,
  absolute: number,
  relative: number,
): (left: Uint8Array, right: Uint8Array) => Distance {
  const partsOf = (type: ScalarType, bytes: Uint8Array) =>
    type.scalar === 'complex'
      ? ([asNumbers(type, bytes, 'real'), asNumbers(type, bytes, 'imaginary')] as const)
      : ([asNumbers(type, bytes, 'value'), []] as const);
  return (left, right) => {
    const [real, imaginary] = partsOf(one, left);
    const [otherReal, otherImaginary] = partsOf(other, right);
    return (k) => {
      const [a, b] = [real[k] ?? 0, imaginary[k] ?? 0];
      const [c, d] = [otherReal[k] ?? 0, otherImaginary[k] ?? 0];
      if (Object.is(a, c) && Object.is(b, d)) return 0;
      const distance = Math.hypot(a - c, b - d);
      return distance <= absolute + relative * Math.hypot(c, d) ? 0 : distance;
    };
  };
}

function distanceOf(a: number, b: number, absolute: number, relative: number): number {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return 0;
  const distance = Math.abs(a - b);
  // As in numpy.isclose an infinity is close to nothing but itself.
  if (!Number.isFinite(a) || !Number.isFinite(b)) return NaN;
  return distance <= absolute + relative * Math.abs(b) ? 0 : distance;
}

function bytesDistance(left: Uint8Array, right: Uint8Array, itemsize: number): Distance {
  return (k) => {
    for (let byte = k * itemsize; byte < (k + 1) * itemsize; byte++)
      if (left[byte] !== right[byte]) return NaN;
    return 0;
  };
}

function sameType(one: DType, other: DType): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function isWide({ scalar, itemsize }: ScalarType): boolean {
  return itemsize === 8 && !['float', 'complex'].includes(scalar);
}

function differenceAt(
  position: number,
  one: Laid,
  other: Laid,
  left: Uint8Array,
  right: Uint8Array,
  k: number,
): Difference {
  const start = byteOffsetOf(one.layout, indexOfPosition(one.layout.shape, position));
  const otherStart = byteOffsetOf(other.layout, indexOfPosition(other.layout.shape, position));
  const text = ({ dtype }: Laid, bytes: Uint8Array) =>
    formatElement(
      dtype,
      decodeElement(
        dtype,
        new DataView(bytes.buffer, bytes.byteOffset, bytes.length),
        k * dtype.itemsize,
      ),
    );
  return {
    position,
    start,
    end: start + one.layout.itemsize,
    otherStart,
    otherEnd: otherStart + other.layout.itemsize,
    here: text(one, left),
    there: text(other, right),
  };
}

function refuse(message: string): Compared {
  return fail({ kind: 'notCompared', message });
}
