// Rows of the benchmark for the results panel, in a real browser: from Run to the first rows on the screen, beyond
// what the engine takes itself, and a plan of 500 nodes laid out and drawn.
//
// The way from Run is the extension's own but for VS Code's pipe between host and webview, which a stream of events
// and posts over loopback stand in for: Runs and the engine's process here, the panel's page there.
import { build } from 'esbuild';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { browserArguments, findBrowser } from '../browser.mjs';
import { optionsFor } from '../build.mjs';

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const nodes = 500;

export async function rows({ root, quick }) {
  const folder = mkdtempSync(join(tmpdir(), 'strata-workbench-'));
  const [node, page] = optionsFor({ outdir: folder });
  const parts = {
    runs: 'client/src/runs.ts',
    engineProcess: 'client/src/engineProcess.ts',
    wire: 'shared/src/protocol/wire.ts',
    restartPolicy: 'shared/src/protocol/restartPolicy.ts',
    result: 'shared/src/result.ts',
    runNews: 'client/src/panels/runNews.ts',
  };
  await Promise.all([
    build({ ...node, metafile: false, entryPoints: parts }),
    build({
      ...page,
      metafile: false,
      minify: true,
      entryPoints: { page: 'webviews/test/benchPage.tsx' },
      outdir: folder,
    }),
  ]);
  const pipe = { stream: undefined, listeners: new Set() };
  const server = await serve(folder, pipe);
  const browser = await chromium.launch({ executablePath: findBrowser(), args: browserArguments });
  try {
    const tab = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await tab.goto(`http://127.0.0.1:${server.address().port}/`);
    await tab.waitForFunction('globalThis.bench');
    const plans = [];
    for (let round = 0; round < (quick ? 3 : 9); round++)
      plans.push(await tab.evaluate((count) => globalThis.bench.plan(count), nodes));
    const beyond = await firstRows(tab, pipe, root, folder, quick ? 5 : 25);
    return [
      {
        name: 'from Run to the first rows on the screen, beyond the engine',
        ours: median(beyond.map(({ wholeMs, engineMs }) => wholeMs - engineMs)),
        unit: 'ms',
        goal: '< 50 ms',
        note: `whole ${median(beyond.map(({ wholeMs }) => wholeMs)).toFixed(0)} ms, engine ${median(beyond.map(({ engineMs }) => engineMs)).toFixed(0)} ms; median of ${beyond.length}`,
      },
      {
        name: `a plan of ${nodes} nodes laid out and drawn`,
        ours: median(plans),
        unit: 'ms',
        goal: '< 300 ms',
        note: `first ${plans[0].toFixed(0)} ms, worst ${Math.max(...plans).toFixed(0)} ms, of ${plans.length}; drawn is what the window shows of it`,
      },
    ];
  } finally {
    await browser.close();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The files of the page; `/events` carries messages to it, `/send` those from it. */
async function serve(folder, pipe) {
  writeFileSync(
    join(folder, 'index.html'),
    '<!doctype html><html lang="en"><head><title>Strata</title><link rel="stylesheet" href="/page.css"></head><body><script type="module" src="/page.js"></script></body></html>',
  );
  const types = { js: 'text/javascript', css: 'text/css', html: 'text/html' };
  const server = createServer((request, response) => {
    const name = request.url === '/' ? 'index.html' : (request.url ?? '').slice(1);
    if (name === 'events') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
      pipe.stream = response;
      return;
    }
    if (name === 'send') {
      let text = '';
      request.on('data', (chunk) => (text += chunk));
      request.on('end', () => {
        response.end();
        for (const listener of pipe.listeners) listener(JSON.parse(text));
      });
      return;
    }
    try {
      response.setHeader('content-type', types[name.split('.').at(-1)] ?? 'font/ttf');
      response.end(readFileSync(join(folder, name)));
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

async function firstRows(tab, pipe, root, folder, rounds) {
  const load = createRequire(join(folder, 'runs.js'));
  const { Runs } = load('./runs.js');
  const { EngineProcess } = load('./engineProcess.js');
  const { answerOver } = load('./wire.js');
  const { createRestartPolicy } = load('./restartPolicy.js');
  const { ok } = load('./result.js');
  const quiet = () => undefined;
  const log = { trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet };
  const engine = new EngineProcess({
    modulePath: join(root, 'dist/engine.js'),
    environment: () => ({}),
    sessionSettings: () => ({}),
    policy: createRestartPolicy({ limit: 1, windowMs: 1000, now: () => 0 }),
    log,
  });
  // The engine's own time: from asking for the query and its first page to the answers.
  let engineMs = 0;
  let isFirstPage = true;
  const timedLife = (life) => ({
    ...life,
    number: life.number,
    async call(method, params, signal) {
      const counts = method === 'runQuery' || (method === 'readRows' && isFirstPage);
      if (method === 'readRows') isFirstPage = false;
      const began = performance.now();
      const reply = await life.call(method, params, signal);
      if (counts) engineMs += performance.now() - began;
      return reply;
    },
  });
  const lives = new Map();
  const ready = async () => {
    const life = await engine.ready();
    if (!life.ok) return life;
    if (!lives.has(life.value)) lives.set(life.value, timedLife(life.value));
    return ok(lives.get(life.value));
  };
  const timedEngine = new Proxy(engine, {
    get(target, key) {
      if (key === 'ready') return ready;
      const value = target[key];
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const runs = new Runs(timedEngine, log);
  const end = answerOver(
    {
      post: (message) => void pipe.stream.write(`data: ${packed(message)}\n\n`),
      onMessage(listener) {
        pipe.listeners.add(listener);
        return { dispose: () => pipe.listeners.delete(listener) };
      },
      onClose: () => ({ dispose: quiet }),
    },
    {
      listRuns: () => ok({ runs: runs.list(), selected: runs.selected }),
      readRows: ({ runId, start, count }, signal) => runs.readRows(runId, start, count, signal),
      explainRun: ({ runId }, signal) => runs.explain(runId, 'extended', signal),
      closeRun: ({ runId }) => {
        runs.close(runId);
        return ok({});
      },
    },
    (method, error) => {
      throw new Error(method, { cause: error });
    },
  );
  runs.onFirstRows((first) => end.emit('firstRows', first));
  const { RunNews } = load('./runNews.js');
  const news = new RunNews((run) => end.emit('runChanged', run));
  runs.onChanged((run) => news.note(run));
  runs.onClosed((runId) => end.emit('runClosed', { runId }));
  runs.onSelected((shown) => {
    news.flush();
    end.emit('selectRun', shown);
  });
  await tab.evaluate(async () => {
    const bytesOf = (text) =>
      Uint8Array.from(globalThis.atob(text), (letter) => letter.charCodeAt(0)).buffer;
    const events = new globalThis.EventSource('/events');
    events.onmessage = ({ data }) =>
      globalThis.bench.receive(
        JSON.parse(data, (_, value) =>
          typeof value?.base64 === 'string' ? bytesOf(value.base64) : value,
        ),
      );
    await new Promise((resolve) => (events.onopen = resolve));
    globalThis.bench.mountResults(
      (message) =>
        void globalThis.fetch('/send', { method: 'POST', body: JSON.stringify(message) }),
    );
  });
  const query = async (text) => {
    engineMs = 0;
    isFirstPage = true;
    const drawn = tab.evaluate(() =>
      globalThis.bench.painted('[role="gridcell"]:not(.pending)', 10),
    );
    const began = performance.now();
    const runId = runs.start({ title: text, text, views: [] });
    await drawn;
    const wholeMs = performance.now() - began;
    const measured = { wholeMs, engineMs };
    runs.close(runId);
    await tab.waitForFunction(() => !document.querySelector('[role="gridcell"]'));
    return measured;
  };
  try {
    const text = "SELECT id, id % 10 AS k, concat('name ', id) AS name FROM range(100000)";
    await query(text);
    const measured = [];
    for (let round = 0; round < rounds; round++) measured.push(await query(text));
    return measured;
  } finally {
    end.dispose();
    engine.dispose();
  }
}

/** As text, with bytes in base64: slower than VS Code's own way, so nothing is hidden. */
function packed(message) {
  return JSON.stringify(message, (_, value) =>
    value instanceof ArrayBuffer ? { base64: Buffer.from(value).toString('base64') } : value,
  );
}
