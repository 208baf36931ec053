/** Memory of a program as a panel's buffer: read beside the debugger, and written after a yes. */
import type { LiveBuffer } from '#buffers/live/liveBuffer.ts';
import { exportElements, type ExportToPath } from '#buffers/export/exportElements.ts';
import { answerReads } from '#buffers/readAnswers.ts';
import type { ByteSource } from '#buffers/source/byteSource.ts';
import { problemOfEdits, type BufferEdit } from '#shared/edit/bufferEdit.ts';
import type { EditFailure } from '#shared/protocol/bufferEditing.ts';
import type { ScanProgress } from '#shared/protocol/bufferScan.ts';
import type {
  BufferDescription,
  BufferReadRequests,
  ReadFailure,
} from '#shared/protocol/bufferView.ts';
import type { Answers, Params } from '#shared/protocol/wire.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { Outcome } from '../bufferWorker.ts';
import { EventSource } from '../event.ts';
import type { PanelBuffer } from './panelBuffer.ts';

/** What one step may write: more is a program's own work. */
const MOST_WRITTEN_BYTES = 1024 * 1024;

export class LivePanelBuffer implements PanelBuffer {
  readonly #buffer: LiveBuffer;
  readonly #consent: (byteCount: number) => Promise<boolean>;
  readonly #answers: Answers<BufferReadRequests>;
  readonly #changed = new EventSource<number>();
  readonly #progress = new EventSource<ScanProgress>();
  readonly onChanged = this.#changed.listen;
  readonly onProgress = this.#progress.listen;

  /** `consent` asks whether so many bytes may be written into the program. */
  constructor(buffer: LiveBuffer, consent: (byteCount: number) => Promise<boolean>) {
    this.#buffer = buffer;
    this.#consent = consent;
    this.#answers = answerReads(buffer, (progress) => this.#progress.fire(progress));
  }

  async read<M extends keyof BufferReadRequests>(
    method: M,
    params: Params<BufferReadRequests[M]>,
    signal: AbortSignal,
  ): Promise<Outcome<BufferReadRequests[M]>> {
    return this.#answers[method](params, signal);
  }

  async layRaw(...[layout, signal]: Parameters<PanelBuffer['layRaw']>) {
    return this.#buffer.layRaw(layout, signal);
  }

  /** Memory has no file beside it, and no code that opens it. */
  suggestLayouts() {
    return Promise.resolve(ok([]));
  }

  /** Written beside the debugger, page by page as it is read. */
  exportArray(request: ExportToPath, signal: AbortSignal) {
    const tell = (progress: ScanProgress) => this.#progress.fire(progress);
    return exportElements(this.#buffer.source, request, tell, signal);
  }

  /** Writes at once: a program's memory has no unsaved state. */
  async edit(
    edits: readonly BufferEdit[],
    signal: AbortSignal,
  ): Promise<
    Result<BufferDescription, ReadFailure | EditFailure | { readonly kind: 'cancelled' }>
  > {
    const refuse = (message: string) => fail({ kind: 'notEdited', message });
    const described = await this.#buffer.describe();
    if (!described.ok) return described;
    const whyReadOnly = described.value.live?.whyReadOnly ?? null;
    if (whyReadOnly !== null) return refuse(`Nothing was written: ${whyReadOnly}.`);
    const problem = problemOfEdits(edits, this.#buffer.source.byteLength);
    if (problem !== undefined) return refuse(problem);
    if (edits.some(({ start, end, length }) => end - start !== length))
      return refuse(
        'Memory of a program can be overwritten; it grows and shrinks by its own code.',
      );
    const byteCount = edits.reduce((sum, { length }) => sum + length, 0);
    if (byteCount > MOST_WRITTEN_BYTES)
      return refuse(`${byteCount} bytes are more than is written at once (${MOST_WRITTEN_BYTES}).`);
    if (byteCount === 0) return described;
    if (!(await this.#consent(byteCount))) return refuse('Nothing was written.');
    for (const edit of edits) {
      const written = await this.#buffer.write(edit.start, bytesOf(edit), signal);
      if (!written.ok) return written;
    }
    return this.read('describe', {}, signal);
  }

  get source(): ByteSource {
    return this.#buffer.source;
  }

  notifyProgress(progress: ScanProgress): void {
    this.#progress.fire(progress);
  }

  /** There is news, which describing it tells. */
  notifyChanged(): void {
    this.#changed.fire(this.#buffer.source.generation + 1);
  }

  dispose(): void {
    this.#buffer.dispose();
  }
}

function bytesOf({ bytes, length }: BufferEdit): Uint8Array {
  const given = new Uint8Array(bytes);
  return Uint8Array.from({ length }, (_, at) => given[at % given.length] ?? 0);
}
