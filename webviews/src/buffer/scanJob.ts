import type { ReadonlySignal } from '@preact/signals';
import { signal } from '@preact/signals';
import type { ScanProgress } from '#shared/protocol/bufferScan.ts';
import type { Disposable, Result } from '#shared/result.ts';

export type ScanState<T, F> =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly done: number; readonly total: number }
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'failed'; readonly failure: F };

/** A scan of the whole buffer that the panel shows the progress of; a newer one of the same takes its place. */
export interface Scan<T, F> extends Disposable {
  readonly state: ReadonlySignal<ScanState<T, F>>;
  run(ask: (job: number, abort: AbortSignal) => Promise<Result<T, F>>): void;
  cancel(): void;
}

export interface ScanJobs {
  create<T, F extends { readonly kind: string }>(): Scan<T, F>;
  /** From the host: how far a scan is. */
  progress(event: ScanProgress): void;
}

export function createScanJobs(): ScanJobs {
  const running = new Map<number, (event: ScanProgress) => void>();
  let nextJob = 1;
  return {
    create<T, F extends { readonly kind: string }>(): Scan<T, F> {
      const state = signal<ScanState<T, F>>({ kind: 'idle' });
      let abort: AbortController | undefined;
      const cancel = () => {
        abort?.abort();
        abort = undefined;
        if (state.peek().kind === 'running') state.value = { kind: 'idle' };
      };
      return {
        state,
        run(ask) {
          cancel();
          const controller = new AbortController();
          abort = controller;
          const job = nextJob++;
          state.value = { kind: 'running', done: 0, total: 0 };
          running.set(job, ({ done, total }) => {
            if (!controller.signal.aborted) state.value = { kind: 'running', done, total };
          });
          void ask(job, controller.signal).then((result) => {
            running.delete(job);
            if (controller.signal.aborted) return;
            if (result.ok) state.value = { kind: 'done', value: result.value };
            else if (result.error.kind === 'cancelled') state.value = { kind: 'idle' };
            else state.value = { kind: 'failed', failure: result.error };
          });
        },
        cancel,
        dispose: cancel,
      };
    },
    progress: (event) => running.get(event.job)?.(event),
  };
}
