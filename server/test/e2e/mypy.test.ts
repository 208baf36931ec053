/** The user's own mypy beside us. A script stands in for the interpreter, and answers as mypy does. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Diagnostic } from 'vscode-languageserver/node';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { saysTheSame } from '../../src/handlers/mypy.ts';
import { readFindings, runMypy } from '../../src/session/mypy/mypyRun.ts';
import type { Editor } from './client.ts';
import { startEditor } from './client.ts';

// Processes start slowly where a whole suite runs beside them.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const root = mkdtempSync(join(tmpdir(), 'strata-mypy-'));
const editors: Editor[] = [];
afterAll(async () => {
  await Promise.all(editors.map((each) => each.close()));
  rmSync(root, { recursive: true, force: true });
});

const source = `def half(n: int) -> int:
    return n / 2

class Model: ...
Model().objects
Model().other
`;

/** What both find, and what only a plugin of mypy knows. */
const answers = [
  { line: 2, column: 11, code: 'return-value', message: 'Incompatible return value type' },
  { line: 4, column: 0, code: 'misc', message: 'A plugin knows this' },
].map((each) => JSON.stringify({ file: 'app.py', hint: null, severity: 'error', ...each }));

function project(name: string, script: string): { readonly folder: string; readonly ran: string } {
  const folder = join(root, name);
  const ran = join(folder, 'ran');
  mkdirSync(join(folder, '.venv/bin'), { recursive: true });
  writeFileSync(join(folder, '.venv/pyvenv.cfg'), 'version = 3.12.1\n');
  writeFileSync(join(folder, '.venv/bin/python'), `#!/bin/sh\n${script.replaceAll('RAN', ran)}`);
  chmodSync(join(folder, '.venv/bin/python'), 0o755);
  writeFileSync(join(folder, 'app.py'), source);
  return { folder, ran };
}

const found = `case "$*" in *dmypy*run*) echo run >> 'RAN'
cat <<'END'
${answers.join('\n')}
END
exit 1;; esac
exit 1
`;

async function open(folder: string, settings: object): Promise<Editor> {
  const editor = await startEditor({ transport: 'ipc', folder, settings });
  editors.push(editor);
  editor.open(pathToFileURL(join(folder, 'app.py')).href, source);
  return editor;
}

const texts = (all: readonly Diagnostic[]) =>
  all
    .filter(({ severity }) => severity === 1)
    .map(({ range, source: from, code }) => `${range.start.line} ${String(from)} ${String(code)}`)
    .sort();

describe.runIf(process.platform !== 'win32')('with strata.typing.mypy on', () => {
  it('what mypy alone finds is added, and what both find is shown once', async () => {
    const { folder } = project('merged', found);
    const editor = await open(folder, { trusted: true, mypy: 'on' });
    const last = await editor.untilPublished(
      ({ diagnostics }) =>
        texts(diagnostics).includes('3 mypy misc') &&
        texts(diagnostics).includes('1 pyright reportReturnType'),
    );
    expect(texts(last.diagnostics)).toEqual([
      '1 pyright reportReturnType',
      '3 mypy misc',
      '4 pyright reportAttributeAccessIssue',
      '5 pyright reportAttributeAccessIssue',
    ]);
    // It goes where it is turned off.
    const from = editor.published.length;
    void editor.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { trusted: true, mypy: 'off' },
    });
    await editor.untilPublished(
      ({ diagnostics }) => !texts(diagnostics).includes('3 mypy misc'),
      from,
    );
  });

  it('nothing is run without trust', async () => {
    const { folder, ran } = project('untrusted', found);
    const editor = await open(folder, { trusted: false, mypy: 'on' });
    await editor.untilPublished(({ diagnostics }) => texts(diagnostics).length === 3);
    expect(existsSync(ran)).toBe(false);
  });

  it('says once that it is not installed', async () => {
    const { folder } = project('absent', `echo "No module named mypy" >&2\nexit 1\n`);
    const messages: string[] = [];
    const editor = await startEditor({
      transport: 'ipc',
      folder,
      settings: { trusted: true, mypy: 'on' },
    });
    editors.push(editor);
    const said = new Promise<void>((resolve) => {
      editor.connection.onNotification('window/showMessage', ({ message }: { message: string }) => {
        messages.push(message);
        resolve();
      });
    });
    editor.open(pathToFileURL(join(folder, 'app.py')).href, source);
    await said;
    expect(messages.join()).toContain('mypy is not installed');
  });
});

describe.runIf(process.platform !== 'win32')('where mypy could not look', () => {
  const run = (name: string, finding: object) => {
    const answer = JSON.stringify({ column: 0, severity: 'error', hint: null, ...finding });
    const { folder } = project(name, `echo '${answer}'\necho "of the daemon" >&2\nexit 2\n`);
    const { signal } = new AbortController();
    return runMypy(join(folder, '.venv/bin/python'), folder, ['app.py'], signal);
  };

  it('a mistake of syntax is a finding, and no failure', async () => {
    const syntax = { file: 'app.py', line: 1, code: 'syntax', message: 'Expected a name' };
    expect(await run('syntax', syntax)).toMatchObject({ ok: true, value: [{ code: 'syntax' }] });
  });

  it('a plugin that is not there is the reason', async () => {
    const plugin = {
      file: 'mypy.ini',
      line: 2,
      code: 'misc',
      message: 'Error importing plugin "x"',
    };
    expect(await run('plugin', plugin)).toEqual({
      ok: false,
      error: { kind: 'failed', message: 'mypy.ini: Error importing plugin "x".' },
    });
  });
});

it('leaves a second mistake of the same line', () => {
  const at = (code: string, start: number, end: number): Diagnostic => ({
    range: { start: { line: 8, character: start }, end: { line: 8, character: end } },
    message: '',
    code,
  });
  const others = [at('reportCallIssue', 13, 18), at('reportArgumentType', 30, 33)];
  // `User(id="1", extra=3)`: pyright stops at the argument that nobody takes.
  expect(saysTheSame(at('call-arg', 0, 1), others)).toBe(true);
  expect(saysTheSame(at('arg-type', 8, 9), others.slice(0, 1))).toBe(false);
  // The default of a parameter has another name in each.
  expect(saysTheSame(at('assignment', 30, 31), others)).toBe(true);
  expect(saysTheSame(at('assignment', 4, 5), others)).toBe(false);
  expect(saysTheSame(at('return-value', 13, 14), others)).toBe(false);
});

it('reads findings among other talk', () => {
  const output = `Daemon started\n${answers.join('\n')}\n{"file": 3}\n{broken\n`;
  expect(readFindings(output).map(({ line, code }) => `${line} ${String(code)}`)).toEqual([
    '2 return-value',
    '4 misc',
  ]);
});
