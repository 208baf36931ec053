import type { Workbench } from '../workbench.ts';

/** In the table that is active, or in the results. */
export async function goToCell(workbench: Workbench): Promise<void> {
  if (workbench.tableEditor.goTo()) return;
  (await workbench.queries()).panel.goTo();
}
