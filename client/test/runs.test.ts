/** Runs over a process that dies on command: what is kept, what is lost, and what people are told. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ResultPage } from '#shared/protocol/engine.ts';
import type { Run } from '#shared/protocol/resultsView.ts';
import { createRestartPolicy } from '#shared/protocol/restartPolicy.ts';
import { EngineProcess, type EngineState } from '#client/engineProcess.ts';
import type { KeptRun } from '#client/runRequest.ts';
import { Runs } from '#client/runs.ts';

const modulePath = fileURLToPath(new URL('fakeEngine.mjs', import.meta.url));
const log = {
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
const views = [{ name: 'orders', path: '/data/orders.csv' }];
const started: EngineProcess[] = [];

afterEach(() => {
  for (const engine of started.splice(0)) engine.dispose();
});

function workbench(environment: Record<string, string> = {}, limit = 3) {
  // A clock that stands still: only the number of deaths counts. The second death waits 250 ms.
  const policy = createRestartPolicy({ limit, windowMs: 1000, now: () => 0 });
  const engine = new EngineProcess({
    modulePath,
    environment: () => environment,
    sessionSettings: () => ({}),
    policy,
    log,
  });
  started.push(engine);
  const states: EngineState['kind'][] = [];
  engine.onState(({ kind }) => states.push(kind));
  const runs = new Runs(engine, log);
  const start = (text: string) => runs.start({ title: text, text, views });
  const until = (runId: number, ...statuses: Run['status'][]) =>
    new Promise<Run>((resolve) => {
      const check = (run: Run | undefined) => {
        if (run?.runId === runId && statuses.includes(run.status)) resolve(run);
      };
      runs.onChanged(check);
      check(runs.list().find((run) => run.runId === runId));
    });
  const settled = (runId: number) => until(runId, 'done', 'failed', 'cancelled', 'lost');
  return { engine, runs, states, start, until, settled };
}

test('rows known at first are those of the first page, and all of them soon after', async () => {
  const { start, settled, runs } = workbench();
  const small = await settled(start('rows 7'));
  expect(small).toMatchObject({ status: 'done', rowCount: 7, complete: true });
  const large = await settled(start('rows 1000'));
  expect(large).toMatchObject({ status: 'done', rowCount: 256, complete: false });
  await known(runs, large.runId, ({ complete }) => complete);
  expect(runs.list().at(-1)).toMatchObject({ rowCount: 1000, complete: true });
});

test('the first page comes before the run says that it has columns', async () => {
  const { runs, start, settled } = workbench();
  const columnsThen: number[] = [];
  const pages: ResultPage[] = [];
  runs.onFirstRows(({ page }) => {
    pages.push(page);
    columnsThen.push(runs.list().at(-1)?.schema.length ?? -1);
  });
  const run = await settled(start('rows 3'));
  expect(columnsThen).toEqual([0]);
  expect(await runs.readRows(run.runId, 0, 256)).toEqual({ ok: true, value: pages[0] });
});

/** Waits until that much is known of a run. */
function known(runs: Runs, runId: number, holds: (run: Run) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      const run = runs.list().find((each) => each.runId === runId);
      if (run && holds(run)) resolve();
    };
    runs.onChanged(look);
    look();
  });
}

test('the process starts with the first query, not before', async () => {
  const { engine, start, settled, states } = workbench();
  expect(engine.state.kind).toBe('stopped');
  await settled(start('rows 1'));
  expect(states).toEqual(['starting', 'ready']);
});

test('what the engine says of a query is kept word for word', async () => {
  const { start, settled } = workbench();
  const run = await settled(start('fail'));
  expect(run.failure).toMatchObject({ class: 'PARSE_SYNTAX_ERROR', message: 'orders' });
});

test('a row that fails after the first ones makes the run fail, whose rows stay until the engine ends', async () => {
  const { runs, start, engine } = workbench();
  const runId = start('rows 999');
  await known(runs, runId, ({ status }) => status === 'failed');
  expect(runs.list()).toMatchObject([
    { status: 'failed', failure: { class: 'DIVIDE_BY_ZERO' }, rowCount: 256, complete: false },
  ]);
  expect(await runs.readRows(runId, 0, 100)).toMatchObject({ ok: true, value: { rowCount: 100 } });
  const again = workbench();
  again.runs.restore(runs.kept());
  expect(again.runs.list()).toMatchObject([{ status: 'failed', rowCount: 0 }]);
  engine.restart();
  await known(runs, runId, ({ rowCount }) => rowCount === 0);
  expect(runs.list()).toMatchObject([{ status: 'failed', failure: { class: 'DIVIDE_BY_ZERO' } }]);
});

