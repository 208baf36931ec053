/**
 * Whatever is edited, asked and closed while documents are checked: when all is quiet, every open document has had an
 * answer that belongs to its last version. Time and the process are pretended.
 */
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { MessageConnection } from 'vscode-languageserver/node';
import { CheckQueue } from '../../src/oracle/pyright/checkQueue.ts';
import { CHECK_SCOPES } from '../../src/oracle/pyright/processProtocol.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const uris = ['file:///a.py', 'file:///b.py', 'file:///c.py'] as const;

type Step =
  | { readonly kind: 'open' | 'close' | 'edit' | 'editNothing' | 'refresh'; readonly uri: string }
  | { readonly kind: 'ask' | 'answer' | 'restart' }
  | { readonly kind: 'wait'; readonly elapsedMs: number };

const steps = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constantFrom('open' as const, 'edit' as const, 'edit' as const, 'close' as const),
      uri: fc.constantFrom(...uris),
    }),
    fc.record({
      kind: fc.constantFrom('editNothing' as const, 'refresh' as const),
      uri: fc.constantFrom(...uris),
    }),
    fc.record({
      kind: fc.constantFrom('ask' as const, 'ask' as const, 'answer' as const, 'restart' as const),
    }),
    fc.record({ kind: fc.constant('wait' as const), elapsedMs: fc.integer({ min: 1, max: 700 }) }),
  ),
  { maxLength: 60 },
);

/** A process that checks a whole document in 400 ms and a part in 90, one request at a time, and may be interrupted. */
function pretended() {
  const versions = new Map<string, number>();
  const answered = new Map<string, number>();
  let connection = newConnection();
  let pending = 0;
  function newConnection(): MessageConnection {
    const sendRequest = (
      method: string,
      { uri }: { uri?: string },
      token: { isCancellationRequested: boolean; onCancellationRequested(stop: () => void): void },
    ) => {
      pending++;
      return new Promise((resolve, reject) => {
        const settle = (end: () => void) => {
          clearTimeout(timer);
          if (isSettled) return;
          isSettled = true;
          pending--;
          end();
        };
        let isSettled = false;
        const isPart = method === CHECK_SCOPES;
        const timer = setTimeout(
          () =>
            settle(() =>
              resolve(isPart ? { scopes: [], diagnostics: [] } : { kind: 'full', items: [], uri }),
            ),
          isPart ? 90 : 400,
        );
        token.onCancellationRequested(() => settle(() => reject(new Error('cancelled'))));
      });
    };
    return { sendRequest } as unknown as MessageConnection;
  }
  const queue = new CheckQueue(
    {
      connection: () => connection,
      async request(send, cancellation) {
        const token = cancellation?.token ?? {
          isCancellationRequested: false,
          onCancellationRequested: () => ({ dispose: () => undefined }),
        };
        return send(token).catch(() => undefined);
      },
      checksScopes: true,
      versionOf: (uri) => versions.get(uri),
      onDiagnostics: (uri, version) => answered.set(uri, version),
      onScopeDiagnostics: () => undefined,
      onBusy: () => undefined,
    },
    100,
  );
  return {
    queue,
    versions,
    answered,
    isIdle: () => pending === 0 && !queue.isBusy,
    restart() {
      queue.clear();
      answered.clear();
      connection = newConnection();
      for (const uri of versions.keys()) queue.opened(uri);
    },
  };
}

it('answers for the last version of every open document, whatever came between', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (each) => {
      const { queue, versions, answered, ...process } = pretended();
      let asked = 0;
      const take = async (step: Step) => {
        if ('uri' in step) {
          const { uri, kind } = step;
          const version = versions.get(uri);
          if (kind === 'open' && version === undefined) {
            versions.set(uri, 1);
            queue.opened(uri);
          } else if (version === undefined) return;
          else if (kind === 'refresh') queue.changedElsewhere(uri);
          else if (kind === 'close') {
            versions.delete(uri);
            answered.delete(uri);
            queue.closed(uri);
          } else if (kind !== 'open') {
            queue.stopChecking(uri);
            const edits = kind === 'edit' ? [{ start: 3, end: 4, lineCount: 1 }] : [];
            queue.edited(uri, version + 1, edits);
            versions.set(uri, version + 1);
          }
        } else if (step.kind === 'ask') {
          asked++;
          queue.makeWay();
        } else if (step.kind === 'answer' && asked > 0) {
          asked--;
          queue.goOn();
        } else if (step.kind === 'restart') process.restart();
        else if (step.kind === 'wait') await vi.advanceTimersByTimeAsync(step.elapsedMs);
      };
      for (const step of each) await take(step);
      while (asked-- > 0) queue.goOn();
      // Three documents, each checked in parts and as a whole, after the longest pause.
      await vi.advanceTimersByTimeAsync(10_000);
      expect(Object.fromEntries(answered)).toEqual(Object.fromEntries(versions));
      expect(process.isIdle()).toBe(true);
    }),
    { numRuns: 300 },
  );
});
