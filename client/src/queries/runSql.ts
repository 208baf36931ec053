/** Run, Explain and Profile, for a statement of an editor, a fence or a cell. */
import * as vscode from 'vscode';
import type { Explanation, NodeMetrics } from '#shared/protocol/engine.ts';
import type { Workbench } from '../workbench.ts';
import { statementsToRun, type StatementToRun } from './statementsToRun.ts';

/** Gives the ids of the runs that it started, for tests and for other extensions. */
export async function runSql(workbench: Workbench, given?: unknown): Promise<readonly number[]> {
  const statements = (await statementsToRun(workbench, given)) ?? [];
  if (statements.length === 0) return [];
  const { runs, panel } = await workbench.queries();
  panel.show(true);
  const ids: number[] = [];
  for (const { text, written, source } of statements) {
    const views = await workbench.tables().viewsIn(text);
    const from = source ? { source } : {};
    ids.push(runs.start({ title: titleOf(written), text, views, ...from }));
  }
  return ids;
}

export function explainSql(workbench: Workbench, given?: unknown): Promise<void> {
  return showPlans(workbench, given, 'extended');
}

export function profileSql(workbench: Workbench, given?: unknown): Promise<void> {
  return showPlans(workbench, given, 'analyze');
}

async function showPlans(
  workbench: Workbench,
  given: unknown,
  mode: 'extended' | 'analyze',
): Promise<void> {
  for (const statement of (await statementsToRun(workbench, given)) ?? []) {
    const text = await planText(workbench, statement, mode);
    if (text === undefined) return;
    const title = `${mode === 'analyze' ? 'Profile' : 'Plan'} of ${titleOf(statement.written)}`;
    const uri = planDocuments.add(title, text);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, {
      viewColumn: vscode.ViewColumn.Beside,
      preserveFocus: true,
      preview: true,
    });
  }
}

async function planText(
  workbench: Workbench,
  { text }: StatementToRun,
  mode: 'extended' | 'analyze',
): Promise<string | undefined> {
  const { runs } = await workbench.queries();
  const views = await workbench.tables().viewsIn(text);
  const explained = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: mode === 'analyze' ? 'Profiling the query' : 'Explaining the query',
      cancellable: true,
    },
    (_, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      return runs.explainText(text, views, mode, abort.signal);
    },
  );
  if (explained.ok) return printed(text, explained.value);
  const { error } = explained;
  if (error.kind === 'cancelled') return undefined;
  const message = 'message' in error ? error.message : 'The engine ended meanwhile. Try again.';
  workbench.messages.show({ id: 'explainSql.failed', severity: 'error', text: message });
  return undefined;
}

function printed(query: string, { text, trace, metrics }: Explanation): string {
  const part = (title: string, body: string) => `== ${title} ==\n${body.trim()}\n`;
  return [
    part('Query', query),
    ...(metrics ? [part('Measured', measured(metrics, 0))] : []),
    part('Parsed Logical Plan', text.parsed),
    part('Analyzed Logical Plan', text.analyzed),
    part('Optimized Logical Plan', text.optimized),
    part('Physical Plan', text.physical),
    part('Rules that changed it', trace.map(({ rule }) => rule).join('\n') || 'none'),
  ].join('\n');
}

function measured({ operator, rows, elapsedMs, children }: NodeMetrics, depth: number): string {
  const name = `${'  '.repeat(depth)}${operator}`.padEnd(40);
  const line = `${name} ${rows.toLocaleString('en')} rows · ${elapsedMs.toFixed(1)} ms`;
  return [line, ...children.map((child) => measured(child, depth + 1))].join('\n');
}

export function titleOf(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length <= 40 ? line : `${line.slice(0, 39)}…`;
}

export const PLAN_SCHEME = 'strata-plan';
const KEPT_PLANS = 20;

/** Plans as read-only documents, which VS Code searches, splits and saves as any other. */
class PlanDocuments implements vscode.TextDocumentContentProvider {
  readonly #texts = new Map<string, string>();
  #count = 0;

  add(title: string, text: string): vscode.Uri {
    const name = title.replace(/[\\/:*?"<>|#%]+/g, ' ').trim();
    const uri = vscode.Uri.from({
      scheme: PLAN_SCHEME,
      path: `/${name}.txt`,
      query: String(++this.#count),
    });
    this.#texts.set(uri.toString(), text);
    const [oldest] = this.#texts.keys();
    if (this.#texts.size > KEPT_PLANS && oldest !== undefined) this.#texts.delete(oldest);
    return uri;
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return (
      this.#texts.get(uri.toString()) ?? 'This plan is no longer kept. Explain the query again.'
    );
  }
}

export const planDocuments = new PlanDocuments();
