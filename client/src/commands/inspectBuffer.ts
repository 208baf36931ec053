import * as vscode from 'vscode';
import { targetOf, typedTarget, type InspectTarget } from '../debug/inspectTarget.ts';
import type { Workbench } from '../workbench.ts';

/** From the variables of a debugger or a notebook, from a watch, or on what is selected in an editor. */
export async function inspectBuffer(workbench: Workbench, argument?: unknown): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    tell(
      workbench,
      'Live buffers are read by running code in your program, which needs a trusted workspace.',
    );
    return;
  }
  const named = targetOf(argument);
  const session = sessionOf(named);
  const notebook = vscode.window.activeNotebookEditor?.notebook;
  if (!session && !notebook) {
    tell(
      workbench,
      'Nothing is being debugged and no notebook is open, so there is no buffer to inspect.',
    );
    return;
  }
  const target = named ?? (await selected());
  if (!target) return;
  const inspectors = await workbench.liveInspectors();
  const outcome = session
    ? await inspectors.inspect(session, target, frameOf(session))
    : await (
        await import('../debug/kernelVariables.ts')
      ).inspectKernelVariable(inspectors, notebook, target);
  if (!outcome.ok && outcome.error.kind === 'gone') tell(workbench, outcome.error.message);
}

function sessionOf(target: InspectTarget | undefined): vscode.DebugSession | undefined {
  const active = vscode.debug.activeDebugSession;
  const item = vscode.debug.activeStackItem;
  const wanted = target?.sessionId;
  if (wanted === undefined || wanted === active?.id) return active;
  return wanted === item?.session.id ? item.session : active;
}

function frameOf(session: vscode.DebugSession): number | undefined {
  const item = vscode.debug.activeStackItem;
  return item instanceof vscode.DebugStackFrame && item.session.id === session.id
    ? item.frameId
    : undefined;
}

/** The selection, the name at the cursor, or what is typed. */
async function selected(): Promise<InspectTarget | undefined> {
  const editor = vscode.window.activeTextEditor;
  const at = editor?.selection;
  const range =
    editor && at
      ? at.isEmpty
        ? editor.document.getWordRangeAtPosition(at.active)
        : at
      : undefined;
  const text = range && editor ? editor.document.getText(range).trim() : '';
  if (text !== '' && at?.isEmpty === false) return typedTarget(text);
  const typed = await vscode.window.showInputBox({
    title: 'Inspect Buffer',
    prompt: 'A variable or an expression, such as weights[0]',
    value: text,
  });
  return typed === undefined || typed.trim() === '' ? undefined : typedTarget(typed);
}

function tell(workbench: Workbench, message: string): void {
  workbench.liveFailures.push(message);
  void vscode.window.showWarningMessage(message);
}
