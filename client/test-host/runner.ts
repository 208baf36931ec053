/** Runs mocha inside the extension host. VS Code awaits `run`; a rejection becomes its exit code. */
import { writeFileSync } from 'node:fs';

interface Outcome {
  readonly state: 'passed' | 'failed';
  readonly title: string;
  readonly elapsedMs: number | undefined;
  readonly error?: string;
}

/** `load` imports the test files, once mocha's globals are there. */
export async function runMocha(load: () => Promise<unknown>): Promise<void> {
  const { default: Mocha } = await import('mocha');
  const { STRATA_HOST_GREP, STRATA_HOST_RESULTS } = process.env;
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
  if (STRATA_HOST_RESULTS) {
    writeFileSync(STRATA_HOST_RESULTS, JSON.stringify({ passed, failed, tests }, null, 1));
  }
  if (failed > 0 || passed === 0) throw new Error(`${failed} tests failed, ${passed} passed`);
}
