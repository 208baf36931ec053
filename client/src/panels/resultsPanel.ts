/** The results panel: one for the window, brought back with its runs after a reload. */
import * as vscode from 'vscode';
import { answerOver, type AnswererEnd } from '#shared/protocol/wire.ts';
import type { ResultsViewContract, SourcePlace } from '#shared/protocol/resultsView.ts';
import type { Arrangement } from '#shared/protocol/arrangement.ts';
import { ok } from '#shared/result.ts';
import type { Logger } from '../logs.ts';
import type { KeptRuns } from '../keptRuns.ts';
import type { Runs } from '../runs.ts';
import { RunSources } from '../queries/runSources.ts';
import type { RunSource } from '../queries/sourcePlace.ts';
import { checkedPort } from './checkedPort.ts';
import type { PanelCalls } from './panelCalls.ts';
import { resultsChecks } from './resultsMessages.ts';
import { exportRows, saveText } from './exportRows.ts';
import { insertSql } from './insertSql.ts';
import { RunNews } from './runNews.ts';
import { savePlan } from './savePlan.ts';
import { fillWebview, webviewFolder } from './webviewHtml.ts';
import { portOfPanel } from './webviewPort.ts';

export const RESULTS_PANEL = 'strata.results';

const done = ok({});

export class ResultsPanel implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #runs: Runs;
  readonly #calls: PanelCalls;
  readonly #log: Logger;
  readonly sources: RunSources;
  readonly #kept: KeptRuns;
  readonly #subscriptions: { dispose(): void }[];
  /** What was known of each run when it was last written down. */
  readonly #keptAs = new Map<number, string>();
  readonly #news = new RunNews((run) => this.#end?.emit('runChanged', run));
  #panel: vscode.WebviewPanel | undefined;
  #end: AnswererEnd<ResultsViewContract> | undefined;

  constructor(
    context: vscode.ExtensionContext,
    runs: Runs,
    kept: KeptRuns,
    calls: PanelCalls,
    log: Logger,
  ) {
    this.#context = context;
    this.#runs = runs;
    this.#kept = kept;
    this.#calls = calls;
    this.#log = log;
    this.sources = new RunSources(() => runs.sources());
    this.#subscriptions = [
      this.sources,
      this.sources.onCursor((cursor) => {
        if (this.isVisible) this.#end?.emit('sourceCursor', cursor);
      }),
      runs.onChanged((run) => {
        this.#news.note(run);
        // Not at each of the rows that come while a result is kept.
        const { status, complete, keptRowCount } = run;
        const now = `${status} ${complete} ${keptRowCount ?? ''}`;
        if (status !== 'running' && now !== this.#keptAs.get(run.runId)) this.#keep();
        this.#keptAs.set(run.runId, now);
      }),
      runs.onClosed((runId) => {
        this.sources.forget(runId);
        this.#keptAs.delete(runId);
        this.#news.flush();
        this.#end?.emit('runClosed', { runId });
        this.#keep();
      }),
      runs.onSelected((shown) => {
        this.#news.flush();
        this.#end?.emit('selectRun', shown);
      }),
      runs.onFirstRows((first) => this.#end?.emit('firstRows', first)),
      runs.onArrangeProgress((progress) => this.#end?.emit('arrangeProgress', progress)),
    ];
  }

  /** Asks which row or column to go to. */
  goTo(): void {
    this.#end?.emit('goTo', {});
  }

  get isVisible(): boolean {
    return this.#panel?.visible === true;
  }

  get isOpen(): boolean {
    return this.#panel !== undefined;
  }

  /** Beside the text that is being written, where there is one. */
  show(beside = false): void {
    if (this.#panel) {
      const editor = vscode.window.activeTextEditor;
      const isInFront = beside && editor?.viewColumn === this.#panel.viewColumn;
      this.#panel.reveal(isInFront ? vscode.ViewColumn.Beside : undefined, true);
      return;
    }
    const { extensionUri } = this.#context;
    this.#attach(
      vscode.window.createWebviewPanel(
        RESULTS_PANEL,
        'Strata Results',
        {
          viewColumn: beside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active,
          preserveFocus: beside,
        },
        {
          enableScripts: true,
          retainContextWhenHidden: true,
          localResourceRoots: [webviewFolder(extensionUri)],
        },
      ),
    );
  }

  /** Takes over the panel that VS Code kept from before a reload of the window. */
  revive(panel: vscode.WebviewPanel): void {
    this.#attach(panel);
  }

  revealSource(source: RunSource, text: string, runId?: number): Promise<SourcePlace> {
    return this.sources.reveal(source, text, runId);
  }

  #attach(panel: vscode.WebviewPanel): void {
    this.#panel?.dispose();
    this.#panel = panel;
    const icon = (theme: string) =>
      vscode.Uri.joinPath(this.#context.extensionUri, 'media', `results-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    const refused = (method: string) => {
      this.#log.warn(`wire.resultsView refused ${method}`);
    };
    const end = answerOver<ResultsViewContract>(
      checkedPort(portOfPanel(panel), resultsChecks, refused),
      this.#calls.watch('results', this.#answers()),
      (method, error) => this.#log.error(`wire.resultsView ${method}: ${String(error)}`),
    );
    this.#end = end;
    panel.onDidDispose(() => {
      end.dispose();
      if (this.#panel !== panel) return;
      this.#panel = undefined;
      this.#end = undefined;
    });
    fillWebview(panel.webview, this.#context.extensionUri, 'results', 'Strata Results');
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#panel?.dispose();
  }

  #answers(): Parameters<typeof answerOver<ResultsViewContract>>[1] {
    const runs = this.#runs;
    return {
      listRuns: () => ok({ runs: runs.list(), selected: runs.selected, window: this.#kept.window }),
      readRows: ({ runId, start, count }, signal) => runs.readRows(runId, start, count, signal),
      explainRun: ({ runId, analyze }, signal) =>
        runs.explain(runId, analyze === true ? 'analyze' : 'extended', signal),
      showSource: async ({ runId, start, end, reveal }) => {
        const run = runs.sources().find((each) => each.runId === runId);
        return ok({ place: run ? await this.sources.show(run, { start, end }, reveal) : 'gone' });
      },
      exportPlan: savePlan,
      explainIdea: ({ idea }) => {
        void vscode.commands.executeCommand('strata.explainIdea', idea);
        return done;
      },
      cancelRun: ({ runId }) => {
        runs.cancel(runId);
        return done;
      },
      repeatRun: ({ runId }) => {
        runs.repeat(runId);
        return done;
      },
      closeRun: ({ runId }) => {
        runs.close(runId);
        return done;
      },
      arrangeRun: ({ runId, arrangement }, signal) => runs.arrange(runId, arrangement, signal),
      exportRun: ({ runId, arrangement }, signal) => this.#export(runId, arrangement, signal),
      saveText: ({ format, text }) => saveText('result', format, text),
      startQuery: () => {
        void vscode.commands.executeCommand('strata.runSqlOnFile');
        return done;
      },
      copyText: async ({ text }) => {
        await vscode.env.clipboard.writeText(text);
        return done;
      },
      insertSql: ({ text }) => insertSql(text),
    };
  }

  #export(runId: number, arrangement: Arrangement, signal: AbortSignal) {
    return exportRows('Export Query Result', undefined, signal, (path, format, stop) =>
      this.#runs.export(runId, path, format, arrangement, stop),
    );
  }

  #keep(): void {
    this.#kept.save(this.#runs.kept());
  }
}
