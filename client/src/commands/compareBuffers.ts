import * as vscode from 'vscode';
import type { Workbench } from '../workbench.ts';
import { activeFile } from './openInInspector.ts';

export function selectForCompare(workbench: Workbench, target?: unknown): void {
  const uri = fileOf(target);
  if (uri) workbench.inspectorPanels.comparisons.select(uri);
}

export async function compareWithSelected(workbench: Workbench, target?: unknown): Promise<void> {
  const uri = fileOf(target);
  if (uri) await workbench.bufferEditor.compare(uri, { kind: 'selected' });
}

/** From the explorer, or from source control, which says of a binary file only that it changed. */
export async function compareWithHead(workbench: Workbench, target?: unknown): Promise<void> {
  const uri = fileOf(target);
  if (uri) await workbench.bufferEditor.compare(uri, { kind: 'head' });
}

function fileOf(target: unknown): vscode.Uri | undefined {
  if (target instanceof vscode.Uri) return target;
  const resource =
    typeof target === 'object' && target !== null && 'resourceUri' in target
      ? target.resourceUri
      : undefined;
  return resource instanceof vscode.Uri ? resource : activeFile();
}
