/** What CI of a Python project runs: the pre-commit hook's entry, and the last step of the GitHub Action. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

// Processes start slowly where a whole suite runs beside them.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const root = fileURLToPath(new URL('../../', import.meta.url));
const cli = () => join(process.env.STRATA_DIST ?? '', 'cli.js');
const wrong = 'import struct\nstruct.unpack("<Q", b"1234")\n';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strata-ci-'));
  writeFileSync(join(folder, 'wrong.py'), wrong);
  writeFileSync(join(folder, 'right.py'), 'x: int = 1\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.runIf(process.platform !== 'win32')('the pre-commit hook', () => {
  const hooks = readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8');
  const entry = /^ {2}entry: (.*)$/m.exec(hooks)?.[1]?.split(' ') ?? [];

  /** As pre-commit runs it: the entry, its arguments, then the files that are staged. */
  const run = (...files: readonly string[]) => {
    const [name = '', ...args] = entry;
    const bin = join(folder, name);
    writeFileSync(bin, `#!/bin/sh\nexec node '${cli()}' "$@"\n`, { mode: 0o755 });
    return spawnSync(bin, [...args, '--no-pyright', ...files], { cwd: folder, encoding: 'utf8' });
  };

  it('runs what the package installs', () => {
    const { bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      bin: Readonly<Record<string, string>>;
    };
    expect(Object.keys(bin)).toContain(entry[0]);
    expect(hooks).toMatch(/^ {2}types_or: \[python, pyi\]$/m);
  });

  it('stops a commit of what is wrong, and of nothing else', () => {
    expect(run('right.py').status).toBe(0);
    const { status, stdout } = run('right.py', 'wrong.py');
    expect(status).toBe(1);
    expect(stdout).toContain('struct-size');
  });
});

describe.runIf(process.platform !== 'win32')('the GitHub Action', () => {
  const action = readFileSync(join(root, 'action.yml'), 'utf8');

  const run = (inputs: Readonly<Record<string, string>>) => {
    // As the runner does it: every input in the variable that the step names for it.
    const env: Record<string, string> = {};
    for (const [, variable = '', input = ''] of action.matchAll(
      /^ {8}(STRATA_\w+): \$\{\{ inputs\.(\w+) \}\}$/gm,
    ))
      env[variable] = inputs[input] ?? '';
    env.STRATA_CLI = cli();
    return spawnSync('bash', [join(root, '.ci/check.sh')], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, ...env },
    });
  };
  const arguments_ = '--no-pyright';

  it('prints for people, reports for code scanning, and fails', () => {
    const inputs = { paths: 'right.py wrong.py', arguments: arguments_, sarif: 'out.sarif' };
    const { status, stdout } = run(inputs);
    expect(status).toBe(1);
    expect(stdout).toContain('1 error in 2 files');
    const { runs } = JSON.parse(readFileSync(join(folder, 'out.sarif'), 'utf8')) as {
      runs: readonly { results: readonly unknown[] }[];
    };
    expect(runs[0]?.results).toHaveLength(1);
  });

  it('passes with a baseline, and says when it can not run', () => {
    execFileSync(process.execPath, [cli(), 'check', '--no-pyright', '--write-baseline'], {
      cwd: folder,
    });
    const inputs = { paths: '.', arguments: arguments_, sarif: 'out.sarif' };
    expect(run({ ...inputs, baseline: 'strata-baseline.json' }).status).toBe(0);
    expect(run({ ...inputs, paths: 'missing' }).status).toBe(2);
  });
});
