/** Asks where an array goes, and has the worker write it there. */
import * as vscode from 'vscode';
import type { ExportFailure, ExportRequest } from '#shared/protocol/bufferExport.ts';
import type { ReadFailure } from '#shared/protocol/bufferView.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { OpenBuffer } from '../bufferWorker.ts';

const names = { npy: 'NumPy array', csv: 'CSV', parquet: 'Parquet' } as const;

export async function exportFromPanel(
  uri: vscode.Uri,
  buffer: OpenBuffer,
  { name, format, ...request }: ExportRequest,
  signal: AbortSignal,
): Promise<
  Result<
    { readonly fileName: string | null; readonly writtenBytes: number },
    ReadFailure | ExportFailure | { readonly kind: 'cancelled' }
  >
> {
  // A name from a file is a proposal for a name, never a path.
  const proposed = name.replaceAll(/[/\\:*?"<>|\p{Cc}]/gu, '_').slice(0, 100);
  const target = await vscode.window.showSaveDialog({
    title: 'Export',
    saveLabel: 'Export',
    defaultUri: vscode.Uri.joinPath(uri, '..', `${proposed === '' ? 'array' : proposed}.${format}`),
    filters: { [names[format]]: [format] },
  });
  if (!target) return ok({ fileName: null, writtenBytes: 0 });
  if (target.scheme !== 'file')
    return fail({
      kind: 'notExported',
      message: 'The inspector writes to folders on this machine only.',
    });
  if (target.toString() === uri.toString())
    return fail({
      kind: 'notExported',
      message: 'An array can’t be exported over the file that it is read from.',
    });
  const written = await buffer.exportArray({ ...request, format, path: target.fsPath }, signal);
  if (!written.ok) return written;
  const fileName = target.path.slice(target.path.lastIndexOf('/') + 1);
  return ok({ fileName, writtenBytes: written.value.writtenBytes });
}
