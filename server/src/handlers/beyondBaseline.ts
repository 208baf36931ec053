import type { Diagnostic } from 'vscode-languageserver/node';
import { EditorBaseline } from '../adoption/editorBaseline.ts';
import type { ServerState } from './serverState.ts';

const baseline = new EditorBaseline();

/** What the editor is shown: without the findings that the baseline of the folder accepts. */
export function beyondBaseline(
  { documents, folders, settings }: ServerState,
  uri: string,
  findings: readonly Diagnostic[],
): readonly Diagnostic[] {
  const text = documents.get(uri)?.text;
  if (text === undefined || settings.usesBaseline === false) return findings;
  const folderUris = folders.map((folder) => folder.uri);
  return baseline.beyond(folderUris, uri, text, findings);
}
