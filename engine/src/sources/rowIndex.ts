/** Finding the rows of a file in the background, while those that were found are read. */
export abstract class RowIndex {
  readonly path: string;
  readonly byteLength: number;
  rowCount = 0;
  scannedByteLength = 0;
  complete = false;
  /** It will find no more, be it complete or not. */
  ended = false;
  readonly #onProgress: () => void;
  #waiters: (() => void)[] = [];

  constructor(path: string, byteLength: number, onProgress: () => void) {
    this.path = path;
    this.byteLength = byteLength;
    this.#onProgress = onProgress;
  }

  /** Looks through the file; throws what the disk throws. */
  abstract build(signal: AbortSignal): Promise<void>;

  /** Waits until the row is found, or there is no such row. */
  async untilRow(row: number, signal: AbortSignal): Promise<void> {
    while (!this.ended && !this.isFound(row)) if (!(await this.#next(signal))) return;
  }

  protected abstract isFound(row: number): boolean;

  protected tell(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiters) waiter();
    this.#onProgress();
  }

  /** False where the wait was given up. */
  #next(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      const stop = () => resolve(false);
      signal.addEventListener('abort', stop, { once: true });
      this.#waiters.push(() => {
        signal.removeEventListener('abort', stop);
        resolve(true);
      });
    });
  }
}

/** The position of the last of a sorted list that is not greater; of an empty one, -1. */
export function lastAtMost(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return Math.min(low, sorted.length - 1);
}
