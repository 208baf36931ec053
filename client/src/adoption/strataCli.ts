/** Runs `strata` with VS Code's own Node, for what is done to many files at once; never in an untrusted workspace. */
import { execFile } from 'node:child_process';
import * as vscode from 'vscode';
import type { Workbench } from '../workbench.ts';

export interface CliOutcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export function strataCli(
  workbench: Workbench,
  args: readonly string[],
  cwd: string,
): Promise<CliOutcome> {
  if (!vscode.workspace.isTrusted)
    return Promise.resolve({
      code: 2,
      out: '',
      err: 'the workspace is not trusted, and checking it may start its Python. Trust it first.',
    });
  const cli = workbench.context.asAbsolutePath('dist/cli.js');
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [cli, ...args],
      { cwd, env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' }, maxBuffer: 1 << 28 },
      (error, out, err) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 2;
        resolve({ code, out, err });
      },
    );
  });
}
