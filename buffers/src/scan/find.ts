/** Every place of some bytes in a source of any size, one piece searched while the next is read. */
import type { Result } from '#shared/result.ts';
import { ok } from '#shared/result.ts';
import type { ByteSource, SourceFailure } from '../source/byteSource.ts';

export interface Occurrences {
  /** Of all, also of those that overlap. */
  readonly count: number;
  /** The first of them, in order. */
  readonly offsets: readonly number[];
}

const PIECE_BYTES = 1024 * 1024;

/** `needle` is not empty. */
export async function findBytes(
  source: ByteSource,
  needle: Uint8Array,
  limit: number,
  signal?: AbortSignal,
): Promise<Result<Occurrences, SourceFailure>> {
  if (needle.length === 0) throw new Error('nothing to find');
  const { byteLength } = source;
  // Pieces overlap by less than a needle, so that each occurrence lies in exactly one.
  const overlap = needle.length - 1;
  const buffers = [0, 1].map(() => Buffer.allocUnsafeSlow(PIECE_BYTES + overlap));
  const readPiece = (at: number) => {
    const whole = buffers[(at / PIECE_BYTES) % 2] ?? Buffer.alloc(0);
    const piece = whole.subarray(0, Math.min(PIECE_BYTES + overlap, byteLength - at));
    return { piece, filled: source.readInto(piece, at) };
  };
  const offsets: number[] = [];
  let count = 0;
  let next = byteLength >= needle.length ? readPiece(0) : undefined;
  for (let at = 0; next; at += PIECE_BYTES) {
    const { piece, filled } = next;
    const read = await filled;
    signal?.throwIfAborted();
    if (!read.ok) return read;
    const after = at + PIECE_BYTES;
    next = after + overlap < byteLength ? readPiece(after) : undefined;
    for (let found = piece.indexOf(needle); found >= 0; found = piece.indexOf(needle, found + 1)) {
      if (count < limit) offsets.push(at + found);
      count++;
    }
  }
  return ok({ count, offsets });
}
