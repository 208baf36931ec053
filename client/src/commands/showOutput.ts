import type { LogSource } from '../logs.ts';
import type { Workbench } from '../workbench.ts';

export function showOutput(workbench: Workbench, source?: unknown): void {
  const known: readonly LogSource[] = ['extension', 'server', 'engine'];
  workbench.logs.channel(known.find((name) => name === source) ?? 'extension').show(true);
}
