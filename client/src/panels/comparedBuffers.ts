/** Two buffers that are compared, wherever each is read: in the worker where both are, else here, page by page. */
import { copyInto } from '#buffers/source/readInto.ts';
import type { ByteSource } from '#buffers/source/byteSource.ts';
import type {
  BufferDifferences,
  CompareFailure,
  ComparePart,
} from '#shared/protocol/bufferCompare.ts';
import { MAX_PAGE_BYTES, type ReadFailure } from '#shared/protocol/bufferView.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { OpenBuffer } from '../bufferWorker.ts';
import type { PanelBuffer } from './panelBuffer.ts';

interface Cancelled {
  readonly kind: 'cancelled';
}

/** What is needed of a buffer to compare it. */
export type Comparable = Pick<PanelBuffer, 'read' | 'source' | 'notifyProgress'>;

/** `byteLengths` are as both were described. */
export async function differencesOf(
  here: Comparable,
  there: Comparable,
  byteLengths: { readonly here: number; readonly there: number },
  part: ComparePart,
  signal: AbortSignal,
): Promise<Result<BufferDifferences, ReadFailure | CompareFailure | Cancelled>> {
  if (here instanceof OpenBuffer && there instanceof OpenBuffer)
    return here.compare(there, part, signal);
  const { answerCompare } = await import('#buffers/compareAnswer.ts');
  return answerCompare(
    here.source ?? readSource(here, byteLengths.here),
    there.source ?? readSource(there, byteLengths.there),
    part,
    (progress) => here.notifyProgress(progress),
    signal,
  );
}

/** A buffer that is read elsewhere as a source, in pages of what one read may return. */
function readSource(buffer: Pick<PanelBuffer, 'read'>, byteLength: number): ByteSource {
  const endless = new AbortController().signal;
  const read: ByteSource['read'] = async (offset, length, signal = endless) => {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, byteLength - offset)));
    for (let at = 0; at < bytes.length;) {
      signal.throwIfAborted();
      const page = Math.min(MAX_PAGE_BYTES, bytes.length - at);
      const reply = await buffer.read('readBytes', { offset: offset + at, length: page }, signal);
      signal.throwIfAborted();
      if (!reply.ok) {
        const { error } = reply;
        if (error.kind === 'unreadable' || error.kind === 'gone') return fail(error);
        const message =
          error.kind === 'cancelled'
            ? 'It was closed while it was compared.'
            : 'It became shorter while it was compared.';
        return fail({ kind: 'unreadable', message });
      }
      const got = new Uint8Array(reply.value.bytes);
      if (got.length === 0)
        return fail({ kind: 'unreadable', message: 'It became shorter while it was compared.' });
      bytes.set(got, at);
      at += got.length;
    }
    return ok(bytes);
  };
  return {
    byteLength,
    generation: 0,
    read,
    readUncached: read,
    readInto: (target, offset) => copyInto(read, target, offset),
    refresh: () => Promise.resolve(ok({ changed: false })),
    dispose: () => undefined,
  };
}
