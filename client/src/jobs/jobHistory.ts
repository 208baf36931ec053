/**
 * What ran and what runs: a record of each run of a query, newest first, shared by the windows of a workspace through
 * a store. A record stays when its tab is closed or the window is reloaded. Knows nothing of VS Code.
 */
import type { EngineFailure, QueryProgress, ViewDefinition } from '#shared/protocol/engine.ts';
import type { Run, RunStatus } from '#shared/protocol/resultsView.ts';
import type { Disposable } from '#shared/result.ts';
import { EventSource } from '../event.ts';
import type { RunSource } from '../queries/sourcePlace.ts';
import type { ScriptPlace } from '../runRequest.ts';

export interface Job {
  /** Sorts by the time at which the job was given; the same in all windows. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly views: readonly ViewDefinition[];
  /** Where `text` is a statement of a PySpark script. */
  readonly script?: ScriptPlace;
  /** The document that it came from. */
  readonly source?: RunSource;
  readonly status: RunStatus;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly elapsedMs: number;
  readonly rowCount: number;
  readonly isComplete: boolean;
  readonly engine: string;
  readonly percent: number;
  readonly failure?: EngineFailure;
  /** The process of the window that runs it. */
  readonly owner: { readonly window: string; readonly pid: number };
  /** Here and now only. */
  readonly progress?: QueryProgress;
  /** The run of this window that has its rows. */
  readonly runId?: number;
  /** Another window runs it. */
  readonly isElsewhere?: boolean;
}

/** What is noted of a run beside what its tab shows. */
export interface RunFacts {
  readonly jobId: string;
  readonly views: readonly ViewDefinition[];
  readonly source: RunSource | undefined;
  readonly script: ScriptPlace | undefined;
}

export interface JobStore {
  /** Of all windows. */
  read(): Promise<readonly Job[]>;
  change(put: readonly Job[], removed: readonly string[]): void;
  /** Something changed it, perhaps another window. */
  onChanged(listener: () => void): Disposable;
  /** Resolves when all changes are written. */
  saved(): Promise<void>;
}

export interface JobHistoryOptions {
  readonly window: string;
  readonly pid: number;
  readonly now?: () => number;
  readonly isAlive?: (pid: number) => boolean;
}

export class JobHistory {
  readonly #store: JobStore;
  readonly #options: Required<JobHistoryOptions>;
  readonly #changed = new EventSource<Job | undefined>();
  /** Fires with the job that changed, or with nothing where the list did. */
  readonly onChanged = this.#changed.listen;
  /** Of this window, as they are. */
  readonly #own = new Map<string, Job>();
  /** Of other windows and of earlier ones, as the store last said. */
  #others: readonly Job[] = [];
  /** Taken from the list, which the store may not know yet. */
  readonly #removed = new Set<string>();
  /** Jobs of this window that the store was seen to have. */
  readonly #stored = new Set<string>();
  /** By the id of the job of an earlier window, the run that was made of it again. */
  readonly #adopted = new Map<string, number>();
  #list: readonly Job[] | undefined;
  #reading: Promise<void> | undefined;
  #isStale = false;
  readonly #subscription: Disposable;

  constructor(store: JobStore, options: JobHistoryOptions) {
    this.#store = store;
    this.#options = { now: Date.now, isAlive, ...options };
    this.#subscription = store.onChanged(() => void this.refresh());
    void this.refresh();
  }

