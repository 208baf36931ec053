// What scripts/bench/workbench.mjs measures in a browser: the results panel over a host in another process, and a big plan.
import '@vscode/codicons/dist/codicon.css';
import './themes/darkModern.css';
import type { Explanation, PlanNode } from '#shared/protocol/engine.ts';
import type { WireMessage } from '#shared/protocol/wire.ts';
import { ok } from '#shared/result.ts';
import { mountResultsPanel } from '#webviews/results/resultsPanel.tsx';
import { explanation, resultsHost } from './fakeResults.ts';
import { doneRun, planOnly } from './scenarios/results.ts';

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

const bench = {
  /** Milliseconds from the moment a plan is known to its picture on the screen. */
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
    const drawn = painted('.picture-card', count);
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
  receive(message: WireMessage): void {
    for (const listener of bench.listeners) listener(message);
  },
  painted,
};

Object.assign(globalThis, { bench });