test('a death under a query fails that query, keeps its text, and runs the queued one', async () => {
  const { start, settled, states } = workbench();
  const dying = start('die');
  const queued = start('rows 3');
  expect(await settled(dying)).toMatchObject({
    status: 'failed',
    text: 'die',
    failure: { kind: 'unavailable' },
  });
  expect(await settled(queued)).toMatchObject({ status: 'done', rowCount: 3 });
  expect(states).toEqual(['starting', 'ready', 'restarting', 'starting', 'ready']);
});

test('what statements changed in the session is there again after a death, in its order', async () => {
  const { start, settled } = workbench();
  for (const text of ['set a', 'rows 1', 'set b', 'set b', 'set a', 'die']) {
    await settled(start(text));
  }
  const run = await settled(start('names'));
  expect(run.failure).toMatchObject({ message: 'a,b,a orders,orders,orders,orders' });
});

test('a statement that kills the process while the session is restored is left out the next time', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'strata-journal-'));
  const { start, settled } = workbench({ FAKE_POISON: join(folder, 'met') });
  for (const text of ['set a', 'poison p', 'set b', 'die']) await settled(start(text));
  const run = await settled(start('names'));
  expect(run.failure).toMatchObject({ message: expect.stringMatching(/^a,b /) as string });
  rmSync(folder, { recursive: true });
});

test('results of the dead process are lost, say so, and can be run again', async () => {
  const { start, settled, until, runs } = workbench();
  const first = start('rows 5');
  await settled(first);
  await settled(start('die'));
  expect(await until(first, 'lost')).toMatchObject({ rowCount: 5, text: 'rows 5' });
  expect(await runs.readRows(first, 0, 5)).toEqual({ ok: false, error: { kind: 'gone' } });
  runs.repeat(first);
  expect(await until(first, 'done')).toMatchObject({ rowCount: 5 });
});

test('an engine that keeps dying is given up, with a failure for all who wait', async () => {
  const { start, settled, states, engine } = workbench({ FAKE_ENGINE: 'dieAtHello' }, 2);
  const run = await settled(start('rows 1'));
  expect(run.failure).toEqual({
    kind: 'unavailable',
    message: 'The engine stopped several times in a row.',
  });
  expect(states.filter((state) => state === 'starting')).toHaveLength(3);
  expect(engine.state.kind).toBe('gaveUp');
});

test('a library that does not load fails the query and is tried again with the next', async () => {
  const { start, settled, states } = workbench({ FAKE_ENGINE: 'unavailable' });
  for (let attempt = 0; attempt < 2; attempt++) {
    expect(await settled(start('rows 1'))).toMatchObject({
      status: 'failed',
      failure: { kind: 'unavailable', message: 'no library' },
    });
  }
  expect(states).toEqual(['starting', 'unavailable', 'starting', 'unavailable']);
});

test('cancelling all ends what runs and what waits, and the next query runs', async () => {
  const { start, settled, until, runs } = workbench();
  const endless = start('wait');
  const queued = start('rows 1');
  await until(endless, 'running');
  expect(runs.cancelAll()).toBe(2);
  expect((await settled(endless)).status).toBe('cancelled');
  expect((await settled(queued)).status).toBe('cancelled');
  expect((await settled(start('rows 2'))).rowCount).toBe(2);
});

test('two queries run at once, a third waits, and each has progress of its own', async () => {
  const { runs, start, until, settled } = workbench();
  const [first, second, third] = ['SELECT wait', 'SELECT wait', 'SELECT rows 1'].map(start);
  const heard = (runId: number) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (runs.list().some((run) => run.runId === runId && run.percent === 5)) resolve();
      };
      runs.onChanged(look);
      look();
    });
  await Promise.all([heard(first!), heard(second!)]);
  expect(runs.list().map(({ status }) => status)).toEqual(['running', 'running', 'queued']);
  runs.cancel(first!);
  expect(await settled(third!)).toMatchObject({ status: 'done' });
  expect(await until(second!, 'running')).toMatchObject({ percent: 5 });
});

