/** Where VS Code comes in. Registers what the manifest promises; everything heavy waits until it is used. */
import * as vscode from 'vscode';
import { CoverageView } from './adoption/coverageView.ts';
import { registerTasks } from './adoption/taskProvider.ts';
import { registerCommands } from './commands/register.ts';
import { registerExercises } from './course/exerciseTests.ts';
import { SqlDialect } from './queries/dialect.ts';
import { registerEmbeddedLenses } from './queries/embeddedLenses.ts';
import { PLAN_SCHEME, planDocuments } from './queries/runSql.ts';
import { BufferEditor } from './panels/bufferEditor.ts';
import { TableEditor } from './panels/tableEditor.ts';
import { createTestApi, type TestApi } from './testApi.ts';
import { JobsView } from './jobs/jobsView.ts';
import { Workbench } from './workbench.ts';

let workbench: Workbench | undefined;

export function activate(context: vscode.ExtensionContext): TestApi | undefined {
  const startedAt = performance.now();
  const current = new Workbench(context);
  workbench = current;
  const settingsChanged = () => current.settingsChanged();
  current.coverage = new CoverageView(current);
  current.showData();
  context.subscriptions.push(
    current,
    ...registerCommands(current),
    registerTasks(current),
    registerEmbeddedLenses(),
    vscode.workspace.registerTextDocumentContentProvider(PLAN_SCHEME, planDocuments),
    new SqlDialect(context.workspaceState, () => void current.languageServer(), settingsChanged),
    registerExercises(current),
    new JobsView(current.jobs),
    BufferEditor.register(current.bufferEditor),
    TableEditor.register(current.tableEditor),
    vscode.window.registerWebviewPanelSerializer('strata.results', {
      async deserializeWebviewPanel(panel, saved) {
        current.keptRuns.prefer(saved);
        (await current.queries()).panel.revive(panel);
      },
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('strata') || change.affectsConfiguration('python')) {
        settingsChanged();
      }
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(settingsChanged),
    vscode.extensions.onDidChange(settingsChanged),
    vscode.workspace.onDidOpenTextDocument((document) => {
      if (document.languageId === 'python') void current.languageServer();
    }),
  );
  if (vscode.workspace.textDocuments.some(({ languageId }) => languageId === 'python')) {
    void current.languageServer();
  }
  const activationMs = performance.now() - startedAt;
  current.logs.of('extension').info(`activated ms=${activationMs.toFixed(1)}`);
  return context.extensionMode === vscode.ExtensionMode.Test
    ? createTestApi(current, activationMs)
    : undefined;
}

export async function deactivate(): Promise<void> {
  await workbench?.stop();
}
