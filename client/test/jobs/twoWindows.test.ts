/**
 * Two windows on one workspace: two engines' processes, two histories on one file, two panels. Nothing of one is lost
 * by the other or taken for its own.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRestartPolicy } from '#shared/protocol/restartPolicy.ts';
import type { Run } from '#shared/protocol/resultsView.ts';
import { EngineProcess } from '#client/engineProcess.ts';
import { withFileLock } from '#client/fileLock.ts';
import { JobFile, historyPaths } from '#client/jobs/jobFile.ts';
import { JobHistory, newJobId, type Job } from '#client/jobs/jobHistory.ts';
import { watchRuns } from '#client/jobs/watchRuns.ts';
import { KeptRuns } from '#client/keptRuns.ts';
import { Runs } from '#client/runs.ts';

const nothing = () => undefined;
const log = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };
let folder: string;
let nextPid = 1;
const alive = new Set<number>();
const windows: { close(): Promise<void> }[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strata-windows-'));
  mkdirSync(join(folder, 'temp'));
  writeFileSync(join(folder, 'orders.csv'), 'id,city\n1,Oslo\n2,Rome\n3,Oslo\n');
});
afterEach(async () => {
  for (const window of windows.splice(0)) await window.close();
  rmSync(folder, { recursive: true, force: true });
});

type Window = Awaited<ReturnType<typeof openWindow>>;

/** As the workbench of an extension host puts it together. */
async function openWindow(before?: string) {
  const paths = historyPaths(folder);
  const name = newJobId();
  const file = new JobFile(paths.jobs);
  // A window is a process of its own, which this test is not.
  const itself = { window: name, pid: nextPid++, isAlive: (pid: number) => alive.has(pid) };
  alive.add(itself.pid);
  const jobs = new JobHistory(file, itself);
  const tabs = new KeptRuns(paths, itself);
  tabs.prefer({ window: before });
  const kept = await tabs.takeOver();
  const engine = new EngineProcess({
    modulePath: join(process.env.STRATA_DIST ?? '', 'engine.js'),
    environment: () => ({ STRATA_TEMP: join(folder, 'temp'), STRATA_RESULTS: paths.results }),
    folder: () => folder,
    sessionSettings: () => ({}),
    policy: createRestartPolicy({ limit: 3, windowMs: 1000, now: () => 0 }),
    log,
  });
  const runs = new Runs(engine, log, paths.results);
  runs.restore(kept);
  watchRuns(runs, jobs, { show: nothing } as never, () => true, nothing);
  runs.onChanged(() => tabs.save(runs.kept()));
  await jobs.refresh();
  const views = [{ name: 'orders', path: join(folder, 'orders.csv') }];
  const until = (holds: (run: Run) => boolean) =>
    new Promise<Run>((resolve) => {
      const check = () => {
        const found = runs.list().find(holds);
        if (found) resolve(found);
      };
      runs.onChanged(check);
      check();
    });
  const window = {
    name,
    file,
    jobs,
    tabs,
    engine,
    runs,
    /** To its end, and until its rows are kept. */
    async run(text: string): Promise<Run> {
      const runId = runs.start({ title: text, text, views });
      await until(({ runId: id, complete, keptRowCount }) => {
        return id === runId && complete && keptRowCount !== undefined;
      });
      await Promise.all([file.saved(), tabs.saved()]);
      return until((run) => run.runId === runId);
    },
    until,
    async close() {
      engine.dispose();
      await Promise.all([file.saved(), tabs.close()]);
      alive.delete(itself.pid);
      jobs.dispose();
      file.dispose();
    },
  };
  windows.push(window);
  return window;
}

const titles = (jobs: readonly Job[]) => jobs.map(({ title }) => title);
const results = () => readdirSync(historyPaths(folder).results);

async function cells({ runs }: Window, runId: number): Promise<unknown> {
  const page = await runs.readRows(runId, 0, 256);
  if (!page.ok) return page.error;
  return tableFromIPC(new Uint8Array(page.value.arrow)).toArray().map(String);
}

test('queries of two windows at once: each has its own rows, and the history has both', async () => {
  const [first, second] = [await openWindow(), await openWindow()];
  const counts = 'SELECT city, count(*) AS n FROM orders GROUP BY city ORDER BY city';
  const [one, other] = await Promise.all([first.run(counts), second.run('SELECT id FROM orders')]);
  expect(await cells(first, one.runId)).toEqual([
    '{"city": "Oslo", "n": 2}',
    '{"city": "Rome", "n": 1}',
  ]);
  expect(await cells(second, other.runId)).toEqual(['{"id": 1}', '{"id": 2}', '{"id": 3}']);
  // A process that is killed frees nothing of the other's.
  const pids = readdirSync(join(folder, 'temp'));
  expect(pids).toHaveLength(2);
  for (const window of [first, second]) {
    await window.jobs.refresh();
    expect(titles(window.jobs.list()).toSorted()).toEqual([counts, 'SELECT id FROM orders']);
  }
  first.engine.dispose();
  expect(await cells(second, other.runId)).toHaveLength(3);
});

