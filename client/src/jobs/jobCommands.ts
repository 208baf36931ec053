/** What can be done with a job: from its line in the tree, from the palette, or from a search. */
import * as vscode from 'vscode';
import { runScriptAgain } from '../commands/runPySparkFile.ts';
import type { Workbench } from '../workbench.ts';
import { isUnderWay, type Job } from './jobHistory.ts';
import { jobDescription, jobFiles } from './jobText.ts';

export async function cancelJob(workbench: Workbench, node?: unknown): Promise<void> {
  const job = jobOf(workbench, node) ?? (await choose(workbench, 'Cancel which job?', underWay));
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
  if (job.runId === undefined) runs.start({ title: job.title, text: job.text, views: job.views });
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
  if (job.runId !== undefined) {
    runs.select(job.runId, pane);
    panel.show();
    return;
  }
  workbench.messages.show({
    id: 'jobs.rowsGone',
    severity: 'info',
    text: `The rows of "${job.title}" are gone: they ended with the window or were closed. The query is kept.`,
    button: { label: 'Run Again', run: () => runJobAgain(workbench, node) },
  });
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
  if (job && over(job)) workbench.jobs.remove(job.id);
}

export async function clearJobs(workbench: Workbench): Promise<void> {
  const count = workbench.jobs.list().filter(over).length;
  if (count === 0) return;
  const clear = 'Clear';
  const answer = await vscode.window.showWarningMessage(
    `Forget ${count} ${count === 1 ? 'job' : 'jobs'}, and the rows of their results?`,
    { modal: true, detail: 'Files that were written stay.' },
    clear,
  );
  if (answer !== clear) return;
  const { runs } = await workbench.queries();
  for (const { runId } of workbench.jobs.list().filter(over))
    if (runId !== undefined) runs.close(runId);
  workbench.jobs.clear();
}

const underWay = ({ status }: Job) => isUnderWay(status);
const over = (job: Job) => !underWay(job);

function jobOf(workbench: Workbench, node: unknown): Job | undefined {
  if (typeof node !== 'object' || node === null || !('id' in node)) return undefined;
  return typeof node.id === 'number' ? workbench.jobs.byId(node.id) : undefined;
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
