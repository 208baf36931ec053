/** A file that loses its name and is still read, for undoing past a save that put another file in its place. */
import { open } from 'node:fs/promises';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { ByteSource, SourceFailure } from '../source/byteSource.ts';

/** Undefined where an open file can't be replaced, as on Windows, or can't be opened. */
export async function pinnedSource(path: string): Promise<ByteSource | undefined> {
  if (process.platform === 'win32') return undefined;
  const handle = await open(path, 'r').catch(() => undefined);
  if (!handle) return undefined;
  const byteLength = (await handle.stat()).size;
  const fill = async (
    target: Uint8Array,
    offset: number,
  ): Promise<Result<undefined, SourceFailure>> => {
    try {
      for (let done = 0; done < target.length;) {
        const read = await handle.read(target, done, target.length - done, offset + done);
        if (read.bytesRead === 0) throw new Error('the former contents became shorter');
        done += read.bytesRead;
      }
      return ok(undefined);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return fail({ kind: 'unreadable', message });
    }
  };
  const read = async (offset: number, length: number, signal?: AbortSignal) => {
    signal?.throwIfAborted();
    const bytes = new Uint8Array(Math.max(0, Math.min(length, byteLength - offset)));
    const filled = await fill(bytes, offset);
    return filled.ok ? ok(bytes) : filled;
  };
  return {
    byteLength,
    generation: 1,
    read,
    readUncached: read,
    readInto: fill,
    refresh: () => Promise.resolve(ok({ changed: false })),
    dispose: () => void handle.close().catch(() => undefined),
  };
}
