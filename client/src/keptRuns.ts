/**
 * The tabs of the results panel, by window, for the time after a reload: each window writes a file of its own, so that
 * two on one workspace do not get each other's. Knows nothing of VS Code.
 */
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isAlive } from './jobs/jobHistory.ts';
import { removeKeptResult, sweepKeptResults } from './keptResults.ts';
import type { KeptRun } from './runRequest.ts';

/** Windows that are closed and whose tabs may be asked for. */
const CLOSED_WINDOWS = 3;

const PATIENCE_MS = 3000;

interface KeptWindow {
  readonly window: string;
  readonly pid: number;
  readonly runs: readonly KeptRun[];
}

export interface KeptRunsOptions {
  readonly window: string;
  readonly pid: number;
  readonly isAlive?: (pid: number) => boolean;
}

export class KeptRuns {
  /** The name of this window, which its panel saves for the one after it. */
  readonly window: string;
  /** Where the engines keep their results. */
  readonly results: string;
  readonly #folder: string;
  readonly #pid: number;
  readonly #isAlive: (pid: number) => boolean;
  #preferred: string | undefined;
  #next: readonly KeptRun[] | undefined;
  #writing: Promise<void> | undefined;

  constructor(
    paths: { readonly windows: string; readonly results: string },
    options: KeptRunsOptions,
  ) {
    this.#folder = paths.windows;
    this.results = paths.results;
    this.window = options.window;
    this.#pid = options.pid;
    this.#isAlive = options.isAlive ?? isAlive;
  }

  /** `saved`: what the page of a panel saved, before this window. */
  prefer(saved: unknown): void {
    if (typeof saved !== 'object' || saved === null || !('window' in saved)) return;
    if (typeof saved.window === 'string' && /^[\w-]+$/.test(saved.window))
      this.#preferred = saved.window;
  }

  /** The runs of the window before this one, which are this one's from now on. */
  async takeOver(): Promise<readonly KeptRun[]> {
    let runs: readonly KeptRun[] = [];
    try {
      await mkdir(this.#folder, { recursive: true });
      await this.#preferredEnds();
      const closed = await this.#closedWindows();
      // Of two windows that reach for the same file one succeeds.
      for (const { window } of closed.toSorted((a, b) => this.#rank(b) - this.#rank(a))) {
        const taken = await rename(this.#path(window), this.#path(this.window)).then(
          () => true,
          () => false,
        );
        if (!taken) continue;
        runs = (await this.#read(this.window))?.runs ?? [];
        break;
      }
      await this.#put(runs);
      await this.#sweep();
    } catch {
      // Without such a folder a window begins with nothing.
    }
    return runs;
  }

  save(runs: readonly KeptRun[]): void {
    this.#next = runs;
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined;
    });
  }

  async saved(): Promise<void> {
    while (this.#writing) await this.#writing;
  }

  /** The window ends; what it has is free to be taken over. */
  async close(): Promise<void> {
    await this.saved();
    const kept = await this.#read(this.window);
    if (kept) await this.#put(kept.runs, 0).catch(() => undefined);
  }

  /** Forgets the windows that are closed, and frees their results. */
  async removeEarlier(): Promise<void> {
    for (const { window, runs } of await this.#closedWindows()) {
      await rm(this.#path(window), { force: true });
      for (const { keptId } of runs)
        if (keptId !== undefined) await removeKeptResult(this.results, keptId);
    }
  }

  /** Of the results on disk, for tests. */
  resultNames(): Promise<readonly string[]> {
    return readdir(this.results).catch(() => []);
  }

  /** A window that is loaded again may come before the one that it was has quite ended. */
  async #preferredEnds(): Promise<void> {
    const until = Date.now() + PATIENCE_MS;
    while (this.#preferred !== undefined && Date.now() < until) {
      const before = await this.#read(this.#preferred);
      if (!before || !this.#lives(before.pid)) return;
      await delay(50);
    }
  }

  /** Newest first. */
  async #closedWindows(): Promise<readonly KeptWindow[]> {
    const all = await this.#windows();
    return all.filter(({ window, pid }) => window !== this.window && !this.#lives(pid));
  }

  #lives(pid: number): boolean {
    return pid > 0 && pid !== this.#pid && this.#isAlive(pid);
  }

  #rank({ window }: KeptWindow): number {
    return window === this.#preferred ? 1 : 0;
  }

  async #windows(): Promise<readonly KeptWindow[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const found = await Promise.all(
      names.map(async (name) => {
        const [, window] = /^([\w-]+)\.json$/.exec(name) ?? [];
        if (window === undefined) return [];
        const kept = await this.#read(window);
        const { mtimeMs } = await stat(this.#path(window)).catch(() => ({ mtimeMs: 0 }));
        return kept ? [{ ...kept, window, mtimeMs }] : [];
      }),
    );
    return found.flat().sort((a, b) => b.mtimeMs - a.mtimeMs);
  }

  async #read(window: string): Promise<KeptWindow | undefined> {
    try {
      const read = JSON.parse(await readFile(this.#path(window), 'utf8')) as Partial<KeptWindow>;
      if (typeof read.pid !== 'number' || !Array.isArray(read.runs)) return undefined;
      return { window, pid: read.pid, runs: read.runs };
    } catch {
      return undefined;
    }
  }

  async #write(): Promise<void> {
    while (this.#next) {
      const runs = this.#next;
      this.#next = undefined;
      await this.#put(runs).catch(() => {
        // A disk that is full keeps no tabs; what runs goes on.
      });
    }
  }

  async #put(runs: readonly KeptRun[], pid = this.#pid): Promise<void> {
    const path = this.#path(this.window);
    await mkdir(this.#folder, { recursive: true });
    await writeFile(`${path}.new`, JSON.stringify({ pid, runs }), { mode: 0o600 });
    await rename(`${path}.new`, path);
  }

  /** What no window can show any more. What a live one is about to write down is not known here. */
  async #sweep(): Promise<void> {
    const all = await this.#windows();
    const others = all.filter(({ window }) => window !== this.window);
    if (others.some(({ pid }) => this.#lives(pid))) return;
    const forgotten = others.slice(CLOSED_WINDOWS);
    for (const { window } of forgotten) await rm(this.#path(window), { force: true });
    const left = all.filter((each) => !forgotten.includes(each)).flatMap(({ runs }) => runs);
    const ids = left.flatMap(({ keptId }) => (keptId === undefined ? [] : [keptId]));
    await sweepKeptResults(this.results, new Set(ids));
  }

  #path(window: string): string {
    return join(this.#folder, `${window}.json`);
  }
}
