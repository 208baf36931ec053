/**
 * Unsaved edits in a file of their own: which bytes of the file stand where, and those that it does not have. It says
 * which state of the file they belong to, so that a file that changed since is not taken for it.
 */
import { createHash } from 'node:crypto';
import { open, readFile, stat } from 'node:fs/promises';
import type { Piece, PieceTree } from '#shared/edit/pieceTree.ts';
import { byteLengthOf, piecesIn, replaceRange } from '#shared/edit/pieceTree.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { EditedSource } from './editedSource.ts';

/** `[0, start, length]` of the file, `[1, length]` of the bytes behind the head, `[2, length, pattern length, start]` of a pattern there. */
type StoredPiece =
  | readonly [0, start: number, length: number]
  | readonly [1, length: number]
  | readonly [2, length: number, patternLength: number, start: number];

interface BackupHead {
  readonly baseLength: number;
  readonly baseModified: string;
  readonly pieces: readonly StoredPiece[];
}

interface Failure {
  readonly kind: 'noBackup';
  readonly message: string;
}

const MAGIC = Buffer.from('STRATAB1', 'latin1');
const DIGEST_BYTES = 32;
/** Of bytes that only a file has that lost its name; a backup is made often. */
const MOST_COPIED_BYTES = 256 * 1024 * 1024;

export async function writeBackup(
  source: EditedSource,
  path: string,
  filePath: string,
): Promise<Result<{ readonly writtenBytes: number }, Failure>> {
  const { tree } = source.history;
  const pieces: StoredPiece[] = [];
  const parts: Uint8Array[] = [];
  let copied = 0;
  for (const { at, piece } of piecesIn(tree)) {
    if (piece.kind === 'source' && piece.source === source.sourceId) {
      pieces.push([0, piece.start, piece.length]);
      continue;
    }
    if (piece.kind === 'fill') {
      pieces.push([2, piece.length, piece.pattern.length, piece.start]);
      parts.push(piece.pattern);
      continue;
    }
    if (piece.kind === 'source' && (copied += piece.length) > MOST_COPIED_BYTES)
      return fail({ kind: 'noBackup', message: 'too many bytes were undone past a save' });
    const bytes = new Uint8Array(piece.length);
    const filled = await source.fill(bytes, tree, at, 'readUncached');
    if (!filled.ok) return fail({ kind: 'noBackup', message: filled.error.message });
    pieces.push([1, piece.length]);
    parts.push(bytes);
  }
  try {
    const head: BackupHead = {
      baseLength: source.base.byteLength,
      baseModified: source.conflict ? '' : await modifiedOf(filePath),
      pieces,
    };
    const text = Buffer.from(JSON.stringify(head), 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32LE(text.length);
    const contents = Buffer.concat([MAGIC, length, text, ...parts]);
    const digest = createHash('sha256').update(contents).digest();
    const handle = await open(path, 'w', 0o600);
    try {
      await handle.writeFile(Buffer.concat([contents, digest]));
      await handle.sync();
    } finally {
      await handle.close();
    }
    return ok({ writtenBytes: contents.length + digest.length });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return fail({ kind: 'noBackup', message });
  }
}

/** The edited contents as pieces of the file, and whether the file is still the one that was edited. */
export async function readBackup(
  source: EditedSource,
  path: string,
  filePath: string,
): Promise<Result<{ readonly tree: PieceTree; readonly isSameFile: boolean }, Failure>> {
  const contents = await readFile(path).catch(() => undefined);
  if (!contents) return fail({ kind: 'noBackup', message: 'the backup is gone' });
  const end = contents.length - DIGEST_BYTES;
  const isWhole =
    end > MAGIC.length + 4 &&
    contents.subarray(0, MAGIC.length).equals(MAGIC) &&
    createHash('sha256').update(contents.subarray(0, end)).digest().equals(contents.subarray(end));
  if (!isWhole) return fail({ kind: 'noBackup', message: 'the backup is damaged' });
  let at = MAGIC.length + 4 + contents.readUInt32LE(MAGIC.length);
  const head = JSON.parse(contents.toString('utf8', MAGIC.length + 4, at)) as BackupHead;
  let tree: PieceTree = null;
  const take = (length: number) => new Uint8Array(contents.subarray(at, (at += length)));
  for (const stored of head.pieces) {
    let piece: Piece;
    if (stored[0] === 0) {
      const [, start, length] = stored;
      if (start + length > source.base.byteLength)
        return fail({
          kind: 'noBackup',
          message: 'the file became shorter than the bytes that the edits keep of it',
        });
      piece = { kind: 'source', source: source.sourceId, start, length };
    } else if (stored[0] === 1)
      piece = { kind: 'bytes', bytes: take(stored[1]), start: 0, length: stored[1] };
    else piece = { kind: 'fill', pattern: take(stored[2]), start: stored[3], length: stored[1] };
    const length = byteLengthOf(tree);
    tree = replaceRange(tree, length, length, piece);
  }
  const isSameFile =
    head.baseLength === source.base.byteLength &&
    head.baseModified === (await modifiedOf(filePath).catch(() => undefined));
  return ok({ tree, isSameFile });
}

async function modifiedOf(path: string): Promise<string> {
  return String((await stat(path, { bigint: true })).mtimeNs);
}
