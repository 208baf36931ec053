// A Python with debugpy, NumPy, pandas and Arrow, in which live buffers are tested: an environment of its own in a
// folder of the system's cache (or LIVE_PYTHON). `node scripts/livePython.mjs` makes it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root, SetupError } from './run.mjs';

const isWindows = process.platform === 'win32';
const environment = process.env.LIVE_PYTHON ?? join(homedir(), '.cache/strata/live-python');

/** Makes what is missing; raises a SetupError that says why where it can't. */
export function makeLivePython() {
  const requirements = join(root, 'test-fixtures/python/live/requirements.txt');
  const wanted = readFileSync(requirements, 'utf8');
  // Written last: an installation that was broken off is begun again.
  const stamp = join(environment, 'requirements.txt');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  mkdirSync(dirname(environment), { recursive: true });
  const python = join(environment, isWindows ? 'Scripts/python.exe' : 'bin/python');
  run(isWindows ? 'python' : 'python3', ['-m', 'venv', environment]);
  run(python, ['-m', 'pip', 'install', '-q', '--only-binary', ':all:', '-r', requirements]);
  writeFileSync(stamp, wanted);
}

function run(command, args) {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0)
    throw new SetupError(error?.message ?? stderr.trim().split('\n').at(-1) ?? `${command} failed`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) makeLivePython();
