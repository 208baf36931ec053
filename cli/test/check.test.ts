import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CheckReport } from '../src/checkReport.ts';
import { checkText } from '../src/checkReport.ts';
import { globToRegExp } from '../src/pythonFiles.ts';

// Processes start slowly where a whole suite runs beside them.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const course = `import struct

def half(n: int) -> int:
    return n / 2

struct.pack_into('QdQ', bytearray(16), 0, 1, 2.0, 3)
`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'strata-check-'));
  const files = {
    'course.py': course,
    'fine.py': 'def twice(n: int) -> int:\n    return n * 2\n',
    'package/__init__.py': '',
    'package/uses.py': 'from package.broken import value\n\nname: str = value\n',
    'package/broken.py': 'value = 1\nx = (\n',
    'package/node_modules/skipped.py': 'x: int = ""\n',
    'package/.hidden/skipped.py': 'x: int = ""\n',
    'astral.py': '"😀"; x: int = ""\n',
    'latin.py': Buffer.from('# coding: latin-1\nname = "\xe9"\nn: int = name\n', 'latin1'),
    'modern/pyproject.toml': '[project]\nname = "modern"\nrequires-python = ">=3.11"\n',
    'modern/override.py': 'from typing import override\n',
    'strict/pyrightconfig.json': '{"typeCheckingMode": "strict"}',
    'strict/untyped.py': 'def f(x):\n    return x\n',
    'configured/mypy.ini': '[mypy]\nstrikt = True\n[mypy.plugins.numpy.ndarray]\n',
    'configured/fine.py': 'n = 1\n',
    'newest.py': 'from typing import TypeIs\n',
    'notes.txt': '',
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function strata(
  args: readonly string[],
  cli = join(process.env.STRATA_DIST ?? '', 'cli.js'),
): Promise<Outcome> {
  return new Promise<Outcome>((resolve) => {
    const child = spawn(process.execPath, [cli, ...args], {
      cwd: folder,
      env: { ...process.env, VIRTUAL_ENV: '' },
    });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

const found = (report: CheckReport) =>
  report.diagnostics.map(
    ({ file, range, source, rule }) =>
      `${file}:${range.start.line}:${range.start.character} ${source} ${String(rule)}`,
  );

async function report(...args: string[]): Promise<CheckReport> {
  const { out, err } = await strata(['check', '--output', 'json', ...args]);
  expect(err).toBe('');
  return JSON.parse(out) as CheckReport;
}

describe('strata check', () => {
  it('prints what pyright and our rules found, as it is documented', async () => {
    const { code, out } = await strata(['check', 'course.py', 'fine.py', '--output', 'json']);
    expect(code).toBe(1);
    const { diagnostics, files, summary, version } = JSON.parse(out) as CheckReport;
    expect(version).toMatch(/^\d+\.\d+\.\d+/);
    expect(files).toEqual(['course.py', 'fine.py']);
    expect(summary).toMatchObject({ files: 2, errors: 2, warnings: 0, informations: 0 });
    expect(diagnostics).toEqual([
      {
        file: 'course.py',
        range: { start: { line: 3, character: 11 }, end: { line: 3, character: 16 } },
        severity: 'error',
        source: 'pyright',
        rule: 'reportReturnType',
        message: expect.stringContaining('"float"') as string,
      },
      {
        file: 'course.py',
        range: { start: { line: 5, character: 0 }, end: { line: 5, character: 52 } },
        severity: 'error',
        source: 'strata',
        rule: 'struct-size',
        message: expect.stringContaining('at least 24 bytes') as string,
      },
    ]);
  });

  it('walks folders, leaving out what is hidden or installed, and reads other encodings', async () => {
    const all = await report('.', '--exclude', 'strict', '--exclude', 'mod*/**');
    expect(all.files).toEqual([
      'astral.py',
      'configured/fine.py',
      'course.py',
      'fine.py',
      'latin.py',
      'newest.py',
      'package/__init__.py',
      'package/broken.py',
      'package/uses.py',
    ]);
    expect(found(all)).toEqual([
      // In UTF-16 units: the emoji has two.
      'astral.py:0:15 pyright reportAssignmentType',
      'course.py:3:11 pyright reportReturnType',
      'course.py:5:0 strata struct-size',
      'latin.py:2:9 pyright reportAssignmentType',
      'package/broken.py:1:4 pyright null',
      'package/broken.py:2:0 pyright null',
      'package/uses.py:2:12 pyright reportAssignmentType',
    ]);
  });

  it('takes the Python version from the option, then the project, then the newest', async () => {
    const unknownSymbol = 'modern/override.py:0:19 pyright reportAttributeAccessIssue';
    expect(found(await report('modern'))).toEqual([unknownSymbol]);
    expect(found(await report('modern', '--python-version', '3.12'))).toEqual([]);
  });

  it('lets the option win over a configuration file', async () => {
    expect((await report('strict')).diagnostics.length).toBeGreaterThan(0);
    expect(found(await report('strict', '--level', 'basic'))).toEqual([]);
  });

  it('says what is wrong in the files that configure the check', async () => {
    const { code, out } = await strata(['check', 'configured', '--output', 'json']);
    const { diagnostics } = JSON.parse(out) as CheckReport;
    expect(code).toBe(1);
    expect(diagnostics.map(({ file, range, rule }) => [file, range.start.line, rule])).toEqual([
      ['configured/mypy.ini', 1, 'mypy-config'],
      ['configured/mypy.ini', 2, 'mypy-config'],
    ]);
  });

  it('exits 0 with nothing to say', async () => {
    const { code, out } = await strata(['check', 'fine.py', '--no-pyright']);
    expect(out).toMatch(/^No problems in 1 file \(\d+\.\d s\)\n$/);
    expect(code).toBe(0);
  });

  it('gives our own findings alone where they are asked for', async () => {
    expect(found(await report('course.py', '--no-pyright'))).toEqual([
      'course.py:5:0 strata struct-size',
    ]);
  });

  it.each([
    [['missing.py'], "there is no file or folder 'missing.py'"],
    [['notes.txt'], "'notes.txt' is not a Python file"],
    [['--level', 'hard'], '--level is one of off, basic, standard, strict'],
    [['--python-version', 'three'], '--python-version is of the form 3.12'],
    [['--output', 'xml'], "--output is text, json or sarif, not 'xml'"],
    [['--colour'], "Unknown option '--colour'"],
    [['course.py', '--exclude', '*.py'], 'there are no Python files in course.py'],
  ])('can not run with %j and says why in one line', async (args, reason) => {
    const { code, out, err } = await strata(['check', ...args]);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(reason);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  it('prints our findings where pyright is missing, and says that it is', async () => {
    const alone = join(folder, '.alone');
    mkdirSync(alone);
    for (const name of ['cli.js', 'server.js', 'pyrightProcess.js'])
      copyFileSync(join(process.env.STRATA_DIST ?? '', name), join(alone, name));
    const check = (file: string) =>
      strata(['check', file, '--output', 'json'], join(alone, 'cli.js'));
    const { code, out, err } = await check('course.py');
    const printed = JSON.parse(out) as CheckReport;
    expect(found(printed)).toEqual(['course.py:5:0 strata struct-size']);
    expect(printed.typeCheckerMessage).toContain('pyright package is not installed');
    expect(err).toContain('types were not checked');
    expect(code).toBe(1);
    // Nothing found is not the same as nothing wrong.
    expect((await check('fine.py')).code).toBe(2);
  });
});

describe('the text', () => {
  const one: CheckReport = {
    version: '1.0.0',
    files: ['a.py'],
    diagnostics: [
      {
        file: 'a.py',
        range: { start: { line: 8, character: 0 }, end: { line: 8, character: 3 } },
        severity: 'error',
        source: 'strata',
        rule: 'struct-size',
        message: 'too short\n  by far',
      },
      {
        file: 'a.py',
        range: { start: { line: 11, character: 4 }, end: { line: 11, character: 5 } },
        severity: 'warning',
        source: 'pyright',
        rule: null,
        message: 'odd',
      },
    ],
    summary: { files: 1, errors: 1, warnings: 1, informations: 0, elapsedMs: 1234 },
  };

  it('is grouped by file, with one-based places', () => {
    expect(checkText(one, false).split('\n')).toEqual([
      'a.py',
      '  9:1   error        too short  strata struct-size',
      '                     by far',
      '  12:5  warning      odd',
      '',
      '1 error, 1 warning in 1 file (1.2 s)',
      '',
    ]);
  });

  it('has colours for a terminal only', () => {
    expect(checkText(one, true)).toContain('\x1b[31merror');
    expect(checkText(one, false)).not.toContain('\x1b');
  });
});

describe('--exclude', () => {
  it.each([
    ['tests', 'src/tests/a.py', true],
    ['tests/', 'tests/a.py', true],
    ['*_pb2.py', 'a/b/x_pb2.py', true],
    ['src/*.py', 'src/a.py', true],
    ['src/*.py', 'src/b/a.py', false],
    ['./src/**', 'src/b/a.py', true],
    ['**/gen/**', 'a/gen/b.py', true],
    ['a.py', 'axpy', false],
    ['a+(b).py', 'a+(b).py', true],
  ])('%s and %s: %s', (glob, path, matches) => {
    expect(globToRegExp(glob).test(path)).toBe(matches);
  });
});
