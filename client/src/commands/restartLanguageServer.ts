import type { Workbench } from '../workbench.ts';

export async function restartLanguageServer(workbench: Workbench): Promise<void> {
  await (await workbench.languageServer()).restart();
}
