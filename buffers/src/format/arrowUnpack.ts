/** A compressed buffer of Arrow: eight bytes that say its length, then an LZ4 frame or Zstandard. */
import type { ArrayDescription } from '#shared/protocol/bufferView.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { ByteSource, SourceFailure } from '../source/byteSource.ts';
import type { UnpackFailure } from '../source/temporaryFile.ts';
import { writeTemporary } from '../source/temporaryFile.ts';
import type { FileMember } from './format.ts';
import { lz4Frame } from '#shared/lz4.ts';

export interface PackedBuffer {
  readonly name: string;
  readonly codec: 'lz4' | 'zstd';
  readonly start: number;
  readonly end: number;
  readonly describe: (byteLength: number) => ArrayDescription;
}

const PREFIX_BYTES = 8;
/** Writers leave a buffer as it is, and say so, where compressing does not pay. */
const NOT_COMPRESSED = -1n;
/** Of one buffer, which is unpacked in memory; Arrow's writers make batches of far less. */
const MAX_BUFFER_BYTES = 2 ** 30;
/** LZ4 reaches 255, Zstandard more on nothing but zeros. */
const MAX_RATIO = 4000;

/** Undefined where the prefix can't be true. */
export async function packedMember(
  source: ByteSource,
  { name, codec, start, end, describe }: PackedBuffer,
  signal: AbortSignal | undefined,
): Promise<Result<FileMember | undefined, SourceFailure>> {
  const prefix = await source.read(start, PREFIX_BYTES, signal);
  if (!prefix.ok) return prefix;
  if (prefix.value.length < PREFIX_BYTES || end - start < PREFIX_BYTES) return ok(undefined);
  const view = new DataView(prefix.value.buffer, prefix.value.byteOffset, PREFIX_BYTES);
  const told = view.getBigInt64(0, true);
  const data = { start: start + PREFIX_BYTES, end };
  const packedLength = data.end - data.start;
  const byteLength = told === NOT_COMPRESSED ? packedLength : Number(told);
  if (byteLength < 0 || !Number.isSafeInteger(byteLength)) return ok(undefined);
  const array = describe(byteLength);
  const isPlain = told === NOT_COMPRESSED;
  return ok({
    name,
    compressedSize: packedLength,
    size: byteLength,
    data,
    isInFile: isPlain,
    array: isPlain ? { ...array, offset: data.start } : array,
    unpack: isPlain
      ? undefined
      : {
          gives: 'array',
          open: (from, aborted) => unpack(from, codec, data, byteLength, aborted),
        },
  });
}

/** The bytes of a buffer in memory, up to `limit` of them. */
export async function unpackedBytes(
  source: ByteSource,
  { name, codec, start, end, describe }: PackedBuffer,
  limit: number,
  signal: AbortSignal | undefined,
): Promise<Result<Uint8Array, UnpackFailure | SourceFailure>> {
  const measured = await packedMember(source, { name, codec, start, end, describe }, signal);
  if (!measured.ok) return measured;
  const member = measured.value;
  if (!member?.data)
    return fail({ kind: 'corrupt-member', message: 'its bytes do not say how long it is' });
  if (member.size > limit)
    return fail({
      kind: 'too-large',
      message: `it is ${member.size} bytes once unpacked; values are read from up to ${limit}`,
    });
  const { data } = member;
  if (member.isInFile) return source.readUncached(data.start, data.end - data.start, signal);
  return unpackInMemory(source, codec, data, member.size, signal);
}

async function unpack(
  source: ByteSource,
  codec: PackedBuffer['codec'],
  place: { readonly start: number; readonly end: number },
  byteLength: number,
  signal: AbortSignal | undefined,
): Promise<Result<ByteSource, UnpackFailure>> {
  const unpacked = await unpackInMemory(source, codec, place, byteLength, signal);
  if (!unpacked.ok) return unpacked;
  const once = async function* () {
    await Promise.resolve();
    yield unpacked.value;
  };
  return writeTemporary(once(), byteLength, (error) => failureOf(error, signal));
}

function failureOf(error: unknown, signal: AbortSignal | undefined): UnpackFailure {
  signal?.throwIfAborted();
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC'
    ? { kind: 'no-space', message }
    : { kind: 'corrupt-member', message: `it can't be unpacked: ${message}` };
}

async function unpackInMemory(
  source: ByteSource,
  codec: PackedBuffer['codec'],
  { start, end }: { readonly start: number; readonly end: number },
  byteLength: number,
  signal: AbortSignal | undefined,
): Promise<Result<Uint8Array, UnpackFailure>> {
  if (byteLength > MAX_BUFFER_BYTES || byteLength > MAX_RATIO * (end - start) + 1024)
    return fail({
      kind: 'compression-bomb',
      message: `${end - start} bytes claim to unpack to ${byteLength}; they are not unpacked`,
    });
  const packed = await source.readUncached(start, end - start, signal);
  if (!packed.ok) return packed;
  try {
    const bytes =
      codec === 'lz4'
        ? lz4Frame(packed.value, byteLength)
        : (await import('fzstd')).decompress(packed.value, new Uint8Array(byteLength));
    if (bytes.length !== byteLength)
      throw new Error(`it has ${bytes.length} bytes and claims ${byteLength}`);
    return ok(bytes);
  } catch (error) {
    return fail(failureOf(error, signal));
  }
}
