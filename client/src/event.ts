/** An event source for what must be testable without VS Code. */
import type { Disposable } from '#shared/result.ts';

export class EventSource<T> {
  readonly #listeners = new Set<(event: T) => void>();

  readonly listen = (listener: (event: T) => void): Disposable => {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  };

  fire(event: T): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}
