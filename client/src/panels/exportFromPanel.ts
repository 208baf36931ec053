/** Asks where an array goes, and has whoever reads it write it there. */
import * as vscode from 'vscode';
import type { ExportFailure, ExportRequest } from '#shared/protocol/bufferExport.ts';
import type { BufferWorkerRequests, ReadFailure } from '#shared/protocol/bufferView.ts';
import type { Params } from '#shared/protocol/wire.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { Outcome } from '../bufferWorker.ts';

const names = { npy: 'NumPy array', csv: 'CSV', parquet: 'Parquet' } as const;

type ExportCall = BufferWorkerRequests['exportArray'];

interface Exporter {
  exportArray(
    request: Omit<Params<ExportCall>, 'bufferId'>,
    signal: AbortSignal,
  ): Promise<Outcome<ExportCall>>;
}

export interface ExportPlace {
  /** Where the user is led first. */
  readonly folder: vscode.Uri;
  /** The file that is read, which must not be written over. */
  readonly source: vscode.Uri | undefined;
}

export async function exportFromPanel(
  { folder, source }: ExportPlace,
  buffer: Exporter,
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
    defaultUri: vscode.Uri.joinPath(folder, `${proposed === '' ? 'array' : proposed}.${format}`),
    filters: { [names[format]]: [format] },
  });
  if (!target) return ok({ fileName: null, writtenBytes: 0 });
  if (target.scheme !== 'file')
    return fail({
      kind: 'notExported',
      message: 'The inspector writes to folders on this machine only.',
    });
  if (target.toString() === source?.toString())
    return fail({
      kind: 'notExported',
      message: 'An array can’t be exported over the file that it is read from.',
    });
  const written = await buffer.exportArray({ ...request, format, path: target.fsPath }, signal);
  if (!written.ok) return written;
  const fileName = target.path.slice(target.path.lastIndexOf('/') + 1);
  return ok({ fileName, writtenBytes: written.value.writtenBytes });
}
