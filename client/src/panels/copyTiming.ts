/** "Time copy against view": a snippet to read and keep, and in a trusted workspace its output. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { TimingFailure } from '#shared/protocol/bufferView.ts';
import { fail, ok, type Result } from '#shared/result.ts';

const LONGEST_RUN_MS = 120_000;
const MOST_OUTPUT_BYTES = 64 * 1024;

/** `folder` is where the file lies that the code opens by its name; `python` is asked only where it is run. */
export async function timeCopy(
  python: () => Promise<string>,
  folder: string,
  code: string,
  signal: AbortSignal,
): Promise<Result<{ readonly output: string | null }, TimingFailure>> {
  const document = await vscode.workspace.openTextDocument({ language: 'python', content: code });
  await vscode.window.showTextDocument(document, {
    viewColumn: vscode.ViewColumn.Beside,
    preserveFocus: true,
    preview: true,
  });
  // Running Python is what an untrusted workspace must never lead to.
  if (!vscode.workspace.isTrusted) return ok({ output: null });
  const scratch = await mkdtemp(join(tmpdir(), 'strata-timing-'));
  try {
    const path = join(scratch, 'time_copy.py');
    await writeFile(path, code);
    return await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: 'Timing the copy against the view',
        cancellable: true,
      },
      (_, token) => {
        const controller = new AbortController();
        token.onCancellationRequested(() => controller.abort());
        const either = AbortSignal.any([signal, controller.signal]);
        return python().then((command) => run(command, folder, path, either));
      },
    );
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function run(
  command: string,
  folder: string,
  path: string,
  signal: AbortSignal,
): Promise<Result<{ readonly output: string }, TimingFailure>> {
  const { promise, resolve } = deferred<Result<{ readonly output: string }, TimingFailure>>();
  const options = {
    cwd: folder,
    signal,
    timeout: LONGEST_RUN_MS,
    maxBuffer: MOST_OUTPUT_BYTES,
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  };
  execFile(command, ['-I', path], options, (error, stdout, stderr) => {
    if (!error) resolve(ok({ output: stdout.trim() }));
    else if (signal.aborted) resolve(fail({ kind: 'notTimed', message: 'The run was cancelled.' }));
    else resolve(fail({ kind: 'notTimed', message: lastLine(stderr) ?? error.message }));
  });
  return promise;
}

/** Of a traceback the line that says what happened. */
function lastLine(text: string): string | undefined {
  return text
    .trim()
    .split('\n')
    .findLast((line) => line.trim() !== '');
}

function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
