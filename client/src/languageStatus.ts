/** The status item on Python files: who checks types, and one click to change it. */
import * as vscode from 'vscode';
import type { TypeCheckerStatus } from '#shared/protocol/languageServer.ts';
import type { ServerState } from './languageClient.ts';
import type { TypeCheckingChoice } from './settings.ts';

export class LanguageStatus implements vscode.Disposable {
  readonly #item = vscode.languages.createLanguageStatusItem('strata.typeChecker', {
    language: 'python',
  });
  #choice: TypeCheckingChoice = { checkTypes: true };
  #server: ServerState = { kind: 'stopped' };
  #checker: TypeCheckerStatus | undefined;

  constructor() {
    this.#item.name = 'Strata: Python Types';
    this.#item.command = { command: 'strata.chooseTypeChecker', title: 'Change' };
    this.#show();
  }

  choose(choice: TypeCheckingChoice): void {
    this.#choice = choice;
    this.#show();
  }

  serverIs(state: ServerState): void {
    this.#server = state;
    if (state.kind !== 'running') this.#checker = undefined;
    this.#show();
  }

  checkerIs(status: TypeCheckerStatus): void {
    this.#checker = status;
    this.#show();
  }

  dispose(): void {
    this.#item.dispose();
  }

  #show(): void {
    const { text, detail, busy, severity } = describe(this.#choice, this.#server, this.#checker);
    this.#item.text = text;
    this.#item.detail = detail;
    this.#item.busy = busy;
    this.#item.severity = vscode.LanguageStatusSeverity[severity];
  }
}

interface Shown {
  readonly text: string;
  readonly detail: string;
  readonly busy: boolean;
  readonly severity: 'Information' | 'Warning' | 'Error';
}

function describe(
  choice: TypeCheckingChoice,
  server: ServerState,
  checker: TypeCheckerStatus | undefined,
): Shown {
  const calm = { busy: false, severity: 'Information' } as const;
  if (server.kind === 'gaveUp') {
    return {
      text: 'Types: not checked',
      detail: 'The language server ended too often',
      busy: false,
      severity: 'Error',
    };
  }
  if (server.kind === 'starting' || server.kind === 'restarting') {
    return { ...calm, text: 'Types: starting', detail: 'Strata', busy: true };
  }
  if (!choice.checkTypes) {
    return choice.instead === undefined
      ? { ...calm, text: 'Types: Strata rules only', detail: 'Type checking is off' }
      : { ...calm, text: `Types: ${choice.instead}`, detail: 'Strata adds its own rules' };
  }
  if (!checker) return { ...calm, text: 'Types: Strata', detail: '' };
  const { state, engine, message } = checker;
  switch (state) {
    case 'failed':
      return {
        text: 'Types: Strata rules only',
        detail: message ?? `${engine} stopped`,
        busy: false,
        severity: 'Error',
      };
    case 'off':
      return { ...calm, text: 'Types: Strata rules only', detail: message ?? '' };
    case 'restarting':
      return {
        text: 'Types: restarting',
        detail: message ?? engine,
        busy: true,
        severity: 'Warning',
      };
    case 'starting':
    case 'checking':
      return { ...calm, text: 'Types: Strata', detail: engine, busy: true };
    case 'ready':
      return { ...calm, text: 'Types: Strata', detail: engine };
  }
}
