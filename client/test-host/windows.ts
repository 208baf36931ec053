/** Two windows on one workspace: each runs this module, and takes the part that is left. */
import { mkdirSync } from 'node:fs';
import { workspaceFile } from './harness.ts';
import { runMocha } from './runner.ts';

export function run(): Promise<void> {
  try {
    mkdirSync(workspaceFile('.parts').fsPath);
  } catch {
    return runMocha(() => import('./windowTwo.test.ts'), 'two');
  }
  return runMocha(() => import('./windowOne.test.ts'), 'one');
}