test.each([
  ['a statement that may change the session', ['SELECT wait', 'set a'], views],
  ['what comes behind one', ['wait', 'SELECT rows 1'], views],
  ['a query to which a name means another file', ['SELECT wait', 'SELECT rows 1'], []],
])('%s waits', async (_what, [one = '', other = ''], shared) => {
  const { runs, until, settled } = workbench();
  const first = runs.start({ title: one, text: one, views });
  await until(first, 'running');
  const elsewhere = [{ name: 'Orders', path: '/elsewhere.csv' }];
  const second = runs.start({
    title: other,
    text: other,
    views: shared.length > 0 ? shared : elsewhere,
  });
  expect(await until(second, 'queued')).toMatchObject({ status: 'queued' });
  runs.cancel(first);
  expect(await settled(second)).toMatchObject({ status: 'done' });
});

test('rows asked for before the run has any come when it has', async () => {
  const { start, runs } = workbench();
  const runId = start('rows 3');
  const page = await runs.readRows(runId, 0, 10);
  expect(page).toMatchObject({ ok: true, value: { rowCount: 3 } });
  runs.repeat(runId);
  expect(runs.list()[0]).toMatchObject({ status: 'running', schema: [], rowCount: 0 });
  expect(await runs.readRows(runId, 0, 10)).toMatchObject({ ok: true, value: { rowCount: 3 } });
});

describe('the first page, which the run itself has read', () => {
  /** With the reads that reach the engine. */
  async function counted() {
    const all = workbench();
    const life = await all.engine.ready();
    if (!life.ok) throw new Error(life.error.kind);
    const call = vi.spyOn(life.value, 'call');
    const reads = () => call.mock.calls.filter(([method]) => method === 'readRows').length;
    return { ...all, reads };
  }

  test('is read once, also where it is asked for while the run is under way', async () => {
    const { runs, start, settled, reads } = await counted();
    const runId = start('rows 1000');
    const early = await runs.readRows(runId, 0, 256);
    expect(early).toMatchObject({ value: { rowCount: 256, knownRowCount: 256 } });
    await settled(runId);
    await known(runs, runId, ({ complete }) => complete);
    expect(await runs.readRows(runId, 0, 256)).toMatchObject({
      value: { rowCount: 256, knownRowCount: 1000, complete: true },
    });
    expect(reads()).toBe(1);
    expect(await runs.readRows(runId, 256, 256)).toMatchObject({ value: { start: 256 } });
    expect(await runs.readRows(runId, 0, 10)).toMatchObject({ value: { rowCount: 10 } });
    expect(reads()).toBe(3);
  });

  test('is the whole of a small result', async () => {
    const { runs, start, settled, reads } = await counted();
    const { runId } = await settled(start('rows 7'));
    expect(await runs.readRows(runId, 0, 256)).toMatchObject({
      value: { rowCount: 7, knownRowCount: 7, complete: true },
    });
    expect(reads()).toBe(1);
  });

  test('is no longer that of rows in another order, nor of what has run again', async () => {
    const { runs, start, settled, reads } = await counted();
    const { runId } = await settled(start('rows 100'));
    await runs.arrange(runId, { orderBy: [], where: 'n > 1', search: '' });
    expect(await runs.readRows(runId, 0, 256)).toMatchObject({ value: { rowCount: 50 } });
    await runs.arrange(runId, { orderBy: [], where: '', search: '' });
    expect(await runs.readRows(runId, 0, 256)).toMatchObject({ value: { rowCount: 100 } });
    expect(reads()).toBe(3);
    runs.repeat(runId);
    expect(await runs.readRows(runId, 0, 256)).toMatchObject({ value: { rowCount: 100 } });
    expect(reads()).toBe(4);
  });

  test('ends with its engine and with its run', async () => {
    const { runs, engine, start, settled, until } = await counted();
    const { runId } = await settled(start('rows 7'));
    engine.restart();
    await until(runId, 'lost');
    const gone = { ok: false, error: { kind: 'gone' } };
    expect(await runs.readRows(runId, 0, 256)).toEqual(gone);
    const { runId: closed } = await settled(start('rows 7'));
    runs.close(closed);
    expect(await runs.readRows(closed, 0, 256)).toEqual(gone);
  });
});

