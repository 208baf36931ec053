/** Layouts of raw files by pattern, as the settings keep them: `"*.dat": { "kind": "dtype", "type": "<f4", … }`. */
import * as vscode from 'vscode';
import type { KeepFailure, RawLayoutText } from '#shared/protocol/bufferView.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { isRawLayout } from './panels/bufferMessages.ts';

const SETTING = 'buffers.layouts';

/** The layout of the first pattern that fits the file's name. */
export function keptLayout(uri: vscode.Uri): RawLayoutText | undefined {
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  const layouts: unknown = vscode.workspace.getConfiguration('strata', uri).get(SETTING);
  if (typeof layouts !== 'object' || layouts === null) return undefined;
  for (const [pattern, stated] of Object.entries(layouts)) {
    if (!fitsPattern(name, pattern) || typeof stated !== 'object' || stated === null) continue;
    const layout: unknown = {
      kind: 'dtype',
      shape: '',
      order: 'C',
      offset: '',
      strides: '',
      ...stated,
    };
    if (isRawLayout(layout)) return layout;
  }
  return undefined;
}

export async function keepLayout(
  uri: vscode.Uri,
  pattern: string,
  layout: RawLayoutText,
): Promise<Result<Record<string, never>, KeepFailure>> {
  if (pattern.trim() === '')
    return fail({ kind: 'notKept', message: 'A pattern such as *.dat is needed.' });
  const configuration = vscode.workspace.getConfiguration('strata', uri);
  const found = configuration.inspect<Record<string, unknown>>(SETTING);
  const inWorkspace = vscode.workspace.workspaceFolders !== undefined;
  const before = inWorkspace ? found?.workspaceValue : found?.globalValue;
  const target = inWorkspace
    ? vscode.ConfigurationTarget.Workspace
    : vscode.ConfigurationTarget.Global;
  try {
    await configuration.update(SETTING, { ...before, [pattern.trim()]: layout }, target);
    return ok({});
  } catch (error) {
    return fail({
      kind: 'notKept',
      message: error instanceof Error ? error.message : String(error),
    });
  }
}

/** `*` for any characters and `?` for one, over the name alone. */
export function fitsPattern(name: string, pattern: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`, 'is').test(name);
}
