/** What Strata says in notifications: what happened, what still works, one button that helps. */
import * as vscode from 'vscode';
import type { Logger } from './logs.ts';

export interface UserMessage {
  /** Stable, for tests and logs: `server.restarted`, `engine.unavailable`, … */
  readonly id: string;
  readonly severity: 'info' | 'warning' | 'error';
  readonly text: string;
  readonly button?: { readonly label: string; readonly run: () => unknown };
}

export class Messages {
  readonly #shown: UserMessage[] = [];
  readonly #emitter = new vscode.EventEmitter<UserMessage>();
  readonly onShow = this.#emitter.event;

  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  get shown(): readonly UserMessage[] {
    return this.#shown;
  }

  show(message: UserMessage): void {
    this.#shown.push(message);
    this.#log.info(`message ${message.id}: ${message.text}`);
    this.#emitter.fire(message);
    const buttons = message.button ? [message.button.label] : [];
    const show = {
      info: vscode.window.showInformationMessage,
      warning: vscode.window.showWarningMessage,
      error: vscode.window.showErrorMessage,
    }[message.severity];
    void show(message.text, ...buttons).then((pressed) => {
      if (pressed !== undefined) void message.button?.run();
    });
  }
}
