import * as vscode from 'vscode';
import { chooseTypeChecking, readSettings } from '../settings.ts';
import type { Workbench } from '../workbench.ts';

/** For bug reports: versions, settings and log lines. Never source text or cell values. */
export async function showDiagnosticsReport(workbench: Workbench): Promise<void> {
  const manifest = workbench.context.extension.packageJSON as { version: string };
  const settings = readSettings();
  const choice = chooseTypeChecking(settings);
  const facts: readonly (readonly [string, string])[] = [
    ['Strata', manifest.version],
    ['VS Code', `${vscode.version} (${vscode.env.appName}, ${vscode.env.appHost})`],
    ['Platform', `${process.platform} ${process.arch}, Node ${process.versions.node}`],
    ['Remote', vscode.env.remoteName ?? 'none'],
    ['Workspace', vscode.workspace.isTrusted ? 'trusted' : 'not trusted'],
    ['Types checked by', choice.checkTypes ? 'Strata' : (choice.instead ?? 'nobody')],
    ['Type checker', workbench.typeChecker?.engine ?? 'not started'],
    ['Python environment', pythonEnvironment()],
    ['Settings', JSON.stringify(settings)],
  ];
  const lines = workbench.logs.lastLines();
  const content = [
    '# Strata diagnostics report',
    '',
    ...facts.map(([label, value]) => `- ${label}: ${value}`),
    '',
    `## Last ${lines.length} log lines`,
    '',
    '```text',
    ...lines,
    '```',
    '',
  ].join('\n');
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  await vscode.window.showTextDocument(document);
}

function pythonEnvironment(): string {
  const interpreter = vscode.workspace
    .getConfiguration('python')
    .get<string>('defaultInterpreterPath', '');
  return interpreter === '' ? 'found by the type checker' : interpreter;
}
