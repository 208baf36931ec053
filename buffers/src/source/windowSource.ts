/** A part of a source as a source of its own, for a file inside a file. */
import type { ByteSource } from './byteSource.ts';

/** The part must lie in the source. Disposing of it leaves the source open. */
export function windowSource(source: ByteSource, start: number, byteLength: number): ByteSource {
  const cut = (offset: number, length: number) =>
    Math.max(0, Math.min(length, byteLength - offset));
  return {
    byteLength,
    get generation() {
      return source.generation;
    },
    read: (offset, length, signal) => source.read(start + offset, cut(offset, length), signal),
    readUncached: (offset, length, signal) =>
      source.readUncached(start + offset, cut(offset, length), signal),
    readInto: (target, offset) => source.readInto(target, start + offset),
    refresh: () => source.refresh(),
    dispose: () => undefined,
  };
}
