import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { ByteSource, SourceFailure } from './byteSource.ts';

/** `readInto` of a source that has no quicker way than to read and copy. */
export async function copyInto(
  read: ByteSource['read'],
  target: Uint8Array,
  offset: number,
): Promise<Result<undefined, SourceFailure>> {
  const bytes = await read(offset, target.length);
  if (!bytes.ok) return bytes;
  if (bytes.value.length < target.length)
    return fail({ kind: 'unreadable', message: 'there are fewer bytes' });
  target.set(bytes.value);
  return ok(undefined);
}
