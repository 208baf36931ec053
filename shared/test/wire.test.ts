import { describe, expect, test } from 'vitest';
import type { Call, Contract, Port, WireMessage } from '#shared/protocol/wire.ts';
import { answerOver, callOver } from '#shared/protocol/wire.ts';
import { closeOnce } from '#shared/protocol/ports.ts';
import { fail, ok } from '#shared/result.ts';

interface Trial extends Contract {
  readonly requests: {
    double: Call<{ n: number }, number, { kind: 'tooBig' }>;
    wait: Call<Record<string, never>, string>;
    crash: Call<Record<string, never>, string>;
  };
  readonly events: { ticked: { n: number } };
}

/** Two ports that pass structured clones to each other, as processes do. */
function pair(): { near: Port; far: Port; cut(): void } {
  const close = closeOnce();
  const listeners = [new Set<(m: WireMessage) => void>(), new Set<(m: WireMessage) => void>()];
  const port = (mine: number): Port => ({
    post(message) {
      const copy = structuredClone(message);
      queueMicrotask(() => {
        for (const listener of listeners[1 - mine]!) listener(copy);
      });
    },
    onMessage(listener) {
      listeners[mine]!.add(listener);
      return { dispose: () => listeners[mine]!.delete(listener) };
    },
    onClose: (listener) => close.listen(listener),
  });
  return { near: port(0), far: port(1), cut: () => close.fire() };
}

function trial() {
  const ports = pair();
  const crashes: string[] = [];
  const aborted: string[] = [];
  const ticks: number[] = [];
  const answerer = answerOver<Trial>(
    ports.far,
    {
      double: ({ n }) => (n > 100 ? fail({ kind: 'tooBig' }) : ok(2 * n)),
      wait: (_, signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            aborted.push('wait');
            resolve(fail({ kind: 'cancelled' }));
          });
        }),
      crash: () => {
        throw new Error('a bug');
      },
    },
    (method) => crashes.push(method),
  );
  const caller = callOver<Trial>(ports.near, { ticked: ({ n }) => ticks.push(n) });
  return { ports, answerer, caller, crashes, aborted, ticks };
}

describe('a call', () => {
  test('settles with the reply or the declared failure', async () => {
    const { caller } = trial();
    expect(await caller.call('double', { n: 21 })).toEqual(ok(42));
    expect(await caller.call('double', { n: 101 })).toEqual(fail({ kind: 'tooBig' }));
  });

  test('reports a throw on the other side as crashed, and the next call works', async () => {
    const { caller, crashes } = trial();
    expect(await caller.call('crash', {})).toEqual(fail({ kind: 'crashed', message: 'a bug' }));
    expect(crashes).toEqual(['crash']);
    expect(await caller.call('double', { n: 1 })).toEqual(ok(2));
  });

  test('is cancelled at once here and aborted there', async () => {
    const { caller, aborted } = trial();
    const controller = new AbortController();
    const call = caller.call('wait', {}, controller.signal);
    controller.abort();
    expect(await call).toEqual(fail({ kind: 'cancelled' }));
    await caller.call('double', { n: 1 });
    expect(aborted).toEqual(['wait']);
  });

  test('settles with closed when the other side dies, also one made later', async () => {
    const { caller, ports, aborted } = trial();
    const call = caller.call('wait', {});
    await caller.call('double', { n: 1 });
    ports.cut();
    expect(await call).toEqual(fail({ kind: 'closed' }));
    expect(await caller.call('double', { n: 1 })).toEqual(fail({ kind: 'closed' }));
    expect(aborted).toEqual(['wait']);
  });

  test('settles with closed when this end is disposed', async () => {
    const { caller } = trial();
    const call = caller.call('wait', {});
    caller.dispose();
    expect(await call).toEqual(fail({ kind: 'closed' }));
  });

  test('with what cannot be cloned fails instead of hanging', async () => {
    const { caller } = trial();
    const n = (() => 1) as unknown as number;
    expect(await caller.call('double', { n })).toMatchObject({ error: { kind: 'crashed' } });
  });

  test('of a method that is not answered is crashed', async () => {
    const { caller } = trial();
    const method = 'toString' as 'double';
    expect(await caller.call(method, { n: 1 })).toMatchObject({ error: { kind: 'crashed' } });
  });
});

test('an event reaches its listener', async () => {
  const { answerer, caller, ticks } = trial();
  answerer.emit('ticked', { n: 7 });
  await caller.call('double', { n: 1 });
  expect(ticks).toEqual([7]);
});

test('a disposed answerer aborts what runs and stays silent', async () => {
  const { answerer, caller, aborted, ports } = trial();
  const call = caller.call('wait', {});
  await caller.call('double', { n: 1 });
  answerer.dispose();
  expect(aborted).toEqual(['wait']);
  ports.cut();
  expect(await call).toEqual(fail({ kind: 'closed' }));
});
