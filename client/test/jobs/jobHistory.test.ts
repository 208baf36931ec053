/** Records of runs: what makes a new one, what ends with the window, and how many are kept. */
import { expect, test } from 'vitest';
import type { Run } from '#shared/protocol/resultsView.ts';
import { EventSource } from '#client/event.ts';
import { JobHistory, newJobId, type Job, type JobStore } from '#client/jobs/jobHistory.ts';
import { jobDescription, jobLabel, jobName } from '#client/jobs/jobText.ts';

const views = [{ name: 'orders', path: '/data/orders.csv' }];
const run = (runId: number, change: Partial<Run> = {}): Run => ({
  runId,
  title: `query ${runId}`,
  text: 'SELECT 1',
  status: 'queued',
  schema: [],
  rowCount: 0,
  complete: false,
  elapsedMs: 0,
  percent: -1,
  ...change,
});

const facts = (jobId: string) => ({ jobId, views, source: undefined, script: undefined });

/** What the windows of a workspace share. */
function sharedStore() {
  const jobs = new Map<string, Job>();
  const changed = new EventSource<undefined>();
  let reads: Promise<unknown> = Promise.resolve();
  const store: JobStore = {
    read: () => Promise.resolve([...jobs.values()]),
    change(put, removed) {
      for (const job of put) jobs.set(job.id, job);
      for (const id of removed) jobs.delete(id);
      changed.fire(undefined);
    },
    onChanged: (listener) => changed.listen(listener),
    saved: () => reads.then(() => undefined),
  };
  const open = async (window: string, alive: readonly number[] = []) => {
    let now = 1000;
    const isAlive = (pid: number) => alive.includes(pid);
    const options = { window, pid: window.length, now: () => now++, isAlive };
    const history = new JobHistory(store, options);
    reads = history.refresh();
    await reads;
    return history;
  };
  return { jobs, open };
}

/** From its queue to its end. */
function ran(history: JobHistory, runId: number, jobId: string, change: Partial<Run> = {}) {
  history.note(run(runId), facts(jobId));
  history.note(run(runId, { status: 'running' }), facts(jobId));
  const job = history.note(run(runId, { status: 'done', ...change }), facts(jobId));
  if (!job) throw new Error('the job is known');
  return job;
}

test('a run is one job from its queue to its end', async () => {
  const { jobs, open } = sharedStore();
  ran(await open('a'), 1, 'job-1', { rowCount: 3, complete: true, elapsedMs: 40 });
  expect([...jobs.values()]).toMatchObject([
    { id: 'job-1', status: 'done', rowCount: 3, startedAt: 1001, views },
  ]);
  expect(jobs.get('job-1')).not.toHaveProperty('runId');
});

test('a run that begins again is a new job, and the newest is first', async () => {
  const history = await sharedStore().open('a');
  ran(history, 1, 'job-1');
  ran(history, 2, 'job-2', { status: 'failed' });
  history.note(run(1, { status: 'queued' }), facts('job-3'));
  expect(history.list().map(({ title, status }) => [title, status])).toEqual([
    ['query 1', 'queued'],
    ['query 2', 'failed'],
    ['query 1', 'done'],
  ]);
});

test('ids sort by time, also those of one millisecond', () => {
  const ids = Array.from({ length: 50 }, (_, index) =>
    newJobId(1_700_000_000_000 + Math.floor(index / 10)),
  );
  expect(ids.toSorted()).toEqual(ids);
});

test('what was under way when the window closed is lost, and no rows are promised', async () => {
  const { open } = sharedStore();
  const before = await open('a');
  before.note(run(1, { status: 'running' }), facts('job-1'));
  ran(before, 2, 'job-2');
  before.dispose();
  const after = await open('b');
  expect(after.list().map(({ status, runId }) => [status, runId])).toEqual([
    ['done', undefined],
    ['lost', undefined],
  ]);
});

