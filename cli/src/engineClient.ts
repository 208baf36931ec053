/** The engine process of one command: forked, spoken to over its wire, and always ended. */
import { fork } from 'node:child_process';
import type { EngineContract, EngineEvents, EngineFailure } from '#shared/protocol/engine.ts';
import { portOfProcess } from '#shared/protocol/ports.ts';
import type { Caller, WireError } from '#shared/protocol/wire.ts';
import { callOver } from '#shared/protocol/wire.ts';
import type { Disposable } from '#shared/result.ts';
import type { CommandIo } from './command.ts';
import { CannotRun, siblingBundle } from './command.ts';

export interface EngineClient extends Disposable {
  readonly call: Caller<EngineContract['requests']>;
}

export function startEngine(
  io: Pick<CommandIo, 'cwd' | 'env'>,
  onProgress: (event: EngineEvents['progress']) => void = () => undefined,
  modulePath = siblingBundle('engine'),
): EngineClient {
  const child = fork(modulePath, [], {
    cwd: io.cwd,
    env: { ...process.env, ...io.env },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const end = callOver<EngineContract>(portOfProcess(child), { progress: onProgress });
  return {
    call: end.call,
    dispose() {
      end.dispose();
      // The engine ends with its channel; one that is stuck in native code is not waited for.
      if (child.connected) child.disconnect();
      setTimeout(() => child.kill('SIGKILL'), 2000).unref();
    },
  };
}

/** A failure that is no statement's own, as the one line on stderr; a death names the statement that it came under. */
export function cannotRun(
  failure: Exclude<EngineFailure, { kind: 'spark' }> | WireError,
  text?: string,
): CannotRun {
  switch (failure.kind) {
    case 'unavailable':
    case 'crashed':
      return new CannotRun(failure.message);
    case 'cancelled':
      return new CannotRun('cancelled');
    case 'closed':
    case 'gone':
      return new CannotRun(
        `the query engine ended unexpectedly${text === undefined ? '' : ` while it ran: ${oneLine(text)}`}; run the command again`,
      );
  }
}

const shownLength = 200;

function oneLine(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length <= shownLength ? line : `${line.slice(0, shownLength)}…`;
}
