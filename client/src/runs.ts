/**
 * Runs of queries: two at a time, the others queued, each with its text and views so that it can be run again.
 * Outlives the engine's process and the panel. Knows nothing of VS Code.
 */
import type {
  EngineFailure,
  ExplainMode,
  Explanation,
  Field,
  ResultPage,
  ViewDefinition,
} from '#shared/protocol/engine.ts';
import type { Arrangement } from '#shared/protocol/arrangement.ts';
import { isArranged, unarranged } from '#shared/protocol/arrangement.ts';
import type { Run } from '#shared/protocol/resultsView.ts';
import type { TableProgress } from '#shared/protocol/tables.ts';
import { fail, ok } from '#shared/result.ts';
import { engineWithViews, outcome, ranInto, unlessAborted, type Outcome } from './engineCalls.ts';
import {
  SESSION_ID,
  type EngineLife,
  type EngineLifeEnd,
  type EngineProcess,
} from './engineProcess.ts';
import { EventSource } from './event.ts';
import { isUnderWay, newJobId, type RunFacts } from './jobs/jobHistory.ts';
import { removeKeptResult } from './keptResults.ts';
import type { Logger } from './logs.ts';
import type { RunSource } from './queries/sourcePlace.ts';
import {
  agree,
  isWhole,
  mostRowsOf,
  onlyReads,
  placed,
  queryOf,
  shownOf,
  upTo,
  type KeptRun,
  type RunRequest,
  type ScriptAction,
} from './runRequest.ts';

interface RunToShow {
  readonly runId: number;
  readonly pane?: 'plan';
}

export type ExportFormat = 'csv' | 'json' | 'parquet';

/** The rows that a run computes before it counts as done: the page that a panel asks for first. */
const FIRST_ROWS = 256;
const ROWS_WITH_COLUMNS_MS = 50;
const KEPT_RUNS = 20;
const MOST_AT_ONCE = 2;

interface OpenResult {
  readonly life: EngineLife;
  readonly resultId: number;
}

interface Entry {
  readonly request: RunRequest;
  run: Run;
  /** Where its rows are: a result of one life of the engine. */
  result?: OpenResult;
  /** Of `result`, for the panel, which asks for what the run has read already. */
  firstPage?: Promise<Outcome<ResultPage>>;
  /** The same rows sorted and filtered, while they are shown so. */
  arranged?: OpenResult;
  /** Under which the engine keeps its rows over its own end. */
  keptId?: string;
  /** Of its last start. */
  jobId: string;
  /** What `arranged` is, also where it ended with its engine. */
  arrangement?: Arrangement;
  /** Being opened in a life of the engine that did not compute it. */
  reopening?: Promise<void>;
  abort?: AbortController;
  startedAt: number;
}

type Engine = Pick<
  EngineProcess,
  | 'ready'
  | 'onLifeEnded'
  | 'onProgress'
  | 'onResultState'
  | 'onResultProgress'
  | 'state'
  | 'noteStatement'
>;

