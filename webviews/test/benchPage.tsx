// What scripts/bench measures in a browser: panels over a host in another process, and a big plan.
import '@vscode/codicons/dist/codicon.css';
import './themes/darkModern.css';
import type { Explanation, Field, PlanNode, ResultPage } from '#shared/protocol/engine.ts';
import type { TableState } from '#shared/protocol/tables.ts';
import type { WireMessage } from '#shared/protocol/wire.ts';
import { ok } from '#shared/result.ts';
import { mountBufferPanel } from '#webviews/buffer/bufferPanel.tsx';
import { mountResultsPanel } from '#webviews/results/resultsPanel.tsx';
import { mountTablePanel } from '#webviews/table/tablePanel.tsx';
import { explanation, resultsHost, runOf } from './fakeResults.ts';
import { tableHost } from './fakeTable.ts';
import { doneRun, gridOnly, planOnly } from './scenarios/results.ts';

document.documentElement.dataset.theme = 'darkModern';
const app = document.createElement('div');
app.id = 'app';
document.body.append(app);

/** Once `count` elements are there, and painted. */
function painted(selector: string, count: number): Promise<number> {
  return new Promise((resolve) => {
    const look = () => {
      if (document.querySelectorAll(selector).length < count) return;
      observer.disconnect();
      // The frame after this one has been drawn when its own callback has returned.
      requestAnimationFrame(() => {
        setTimeout(() => {
          resolve(performance.now());
        });
      });
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { subtree: true, childList: true });
    look();
  });
}

/** Joins of joins with an exchange on each side, as many nodes as are asked for. */
function bigPlan(count: number): PlanNode {
  let nextId = 0;
  const node = (name: string, detail: string, children: readonly PlanNode[]): PlanNode => ({
    id: nextId++,
    name,
    detail,
    children,
    facts: [['Output', 'customer_id#1, total#2']],
    measured: { rows: 1000 + nextId * 37, ownMs: nextId % 17, estimatedRows: 1000 },
  });
  const scan = () =>
    node('FileScan parquet', `orders_${nextId}.parquet [customer_id#1,total#2]`, []);
  const exchange = (child: PlanNode) =>
    node('Exchange', 'hashpartitioning(customer_id#1, 200), ENSURE_REQUIREMENTS, [plan_id=1]', [
      child,
    ]);
  let plan = scan();
  while (nextId + 5 <= count)
    plan = node('SortMergeJoin', '[customer_id#1], [customer_id#7], Inner', [
      exchange(plan),
      exchange(node('Filter', 'isnotnull(customer_id#7)', [scan()])),
    ]);
  while (nextId < count) plan = node('Project', '[customer_id#1]', [plan]);
  return plan;
}

/** Bytes of a reply come behind its JSON, whose length is in front: no copy that VS Code's own wire lacks. */
async function callReader(message: WireMessage): Promise<WireMessage> {
  const response = await fetch('/call', { method: 'POST', body: JSON.stringify(message) });
  const body = await response.arrayBuffer();
  const jsonLength = new DataView(body).getUint32(0, true);
  const text = new TextDecoder().decode(new Uint8Array(body, 4, jsonLength));
  const bytes = body.slice(4 + jsonLength);
  return JSON.parse(text, (key, value: unknown) =>
    key === 'bytes' && value === null ? bytes : value,
  ) as WireMessage;
}

/** A page of rows as the engine sent it, with what it says of itself in a header. */
async function readPage(source: string, range: object): Promise<ResultPage> {
  const response = await fetch(`/${source}`, { method: 'POST', body: JSON.stringify(range) });
  const told = JSON.parse(response.headers.get('x-page') ?? '{}') as Omit<ResultPage, 'arrow'>;
  return { ...told, arrow: await response.arrayBuffer() };
}

/** Bytes and elements that are asked for and not there yet. */
function isSettled(): boolean {
  if (document.querySelector('.grid-frame .pending') !== null) return false;
  // Bytes by twos: an unread one has no digits.
  const bytes = document.querySelectorAll('.hex-byte[role="gridcell"]');
  return [bytes[0], bytes[bytes.length - 1]].every((byte) =>
    /^[\dA-F]{2}$/.test(byte?.textContent ?? '00'),
  );
}

const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));

