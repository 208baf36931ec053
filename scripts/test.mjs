// `npm test`: sets the machine up, then every layer of tests, each to its end, and one closing line.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { check } from './check.mjs';
import { node, root, SetupError, tool } from './run.mjs';
import { browser, bundles, hostTools, livePython, packages, tpchData } from './setup.mjs';

const results = join(root, 'out/results');
const layers = [];

/** A layer: what it counted, or one failure where it counted nothing. */
async function layer(name, body) {
  console.log(`\n── ${name} ${'─'.repeat(Math.max(0, 70 - name.length))}`);
  const began = performance.now();
  let count;
  try {
    count = await body();
  } catch (error) {
    console.error(error instanceof SetupError ? error.message : error);
    count = { passed: 0, failed: 1 };
  }
  const skipped = count.skipped ?? 0;
  layers.push({ name, ...count, skipped, seconds: (performance.now() - began) / 1000 });
}

/**
 * Tests of whole processes, browsers and editors, where a starved machine can fail what is sound: what failed runs
 * once more, by itself and in new processes. A fault fails twice; what failed once only is named in the end.
 *
 * @param run takes the parts to run (files, suites), all of them where none is named.
 */
async function twice(run) {
  const first = await run([]);
  if (!first.failed) return first;
  console.log(`\n${first.failed} failed: once more, alone\n`);
  const second = await run(first.parts ?? []);
  const passed = first.parts?.length
    ? first.passed + Math.max(0, first.failed - second.failed)
    : second.passed;
  return { ...second, passed, once: second.failed ? [] : first.broken };
}

/** vitest's own counts, from its JSON report; a run that reported nothing has failed. */
async function vitest(project, env = {}, files = []) {
  const file = join(results, `${project}.json`);
  rmSync(file, { force: true });
  const code = await tool(
    'vitest/vitest.mjs',
    [
      ...['run', '--project', project, ...files],
      ...['--reporter=default', '--reporter=json', `--outputFile=${file}`],
    ],
    { env },
  );
  return counted(code, () => {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests,
      broken: report.testResults.flatMap(brokenIn),
      parts: report.testResults
        .filter(({ status }) => status === 'failed')
        .map(({ name }) => relative(root, name)),
    };
  });
}

/** What failed in one file of tests, a line each; a file that does not load is one. */
function brokenIn({ name, status, message, assertionResults }) {
  const file = relative(root, name);
  const tests = assertionResults
    .filter((test) => test.status === 'failed')
    .map((test) => `${file} > ${test.fullName}: ${firstLine(test.failureMessages.at(-1))}`);
  return status === 'failed' && !tests.length ? [`${file}: ${firstLine(message)}`] : tests;
}

const firstLine = (text = '') => text.split('\n', 1)[0].slice(0, 300);

/** A script that writes { passed, failed, skipped, broken, parts } to the file it is told. */
async function script(path, name, env) {
  const file = join(results, `${name}.json`);
  rmSync(file, { force: true });
  const code = await node([path], { env: { ...env, STRATA_RESULTS: file } });
  return counted(code, () => JSON.parse(readFileSync(file, 'utf8')));
}

function counted(code, read) {
  let count;
  try {
    count = read();
  } catch {
    return { passed: 0, failed: 1 };
  }
  // What failed without a failing test (a suite that does not load) still is a failure; no test at all is one too.
  if (code !== 0 && count.failed === 0) count.failed = 1;
  if (code === 0 && count.passed === 0) count.failed = 1;
  return count;
}

mkdirSync(results, { recursive: true });
try {
  await packages();
  const chromium = await browser();
  await hostTools();
  await tpchData();
  await livePython();
  const env = { CHROME_PATH: chromium };
  await layer('check', check);
  await bundles();
  await layer('unit', () => vitest('unit'));
  await layer('corpora', () => vitest('corpora'));
  await layer('processes', () => twice((files) => vitest('processes', {}, files)));
  await layer('boundaries', () => vitest('boundaries'));
  await layer('browser', () => twice((files) => vitest('browser', env, files)));
  await layer('extension host', () =>
    twice((suites) =>
      script('scripts/testHost.mjs', 'host', {
        ...env,
        ...(suites.length ? { STRATA_HOST_SUITE: suites.join() } : {}),
      }),
    ),
  );
  // The workbench in Chromium that the VSIX is installed in is Linux's; elsewhere the package is made and looked into.
  if (process.platform === 'linux')
    await layer('installed VSIX', () => twice(() => script('scripts/testVsix.mjs', 'vsix', env)));
  else
    await layer('package', async () =>
      (await node(['scripts/package.mjs'])) === 0
        ? { passed: 1, failed: 0 }
        : { passed: 0, failed: 1 },
    );
} catch (error) {
  console.error(error instanceof SetupError ? error.message : error);
  layers.push({ name: 'set-up', passed: 0, failed: 1, skipped: 0, seconds: 0 });
}

// Said again at the end, because whoever reads a log that was cut reads its end.
for (const { name, broken = [], once = [] } of layers) {
  for (const line of broken) console.log(`not ok - ${name}: ${line}`);
  for (const line of once) console.log(`failed once, then passed - ${name}: ${line}`);
}

console.log('\n── summary ' + '─'.repeat(63));
for (const { name, passed, failed, skipped, seconds } of layers)
  console.log(
    `${name.padEnd(16)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${String(skipped).padStart(4)} skipped ${seconds.toFixed(0).padStart(5)} s`,
  );
const total = (key) => layers.reduce((sum, layer) => sum + layer[key], 0);
console.log(
  `${total('passed')} passed, ${total('failed')} failed${total('skipped') ? `, ${total('skipped')} skipped` : ''}`,
);
process.exitCode = total('failed') ? 1 : 0;
