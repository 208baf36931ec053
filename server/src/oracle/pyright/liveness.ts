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
  let isWaiting = false;
  let waitedTicks = 0;
  let idleTicks = 0;
  const answered = () => {
    isWaiting = false;
  };
  // Counted in ticks of this timer, not by the clock: a computer that slept has not waited.
  const timer = setInterval(() => {
    if (!isWaiting) {
      isWaiting = true;
      waitedTicks = idleTicks = 0;
      // An error is an answer too.
      connection.sendRequest(PING).then(answered, answered);
      return;
    }
    waitedTicks++;
    // What was waited while it worked says nothing of how it idles.
    idleTicks = owner.isBusy() ? 0 : idleTicks + 1;
    const isHung =
      idleTicks * timing.pingIntervalMs >= timing.idleDeadlineMs ||
      waitedTicks * timing.pingIntervalMs >= timing.busyDeadlineMs;
    if (!isHung) return;
    clearInterval(timer);
    owner.onHang();
  }, timing.pingIntervalMs);
  return {
    dispose: () => {
      clearInterval(timer);
    },
  };
}
