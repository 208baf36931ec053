import type { Workbench } from '../workbench.ts';

export function refreshCoverage(workbench: Workbench): void {
  workbench.coverage?.refresh();
}

export function toggleCoverageMarks(workbench: Workbench): void {
  workbench.coverage?.toggleMarks();
}
