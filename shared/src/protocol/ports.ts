/** Adapters from what a platform offers to a {@link Port}. Structural, so that none of them is imported. */
import type { Disposable } from '../result.ts';
import type { Port, WireMessage } from './wire.ts';

/** What a child process, seen from its parent, and `process`, seen from the child, have in common. */
export interface ProcessLike {
  send?(message: unknown, callback?: (error: Error | null) => void): boolean;
  readonly connected?: boolean;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'exit' | 'disconnect', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'message', listener: (message: unknown) => void): unknown;
}

/**
 * A port over the IPC channel of a process. The channel must be opened with `serialization: 'advanced'`,
 * so that `ArrayBuffer` and `bigint` travel as they are.
 */
export function portOfProcess(process: ProcessLike): Port {
  const closed = closeOnce();
  const onEnd = () => {
    closed.fire();
  };
  process.on('disconnect', onEnd);
  process.on('exit', onEnd);
  process.on('error', onEnd);
  return {
    post(message) {
      // A send that fails later means that the channel is gone; 'disconnect' or 'exit' reports that.
      if (process.connected !== false && process.send) process.send(message, () => undefined);
    },
    onMessage(listener) {
      const receive = (message: unknown) => {
        if (isWireMessage(message)) listener(message);
      };
      process.on('message', receive);
      return { dispose: () => void process.off('message', receive) };
    },
    onClose: (listener) => closed.listen(listener),
  };
}

/** A worker thread from its parent, or `parentPort` from inside. */
export interface WorkerPortLike {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'exit' | 'close', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'message', listener: (message: unknown) => void): unknown;
}

export function portOfWorker(worker: WorkerPortLike): Port {
  const closed = closeOnce();
  const onEnd = () => {
    closed.fire();
  };
  worker.on('exit', onEnd);
  worker.on('close', onEnd);
  worker.on('error', onEnd);
  return {
    post(message) {
      worker.postMessage(message);
    },
    onMessage(listener) {
      const receive = (message: unknown) => {
        if (isWireMessage(message)) listener(message);
      };
      worker.on('message', receive);
      return { dispose: () => void worker.off('message', receive) };
    },
    onClose: (listener) => closed.listen(listener),
  };
}

/** A close signal that fires once and still reaches those who listen later. */
export function closeOnce(): { fire(): void; listen(listener: () => void): Disposable } {
  const listeners = new Set<() => void>();
  let fired = false;
  return {
    fire() {
      if (fired) return;
      fired = true;
      for (const listener of listeners) listener();
      listeners.clear();
    },
    listen(listener) {
      if (fired) queueMicrotask(listener);
      else listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
  };
}

/** Checks the envelope of what arrived from another realm; the contract's own edge checks the contents. */
export function isWireMessage(message: unknown): message is WireMessage {
  if (typeof message !== 'object' || message === null || !('wire' in message)) return false;
  const { wire } = message;
  if (wire === 'event') return 'name' in message && typeof message.name === 'string';
  if (wire === 'request')
    return (
      'id' in message &&
      typeof message.id === 'number' &&
      'method' in message &&
      typeof message.method === 'string'
    );
  return (
    (wire === 'reply' || wire === 'cancel') && 'id' in message && typeof message.id === 'number'
  );
}
