/** Fixes at a place, pyright's and ours, and the actions on a whole document. */
import type {
  CodeAction,
  CodeActionParams,
  Command,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { CodeActionKind } from 'vscode-languageserver/node';
import { ORGANIZE_IMPORTS } from '../oracle/pyright/processProtocol.ts';
import { importFixes } from './addImport.ts';
import { askPyright } from './askPyright.ts';
import { ourCommand } from './executeCommand.ts';
import { FIX_ALL, evaluatedFixes, fixAll, moduleFixes, suppressions } from './ownActions.ts';
import { sqlFixes } from './sql/sqlAnswers.ts';
import type { ServerState } from './serverState.ts';

export const codeActionKinds = [
  CodeActionKind.QuickFix,
  CodeActionKind.RefactorRewrite,
  CodeActionKind.SourceOrganizeImports,
  FIX_ALL,
] as const;

/** What `codeAction/resolve` needs to find the edit of an action whose edit is dear to compute. */
interface ActionData {
  readonly organizeImportsOf?: string;
}

export function handleCodeAction(state: ServerState): void {
  const { connection } = state;
  connection.onCodeAction(async (params, token) => {
    const sql = sqlFixes(state, params);
    if (sql) return wants(params, CodeActionKind.QuickFix) ? [...sql] : [];
    const actions: (CodeAction | Command)[] = [];
    const document = state.documents.get(params.textDocument.uri);
    const wantsFixes = wants(params, CodeActionKind.QuickFix);
    const wantsRewrites = wants(params, CodeActionKind.RefactorRewrite);
    if (document && wantsFixes) actions.push(...moduleFixes(state, document, params));
    if (wantsFixes || wantsRewrites) {
      const fixes = await evaluatedFixes(state, params, token);
      actions.push(
        ...fixes.filter(({ kind }) =>
          kind === CodeActionKind.QuickFix ? wantsFixes : wantsRewrites,
        ),
      );
    }
    if (wantsFixes) {
      const found = await askPyright<(CodeAction | Command)[]>(
        state,
        'textDocument/codeAction',
        params,
        token,
      );
      actions.push(...(found ?? []).map(withOurCommand));
      if (document) actions.push(...(await importFixes(state, document, params, token)));
    }
    if (document && wantsFixes) actions.push(...suppressions(document, params));
    if (document && params.context.only && wants(params, FIX_ALL)) {
      const all = fixAll(state, document);
      if (all) actions.push(all);
    }
    // Offered only when asked for: it would stand in the light bulb of every line.
    const { uri } = params.textDocument;
    if (params.context.only && wants(params, CodeActionKind.SourceOrganizeImports)) {
      const data: ActionData = { organizeImportsOf: uri };
      if (state.settings.checkTypes)
        actions.push({
          title: 'Organize imports',
          kind: CodeActionKind.SourceOrganizeImports,
          data,
        });
    }
    return actions;
  });
  connection.onCodeActionResolve(async (action, token) => {
    const { organizeImportsOf: uri } = (action.data ?? {}) as ActionData;
    if (uri === undefined) return action;
    const edit = await askPyright<WorkspaceEdit>(state, ORGANIZE_IMPORTS, { uri }, token);
    return edit === null ? action : { ...action, edit };
  });
}

/** pyright's own command ids belong to its own extension, which may be there too. */
function withOurCommand(action: CodeAction | Command): CodeAction | Command {
  if (typeof action.command === 'string') return { ...action, command: ourCommand(action.command) };
  if (!action.command) return action;
  const { command } = action.command;
  return { ...action, command: { ...action.command, command: ourCommand(command) } };
}

/** Kinds are a hierarchy: who asks for `source` means `source.organizeImports` too. */
function wants({ context: { only } }: CodeActionParams, kind: string): boolean {
  return !only || only.some((each) => kind === each || kind.startsWith(`${each}.`));
}