test('both windows are loaded again: each finds its own tabs with their rows, and all jobs', async () => {
  const [first, second] = [await openWindow(), await openWindow()];
  await Promise.all([first.run('SELECT 1 AS first'), second.run('SELECT 2 AS second')]);
  const names = [first.name, second.name];
  for (const window of windows.splice(0)) await window.close();
  // In the other order: each is asked for by the name that its panel saved.
  const secondAgain = await openWindow(names[1]);
  const firstAgain = await openWindow(names[0]);
  for (const [index, window] of [firstAgain, secondAgain].entries()) {
    const [tab, ...more] = window.runs.list();
    expect([tab?.text, tab?.status, more]).toEqual([
      ['SELECT 1 AS first', 'SELECT 2 AS second'][index],
      'done',
      [],
    ]);
    const value = ['{"first": 1}', '{"second": 2}'][index];
    expect(await cells(window, tab?.runId ?? 0)).toEqual([value]);
    await window.jobs.refresh();
    expect(titles(window.jobs.list()).toSorted()).toEqual([
      'SELECT 1 AS first',
      'SELECT 2 AS second',
    ]);
  }
});

test('clearing frees the results of this window and of closed ones, and the other window sees it', async () => {
  const [first, second] = [await openWindow(), await openWindow()];
  const closed = await openWindow();
  await closed.run('SELECT 3 AS third');
  await closed.close();
  const own = await first.run('SELECT id FROM orders');
  const other = await second.run('SELECT city FROM orders');
  expect(results()).toHaveLength(3);
  await first.jobs.refresh();
  // As the command does.
  first.runs.close(own.runId);
  first.jobs.clear();
  await Promise.all([first.runs.freed(), first.jobs.saved(), first.tabs.removeEarlier()]);
  expect(results()).toHaveLength(1);
  await first.run('SELECT 4 AS fourth');
  expect(titles(first.jobs.list())).toEqual(['SELECT 4 AS fourth']);
  expect(results()).toHaveLength(2);
  expect(await cells(second, other.runId)).toHaveLength(3);
  await second.jobs.refresh();
  expect(titles(second.jobs.list())).toEqual(['SELECT 4 AS fourth']);
});

test('a window that was killed leaves its tabs to the next, and no results but those', async () => {
  const first = await openWindow();
  await first.run('SELECT 1 AS first');
  mkdirSync(join(historyPaths(folder).results, 'half-written'));
  // Nothing of it is told that it ends.
  first.engine.dispose();
  alive.clear();
  const next = await openWindow();
  expect(next.runs.list().map(({ text, status }) => [text, status])).toEqual([
    ['SELECT 1 AS first', 'done'],
  ]);
  expect(results()).toHaveLength(1);
  expect(await cells(next, 1)).toEqual(['{"first": 1}']);
});

test('many changes of two windows at once lose none, and no more than two hundred are kept', async () => {
  const [first, second] = [await openWindow(), await openWindow()];
  const add = (window: Window, count: number) => {
    for (let index = 0; index < count; index++) {
      const facts = { jobId: newJobId(), views: [], source: undefined, script: undefined };
      const run = { runId: index, title: `${window.name} ${index}`, text: 'SELECT 1' };
      const rest = { schema: [], rowCount: 0, complete: true, elapsedMs: 1, percent: -1 };
      window.jobs.note({ ...run, ...rest, status: 'queued' }, facts);
      window.jobs.note({ ...run, ...rest, status: 'done' }, facts);
    }
  };
  for (let round = 0; round < 4; round++) {
    add(first, 20);
    add(second, 20);
    await Promise.all([first.file.saved(), second.file.saved()]);
  }
  const read = (await first.file.read()).filter(({ status }) => status === 'done');
  expect(read).toHaveLength(160);
  add(first, 90);
  await first.file.saved();
  expect(await second.file.read()).toHaveLength(200);
});

test('a history that can not be read is begun anew', async () => {
  writeFileSync(historyPaths(folder).jobs, '{"half');
  const window = await openWindow();
  expect(window.jobs.list()).toEqual([]);
  await window.run('SELECT 1 AS a');
  expect(JSON.parse(readFileSync(historyPaths(folder).jobs, 'utf8'))).toHaveLength(1);
});

test('work on one path is done one after another', async () => {
  let under = 0;
  const most: number[] = [];
  const work = async () => {
    most.push(++under);
    await new Promise((resolve) => setImmediate(resolve));
    under--;
  };
  await Promise.all(Array.from({ length: 8 }, () => withFileLock(join(folder, 'x'), work)));
  expect(most).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
});
