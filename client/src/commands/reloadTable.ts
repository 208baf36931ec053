import type { Workbench } from '../workbench.ts';

/** The file of the table that is active, as it is now. */
export function reloadTable(workbench: Workbench): void {
  workbench.tableEditor.reload();
}
