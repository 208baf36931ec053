/**
 * What ran and what runs: a record of each run of a query, newest first, bounded, and kept by whoever owns the store.
 * A record stays when its tab is closed or the window is reloaded. Knows nothing of VS Code.
 */
import type { QueryProgress, ViewDefinition } from '#shared/protocol/engine.ts';
import type { Run, RunStatus } from '#shared/protocol/resultsView.ts';
import { EventSource } from '../event.ts';
import type { ScriptPlace } from '../runs.ts';

export interface Job {
  readonly id: number;
  readonly title: string;
  readonly text: string;
  readonly views: readonly ViewDefinition[];
  /** Where `text` is a statement of a PySpark script. */
  readonly script?: ScriptPlace;
  readonly status: RunStatus;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly elapsedMs: number;
  readonly rowCount: number;
  readonly isComplete: boolean;
  readonly engine: string;
  readonly percent: number;
  readonly progress?: QueryProgress;
  readonly message?: string;
  /** The run that has its rows; absent for a job of an earlier window. */
  readonly runId?: number;
}

export interface JobStore {
  load(): readonly Job[];
  save(jobs: readonly Job[]): void;
}

const KEPT_JOBS = 200;

export class JobHistory {
  readonly #store: JobStore;
  readonly #now: () => number;
  readonly #changed = new EventSource<Job | undefined>();
  /** Fires with the job that changed, or with nothing where the list did. */
  readonly onChanged = this.#changed.listen;
  #jobs: readonly Job[];
  #nextId: number;

  constructor(store: JobStore, now: () => number = Date.now) {
    this.#store = store;
    this.#now = now;
    // What was under way when the window closed ended with it.
    this.#jobs = store.load().map((job) => ({
      ...withoutRun(job),
      status: isUnderWay(job.status) ? 'lost' : job.status,
    }));
    this.#nextId = Math.max(0, ...this.#jobs.map(({ id }) => id)) + 1;
  }

  list(): readonly Job[] {
    return this.#jobs;
  }

  byId(id: number): Job | undefined {
    return this.#jobs.find((job) => job.id === id);
  }

  /** News of a run. A run that begins again is a new job. */
  note(run: Run, views: readonly ViewDefinition[], script?: ScriptPlace): Job {
    const known = this.#jobs.find(
      ({ runId, status }) => runId === run.runId && (isUnderWay(status) || !isUnderWay(run.status)),
    );
    const job: Job = {
      id: known?.id ?? this.#nextId++,
      startedAt: startOf(known, run, this.#now()),
      title: run.title,
      text: run.text,
      views,
      status: run.status,
      elapsedMs: run.elapsedMs,
      rowCount: run.rowCount,
      isComplete: run.complete,
      engine: run.engine ?? 'local',
      percent: run.percent,
      runId: run.runId,
      ...(script ? { script } : {}),
      ...(run.progress && run.status === 'running' ? { progress: run.progress } : {}),
      ...(run.failure ? { message: messageOf(run) } : {}),
    };
    this.#jobs = known
      ? this.#jobs.map((each) => (each === known ? job : each))
      : [job, ...this.#jobs].slice(0, KEPT_JOBS);
    if (known?.status !== job.status) this.#store.save(this.#jobs);
    this.#changed.fire(known ? job : undefined);
    return job;
  }

  /** The run's rows are gone; its record stays. */
  forgetRun(runId: number): void {
    this.#jobs = this.#jobs.map((job) => {
      return job.runId === runId ? withoutRun(job) : job;
    });
    this.#changed.fire(undefined);
  }

  remove(id: number): void {
    this.#jobs = this.#jobs.filter((job) => job.id !== id);
    this.#store.save(this.#jobs);
    this.#changed.fire(undefined);
  }

  /** All that is over. */
  clear(): void {
    this.#jobs = this.#jobs.filter(({ status }) => isUnderWay(status));
    this.#store.save(this.#jobs);
    this.#changed.fire(undefined);
  }
}

export function isUnderWay(status: RunStatus): boolean {
  return status === 'queued' || status === 'running';
}

function withoutRun(job: Job): Job {
  const kept: { -readonly [K in keyof Job]: Job[K] } = { ...job };
  delete kept.runId;
  delete kept.progress;
  return kept;
}

/** Waiting does not count: a job starts when its run does. */
function startOf(known: Job | undefined, run: Run, now: number): number {
  if (!known) return now;
  return known.status === 'queued' && run.status === 'running' ? now : known.startedAt;
}

function messageOf({ failure }: Run): string {
  if (!failure) return '';
  return 'message' in failure ? failure.message : 'The engine ended.';
}
