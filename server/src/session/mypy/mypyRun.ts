/**
 * The user's own mypy, as a daemon, for teams whose CI is mypy with plugins. It looks at files as they are saved.
 * Started in trusted workspaces only, with the project's interpreter.
 */
import { spawn } from 'node:child_process';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';

export interface MypyFinding {
  readonly path: string;
  /** One-based, as mypy counts. */
  readonly line: number;
  /** Zero-based; -1 where mypy knows none. */
  readonly column: number;
  readonly message: string;
  readonly hint: string | undefined;
  readonly code: string | undefined;
  readonly severity: 'error' | 'note';
}

export type MypyFailure =
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'cancelled' };

export function runMypy(
  pythonPath: string,
  folder: string,
  files: readonly string[],
  signal: AbortSignal,
): Promise<Result<readonly MypyFinding[], MypyFailure>> {
  const args = [
    '-m',
    'mypy.dmypy',
    'run',
    '--',
    '--output=json',
    '--show-column-numbers',
    ...files,
  ];
  return new Promise((resolve) => {
    const child = spawn(pythonPath, args, {
      cwd: folder,
      signal,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (data: string) => (out += data));
    child.stderr.setEncoding('utf8').on('data', (data: string) => (err += data));
    child.on('error', (error) => {
      resolve(
        fail(signal.aborted ? { kind: 'cancelled' } : { kind: 'failed', message: error.message }),
      );
    });
    child.on('close', (code) => {
      if (signal.aborted) resolve(fail({ kind: 'cancelled' }));
      else if (/No module named '?"?mypy/.test(err)) resolve(fail({ kind: 'missing' }));
      else resolve(outcome(code, out, err));
    });
  });
}

/** 1: it found something; 2: it could not look, because of the syntax of a file or of how it is set up. */
function outcome(
  code: number | null,
  out: string,
  err: string,
): Result<readonly MypyFinding[], MypyFailure> {
  const findings = readFindings(out);
  if (code === 0 || code === 1 || findings.some(({ path }) => /\.pyi?$/.test(path)))
    return ok(findings);
  const [finding] = findings;
  const message = finding ? `${finding.path}: ${finding.message}.` : lastLine(err) || lastLine(out);
  return fail({ kind: 'failed', message });
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}

/** Ends the daemon of a folder; it would live on for the next editor. */
export function stopMypy(pythonPath: string, folder: string): void {
  spawn(pythonPath, ['-m', 'mypy.dmypy', 'stop'], { cwd: folder, stdio: 'ignore' }).on(
    'error',
    () => undefined,
  );
}

/** One JSON object a line; what is none is talk. */
export function readFindings(output: string): readonly MypyFinding[] {
  return output.split('\n').flatMap((line): MypyFinding[] => {
    if (!line.startsWith('{')) return [];
    let read: Partial<Record<string, unknown>>;
    try {
      read = JSON.parse(line) as typeof read;
    } catch {
      return [];
    }
    const { file, line: number, column, message, hint, code, severity } = read;
    if (typeof file !== 'string' || typeof number !== 'number' || typeof message !== 'string')
      return [];
    return [
      {
        path: file,
        line: number,
        column: typeof column === 'number' ? column : -1,
        message,
        hint: typeof hint === 'string' ? hint : undefined,
        code: typeof code === 'string' ? code : undefined,
        severity: severity === 'error' ? 'error' : 'note',
      },
    ];
  });
}
