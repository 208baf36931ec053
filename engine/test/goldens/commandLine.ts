/** A golden file's statements through the command line, as a person or a script would run them. */
import { spawn } from 'node:child_process';
import type { Ran } from './goldens.ts';

interface Envelope {
  readonly schema?: readonly { readonly name: string; readonly type: string }[];
  readonly text?: string;
  readonly error?: { readonly class: string; readonly sqlState: string; readonly message: string };
}

/** What `strata sql -` answered to each statement, in order. */
export async function runByCommandLine(
  cliPath: string,
  statements: readonly string[],
  settings: Readonly<Record<string, string>>,
  tables: Readonly<Record<string, string>>,
): Promise<readonly Ran[]> {
  const options = [
    ...Object.entries(settings).flatMap(([key, value]) => ['--set', `${key}=${value}`]),
    ...Object.entries(tables).flatMap(([name, path]) => ['--view', `${name}=${path}`]),
  ];
  const args = [cliPath, 'sql', '-', '--output', 'jsonl', '--keep-going', ...options];
  // A statement that ends in a line comment must not take the semicolon into it.
  const sent = statements.filter((statement) => !opensComment(statement));
  const output = await outputOf(args, sent.map((statement) => `${statement}\n;\n`).join(''));
  const envelopes = output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Envelope);
  if (envelopes.length !== sent.length) {
    throw new Error(`${sent.length} statements, and ${envelopes.length} answers`);
  }
  const answers = envelopes.values();
  return statements.map((statement): Ran => {
    if (opensComment(statement)) return unsent;
    const { schema = [], text = '', error } = answers.next().value ?? {};
    return error === undefined
      ? {
          ok: true,
          schema: `struct<${schema.map(({ name, type }) => `${name}:${type}`).join(',')}>`,
          text,
          rows: text === '' ? [] : text.split('\n'),
        }
      : { ok: false, error: { kind: 'spark', ...error, parameters: {} } };
  });
}

/** A comment that nothing closes would take every statement behind it in. */
function opensComment(statement: string): boolean {
  const count = (mark: string) => statement.split(mark).length;
  return count('/*') > count('*/');
}

const unsent: Ran = {
  ok: false,
  error: {
    kind: 'spark',
    class: 'UNSUPPORTED_IN_A_SCRIPT',
    sqlState: '0A000',
    message: 'A comment that nothing closes.',
    parameters: {},
  },
};

function outputOf(args: readonly string[], input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    const parts: string[] = [];
    const errors: string[] = [];
    child.stdout.setEncoding('utf8').on('data', (part: string) => parts.push(part));
    child.stderr.setEncoding('utf8').on('data', (part: string) => errors.push(part));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 2) reject(new Error(errors.join('')));
      else resolve(parts.join(''));
    });
    child.stdin.end(input);
  });
}
