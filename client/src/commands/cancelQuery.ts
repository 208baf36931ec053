import * as vscode from 'vscode';
import type { Workbench } from '../workbench.ts';

export async function cancelQuery(workbench: Workbench): Promise<void> {
  const count = (await workbench.queries()).runs.cancelAll();
  const text =
    count === 0
      ? 'No query is running'
      : `Cancelled ${count === 1 ? 'the query' : `${count} queries`}`;
  vscode.window.setStatusBarMessage(text, 4000);
}
