import type { Workbench } from '../workbench.ts';

export async function restartEngine(workbench: Workbench): Promise<void> {
  (await workbench.queries()).engine.restart();
}
