/** Progress of what is usually done at once: it shows only when there is much to do, and can then be cancelled. */
import * as vscode from 'vscode';
import type { Disposable } from '#shared/result.ts';

interface Told {
  readonly done: number;
  readonly total: number;
}

const MUCH_BYTES = 32 * 1024 * 1024;

export async function lateProgress<T>(
  title: string,
  listen: (listener: (told: Told) => void) => Disposable,
  cancellation: vscode.CancellationToken | undefined,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const control = new AbortController();
  const cancelled = cancellation?.onCancellationRequested(() => {
    control.abort();
  });
  const running = run(control.signal);
  let report: ((told: Told) => void) | undefined;
  const listening = listen((told) => {
    if (told.total < MUCH_BYTES) return;
    report ??= startNotification(title, running, control);
    report(told);
  });
  try {
    return await running;
  } finally {
    listening.dispose();
    cancelled?.dispose();
  }
}

function startNotification(
  title: string,
  running: Promise<unknown>,
  control: AbortController,
): (told: Told) => void {
  let before = 0;
  let progress: vscode.Progress<{ increment?: number; message?: string }> | undefined;
  void vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (reporter, token) => {
      progress = reporter;
      token.onCancellationRequested(() => {
        control.abort();
      });
      await running.catch(() => undefined);
    },
  );
  return ({ done, total }) => {
    const share = (done / total) * 100;
    progress?.report({ increment: share - before, message: `${Math.floor(share)} %` });
    before = share;
  };
}