  list(): readonly Job[] {
    this.#list ??= [...this.#own.values(), ...this.#others.map((job) => this.#shown(job))].sort(
      (a, b) => (a.id < b.id ? 1 : -1),
    );
    return this.#list;
  }

  byId(id: string): Job | undefined {
    return this.list().find((job) => job.id === id);
  }

  /** News of a run. One that is not known begins with its queue; later news of it is of one that was removed. */
  note(run: Run, { jobId, views, source, script }: RunFacts): Job | undefined {
    const known = this.#own.get(jobId);
    if (!known && !isUnderWay(run.status)) return undefined;
    const { window, pid, now } = this.#options;
    const job: Job = {
      id: jobId,
      startedAt: startOf(known, run, now()),
      title: run.title,
      text: run.text,
      views,
      status: run.status === 'lost' ? (known?.status ?? 'lost') : run.status,
      elapsedMs: run.elapsedMs,
      rowCount: run.rowCount,
      isComplete: run.complete,
      engine: run.engine ?? 'local',
      percent: run.percent,
      runId: run.runId,
      owner: { window, pid },
      ...(script ? { script } : {}),
      ...(source ? { source } : {}),
      ...(run.progress && run.status === 'running' ? { progress: run.progress } : {}),
      ...(run.failure ? { failure: run.failure } : {}),
    };
    this.#own.set(jobId, job);
    this.#list = undefined;
    if (known?.status !== job.status) this.#store.change([stored(job)], []);
    this.#changed.fire(known ? job : undefined);
    return job;
  }

  /** A run shows the job of an earlier window. */
  adopt(jobId: string, runId: number): void {
    this.#adopted.set(jobId, runId);
    this.#fireList();
  }

  /** The run's tab is gone; its record stays. */
  forgetRun(runId: number): void {
    for (const [id, job] of this.#own) if (job.runId === runId) this.#own.set(id, stored(job));
    for (const [id, adopted] of this.#adopted) if (adopted === runId) this.#adopted.delete(id);
    this.#fireList();
  }

  remove(id: string): void {
    this.#remove([id]);
  }

  /** All that is over. */
  clear(): void {
    this.#remove(
      this.list()
        .filter(({ status }) => !isUnderWay(status))
        .map(({ id }) => id),
    );
  }

  /** Reads what other windows did. */
  refresh(): Promise<void> {
    this.#isStale = true;
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  saved(): Promise<void> {
    return this.#store.saved();
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  async #read(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      const jobs = await this.#store.read();
      const ids = new Set(jobs.map(({ id }) => id));
      for (const id of ids) if (this.#own.has(id)) this.#stored.add(id);
      // Another window has cleared the list.
      for (const [id, { status }] of this.#own)
        if (this.#stored.has(id) && !ids.has(id) && !isUnderWay(status)) this.#own.delete(id);
      for (const id of this.#removed) if (!ids.has(id)) this.#removed.delete(id);
      this.#others = jobs.filter(({ id }) => !this.#own.has(id) && !this.#removed.has(id));
      this.#fireList();
    }
  }

  #remove(ids: readonly string[]): void {
    for (const id of ids) {
      this.#own.delete(id);
      this.#removed.add(id);
    }
    this.#others = this.#others.filter(({ id }) => !this.#removed.has(id));
    this.#store.change([], ids);
    this.#fireList();
  }

  /** What was under way in a window that is no more ended with it. */
  #shown(job: Job): Job {
    const runId = this.#adopted.get(job.id);
    const withRun = runId === undefined ? job : { ...job, runId };
    if (!isUnderWay(job.status)) return withRun;
    const { window, isAlive: lives } = this.#options;
    return job.owner.window !== window && lives(job.owner.pid)
      ? { ...withRun, isElsewhere: true }
      : { ...withRun, status: 'lost' };
  }

  #fireList(): void {
    this.#list = undefined;
    this.#changed.fire(undefined);
  }
}

export function isUnderWay(status: RunStatus): boolean {
  return status === 'queued' || status === 'running';
}

let count = 0;

/** Later ones are greater, also of other windows. */
export function newJobId(now = Date.now()): string {
  count = (count + 1) % 36 ** 4;
  const random = Math.floor(Math.random() * 36 ** 6);
  return [now, count, random]
    .map((part, index) => part.toString(36).padStart([9, 4, 6][index] ?? 0, '0'))
    .join('-');
}

function stored(job: Job): Job {
  const kept: { -readonly [K in keyof Job]: Job[K] } = { ...job };
  delete kept.runId;
  delete kept.progress;
  delete kept.isElsewhere;
  return kept;
}

/** Waiting does not count: a job starts when its run does. */
function startOf(known: Job | undefined, run: Run, now: number): number {
  if (!known) return now;
  return known.status === 'queued' && run.status === 'running' ? now : known.startedAt;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
