/** Runs mocha inside the extension host. VS Code awaits `run`; a rejection becomes its exit code. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

interface Outcome {
  readonly state: 'passed' | 'failed';
  readonly title: string;
  readonly elapsedMs: number | undefined;
  readonly error?: string;
}

interface Results {
  readonly passed: number;
  readonly failed: number;
  readonly tests: readonly Outcome[];
}

/**
 * `load` imports the test files, once mocha's globals are there. `role`: of several windows on one workspace, each of
 * which adds to a file of its own.
 */
export async function runMocha(load: () => Promise<unknown>, role?: string): Promise<void> {
  const { default: Mocha } = await import('mocha');
  const { STRATA_HOST_GREP, STRATA_HOST_RESULTS } = process.env;
  const results = role === undefined ? STRATA_HOST_RESULTS : `${STRATA_HOST_RESULTS}.${role}`;
  const mocha = new Mocha({
    ui: 'tdd',
    timeout: 60_000,
    color: false,
    forbidOnly: true,
    forbidPending: true,
    ...(STRATA_HOST_GREP ? { grep: STRATA_HOST_GREP } : {}),
  });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await load();
  const tests: Outcome[] = [];
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    runner.on('pass', (test) => {
      tests.push({ state: 'passed', title: test.fullTitle(), elapsedMs: test.duration });
    });
    runner.on('fail', (test, thrown: unknown) => {
      const error = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
      tests.push({ state: 'failed', title: test.fullTitle(), elapsedMs: test.duration, error });
    });
  });
  const failed = tests.filter(({ state }) => state === 'failed').length;
  const passed = tests.length - failed;
  if (results) {
    // What ran before the window was loaded again.
    const before = existsSync(results)
      ? (JSON.parse(readFileSync(results, 'utf8')) as Results)
      : { passed: 0, failed: 0, tests: [] };
    const all: Results = {
      passed: before.passed + passed,
      failed: before.failed + failed,
      tests: [...before.tests, ...tests],
    };
    writeFileSync(results, JSON.stringify(all, null, 1));
  }
  if (failed > 0 || passed === 0) throw new Error(`${failed} tests failed, ${passed} passed`);
}
