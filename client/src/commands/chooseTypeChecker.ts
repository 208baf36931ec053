import * as vscode from 'vscode';
import { chooseTypeChecking, readSettings } from '../settings.ts';
import type { Workbench } from '../workbench.ts';

/** Writes Strata's own setting only; what another extension does stays its user's decision. */
export async function chooseTypeChecker(_workbench: Workbench): Promise<void> {
  const settings = readSettings();
  const { instead } = chooseTypeChecking(settings);
  const choices = [
    {
      value: 'auto',
      label: 'Automatic',
      description: instead === undefined ? 'now: Strata' : `now: ${instead}`,
      detail: 'Strata checks types unless another Python type checker is enabled',
    },
    { value: 'on', label: 'Strata', detail: 'Strata always checks types' },
    { value: 'off', label: 'Strata rules only', detail: "Strata's own rules, no type checking" },
  ];
  const current = settings.typing.diagnostics;
  const picked = await vscode.window.showQuickPick(
    choices.map((choice) => ({
      ...choice,
      iconPath: new vscode.ThemeIcon(choice.value === current ? 'check' : 'blank'),
    })),
    { title: 'Who Checks Python Types' },
  );
  if (!picked || picked.value === current) return;
  const configuration = vscode.workspace.getConfiguration('strata.typing');
  const isOfWorkspace = configuration.inspect('diagnostics')?.workspaceValue !== undefined;
  await configuration.update(
    'diagnostics',
    picked.value,
    isOfWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global,
  );
}
