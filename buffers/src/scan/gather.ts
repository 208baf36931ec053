/** Collects the elements of a rectangle of any strides, packed row by row, with as few reads as pay off. */
import type { StridedLayout } from '#shared/layout/strides.ts';
import { byteExtent } from '#shared/layout/strides.ts';
import type { Result } from '#shared/result.ts';
import { ok } from '#shared/result.ts';
import type { ByteSource, SourceFailure } from '../source/byteSource.ts';

/** One read that covers elements and the gaps between them never takes more. */
const MAX_COVER_BYTES = 1024 * 1024;
/** Below one byte wanted in so many, single reads are cheaper than a covering one (measured on a cold disk). */
const SPARSE_FACTOR = 64;
const ALWAYS_COVER_BYTES = 64 * 1024;
/** Single reads under way at the same time. */
const PARALLEL_READS = 8;

interface Axis {
  readonly length: number;
  readonly stride: number;
  /** Between neighbours in the result. */
  readonly outStride: number;
}

/**
 * The elements of a layout of up to two axes, in C order. The caller has checked the size of the result and
 * that the extent lies in the source.
 */
export async function gather(
  source: ByteSource,
  layout: StridedLayout,
  signal?: AbortSignal,
): Promise<Result<Uint8Array<ArrayBuffer>, SourceFailure>> {
  const { shape, strides, itemsize } = layout;
  if (shape.length > 2) throw new Error('gather takes at most two axes');
  const [rowLength = 1, columnLength = 1] = shape.length === 1 ? [1, ...shape] : shape;
  const [rowStride = 0, columnStride = 0] = shape.length === 1 ? [0, ...strides] : strides;
  const packed = new Uint8Array(rowLength * columnLength * itemsize);
  if (packed.length === 0) return ok(packed);
  const rows: Axis = {
    length: rowLength,
    stride: rowStride,
    outStride: columnLength * itemsize,
  };
  const columns: Axis = { length: columnLength, stride: columnStride, outStride: itemsize };
  // Walking the smaller stride inside makes a column of a C array and a row of an F array alike.
  const rowsInside = Math.abs(rowStride) < Math.abs(columnStride) && rowLength > 1;
  const [outer, inner] = rowsInside ? [columns, rows] : [rows, columns];

  const { start, end } = byteExtent(layout);
  if (isWorthCovering(end - start, packed.length)) {
    const failure = await copyCovered(
      source,
      packed,
      layout.offset,
      outer,
      inner,
      itemsize,
      0,
      signal,
    );
    return failure ?? ok(packed);
  }
  const innerExtent = (inner.length - 1) * Math.abs(inner.stride) + itemsize;
  const segment = isWorthCovering(innerExtent, inner.length * itemsize)
    ? inner.length
    : Math.abs(inner.stride) > SPARSE_FACTOR * itemsize
      ? 1
      : Math.max(1, Math.floor(MAX_COVER_BYTES / Math.max(Math.abs(inner.stride), itemsize)));
  const single: Axis = { length: 1, stride: 0, outStride: 0 };
  const waiting: Promise<Result<never, SourceFailure> | undefined>[] = [];
  for (let row = 0; row < outer.length; row++) {
    for (let at = 0; at < inner.length; at += segment) {
      signal?.throwIfAborted();
      const part: Axis = { ...inner, length: Math.min(segment, inner.length - at) };
      waiting.push(
        copyCovered(
          source,
          packed,
          layout.offset + row * outer.stride + at * inner.stride,
          single,
          part,
          itemsize,
          row * outer.outStride + at * inner.outStride,
          signal,
        ),
      );
      if (waiting.length < PARALLEL_READS) continue;
      const failure = (await Promise.all(waiting.splice(0))).find((result) => result !== undefined);
      if (failure) return failure;
    }
  }
  return (await Promise.all(waiting)).find((result) => result !== undefined) ?? ok(packed);
}

function isWorthCovering(extent: number, wanted: number): boolean {
  if (extent <= ALWAYS_COVER_BYTES || extent === wanted) return true;
  return extent <= Math.max(MAX_COVER_BYTES, 2 * wanted) && extent <= SPARSE_FACTOR * wanted;
}

/** Reads all that two axes reach in one go, and copies the elements out. */
async function copyCovered(
  source: ByteSource,
  packed: Uint8Array,
  offset: number,
  outer: Axis,
  inner: Axis,
  itemsize: number,
  outOffset: number,
  signal: AbortSignal | undefined,
): Promise<Result<never, SourceFailure> | undefined> {
  const { start, end } = byteExtent({
    shape: [outer.length, inner.length],
    strides: [outer.stride, inner.stride],
    offset,
    itemsize,
  });
  const isSingle = outer.length * inner.length === 1;
  const read = isSingle
    ? await source.readUncached(start, end - start, signal)
    : await source.read(start, end - start, signal);
  if (!read.ok) return read;
  const bytes = read.value;
  const isPacked = inner.stride === itemsize && inner.outStride === itemsize;
  for (let row = 0; row < outer.length; row++) {
    const from = offset - start + row * outer.stride;
    const to = outOffset + row * outer.outStride;
    if (isPacked) packed.set(bytes.subarray(from, from + inner.length * itemsize), to);
    else copyStrided(bytes, from, packed, to, inner, itemsize);
  }
  return undefined;
}

function copyStrided(
  bytes: Uint8Array,
  from: number,
  packed: Uint8Array,
  to: number,
  axis: Axis,
  itemsize: number,
): void {
  for (let k = 0; k < axis.length; k++) {
    const source = from + k * axis.stride;
    const target = to + k * axis.outStride;
    for (let byte = 0; byte < itemsize; byte++) packed[target + byte] = bytes[source + byte] ?? 0;
  }
}
