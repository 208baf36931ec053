/**
 * Every process that holds state of the user's is killed by signal when idle, in the middle of a request and
 * while it restarts. Unsaved text, open panels and queued queries are compared before and after.
 */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '#client/testApi.ts';
import {
  closeAllEditors,
  diagnosticsOf,
  extensionApi,
  messageCounts,
  openDocument,
  openTabs,
  panelCall,
  processThat,
  query,
  ruleOf,
  runThat,
  settled,
  until,
  workspaceFile,
  working,
  type ProcessName,
} from './harness.ts';
import { ENDLESS } from './endless.ts';

const UNSAVED = '\nunsaved: int = "kept through every crash"\n';

const restartMessage: Record<ProcessName, string> = {
  server: 'server.restarted',
  pyright: 'typeChecker.restarted',
  engine: 'engine.restarted',
};

suite('a killed process loses nothing', () => {
  let api: TestApi;
  let python: vscode.TextDocument;

  suiteSetup(async () => {
    api = await extensionApi();
    await closeAllEditors();
    const read = panelCall(api, 'the array is shown', ({ method }) => method === 'readElements');
    await vscode.commands.executeCommand('vscode.open', workspaceFile('weights.npy'), {
      preview: false,
    });
    await read;
    python = await openDocument('inventory.py');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(python.uri, python.lineAt(python.lineCount - 1).range.end, UNSAVED);
    await vscode.workspace.applyEdit(edit);
    const warmUp = await query(['orders.csv'], 'SELECT count(*) AS n FROM orders');
    await runThat(api, 'the engine is warm', settled(warmUp));
    // Its panel opens in its own time; a tab that comes later would look like one that a kill brought.
    await until(
      'the results panel is open',
      (check) => [vscode.window.tabGroups.onDidChangeTabs(check)],
      () => openTabs().find((tab) => tab.startsWith('Strata Results')),
    );
    await unsavedTextIsChecked();
    await Promise.all([working(api, 'server'), working(api, 'pyright'), working(api, 'engine')]);
  });

  suiteTeardown(async () => {
    await vscode.window.showTextDocument(python);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await closeAllEditors();
  });

  for (const name of ['server', 'pyright', 'engine'] as const) {
    test(`${name}, idle`, () =>
      survives(name, async (pid) => {
        process.kill(pid, 'SIGKILL');
        await working(api, name, pid);
      }));

    test(`${name}, in the middle of a request`, () =>
      survives(name, async (pid) => {
        const request = await requestOf[name](pid);
        process.kill(pid, 'SIGKILL');
        await working(api, name, pid);
        await request();
      }));

    test(`${name}, during its restart`, () =>
      survives(name, async (pid) => {
        const restarting = processThat(
          api,
          `${name} is starting`,
          (event) =>
            event.process === name &&
            ['starting', 'restarting'].includes(event.state) &&
            event.pid !== undefined &&
            event.pid !== pid,
        );
        process.kill(pid, 'SIGKILL');
        const second = (await restarting).pid!;
        process.kill(second, 'SIGKILL');
        const third = await working(api, name, pid);
        assert.notEqual(third, second);
      }));
  }

  /** Puts a request under way that the frozen or busy process can't have answered; gives what must come of it. */
  const requestOf: Record<ProcessName, (pid: number) => Promise<() => Promise<void>>> = {
    server(pid) {
      freeze(pid);
      const hover = vscode.commands.executeCommand(
        'vscode.executeHoverProvider',
        python.uri,
        new vscode.Position(0, 0),
      );
      return Promise.resolve(async () => {
        await hover;
      });
    },
    async pyright(pid) {
      freeze(pid);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(python.uri, new vscode.Position(0, 0), '\n');
      await vscode.workspace.applyEdit(edit);
      return async () => {
        await unsavedTextIsChecked();
      };
    },
    async engine() {
      const running = await query(['measurements.csv'], ENDLESS);
      // As many as run at once, so that the next one waits.
      const other = await query(['measurements.csv'], ENDLESS);
      const queued = await query(['orders.csv'], 'SELECT count(*) AS kept FROM orders');
      await runThat(
        api,
        'the engine computes',
        (run) => run.runId === running && run.status === 'running' && run.elapsedMs > 0,
      );
      return async () => {
        const lost = await runThat(api, 'the running query settles', settled(running));
        assert.equal(lost.status, 'failed');
        assert.equal(lost.text, ENDLESS);
        assert.equal(lost.failure?.kind, 'unavailable');
        await runThat(api, 'so does the other', settled(other));
        const done = await runThat(api, 'the queued query runs', settled(queued));
        assert.equal(done.status, 'done', JSON.stringify(done.failure));
        await api.repeatRun(running);
        await runThat(
          api,
          'it can be run again',
          (run) => run.runId === running && run.status === 'running',
        );
        await vscode.commands.executeCommand('strata.cancelQuery');
        await runThat(api, 'and cancelled', settled(running));
      };
    },
  };

  /** Runs `kill` on the process and compares all that the user would miss, then sees that all three jobs work. */
  async function survives(name: ProcessName, kill: (pid: number) => Promise<void>): Promise<void> {
    const pid = await working(api, name);
    // VS Code lets go of a document that is in no editor and saved whenever it likes.
    const textOf = () =>
      vscode.workspace.textDocuments
        .filter((document) => document.isDirty)
        .map((document) => document.getText().trim());
    const before = { tabs: openTabs(), text: textOf() };
    const runsBefore = await api.runs();
    const saidBefore = messageCounts(api).get(restartMessage[name]) ?? 0;
    await kill(pid);
    assert.deepEqual({ tabs: openTabs(), text: textOf() }, before);
    assert.ok(python.isDirty);
    assert.ok(python.getText().includes(UNSAVED));
    assert.equal((messageCounts(api).get(restartMessage[name]) ?? 0) - saidBefore, 1);
    const runsAfter = await api.runs();
    for (const { runId, text } of runsBefore) {
      assert.equal(runsAfter.find((run) => run.runId === runId)?.text, text);
    }
    await unsavedTextIsChecked();
    const check = await query(['orders.csv'], 'SELECT count(*) AS n FROM orders');
    const run = await runThat(api, 'a query runs', settled(check));
    assert.equal(run.status, 'done', JSON.stringify(run.failure));
  }

  /** The type error stands in text that was never saved, so a server that reports it was sent that text. */
  async function unsavedTextIsChecked(): Promise<void> {
    const line =
      python.getText().slice(0, python.getText().indexOf('unsaved:')).split('\n').length - 1;
    await diagnosticsOf(python.uri, 'the error in unsaved text', (all) =>
      all.some(
        (diagnostic) =>
          ruleOf(diagnostic).startsWith('report') && diagnostic.range.start.line === line,
      ),
    );
  }
});

/** Keeps a process from answering, so that a request is surely under way when it is killed. */
function freeze(pid: number): void {
  if (process.platform !== 'win32') process.kill(pid, 'SIGSTOP');
}