test('each of two windows sees what ran in the other, and what runs there as running there', async () => {
  const { open } = sharedStore();
  const first = await open('first', [5, 6]);
  const second = await open('second', [5, 6]);
  ran(first, 1, 'job-1');
  second.note(run(1, { status: 'running' }), facts('job-2'));
  await Promise.all([first.refresh(), second.refresh()]);
  expect(first.list().map(({ id, runId, isElsewhere }) => [id, runId, isElsewhere])).toEqual([
    ['job-2', undefined, true],
    ['job-1', 1, undefined],
  ]);
  expect(second.list().map(({ id, runId }) => [id, runId])).toEqual([
    ['job-2', 1],
    ['job-1', undefined],
  ]);
  expect(first.list().map((job) => jobDescription(job))[0]).toBe('runs in another window');
  second.clear();
  await first.refresh();
  expect(first.list().map(({ id }) => id)).toEqual(['job-2']);
});

test('later news of a job that was taken from the list does not bring it back', async () => {
  const { jobs, open } = sharedStore();
  const history = await open('a');
  const { id } = ran(history, 1, 'job-1');
  history.remove(id);
  history.note(run(1, { status: 'done', keptRowCount: 7 }), facts('job-1'));
  await history.refresh();
  expect([history.list(), [...jobs]]).toEqual([[], []]);
});

test('clearing leaves what runs', async () => {
  const history = await sharedStore().open('a');
  ran(history, 1, 'job-1');
  history.note(run(2, { status: 'running' }), facts('job-2'));
  history.clear();
  expect(history.list().map(({ title }) => title)).toEqual(['query 2']);
});

test('a closed tab takes the rows, not the record', async () => {
  const history = await sharedStore().open('a');
  const { id } = ran(history, 1, 'job-1');
  history.forgetRun(1);
  expect(history.byId(id)).not.toHaveProperty('runId');
});

test('a run of an earlier window leads to its job', async () => {
  const { open } = sharedStore();
  const before = await open('a');
  ran(before, 1, 'job-1');
  const after = await open('b');
  after.adopt('job-1', 4);
  expect(after.byId('job-1')?.runId).toBe(4);
  after.forgetRun(4);
  expect(after.byId('job-1')).not.toHaveProperty('runId');
});

const progress = {
  percent: 42,
  rowCount: 2_400_000,
  totalRowCount: 0,
  byteLength: 0,
  totalByteLength: 0,
};
test.each<[Partial<Run>, string]>([
  [{ status: 'queued' }, 'waiting'],
  [
    { status: 'running', percent: 42.7, elapsedMs: 2000, progress },
    '42 % · 1.2 M rows/s · 2.7 s left',
  ],
  [
    {
      status: 'running',
      percent: 50,
      elapsedMs: 2000,
      progress: { ...progress, rowCount: 0, byteLength: 4_194_304, totalByteLength: 8_388_608 },
    },
    '50 % · 2.0 MiB/s · 2.0 s left',
  ],
  [{ status: 'running', elapsedMs: 61_000 }, '1 min 1 s'],
  [{ status: 'done', rowCount: 1200, complete: true, elapsedMs: 240 }, '1,200 rows · 240 ms'],
  [{ status: 'done', rowCount: 1, complete: true, elapsedMs: 9000 }, '1 row · 9.0 s'],
  [{ status: 'cancelled', elapsedMs: 12_000 }, 'cancelled after 12 s'],
  [
    { status: 'failed', failure: { kind: 'unavailable', message: 'No library.\nInstall it.' } },
    'No library.',
  ],
])('%j', async (change, text) => {
  const history = await sharedStore().open('a');
  history.note(run(1), facts('job'));
  const job = history.note(run(1, change), facts('job'));
  expect(job && jobDescription(job)).toBe(text);
});

test('a line has room for what its job does, and is said with it', async () => {
  const history = await sharedStore().open('a');
  const title = 'SELECT count(*) AS n FROM measurements …';
  const running = { title, status: 'running', percent: 42, elapsedMs: 2000, progress } as const;
  history.note(run(1), facts('job'));
  const job = history.note(run(1, running), facts('job'));
  expect(job && jobLabel(job)).toBe('SELECT count(*) AS…');
  expect(job && jobName(job, 'en')).toMatch(
    /^SELECT count\(\*\) AS n FROM measurements …, Running · [^]+, 42 % · 1\.2 M rows\/s · 2\.8 s left, /,
  );
});
