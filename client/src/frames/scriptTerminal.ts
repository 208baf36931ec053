/** A terminal that shows what PySpark scripts print, as they print it; Ctrl+C cancels. Runs nothing itself. */
import * as vscode from 'vscode';
import { EventSource } from '../event.ts';

export interface ScriptRunEnd {
  /** Undefined where it was cancelled. */
  readonly code: number | undefined;
  readonly output: string;
}

export class ScriptTerminal implements vscode.Pseudoterminal {
  readonly #written = new vscode.EventEmitter<string>();
  readonly #interrupted = new EventSource<undefined>();
  readonly onDidWrite = this.#written.event;
  /** Ctrl+C, or the terminal is closed. */
  readonly onInterrupt = this.#interrupted.listen;
  #isOpen = false;
  /** What came before the terminal was there. */
  #waiting = '';

  open(): void {
    this.#isOpen = true;
    this.#written.fire(this.#waiting);
    this.#waiting = '';
  }

  close(): void {
    this.#isOpen = false;
    this.#interrupted.fire(undefined);
  }

  handleInput(data: string): void {
    if (data === '\u0003') this.#interrupted.fire(undefined);
  }

  print(text: string): void {
    this.#write(text);
  }

  /** What is said about the script, in another colour than what it says. */
  remark(text: string): void {
    this.#write(`\x1b[33m${text}\x1b[0m`);
  }

  /** Where a run begins and how it ended. */
  rule(text: string): void {
    this.#write(`\x1b[2m${text}\x1b[0m\n`);
  }

  #write(text: string): void {
    const lines = text.replace(/\r?\n/g, '\r\n');
    if (this.#isOpen) this.#written.fire(lines);
    else this.#waiting += lines;
  }
}
