/**
 * The jobs of a workspace in one file that all its windows read and change. Bounded, and each change is made to what the file says then. Knows nothing of VS Code.
 */
import { mkdirSync, watch } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Disposable } from '#shared/result.ts';
import { EventSource } from '../event.ts';
import { withFileLock } from '../fileLock.ts';
import type { Job, JobStore } from './jobHistory.ts';

const KEPT_JOBS = 200;
/** A query may have a megabyte. */
const MOST_CHARACTERS = 8_000_000;

export class JobFile implements JobStore {
  readonly #path: string;
  readonly #changed = new EventSource<undefined>();
  readonly onChanged = this.#changed.listen;
  readonly #put = new Map<string, Job>();
  readonly #removed = new Set<string>();
  #writing: Promise<void> | undefined;
  #watcher: Disposable | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  async read(): Promise<readonly Job[]> {
    this.#watch();
    return this.#jobs();
  }

  change(put: readonly Job[], removed: readonly string[]): void {
    for (const job of put) this.#put.set(job.id, job);
    for (const id of removed) {
      this.#put.delete(id);
      this.#removed.add(id);
    }
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined;
    });
  }

  async saved(): Promise<void> {
    while (this.#writing) await this.#writing;
  }

  dispose(): void {
    this.#watcher?.dispose();
  }

  async #write(): Promise<void> {
    while (this.#put.size + this.#removed.size > 0) {
      const put = [...this.#put.values()];
      const removed = new Set(this.#removed);
      this.#put.clear();
      this.#removed.clear();
      try {
        this.#watch();
        await withFileLock(this.#path, () => this.#apply(put, removed));
      } catch {
        // A disk that is full keeps no history; what runs goes on.
      }
    }
  }

  async #apply(put: readonly Job[], removed: ReadonlySet<string>): Promise<void> {
    const before = await this.#jobs();
    const byId = new Map(before.map((job) => [job.id, job]));
    for (const job of put) byId.set(job.id, job);
    for (const id of removed) byId.delete(id);
    const after = bounded([...byId.values()]);
    const fresh = `${this.#path}.new`;
    await writeFile(fresh, JSON.stringify(after), { mode: 0o600 });
    await rename(fresh, this.#path);
  }

  async #jobs(): Promise<readonly Job[]> {
    try {
      const read: unknown = JSON.parse(await readFile(this.#path, 'utf8'));
      return Array.isArray(read) ? read.filter(isJob) : [];
    } catch {
      return [];
    }
  }

  /** Other windows write too. Where the system tells of no changes they are seen with the next one here. */
  #watch(): void {
    if (this.#watcher) return;
    try {
      mkdirSync(dirname(this.#path), { recursive: true });
      const name = basename(this.#path);
      // The lock and the file before its renaming lie beside it; some systems give no name.
      const watcher = watch(dirname(this.#path), { persistent: false }, (_, changed) => {
        if (changed === null || changed === name) this.#changed.fire(undefined);
      });
      watcher.on('error', () => watcher.close());
      this.#watcher = { dispose: () => watcher.close() };
    } catch {
      this.#watcher = { dispose: () => undefined };
    }
  }
}

/** Newest first, as many as are kept. */
function bounded(jobs: readonly Job[]): readonly Job[] {
  let characters = 0;
  return [...jobs]
    .sort((a, b) => (a.id < b.id ? 1 : -1))
    .slice(0, KEPT_JOBS)
    .filter((job, index) => {
      characters += JSON.stringify(job).length;
      return characters <= MOST_CHARACTERS || index === 0;
    });
}

function isJob(value: unknown): value is Job {
  if (typeof value !== 'object' || value === null) return false;
  const { id, title, text, status, views, owner } = value as Record<string, unknown>;
  return (
    [id, title, text, status].every((each) => typeof each === 'string') &&
    Array.isArray(views) &&
    typeof owner === 'object' &&
    owner !== null
  );
}

/** Where the jobs, results, tabs and statistics of a workspace lie: the same for all its windows. */
export function historyPaths(folder: string) {
  return {
    jobs: join(folder, 'jobs.json'),
    results: join(folder, 'results'),
    windows: join(folder, 'windows'),
    statistics: join(folder, 'statistics.json'),
  };
}
