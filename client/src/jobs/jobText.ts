/** What a job says of itself in a tree's line, in the status bar and in a tooltip. */
import { basename } from 'node:path';
import { formatBytes } from '#shared/quantities.ts';
import { isUnderWay, type Job } from './jobHistory.ts';

const LABEL_LENGTH = 20;

/** So short that a side bar of the usual width has room for what the job does. */
export function jobLabel({ title }: Job): string {
  return title.length <= LABEL_LENGTH
    ? title
    : `${title
        .slice(0, LABEL_LENGTH - 1)
        .replace(/…$/, '')
        .trimEnd()}…`;
}

/** What a screen reader says of its line. */
export function jobName(job: Job, locale?: string): string {
  const now = job.status === 'running' || job.isElsewhere ? [jobDescription(job)] : [];
  const [first = '', ...others] = jobFacts(job, locale);
  return [job.title, first, ...now, ...others].join(', ');
}

/** `42 % · 1.2 M rows/s · 3 s left`, or what came of it. */
export function jobDescription(job: Job): string {
  switch (job.status) {
    case 'queued':
      return job.isElsewhere ? 'waits in another window' : 'waiting';
    case 'running':
      if (job.isElsewhere) return 'runs in another window';
      return [share(job), rate(job), left(job)].filter((part) => part !== '').join(' · ');
    case 'done':
      return `${rows(job)} · ${duration(job.elapsedMs)}`;
    case 'failed':
      return messageOf(job).split('\n', 1)[0] ?? '';
    case 'cancelled':
      return `cancelled after ${duration(job.elapsedMs)}`;
    case 'lost':
      return 'ended with its window or engine';
  }
}

export function jobFiles({ views }: Job): string {
  return views.map(({ path }) => basename(path)).join(', ');
}

/** Markdown's facts of a job, a line each; the query follows it. */
export function jobFacts(job: Job, locale?: string): readonly string[] {
  const files = jobFiles(job);
  return [
    `${WORDS[job.status]} · ${new Date(job.startedAt).toLocaleString(locale)}`,
    ...(files === '' ? [] : [`Data: ${files}`]),
    `Engine: ${job.engine}`,
    ...(isUnderWay(job.status) ? [] : [`Duration: ${duration(job.elapsedMs)}`]),
    ...(job.status === 'done' ? [rows(job)] : []),
    ...(job.status === 'failed' ? [messageOf(job)] : []),
  ];
}

const WORDS: Readonly<Record<Job['status'], string>> = {
  queued: 'Waiting',
  running: 'Running',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
  lost: 'Ended',
};

function messageOf({ failure }: Job): string {
  if (!failure) return 'failed';
  return 'message' in failure ? failure.message : 'The engine ended.';
}

function share({ percent, elapsedMs }: Job): string {
  return percent >= 0 ? `${Math.floor(percent)} %` : duration(elapsedMs);
}

/** Of files that don't tell how many rows they have, in bytes. */
function rate({ progress, elapsedMs }: Job): string {
  if (!progress || elapsedMs < 200) return '';
  const { rowCount, byteLength } = progress;
  if (rowCount > 0) return `${short((rowCount / elapsedMs) * 1000)} rows/s`;
  return byteLength > 0 ? `${formatBytes(Math.round((byteLength / elapsedMs) * 1000))}/s` : '';
}

/** From the share that is done; too early, it would jump. */
function left({ percent, elapsedMs }: Job): string {
  if (percent < 3 || elapsedMs < 500) return '';
  return `${duration((elapsedMs * (100 - percent)) / percent)} left`;
}

function rows({ rowCount, isComplete }: Job): string {
  return `${rowCount.toLocaleString('en')}${isComplete ? '' : '+'} ${rowCount === 1 ? 'row' : 'rows'}`;
}

const short = (count: number) =>
  new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })
    .format(count)
    .replace(/(\d)([KMBT])$/, '$1 $2');

function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
