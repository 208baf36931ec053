/** Asks where rows are to go, and has them written there. */
import * as vscode from 'vscode';
import type { SavedTextFormat } from '#shared/protocol/resultsView.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { ExportFormat } from '../runs.ts';

const untrusted = {
  kind: 'unavailable',
  message: 'Writing files needs a trusted workspace. Reading and copying rows still works.',
} as const;

/** `write` is the engine's own writer; its progress can be cancelled where VS Code shows it. */
export async function exportRows<E>(
  title: string,
  proposed: vscode.Uri | undefined,
  signal: AbortSignal,
  write: (
    path: string,
    format: ExportFormat,
    signal: AbortSignal,
  ) => Promise<Result<{ rowCount: number }, E>>,
): Promise<Result<Record<string, never>, E | typeof untrusted | { readonly kind: 'cancelled' }>> {
  if (!vscode.workspace.isTrusted) return fail(untrusted);
  const target = await vscode.window.showSaveDialog({
    title,
    saveLabel: 'Export',
    ...(proposed ? { defaultUri: proposed } : {}),
    filters: { CSV: ['csv'], 'JSON lines': ['json'], Parquet: ['parquet'] },
  });
  if (!target) return fail({ kind: 'cancelled' });
  const controller = new AbortController();
  const stop = () => controller.abort();
  signal.addEventListener('abort', stop, { once: true });
  const written = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: `Exporting to ${vscode.workspace.asRelativePath(target)}`,
      cancellable: true,
    },
    (_, cancellation) => {
      cancellation.onCancellationRequested(stop);
      return write(target.fsPath, formatOf(target.fsPath), controller.signal);
    },
  );
  signal.removeEventListener('abort', stop);
  if (!written.ok) return written;
  const rows = written.value.rowCount.toLocaleString();
  vscode.window.setStatusBarMessage(`Exported ${rows} rows to ${target.fsPath}`, 8000);
  return ok({});
}

export async function saveText(
  name: string,
  format: SavedTextFormat,
  text: string,
): Promise<
  Result<{ readonly fileName: string | null }, typeof untrusted | { readonly kind: 'cancelled' }>
> {
  if (!vscode.workspace.isTrusted) return fail(untrusted);
  const ending = format === 'markdown' ? 'md' : 'sql';
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    title: 'Export Rows',
    saveLabel: 'Export',
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, `${name}.${ending}`) } : {}),
    filters: format === 'markdown' ? { Markdown: ['md'] } : { SQL: ['sql'] },
  });
  if (!target) return ok({ fileName: null });
  await vscode.workspace.fs.writeFile(target, Buffer.from(text, 'utf8'));
  return ok({ fileName: vscode.workspace.asRelativePath(target) });
}

function formatOf(path: string): ExportFormat {
  if (path.toLowerCase().endsWith('.parquet')) return 'parquet';
  return path.toLowerCase().endsWith('.json') ? 'json' : 'csv';
}
