/** Evaluates in a paused debugger of Python, in the frame that the user looked at, and in the same function later. */
import type * as vscode from 'vscode';
import type { PythonEvaluator } from '#buffers/live/pythonMemory.ts';

export interface Frame {
  readonly id: number;
  readonly name: string;
  readonly path: string;
}

export type StoppedThread = () => number | undefined;

const MOST_FRAMES = 200;
const PATIENCE_MS = 10_000;

export class PausedPython implements PythonEvaluator {
  readonly #session: vscode.DebugSession;
  readonly #thread: StoppedThread;
  readonly #queue: RequestQueue;
  /** The function in which the name means what it meant when the inspector was opened. */
  #home: Pick<Frame, 'name' | 'path'> | undefined;
  #frame: Promise<number | undefined> | undefined;

  constructor(
    session: vscode.DebugSession,
    thread: StoppedThread,
    queue: RequestQueue,
    frameId: number | undefined,
  ) {
    this.#session = session;
    this.#thread = thread;
    this.#queue = queue;
    this.#frame = frameId === undefined ? undefined : this.#settle(frameId);
  }

  /** Frames have new numbers after each stop. */
  forgetFrame(): void {
    this.#frame = undefined;
  }

  async evaluate(expression: string): Promise<string> {
    this.#frame ??= this.#find();
    const frameId = await this.#frame;
    const body: unknown = await this.#queue.run(() =>
      this.#session.customRequest('evaluate', {
        expression,
        ...(frameId === undefined ? {} : { frameId }),
        // The one context in which debugpy cuts nothing off.
        context: 'clipboard',
      }),
    );
    const result = (body as { readonly result?: unknown } | undefined)?.result;
    if (typeof result !== 'string') throw new Error('the answer has no result');
    return result;
  }

  async #settle(frameId: number): Promise<number> {
    const frames = await this.#frames().catch((): readonly Frame[] => []);
    this.#home = frames.find(({ id }) => id === frameId);
    return frameId;
  }

  /** The innermost frame of the same function, else the innermost at all. */
  async #find(): Promise<number | undefined> {
    const frames = await this.#frames();
    const home = this.#home;
    const same = frames.find(({ name, path }) => name === home?.name && path === home.path);
    const found = same ?? frames[0];
    this.#home ??= found;
    return found?.id;
  }

  async #frames(): Promise<readonly Frame[]> {
    const threadId = this.#thread() ?? (await this.#firstThread());
    if (threadId === undefined) return [];
    const body: unknown = await this.#queue.run(() =>
      this.#session.customRequest('stackTrace', { threadId, startFrame: 0, levels: MOST_FRAMES }),
    );
    const frames = (body as { readonly stackFrames?: readonly StackFrame[] } | undefined)
      ?.stackFrames;
    return (frames ?? []).map(({ id, name, source }) => ({ id, name, path: source?.path ?? '' }));
  }

  /** Of a session that stopped before anybody watched it. */
  async #firstThread(): Promise<number | undefined> {
    const body: unknown = await this.#queue.run(() => this.#session.customRequest('threads'));
    return (body as { readonly threads?: readonly { readonly id: number }[] } | undefined)
      ?.threads?.[0]?.id;
  }
}

interface StackFrame {
  readonly id: number;
  readonly name: string;
  readonly source?: { readonly path?: string };
}

/**
 * One request of a session at a time, so that stepping is never behind more than one page. The next one is not held
 * up for ever by one that is never answered.
 */
export class RequestQueue {
  #last: Promise<void> = Promise.resolve();

  run<T>(request: () => PromiseLike<T>): Promise<T> {
    const asked = this.#last.then(request);
    const settled = asked.then(
      () => undefined,
      () => undefined,
    );
    this.#last = this.#last.then(() => {
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, PATIENCE_MS).unref();
      });
      return Promise.race([settled, patience]).then(() => clearTimeout(timer));
    });
    return asked;
  }
}
