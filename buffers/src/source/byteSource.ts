/** Where bytes come from. Knows nothing of formats; reads only what it is asked for. */
import type { ReadFailure } from '#shared/protocol/bufferView.ts';
import type { Disposable, Result } from '#shared/result.ts';

export type SourceFailure = Extract<ReadFailure, { kind: 'unreadable' | 'gone' }>;

export interface ByteSource extends Disposable {
  /** Of a file on disk, for libraries that read it themselves. */
  readonly path?: string | undefined;
  /** As of `generation`. */
  readonly byteLength: number;
  /** Grows when the bytes changed; what was read before may not be mixed with what is read after. */
  readonly generation: number;
  /**
   * Bytes `[offset, offset + length)`, cut at the end; the caller may keep but not change them. Aborting
   * throws. Small reads come from a page cache.
   */
  read(
    offset: number,
    length: number,
    signal?: AbortSignal,
  ): Promise<Result<Uint8Array, SourceFailure>>;
  /** The same past the cache, for few bytes of many places and for scans that would flush it. */
  readUncached(
    offset: number,
    length: number,
    signal?: AbortSignal,
  ): Promise<Result<Uint8Array, SourceFailure>>;
  /** Fills `target` with the bytes from `offset` on, past the cache; fails where there are fewer. */
  readInto(target: Uint8Array, offset: number): Promise<Result<undefined, SourceFailure>>;
  /** Looks whether the bytes changed. Fails where they can't be read any more. */
  refresh(): Promise<Result<{ readonly changed: boolean }, SourceFailure>>;
}
