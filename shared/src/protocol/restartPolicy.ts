/** When to start a dead process again: at once, then slower, and not for ever. Pure; the owner keeps the timer. */
export interface RestartPolicy {
  /** Notes a death. The delay before the next start, or undefined when it died too often to go on. */
  next(): number | undefined;
  /** Forgets all deaths, as when the user asks for a restart. */
  reset(): void;
}

export function createRestartPolicy(options: {
  /** Deaths within `windowMs` after which it gives up. */
  readonly limit: number;
  readonly windowMs: number;
  readonly now: () => number;
}): RestartPolicy {
  let deaths: number[] = [];
  return {
    next() {
      const now = options.now();
      deaths = deaths.filter((at) => now - at < options.windowMs);
      deaths.push(now);
      if (deaths.length > options.limit) return undefined;
      return deaths.length === 1 ? 0 : Math.min(250 * 2 ** (deaths.length - 2), 8000);
    },
    reset() {
      deaths = [];
    },
  };
}
