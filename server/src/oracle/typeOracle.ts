/**
 * What type an expression has, asked of whoever checks types. Shaped like the Type Server Protocol: a place in one
 * version of a document, declared and computed. Knows nothing of which engine answers, or how.
 */
import type { Disposable, Result } from '#shared/result.ts';
import type { Position } from '../python/lineIndex.ts';

/** Half-open, as in LSP. */
export interface TextRange {
  readonly start: Position;
  readonly end: Position;
}

export interface TypeAt {
  /** As the engine prints it; undefined where nothing is declared, or where no expression has this range. */
  readonly declared: string | undefined;
  /** Narrowed and inferred. */
  readonly computed: string | undefined;
  /** The value of a literal type; integers beyond 2^53 as decimal text with `n`. */
  readonly literal: string | number | boolean | undefined;
}

export type OracleFailure =
  /** The document has another version by now, or is not open. */
  | { readonly kind: 'stale' }
  /** No engine answers: it is off, starting, restarting or has failed. Ask again when the status changes. */
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'cancelled' };

export interface TypeOracle extends Disposable {
  /** The types at `ranges`, in their order. Settles also when the engine dies meanwhile. */
  typesAt(
    uri: string,
    version: number,
    ranges: readonly TextRange[],
    signal?: AbortSignal,
  ): Promise<Result<readonly TypeAt[], OracleFailure>>;
}
