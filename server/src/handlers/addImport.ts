/** Fixes for names that nothing defines: import them, from the workspace, the environment or the standard library. */
import type {
  CancellationToken,
  CodeAction,
  CodeActionParams,
  CompletionItem,
  CompletionList,
  Diagnostic,
} from 'vscode-languageserver/node';
import { CodeActionKind } from 'vscode-languageserver/node';
import type { ImportCandidate } from '../oracle/pyright/processProtocol.ts';
import { IMPORT_CANDIDATES } from '../oracle/pyright/processProtocol.ts';
import type { OpenDocument } from '../session/openDocument.ts';
import { askPyright } from './askPyright.ts';
import type { ServerState } from './serverState.ts';

const MOST = 6;

export async function importFixes(
  state: ServerState,
  document: OpenDocument,
  params: CodeActionParams,
  token: CancellationToken,
): Promise<readonly CodeAction[]> {
  const undefinedNames = params.context.diagnostics.filter(
    ({ code }) => code === 'reportUndefinedVariable',
  );
  const actions: CodeAction[] = [];
  for (const diagnostic of undefinedNames) {
    const candidates = await candidatesFor(state, document, diagnostic, token);
    for (const { title, edits } of candidates)
      actions.push({
        title,
        kind: CodeActionKind.QuickFix,
        diagnostics: [diagnostic],
        isPreferred: candidates.length === 1,
        edit: { changes: { [document.uri]: [...edits] } },
      });
  }
  return actions;
}

interface Candidate {
  readonly title: string;
  readonly edits: readonly ImportCandidate['edit'][];
}

async function candidatesFor(
  state: ServerState,
  document: OpenDocument,
  { range }: Diagnostic,
  token: CancellationToken,
): Promise<readonly Candidate[]> {
  const { uri, lines, text } = document;
  const name = text.slice(lines.offsetAt(range.start), lines.offsetAt(range.end));
  if (!/^[^\W\d]\w*$/.test(name)) return [];
  const found = new Map<string, Candidate>();
  const standard = await askPyright<ImportCandidate[]>(
    state,
    IMPORT_CANDIDATES,
    { uri, name },
    token,
  );
  for (const { title, edit } of standard ?? []) found.set(title, { title, edits: [edit] });
  for (const candidate of await completedImports(state, uri, range.end, name, token))
    if (!found.has(candidate.title)) found.set(candidate.title, candidate);
  return [...found.values()].slice(0, MOST);
}

/** What pyright would import to complete the name, from modules that it has read. */
async function completedImports(
  state: ServerState,
  uri: string,
  position: Diagnostic['range']['end'],
  name: string,
  token: CancellationToken,
): Promise<readonly Candidate[]> {
  const list = await askPyright<CompletionList | CompletionItem[]>(
    state,
    'textDocument/completion',
    { textDocument: { uri }, position },
    token,
  );
  const items = Array.isArray(list) ? list : (list?.items ?? []);
  const candidates: Candidate[] = [];
  for (const item of items.filter(({ label }) => label === name).slice(0, MOST)) {
    const resolved = item.additionalTextEdits
      ? item
      : await askPyright<CompletionItem>(state, 'completionItem/resolve', item, token);
    const edits = resolved?.additionalTextEdits ?? [];
    if (edits.length === 0) continue;
    const module = resolved?.labelDetails?.description ?? item.labelDetails?.description;
    const from = module === undefined || module === '' ? '' : ` from "${module}"`;
    candidates.push({ title: `Import "${name}"${from}`, edits });
  }
  return candidates;
}
