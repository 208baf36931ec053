/**
 * A file read on demand. It is opened for reading only and never created, the handle is closed when idle (an open
 * handle locks the file on Windows), and a change of size, time or identity starts a new generation.
 */
import type { FileHandle } from 'node:fs/promises';
import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { ByteSource, SourceFailure } from './byteSource.ts';
import { PAGE_BYTES, PageCache } from './pageCache.ts';

export interface FileSourceOptions {
  readonly cache?: PageCache;
  readonly idleMs?: number;
}

/** Reads above this go past the page cache. */
const MAX_CACHED_READ = 4 * PAGE_BYTES;
/** One pread; between two of them a reader can abort. */
const CHUNK_BYTES = 4 * 1024 * 1024;
const DEFAULT_IDLE_MS = 1000;

export async function openFileSource(
  path: string,
  options: FileSourceOptions = {},
): Promise<Result<ByteSource, SourceFailure>> {
  const identity = await identify(path);
  if (!identity.ok) return identity;
  const source = new FileSource(path, identity.value, options);
  // Opening at once tells a file that may be listed but not read from one that may.
  const readable = await source.read(0, 1);
  if (readable.ok) return ok(source);
  source.dispose();
  return readable;
}

/** What changes when a file is written to or another one takes its place. */
interface Identity {
  readonly size: bigint;
  readonly modifiedNs: bigint;
  readonly device: bigint;
  readonly inode: bigint;
}

let nextOwner = 1;

class FileSource implements ByteSource {
  readonly #path: string;
  readonly #cache: PageCache;
  readonly #owner = nextOwner++;
  readonly #idleMs: number;
  #identity: Identity;
  #generation = 1;
  #handle: Promise<FileHandle> | undefined;
  /** The same once it is open: a read then starts at once, and runs beside what its caller does next. */
  #openHandle: FileHandle | undefined;
  #readers = 0;
  #idle: NodeJS.Timeout | undefined;
  #disposed = false;
  /** Reads of the same page at the same time share one pread. */
  readonly #loading = new Map<number, Promise<Result<Uint8Array, SourceFailure>>>();

  constructor(path: string, identity: Identity, options: FileSourceOptions) {
    this.#path = path;
    this.#identity = identity;
    this.#cache = options.cache ?? new PageCache();
    this.#idleMs = options.idleMs ?? DEFAULT_IDLE_MS;
  }

  get path(): string {
    return this.#path;
  }

