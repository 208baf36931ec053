import type { Disposable, Result } from '#shared/result.ts';

export type Page<T, F> =
  | { readonly kind: 'loading' }
  /** `stale`: read from an older generation; shown greyed until the new one arrives. */
  | { readonly kind: 'ready'; readonly value: T; readonly stale: boolean }
  | { readonly kind: 'failed'; readonly error: F };

export interface PageCache<T, F> extends Disposable {
  peek(key: string): Page<T, F> | undefined;
  /** Says which pages are shown now. Missing ones are read, reads of others are aborted: the latest call wins. */
  want(keys: readonly string[]): void;
  /** Reads a page that need not be shown, such as one to copy. It is not aborted by `want`. */
  read(key: string, signal?: AbortSignal): Promise<Result<T, F | { readonly kind: 'cancelled' }>>;
  /** Keeps what was read, marked stale, and reads again what is wanted. */
  invalidate(): void;
  /** Reads again what failed. */
  retry(): void;
  /** Drops everything, as when the keys mean something else now. */
  clear(): void;
}

export function createPageCache<T, F extends { readonly kind: string }>(options: {
  /** Pages to keep besides the wanted ones. */
  readonly limit: number;
  readonly load: (key: string, signal: AbortSignal) => Promise<Result<T, F>>;
  readonly onChange: () => void;
  /** A page that was read before is read anew: what it was, and what it is now. */
  readonly onReplace?: (key: string, before: T, now: T) => void;
}): PageCache<T, F> {
  const pages = new Map<string, Page<T, F>>();
  const loading = new Map<string, AbortController>();
  let wanted: readonly string[] = [];
  let era = 0;
  let disposed = false;

  const store = (key: string, page: Page<T, F>) => {
    pages.delete(key);
    pages.set(key, page);
    for (const old of pages.keys()) {
      if (pages.size <= options.limit + wanted.length) break;
      if (!wanted.includes(old) && !loading.has(old)) pages.delete(old);
    }
  };
  const start = (key: string) => {
    const controller = new AbortController();
    loading.set(key, controller);
    if (!pages.has(key)) store(key, { kind: 'loading' });
    const startedIn = era;
    void options.load(key, controller.signal).then((result) => {
      if (disposed || controller.signal.aborted || startedIn !== era) return;
      loading.delete(key);
      const before = pages.get(key);
      if (result.ok) {
        if (before?.kind === 'ready') options.onReplace?.(key, before.value, result.value);
        store(key, { kind: 'ready', value: result.value, stale: false });
      } else if (result.error.kind === 'cancelled') pages.delete(key);
      else if (before?.kind !== 'ready') store(key, { kind: 'failed', error: result.error });
      options.onChange();
    });
  };
  const abort = (key: string) => {
    loading.get(key)?.abort();
    loading.delete(key);
    if (pages.get(key)?.kind === 'loading') pages.delete(key);
  };
  const readWanted = () => {
    if (disposed) return;
    for (const key of wanted) {
      const page = pages.get(key);
      if (loading.has(key)) continue;
      if (page === undefined || (page.kind === 'ready' && page.stale)) start(key);
      else if (page.kind === 'ready') store(key, page);
    }
  };

  return {
    peek: (key) => pages.get(key),
    want(keys) {
      wanted = keys;
      for (const key of [...loading.keys()]) if (!keys.includes(key)) abort(key);
      readWanted();
    },
    async read(key, signal) {
      const page = pages.get(key);
      if (page?.kind === 'ready' && !page.stale) return { ok: true, value: page.value };
      const controller = new AbortController();
      signal?.addEventListener('abort', () => {
        controller.abort();
      });
      const startedIn = era;
      const result = await options.load(key, controller.signal);
      if (result.ok && !disposed && startedIn === era) {
        store(key, { kind: 'ready', value: result.value, stale: false });
      }
      return result;
    },
    invalidate() {
      for (const key of [...loading.keys()]) abort(key);
      era++;
      for (const [key, page] of pages) {
        if (page.kind === 'ready') pages.set(key, { ...page, stale: true });
        else pages.delete(key);
      }
      readWanted();
      options.onChange();
    },
    retry() {
      for (const [key, page] of pages) if (page.kind === 'failed') pages.delete(key);
      readWanted();
      options.onChange();
    },
    clear() {
      for (const key of [...loading.keys()]) abort(key);
      era++;
      pages.clear();
      wanted = [];
      options.onChange();
    },
    dispose() {
      disposed = true;
      for (const controller of loading.values()) controller.abort();
      loading.clear();
      pages.clear();
    },
  };
}
