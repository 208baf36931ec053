/** What the inspector needs of a buffer, whoever reads it: a worker, or a debugger beside the host. */
import type { ByteSource } from '#buffers/source/byteSource.ts';
import type { ScanProgress } from '#shared/protocol/bufferScan.ts';
import type {
  BadLayout,
  BufferDescription,
  BufferReadRequests,
  LayoutSuggestion,
  RawLayoutText,
  ReadFailure,
} from '#shared/protocol/bufferView.ts';
import type { Params } from '#shared/protocol/wire.ts';
import type { Disposable, Result } from '#shared/result.ts';
import type { Outcome } from '../bufferWorker.ts';

export interface PanelBuffer extends Disposable {
  read<M extends keyof BufferReadRequests>(
    method: M,
    params: Params<BufferReadRequests[M]>,
    signal: AbortSignal,
  ): Promise<Outcome<BufferReadRequests[M]>>;
  layRaw(
    layout: RawLayoutText | null,
    signal: AbortSignal,
  ): Promise<Result<BufferDescription, ReadFailure | BadLayout | { readonly kind: 'cancelled' }>>;
  suggestLayouts(
    pythonFiles: readonly string[],
    signal: AbortSignal,
  ): Promise<Result<readonly LayoutSuggestion[], ReadFailure | { readonly kind: 'cancelled' }>>;
  /** Told the generation that there is now. */
  readonly onChanged: (listener: (generation: number) => void) => Disposable;
  readonly onProgress: (listener: (progress: ScanProgress) => void) => Disposable;
  notifyProgress(progress: ScanProgress): void;
  /** Its bytes, where they are read here and not by the worker. */
  readonly source?: ByteSource;
}
