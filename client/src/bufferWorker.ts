/**
 * The worker thread that reads buffers, started with the first one and again when it dies.
 * A buffer outlives the worker: it is opened anew and its panel is told to look again.
 */
import { Worker } from 'node:worker_threads';
import type {
  BufferDescription,
  BufferViewRequests,
  BufferWorkerContract,
  ReadFailure,
} from '#shared/protocol/bufferView.ts';
import { portOfWorker } from '#shared/protocol/ports.ts';
import type { RestartPolicy } from '#shared/protocol/restartPolicy.ts';
import { callOver, type CallerEnd, type Params, type Reply } from '#shared/protocol/wire.ts';
import { fail, type Disposable, type Result } from '#shared/result.ts';
import { EventSource } from './event.ts';
import type { Logger } from './logs.ts';

type Reads = Pick<BufferViewRequests, 'describe' | 'readBytes' | 'readElements'>;
type ReadOutcome<T> = Result<T, ReadFailure | { readonly kind: 'cancelled' }>;

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

  open(path: string): OpenBuffer {
    const buffer = new OpenBuffer(
      path,
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

/** One file as a panel sees it, whichever worker reads it. */
export class OpenBuffer implements Disposable {
  readonly path: string;
  readonly #life: () => Life;
  readonly #onDispose: () => void;
  readonly #changed = new EventSource<number>();
  readonly onChanged = this.#changed.listen;
  #opened: { readonly life: Life; readonly reply: ReturnType<OpenBuffer['open']> } | undefined;
  /** Grows with every change and every new worker, so that a panel never mixes two states. */
  #generation = 0;
  #disposed = false;

  constructor(path: string, life: () => Life, onDispose: () => void) {
    this.path = path;
    this.#life = life;
    this.#onDispose = onDispose;
  }

  async describe(signal: AbortSignal): Promise<ReadOutcome<BufferDescription>> {
    const described = await this.#read('describe', {}, signal);
    if (!described.ok) return described;
    return { ok: true, value: { ...described.value, generation: this.#generation } };
  }

  async read<M extends 'readBytes' | 'readElements'>(
    method: M,
    params: Params<Reads[M]>,
    signal: AbortSignal,
  ): Promise<ReadOutcome<Reply<Reads[M]>>> {
    const asked = this.#generation;
    const reply = await this.#read(method, params, signal);
    if (!reply.ok) return reply;
    return { ok: true, value: { ...reply.value, generation: asked } };
  }

  notifyChanged(): void {
    if (this.#disposed) return;
    this.#generation += 1;
    this.#changed.fire(this.#generation);
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

  async #read<M extends keyof Reads>(
    method: M,
    params: Params<Reads[M]>,
    signal: AbortSignal,
  ): Promise<ReadOutcome<Reply<Reads[M]>>> {
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
        method: keyof Reads,
        params: unknown,
        signal: AbortSignal,
      ) => Promise<
        Result<Reply<Reads[M]>, ReadFailure | { kind: 'closed' } | { kind: 'cancelled' }>
      >;
      const reply = await call(method, { ...params, bufferId }, signal);
      if (reply.ok || reply.error.kind !== 'closed') return readOutcome(reply);
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
    const reply = await life.end.call('open', { path: this.path });
    if (reply.ok) life.buffers.set(reply.value.bufferId, this);
    return reply;
  }
}

function readOutcome<T>(
  reply: Result<
    T,
    ReadFailure | { kind: 'closed' } | { kind: 'cancelled' } | { kind: 'crashed'; message: string }
  >,
): ReadOutcome<T> {
  if (reply.ok) return reply;
  const { error } = reply;
  if (error.kind === 'crashed') return fail({ kind: 'unreadable', message: error.message });
  if (error.kind === 'closed') {
    return fail({ kind: 'unreadable', message: 'The reader of buffers stopped.' });
  }
  return fail(error);
}
