/** Bytes in memory as a source that counts what is read. */
import type { ByteSource } from '#buffers/source/byteSource.ts';
import { fail, ok } from '#shared/result.ts';

export interface MemorySource extends ByteSource {
  readonly reads: { offset: number; length: number }[];
}

export function memorySource(bytes: Uint8Array): MemorySource {
  const reads: { offset: number; length: number }[] = [];
  const read = (offset: number, length: number, signal?: AbortSignal) => {
    signal?.throwIfAborted();
    reads.push({ offset, length });
    return Promise.resolve(ok(bytes.slice(offset, Math.min(offset + length, bytes.length))));
  };
  return {
    byteLength: bytes.length,
    generation: 1,
    reads,
    read,
    readUncached: read,
    readInto(target, offset) {
      reads.push({ offset, length: target.length });
      if (offset + target.length > bytes.length)
        return Promise.resolve(fail({ kind: 'unreadable', message: 'there are fewer bytes' }));
      target.set(bytes.subarray(offset, offset + target.length));
      return Promise.resolve(ok(undefined));
    },
    refresh: () => Promise.resolve(ok({ changed: false })),
    dispose: () => undefined,
  };
}
