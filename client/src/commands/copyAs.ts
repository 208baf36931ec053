/** "Copy as SQL" and "Copy as PySpark": what stands in a line, or a selected text of SQL, in the other language. */
import * as vscode from 'vscode';
import type { TranslateParams, Translation } from '#shared/protocol/frameScript.ts';
import { TRANSLATE } from '#shared/protocol/frameScript.ts';
import type { Workbench } from '../workbench.ts';

/** Of a lens: the file and the line from 0; from the palette: where the cursor is. */
export async function copyAsSql(
  workbench: Workbench,
  uri?: unknown,
  line?: unknown,
): Promise<void> {
  const place = placeOf(uri, line);
  if (place) await copy(workbench, { to: 'sql', ...place }, 'SQL');
}

export async function copyAsPySpark(
  workbench: Workbench,
  uri?: unknown,
  line?: unknown,
): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const selected = editor?.document.getText(editor.selection) ?? '';
  if (editor && editor.document.languageId !== 'python') {
    const text = selected === '' ? editor.document.getText() : selected;
    await copy(workbench, { to: 'pyspark', text: text.replace(/;\s*$/, '') }, 'PySpark');
    return;
  }
  const place = placeOf(uri, line);
  if (place) await copy(workbench, { to: 'pyspark', ...place }, 'PySpark');
}

function placeOf(uri: unknown, line: unknown) {
  if (typeof uri === 'string' && typeof line === 'number') return { uri, line };
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== 'python') return undefined;
  return { uri: editor.document.uri.toString(), line: editor.selection.active.line };
}

async function copy(
  workbench: Workbench,
  params: TranslateParams,
  language: string,
): Promise<void> {
  const server = await workbench.languageServer();
  const answer = await server.request<Translation>(TRANSLATE, params);
  if (answer === undefined || 'problem' in answer) {
    workbench.messages.show({
      id: 'frames.notTranslated',
      severity: 'warning',
      text: answer?.problem ?? 'The language server does not run, so that nothing was copied.',
    });
    return;
  }
  await vscode.env.clipboard.writeText(answer.text);
  workbench.messages.show({
    id: 'frames.copied',
    severity: 'info',
    text: `Copied as ${language}.`,
  });
}
