/** What can be done with a job: from its line in the tree, from the palette, or from a search. */
import * as vscode from 'vscode';
import { runScriptAgain } from '../commands/runPySparkFile.ts';
import type { Workbench } from '../workbench.ts';
import { sourceName } from '../queries/sourcePlace.ts';
import type { Runs } from '../runs.ts';
import { isAlive, isUnderWay, type Job } from './jobHistory.ts';
import { jobDescription, jobFiles } from './jobText.ts';

export async function cancelJob(workbench: Workbench, node?: unknown): Promise<void> {
  const job = jobOf(workbench, node) ?? (await choose(workbench, 'Cancel which job?', isOurs));
  if (job?.runId === undefined) return;
  (await workbench.queries()).runs.cancel(job.runId);
}

export async function runJobAgain(workbench: Workbench, node?: unknown): Promise<void> {
  const job = jobOf(workbench, node) ?? (await choose(workbench, 'Run which job again?', over));
  if (!job) return;
  const { runs, panel } = await workbench.queries();
  if (job.script) {
    await runScriptAgain(workbench, job.script);
    return;
  }
  panel.show();
  const { title, text, views, source } = job;
  if (job.runId === undefined) runs.start({ title, text, views, ...(source ? { source } : {}) });
  else runs.repeat(job.runId);
}

/** Its rows, or, where they are gone, the offer to run it again. */
export function openJobResult(workbench: Workbench, node?: unknown): Promise<void> {
  return openJob(workbench, node, 'Open the result of which job?');
}

export function openJobPlan(workbench: Workbench, node?: unknown): Promise<void> {
  return openJob(workbench, node, 'Open the plan of which job?', 'plan');
}

async function openJob(
  workbench: Workbench,
  node: unknown,
  question: string,
  pane?: 'plan',
): Promise<void> {
  const job = jobOf(workbench, node) ?? (await choose(workbench, question));
  if (!job) return;
  const { runs, panel } = await workbench.queries();
  const runId = job.runId ?? broughtBack(workbench, runs, job, pane !== undefined);
  if (runId !== undefined) {
    runs.select(runId, pane);
    panel.show();
    return;
  }
  const { window, pid } = job.owner;
  const isOfOther = window !== workbench.keptRuns.window && isAlive(pid);
  workbench.messages.show({
    id: 'jobs.rowsGone',
    severity: 'info',
    text: isOfOther
      ? `"${job.title}" ${job.isElsewhere ? 'runs' : 'ran'} in another window on this workspace, which shows its rows.`
      : `The rows of "${job.title}" are gone: they ended with the window or were closed. The query is kept.`,
    ...(job.isElsewhere
      ? {}
      : {
          button: {
            label: 'Run Again',
            run: () => runJobAgain(workbench, { kind: 'job', id: job.id }),
          },
        }),
  });
}

/** A tab for a job of an earlier window, where there is something to see in it. */
function broughtBack(
  workbench: Workbench,
  runs: Runs,
  job: Job,
  isForPlan: boolean,
): number | undefined {
  const { title, text, views, source, failure } = job;
  // What a script did is known to its session, which is no more.
  if (job.script || isUnderWay(job.status)) return undefined;
  if (!failure && !isForPlan) return undefined;
  const runId = runs.bringBack({
    ...{ title, text, views, jobId: job.id },
    ...(source ? { source } : {}),
    ...(failure ? { failure } : {}),
    schema: [],
    rowCount: job.rowCount,
    complete: job.isComplete,
    elapsedMs: job.elapsedMs,
  });
  workbench.jobs.adopt(job.id, runId);
  return runId;
}

/** Selects what the job came from in its document; where that is gone or says something else now, its text opens. */
export async function revealJobSource(workbench: Workbench, node?: unknown): Promise<void> {
  const job =
    jobOf(workbench, node) ?? (await choose(workbench, 'Reveal the source of which job?'));
  if (!job) return;
  if (job.source && !job.script) {
    const { panel } = await workbench.queries();
    const place = await panel.revealSource(job.source, job.text, job.runId);
    if (place === 'shown') return;
    workbench.messages.show({
      id: 'jobs.sourceGone',
      severity: 'info',
      text: `The text of "${job.title}" is no longer in ${sourceName(job.source.uri)}. This is the query as it ran.`,
    });
  }
  await openJobQuery(workbench, { kind: 'job', id: job.id });
}

export async function openJobQuery(workbench: Workbench, node?: unknown): Promise<void> {
  const job = jobOf(workbench, node) ?? (await choose(workbench, 'Open the query of which job?'));
  if (!job) return;
  if (job.script) {
    const { uri, line } = job.script;
    const place = new vscode.Range(line, 0, line, 0);
    await vscode.window.showTextDocument(vscode.Uri.parse(uri), { selection: place });
    return;
  }
  const document = await vscode.workspace.openTextDocument({
    language: 'spark-sql',
    content: job.text,
  });
  await vscode.window.showTextDocument(document);
}

export async function searchJobs(workbench: Workbench): Promise<void> {
  const job = await choose(workbench, 'Find a job by its query, its files or what came of it');
  if (job) await openJobResult(workbench, { kind: 'job', id: job.id });
}

export function removeJob(workbench: Workbench, node?: unknown): void {
  const job = jobOf(workbench, node);
  if (job && !isOurs(job)) workbench.jobs.remove(job.id);
}

/** From a keybinding or a test: `true` asks no question. */
export async function clearJobs(workbench: Workbench, given?: unknown): Promise<void> {
  const count = workbench.jobs.list().filter(over).length;
  if (count === 0) return;
  if (given !== true) {
    const clear = 'Clear';
    const answer = await vscode.window.showWarningMessage(
      `Forget ${count} ${count === 1 ? 'job' : 'jobs'}, and the rows of their results?`,
      { modal: true, detail: 'Files that were written stay.' },
      clear,
    );
    if (answer !== clear) return;
  }
  const { runs } = await workbench.queries();
  for (const { runId } of workbench.jobs.list().filter(over))
    if (runId !== undefined) runs.close(runId);
  workbench.jobs.clear();
  await Promise.all([runs.freed(), workbench.jobs.saved(), workbench.keptRuns.removeEarlier()]);
}

const over = ({ status }: Job) => !isUnderWay(status);
const isOurs = (job: Job) => !over(job) && !job.isElsewhere;

function jobOf(workbench: Workbench, node: unknown): Job | undefined {
  if (typeof node !== 'object' || node === null || !('id' in node)) return undefined;
  return typeof node.id === 'string' ? workbench.jobs.byId(node.id) : undefined;
}

async function choose(
  workbench: Workbench,
  placeHolder: string,
  wanted: (job: Job) => boolean = () => true,
): Promise<Job | undefined> {
  const items = workbench.jobs
    .list()
    .filter(wanted)
    .map((job) => ({
      job,
      label: job.title,
      description: [jobFiles(job), jobDescription(job)].filter((part) => part !== '').join(' · '),
      detail: job.text.replace(/\s+/g, ' ').slice(0, 200),
    }));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.job;
}
