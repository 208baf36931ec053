// A real Apache Spark to ask: pyspark 4.0 in a process that answers a line for a line (scripts/sparkServer.py).
// SPARK_PYTHON names a Python with pyspark 4.0; without it one is made in a folder of the system's cache, once,
// from PyPI. Needs Java 17. SPARK_LOG=1 shows what Spark says.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './run.mjs';

/** The Python that has pyspark, made if it is missing. */
export function sparkPython() {
  if (process.env.SPARK_PYTHON) return process.env.SPARK_PYTHON;
  const environment = join(homedir(), '.cache/strata/pyspark-4.0');
  const found = join(environment, 'bin/python');
  if (!existsSync(found)) {
    execFileSync('python3', ['-m', 'venv', environment], { stdio: 'inherit' });
    execFileSync(found, ['-m', 'pip', 'install', 'pyspark==4.0.*', 'pandas==2.2.*'], {
      stdio: 'inherit',
    });
  }
  return found;
}

/** `ask` takes a request of sparkServer.py and resolves with its answer, in order; `stop` ends Spark. */
export function startSpark() {
  const server = spawn(sparkPython(), [join(root, 'scripts/sparkServer.py')], {
    stdio: ['pipe', 'pipe', process.env.SPARK_LOG ? 'inherit' : 'ignore'],
  });
  const answers = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
  return {
    async ask(request) {
      server.stdin.write(`${JSON.stringify(request)}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Error('Spark ended; SPARK_LOG=1 shows what it says');
      return JSON.parse(value);
    },
    stop: () => server.stdin.end(),
  };
}
