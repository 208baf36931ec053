/** News of runs on their way to a page: of several that come in one turn, it gets the newest. */
import type { Run } from '#shared/protocol/resultsView.ts';

export class RunNews {
  readonly #send: (run: Run) => void;
  readonly #waiting = new Map<number, Run>();

  constructor(send: (run: Run) => void) {
    this.#send = send;
  }

  note(run: Run): void {
    if (this.#waiting.size === 0) queueMicrotask(() => this.flush());
    this.#waiting.set(run.runId, run);
  }

  /** Sends what waits now, before other news that is about it. */
  flush(): void {
    const runs = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const run of runs) this.#send(run);
  }
}
