/** What the two windows do, and how each waits for the other. */
import assert from 'node:assert/strict';
import { existsSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Job } from '#client/jobs/jobHistory.ts';
import type { TestApi } from '#client/testApi.ts';
import { until, workspaceFile } from './harness.ts';

export const ONE = 'SELECT count(*) AS of_one FROM orders';
export const TWO = 'SELECT count(*) AS of_two FROM orders';
export const LATER = 'SELECT max(order_id) AS later FROM orders';
export const VIEWS = ['one_1', 'one_2', 'one_3', 'two_1', 'two_2', 'two_3'];

type Step = 'seen' | 'cleared' | 'ended';

export function tell(step: Step): void {
  writeFileSync(join(workspaceFile('.parts').fsPath, step), '');
}

export async function told(step: Step): Promise<void> {
  const folder = workspaceFile('.parts').fsPath;
  await until(
    step,
    (check) => {
      const watcher = watch(folder, check);
      return [{ dispose: () => watcher.close() }];
    },
    () => (existsSync(join(folder, step)) ? true : undefined),
  );
}

export function jobThat(api: TestApi, what: string, matches: (job: Job) => boolean): Promise<Job> {
  return until(
    what,
    (check) => [api.onJobs(check)],
    () => api.jobs().find(matches),
  );
}

export async function allViews(api: TestApi): Promise<void> {
  let lines: readonly string[] = [];
  await until(
    'the views of both windows',
    (check) => {
      const look = () =>
        void api.dataView('Views').then((read) => {
          lines = read;
          check();
        });
      look();
      return [api.dataTree.onDidChangeTreeData(look)];
    },
    () => (lines.length === VIEWS.length ? true : undefined),
  );
  assert.deepEqual(
    lines,
    VIEWS.map((name) => `${name} orders.csv`),
  );
}
