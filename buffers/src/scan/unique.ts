import type { StridedLayout } from '#shared/layout/strides.ts';
import type { UniqueValues } from '#shared/protocol/bufferScan.ts';
import type { Result } from '#shared/result.ts';
import { ok } from '#shared/result.ts';
import type { ByteSource, SourceFailure } from '../source/byteSource.ts';
import { packedElements } from './elements.ts';

/** More distinct values are not counted on: memory would grow with the file. */
const MOST_DISTINCT = 100_000;

/** Distinct elements by their bytes, the most frequent first. Types of one and two bytes have a place for each. */
export async function uniqueOf(
  source: ByteSource,
  layout: StridedLayout,
  limit: number,
  signal?: AbortSignal,
): Promise<Result<UniqueValues, SourceFailure>> {
  const { itemsize } = layout;
  const counter = itemsize <= 2 ? tableCounter(itemsize) : mapCounter(itemsize);
  let isComplete = true;
  for await (const piece of packedElements(source, layout, { anyOrder: true }, signal)) {
    if (!piece.ok) return piece;
    signal?.throwIfAborted();
    if (counter.add(piece.value)) continue;
    isComplete = false;
    break;
  }
  const found = isComplete ? counter.found() : [];
  found.sort((a, b) => b.count - a.count);
  const told = found.slice(0, limit);
  const bytes = new Uint8Array(told.length * itemsize);
  for (const [position, { value }] of told.entries()) bytes.set(value, position * itemsize);
  return ok({
    bytes: bytes.buffer,
    counts: told.map(({ count }) => count),
    distinct: isComplete ? found.length : null,
  });
}

interface Counter {
  /** False once there are too many. */
  add(bytes: Uint8Array): boolean;
  found(): { readonly value: Uint8Array; readonly count: number }[];
}

function tableCounter(itemsize: number): Counter {
  const counts = new Float64Array(256 ** itemsize);
  return {
    add(bytes) {
      if (itemsize === 1) for (const byte of bytes) counts[byte] = (counts[byte] ?? 0) + 1;
      else
        for (let at = 0; at + 1 < bytes.length; at += 2) {
          const place = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
          counts[place] = (counts[place] ?? 0) + 1;
        }
      return true;
    },
    found() {
      const found: { value: Uint8Array; count: number }[] = [];
      for (const [place, count] of counts.entries()) {
        if (count === 0) continue;
        const value = Uint8Array.of(place & 0xff, place >> 8).subarray(0, itemsize);
        found.push({ value, count });
      }
      return found;
    },
  };
}

function mapCounter(itemsize: number): Counter {
  const counts = new Map<string, number>();
  return {
    add(bytes) {
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
      for (let at = 0; at < text.length; at += itemsize) {
        const value = text.slice(at, at + itemsize);
        counts.set(value, (counts.get(value) ?? 0) + 1);
        if (counts.size > MOST_DISTINCT) return false;
      }
      return true;
    },
    found: () =>
      Array.from(counts, ([value, count]) => ({ value: Buffer.from(value, 'latin1'), count })),
  };
}
