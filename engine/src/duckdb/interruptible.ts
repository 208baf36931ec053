/** Work of DuckDB's that an abort ends. */
import type { Connection } from './native.ts';

/** An interrupt that comes before DuckDB's first task, or between two, is lost: it is sent until it was seen. */
const againMs = 10;

/** Throws what the work throws, and before it begins where the signal is aborted already. */
export async function interruptible<T>(
  connection: Connection,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  let stop: (() => void) | undefined;
  const onAbort = () => {
    stop = keepInterrupting(connection);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await work();
  } finally {
    signal.removeEventListener('abort', onAbort);
    stop?.();
  }
}

/** Interrupts whatever the connection does until told to stop. */
export function keepInterrupting(connection: Connection): () => void {
  connection.interrupt();
  const timer = setInterval(() => connection.interrupt(), againMs);
  return () => clearInterval(timer);
}
