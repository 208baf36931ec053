// A panel's page for the benchmark, and turns of the wheel in it.
//
// A frame is what the page's thread does for one turn of the wheel: script, style and layout, in CPU time as
// Chromium counts it.
import { build } from 'esbuild';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { optionsFor } from '../build.mjs';

const types = { js: 'text/javascript', css: 'text/css', html: 'text/html', ttf: 'font/ttf' };

export async function buildPage(folder) {
  const [, page] = optionsFor({ outdir: folder });
  await build({
    ...page,
    metafile: false,
    minify: true,
    entryPoints: { page: 'webviews/test/benchPage.tsx' },
    outdir: folder,
  });
  writeFileSync(
    join(folder, 'index.html'),
    '<!doctype html><html lang="en"><head><title>Strata</title><link rel="stylesheet" href="/page.css"></head><body><script type="module" src="/page.js"></script></body></html>',
  );
}

export function answerFile(folder, request, response) {
  const name = request.url === '/' ? 'index.html' : request.url.slice(1).split('?')[0];
  try {
    const file = readFileSync(join(folder, name));
    response.setHeader('content-type', types[name.split('.').at(-1)] ?? 'text/plain');
    response.end(file);
  } catch {
    response.statusCode = 404;
    response.end();
  }
}

/** Milliseconds that the page's thread has worked so far. */
export async function busyClock(tab) {
  const devtools = await tab.context().newCDPSession(tab);
  // The thread's own time: what other processes take of the machine is not the panel's.
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busyMs = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return ['ScriptDuration', 'RecalcStyleDuration', 'LayoutDuration'].reduce(
      (sum, name) => sum + 1000 * metrics.find((metric) => metric.name === name).value,
      0,
    );
  };
  return { devtools, busyMs };
}

/** Turns the wheel by some rows, and each fifth time far away, where nothing has been read. */
export async function scrolled(tab, busyMs, { frame, sideways }, turns) {
  const frames = [];
  const farFrames = [];
  const arrivals = [];
  let direction = 1;
  for (let turn = 0; turn < turns; turn++) {
    const isFar = turn % 5 === 4;
    if (turn % 25 === 24) direction = -direction;
    const deltaX = isFar ? direction * sideways : 0;
    const deltaY = direction * (isFar ? 9_876_543 : 132);
    const before = await busyMs();
    await tab.evaluate(
      ([where, x, y]) => globalThis.bench.wheel(where, x, y),
      [frame, deltaX, deltaY],
    );
    const frameMs = (await busyMs()) - before;
    frames.push(frameMs);
    if (isFar) farFrames.push(frameMs);
    const arrivedMs = await tab.evaluate(() => globalThis.bench.settled());
    if (isFar) arrivals.push(arrivedMs);
  }
  return { frames, farFrames, arrivals };
}

export function percentile(values, share) {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length * share)];
}
