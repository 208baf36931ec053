/** Pages of all open sources, least recently used first out, never more bytes than its limit. */

export const PAGE_BYTES = 64 * 1024;
const DEFAULT_LIMIT = 64 * 1024 * 1024;

export class PageCache {
  readonly #limit: number;
  /** A Map keeps the order of insertion; a page that is used is inserted anew. */
  readonly #pages = new Map<string, Uint8Array>();
  #byteLength = 0;

  constructor(limit = DEFAULT_LIMIT) {
    this.#limit = limit;
  }

  get byteLength(): number {
    return this.#byteLength;
  }

  get(owner: number, page: number): Uint8Array | undefined {
    const key = `${owner}:${page}`;
    const bytes = this.#pages.get(key);
    if (bytes) {
      this.#pages.delete(key);
      this.#pages.set(key, bytes);
    }
    return bytes;
  }

  set(owner: number, page: number, bytes: Uint8Array): void {
    this.#delete(`${owner}:${page}`);
    this.#pages.set(`${owner}:${page}`, bytes);
    this.#byteLength += bytes.length;
    for (const key of this.#pages.keys()) {
      if (this.#byteLength <= this.#limit) break;
      this.#delete(key);
    }
  }

  /** Forgets what `owner` stored: its bytes changed, or it is gone. */
  deleteOwner(owner: number): void {
    for (const key of this.#pages.keys()) if (key.startsWith(`${owner}:`)) this.#delete(key);
  }

  #delete(key: string): void {
    this.#byteLength -= this.#pages.get(key)?.length ?? 0;
    this.#pages.delete(key);
  }
}
