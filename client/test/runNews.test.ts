import { expect, test } from 'vitest';
import type { Run } from '#shared/protocol/resultsView.ts';
import { RunNews } from '#client/panels/runNews.ts';

const run = (runId: number, status: Run['status']): Run => ({
  runId,
  title: '',
  text: '',
  status,
  schema: [],
  rowCount: 0,
  complete: false,
  elapsedMs: 0,
  percent: -1,
});

test('of several in one turn the page gets the newest, each run once', async () => {
  const sent: string[] = [];
  const news = new RunNews(({ runId, status }) => void sent.push(`${runId} ${status}`));
  news.note(run(1, 'queued'));
  news.note(run(2, 'queued'));
  news.note(run(1, 'running'));
  expect(sent).toEqual([]);
  await Promise.resolve();
  expect(sent).toEqual(['1 running', '2 queued']);
  news.note(run(1, 'done'));
  await Promise.resolve();
  expect(sent.slice(2)).toEqual(['1 done']);
});

test('what other news is about is sent before it, and not again', async () => {
  const sent: string[] = [];
  const news = new RunNews(({ runId, status }) => void sent.push(`${runId} ${status}`));
  news.note(run(1, 'queued'));
  news.flush();
  sent.push('selected');
  await Promise.resolve();
  expect(sent).toEqual(['1 queued', 'selected']);
});
