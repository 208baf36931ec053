/** Fixes at a place, pyright's and ours, and the actions on a whole document. */
import type {
  CodeAction,
  CodeActionParams,
  Command,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { CodeActionKind } from 'vscode-languageserver/node';
import { ORGANIZE_IMPORTS } from '../oracle/pyright/processProtocol.ts';
import { askPyright } from './askPyright.ts';
import { ourCommand } from './executeCommand.ts';
import type { ServerState } from './serverState.ts';

export const codeActionKinds = [
  CodeActionKind.QuickFix,
  CodeActionKind.SourceOrganizeImports,
] as const;

/** What `codeAction/resolve` needs to find the edit of an action whose edit is dear to compute. */
interface ActionData {
  readonly organizeImportsOf?: string;
}

export function handleCodeAction(state: ServerState): void {
  const { connection } = state;
  connection.onCodeAction(async (params, token) => {
    const actions: (CodeAction | Command)[] = [];
    if (wants(params, CodeActionKind.QuickFix)) {
      const found = await askPyright<(CodeAction | Command)[]>(
        state,
        'textDocument/codeAction',
        params,
        token,
      );
      actions.push(...(found ?? []).map(withOurCommand));
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
