import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { browserArguments, findBrowser } from './scripts/browser.mjs';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['*/test/**/*.test.ts'],
          exclude: ['scripts/test/**', 'client/test-host/**', '**/*.browser.test.*'],
          environment: 'node',
          globalSetup: ['scripts/unitSetup.mjs'],
          testTimeout: 20_000,
        },
      },
      {
        // Apart from the unit tests: it starts compilers, and those take seconds each.
        test: { name: 'boundaries', include: ['scripts/test/**/*.test.ts'], testTimeout: 60_000 },
      },
      {
        esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
        test: {
          name: 'browser',
          include: ['webviews/test/**/*.browser.test.tsx'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                executablePath: findBrowser() ?? '/usr/bin/chromium',
                args: browserArguments,
              },
            }),
            instances: [{ browser: 'chromium', viewport: { width: 1280, height: 800 } }],
          },
        },
      },
    ],
  },
});
