// `npm run test:browser`: the panels in a real browser.
import { SetupError, tool } from './run.mjs';
import { browser, packages } from './setup.mjs';

try {
  await packages();
  const path = await browser();
  process.exitCode = await tool(
    'vitest/vitest.mjs',
    ['run', '--project', 'browser', ...process.argv.slice(2)],
    {
      env: { CHROME_PATH: path },
    },
  );
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
