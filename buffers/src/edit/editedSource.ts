/**
 * A file with the edits that were made to it: reads give the edited bytes. What is under them follows the file while
 * nothing is edited; once something is, a change of the file is a conflict that only saving or reverting ends.
 */
import type { BufferEdit } from '#shared/edit/bufferEdit.ts';
import { problemOfEdits } from '#shared/edit/bufferEdit.ts';
import { EditHistory } from '#shared/edit/editHistory.ts';
import type { Piece, PieceTree } from '#shared/edit/pieceTree.ts';
import { pieceCountOf, piecesIn, wholeSource } from '#shared/edit/pieceTree.ts';
import type { EditFailure } from '#shared/protocol/bufferEditing.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { ByteSource, SourceFailure } from '../source/byteSource.ts';

type ReadWay = 'read' | 'readUncached';

export class EditedSource implements ByteSource {
  readonly base: ByteSource;
  /** By number, what pieces are read from: the file, and files that it has taken the place of. */
  readonly #sources = new Map<number, ByteSource>();
  #sourceId = 0;
  readonly history: EditHistory;
  #seenGeneration: number;
  #edits = 0;
  #conflict = false;
  /** Set while the file is written: what reads meanwhile would see it half done. */
  #saving: Promise<unknown> | undefined;

  constructor(base: ByteSource) {
    this.base = base;
    this.#sources.set(0, base);
    this.#seenGeneration = base.generation;
    this.history = new EditHistory(wholeSource(0, base.byteLength));
  }

  /** Whoever reads the file itself would not see the edits. */
  get path(): string | undefined {
    return this.#isPlain() ? this.base.path : undefined;
  }

  get byteLength(): number {
    this.#follow();
    return this.history.byteLength;
  }

  get generation(): number {
    this.#follow();
    return this.base.generation + this.#edits;
  }

  /** Whether the file changed under unsaved edits. */
  get conflict(): boolean {
    this.#follow();
    return this.#conflict;
  }

  /** The number of the file as it is now, in pieces. */
  get sourceId(): number {
    return this.#sourceId;
  }

  read(offset: number, length: number, signal?: AbortSignal) {
    return this.#read('read', offset, length, signal);
  }

  readUncached(offset: number, length: number, signal?: AbortSignal) {
    return this.#read('readUncached', offset, length, signal);
  }

