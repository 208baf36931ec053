/**
 * The engine's process: started when a query first needs it, and again when it dies.
 * Knows nothing of VS Code, nor of queries; who runs them replays views by defining them before each run.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { portOfProcess } from '#shared/protocol/ports.ts';
import type { RestartPolicy } from '#shared/protocol/restartPolicy.ts';
import { callOver, type Caller, type CallerEnd } from '#shared/protocol/wire.ts';
import type {
  EngineContract,
  EngineEvents,
  EngineFailure,
  EngineRequests,
} from '#shared/protocol/engine.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { EventSource } from './event.ts';
import type { Logger } from './logs.ts';
import { SessionJournal, type SessionStatement } from './sessionJournal.ts';

export const SESSION_ID = 'workbench';

export type EngineState =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'starting'; readonly pid?: number }
  | { readonly kind: 'ready'; readonly pid: number; readonly engine: string }
  | { readonly kind: 'restarting'; readonly delayMs: number }
  /** The library does not load; the next query tries again. */
  | { readonly kind: 'unavailable'; readonly message: string }
  /** It died too often; only the user starts it again. */
  | { readonly kind: 'gaveUp' };

/** One life of the process. Results of an earlier life can't be read in a later one. */
export interface EngineLife {
  readonly number: number;
  readonly call: Caller<EngineRequests>;
}

export interface EngineLifeEnd {
  readonly life: number;
  /** The user restarted the engine; otherwise the process died. */
  readonly asked: boolean;
}

export interface EngineProcessOptions {
  readonly modulePath: string;
  readonly environment: () => Readonly<Record<string, string>>;
  /** Where a path that a query gives without its folder is looked for. */
  readonly folder?: () => string | undefined;
  readonly sessionSettings: () => Readonly<Record<string, string>>;
  readonly policy: RestartPolicy;
  readonly log: Logger;
}

type Waiter = (life: Result<EngineLife, EngineFailure>) => void;

export class EngineProcess {
  readonly #options: EngineProcessOptions;
  readonly #stateChanged = new EventSource<EngineState>();
  readonly #ended = new EventSource<EngineLifeEnd>();
  readonly #progress = new EventSource<EngineEvents['progress']>();
  readonly onState = this.#stateChanged.listen;
  readonly onLifeEnded = this.#ended.listen;
  readonly onProgress = this.#progress.listen;
  readonly #tableState = new EventSource<EngineEvents['tableState']>();
  readonly #tableProgress = new EventSource<EngineEvents['tableProgress']>();
  readonly onTableState = this.#tableState.listen;
  readonly onTableProgress = this.#tableProgress.listen;
  readonly #resultState = new EventSource<EngineEvents['resultState']>();
  readonly #resultProgress = new EventSource<EngineEvents['resultProgress']>();
  readonly onResultState = this.#resultState.listen;
  readonly onResultProgress = this.#resultProgress.listen;

  readonly #journal = new SessionJournal(SESSION_ID);
  #modulePath: string;
  #state: EngineState = { kind: 'stopped' };
  #child: ChildProcess | undefined;
  #end: CallerEnd<EngineContract> | undefined;
  #life: EngineLife = { number: 0, call: () => Promise.resolve(fail({ kind: 'closed' })) };
  #waiters: Waiter[] = [];
  #timer: NodeJS.Timeout | undefined;
  #disposed = false;

  constructor(options: EngineProcessOptions) {
    this.#options = options;
    this.#modulePath = options.modulePath;
  }

  get state(): EngineState {
    return this.#state;
  }

  /** A statement that changed the session, which the next life of the process begins with. */
  noteStatement(statement: SessionStatement): void {
    this.#journal.note(statement);
  }

