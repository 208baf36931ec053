/** The first pages of results on disk, so that a window that is loaded again still shows them. Knows nothing of VS Code. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ResultPage } from '#shared/protocol/engine.ts';

/** As the results panel asks for rows: a page that was kept is given as it was. */
const KEPT_PAGE_ROWS = 256;
const KEPT_PAGES = 4;
/** A page that takes more is not kept, nor are those behind it. */
const MOST_PAGE_BYTES = 1024 * 1024;

export class KeptRows {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Reads the first pages and keeps them. Tells how many rows that are. */
  async keep(
    id: string,
    read: (start: number, count: number) => Promise<ResultPage | undefined>,
  ): Promise<number> {
    let rowCount = 0;
    try {
      await mkdir(this.#folder, { recursive: true });
      for (let page = 0; page < KEPT_PAGES; page++) {
        const found = await read(page * KEPT_PAGE_ROWS, KEPT_PAGE_ROWS);
        if (!found || found.rowCount === 0 || found.arrow.byteLength > MOST_PAGE_BYTES) break;
        await writeFile(this.#path(id, page), new Uint8Array(found.arrow), { mode: 0o600 });
        rowCount += found.rowCount;
        if (found.rowCount < KEPT_PAGE_ROWS) break;
      }
    } catch {
      // A disk that is full keeps no rows; the query is kept all the same.
    }
    return rowCount;
  }

  async read(
    id: string,
    start: number,
    count: number,
    keptRowCount: number,
  ): Promise<ResultPage | undefined> {
    if (start % KEPT_PAGE_ROWS !== 0 || count !== KEPT_PAGE_ROWS) return undefined;
    const rowCount = Math.max(0, Math.min(count, keptRowCount - start));
    if (rowCount === 0) return undefined;
    try {
      const bytes = await readFile(this.#path(id, start / KEPT_PAGE_ROWS));
      const arrow = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
      return {
        start,
        rowCount,
        arrow: arrow,
        knownRowCount: keptRowCount,
        complete: true,
      };
    } catch {
      return undefined;
    }
  }

  /** Removes all but what these runs keep. */
  async sweep(ids: ReadonlySet<string>): Promise<void> {
    try {
      for (const name of await readdir(this.#folder)) {
        const id = /^(.+)-\d+\.arrow$/.exec(name)?.[1];
        if (id !== undefined && !ids.has(id)) await rm(join(this.#folder, name), { force: true });
      }
    } catch {
      // There is no such folder yet.
    }
  }

  #path(id: string, page: number): string {
    return join(this.#folder, `${id}-${page}.arrow`);
  }
}
