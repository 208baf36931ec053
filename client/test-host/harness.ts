/** What the tests say again and again: files of the workspace, and waiting for something without sleeping. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Run } from '#shared/protocol/resultsView.ts';
import type { Disposable } from '#shared/result.ts';
import type { PanelCall } from '#client/panels/panelCalls.ts';
import type { ProcessEvent, TestApi } from '#client/testApi.ts';

const LIMIT_MS = 45_000;

export type ProcessName = ProcessEvent['process'];

export async function extensionApi(): Promise<TestApi> {
  const extension = vscode.extensions.getExtension<TestApi | undefined>('strata.strata');
  const api = await extension?.activate();
  assert.ok(api, 'the extension gives its test API under test');
  remember(api);
  return api;
}

export function workspaceFile(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'a folder is open');
  return vscode.Uri.joinPath(folder.uri, name);
}

export async function openDocument(name: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(workspaceFile(name));
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

/** Settles when `probe` finds something, which it is asked now and whenever a listener that it hangs on fires. */
export function until<T>(
  what: string,
  listen: (check: () => void) => readonly Disposable[],
  probe: () => T | undefined,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const found = probe();
    if (found !== undefined) {
      resolve(found);
      return;
    }
    const stop = () => {
      clearTimeout(timer);
      for (const subscription of subscriptions) subscription.dispose();
    };
    const subscriptions = listen(() => {
      const later = probe();
      if (later === undefined) return;
      stop();
      resolve(later);
    });
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`timed out: ${what}`));
    }, LIMIT_MS);
  });
}

export function diagnosticsOf(
  uri: vscode.Uri,
  what: string,
  matches: (diagnostics: readonly vscode.Diagnostic[]) => boolean,
): Promise<readonly vscode.Diagnostic[]> {
  return until(
    what,
    (check) => [vscode.languages.onDidChangeDiagnostics(check)],
    () => {
      const diagnostics = vscode.languages.getDiagnostics(uri);
      return matches(diagnostics) ? diagnostics : undefined;
    },
  );
}

/** A diagnostic's rule, whether or not it comes with a link. */
export function ruleOf({ code }: vscode.Diagnostic): string {
  if (typeof code === 'object') return String(code.value);
  return String(code);
}

const processEvents: ProcessEvent[] = [];
let isRemembering = false;

/** From the first test on, so that no process id is missed. */
function remember(api: TestApi): void {
  if (isRemembering) return;
  isRemembering = true;
  api.onProcess((event) => processEvents.push(event));
}

/** The process as last reported in a state in which it works. */
export function livePid(name: ProcessName): number | undefined {
  const working = { server: 'running', engine: 'ready', pyright: 'ready' }[name];
  const last = processEvents.findLast((event) => event.process === name);
  return last?.state === working ? last.pid : undefined;
}

export function processThat(
  api: TestApi,
  what: string,
  matches: (event: ProcessEvent) => boolean,
): Promise<ProcessEvent> {
  let found: ProcessEvent | undefined;
  return until(
    what,
    (check) => [
      api.onProcess((event) => {
        if (!matches(event)) return;
        found = event;
        check();
      }),
    ],
    () => found,
  );
}

/** Waits until the process works, under another id than `not`. */
export function working(api: TestApi, name: ProcessName, not?: number): Promise<number> {
  return until(
    `${name} works`,
    (check) => [api.onProcess(check)],
    () => {
      const pid = livePid(name);
      return pid === not ? undefined : pid;
    },
  );
}

export function panelCall(
  api: TestApi,
  what: string,
  matches: (call: PanelCall) => boolean,
): Promise<PanelCall> {
  let found: PanelCall | undefined;
  return until(
    what,
    (check) => [
      api.onPanelCall((call) => {
        if (!matches(call)) return;
        found = call;
        check();
      }),
    ],
    () => found,
  );
}

export async function runThat(
  api: TestApi,
  what: string,
  matches: (run: Run) => boolean,
): Promise<Run> {
  let known = await api.runs();
  const subscriptions: Disposable[] = [];
  try {
    return await new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        const states = known.map(({ runId, status }) => `${runId} ${status}`).join(', ');
        reject(new Error(`timed out: ${what}; runs are ${states}`));
      }, LIMIT_MS);
      const settle = (run: Run) => {
        clearTimeout(timer);
        resolve(run);
      };
      const first = known.find(matches);
      if (first) settle(first);
      void api
        .onRun((run) => {
          known = [...known.filter(({ runId }) => runId !== run.runId), run];
          if (matches(run)) settle(run);
        })
        .then((subscription) => {
          subscriptions.push(subscription);
          void api.runs().then((runs) => {
            const found = runs.find(matches);
            if (found) settle(found);
          });
        });
    });
  } finally {
    for (const subscription of subscriptions) subscription.dispose();
  }
}

/** Runs a query by the command that people use, and gives the id of its run. */
export async function query(files: readonly string[], text: string): Promise<number> {
  const runId = await vscode.commands.executeCommand<number | undefined>('strata.runSqlOnFile', {
    files: files.map((name) => workspaceFile(name).fsPath),
    query: text,
  });
  assert.ok(runId !== undefined, 'the command starts a run');
  return runId;
}

export const settled = (runId: number) => (run: Run) =>
  run.runId === runId && run.status !== 'queued' && run.status !== 'running';

export function closeAllEditors(): Thenable<unknown> {
  return vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Tabs as people see them: label, kind, whether unsaved. */
export function openTabs(): readonly string[] {
  return vscode.window.tabGroups.all.flatMap((group) =>
    group.tabs.map((tab) => {
      const kind =
        tab.input instanceof vscode.TabInputCustom || tab.input instanceof vscode.TabInputWebview
          ? tab.input.viewType
          : 'text';
      return `${tab.label} ${kind}${tab.isDirty ? ' unsaved' : ''}`;
    }),
  );
}

/** How often each message has been shown. */
export function messageCounts(api: TestApi): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { id } of api.messages()) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}