  /** Waits for a process that answers, starting it where there is none. */
  ready(): Promise<Result<EngineLife, EngineFailure>> {
    if (this.#state.kind === 'ready') return Promise.resolve(ok(this.#life));
    if (this.#disposed) return Promise.resolve(fail({ kind: 'gone' }));
    if (this.#state.kind === 'gaveUp') {
      return Promise.resolve(fail({ kind: 'unavailable', message: GAVE_UP }));
    }
    const waiting = new Promise<Result<EngineLife, EngineFailure>>((resolve) => {
      this.#waiters.push(resolve);
    });
    if (this.#state.kind === 'stopped' || this.#state.kind === 'unavailable') this.#start();
    return waiting;
  }

  /** Ends the process and starts a new one, however often it died before. */
  restart(modulePath = this.#modulePath): void {
    this.#modulePath = modulePath;
    this.#options.policy.reset();
    const ended = this.#child ? this.#life.number : undefined;
    this.#stop();
    if (ended !== undefined) this.#ended.fire({ life: ended, asked: true });
    this.#start();
  }

  dispose(): void {
    this.#disposed = true;
    this.#stop();
    this.#settle(fail({ kind: 'gone' }));
  }

  #start(): void {
    clearTimeout(this.#timer);
    const { log } = this.#options;
    const folder = this.#options.folder?.();
    const child = fork(this.#modulePath, [], {
      serialization: 'advanced',
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, ...this.#options.environment(), ELECTRON_RUN_AS_NODE: '1' },
      ...(folder === undefined ? {} : { cwd: folder }),
    });
    this.#child = child;
    const forward = (chunk: Buffer) => {
      log.info(chunk.toString('utf8').trimEnd());
    };
    child.stdout?.on('data', forward);
    child.stderr?.on('data', forward);
    const port = portOfProcess(child);
    const end = callOver<EngineContract>(port, {
      progress: (event) => this.#progress.fire(event),
      tableState: (event) => this.#tableState.fire(event),
      tableProgress: (event) => this.#tableProgress.fire(event),
      resultState: (event) => this.#resultState.fire(event),
      resultProgress: (event) => this.#resultProgress.fire(event),
    });
    this.#end = end;
    this.#life = { number: this.#life.number + 1, call: end.call };
    const life = this.#life;
    child.once('exit', (code, signal) => {
      log.warn(`engine.process exit ${signal ?? `code ${String(code)}`}`);
    });
    child.once('error', (error) => log.error(`engine.process ${error.message}`));
    // Not on 'exit', which comes later: calls have failed by then, and nobody may be handed this life again.
    port.onClose(() => {
      child.kill('SIGKILL');
      if (this.#child === child) this.#onDeath(life.number);
    });
    this.#setState({
      kind: 'starting',
      ...(child.pid === undefined ? {} : { pid: child.pid }),
    });
    void this.#greet(life, child);
  }

  async #greet(life: EngineLife, child: ChildProcess): Promise<void> {
    const startedAt = performance.now();
    const hello = await life.call('hello', {});
    if (this.#child !== child) return;
    if (!hello.ok) {
      // 'closed' is a death, and its own event handles that.
      if (hello.error.kind === 'closed') return;
      this.#becomeUnavailable('message' in hello.error ? hello.error.message : hello.error.kind);
      return;
    }
    const opened = await life.call('openSession', {
      sessionId: SESSION_ID,
      settings: this.#options.sessionSettings(),
    });
    if (this.#child !== child) return;
    if (!opened.ok) {
      if (opened.error.kind === 'closed') return;
      this.#becomeUnavailable('message' in opened.error ? opened.error.message : opened.error.kind);
      return;
    }
    const missing = await this.#journal.replay(life.call);
    if (this.#child !== child) return;
    for (const text of missing) {
      this.#options.log.warn(`engine.session could not be restored: characters=${text.length}`);
    }
    const { engine, platform, pid } = hello.value;
    const elapsedMs = Math.round(performance.now() - startedAt);
    this.#options.log.info(`engine.process ready ${engine} ${platform} ms=${elapsedMs}`);
    this.#setState({ kind: 'ready', pid, engine });
    this.#settle(ok(life));
  }

  #becomeUnavailable(message: string): void {
    this.#options.log.error(`engine.process unavailable: ${message}`);
    this.#stop();
    this.#setState({ kind: 'unavailable', message });
    this.#settle(fail({ kind: 'unavailable', message }));
  }

  #onDeath(life: number): void {
    this.#child = undefined;
    this.#end?.dispose();
    const delayMs = this.#options.policy.next();
    if (delayMs === undefined) {
      this.#setState({ kind: 'gaveUp' });
      this.#ended.fire({ life, asked: false });
      this.#settle(fail({ kind: 'unavailable', message: GAVE_UP }));
      return;
    }
    this.#setState({ kind: 'restarting', delayMs });
    this.#ended.fire({ life, asked: false });
    this.#timer = setTimeout(() => this.#start(), delayMs);
  }

  #stop(): void {
    clearTimeout(this.#timer);
    const child = this.#child;
    const end = this.#end;
    this.#child = undefined;
    this.#end = undefined;
    this.#state = { kind: 'stopped' };
    end?.dispose();
    child?.kill('SIGKILL');
  }

  #settle(life: Result<EngineLife, EngineFailure>): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiters) waiter(life);
  }

  #setState(state: EngineState): void {
    this.#state = state;
    this.#stateChanged.fire(state);
  }
}

const GAVE_UP = 'The engine stopped several times in a row.';
