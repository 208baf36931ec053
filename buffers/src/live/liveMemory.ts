/** Memory of a program that someone else runs: what it is, and its bytes. Knows nothing of who asks the program. */
import type { ArrayDescription, BufferProblem, FileRegion } from '#shared/protocol/bufferView.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';

export type LiveFailure =
  /** The program can't be asked, or its answer was no answer; a whole sentence. */
  | { readonly kind: 'gone'; readonly message: string }
  /** What is asked about is another thing now, or lies elsewhere: describe it again. */
  | { readonly kind: 'moved' }
  /** Reading may run code of the user's own class, which waits for a button. */
  | { readonly kind: 'userClass'; readonly message: string };

export interface LiveFact {
  readonly label: string;
  readonly text: string;
}

/** Pieces of memory, shown one behind the other in one space of bytes, and the arrays that lie in it. */
export interface LiveLayout {
  readonly objectClass: string;
  readonly byteLength: number;
  readonly arrays: readonly ArrayDescription[];
  readonly regions: readonly FileRegion[];
  readonly problems: readonly BufferProblem[];
  readonly facts: readonly LiveFact[];
  /** Why nothing can be written; undefined where it can. */
  readonly whyReadOnly: string | undefined;
  /** The first bytes, which came along. */
  readonly first: Uint8Array;
}

export interface LiveMemory {
  describe(signal: AbortSignal): Promise<Result<LiveLayout, LiveFailure>>;
  /** Exactly these bytes of the last description. */
  read(
    offset: number,
    length: number,
    signal: AbortSignal,
  ): Promise<Result<Uint8Array, LiveFailure>>;
  /** Writes `bytes` where `before` still stands, and gives what stands there afterwards. */
  write(
    offset: number,
    before: Uint8Array,
    bytes: Uint8Array,
    signal: AbortSignal,
  ): Promise<Result<Uint8Array, LiveFailure>>;
}

/** `length` bytes in as many pieces as it takes: `next` gives the first of what is `left`, one byte at least. */
export async function piecewise<E>(
  offset: number,
  length: number,
  next: (at: number, left: number) => Promise<Result<Uint8Array, E>>,
): Promise<Result<Uint8Array, E>> {
  const bytes = new Uint8Array(Math.max(0, length));
  for (let done = 0; done < length;) {
    const piece = await next(offset + done, length - done);
    if (!piece.ok) return piece;
    if (piece.value.length === 0) throw new Error('a piece of no bytes would be asked for again');
    bytes.set(piece.value, done);
    done += piece.value.length;
  }
  return ok(bytes);
}

/** Waits no longer than `timeoutMs`, and not past an abort, for what can't be called back. */
export function within<T>(
  asked: Promise<T>,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Result<T, { readonly kind: 'late' }>> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
    const onAbort = () => {
      stop();
      reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    };
    const timer = setTimeout(() => {
      stop();
      resolve(fail({ kind: 'late' }));
    }, timeoutMs);
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
    asked.then(
      (value) => {
        stop();
        resolve(ok(value));
      },
      (error: unknown) => {
        stop();
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}
