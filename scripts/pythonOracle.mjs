// Asks CPython, NumPy, pandas and Pillow again what the fixtures of the rules on buffers claim, and keeps the answers.
// The packages of test-fixtures/python/buffers/requirements.txt are installed in an environment of their own.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { root } from './run.mjs';

const environment = join(homedir(), '.cache/strata-python-oracle');
const isWindows = process.platform === 'win32';
const python = join(environment, isWindows ? 'Scripts/python.exe' : 'bin/python');
const run = (command, args, env = {}) =>
  execFileSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });

if (!existsSync(python)) run(isWindows ? 'python' : 'python3', ['-m', 'venv', environment]);
run(python, ['-m', 'pip', 'install', '-q', '-r', 'test-fixtures/python/buffers/requirements.txt']);
run(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', 'server/test/rules'],
  {
    STRATA_PYTHON: python,
    UPDATE: '1',
  },
);
