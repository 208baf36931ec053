/** A terminal in which `strata run` runs a PySpark script: what it prints, as it prints it; Ctrl+C cancels. */
import { spawn, type ChildProcess } from 'node:child_process';
import * as vscode from 'vscode';

export interface ScriptRunEnd {
  /** Undefined where it was ended from outside. */
  readonly code: number | undefined;
  readonly output: string;
}

export class ScriptTerminal implements vscode.Pseudoterminal {
  readonly #written = new vscode.EventEmitter<string>();
  readonly #ended = new vscode.EventEmitter<ScriptRunEnd>();
  readonly onDidWrite = this.#written.event;
  readonly onEnd = this.#ended.event;
  readonly #cliPath: string;
  #child: ChildProcess | undefined;
  #waiting: readonly string[] | undefined;
  #cwd = '';
  #isOpen = false;

  constructor(cliPath: string) {
    this.#cliPath = cliPath;
  }

  open(): void {
    this.#isOpen = true;
    if (this.#waiting) this.#start(this.#waiting);
  }

  close(): void {
    this.#isOpen = false;
    this.cancel();
  }

  handleInput(data: string): void {
    if (data === '\u0003') this.cancel();
  }

  cancel(): void {
    this.#child?.kill();
  }

  /** Ends what runs, and runs `strata run` with these arguments. */
  run(args: readonly string[], cwd: string): void {
    this.cancel();
    this.#cwd = cwd;
    if (this.#isOpen) this.#start(args);
    else this.#waiting = args;
  }

  #start(args: readonly string[]): void {
    this.#waiting = undefined;
    const shown = args.map((arg) => (/[^\w./\\:=-]/.test(arg) ? `"${arg}"` : arg)).join(' ');
    this.#written.fire(`\x1b[2m$ strata run ${shown}\x1b[0m\r\n`);
    const child = spawn(process.execPath, [this.#cliPath, 'run', ...args], {
      cwd: this.#cwd,
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    let output = '';
    const write = (text: string, isError: boolean) => {
      if (this.#child !== child) return;
      output += text;
      const lines = text.replace(/\r?\n/g, '\r\n');
      this.#written.fire(isError ? `\x1b[33m${lines}\x1b[0m` : lines);
    };
    child.stdout.setEncoding('utf8').on('data', (text: string) => write(text, false));
    child.stderr.setEncoding('utf8').on('data', (text: string) => write(text, true));
    child.once('error', (error) => {
      write(`${error.message}\n`, true);
    });
    child.once('close', (code, signal) => {
      if (this.#child !== child) return;
      this.#child = undefined;
      const how =
        signal !== null ? 'cancelled' : code === 0 ? 'done' : `ended with exit code ${code ?? '?'}`;
      this.#written.fire(`\x1b[2m${how}\x1b[0m\r\n`);
      this.#ended.fire({ code: code ?? undefined, output });
    });
  }
}
