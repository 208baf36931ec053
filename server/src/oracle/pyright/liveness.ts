/** Tells a process that hangs from one that works: by the answers to pings, and how long they may take. */
import type { MessageConnection } from 'vscode-languageserver/node';
import type { Disposable } from '#shared/result.ts';
import { PING } from './processProtocol.ts';

export function watchLiveness(
  connection: MessageConnection,
  timing: {
    readonly pingIntervalMs: number;
    readonly idleDeadlineMs: number;
    readonly busyDeadlineMs: number;
  },
  owner: { isBusy(): boolean; onHang(): void },
): Disposable {
  let unansweredTicks = 0;
  let isWaiting = false;
  const answered = () => {
    isWaiting = false;
    unansweredTicks = 0;
  };
  // Counted in ticks of this timer, not by the clock: a computer that slept has not waited.
  const timer = setInterval(() => {
    if (!isWaiting) {
      isWaiting = true;
      // An error is an answer too.
      connection.sendRequest(PING).then(answered, answered);
      return;
    }
    unansweredTicks++;
    const deadlineMs = owner.isBusy() ? timing.busyDeadlineMs : timing.idleDeadlineMs;
    if (unansweredTicks * timing.pingIntervalMs < deadlineMs) return;
    clearInterval(timer);
    owner.onHang();
  }, timing.pingIntervalMs);
  return {
    dispose: () => {
      clearInterval(timer);
    },
  };
}