export class Runs {
  readonly #engine: Engine;
  readonly #log: Logger;
  readonly #keptFolder: string | undefined;
  readonly #entries = new Map<number, Entry>();
  readonly #changed = new EventSource<Run>();
  readonly #closed = new EventSource<number>();
  readonly #selectedChanged = new EventSource<RunToShow>();
  readonly #scriptWanted = new EventSource<ScriptAction>();
  /** An action of a script is to run again: what came before it runs with it. */
  readonly onScriptWanted = this.#scriptWanted.listen;
  readonly #arrangeProgress = new EventSource<{
    readonly runId: number;
    readonly progress: TableProgress;
  }>();
  /** How far the sorting and filtering of a run has come. */
  readonly onArrangeProgress = this.#arrangeProgress.listen;
  readonly #firstRows = new EventSource<{ readonly runId: number; readonly page: ResultPage }>();
  /** The first page of a run, as it is shown, before the run says that it has rows. */
  readonly onFirstRows = this.#firstRows.listen;
  readonly onChanged = this.#changed.listen;
  readonly onClosed = this.#closed.listen;
  readonly onSelected = this.#selectedChanged.listen;
  #selected: number | null = null;
  #nextId = 1;
  readonly #running = new Set<Entry>();
  readonly #freeing = new Set<Promise<unknown>>();

  /** `keptFolder`: where the engine keeps results over its end. */
  constructor(engine: Engine, log: Logger, keptFolder?: string) {
    this.#engine = engine;
    this.#keptFolder = keptFolder;
    this.#log = log;
    engine.onLifeEnded((end) => this.#onLifeEnded(end));
    engine.onProgress((progress) => {
      const entry = [...this.#running].find(({ run }) => String(run.runId) === progress.tag);
      const { percent } = progress;
      if (entry) this.#update(entry, { percent, progress, elapsedMs: elapsed(entry) });
    });
    engine.onResultState(({ resultId, rowCount, complete }) => {
      const entry = this.#entryOf(resultId);
      if (entry) this.#noteRows(entry, rowCount, complete);
    });
    engine.onResultProgress(({ resultId, ...progress }) => {
      const entry = this.#entryOf(resultId);
      if (entry) this.#arrangeProgress.fire({ runId: entry.run.runId, progress });
    });
  }

  list(): readonly Run[] {
    return [...this.#entries.values()].map((entry) => entry.run);
  }

  get selected(): number | null {
    return this.#selected;
  }

  /** What its job has of it. */
  factsOf(runId: number): RunFacts | undefined {
    const entry = this.#entries.get(runId);
    if (!entry) return undefined;
    const { views, source, action } = entry.request;
    return { jobId: entry.jobId, views, source, script: action?.script };
  }

  /** Of the runs that came from a document. */
  sources(): readonly { readonly runId: number; readonly source: RunSource }[] {
    return [...this.#entries.values()].flatMap(({ run: { runId }, request: { source } }) =>
      source ? [{ runId, source }] : [],
    );
  }

  /** A plan to look at, of what is not run. */
  addPlan(request: RunRequest & { readonly action: ScriptAction }): number {
    const runId = this.#nextId++;
    const nothing = { schema: [], rowCount: 0, complete: true, elapsedMs: 0, percent: -1 };
    const run: Run = {
      runId,
      ...shownOf(request),
      status: 'done',
      isPlanOnly: true,
      ...nothing,
    };
    this.#entries.set(runId, { request, run, startedAt: 0, jobId: newJobId() });
    this.#changed.fire(run);
    this.#select(runId, 'plan');
    return runId;
  }

  /** Ends what a script did before it runs anew. */
  closeSession(sessionId: string): void {
    for (const [runId, { request }] of this.#entries)
      if (request.action?.sessionId === sessionId) this.close(runId);
  }

  /** Resolves when the run is over. */
  async ended(runId: number): Promise<Outcome<readonly Field[]>> {
    await this.#until(runId, ({ run }) => !isUnderWay(run.status));
    const run = this.#entries.get(runId)?.run;
    if (run?.status === 'done') return ok(run.schema);
    return fail(run?.failure ?? { kind: 'cancelled' });
  }

  /** The one to look at, and what of it. */
  select(runId: number, pane?: 'plan'): void {
    if (this.#entries.has(runId)) this.#select(runId, pane);
  }

  start(request: RunRequest): number {
    const runId = this.#nextId++;
    const entry: Entry = {
      request,
      startedAt: 0,
      jobId: newJobId(),
      run: {
        runId,
        ...shownOf(request),
        status: 'queued',
        schema: [],
        rowCount: 0,
        complete: false,
        elapsedMs: 0,
        percent: -1,
      },
    };
    this.#entries.set(runId, entry);
    this.#changed.fire(entry.run);
    this.#select(runId);
    this.#pump();
    return runId;
  }

  repeat(runId: number): void {
    const entry = this.#entries.get(runId);
    if (!entry || isUnderWay(entry.run.status)) return;
    if (entry.request.action) {
      this.#scriptWanted.fire(entry.request.action);
      return;
    }
    this.#releaseResult(entry);
    const kept: { -readonly [K in keyof Run]: Run[K] } = { ...entry.run };
    delete kept.failure;
    delete kept.keptRowCount;
    delete kept.arrangement;
    delete entry.keptId;
    entry.jobId = newJobId();
    entry.run = {
      ...kept,
      status: 'queued',
      schema: [],
      rowCount: 0,
      complete: false,
      percent: -1,
    };
    this.#changed.fire(entry.run);
    this.#select(runId);
    this.#pump();
  }

  cancel(runId: number): void {
    const entry = this.#entries.get(runId);
    if (!entry || !isUnderWay(entry.run.status)) return;
    entry.abort?.abort();
    this.#update(entry, { status: 'cancelled', percent: -1 });
  }

  /** Cancels what runs and all that waits. Tells how many that were. */
  cancelAll(): number {
    const under = this.list().filter((run) => isUnderWay(run.status));
    for (const run of under.reverse()) this.cancel(run.runId);
    return under.length;
  }

  close(runId: number): void {
    const entry = this.#entries.get(runId);
    if (!entry) return;
    this.cancel(runId);
    this.#entries.delete(runId);
    this.#releaseResult(entry);
    this.#closed.fire(runId);
    if (this.#selected === runId) this.#selected = this.list().at(-1)?.runId ?? null;
  }

  /** Resolves when the results of runs that were closed are gone from the disk. */
  async freed(): Promise<void> {
    await Promise.all(this.#freeing);
  }

  /** What a panel shows. */
  async readRows(
    runId: number,
    start: number,
    count: number,
    signal?: AbortSignal,
  ): Promise<Outcome<ResultPage>> {
    const entry = this.#entries.get(runId);
    const most = (entry?.arranged ? undefined : entry?.request.action?.shownRows) ?? Infinity;
    const wanted = Math.min(count, Math.max(most - start, 0));
    const page =
      (await this.#readFirstPage(runId, start, wanted, signal)) ??
      (await this.readAllRows(runId, start, wanted, signal));
    return page.ok ? ok(upTo(most, page.value)) : page;
  }

  /** Rows that the run itself has read; nothing where others are wanted, or it is not certain that they still hold. */
  async #readFirstPage(
    runId: number,
    start: number,
    count: number,
    signal?: AbortSignal,
  ): Promise<Outcome<ResultPage> | undefined> {
    const entry = this.#entries.get(runId);
    if (!entry || start !== 0) return undefined;
    if (!entry.result && isUnderWay(entry.run.status)) await this.#untilResult(runId, signal);
    const { firstPage } = entry;
    if (!firstPage) return undefined;
    const page = await unlessAborted(firstPage, signal);
    if (!page.ok || entry.firstPage !== firstPage) return undefined;
    const { rowCount, complete, knownRowCount } = page.value;
    if (count !== rowCount && !(complete && count > rowCount)) return undefined;
    // More may be known by now.
    return ok({
      ...page.value,
      knownRowCount: Math.max(knownRowCount, entry.run.rowCount),
      complete: complete || entry.run.complete,
    });
  }

  /** Those too that an action asked for and does not show. */
  async readAllRows(
    runId: number,
    start: number,
    count: number,
    signal?: AbortSignal,
  ): Promise<Outcome<ResultPage>> {
    const entry = this.#entries.get(runId);
    if (entry && !entry.result && isUnderWay(entry.run.status))
      await this.#untilResult(runId, signal);
    if (entry) await this.#reopen(entry);
    if (entry?.arrangement && !entry.arranged) {
      const again = await this.arrange(runId, entry.arrangement, signal);
      if (!again.ok) return again;
    }
    const result = entry?.arranged ?? entry?.result;
    if (!entry || !result) return fail({ kind: signal?.aborted ? 'cancelled' : 'gone' });
    const page = outcome(
      await result.life.call('readRows', { resultId: result.resultId, start, count }, signal),
    );
    if (entry.result !== result && entry.arranged !== result) return fail({ kind: 'gone' });
    if (page.ok && entry.result === result) this.#notePage(entry, page.value);
    if (page.ok || page.error.kind !== 'gone') return page;
    this.#lose(entry);
    // What is kept is read in the engine's next life.
    return entry.run.status === 'lost' ? page : this.readAllRows(runId, start, count, signal);
  }

  /** Puts a sorted and filtered result in front of the run's own. The run's own is kept for when it is asked back. */
  async arrange(
    runId: number,
    arrangement: Arrangement,
    signal?: AbortSignal,
  ): Promise<Outcome<{ rowCount: number; complete: boolean }>> {
    const entry = this.#entries.get(runId);
    if (entry) await this.#reopen(entry);
    if (!entry?.result) return fail({ kind: 'gone' });
    if (!isArranged(arrangement)) {
      delete entry.arrangement;
      this.#releaseArranged(entry);
      if (entry.run.arrangement) this.#update(entry, { arrangement });
      const { rowCount, complete } = entry.run;
      return ok({ rowCount, complete });
    }
    const of = entry.result;
    const shown = mostRowsOf(entry.request);
    // A condition may name views.
    const life = await engineWithViews(this.#engine, entry.request.views, signal);
    if (!life.ok) return life;
    const params = { resultId: of.resultId, arrangement, ...shown };
    const arranged = outcome(await of.life.call('arrangeResult', params, signal));
    if (!arranged.ok) return arranged;
    const { resultId, state } = arranged.value;
    if (entry.result !== of) {
      void of.life.call('closeResult', { resultId });
      return fail({ kind: 'gone' });
    }
    this.#releaseArranged(entry);
    delete entry.firstPage;
    entry.arranged = { life: of.life, resultId };
    entry.arrangement = arrangement;
    this.#update(entry, { arrangement });
    return ok({ rowCount: state.rowCount, complete: state.complete });
  }

  async explain(
    runId: number,
    mode: 'extended' | 'analyze',
    signal?: AbortSignal,
  ): Promise<Outcome<Explanation>> {
    const entry = this.#entries.get(runId);
    if (!entry) return fail({ kind: 'gone' });
    const { text, views, action } = entry.request;
    if (!action) return this.explainText(text, views, mode, signal);
    const life = await unlessAborted(this.#engine.ready(), signal);
    if (!life.ok) return life;
    const { sessionId, statement } = action;
    const params = { sessionId, text: '', statement, mode };
    return outcome(await life.value.call('explain', params, signal));
  }

  /** The plan of a statement that is no run. */
  async explainText(
    text: string,
    views: readonly ViewDefinition[],
    mode: ExplainMode,
    signal?: AbortSignal,
  ): Promise<Outcome<Explanation>> {
    const life = await engineWithViews(this.#engine, views, signal);
    if (!life.ok) return life;
    return outcome(await life.value.call('explain', { sessionId: SESSION_ID, text, mode }, signal));
  }

  async export(
    runId: number,
    path: string,
    format: ExportFormat,
    arrangement: Arrangement = unarranged,
    signal?: AbortSignal,
  ): Promise<Outcome<{ rowCount: number }>> {
    const entry = this.#entries.get(runId);
    if (!entry) return fail({ kind: 'gone' });
    await this.#reopen(entry);
    const source = isArranged(arrangement) ? entry.arranged : entry.result;
    if (source) {
      const most = isArranged(arrangement) ? {} : mostRowsOf(entry.request);
      const params = { resultId: source.resultId, path, format, ...most };
      const written = outcome(await source.life.call('exportResult', params, signal));
      // What there is no room to keep can be written all the same, by its query.
      const isTooLarge = !written.ok && written.error.kind === 'unavailable';
      if (!isTooLarge || isArranged(arrangement)) return written;
    }
    if (isArranged(arrangement)) return fail({ kind: 'gone' });
    const life = await engineWithViews(this.#engine, entry.request.views, signal);
    if (!life.ok) return life;
    const query = { ...queryOf(entry.request), ...mostRowsOf(entry.request) };
    return outcome(await life.value.call('exportQuery', { ...query, path, format }, signal));
  }

  /** What to keep across a reload of the window. */
  kept(): readonly KeptRun[] {
    // What a script did belongs to its session, which ends with the window.
    const kept = [...this.#entries.values()].filter(({ request }) => !request.action);
    return kept.slice(-KEPT_RUNS).map(({ request, run, keptId, jobId }) => ({
      ...request,
      jobId,
      ...(run.failure ? { failure: run.failure } : {}),
      ...(keptId === undefined || run.keptRowCount === undefined
        ? {}
        : { keptId, keptRowCount: run.keptRowCount }),
      ...(run.arrangement && isArranged(run.arrangement) ? { arrangement: run.arrangement } : {}),
      schema: run.schema,
      rowCount: run.rowCount,
      complete: run.complete,
      elapsedMs: run.elapsedMs,
    }));
  }

  /** Brings back the runs of an earlier window, older than any of this one: with their rows, or as `lost` without all of them. */
  restore(kept: readonly KeptRun[]): void {
    const own = [...this.#entries];
    const [known, selected] = [new Set(own.map(([, { jobId }]) => jobId)), this.#selected];
    this.#entries.clear();
    for (const run of kept) if (!known.has(run.jobId)) this.#addBack(run);
    for (const [runId, entry] of own) this.#entries.set(runId, entry);
    if (own.length > 0) this.#selected = selected;
  }

  /** A tab for what ran in another window or has lost its own. */
  bringBack(kept: KeptRun): number {
    const run = this.#addBack(kept);
    this.#changed.fire(run);
    return run.runId;
  }

  #addBack({ title, text, views, source, keptId, jobId, ...known }: KeptRun): Run {
    const runId = this.#nextId++;
    const request = { title, text, views, ...(source ? { source } : {}) };
    const status = isWhole(known)
      ? 'done'
      : known.failure && known.keptRowCount === undefined
        ? 'failed'
        : 'lost';
    const shown = status === 'failed' ? { ...known, rowCount: 0 } : known;
    const run: Run = { runId, ...shownOf(request), status, percent: -1, ...shown };
    const entry: Entry = {
      request,
      run,
      startedAt: 0,
      jobId,
      ...(keptId === undefined ? {} : { keptId }),
    };
    this.#entries.set(runId, entry);
    this.#selected = runId;
    // The window went while it was being kept: how much there is, the engine knows.
    if (known.keptRowCount === undefined) void this.#reopen(entry);
    return run;
  }

  /** Begins what may begin, in the order of the queue. */
  #pump(): void {
    for (const entry of this.#entries.values()) {
      if (entry.run.status !== 'queued') continue;
      if (!this.#mayStart(entry)) return;
      void this.#run(entry);
    }
  }

  /** What may change the session has it to itself: the statements before and after it mean what they meant in order. */
  #mayStart({ request }: Entry): boolean {
    if (this.#running.size === 0) return true;
    if (this.#running.size >= MOST_AT_ONCE || !onlyReads(request)) return false;
    return [...this.#running].every(
      (other) => onlyReads(other.request) && agree(other.request.views, request.views),
    );
  }

  async #run(entry: Entry): Promise<void> {
    this.#running.add(entry);
    entry.abort = new AbortController();
    entry.startedAt = performance.now();
    this.#update(entry, { status: 'running', elapsedMs: 0, percent: -1 });
    const finished = await this.#execute(entry, entry.abort.signal);
    this.#running.delete(entry);
    delete entry.abort;
    if (entry.run.status === 'running') {
      const elapsedMs = elapsed(entry);
      this.#update(
        entry,
        finished.ok
          ? { status: 'done', elapsedMs, percent: 100 }
          : finished.error.kind === 'cancelled'
            ? { status: 'cancelled', elapsedMs, percent: -1 }
            : {
                status: 'failed',
                elapsedMs,
                percent: -1,
                failure: placed(entry.request, finished.error),
              },
      );
    }
    if (entry.run.status === 'done') void this.#keepRows(entry);
    const { status, rowCount, elapsedMs } = entry.run;
    this.#log.info(`engine.query ${status} rows=${rowCount} ms=${elapsedMs}`);
    this.#pump();
  }

  async #execute(entry: Entry, signal: AbortSignal): Promise<Outcome<null>> {
    const life = await engineWithViews(this.#engine, entry.request.views, signal, () => {
      // Waiting for a process that starts is still waiting: a death then costs the run nothing.
      return entry.run.status === 'running';
    });
    if (!life.ok) return life;
    const { action } = entry.request;
    if (action?.write) {
      const written = outcome(await life.value.call('writeFiles', action.write, signal));
      if (!written.ok) return ranInto(written);
      this.#update(entry, { complete: true });
      return ok(null);
    }
    const started = outcome(
      await life.value.call(
        'runQuery',
        { ...queryOf(entry.request), tag: String(entry.run.runId) },
        signal,
      ),
    );
    if (!started.ok) return ranInto(started);
    const { resultId, schema, restoredBy, keptId } = started.value;
    if (restoredBy !== undefined) {
      this.#engine.noteStatement({ text: restoredBy, views: entry.request.views });
    }
    entry.result = { life: life.value, resultId };
    if (keptId !== undefined && !action) entry.keptId = keptId;
    const firstPage = life.value
      .call('readRows', { resultId, start: 0, count: FIRST_ROWS }, signal)
      .then(outcome);
    entry.firstPage = firstPage;
    // Columns without rows are shown where rows take their time.
    const timer = setTimeout(() => {
      if (isUnderWay(entry.run.status)) this.#update(entry, { schema });
    }, ROWS_WITH_COLUMNS_MS);
    const page = await firstPage;
    clearTimeout(timer);
    if (!page.ok) {
      this.#releaseResult(entry);
      return ranInto(page);
    }
    const most = action?.shownRows ?? Infinity;
    this.#firstRows.fire({ runId: entry.run.runId, page: upTo(most, page.value) });
    this.#update(entry, { schema });
    this.#notePage(entry, page.value);
    return ok(null);
  }

  /** Has the engine compute the rest, and keep it over a reload of the window. */
  async #keepRows(entry: Entry): Promise<void> {
    const { result, request } = entry;
    if (!result || request.action || entry.run.schema.length === 0) return;
    const { life, resultId } = result;
    const kept = outcome(await life.call('keepResult', { resultId }));
    if (entry.result !== result) return;
    if (kept.ok) {
      const { rowCount, complete } = kept.value;
      this.#update(entry, {
        rowCount,
        complete,
        ...(entry.keptId === undefined ? {} : { keptRowCount: rowCount }),
      });
    } else if (kept.error.kind === 'spark' || kept.error.kind === 'unavailable')
      this.#failLate(entry, kept.error);
  }

  /** A row that can't be computed comes after rows that are shown: those stay. */
  #failLate(entry: Entry, failure: EngineFailure): void {
    this.#update(entry, {
      status: 'failed',
      failure: placed(entry.request, failure),
      elapsedMs: elapsed(entry),
      percent: -1,
    });
    const { rowCount, elapsedMs } = entry.run;
    this.#log.info(`engine.query failed rows=${rowCount} ms=${elapsedMs}`);
  }

  /** Rows that the engine kept are there again in its next life. */
  async #reopen(entry: Entry): Promise<void> {
    const { keptId, run } = entry;
    if (entry.result || keptId === undefined || isUnderWay(run.status)) return;
    entry.reopening ??= this.#openKept(entry, keptId).finally(() => delete entry.reopening);
    await entry.reopening;
  }

  async #openKept(entry: Entry, keptId: string): Promise<void> {
    const life = await this.#engine.ready();
    if (!life.ok) return;
    const params = { sessionId: SESSION_ID, keptId };
    const opened = outcome(await life.value.call('openResult', params));
    if (entry.keptId !== keptId || !this.#entries.has(entry.run.runId)) {
      if (opened.ok) void life.value.call('closeResult', { resultId: opened.value.resultId });
      return;
    }
    if (opened.ok) {
      const { resultId, state } = opened.value;
      entry.result = { life: life.value, resultId };
      if (state.rowCount !== entry.run.keptRowCount)
        this.#update(entry, { keptRowCount: state.rowCount });
      return;
    }
    if (opened.error.kind !== 'gone') return;
    delete entry.keptId;
    const run: { -readonly [K in keyof Run]: Run[K] } = { ...entry.run };
    delete run.keptRowCount;
    entry.run = run;
    this.#lose(entry);
  }

  /** A panel may ask for rows of a run that is about to have some. */
  #untilResult(runId: number, signal: AbortSignal | undefined): Promise<void> {
    return this.#until(
      runId,
      ({ result, run }) => result !== undefined || !isUnderWay(run.status),
      signal,
    );
  }

  /** Resolves too where the run is closed or the signal given. */
  #until(runId: number, holds: (entry: Entry) => boolean, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        const entry = this.#entries.get(runId);
        if (!signal?.aborted && entry && !holds(entry)) return;
        changed.dispose();
        closed.dispose();
        signal?.removeEventListener('abort', look);
        resolve();
      };
      const changed = this.#changed.listen(look);
      const closed = this.#closed.listen(look);
      signal?.addEventListener('abort', look, { once: true });
      look();
    });
  }

  #onLifeEnded({ life }: EngineLifeEnd): void {
    for (const entry of this.#entries.values()) {
      if (entry.result?.life.number === life) this.#lose(entry);
    }
  }

  #lose(entry: Entry): void {
    delete entry.result;
    delete entry.firstPage;
    delete entry.arranged;
    // Of a run that failed late, no rows are kept.
    if (entry.run.status === 'failed' && entry.run.rowCount > 0)
      this.#update(entry, { rowCount: 0 });
    if (entry.run.status !== 'done' || isWhole(entry.run)) return;
    this.#update(entry, { status: 'lost' });
    void this.#reopen(entry);
  }

  #entryOf(resultId: number): Entry | undefined {
    for (const entry of this.#entries.values())
      if (entry.result?.resultId === resultId) return entry;
    return undefined;
  }

  #releaseArranged(entry: Entry): void {
    const { arranged } = entry;
    delete entry.arranged;
    if (arranged) void arranged.life.call('closeResult', { resultId: arranged.resultId });
  }

  #releaseResult(entry: Entry): void {
    this.#releaseArranged(entry);
    delete entry.arrangement;
    const { result, keptId } = entry;
    delete entry.result;
    delete entry.firstPage;
    if (result) this.#free(result.life.call('closeResult', { resultId: result.resultId }));
    else if (keptId !== undefined && this.#keptFolder !== undefined)
      this.#free(removeKeptResult(this.#keptFolder, keptId));
  }

  #free(freeing: Promise<unknown>): void {
    const done = freeing.catch(() => undefined).finally(() => this.#freeing.delete(done));
    this.#freeing.add(done);
  }

  #notePage(entry: Entry, page: ResultPage): void {
    const most = entry.request.action?.shownRows ?? Infinity;
    const { knownRowCount, complete } = upTo(most, page);
    this.#noteRows(entry, knownRowCount, complete);
  }

  #noteRows(entry: Entry, rowCount: number, complete: boolean): void {
    // Of a result that was kept in part, its end is not known.
    if (entry.run.status === 'lost' || rowCount < entry.run.rowCount) return;
    if (rowCount === entry.run.rowCount && complete === entry.run.complete) return;
    this.#update(entry, { rowCount, complete });
  }

  #select(runId: number, pane?: 'plan'): void {
    this.#selected = runId;
    this.#selectedChanged.fire({ runId, ...(pane ? { pane } : {}) });
  }

  #update(entry: Entry, change: Partial<Run>): void {
    entry.run = { ...entry.run, ...change };
    if (this.#entries.has(entry.run.runId)) this.#changed.fire(entry.run);
  }
}

function elapsed(entry: Entry): number {
  return Math.round(performance.now() - entry.startedAt);
}
