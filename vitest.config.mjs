import { availableParallelism } from 'node:os';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { browserArguments, findBrowser } from './scripts/browser.mjs';
import { wasmForVite } from './scripts/wasm.mjs';

const processes = [
  'buffers/test/crashes/crashes.test.ts',
  'buffers/test/hostile/hostile.test.ts',
  'buffers/test/live/**/*.test.ts',
  'cli/test/**/*.test.ts',
  'client/test/course/exercises.test.ts',
  'client/test/jobs/twoWindows.test.ts',
  'engine/test/advice.test.ts',
  'engine/test/process.test.ts',
  'engine/test/results.test.ts',
  'engine/test/service.test.ts',
  'server/test/e2e/**/*.test.ts',
  'server/test/oracle/**/*.test.ts',
  'webviews/test/roundTrip.test.ts',
];

const corpora = [
  'engine/test/goldens/**/*.test.ts',
  'engine/test/spark/**/*.test.ts',
  'server/test/sql/goldenStatements.test.ts',
  'sql/test/goldens.test.ts',
];

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [wasmForVite],
        test: {
          name: 'unit',
          include: ['*/test/**/*.test.ts'],
          exclude: [
            'scripts/test/**',
            'client/test-host/**',
            '**/*.browser.test.*',
            ...processes,
            ...corpora,
          ],
          environment: 'node',
          // Vitest leaves one core idle by default, which on two cores is half of them.
          maxWorkers: availableParallelism(),
          globalSetup: ['scripts/unitSetup.mjs'],
          setupFiles: ['scripts/fixedSeed.mjs'],
          testTimeout: 20_000,
        },
      },
      {
        // Thousands of Spark's own answers; the ratchets beside them say how many agree.
        test: { name: 'corpora', include: corpora, testTimeout: 60_000 },
      },
      {
        // Whole processes, started as users start them; pyright alone takes a second to begin.
        plugins: [wasmForVite],
        test: {
          name: 'processes',
          include: processes,
          globalSetup: ['scripts/unitSetup.mjs'],
          setupFiles: ['scripts/fixedSeed.mjs'],
          testTimeout: 60_000,
        },
      },
      {
        // Apart from the unit tests: it starts compilers, and those take seconds each.
        test: { name: 'boundaries', include: ['scripts/test/**/*.test.ts'], testTimeout: 60_000 },
      },
      {
        esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
        // Named, so that Vite does not find them one by one and reload a test that already runs.
        optimizeDeps: {
          include: [
            'apache-arrow',
            'apache-arrow/ipc/reader',
            'apache-arrow/enum',
            'd3-hierarchy',
            'axe-core',
            'preact',
            'preact/hooks',
            'preact/jsx-runtime',
            '@preact/signals',
            '@vscode-elements/elements/dist/vscode-button/index.js',
            '@vscode-elements/elements/dist/vscode-progress-bar/index.js',
          ],
        },
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
