// `npm run check`: everything that can be told without running the product. Each step is one passed or failed test.
import { node, npm, SetupError, tool } from './run.mjs';
import { packages } from './setup.mjs';

export const steps = [
  ['types', () => tool('typescript/bin/tsc', ['-b'])],
  ['lint', () => tool('eslint/bin/eslint.js', ['--cache', '--cache-location', 'out/eslint/', '.'])],
  ['format', () => tool('prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.'])],
  [
    'layers',
    () =>
      tool('dependency-cruiser/bin/dependency-cruise.mjs', [
        '--config',
        '.dependency-cruiser.cjs',
        'shared/src',
        'sql/src',
        'engine/src',
        'buffers/src',
        'server/src',
        'client/src',
        'webviews/src',
        'cli/src',
      ]),
  ],
  // Outside the lock file: with knip inside, npm 11 writes a lock that its own `npm ci` rejects.
  [
    'dead code',
    () => npm(['exec', '--yes', '--package=knip@6.44.2', '--', 'knip', '--no-progress']),
  ],
  ['tidy', () => node(['scripts/tidy.mjs'])],
];

/** Runs the steps, all of them, and tells how many passed. */
export async function check() {
  const failed = [];
  for (const [name, step] of steps) {
    const began = performance.now();
    const code = await step();
    console.log(
      `${code === 0 ? 'ok' : 'not ok'} - ${name} (${((performance.now() - began) / 1000).toFixed(1)} s)`,
    );
    if (code !== 0) failed.push(name);
  }
  return { passed: steps.length - failed.length, failed: failed.length };
}

if (process.argv[1]?.endsWith('check.mjs')) {
  try {
    await packages();
    const { passed, failed } = await check();
    console.log(`${passed} passed, ${failed} failed`);
    process.exitCode = failed ? 1 : 0;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}
