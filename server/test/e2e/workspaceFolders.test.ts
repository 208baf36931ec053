/** Two folders of one workspace are two projects: each has its own settings, environment and modules. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, it, vi } from 'vitest';
import type { Editor, Published } from './client.ts';
import { startEditor } from './client.ts';

// Processes start slowly where a whole suite runs beside them.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const root = mkdtempSync(join(tmpdir(), 'strata-folders-'));
const packages = '.venv/lib/python3.11/site-packages';
const source = `import sys
import alone_here
import shipped

def plain(a):
    return a

if sys.version_info >= (3, 11):
    newer: int = ""

alone_here.answer.upper()
shipped.size.bit_length()
`;

const files: Readonly<Record<string, string>> = {
  'old/mypy.ini': '[mypy]\npython_version = 3.10\ndisallow_untyped_defs = True\n',
  'old/alone_here.py': 'answer = ""\n',
  'old/shipped.py': 'size = ""\n',
  'old/a.py': source,
  // Settings of pyright's own, and an environment with a package that the other folder has as a module.
  'new/pyrightconfig.json': '{ "pythonVersion": "3.13", "reportMissingImports": "warning" }',
  'new/.venv/pyvenv.cfg': 'home = /usr/bin\nversion = 3.11.7\n',
  [`new/${packages}/shipped/__init__.py`]: 'size: int = 1\n',
  [`new/${packages}/shipped/py.typed`]: '',
  'new/a.py': source,
  'later/a.py': source,
};

let editor: Editor;
const uriOf = (name: string) => pathToFileURL(join(root, name)).href;
const folderOf = (name: string) => ({ uri: uriOf(name), name });

beforeAll(async () => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  // An interpreter, as far as it is asked: where its packages are.
  const python = join(root, 'new/.venv/bin/python');
  mkdirSync(dirname(python));
  const answer = JSON.stringify({ path: [join(root, `new/${packages}`)], prefix: '/' });
  writeFileSync(python, `#!/bin/sh\necho '${answer}'\n`);
  chmodSync(python, 0o755);
  editor = await startEditor({
    transport: 'ipc',
    folders: [folderOf('old'), folderOf('new')],
    settings: { trusted: true },
    env: { VIRTUAL_ENV: '' },
  });
});
afterAll(async () => {
  await editor.close();
  rmSync(root, { recursive: true, force: true });
});

/** `line severity rule` of errors and warnings. */
function shown({ diagnostics }: Published): readonly string[] {
  return diagnostics
    .filter(({ severity }) => severity === 1 || severity === 2)
    .map(({ range, severity, code }) => `${range.start.line} ${String(severity)} ${String(code)}`)
    .sort();
}

async function expectFindings(name: string, findings: readonly string[]): Promise<void> {
  const uri = uriOf(name);
  const wanted = [...findings].sort().join();
  await editor.untilPublished((each) => each.uri === uri && shown(each).join() === wanted);
}

const inOld = ['4 1 untyped-definition', '11 1 reportAttributeAccessIssue'];
const inNew = ['1 2 reportMissingImports', '8 1 reportAssignmentType'];

it.runIf(process.platform !== 'win32')(
  'are checked as their own files say, side by side',
  async () => {
    editor.open(uriOf('old/a.py'), source);
    editor.open(uriOf('new/a.py'), source);
    await expectFindings('old/a.py', inOld);
    await expectFindings('new/a.py', inNew);
  },
);

it('come and go', async () => {
  await editor.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
    event: { added: [folderOf('later')], removed: [] },
  });
  editor.open(uriOf('later/a.py'), source);
  await expectFindings('later/a.py', [
    '1 1 reportMissingImports',
    '2 1 reportMissingImports',
    '8 1 reportAssignmentType',
  ]);
  const before = editor.published.length;
  await editor.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
    event: { added: [], removed: [folderOf('later')] },
  });
  editor.change(uriOf('old/a.py'), 2, source.replace('def plain(a)', 'def plain(a: int) -> int'));
  await editor.untilPublished(
    (each) =>
      each.uri === uriOf('old/a.py') &&
      each.version === 2 &&
      shown(each).join() === '11 1 reportAttributeAccessIssue',
    before,
  );
});
