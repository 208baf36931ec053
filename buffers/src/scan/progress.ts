/** A source that tells how much of a scan has been read; the scans themselves know nothing of it. */
import type { ByteSource } from '../source/byteSource.ts';

const TOLD_EVERY_MS = 100;

export function progressSource(
  source: ByteSource,
  total: number,
  onProgress: (done: number) => void,
): ByteSource {
  let done = 0;
  let toldAt = performance.now();
  const count = (byteLength: number) => {
    done = Math.min(total, done + byteLength);
    const now = performance.now();
    if (now - toldAt < TOLD_EVERY_MS) return;
    toldAt = now;
    onProgress(done);
  };
  return {
    get byteLength() {
      return source.byteLength;
    },
    get generation() {
      return source.generation;
    },
    read(offset, length, signal) {
      count(length);
      return source.read(offset, length, signal);
    },
    readUncached(offset, length, signal) {
      count(length);
      return source.readUncached(offset, length, signal);
    },
    readInto(target, offset) {
      count(target.length);
      return source.readInto(target, offset);
    },
    refresh: () => source.refresh(),
    dispose: () => undefined,
  };
}