test('rows asked for in vain are refused once that is known', async () => {
  const { start, runs, until } = workbench();
  const endless = start('wait');
  await until(endless, 'running');
  const reads = [runs.readRows(endless, 0, 10), runs.readRows(endless, 0, 10)];
  runs.cancel(endless);
  for (const read of reads) expect(await read).toEqual({ ok: false, error: { kind: 'gone' } });
});

const action = (statement: string, line: number) => ({
  script: { uri: 'file:///job.py', line, isWhole: true },
  sessionId: 'script:job',
  statement,
  textStart: 40,
});

test('an action of a script shows what it prints of its rows, and runs again with its script', async () => {
  const { runs, settled } = workbench();
  const shown = { ...action('rows 6', 3), shownRows: 5 };
  const runId = runs.start({ title: 'df.show(5)', text: 'df.show(5)', views: [], action: shown });
  expect(await runs.ended(runId)).toMatchObject({ ok: true, value: [{ name: 'n' }] });
  expect(await settled(runId)).toMatchObject({ rowCount: 5, complete: true });
  const rowsOf = async (read: 'readRows' | 'readAllRows') => {
    const page = await runs[read](runId, 0, 256);
    return page.ok ? page.value.rowCount : page.error.kind;
  };
  expect([await rowsOf('readRows'), await rowsOf('readAllRows')]).toEqual([5, 6]);
  const wanted: number[] = [];
  runs.onScriptWanted(({ script }) => wanted.push(script.line));
  runs.repeat(runId);
  expect(wanted).toEqual([3]);
  expect(runs.kept()).toEqual([]);
  runs.closeSession('script:job');
  expect(runs.list()).toEqual([]);
});

test('a plan that is looked at is done without having run', () => {
  const { runs, engine } = workbench();
  const selected: unknown[] = [];
  runs.onSelected((each) => selected.push(each));
  const request = { title: 'df.explain()', text: 'df.explain()', views: [] };
  const runId = runs.addPlan({ ...request, action: action('rows 1', 0) });
  expect(runs.list()).toMatchObject([{ runId, status: 'done', isPlanOnly: true }]);
  expect(selected).toEqual([{ runId, pane: 'plan' }]);
  expect(engine.state.kind).toBe('stopped');
});

test('closing a run takes it away, cancelled if it was under way', async () => {
  const { start, settled, until, runs } = workbench();
  const endless = start('wait');
  const next = start('rows 2');
  await until(endless, 'running');
  const closed: number[] = [];
  runs.onClosed((runId) => closed.push(runId));
  runs.close(endless);
  expect((await settled(next)).status).toBe('done');
  expect(closed).toEqual([endless]);
  expect(runs.list().map(({ runId }) => runId)).toEqual([next]);
});

test('runs come back after a reload as lost, with text and views to run again', async () => {
  const before = workbench();
  await before.settled(before.start('rows 4'));
  const kept: unknown = JSON.parse(JSON.stringify(before.runs.kept()));
  const after = workbench();
  after.runs.restore(kept as ReturnType<Runs['kept']>);
  const [run] = after.runs.list();
  expect(run).toMatchObject({ status: 'lost', text: 'rows 4', rowCount: 4, complete: true });
  after.runs.repeat(run!.runId);
  expect(await after.until(run!.runId, 'done')).toMatchObject({ rowCount: 4 });
});

test("a restart that the user asks for loses results but no query's text", async () => {
  const { engine, start, settled, until } = workbench();
  const first = start('rows 5');
  await settled(first);
  engine.restart();
  expect(await until(first, 'lost')).toMatchObject({ text: 'rows 5' });
  expect((await settled(start('rows 1'))).status).toBe('done');
});