  get byteLength(): number {
    return Number(this.#identity.size);
  }

  get generation(): number {
    return this.#generation;
  }

  async read(offset: number, length: number, signal?: AbortSignal) {
    signal?.throwIfAborted();
    const end = Math.min(offset + length, this.byteLength);
    if (end - offset > MAX_CACHED_READ) return this.readUncached(offset, length, signal);
    if (end <= offset) return this.#readChunk(offset, 0);
    const first = Math.floor(offset / PAGE_BYTES);
    const last = Math.floor((end - 1) / PAGE_BYTES);
    const bytes = new Uint8Array(end - offset);
    for (let page = first; page <= last; page++) {
      const loaded = await this.#page(page);
      if (!loaded.ok) return loaded;
      signal?.throwIfAborted();
      const pageStart = page * PAGE_BYTES;
      const from = Math.max(offset - pageStart, 0);
      const to = Math.min(end - pageStart, loaded.value.length);
      if (first === last) return ok(loaded.value.subarray(from, to));
      bytes.set(loaded.value.subarray(from, to), pageStart + from - offset);
    }
    return ok(bytes);
  }

  async readUncached(offset: number, length: number, signal?: AbortSignal) {
    signal?.throwIfAborted();
    const end = Math.min(offset + length, this.byteLength);
    if (end - offset <= CHUNK_BYTES) return this.#readChunk(offset, Math.max(end - offset, 0));
    const bytes = new Uint8Array(end - offset);
    for (let at = offset; at < end; at += CHUNK_BYTES) {
      const chunk = await this.#readChunk(at, Math.min(CHUNK_BYTES, end - at));
      if (!chunk.ok) return chunk;
      signal?.throwIfAborted();
      bytes.set(chunk.value, at - offset);
    }
    return ok(bytes);
  }

  readInto(target: Uint8Array, offset: number): Promise<Result<undefined, SourceFailure>> {
    return this.#fill(target, offset);
  }

  async refresh(): Promise<Result<{ readonly changed: boolean }, SourceFailure>> {
    const identity = await identify(this.#path);
    if (!identity.ok) {
      this.#cache.deleteOwner(this.#owner);
      await this.#close();
      return identity;
    }
    if (isSame(this.#identity, identity.value)) return ok({ changed: false });
    this.#identity = identity.value;
    this.#generation++;
    this.#cache.deleteOwner(this.#owner);
    this.#loading.clear();
    await this.#close();
    return ok({ changed: true });
  }

  dispose(): void {
    this.#disposed = true;
    this.#cache.deleteOwner(this.#owner);
    if (this.#readers === 0) void this.#close();
  }

  #page(page: number): Promise<Result<Uint8Array, SourceFailure>> {
    const cached = this.#cache.get(this.#owner, page);
    if (cached) return Promise.resolve(ok(cached));
    const running = this.#loading.get(page);
    if (running) return running;
    const generation = this.#generation;
    const start = page * PAGE_BYTES;
    const length = Math.min(PAGE_BYTES, this.byteLength - start);
    const loading = this.#readChunk(start, length).then((bytes) => {
      if (this.#loading.get(page) === loading) this.#loading.delete(page);
      if (bytes.ok && generation === this.#generation && !this.#disposed)
        this.#cache.set(this.#owner, page, bytes.value);
      return bytes;
    });
    this.#loading.set(page, loading);
    return loading;
  }

  async #readChunk(offset: number, length: number): Promise<Result<Uint8Array, SourceFailure>> {
    const bytes = new Uint8Array(length);
    const filled = await this.#fill(bytes, offset);
    return filled.ok ? ok(bytes) : filled;
  }

  /** One pread; a file that has become shorter is a failure, not fewer bytes. */
  async #fill(bytes: Uint8Array, offset: number): Promise<Result<undefined, SourceFailure>> {
    const { length } = bytes;
    if (this.#disposed) return fail({ kind: 'unreadable', message: 'the file was closed' });
    this.#readers++;
    try {
      const handle = this.#openHandle ?? (await this.#open());
      clearTimeout(this.#idle);
      let done = 0;
      while (done < length) {
        const { bytesRead } = await handle.read(bytes, done, length - done, offset + done);
        if (bytesRead === 0) {
          await this.refresh();
          return fail({ kind: 'unreadable', message: 'the file became shorter while it was read' });
        }
        done += bytesRead;
      }
      return ok(undefined);
    } catch (error) {
      return fail(failureOf(error));
    } finally {
      this.#readers--;
      if (this.#readers === 0) this.#closeWhenIdle();
    }
  }

  async #open(): Promise<FileHandle> {
    clearTimeout(this.#idle);
    // Without O_NONBLOCK a pipe that took the file's place would block a thread of the pool for ever.
    this.#handle ??= open(this.#path, constants.O_RDONLY | (constants.O_NONBLOCK || 0));
    const opening = this.#handle;
    try {
      const handle = await opening;
      if (this.#handle === opening) this.#openHandle = handle;
      return handle;
    } catch (error) {
      if (this.#handle === opening) this.#handle = undefined;
      throw error;
    }
  }

  #closeWhenIdle(): void {
    clearTimeout(this.#idle);
    if (this.#disposed || this.#idleMs === 0) void this.#close();
    else this.#idle = setTimeout(() => void this.#close(), this.#idleMs).unref();
  }

  async #close(): Promise<void> {
    clearTimeout(this.#idle);
    const handle = this.#handle;
    this.#handle = undefined;
    this.#openHandle = undefined;
    try {
      // FileHandle.close waits for the reads under way.
      await (await handle)?.close();
    } catch {
      // Nothing was written, so nothing can be lost by a close that fails.
    }
  }
}

/** Refuses what has no bytes at an offset: opening a pipe or a device can block or act. */
async function identify(path: string): Promise<Result<Identity, SourceFailure>> {
  try {
    const found = await stat(path, { bigint: true });
    if (!found.isFile()) {
      const what = found.isDirectory()
        ? 'a folder'
        : found.isFIFO() || found.isSocket()
          ? 'a pipe or a socket'
          : 'a device';
      return fail({ kind: 'unreadable', message: `it is ${what}, not a file` });
    }
    return ok({
      size: found.size,
      modifiedNs: found.mtimeNs,
      device: found.dev,
      inode: found.ino,
    });
  } catch (error) {
    return fail(failureOf(error));
  }
}

function isSame(one: Identity, other: Identity): boolean {
  return (
    one.size === other.size &&
    one.modifiedNs === other.modifiedNs &&
    one.device === other.device &&
    one.inode === other.inode
  );
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'reading it is not permitted',
  EPERM: 'reading it is not permitted',
  EIO: 'the disk reported an error',
  EISDIR: 'it is a folder, not a file',
  ELOOP: 'its symbolic links go in a circle',
  ENAMETOOLONG: 'its name is too long',
  EBUSY: 'another program has locked it',
  EMFILE: 'too many files are open',
};

function failureOf(error: unknown): SourceFailure {
  const { code } = error as NodeJS.ErrnoException;
  const known = code !== undefined && Object.hasOwn(reasons, code) ? reasons[code] : undefined;
  const message = known ?? (error instanceof Error ? error.message : String(error));
  return {
    kind: 'unreadable',
    message: code === undefined || known === undefined ? message : `${message} (${code})`,
  };
}
