/** Bytes that had to be made, inflated or decoded, in a file of their own that lives as long as its source. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { ByteSource } from './byteSource.ts';
import { openFileSource } from './fileSource.ts';

export interface UnpackFailure {
  readonly kind:
    | 'corrupt-member'
    | 'bad-crc'
    | 'compression-bomb'
    | 'too-large'
    | 'no-space'
    | 'not-supported'
    | 'unreadable'
    | 'gone';
  readonly message: string;
}

/** `byteLength` is what the pieces claim to be together; the disk is asked for it before the first one. */
export async function writeTemporary(
  pieces: AsyncIterable<Uint8Array>,
  byteLength: number,
  failureOf: (error: unknown) => UnpackFailure,
): Promise<Result<ByteSource, UnpackFailure>> {
  const space = await statfs(tmpdir()).catch(() => undefined);
  if (space && space.bavail * space.bsize < byteLength)
    return fail({
      kind: 'no-space',
      message: `${byteLength} bytes do not fit into the temporary folder`,
    });
  const folder = await mkdtemp(join(tmpdir(), 'strata-member-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  const path = join(folder, 'member');
  try {
    await pipeline(pieces, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  } catch (error) {
    await remove();
    return fail(failureOf(error));
  }
  const opened = await openFileSource(path);
  if (!opened.ok) {
    await remove();
    return opened;
  }
  const file = opened.value;
  return ok({
    byteLength: file.byteLength,
    generation: 1,
    read: (offset, length, aborted) => file.read(offset, length, aborted),
    readUncached: (offset, length, aborted) => file.readUncached(offset, length, aborted),
    readInto: (target, offset) => file.readInto(target, offset),
    refresh: () => Promise.resolve(ok({ changed: false })),
    dispose() {
      file.dispose();
      void remove();
    },
  });
}
