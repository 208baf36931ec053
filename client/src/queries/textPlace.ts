/**
 * Where a text stands in a document that is edited. It is searched for once; after that the edits say where it went, and
 * looking there is enough. Pure.
 */
import { findWritten, moved, type Edit, type Piece } from './sourcePlace.ts';

export class TextPlace {
  readonly #written: string;
  #near: number;
  #isSearched = false;

  constructor(written: string, near: number) {
    this.#written = written;
    this.#near = near;
  }

  /** The edits of one change, all counted from the text before it. */
  edit(edits: readonly Edit[]): void {
    const start = this.#near;
    const isOverStart = edits.some(
      ({ rangeOffset, rangeLength }) => rangeOffset < start && start < rangeOffset + rangeLength,
    );
    // What took the beginning away may have put it in again anywhere.
    if (isOverStart) this.#isSearched = false;
    this.#near = moved(start, edits);
  }

  /** The document changed without anybody seeing how. */
  lose(): void {
    this.#isSearched = false;
  }

  /** Undefined where the text is not there as it was written. `read` gives a piece of the document. */
  start(read: (piece: Piece) => string): number | undefined {
    const end = this.#near + this.#written.length;
    if (read({ start: this.#near, end }) === this.#written) return this.#near;
    return this.#isSearched ? undefined : this.search(read({ start: 0, end: Infinity }));
  }

  search(document: string): number | undefined {
    this.#isSearched = true;
    const found = findWritten(document, this.#written, this.#near);
    if (found !== undefined) this.#near = found;
    return found;
  }
}

/** How much of a whole document is still as it was, from its start and from its end. */
export class WholePlace {
  readonly #written: string;
  #same: { readonly start: number; readonly end: number; readonly length: number } | undefined;

  constructor(written: string) {
    this.#written = written;
  }

  edit(edits: readonly Edit[]): void {
    const same = this.#same;
    if (!same) return;
    let { start, end, length } = same;
    for (const { rangeOffset, rangeLength, text } of edits) {
      start = Math.min(start, rangeOffset);
      end = Math.min(end, same.length - rangeOffset - rangeLength);
      length += text.length - rangeLength;
    }
    this.#same = { start, end, length };
  }

  lose(): void {
    this.#same = undefined;
  }

  /** A piece of the text as it was written, where the edits are all on one side of it. */
  toDocument(piece: Piece, read: () => string): Piece | undefined {
    const { start, end, length } = this.#ends(read);
    if (piece.end <= start) return piece;
    if (piece.start < this.#written.length - end) return undefined;
    return shifted(piece, length - this.#written.length);
  }

  toWritten(piece: Piece, read: () => string): Piece | undefined {
    const { start, end, length } = this.#ends(read);
    if (piece.end <= start) return piece;
    if (piece.start < length - end) return undefined;
    return shifted(piece, this.#written.length - length);
  }

  #ends(read: () => string) {
    this.#same ??= sameEnds(this.#written, read());
    return this.#same;
  }
}

function shifted({ start, end }: Piece, by: number): Piece {
  return { start: start + by, end: end + by };
}

function sameEnds(written: string, document: string) {
  const most = Math.min(written.length, document.length);
  let start = 0;
  while (start < most && written[start] === document[start]) start++;
  let end = 0;
  while (end < most && written.at(-1 - end) === document.at(-1 - end)) end++;
  return { start, end, length: document.length };
}
