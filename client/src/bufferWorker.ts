/**
 * The worker thread that reads buffers, started with the first one and again when it dies.
 * A buffer outlives the worker: it is opened anew and its panel is told to look again.
 */
import { Worker } from 'node:worker_threads';
import type {
  BufferDifferences,
  CompareFailure,
  ComparePart,
} from '#shared/protocol/bufferCompare.ts';
import type { BufferEditRequests } from '#shared/protocol/bufferEditing.ts';
import type { ExportFailure } from '#shared/protocol/bufferExport.ts';
import type { ScanProgress } from '#shared/protocol/bufferScan.ts';
import type {
  BadLayout,
  BufferDescription,
  BufferReadRequests,
  BufferWorkerContract,
  BufferWorkerRequests,
  LayoutSuggestion,
  RawLayoutText,
  ReadFailure,
} from '#shared/protocol/bufferView.ts';
import { portOfWorker } from '#shared/protocol/ports.ts';
import type { RestartPolicy } from '#shared/protocol/restartPolicy.ts';
import {
  callOver,
  type CallerEnd,
  type Failure,
  type Params,
  type Reply,
} from '#shared/protocol/wire.ts';
import { fail, type Disposable, type Result } from '#shared/result.ts';
import { EventSource } from './event.ts';
import type { Logger } from './logs.ts';

interface Cancelled {
  readonly kind: 'cancelled';
}
export type Outcome<C> = Result<Reply<C>, Failure<C> | Cancelled>;
type ReadOutcome<T, F = never> = Result<T, ReadFailure | F | Cancelled>;

export type ChangeReply = Result<object, { readonly kind: string; readonly message?: string }>;
export type ChangeCall = (method: keyof BufferEditRequests, params: object) => Promise<ChangeReply>;

/** An expression can keep the worker busy for ever; after this long the worker is ended, which nothing else could. */
const STUCK_MS = 3000;

interface Life {
  readonly worker: Worker;
  readonly end: CallerEnd<BufferWorkerContract>;
  /** By the worker's own id, whom to tell of changes. */
  readonly buffers: Map<number, OpenBuffer>;
}

export interface BufferWorkerOptions {
  readonly modulePath: string;
  readonly policy: RestartPolicy;
  readonly log: Logger;
  /** It died; `again` is false when it died too often and only closing and opening helps. */
  readonly onDeath: (again: boolean) => void;
}

export class BufferWorker {
  readonly #options: BufferWorkerOptions;
  readonly #open = new Set<OpenBuffer>();
  #life: Life | undefined;

  constructor(options: BufferWorkerOptions) {
    this.#options = options;
  }

  /** One that may be edited has edits of its own; any other is the file as it is on disk. */
  open(path: string, editable = false): OpenBuffer {
    return this.#add({ path, editable });
  }

  /** A part of a file, of that a part, and so on: unpacked where it is packed, and as it was then. */
  openPart(path: string, parts: readonly string[]): OpenBuffer {
    return this.#add({ path, parts });
  }

