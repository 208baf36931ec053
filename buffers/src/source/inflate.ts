/** Deflated bytes of a source, inflated as a stream: never more in memory than a piece. */
import { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { ByteSource } from './byteSource.ts';
import type { UnpackFailure } from './temporaryFile.ts';
import { writeTemporary } from './temporaryFile.ts';

export interface Deflated {
  /** Of the compressed bytes in the source. */
  readonly start: number;
  readonly end: number;
  /** As the archive claims. */
  readonly byteLength: number;
  readonly crc32: number;
}

const INPUT_BYTES = 256 * 1024;
/** For a header, of which most archives have one in each of many large members. */
const HEAD_INPUT_BYTES = 4 * 1024;
/** Arrays of one value reach deflate's 1030, all else stays far below this. */
const MAX_RATIO = 200;
/** Below this no ratio does harm. */
const HARMLESS_BYTES = 8 * 1024 * 1024;

export function isBomb({ start, end, byteLength }: Deflated): boolean {
  return byteLength > HARMLESS_BYTES && byteLength > MAX_RATIO * (end - start);
}

/** The first `length` bytes, or fewer where there are no more. */
export async function inflateHead(
  source: ByteSource,
  deflated: Deflated,
  length: number,
  signal?: AbortSignal,
): Promise<Result<Uint8Array, UnpackFailure>> {
  const pieces: Uint8Array[] = [];
  let found = 0;
  try {
    for await (const piece of inflated(source, deflated, HEAD_INPUT_BYTES, signal)) {
      pieces.push(piece);
      found += piece.length;
      if (found >= length) break;
    }
  } catch (error) {
    return fail(failureOf(error, signal));
  }
  const head = Buffer.concat(pieces, Math.min(found, length));
  return ok(new Uint8Array(head.buffer, head.byteOffset, head.length));
}

/** All of it, in a file of its own that lives as long as the source that is returned. */
export async function inflateToFile(
  source: ByteSource,
  deflated: Deflated,
  signal?: AbortSignal,
): Promise<Result<ByteSource, UnpackFailure>> {
  const { byteLength } = deflated;
  if (isBomb(deflated))
    return fail({
      kind: 'compression-bomb',
      message: `${deflated.end - deflated.start} bytes claim to inflate to ${byteLength}; more than ${MAX_RATIO}:1 is not inflated`,
    });
  let written = 0;
  let checksum = 0;
  const checked = async function* () {
    for await (const piece of inflated(source, deflated, INPUT_BYTES, signal)) {
      written += piece.length;
      if (written > byteLength)
        throw new CorruptMember(`it inflates to more than the ${byteLength} bytes that it claims`);
      checksum = crc32(piece, checksum);
      yield piece;
    }
    const problem = mismatch(deflated, written, checksum);
    if (problem) throw new CorruptMember(problem.message, problem.kind);
  };
  return writeTemporary(checked(), byteLength, (error) => failureOf(error, signal));
}

class CorruptMember extends Error {
  readonly kind: UnpackFailure['kind'];
  constructor(message: string, kind: UnpackFailure['kind'] = 'corrupt-member') {
    super(message);
    this.kind = kind;
  }
}

function mismatch(
  deflated: Deflated,
  written: number,
  checksum: number,
): UnpackFailure | undefined {
  if (written !== deflated.byteLength)
    return {
      kind: 'corrupt-member',
      message: `it inflates to ${written} bytes and claims ${deflated.byteLength}`,
    };
  if (checksum === deflated.crc32) return undefined;
  return { kind: 'bad-crc', message: 'its bytes do not have the checksum that the archive tells' };
}

/** `inputBytes` are read first, and twice as many each time. */
async function* inflated(
  source: ByteSource,
  { start, end }: Deflated,
  inputBytes: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const compressed = async function* () {
    let length = inputBytes;
    for (let at = start; at < end;) {
      const piece = await source.readUncached(at, Math.min(length, end - at), signal);
      if (!piece.ok) throw new Error(piece.error.message);
      yield piece.value;
      at += length;
      length = Math.min(length * 2, INPUT_BYTES);
    }
  };
  const input = Readable.from(compressed(), { objectMode: true });
  const output = createInflateRaw();
  input.on('error', (error) => output.destroy(error));
  try {
    for await (const piece of input.pipe(output)) yield piece as Uint8Array;
  } finally {
    input.destroy();
    output.destroy();
  }
}

function failureOf(error: unknown, signal: AbortSignal | undefined): UnpackFailure {
  signal?.throwIfAborted();
  const { code, message } = error as NodeJS.ErrnoException;
  if (error instanceof CorruptMember) return { kind: error.kind, message };
  if (code?.startsWith('Z_'))
    return { kind: 'corrupt-member', message: `it can't be inflated: ${message}` };
  return { kind: code === 'ENOSPC' ? 'no-space' : 'unreadable', message };
}
