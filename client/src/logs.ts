/** One output channel a process, made when first written to, and its last lines for the diagnostics report. */
import * as vscode from 'vscode';

export interface Logger {
  trace(message: string): void;
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export type LogSource = 'extension' | 'server' | 'engine';

const channelNames: Record<LogSource, string> = {
  extension: 'Strata',
  server: 'Strata Language Server',
  engine: 'Strata Engine',
};
const KEPT_LINES = 200;

export class Logs implements vscode.Disposable {
  readonly #channels = new Map<LogSource, vscode.LogOutputChannel>();
  readonly #lines: string[] = [];

  of(source: LogSource): Logger {
    const write = (level: keyof Logger) => (message: string) => {
      this.channel(source)[level](message);
      if (level === 'trace') return;
      this.#lines.push(`${new Date().toISOString()} [${level}] ${source}: ${message}`);
      if (this.#lines.length > KEPT_LINES) this.#lines.shift();
    };
    return {
      trace: write('trace'),
      debug: write('debug'),
      info: write('info'),
      warn: write('warn'),
      error: write('error'),
    };
  }

  channel(source: LogSource): vscode.LogOutputChannel {
    let channel = this.#channels.get(source);
    if (!channel) {
      channel = vscode.window.createOutputChannel(channelNames[source], { log: true });
      this.#channels.set(source, channel);
    }
    return channel;
  }

  /** The newest last. */
  lastLines(): readonly string[] {
    return this.#lines;
  }

  dispose(): void {
    for (const channel of this.#channels.values()) channel.dispose();
  }
}
