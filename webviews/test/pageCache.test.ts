import { describe, expect, test } from 'vitest';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { createPageCache } from '#webviews/kit/pageCache.ts';

type Failure = { readonly kind: 'unreadable' } | { readonly kind: 'cancelled' };

/** A cache whose loads are settled by hand. */
function setUp(limit = 2) {
  const loads: {
    key: string;
    signal: AbortSignal;
    settle: (r: Result<string, Failure>) => void;
  }[] = [];
  let changes = 0;
  const cache = createPageCache<string, Failure>({
    limit,
    load: (key, signal) =>
      new Promise((settle) => {
        loads.push({ key, signal, settle });
      }),
    onChange: () => changes++,
  });
  const settle = async (key: string, result: Result<string, Failure>) => {
    const at = loads.findIndex((load) => load.key === key);
    loads.splice(at, 1)[0]?.settle(result);
    await Promise.resolve();
    await Promise.resolve();
  };
  return {
    cache,
    loads,
    settle,
    keys: () => loads.map((load) => load.key),
    changes: () => changes,
  };
}

describe('the page cache', () => {
  test('reads what is wanted once, and aborts what is not wanted any more', async () => {
    const { cache, loads, settle, keys } = setUp();
    cache.want(['1', '2']);
    cache.want(['2', '3']);
    expect(keys()).toEqual(['1', '2', '3']);
    expect(loads.map(({ signal }) => signal.aborted)).toEqual([true, false, false]);
    await settle('1', ok('late'));
    expect(cache.peek('1')).toBeUndefined();
    await settle('2', ok('two'));
    expect(cache.peek('2')).toEqual({ kind: 'ready', value: 'two', stale: false });
  });

  test('keeps the newest pages, and always the wanted ones', async () => {
    const { cache, settle } = setUp(1);
    for (const key of ['1', '2', '3']) {
      cache.want([key]);
      await settle(key, ok(key));
    }
    expect(['1', '2', '3'].map((key) => cache.peek(key)?.kind)).toEqual([
      undefined,
      'ready',
      'ready',
    ]);
  });

  test('shows a stale page until its new one is here', async () => {
    const { cache, settle, keys } = setUp();
    cache.want(['1']);
    await settle('1', ok('old'));
    cache.invalidate();
    expect(cache.peek('1')).toEqual({ kind: 'ready', value: 'old', stale: true });
    expect(keys()).toEqual(['1']);
    await settle('1', fail({ kind: 'unreadable' }));
    expect(cache.peek('1')).toEqual({ kind: 'ready', value: 'old', stale: true });
    cache.want(['1']);
    await settle('1', ok('new'));
    expect(cache.peek('1')).toEqual({ kind: 'ready', value: 'new', stale: false });
  });

  test('a failure stays until it is tried again', async () => {
    const { cache, settle, keys } = setUp();
    cache.want(['1']);
    await settle('1', fail({ kind: 'unreadable' }));
    cache.want(['1']);
    expect(keys()).toEqual([]);
    cache.retry();
    expect(keys()).toEqual(['1']);
    await settle('1', ok('one'));
    expect(cache.peek('1')?.kind).toBe('ready');
  });

  test('a reply from before a clear is dropped', async () => {
    const { cache, settle, changes } = setUp();
    cache.want(['1']);
    cache.clear();
    const before = changes();
    await settle('1', ok('one'));
    expect(cache.peek('1')).toBeUndefined();
    expect(changes()).toBe(before);
  });

  test('a disposed cache starts nothing and hears nothing', async () => {
    const { cache, loads, settle, changes } = setUp();
    cache.want(['1']);
    cache.dispose();
    expect(loads[0]?.signal.aborted).toBe(true);
    await settle('1', ok('one'));
    cache.want(['2']);
    expect(loads).toHaveLength(0);
    expect(changes()).toBe(0);
  });
});
