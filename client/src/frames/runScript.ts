/**
 * A PySpark script on the engine of the queries: what it prints goes to a terminal, the rows of its actions to the
 * results panel, its jobs to the jobs view.
 */
import { basename, isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import type { FrameAction, FrameScript, ScriptStep } from '#shared/protocol/frameScript.ts';
import { READ_SCRIPT } from '#shared/protocol/frameScript.ts';
import { fail, ok } from '#shared/result.ts';
import type { ScriptHost } from '#shared/script/scriptRun.ts';
import { ScriptRun, ScriptStopped, StepFailed } from '#shared/script/scriptRun.ts';
import type { ScriptAction } from '../runRequest.ts';
import { titleOf } from '../queries/runSql.ts';
import type { Queries, Workbench } from '../workbench.ts';
import type { ScriptTerminal } from './scriptTerminal.ts';

export interface ScriptToRun {
  readonly uri: vscode.Uri;
  readonly text: string;
  /** The folder that its paths are relative to. */
  readonly folder: string;
  /** Only what leads to the DataFrame of that line, and a look at it. */
  readonly at?: { readonly line: number; readonly action: FrameAction };
}

type Terminal = Pick<ScriptTerminal, 'print' | 'remark'>;

/** Gives the exit code that `strata run` would have; undefined where it was cancelled. */
export async function runScript(
  workbench: Workbench,
  script: ScriptToRun,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number | undefined> {
  const [server, queries] = await Promise.all([workbench.languageServer(), workbench.queries()]);
  const life = await queries.engine.ready();
  if (!life.ok) {
    const why = 'message' in life.error ? life.error.message : 'it ended meanwhile';
    terminal.remark(`The query engine does not run: ${why}\n`);
    return 2;
  }
  const sessionId = `${script.at ? 'look' : 'script'}:${script.uri.toString()}`;
  queries.runs.closeSession(sessionId);
  const host = hostOf(queries, script, sessionId, life.value.call, signal);
  const run = new ScriptRun(host, signal);
  try {
    await run.close();
    await run.open();
    const read = (schemas: Awaited<ReturnType<ScriptRun['schemas']>>) => {
      const { uri, text, at } = script;
      const params = { uri: uri.toString(), text, schemas, ...(at ? { at } : {}) };
      return server.request<FrameScript>(READ_SCRIPT, params);
    };
    const first = await read([]);
    const known =
      first && first.missingSchemas.length > 0
        ? await read(await run.schemas(first.missingSchemas))
        : first;
    if (!known) {
      terminal.remark(
        'The language server, which reads the script, ended meanwhile. Run it again.\n',
      );
      return 2;
    }
    if (script.at && known.steps.length === 0) {
      terminal.remark(`Line ${script.at.line + 1} makes no DataFrame that is known.\n`);
      return 2;
    }
    return await runSteps(run, known, script, terminal);
  } catch (error) {
    if (!(error instanceof ScriptStopped)) throw error;
    const { failure } = error;
    if (failure.kind === 'cancelled') return undefined;
    const why = 'message' in failure ? failure.message : 'the query engine ended unexpectedly';
    terminal.remark(`${why}\n`);
    return 2;
  }
}

/** What can't be known is named at its line, in the order of the script. */
async function runSteps(
  run: ScriptRun,
  { steps, problems, notes }: FrameScript,
  { uri }: ScriptToRun,
  terminal: Terminal,
): Promise<number> {
  const name = basename(uri.fsPath);
  const messages = [
    ...problems.map((problem) => ({ ...problem, kind: 'not run' })),
    ...notes.map((note) => ({ ...note, kind: 'note' })),
  ].sort((left, right) => left.start - right.start);
  const say = (before: number) => {
    while (messages[0] && messages[0].start < before) {
      const { line, kind, message } = messages[0];
      terminal.remark(`${name}:${line + 1}: ${kind}: ${message}\n`);
      messages.shift();
    }
  };
  const perform = (progress: vscode.Progress<{ message: string }>) =>
    run.run(
      steps,
      (_, { printed }) => {
        terminal.print(printed);
      },
      (step) => {
        say(step.start);
        progress.report({ message: `line ${step.line + 1}` });
      },
    );
  try {
    const location = vscode.ProgressLocation.Window;
    await vscode.window.withProgress({ location, title: name }, perform);
  } catch (error) {
    if (!(error instanceof StepFailed) || !error.step) throw error;
    // As in Python, what is raised ends the script.
    terminal.remark(`${name}:${error.step.line + 1}: ${error.message}\n`);
    return 1;
  }
  say(Infinity);
  return problems.length > 0 ? 1 : 0;
}

function hostOf(
  { runs, panel }: Queries,
  { uri, text, folder, at }: ScriptToRun,
  sessionId: string,
  call: ScriptHost['call'],
  signal: AbortSignal,
): ScriptHost {
  const requestOf = (step: ScriptStep, statement: string, more: Partial<ScriptAction> = {}) => {
    const line = at?.line ?? step.line;
    // A look belongs to a line, and not to a statement of the script.
    const { start, end } = step.end === 0 ? lineAt(text, line) : step;
    const written = text.slice(start, end);
    const action = {
      script: { uri: uri.toString(), line, isWhole: at === undefined },
      sessionId,
      statement,
      textStart: start,
      ...(step.action === 'show' ? { shownRows: step.rowCount } : {}),
      ...more,
    };
    const source = { uri: uri.toString(), start: 0, written: text, isWholeDocument: true };
    return { title: titleOf(written), text: written, views: [], action, source };
  };
  /** To its end, or until the script is cancelled. */
  const ended = async (runId: number) => {
    const cancel = () => {
      runs.cancel(runId);
    };
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { once: true });
    const outcome = await runs.ended(runId);
    signal.removeEventListener('abort', cancel);
    return outcome;
  };
  return {
    call,
    sessionId,
    settings: {},
    place: (path) => (isAbsolute(path) ? path : join(folder, path)),
    async openQuery(step, statement) {
      panel.show(true);
      const runId = runs.start(requestOf(step, statement));
      const outcome = await ended(runId);
      if (!outcome.ok) return fail(outcome.error);
      return ok({
        schema: outcome.value,
        read: (start, count) => runs.readAllRows(runId, start, count, signal),
        close: () => Promise.resolve(),
      });
    },
    async writeFiles(step, params) {
      const runId = runs.start(requestOf(step, params.statement, { write: params }));
      const outcome = await ended(runId);
      return outcome.ok ? outcome : fail(outcome.error);
    },
    explained(step, statement) {
      panel.show(true);
      runs.addPlan(requestOf(step, statement));
    },
  };
}

function lineAt(text: string, line: number): { readonly start: number; readonly end: number } {
  const lines = text.split('\n');
  const start = lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0);
  return { start, end: start + (lines[line]?.replace(/\r$/, '').length ?? 0) };
}
