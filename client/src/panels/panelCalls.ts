/** Counts the calls of panels, so that tests can wait for one and see that none is left hanging. */
import type { Answers } from '#shared/protocol/wire.ts';
import { EventSource } from '../event.ts';

export interface PanelCall {
  readonly panel: string;
  readonly method: string;
  readonly phase: 'asked' | 'answered' | 'failed';
  /** What the panel is given, once it is answered. */
  readonly reply?: unknown;
}

export class PanelCalls {
  readonly #event = new EventSource<PanelCall>();
  readonly listen = this.#event.listen;
  #pending = 0;

  get pending(): number {
    return this.#pending;
  }

  watch<Requests>(panel: string, answers: Answers<Requests>): Answers<Requests> {
    const watched = Object.entries(answers).map(([method, answer]) => [
      method,
      async (params: unknown, signal: AbortSignal) => {
        this.#pending += 1;
        this.#event.fire({ panel, method, phase: 'asked' });
        let end: Pick<PanelCall, 'phase' | 'reply'> = { phase: 'failed' };
        try {
          const reply = await (answer as (params: unknown, signal: AbortSignal) => unknown)(
            params,
            signal,
          );
          const { ok, value } = reply as { ok: boolean; value?: unknown };
          if (ok) end = { phase: 'answered', reply: value };
          return reply;
        } finally {
          this.#pending -= 1;
          this.#event.fire({ panel, method, ...end });
        }
      },
    ]);
    return Object.fromEntries(watched) as Answers<Requests>;
  }
}
