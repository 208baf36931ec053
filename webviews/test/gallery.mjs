// Renders every state of the panels in four themes into out/gallery/: wide, 600 and 300 px narrow, and at 200 %.
// `node webviews/test/gallery.mjs [regular expression for file names]`
import { build } from 'esbuild';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { browserArguments, findBrowser } from '../../scripts/browser.mjs';
import { optionsFor, root } from '../../scripts/build.mjs';
import { realPlans } from './realPlans.mjs';

const wanted = new RegExp(process.argv[2] ?? '');
const [, page] = optionsFor({ outdir: join(root, 'out/gallery') });
await build({
  ...page,
  metafile: false,
  entryPoints: { page: 'webviews/test/galleryPage.tsx' },
  outdir: join(root, 'out/gallery/site'),
});

const states = {
  buffer: [
    'content',
    'struct',
    'vector',
    'scalar',
    'fortran',
    'container',
    'packed',
    'huge',
    'layout',
    'layout copy',
    'layout error',
    'hex inspector',
    'grid heat',
    'compare',
    'comparison',
    'raw',
    'raw form',
    'find',
    'go to',
    'wide',
    'arrow',
    'parquet',
    'live',
    'editable',
    'conflict',
    'edit menu',
    'hex menu',
    'line statistics',
    'line',
    'histogram',
    'image',
    'image colours',
    'statistics',
    'statistics running',
    'statistics failed',
    'no elements',
    'hostile',
    'loading',
    'pages pending',
    'pages failed',
    'error',
    'stale',
  ],
  results: [
    'empty',
    'content',
    'wide',
    'rules',
    'plan measured',
    'plan advice',
    'plan big',
    'plan exported',
    'queued',
    'running',
    'running with rows',
    'failed',
    'unavailable',
    'cancelled',
    'lost',
    'lost with rows',
    'lost in part',
    'sorting rows',
    'no rows',
    'plan failed',
    'rows failed',
    'loading',
  ],
  table: [
    'content',
    'huge',
    'profile numbers',
    'profile texts',
    'go to',
    'go to problem',
    'sorting',
    'sorted',
    'filter failed',
    'value',
    'menu',
    'indexing',
    'copying',
    'changed',
    'no rows',
    'no columns',
    'wide',
    'loading',
    'failed',
    'unavailable',
  ],
};
// What the engine makes of real queries, as `real` and the name; each name is a file of the page.
if (process.argv[2] === undefined || process.argv[2].includes('real')) {
  const plans = await realPlans();
  for (const [name, plan] of Object.entries(plans)) {
    const file = `${name.replaceAll(' ', '-')}.json`;
    writeFileSync(join(root, 'out/gallery/site', file), JSON.stringify(plan));
    states.results.push(`real ${name}`);
    if (plan.explanation.advice.length > 0) states.results.push(`real ${name} advice`);
  }
  states.results.push('real course rules', 'real course sql', 'real course analyzed');
}
const themes = ['darkModern', 'lightModern', 'hcDark', 'hcLight'];
const sizes = [
  { name: 'wide', width: 1400, height: 800, scale: 1 },
  { name: 'middle', width: 600, height: 800, scale: 1 },
  { name: 'narrow', width: 300, height: 800, scale: 1 },
  { name: 'double', width: 640, height: 400, scale: 2 },
];

const server = createServer((request, response) => {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  if (path === '/') {
    response.setHeader('content-type', 'text/html');
    // As strict as VS Code's page but for Arrow's writer in the fake host, which compiles functions.
    response.setHeader(
      'content-security-policy',
      "default-src 'none'; script-src 'self' 'unsafe-eval'; style-src 'self'; font-src 'self'; connect-src 'self'; img-src blob:",
    );
    response.end(
      '<!doctype html><html lang="en"><head><title>Strata</title><link rel="stylesheet" href="/page.css" id="vscode-codicon-stylesheet"></head><body><script type="module" src="/page.js"></script></body></html>',
    );
    return;
  }
  try {
    const types = { js: 'text/javascript', css: 'text/css', ttf: 'font/ttf' };
    response.setHeader('content-type', types[path.split('.').at(-1)] ?? 'text/plain');
    response.end(readFileSync(join(root, 'out/gallery/site', path)));
  } catch {
    response.statusCode = 404;
    response.end();
  }
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${server.address().port}`;

const browser = await chromium.launch({ executablePath: findBrowser(), args: browserArguments });
const problems = [];
let count = 0;
for (const size of sizes) {
  const context = await browser.newContext({
    viewport: { width: size.width, height: size.height },
    deviceScaleFactor: size.scale,
  });
  const tab = await context.newPage();
  tab.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  tab.on('pageerror', (error) => problems.push(error.message));
  for (const [panel, names] of Object.entries(states))
    for (const state of names)
      for (const theme of themes) {
        const file = `${panel}-${state.replaceAll(' ', '-')}-${size.name}-${theme}.png`;
        if (!wanted.test(file)) continue;
        await tab.goto('about:blank');
        await tab.goto(
          `${origin}/#panel=${panel}&state=${encodeURIComponent(state)}&theme=${theme}`,
        );
        await tab.waitForTimeout(
          /loading|queued|running|pending|sort|value|profile|menu/.test(state) ? 1300 : 600,
        );
        const folder = join(root, 'out/gallery');
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, file), await tab.screenshot());
        count++;
      }
  await context.close();
}
await browser.close();
server.close();
console.log(`${count} pictures in out/gallery`);
for (const problem of new Set(problems)) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
