/** Compares two sources as a panel asks for it: what is laid over them must fit, and progress is told. */
import type {
  BufferDifferences,
  CompareFailure,
  ComparePart,
} from '#shared/protocol/bufferCompare.ts';
import type { ScanProgress } from '#shared/protocol/bufferScan.ts';
import type { ReadFailure } from '#shared/protocol/bufferView.ts';
import type { Result } from '#shared/result.ts';
import { fail } from '#shared/result.ts';
import { compareSources } from './compare.ts';
import { layElements } from './readAnswers.ts';
import { progressSource } from './scan/progress.ts';
import type { ByteSource } from './source/byteSource.ts';

export async function answerCompare(
  here: ByteSource,
  there: ByteSource,
  { job, mode, limit }: ComparePart,
  onProgress: (progress: ScanProgress) => void,
  signal: AbortSignal,
): Promise<Result<BufferDifferences, ReadFailure | CompareFailure>> {
  const total = here.byteLength;
  const fits =
    mode.kind === 'bytes' ||
    (layElements(mode.elements, total) !== undefined &&
      layElements(mode.other, there.byteLength) !== undefined);
  if (!fits) return fail({ kind: 'outOfRange', byteLength: total });
  const watched = progressSource(here, total, (done) => onProgress({ job, done, total }));
  return compareSources(watched, there, mode, limit, signal);
}
