// `npm run test:vsix`: packages the extension, installs the VSIX in a real VS Code and does all three jobs from it as a
// person would, in the workbench. Writes screenshots of every panel, state and theme to out/screenshots.
// STRATA_PICTURES, a regular expression, takes those screenshots alone.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installHost, startServer } from './host/server.mjs';
import { openBrowser, openPage, workbenchReady } from './host/browserPage.mjs';
import { makeWorkspace } from './host/workspace.mjs';
import { doJobs } from './host/jobs.mjs';
import { takeScreenshots } from './host/screenshots.mjs';
import { inspectVsix, packageVsix } from './package.mjs';
import { root, SetupError } from './run.mjs';
import { thisTarget } from './shipped.mjs';
import { browser, hostTools, packages } from './setup.mjs';

// The server and its extension hosts are ended on exit, which a signal alone would not be.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

const count = { passed: 0, failed: 0, skipped: 0, broken: [] };
const failures = join(root, 'out/vsix-failures');

/** One test: its page is pictured where it fails. */
async function check(name, body, page) {
  const began = performance.now();
  let error;
  try {
    await body();
  } catch (thrown) {
    error = thrown;
  }
  const ms = Math.round(performance.now() - began);
  console.log(`${error ? 'not ok' : 'ok'} - ${name} (${ms} ms)`);
  count[error ? 'failed' : 'passed'] += 1;
  if (!error) return;
  count.broken.push(`${name}: ${String(error).split('\n', 1)[0]}`);
  console.log(String(error.stack ?? error).replace(/^/gm, '    '));
  if (!page) return;
  mkdirSync(failures, { recursive: true });
  await page.screenshot({ path: join(failures, `${name.replace(/\W+/g, '-')}.png`) });
}

async function main() {
  rmSync(failures, { recursive: true, force: true });
  await packages();
  process.env.CHROME_PATH = await browser();
  await hostTools();
  await installHost();
  const target = thisTarget();
  const vsix = await packageVsix(target);
  await check('the VSIX has what it should and no more', () => {
    const problems = inspectVsix(vsix, target);
    if (problems.length) throw new Error(problems.join('\n'));
  });

  const workspace = join(root, 'out/vsix-workspace');
  makeWorkspace(workspace);
  const server = await startServer({ folder: workspace, vsix: [vsix] });
  let chromium;
  try {
    chromium = await openBrowser();
    const { page, blocked } = await openPage(chromium);
    const complaints = [];
    page.on('console', (message) => {
      const text = message.text();
      if (process.env.VERBOSE) console.error(`  | ${text}`);
      if (
        /Content Security Policy/i.test(text) &&
        /strata/i.test(`${message.location().url}${text}`)
      )
        complaints.push(text);
    });
    page.on('pageerror', (error) => {
      if (/strata|webviews\/(buffer|results|table)/i.test(error.stack ?? ''))
        complaints.push(String(error));
    });
    await page.goto(server.url());
    await workbenchReady(page);
    const onPage = (name, body) => check(name, body, page);
    const pictures = process.env.STRATA_PICTURES;
    if (pictures === undefined) await doJobs({ page, server, check: onPage });
    const folder = join(root, 'out/screenshots');
    await takeScreenshots({ page, check: onPage, folder, wanted: new RegExp(pictures ?? '') });
    await check('nothing beyond loopback was asked for', () => {
      if (blocked.size) throw new Error([...blocked].join(', '));
    });
    await check('no panel broke its content security policy or threw', () => {
      if (complaints.length) throw new Error(complaints.join('\n'));
    });
  } finally {
    await chromium?.close();
    await server.stop();
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof SetupError ? error.message : error);
  count.failed += 1;
}
if (process.env.STRATA_RESULTS)
  writeFileSync(process.env.STRATA_RESULTS, JSON.stringify(count, null, 1));
console.log(`${count.passed} passed, ${count.failed} failed`);
process.exit(count.failed || !count.passed ? 1 : 0);