const bench = {
  /** Milliseconds from the moment a plan is known until what the window shows of its picture is on the screen. */
  async plan(count: number): Promise<number> {
    let give: (explanation: Explanation) => void = () => undefined;
    const waiting = new Promise<Explanation>((resolve) => (give = resolve));
    const host = resultsHost(
      [doneRun(1, 'q')],
      {},
      { explainRun: async () => ok(await waiting) },
      planOnly,
    );
    const panel = mountResultsPanel(app, host);
    await painted('.plan', 1);
    const big = { ...explanation, trees: { ...explanation.trees, physical: bigPlan(count) } };
    const began = performance.now();
    // Only what is in the window is drawn, all of it at once, with the card that the keys are on.
    const drawn = painted('.picture-card[tabindex="0"]', 1);
    give(big);
    const elapsedMs = (await drawn) - began;
    panel.dispose();
    return elapsedMs;
  },
  /** The panel, over messages that the page's owner carries. */
  listeners: new Set<(message: WireMessage) => void>(),
  mountResults(post: (message: WireMessage) => void): void {
    mountResultsPanel(app, {
      port: {
        post,
        onMessage(listener) {
          bench.listeners.add(listener);
          return { dispose: () => void bench.listeners.delete(listener) };
        },
        onClose: () => ({ dispose: () => undefined }),
      },
      restore: () => ({
        selected: null,
        panes: { grid: true, plan: false },
        share: 0.6,
        planTab: 'physical',
      }),
      save: () => undefined,
    });
  },
  /** The inspector over the reader that the page's server has. */
  async mountInspector(): Promise<void> {
    const listeners = new Set<(message: WireMessage) => void>();
    mountBufferPanel(app, {
      port: {
        post(message) {
          if (message.wire !== 'request') return;
          void callReader(message).then((reply) => {
            for (const listener of listeners) listener(reply);
          });
        },
        onMessage(listener) {
          listeners.add(listener);
          return { dispose: () => void listeners.delete(listener) };
        },
        onClose: () => ({ dispose: () => undefined }),
      },
      restore: () => undefined,
      save: () => undefined,
    });
    await painted('.pane [role="gridcell"]', 100);
    await bench.settled();
  },
  /** A table of the engine that the page's owner has; its first column is the number of the row. */
  async mountTable(state: TableState): Promise<void> {
    const empty = { schema: state.schema, rowCount: state.rowCount, row: () => [] };
    const readRows = async (range: object) => ok(await readPage('table', range));
    mountTablePanel(app, tableHost(empty, { readRows }, state));
    await painted('[role="gridcell"]', 60);
    await bench.settled();
  },
  /** The same of a result. */
  async mountResult(schema: readonly Field[], rowCount: number): Promise<void> {
    const run = runOf({ runId: 1, title: 'all of it', schema, rowCount });
    const readRows = async (range: object) => ok(await readPage('result', range));
    mountResultsPanel(app, resultsHost([run], {}, { readRows }, gridOnly));
    await painted('[role="gridcell"]', 60);
    await bench.settled();
  },
  /** Of the rows in sight: how many there are, how many of them are not read yet, and whether each holds its number. */
  rows(): { shown: number; blank: number; wrong: number } {
    const box = document.querySelector('.grid-viewport')?.getBoundingClientRect();
    const isInSight = (row: Element) => {
      const { top, bottom } = row.getBoundingClientRect();
      return box !== undefined && bottom > box.top && top < box.bottom;
    };
    const rows = [...document.querySelectorAll('.grid-viewport [role="row"]')].filter(isInSight);
    const blank = rows.filter((row) => row.querySelector('.pending') !== null);
    const wrong = rows.filter((row) => {
      const cell = row.querySelector('[role="gridcell"]');
      if (!cell || cell.classList.contains('pending')) return false;
      return Number(cell.textContent) !== Number(row.getAttribute('aria-rowindex')) - 2;
    });
    return { shown: rows.length, blank: blank.length, wrong: wrong.length };
  },
  /** Turns the wheel over a pane, and waits for the frame that shows it. */
  async wheel(frame: string, deltaX: number, deltaY: number): Promise<void> {
    const element = document.querySelector(frame);
    if (!element) throw new Error(`there is no ${frame}`);
    bench.wheeledAt = performance.now();
    element.dispatchEvent(
      new WheelEvent('wheel', { deltaX, deltaY, bubbles: true, cancelable: true }),
    );
    await nextFrame();
    await new Promise((resolve) => setTimeout(resolve));
  },
  wheeledAt: 0,
  /** Milliseconds from the wheel until nothing in sight is missing. */
  async settled(): Promise<number> {
    while (!isSettled()) await nextFrame();
    return performance.now() - bench.wheeledAt;
  },
  receive(message: WireMessage): void {
    for (const listener of bench.listeners) listener(message);
  },
  painted,
};

Object.assign(globalThis, { bench });
