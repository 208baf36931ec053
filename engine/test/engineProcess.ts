/** The engine process as tests drive it: the bundle, forked, over its own wire. */
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { EngineContract, EngineEvents } from '#shared/protocol/engine.ts';
import { portOfProcess } from '#shared/protocol/ports.ts';
import type { Caller } from '#shared/protocol/wire.ts';
import { callOver } from '#shared/protocol/wire.ts';
import { decodePage, hiveText } from '#shared/protocol/resultRows.ts';

export interface EngineProcess {
  readonly child: ChildProcess;
  readonly call: Caller<EngineContract['requests']>;
  /** The rows as the spark-sql shell prints them, or the error's class. */
  readonly query: (text: string) => Promise<string[]>;
  stop(): Promise<void>;
}

export function startEngineProcess(
  options: {
    readonly bundle?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly onProgress?: (event: EngineEvents['progress']) => void;
    readonly onResultState?: (event: EngineEvents['resultState']) => void;
  } = {},
): EngineProcess {
  const bundle = options.bundle ?? join(process.env.STRATA_DIST ?? '', 'engine.js');
  const child = fork(bundle, [], {
    serialization: 'advanced',
    env: { ...process.env, ...options.env },
    execArgv: [],
  });
  const { call } = callOver<EngineContract>(portOfProcess(child), {
    ...(options.onProgress ? { progress: options.onProgress } : {}),
    ...(options.onResultState ? { resultState: options.onResultState } : {}),
  });
  return {
    child,
    call,
    async query(text) {
      const started = await call('runQuery', { sessionId: 's', text });
      if (!started.ok)
        return [started.error.kind === 'spark' ? started.error.class : started.error.kind];
      const { resultId } = started.value;
      const page = await call('readRows', { resultId, start: 0, count: 1000 });
      if (!page.ok) return [page.error.kind === 'spark' ? page.error.class : page.error.kind];
      const { rows, columns, timeZone } = decodePage(page.value.arrow);
      return rows.map((row) => hiveText(row, columns, timeZone));
    },
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) resolve();
        child.once('exit', () => {
          resolve();
        });
        if (child.connected) child.disconnect();
      }),
  };
}