test('a result is sorted and filtered as it is, and given back as it was', async () => {
  const { start, settled, runs } = workbench();
  const { runId } = await settled(start('rows 1000'));
  await known(runs, runId, ({ complete }) => complete);
  const arrangement = { orderBy: [{ column: 0, descending: true }], where: 'n > 1', search: '' };
  expect(await runs.arrange(runId, arrangement)).toEqual({
    ok: true,
    value: { rowCount: 500, complete: true },
  });
  expect(await runs.readRows(runId, 400, 200)).toMatchObject({
    value: { rowCount: 100, knownRowCount: 500, complete: true },
  });
  // What is shown in another order says nothing of the run's own rows.
  expect(runs.list().at(-1)).toMatchObject({ rowCount: 1000, complete: true });
  expect(await runs.arrange(runId, { ...arrangement, where: 'n > 1 AND misspelt' })).toMatchObject({
    error: { class: 'UNRESOLVED', start: 10, end: 18 },
  });
  expect(await runs.readRows(runId, 499, 10)).toMatchObject({ value: { rowCount: 1 } });
  await runs.arrange(runId, { orderBy: [], where: '', search: '' });
  expect(await runs.readRows(runId, 900, 200)).toMatchObject({ value: { rowCount: 100 } });
});

describe('a result that is kept', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'strata-kept-'));
  });
  afterEach(() => {
    // An engine that is ending may still write there.
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  });
  const keeping = () => workbench({ FAKE_KEPT: join(folder, 'kept.json') });
  const keptRows = async () => {
    const window = keeping();
    const { runId } = await window.settled(window.start('rows 1000'));
    await known(window.runs, runId, ({ keptRowCount }) => keptRowCount === 1000);
    return { ...window, runId };
  };

  test('is there with all rows in a window that is loaded again', async () => {
    const { runs } = await keptRows();
    const again = keeping();
    again.runs.restore(JSON.parse(JSON.stringify(runs.kept())) as KeptRun[]);
    const [run] = again.runs.list();
    expect(run).toMatchObject({ status: 'done', keptRowCount: 1000 });
    expect(again.engine.state.kind).toBe('stopped');
    expect(await again.runs.readRows(run!.runId, 900, 200)).toMatchObject({
      value: { rowCount: 100, knownRowCount: 1000, complete: true },
    });
    const arrangement = { orderBy: [], where: 'n > 1', search: '' };
    expect(await again.runs.arrange(run!.runId, arrangement)).toMatchObject({
      value: { rowCount: 500 },
    });
    // A run that is repeated leaves what was kept of it behind.
    again.runs.repeat(run!.runId);
    expect(again.runs.list().at(0)?.keptRowCount).toBeUndefined();
    await again.settled(run!.runId);
  });

  test('goes on where the engine ended, sorted as it was', async () => {
    const { runs, engine, runId } = await keptRows();
    await runs.arrange(runId, { orderBy: [], where: 'n > 1', search: '' });
    engine.restart();
    expect(await runs.readRows(runId, 400, 200)).toMatchObject({
      value: { rowCount: 100, knownRowCount: 500 },
    });
    expect(runs.list()).toMatchObject([{ status: 'done', rowCount: 1000 }]);
  });

  test('tells the next window how it was sorted and filtered, until it is repeated', async () => {
    const { runs, runId } = await keptRows();
    const arrangement = { orderBy: [{ column: 0, descending: true }], where: 'n > 1', search: '' };
    await runs.arrange(runId, arrangement);
    const again = keeping();
    again.runs.restore(JSON.parse(JSON.stringify(runs.kept())) as KeptRun[]);
    expect(again.runs.list()).toMatchObject([{ arrangement }]);
    const restored = again.runs.list()[0]!.runId;
    expect(await again.runs.arrange(restored, arrangement)).toMatchObject({
      value: { rowCount: 500 },
    });
    again.runs.repeat(restored);
    expect(again.runs.list()[0]?.arrangement).toBeUndefined();
    await again.settled(restored);
    await runs.arrange(runId, { orderBy: [], where: '', search: '' });
    expect(runs.kept()[0]?.arrangement).toBeUndefined();
  });

  test('is lost where it was removed', async () => {
    const { runs } = await keptRows();
    rmSync(join(folder, 'kept.json'));
    const again = keeping();
    again.runs.restore(runs.kept());
    const [run] = again.runs.list();
    expect(await again.runs.readRows(run!.runId, 0, 10)).toMatchObject({ error: { kind: 'gone' } });
    expect(again.runs.list()).toMatchObject([{ status: 'lost' }]);
  });
});
