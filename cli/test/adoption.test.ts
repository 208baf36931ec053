/** What helps a project to become typed: baseline, coverage, and reports for CI. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

// Processes start slowly where a whole suite runs beside them.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strata-adoption-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

function start(args: readonly string[]) {
  const cli = join(process.env.STRATA_DIST ?? '', 'cli.js');
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, VIRTUAL_ENV: '' },
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, out, err }));
  });
  return { child, ended, output: () => out };
}

const strata = (...args: readonly string[]) => start(args).ended;

const wrong = 'import struct\nstruct.unpack("<Q", b"1234")\n';

describe('a baseline', () => {
  it('accepts what is there, also after it has moved', async () => {
    write({ 'a.py': wrong });
    const written = await strata('check', '--no-pyright', '--write-baseline');
    expect(written).toMatchObject({ code: 0 });
    expect(written.out).toContain('beyond the baseline, which accepts 1');
    write({ 'a.py': `# moved\n\n${wrong}` });
    expect(await strata('check', '--no-pyright', '--baseline')).toMatchObject({ code: 0 });
    expect(await strata('check', '--no-pyright')).toMatchObject({ code: 1 });
  });

  it('reports the second of what it accepts once', async () => {
    write({ 'a.py': wrong });
    await strata('check', '--no-pyright', '--write-baseline', '--baseline', 'accepted.json');
    write({ 'a.py': `${wrong}struct.unpack("<Q", b"1234")\n` });
    const { code, out } = await strata(
      ...['check', 'a.py', '--no-pyright', '--baseline', 'accepted.json', '--output', 'json'],
    );
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      diagnostics: [{ rule: 'struct-size', range: { start: { line: 2 } } }],
      baseline: { accepted: 1, gone: 0 },
    });
  });

  it('says what is gone, and keeps the files that were not looked at', async () => {
    write({ 'a.py': wrong, 'b.py': wrong });
    await strata('check', '--no-pyright', '--write-baseline');
    write({ 'a.py': '' });
    const { out } = await strata('check', '--no-pyright', '--baseline');
    expect(out).toContain('1 of it is gone');
    await strata('check', 'a.py', '--no-pyright', '--write-baseline');
    const kept = JSON.parse(readFileSync(join(folder, 'strata-baseline.json'), 'utf8')) as {
      findings: object;
    };
    expect(Object.keys(kept.findings)).toEqual(['b.py']);
  });

  it('is refused by name when it is missing or something else', async () => {
    write({ 'a.py': wrong, 'other.json': '{"version": 7}' });
    expect(await strata('check', '--no-pyright', '--baseline', 'none.json')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--write-baseline makes it') as string,
    });
    expect(await strata('check', '--no-pyright', '--baseline', 'other.json')).toMatchObject({
      code: 2,
      err: expect.stringContaining('no baseline of this version') as string,
    });
  });
});

describe('strata check', () => {
  it('speaks SARIF', async () => {
    write({ 'src/a b.py': wrong });
    const { code, out } = await strata('check', '--no-pyright', '--output', 'sarif');
    expect(code).toBe(1);
    const { runs } = JSON.parse(out) as { runs: readonly { results: readonly object[] }[] };
    expect(runs[0]?.results).toMatchObject([
      {
        ruleId: 'struct-size',
        ruleIndex: 0,
        level: 'error',
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'src/a%20b.py', uriBaseId: 'ROOT' },
              region: { startLine: 2, startColumn: 1 },
            },
          },
        ],
      },
    ]);
  });

  it('takes patterns that the shell left alone', async () => {
    write({ 'src/deep/a.py': wrong, 'src/b.py': wrong, 'test/c.py': wrong });
    const { out } = await strata(...['check', 'src/**/*.py', '--no-pyright', '--output', 'json']);
    expect(JSON.parse(out)).toMatchObject({ files: ['src/b.py', 'src/deep/a.py'] });
    expect(await strata('check', 'nowhere/*.py', '--no-pyright')).toMatchObject({ code: 2 });
  });

  it('does not fail for a note', async () => {
    write({
      'a.py':
        'from abc import ABC, abstractmethod\nclass Animal(ABC):\n    @abstractmethod\n    def a(self) -> None: ...\n    @abstractmethod\n    def b(self) -> None: ...\nclass Cat(Animal):\n    def a(self) -> None: ...\n',
    });
    const { code, out } = await strata('check');
    expect(out).toContain('abstract-class');
    expect(code).toBe(0);
  });

  it('looks again when a file changes, until it is interrupted', async () => {
    write({ 'a.py': wrong });
    const { child, ended, output } = start(['check', '--no-pyright', '--watch']);
    await vi.waitFor(() => expect(output()).toContain('1 error'), { timeout: 30_000 });
    // The first report may come before the folder is watched.
    await vi.waitFor(
      () => {
        write({ 'a.py': '' });
        expect(output()).toContain('No problems');
      },
      { timeout: 30_000, interval: 500 },
    );
    child.kill('SIGINT');
    expect((await ended).code).toBe(0);
  });
});

describe('strata coverage', () => {
  const source = `def helper(x): return x
class A:
    def __init__(self, x: int, *rest): ...
    @staticmethod
    def s(x: int, y=helper) -> None: ...
    def m(self, *, k: str, l):
        return helper(k) or helper(l)
    async def n(self, /, z: "int") -> "str": return ""
lambda q: q
`;

  it('counts parameters and results, by file, class and function', async () => {
    write({ 'a.py': source, 'empty.py': '' });
    const { code, out } = await strata('coverage', '--output', 'json');
    expect(code).toBe(0);
    const { files } = JSON.parse(out) as {
      files: { file: string; symbols: { name: string; annotated: number; total: number }[] }[];
    };
    expect(files).toMatchObject([
      { file: 'a.py', annotated: 6, total: 12 },
      { file: 'empty.py', annotated: 0, total: 0, symbols: [] },
    ]);
    expect(
      files[0]?.symbols.map(({ name, annotated, total }) => `${name} ${annotated}/${total}`),
    ).toEqual(['helper 0/2', 'A 6/10', 'A.__init__ 1/2', 'A.s 2/3', 'A.m 1/3', 'A.n 2/2']);
  });

  it('names first what is called most and lacks most', async () => {
    write({ 'a.py': source });
    const { out } = await strata('coverage');
    expect(out).toMatch(/Worth annotating next\n {2}a\.py:1 {2}helper {2}0 of 2, called 2 times/);
    expect(out).toContain('50 % of parameters and results are annotated: 6 of 12, in 1 file');
  });

  it('fails under the share that is asked for', async () => {
    write({ 'a.py': source });
    expect(await strata('coverage', '--fail-under', '51')).toMatchObject({ code: 1 });
    expect(await strata('coverage', '--fail-under', '50')).toMatchObject({ code: 0 });
    expect(await strata('coverage', '--fail-under', 'half')).toMatchObject({ code: 2 });
  });
});
