#!/usr/bin/env node
// Stands in for the desktop `code` executable where there is none, for the one job of running extension tests:
//   vscode.mjs [FOLDER] --extensionDevelopmentPath=DIR --extensionTestsPath=MODULE
// With --windows=N as many windows open on the folder, and each runs the tests. It exits as the tests did. Without --disable-workspace-trust the folder opens untrusted. Other switches are
// left alone, so @vscode/test-electron's runTests takes it as it is.
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { root } from '../run.mjs';
import { openBrowser, openPage } from './browserPage.mjs';
import { startServer } from './server.mjs';

const args = process.argv.slice(2);
const values = (name) =>
  args.filter((arg) => arg.startsWith(`--${name}=`)).map((arg) => arg.slice(name.length + 3));
const limitMs = Number(process.env.STRATA_HOST_LIMIT_MS ?? 600_000);
const development = values('extensionDevelopmentPath').map((path) => resolve(path));
const [tests] = values('extensionTestsPath').map((path) => resolve(path));
if (!tests || !development.length) {
  console.error('--extensionDevelopmentPath and --extensionTestsPath are needed');
  process.exit(2);
}

// The server and its extension hosts are ended on exit, which a signal alone would not be.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

const began = Date.now();
const note = (text) =>
  console.error(`# ${((Date.now() - began) / 1000).toFixed(1).padStart(5)} s ${text}`);
const folder = args.find((arg) => !arg.startsWith('-'));
const server = await startServer({
  folder: folder ?? mkdtempSync(join(tmpdir(), 'strata-empty-')),
  inPlace: folder !== undefined,
  development: true,
  // The workbench in a browser takes one path of an extension under development.
  extensions: development.slice(1),
  restricted: !args.includes('--disable-workspace-trust'),
});
let browser;
let code = 1;
try {
  browser = await openBrowser();
  const { context, page: first, blocked } = await openPage(browser);
  const pages = [first];
  for (let count = Number(values('windows')[0] ?? 1); count > 1; count--)
    pages.push(await context.newPage());
  const codes = await Promise.all(pages.map((page) => codeOf(page)));
  code = Math.max(...codes);
  if (blocked.size) note(`asked for hosts beyond loopback: ${[...blocked].join(' ')}`);
} catch (error) {
  console.error(error);
} finally {
  await browser?.close();
  await server.stop();
}
process.exit(code);

/** Opens the workbench and waits for its tests. */
async function codeOf(page) {
  page.on('console', (message) => {
    // What tests print comes as it is; VS Code's own log lines are styled.
    const text = message.text();
    const isNoise =
      /^%c|^An iframe which has both|^Failed to load resource|web worker extension host/;
    if (process.env.VERBOSE || !isNoise.test(text)) console.error(`  | ${text}`);
  });
  page.on('crash', () => note('the page crashed'));
  const exit = new Promise((done) => {
    void page.exposeFunction('codeAutomationExit', done);
  });
  await page.goto(
    server.url([
      ['extensionDevelopmentPath', server.remote(development[0])],
      ['extensionTestsPath', server.remote(tests)],
      ['skipWelcome', 'true'],
      ['skipReleaseNotes', 'true'],
    ]),
  );
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
  note('workbench ready');
  let timer;
  const timeout = new Promise((done) => {
    timer = setTimeout(done, limitMs);
  });
  const given = await Promise.race([exit, timeout]);
  clearTimeout(timer);
  if (given !== undefined) {
    note(`the extension host gave ${given}`);
    return Number(given);
  }
  mkdirSync(join(root, 'out'), { recursive: true });
  await page.screenshot({ path: join(root, 'out/host-timeout.png') });
  note(`no result in ${limitMs / 1000} s: out/host-timeout.png shows the window`);
  return 1;
}
