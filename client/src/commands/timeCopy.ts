import * as vscode from 'vscode';
import type { Workbench } from '../workbench.ts';

/** The chain on screen of the inspector in front: its panel writes the script, and shows what it printed. */
export function timeCopy(workbench: Workbench): void {
  const inspector = workbench.inspectorPanels.active;
  if (inspector) inspector.emit('timeCopy', {});
  else
    void vscode.window.showInformationMessage(
      'Open an array in the buffer inspector, then time copying it against viewing it.',
    );
}
