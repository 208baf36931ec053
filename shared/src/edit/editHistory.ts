/** The states of an edited buffer: what it is, what it was, and which of them the file on disk has. */
import type { BufferEdit } from './bufferEdit.ts';
import type { Piece, PieceTree } from './pieceTree.ts';
import { byteLengthOf, mapPieces, piecesIn, replaceRange, wholeSource } from './pieceTree.ts';

/** What a save in place wrote over, so that the states before it can still be read. */
export interface Overwritten {
  readonly start: number;
  readonly bytes: Uint8Array;
}

/** A save: either the source kept its place and lost some bytes, or another source has the contents now. */
type Saved =
  | { readonly kind: 'inPlace'; readonly source: number; readonly before: readonly Overwritten[] }
  | { readonly kind: 'moved' };

interface State {
  readonly tree: PieceTree;
  /** How many saves it knows of. */
  readonly saves: number;
}

/** Typed bytes are gathered, so that neighbours become one piece. */
const CHUNK_BYTES = 64 * 1024;

export class EditHistory {
  #states: State[];
  #at = 0;
  /** The state that the file on disk has; undefined where none of these is. */
  #saved: number | undefined = 0;
  readonly #saves: Saved[] = [];
  #chunk = new Uint8Array(0);
  #chunkUsed = 0;

  constructor(tree: PieceTree) {
    this.#states = [{ tree, saves: 0 }];
  }

  get tree(): PieceTree {
    return this.#current().tree;
  }

  get byteLength(): number {
    return byteLengthOf(this.tree);
  }

  get isDirty(): boolean {
    return this.#at !== this.#saved;
  }

  /** Whether there is anything to undo or to redo, saved or not. */
  get isUntouched(): boolean {
    return this.#states.length === 1 && this.#saved === 0;
  }

  get canUndo(): boolean {
    return this.#at > 0;
  }

  get canRedo(): boolean {
    return this.#at < this.#states.length - 1;
  }

  /** One step of undo, however many edits. They must fit; `problemOfEdits` tells. */
  apply(edits: readonly BufferEdit[]): void {
    let { tree } = this;
    for (const { start, end, bytes, length } of edits)
      tree = replaceRange(tree, start, end, this.#pieceOf(new Uint8Array(bytes), length));
    // What was undone can't be had any more, and the saved state may be among it.
    if (this.#saved !== undefined && this.#saved > this.#at) this.#saved = undefined;
    this.#at++;
    this.#states.length = this.#at;
    this.#states.push({ tree, saves: this.#saves.length });
  }

  undo(): boolean {
    return this.#go(this.#at - 1);
  }

  redo(): boolean {
    return this.#go(this.#at + 1);
  }

  /** The current state is in the file now: those bytes of it that changed were written over. */
  savedInPlace(source: number, before: readonly Overwritten[]): void {
    this.#saves.push({ kind: 'inPlace', source, before });
    this.#becomesSaved(wholeSource(source, this.byteLength));
  }

  /** The current state is the whole of another source now. */
  savedAs(source: number): void {
    this.#saves.push({ kind: 'moved' });
    this.#becomesSaved(wholeSource(source, this.byteLength));
  }

  /** Forgets all states but this one, which the file has or has not. */
  restart(tree: PieceTree, isSaved: boolean): void {
    this.#states = [{ tree, saves: 0 }];
    this.#at = 0;
    this.#saved = isSaved ? 0 : undefined;
    this.#saves.length = 0;
  }

  #current(): State {
    const state = this.#states[this.#at];
    if (!state) throw new Error('an edit history without a current state');
    return state;
  }

  #becomesSaved(tree: PieceTree): void {
    this.#states[this.#at] = { tree, saves: this.#saves.length };
    this.#saved = this.#at;
  }

  #go(at: number): boolean {
    const state = this.#states[at];
    if (!state) return false;
    let { tree } = state;
    for (const save of this.#saves.slice(state.saves))
      if (save.kind === 'inPlace') tree = beforeSave(tree, save);
    this.#states[at] = { tree, saves: this.#saves.length };
    this.#at = at;
    return true;
  }

  #pieceOf(bytes: Uint8Array, length: number): Piece {
    if (length > bytes.length) return { kind: 'fill', pattern: bytes, start: 0, length };
    if (length > CHUNK_BYTES / 4) return { kind: 'bytes', bytes, start: 0, length };
    if (this.#chunkUsed + length > this.#chunk.length) {
      this.#chunk = new Uint8Array(CHUNK_BYTES);
      this.#chunkUsed = 0;
    }
    const start = this.#chunkUsed;
    this.#chunk.set(bytes.subarray(0, length), start);
    this.#chunkUsed += length;
    return { kind: 'bytes', bytes: this.#chunk, start, length };
  }
}

/** The bytes of `[start, end)` that differ from those of `source` at the same place, as ranges in order. */
export function changedRanges(
  tree: PieceTree,
  source: number,
  most = Infinity,
): { readonly start: number; readonly end: number }[] {
  const ranges: { start: number; end: number }[] = [];
  for (const { at, piece } of piecesIn(tree)) {
    if (piece.kind === 'source' && piece.source === source && piece.start === at) continue;
    const last = ranges.at(-1);
    if (last?.end === at) last.end = at + piece.length;
    else if (ranges.length < most) ranges.push({ start: at, end: at + piece.length });
    else break;
  }
  return ranges;
}

/** Bytes that no source has at all: what was typed, pasted and filled. */
export function writtenRanges(
  tree: PieceTree,
  most: number,
): { readonly start: number; readonly end: number }[] {
  const ranges: { start: number; end: number }[] = [];
  for (const { at, piece } of piecesIn(tree)) {
    if (piece.kind === 'source') continue;
    const last = ranges.at(-1);
    if (last?.end === at) last.end = at + piece.length;
    else if (ranges.length < most) ranges.push({ start: at, end: at + piece.length });
    else break;
  }
  return ranges;
}

/** A state from before a save, read from the source as it is after it. */
function beforeSave(
  tree: PieceTree,
  { source, before }: { readonly source: number; readonly before: readonly Overwritten[] },
): PieceTree {
  return mapPieces(tree, (piece) => {
    if (piece.kind !== 'source' || piece.source !== source) return [piece];
    const pieces: Piece[] = [];
    const end = piece.start + piece.length;
    let at = piece.start;
    for (let k = firstEndingAfter(before, at); k < before.length; k++) {
      const lost = before[k];
      if (!lost || lost.start >= end) break;
      const from = Math.max(lost.start, at);
      const to = Math.min(lost.start + lost.bytes.length, end);
      if (from > at) pieces.push({ kind: 'source', source, start: at, length: from - at });
      pieces.push({
        kind: 'bytes',
        bytes: lost.bytes,
        start: from - lost.start,
        length: to - from,
      });
      at = to;
    }
    if (at < end) pieces.push({ kind: 'source', source, start: at, length: end - at });
    return pieces;
  });
}

function firstEndingAfter(ranges: readonly Overwritten[], at: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const range = ranges[middle];
    if (range && range.start + range.bytes.length <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
