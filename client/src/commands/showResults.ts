import type { Workbench } from '../workbench.ts';

export async function showResults(workbench: Workbench): Promise<void> {
  (await workbench.queries()).panel.show();
}
