/** What a command of `strata` is: a name, its words, and a run that returns the exit code. */
import { join } from 'node:path';

export interface CommandIo {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether standard output is a terminal, so colours and progress make sense. */
  readonly isTerminal: boolean;
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal;
  /** Resolves when the text was taken, so that a slow reader slows the writer down. */
  out(text: string | Uint8Array): Promise<void>;
  err(text: string): void;
  readInput(): Promise<string>;
}

/** 0: fine. 1: findings, or a failed query. 2: could not run; one line on stderr says why and what to do. */
export type ExitCode = 0 | 1 | 2;

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** The lines below `Usage:`. */
  readonly usage: readonly string[];
  run(args: readonly string[], io: CommandIo): Promise<ExitCode>;
}

/** The command can't run; the message is the line on stderr. */
export class CannotRun extends Error {}

/** A bundle beside the CLI's own: the processes that commands start. */
export function siblingBundle(name: 'server' | 'engine'): string {
  return join(__dirname, `${name}.js`);
}
