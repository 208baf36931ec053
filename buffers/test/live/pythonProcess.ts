/** A plain CPython that evaluates expressions among the names of a file, and answers as debugpy does. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { PythonEvaluator } from '#buffers/live/pythonMemory.ts';
import type { Disposable } from '#shared/result.ts';

export const fixture = (name: string) =>
  fileURLToPath(new URL(`../../../test-fixtures/python/live/${name}`, import.meta.url));

const isWindows = process.platform === 'win32';
/** What scripts/livePython.mjs makes, with NumPy, pandas, Arrow and debugpy in it. */
const environment = process.env.LIVE_PYTHON ?? join(homedir(), '.cache/strata/live-python');
const made = join(environment, isWindows ? 'Scripts/python.exe' : 'bin/python');
const isThere = (command: string) => spawnSync(command, ['--version']).status === 0;

/** With the packages of requirements.txt. */
export const fullPython = existsSync(join(environment, 'requirements.txt')) ? made : undefined;
export const anyPython =
  fullPython ?? [isWindows ? 'python' : 'python3'].find((command) => isThere(command));

export interface PythonProcess extends PythonEvaluator, Disposable {
  end(): Promise<void>;
}

export function startPython(python: string, file: string): PythonProcess {
  const child = spawn(python, ['-u', '-c', LOOP, file], { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting: ((text: string) => void)[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    waiting.shift()?.(JSON.parse(line) as string);
  });
  const exited = once(child, 'exit');
  return {
    evaluate: (expression) =>
      new Promise((resolve, reject) => {
        void exited.then(() => reject(new Error('the process ended')));
        waiting.push(resolve);
        child.stdin.write(`${JSON.stringify(expression)}\n`);
      }),
    async end() {
      child.stdin.end();
      await exited;
    },
    dispose: () => void child.stdin.end(),
  };
}

/** A raised exception is a result like any other, as debugpy has it in the context that does not cut. */
const LOOP = `
import json, runpy, sys
names = runpy.run_path(sys.argv[1], run_name='__main__')
for line in sys.stdin:
    try:
        text = repr(eval(json.loads(line), names))
    except Exception as error:
        text = repr(error)
    print(json.dumps(text), flush=True)
`;
