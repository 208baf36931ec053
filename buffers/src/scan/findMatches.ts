/** Places of a pattern in a range of a source: the first or the last of them, in pieces that overlap. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Result } from '#shared/result.ts';
import { ok } from '#shared/result.ts';
import type { ByteSource, SourceFailure } from '../source/byteSource.ts';
import type { Pattern } from './pattern.ts';

export interface Match {
  readonly start: number;
  readonly end: number;
}

export interface Matches {
  /** In order. */
  readonly matches: readonly Match[];
  /** All in the range; null where the limit ended the search. */
  readonly count: number | null;
}

const PIECE_BYTES = 1024 * 1024;

export interface FindRange {
  readonly start: number;
  readonly end: number;
  readonly limit: number;
  /** From the end of the range, and the last matches of it. */
  readonly backward?: boolean;
  /** Goes on behind the limit, to count all. */
  readonly countAll?: boolean;
}

export async function findMatches(
  source: ByteSource,
  pattern: Pattern,
  range: FindRange,
  signal?: AbortSignal,
): Promise<Result<Matches, SourceFailure>> {
  const end = Math.min(range.end, source.byteLength);
  const { start, limit, countAll = false } = range;
  const pieces = Math.max(0, Math.ceil((end - start) / PIECE_BYTES));
  // Where a match begins can depend on where the one before it ended, so these are walked from the start.
  const fromEnd = range.backward === true && pattern.overlaps;
  const keepLast = range.backward === true && !pattern.overlaps;
  // One buffer for all pieces: a fresh one each would cost more than the search.
  const whole = Buffer.allocUnsafeSlow(pattern.context + PIECE_BYTES + pattern.longest);
  const found: Match[] = [];
  let count = 0;
  let resumeAt = start;
  for (let done = 0; done < pieces; done++) {
    const at = start + (fromEnd ? pieces - 1 - done : done) * PIECE_BYTES;
    const stop = Math.min(at + PIECE_BYTES, end);
    const base = Math.max(0, at - pattern.context);
    const pieceEnd = Math.min(stop + pattern.longest - 1, source.byteLength);
    const piece = Buffer.from(whole.buffer, 0, pieceEnd - base);
    const read = await source.readInto(piece, base);
    if (!read.ok) return read;
    // A source in memory answers without leaving the turn, and then no signal could arrive.
    if (done % 16 === 15) await nextTurn();
    signal?.throwIfAborted();
    const here: Match[] = [];
    const first = pattern.overlaps ? at : Math.max(at, resumeAt);
    let match = pattern.next(piece, first - base);
    while (match && base + match.start < stop) {
      const place = { start: base + match.start, end: base + match.end };
      resumeAt = place.end;
      count++;
      if (fromEnd || keepLast || found.length + here.length < limit) here.push(place);
      else if (!countAll) return ok({ matches: [...found, ...here], count: null });
      match = pattern.next(piece, pattern.overlaps ? match.start + 1 : match.end);
    }
    if (fromEnd) {
      found.unshift(...here.slice(Math.max(0, here.length - (limit - found.length))));
      if (found.length >= limit && !countAll) return ok({ matches: found, count: null });
    } else found.push(...here);
    if (keepLast) found.splice(0, Math.max(0, found.length - limit));
  }
  return ok({ matches: found, count });
}