  async readInto(target: Uint8Array, offset: number): Promise<Result<undefined, SourceFailure>> {
    await this.#saving;
    if (this.#isPlain()) return this.base.readInto(target, offset);
    if (offset + target.length > this.byteLength)
      return fail({ kind: 'unreadable', message: 'there are fewer bytes' });
    return this.fill(target, this.history.tree, offset, 'readUncached');
  }

  async refresh(): Promise<Result<{ readonly changed: boolean }, SourceFailure>> {
    if (this.#saving) return ok({ changed: false });
    const before = this.generation;
    const found = await this.base.refresh();
    if (!found.ok) return found;
    return ok({ changed: this.generation !== before });
  }

  apply(edits: readonly BufferEdit[]): Result<undefined, EditFailure> {
    const message = problemOfEdits(edits, this.byteLength);
    if (message !== undefined) return fail({ kind: 'notEdited', message });
    this.history.apply(edits);
    this.#edits++;
    return ok(undefined);
  }

  undo(): boolean {
    this.#follow();
    const moved = this.history.undo();
    if (moved) this.#edits++;
    return moved;
  }

  redo(): boolean {
    this.#follow();
    const moved = this.history.redo();
    if (moved) this.#edits++;
    return moved;
  }

  /** The file as it is on disk now. */
  async revert(): Promise<Result<undefined, SourceFailure>> {
    const found = await this.base.refresh();
    if (!found.ok) return found;
    this.#restart(wholeSource(this.#sourceId, this.base.byteLength), true);
    return ok(undefined);
  }

  /** Contents that were kept elsewhere, in pieces of the file as it is now. */
  restore(tree: PieceTree, conflict: boolean): void {
    this.#restart(tree, false);
    this.#conflict = conflict;
  }

  /** Runs what writes to the file; reads wait for its end, and its change of the file is no news. */
  async whileSaving<T>(write: () => Promise<T>): Promise<T> {
    await this.#saving;
    const writing = write();
    const done = writing.then(
      () => undefined,
      () => undefined,
    );
    this.#saving = done;
    try {
      return await writing;
    } finally {
      await this.base.refresh();
      this.#seenGeneration = this.base.generation;
      this.#saving = undefined;
    }
  }

  /** Called inside `whileSaving`, once the file has the edits. */
  savedInPlace(before: readonly { readonly start: number; readonly bytes: Uint8Array }[]): void {
    this.history.savedInPlace(this.#sourceId, before);
    this.#conflict = false;
    this.#edits++;
  }

  /** Called inside `whileSaving`; `former` still reads what the file was, or is not to be had. */
  savedAnew(former: ByteSource | undefined): void {
    const contents = this.#sourceId + 1;
    if (former) {
      this.#sources.set(this.#sourceId, former);
      this.#sources.set(contents, this.base);
      this.#sourceId = contents;
      this.history.savedAs(contents);
    } else this.#restart(wholeSource(this.#sourceId, this.history.byteLength), true);
    this.#conflict = false;
    this.#edits++;
  }

  /** Fills `target` with the bytes of a state from `offset` on; also while saving. */
  async fill(
    target: Uint8Array,
    tree: PieceTree,
    offset: number,
    way: ReadWay,
    signal?: AbortSignal,
  ): Promise<Result<undefined, SourceFailure>> {
    for (const { at, piece } of piecesIn(tree, offset, offset + target.length)) {
      const part = target.subarray(at - offset, at - offset + piece.length);
      if (piece.kind !== 'source') {
        copyPiece(piece, part);
        continue;
      }
      const source = this.#sources.get(piece.source);
      if (!source) return fail({ kind: 'unreadable', message: 'its former contents are gone' });
      const read = await source[way](piece.start, piece.length, signal);
      if (!read.ok) return read;
      if (read.value.length < piece.length)
        return fail({
          kind: 'unreadable',
          message: 'the file on disk became shorter under the edits; revert shows it as it is',
        });
      part.set(read.value);
    }
    return ok(undefined);
  }

  dispose(): void {
    for (const source of this.#sources.values()) source.dispose();
    this.base.dispose();
  }

  async #read(
    way: ReadWay,
    offset: number,
    length: number,
    signal: AbortSignal | undefined,
  ): Promise<Result<Uint8Array, SourceFailure>> {
    signal?.throwIfAborted();
    await this.#saving;
    if (this.#isPlain()) return this.base[way](offset, length, signal);
    const bytes = new Uint8Array(Math.max(0, Math.min(length, this.byteLength - offset)));
    const filled = await this.fill(bytes, this.history.tree, offset, way, signal);
    return filled.ok ? ok(bytes) : filled;
  }

  /** Whether the contents are the file and nothing else. */
  #isPlain(): boolean {
    this.#follow();
    const { tree } = this.history;
    if (pieceCountOf(tree) > 1) return false;
    const piece = tree?.piece;
    if (!piece) return this.base.byteLength === 0;
    return (
      piece.kind === 'source' &&
      piece.source === this.#sourceId &&
      piece.start === 0 &&
      piece.length === this.base.byteLength
    );
  }

  #follow(): void {
    const { generation } = this.base;
    if (generation === this.#seenGeneration || this.#saving) return;
    this.#seenGeneration = generation;
    if (this.history.isDirty) this.#conflict = true;
    // What could be undone was about bytes that are others now.
    else this.#restart(wholeSource(this.#sourceId, this.base.byteLength), true);
  }

  #restart(tree: PieceTree, isSaved: boolean): void {
    this.history.restart(tree, isSaved);
    this.#conflict = false;
    this.#edits++;
  }
}

function copyPiece(piece: Exclude<Piece, { kind: 'source' }>, target: Uint8Array): void {
  if (piece.kind === 'bytes') {
    target.set(piece.bytes.subarray(piece.start, piece.start + piece.length));
    return;
  }
  const { pattern, start } = piece;
  const first = Math.min(pattern.length, target.length);
  for (let k = 0; k < first; k++) target[k] = pattern[(start + k) % pattern.length] ?? 0;
  // Each copy doubles what is there.
  for (let done = first; done > 0 && done < target.length; done *= 2)
    target.copyWithin(done, 0, Math.min(done, target.length - done));
}
