/** A project's own files decide how it is checked, and mistakes in them are said in them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it, vi } from 'vitest';
import type { Editor, Published } from './client.ts';
import { startEditor } from './client.ts';

// Processes start slowly where a whole suite runs beside them.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const roots: string[] = [];
const editors: Editor[] = [];
afterAll(async () => {
  await Promise.all(editors.map((each) => each.close()));
  for (const root of roots) rmSync(root, { recursive: true, force: true });
});

const source = `import json
import sys
import not_there.part
import neither


def plain(a, b=0):
    return a


def partly(a: int, b) -> int:
    return json.loads("1")


if sys.version_info >= (3, 11):
    newer: int = ""
`;

/** A project of these files; the findings in those that are Python, and in the configuration. */
async function check(
  files: Readonly<Record<string, string>>,
  open: readonly string[],
): Promise<Readonly<Record<string, readonly string[]>>> {
  const root = mkdtempSync(join(tmpdir(), 'strata-project-'));
  roots.push(root);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  const editor = await startEditor({ transport: 'ipc', folder: root });
  editors.push(editor);
  const uriOf = (name: string) => pathToFileURL(join(root, name)).href;
  for (const name of open) editor.open(uriOf(name), files[name] ?? '');
  await editor.untilStatus(({ state }) => state === 'checking');
  await editor.untilStatus(({ state }) => state === 'ready');
  return Object.fromEntries(
    Object.keys(files).map((name) => {
      const last = editor.published.findLast(({ uri }) => uri === uriOf(name));
      return [name, last ? shown(last) : []];
    }),
  );
}

/** `line rule` of errors and warnings. */
function shown({ diagnostics }: Published): readonly string[] {
  return diagnostics
    .filter(({ severity }) => severity === 1 || severity === 2)
    .map(({ range, code }) => `${range.start.line} ${String(code)}`)
    .sort();
}

it('mypy.ini: version, rules, imports that may be missing, and a section that is wrong', async () => {
  const found = await check(
    {
      'mypy.ini': `[mypy]
python_version = 3.10
warn_return_any = True
disallow_untyped_defs = True
[mypy-not_there.*]
ignore_missing_imports = True
[mypy.plugins.numpy.ndarray]
plugin_is_available = True
`,
      'app.py': source,
    },
    ['app.py'],
  );
  expect(found['app.py']).toEqual([
    '10 untyped-definition',
    '11 returns-any',
    '3 reportMissingImports',
    '6 untyped-definition',
  ]);
  expect(found['mypy.ini']).toEqual(['6 mypy-config']);
});

it('[tool.mypy]: sections of single modules', async () => {
  const found = await check(
    {
      'pyproject.toml': `[tool.mypy]
ignore_missing_imports = true
disallow_incomplete_defs = true
[[tool.mypy.overrides]]
module = "pkg.old.*"
ignore_errors = true
[[tool.mypy.overrides]]
module = ["pkg.new"]
disallow_untyped_defs = true
`,
      'app.py': source,
      'pkg/__init__.py': '',
      'pkg/old/code.py': source,
      'pkg/new.py': source,
    },
    ['app.py', 'pkg/old/code.py', 'pkg/new.py'],
  );
  expect(found).toMatchObject({
    'app.py': ['10 incomplete-definition', '15 reportAssignmentType'],
    'pkg/old/code.py': [],
    'pkg/new.py': ['10 untyped-definition', '15 reportAssignmentType', '6 untyped-definition'],
  });
});

it("pyright's own configuration wins over mypy's", async () => {
  const found = await check(
    {
      'pyrightconfig.json': '{ "reportMissingImports": false, "pythonVersion": "3.10" }',
      'mypy.ini': '[mypy]\ndisallow_untyped_defs = True\n',
      'app.py': source,
    },
    ['app.py'],
  );
  expect(found['app.py']).toEqual([]);
});

it('the version of an environment in the folder counts where nothing else names one', async () => {
  const environment = { '.venv/pyvenv.cfg': 'version = 3.10.9\n', '.venv/bin/python': '' };
  const without = await check({ ...environment, 'app.py': source }, ['app.py']);
  expect(without['app.py']).not.toContain('15 reportAssignmentType');
  const required = '[project]\nrequires-python = ">=3.12"\n';
  const withOne = await check({ ...environment, 'pyproject.toml': required, 'app.py': source }, [
    'app.py',
  ]);
  expect(withOne['app.py']).toContain('15 reportAssignmentType');
});
