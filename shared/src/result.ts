/** The outcome of something that is expected to fail sometimes; `E` is a union on `kind`. */
export type Result<T, E> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function fail<const E>(error: E): { readonly ok: false; readonly error: E } {
  return { ok: false, error };
}

/** Anything that owns a timer, a listener, a process or a file handle. */
export interface Disposable {
  dispose(): void;
}
