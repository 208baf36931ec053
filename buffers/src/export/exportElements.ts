/** Exports the elements that a panel names: checked first, and told of as they go. */
import { elementCount } from '#shared/layout/strides.ts';
import type { ExportFailure, ExportRequest } from '#shared/protocol/bufferExport.ts';
import type { ScanProgress } from '#shared/protocol/bufferScan.ts';
import type { ReadFailure } from '#shared/protocol/bufferView.ts';
import type { Result } from '#shared/result.ts';
import { fail } from '#shared/result.ts';
import { layElements } from '../readAnswers.ts';
import { progressSource } from '../scan/progress.ts';
import type { ByteSource } from '../source/byteSource.ts';
import { exportArray } from './exportArray.ts';

export interface ExportToPath extends Omit<ExportRequest, 'name'> {
  readonly path: string;
}

export async function exportElements(
  source: ByteSource,
  { job, elements, format, path }: ExportToPath,
  onProgress: (progress: ScanProgress) => void,
  signal: AbortSignal,
): Promise<Result<{ readonly writtenBytes: number }, ReadFailure | ExportFailure>> {
  const laid = layElements(elements, source.byteLength);
  if (!laid) return fail({ kind: 'outOfRange', byteLength: source.byteLength });
  const total = elementCount(laid.layout.shape) * laid.layout.itemsize;
  const watched = progressSource(source, total, (done) => onProgress({ job, done, total }));
  return exportArray(watched, laid.dtype, laid.layout, format, path, signal);
}