  #add(what: Opening): OpenBuffer {
    const buffer = new OpenBuffer(
      what,
      () => this.#current(),
      () => void this.#open.delete(buffer),
    );
    this.#open.add(buffer);
    return buffer;
  }

  /** Ends the worker as a crash would; it comes back with the next read. */
  async terminate(): Promise<void> {
    await this.#life?.worker.terminate();
  }

  dispose(): void {
    const life = this.#life;
    this.#life = undefined;
    life?.end.dispose();
    void life?.worker.terminate();
  }

  #current(): Life {
    if (this.#life) return this.#life;
    const { log, modulePath } = this.#options;
    const worker = new Worker(modulePath, { stdout: true, stderr: true, execArgv: [] });
    const forward = (chunk: Buffer) => {
      log.info(`buffers.worker ${chunk.toString('utf8').trimEnd()}`);
    };
    worker.stdout.on('data', forward);
    worker.stderr.on('data', forward);
    const buffers = new Map<number, OpenBuffer>();
    const port = portOfWorker(worker);
    const end = callOver<BufferWorkerContract>(port, {
      changed: ({ bufferId }) => buffers.get(bufferId)?.notifyChanged(),
      progress: ({ bufferId, ...progress }) => buffers.get(bufferId)?.notifyProgress(progress),
    });
    const life: Life = { worker, end, buffers };
    this.#life = life;
    worker.on('error', (error) => log.error(`buffers.worker ${error.message}`));
    // Not on 'exit', which may come later: reads have failed by then and must not be given this life again.
    port.onClose(() => {
      if (this.#life !== life) return;
      this.#life = undefined;
      const delayMs = this.#options.policy.next();
      log.warn('buffers.worker ended');
      this.#options.onDeath(delayMs !== undefined);
      // Panels ask again, which starts the next worker; after too many deaths they wait for the user.
      if (delayMs !== undefined) setTimeout(() => this.#tellAll(), delayMs).unref();
    });
    return life;
  }

  #tellAll(): void {
    for (const buffer of this.#open) buffer.notifyChanged();
  }
}

type Opening = Params<BufferWorkerRequests['open']>;

/** One file as a panel sees it, whichever worker reads it. */
export class OpenBuffer implements Disposable {
  readonly path: string;
  readonly #life: () => Life;
  readonly #onDispose: () => void;
  readonly #changed = new EventSource<number>();
  readonly #progress = new EventSource<ScanProgress>();
  readonly onChanged = this.#changed.listen;
  readonly onProgress = this.#progress.listen;
  readonly #edited = new EventSource<number>();
  /** The bytes are others because someone asked for that, and the file is not. */
  readonly onEdited = this.#edited.listen;
  /** Tells a worker that took the place of another what was edited and not saved. */
  restore: ((change: ChangeCall) => Promise<void>) | undefined;
  readonly #what: Opening;
  #wasOpen = false;
  /** What a raw file was said to be; said again to the next worker. */
  #layout: RawLayoutText | null = null;
  #opened: { readonly life: Life; readonly reply: ReturnType<OpenBuffer['open']> } | undefined;
  /** Grows with every change and every new worker, so that a panel never mixes two states. */
  #generation = 0;
  #disposed = false;

  constructor(what: Opening, life: () => Life, onDispose: () => void) {
    this.path = what.path;
    this.#what = what;
    this.#life = life;
    this.#onDispose = onDispose;
  }

  /** Everything that the worker answers from the bytes alone. */
  async read<M extends keyof BufferReadRequests>(
    method: M,
    params: Params<BufferReadRequests[M]>,
    signal: AbortSignal,
  ): Promise<Outcome<BufferReadRequests[M]>> {
    const asked = this.#generation;
    const reply = await this.#ask(method, params, signal);
    // A description is of now; anything else was computed from what the panel knew when it asked.
    const generation = method === 'describe' ? this.#generation : asked;
    return (
      reply.ok ? { ok: true, value: { ...(reply.value as object), generation } } : reply
    ) as Outcome<BufferReadRequests[M]>;
  }

  /** What edits, saves or takes back. A description in the reply is of the generation that this makes. */
  async change<M extends keyof BufferEditRequests>(
    method: M,
    params: Omit<Params<BufferEditRequests[M]>, 'bufferId'>,
    signal: AbortSignal,
  ): Promise<Outcome<BufferEditRequests[M]>> {
    const reply = (await this.#ask(method, params, signal)) as Outcome<BufferEditRequests[M]>;
    if (!reply.ok || method === 'saveCopy' || method === 'writeBackup') return reply;
    this.#generation += 1;
    this.#edited.fire(this.#generation);
    const { generation } = this;
    const value = reply.value as object;
    return {
      ok: true,
      value:
        'description' in value
          ? { ...value, description: { ...(value.description as object), generation } }
          : { ...value, generation },
    } as Outcome<BufferEditRequests[M]>;
  }

  get generation(): number {
    return this.#generation;
  }

  async layRaw(
    layout: RawLayoutText | null,
    signal: AbortSignal,
  ): Promise<ReadOutcome<BufferDescription, BadLayout>> {
    const reply = await this.#ask('layRaw', { layout }, signal);
    if (!reply.ok) return reply;
    this.#layout = layout;
    return { ok: true, value: { ...reply.value, generation: this.#generation } };
  }

  suggestLayouts(
    pythonFiles: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadOutcome<readonly LayoutSuggestion[]>> {
    return this.#ask('suggestLayouts', { pythonFiles }, signal);
  }

  /** Writes elements to a file of another format. */
  exportArray(
    params: Omit<Params<BufferWorkerRequests['exportArray']>, 'bufferId'>,
    signal: AbortSignal,
  ): Promise<ReadOutcome<{ readonly writtenBytes: number }, ExportFailure>> {
    return this.#ask('exportArray', params, signal);
  }

  /** Differences from another buffer of the same worker. */
  async compare(
    other: OpenBuffer,
    part: ComparePart,
    signal: AbortSignal,
  ): Promise<ReadOutcome<BufferDifferences, CompareFailure>> {
    const opened = await other.#ensureOpen();
    if (!opened.ok) return readOutcome(opened);
    return this.#ask('compare', { otherId: opened.value.bufferId, ...part }, signal);
  }

  notifyChanged(): void {
    if (this.#disposed) return;
    this.#generation += 1;
    this.#changed.fire(this.#generation);
  }

  notifyProgress(progress: ScanProgress): void {
    if (!this.#disposed) this.#progress.fire(progress);
  }

  dispose(): void {
    this.#disposed = true;
    this.#onDispose();
    const opened = this.#opened;
    this.#opened = undefined;
    void opened?.reply.then((reply) => {
      if (!reply.ok) return;
      opened.life.buffers.delete(reply.value.bufferId);
      void opened.life.end.call('close', { bufferId: reply.value.bufferId });
    });
  }

  async #ask<M extends keyof BufferWorkerRequests>(
    method: M,
    params: object,
    signal: AbortSignal,
  ): Promise<Outcome<BufferWorkerRequests[M]> | ReadOutcome<never>> {
    // Twice: the first try may meet a worker that dies under it.
    for (let attempt = 0; attempt < 2; attempt++) {
      if (this.#disposed) return fail({ kind: 'cancelled' });
      const opened = await this.#ensureOpen();
      if (!opened.ok) {
        if (opened.error.kind === 'closed') continue;
        return readOutcome(opened);
      }
      const { life, bufferId } = opened.value;
      const call = life.end.call as (
        method: M,
        params: unknown,
        signal: AbortSignal,
      ) => Promise<Result<Reply<BufferWorkerRequests[M]>, WorkerError<M>>>;
      const reply = await call(method, { ...params, bufferId }, signal);
      if (!reply.ok && reply.error.kind === 'cancelled' && method === 'find') endIfStuck(life);
      if (reply.ok || reply.error.kind !== 'closed')
        return readOutcome(reply) as Outcome<BufferWorkerRequests[M]>;
    }
    return fail({
      kind: 'unreadable',
      message: 'The reader of buffers stopped. Close and open this file to try again.',
    });
  }

  async #ensureOpen() {
    const life = this.#life();
    if (this.#opened?.life !== life) this.#opened = { life, reply: this.open(life) };
    const reply = await this.#opened.reply;
    if (!reply.ok) {
      // A file that could not be opened may be there the next time.
      this.#opened = undefined;
      return reply;
    }
    return { ok: true as const, value: { life, bufferId: reply.value.bufferId } };
  }

  private async open(life: Life) {
    const reply = await life.end.call('open', this.#what);
    if (!reply.ok) return reply;
    const { bufferId } = reply.value;
    life.buffers.set(bufferId, this);
    if (this.#wasOpen) {
      const call = life.end.call as (method: string, params: object) => Promise<ChangeReply>;
      await this.restore?.((method, params) => call(method, { ...params, bufferId }));
    }
    this.#wasOpen = true;
    if (this.#layout) await life.end.call('layRaw', { bufferId, layout: this.#layout });
    return reply;
  }
}

type WorkerError<M extends keyof BufferWorkerRequests> =
  | Failure<BufferWorkerRequests[M]>
  | Cancelled
  | { readonly kind: 'closed' }
  | { readonly kind: 'crashed'; readonly message: string };

/** Asks for nothing; a worker that does not even answer that is stuck in a search. */
function endIfStuck({ end, worker }: Life): void {
  const timer = setTimeout(() => void worker.terminate(), STUCK_MS);
  void end.call('close', { bufferId: -1 }).then(() => clearTimeout(timer));
}

function readOutcome<T, E extends { readonly kind: string }>(
  reply: Result<T, E>,
): Result<T, Exclude<E, { kind: 'closed' | 'crashed' }> | ReadFailure> {
  if (reply.ok) return reply;
  const { error } = reply;
  if (error.kind === 'crashed' && 'message' in error)
    return fail({ kind: 'unreadable', message: String(error.message) });
  if (error.kind === 'closed')
    return fail({ kind: 'unreadable', message: 'The reader of buffers stopped.' });
  return fail(error as Exclude<E, { kind: 'closed' | 'crashed' }>);
}
