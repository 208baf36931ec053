/** One life of the language server: its process and the LSP client that speaks to it. */
import { fork, type ChildProcess } from 'node:child_process';
import type * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  IPCMessageReader,
  IPCMessageWriter,
  LanguageClient,
  type LanguageClientOptions,
  type MessageTransports,
} from 'vscode-languageclient/node';
import type { Logger } from './logs.ts';

/** The library tells people of every broken connection; here the supervisor does, in its own words, once. */
class QuietLanguageClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }

  override async stop(timeoutMs?: number): Promise<void> {
    // Stopping what never started, or has died, is an error to the library and the goal to us.
    await super.stop(timeoutMs).catch(() => undefined);
  }
}

export interface ServerLife {
  readonly child: ChildProcess;
  readonly client: LanguageClient;
  /** Settles when the server has answered `initialize` and open documents are on their way to it. */
  readonly started: Promise<void>;
}

export function startServer(options: {
  readonly modulePath: string;
  readonly clientOptions: LanguageClientOptions & { outputChannel: vscode.OutputChannel };
  readonly log: Logger;
  readonly onEnd: (how: string) => void;
  readonly prepare: (client: LanguageClient) => void;
}): ServerLife {
  const child = fork(options.modulePath, ['--node-ipc', `--clientProcessId=${process.pid}`], {
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  const forward = (chunk: Buffer) => {
    options.log.info(chunk.toString('utf8').trimEnd());
  };
  child.stdout?.on('data', forward);
  child.stderr?.on('data', forward);
  let ended = false;
  const onEnd = (how: string) => {
    if (ended) return;
    ended = true;
    options.onEnd(how);
  };
  child.once('exit', (code, signal) => onEnd(signal ?? `code ${String(code)}`));
  child.once('error', (error) => onEnd(error.message));
  const transports: MessageTransports = {
    reader: new IPCMessageReader(child),
    writer: new IPCMessageWriter(child),
  };
  let settle: () => void = () => undefined;
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const client = new QuietLanguageClient(
    'strata',
    'Strata Language Server',
    () => Promise.resolve(transports),
    {
      ...options.clientOptions,
      initializationFailedHandler: () => false,
      // The supervisor sees the process end and decides; the client only goes quiet. It must not do so while it
      // starts: `start` would then forget its own promise and resolve although nothing runs.
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => settled.then(() => ({ action: CloseAction.DoNotRestart, handled: true })),
      },
    },
  );
  options.prepare(client);
  const starting = client.start();
  starting.then(settle, settle);
  const started = starting.catch((error: unknown) => {
    options.log.warn(`server.process did not start: ${String(error)}`);
    // A server that lives but refused to initialize is of no use: its end starts the next one.
    child.kill('SIGKILL');
    throw error;
  });
  return { child, client, started };
}
