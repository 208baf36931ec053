/** Records of runs: what makes a new one, what ends with the window, and how many are kept. */
import { expect, test } from 'vitest';
import type { Run } from '#shared/protocol/resultsView.ts';
import { JobHistory, type Job } from '#client/jobs/jobHistory.ts';
import { jobDescription } from '#client/jobs/jobText.ts';

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

function history(kept: readonly Job[] = []) {
  let saved = kept;
  let now = 1000;
  const jobs = new JobHistory(
    {
      load: () => saved,
      save: (next) => {
        saved = next;
      },
    },
    () => now++,
  );
  return { jobs, saved: () => saved };
}

test('a run is one job from its queue to its end', () => {
  const { jobs, saved } = history();
  jobs.note(run(1), views);
  jobs.note(run(1, { status: 'running' }), views);
  jobs.note(run(1, { status: 'done', rowCount: 3, complete: true, elapsedMs: 40 }), views);
  expect(saved()).toMatchObject([
    { status: 'done', rowCount: 3, startedAt: 1001, views, runId: 1 },
  ]);
});

test('a run that begins again is a new job, and the newest is first', () => {
  const { jobs } = history();
  jobs.note(run(1, { status: 'done' }), views);
  jobs.note(run(2, { status: 'failed' }), views);
  jobs.note(run(1, { status: 'queued' }), views);
  expect(jobs.list().map(({ title, status }) => [title, status])).toEqual([
    ['query 1', 'queued'],
    ['query 2', 'failed'],
    ['query 1', 'done'],
  ]);
});

test('what was under way when the window closed is lost, and no rows are promised', () => {
  const before = history();
  before.jobs.note(run(1, { status: 'running' }), views);
  before.jobs.note(run(2, { status: 'done' }), views);
  const { jobs } = history(before.saved());
  expect(jobs.list().map(({ status, runId }) => [status, runId])).toEqual([
    ['done', undefined],
    ['lost', undefined],
  ]);
  expect(jobs.note(run(1, { status: 'running' }), views).id).toBe(3);
});

test('two hundred are kept; clearing leaves what runs', () => {
  const { jobs, saved } = history();
  for (let id = 1; id <= 250; id++) jobs.note(run(id, { status: 'done' }), views);
  expect(saved()).toHaveLength(200);
  jobs.note(run(251, { status: 'running' }), views);
  jobs.clear();
  expect(jobs.list().map(({ title }) => title)).toEqual(['query 251']);
});

test('a closed tab takes the rows, not the record', () => {
  const { jobs } = history();
  const { id } = jobs.note(run(1, { status: 'done' }), views);
  jobs.forgetRun(1);
  expect(jobs.byId(id)).not.toHaveProperty('runId');
  jobs.remove(id);
  expect(jobs.list()).toEqual([]);
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
  [{ status: 'running', elapsedMs: 61_000 }, '1 min 1 s'],
  [{ status: 'done', rowCount: 1200, complete: true, elapsedMs: 240 }, '1,200 rows · 240 ms'],
  [{ status: 'done', rowCount: 1, complete: true, elapsedMs: 9000 }, '1 row · 9.0 s'],
  [{ status: 'cancelled', elapsedMs: 12_000 }, 'cancelled after 12 s'],
  [
    { status: 'failed', failure: { kind: 'unavailable', message: 'No library.\nInstall it.' } },
    'No library.',
  ],
])('%j', (change, text) => {
  expect(jobDescription(history().jobs.note(run(1, change), views))).toBe(text);
});
