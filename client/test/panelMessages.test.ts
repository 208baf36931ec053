/** What a webview sends is checked before anything acts on it: one bad field refuses the request. */
import { expect, test } from 'vitest';
import {
  answerOver,
  callOver,
  type Call,
  type Port,
  type WireMessage,
} from '#shared/protocol/wire.ts';
import { closeOnce } from '#shared/protocol/ports.ts';
import { ok } from '#shared/result.ts';
import { bufferChecks } from '#client/panels/bufferMessages.ts';
import { checkedPort } from '#client/panels/checkedPort.ts';
import { resultsChecks } from '#client/panels/resultsMessages.ts';
import { portOfPanel, type PanelLike } from '#client/panels/webviewPort.ts';

const window = { shape: [40, 10], strides: [80, -8], offset: 128, itemsize: 8 };
const elements = { dtype: '<f8', shape: [4, 2], strides: [16, 8], offset: 128 };
const scan = { job: 1, elements };
const found = { job: 1, start: 0, end: 10, limit: 1, backward: false };
const raw = { kind: 'dtype', type: '<f4', shape: '2, 3', order: 'C', offset: '', strides: '' };
const compared = {
  job: 1,
  with: { kind: 'head' },
  mode: 'values',
  array: 0,
  absolute: 0,
  relative: 1e-5,
  limit: 100,
};

test.each([
  ['describe', {}, true],
  ['describe', { path: '/etc/passwd' }, false],
  ['describe', null, false],
  ['readBytes', { offset: 0, length: 4096 }, true],
  ['readBytes', { offset: 2 ** 52, length: 0 }, true],
  ['readBytes', { offset: -1, length: 1 }, false],
  ['readBytes', { offset: 0.5, length: 1 }, false],
  ['readBytes', { offset: 0, length: 4 * 1024 * 1024 + 1 }, false],
  ['readBytes', { offset: '0', length: 1 }, false],
  ['readBytes', { offset: 0, length: Number.NaN }, false],
  ['readElements', window, true],
  ['readElements', { ...window, shape: [1] }, false],
  ['readElements', { ...window, shape: [-1, 2] }, false],
  ['readElements', { ...window, strides: [0.5, 2] }, false],
  ['readElements', { ...window, offset: undefined }, false],
  ['statistics', scan, true],
  ['statistics', { job: 1, elements: { ...elements, strides: [16] } }, false],
  ['statistics', { job: 1, elements: { ...elements, dtype: 'x'.repeat(1e6) } }, false],
  ['statistics', { elements }, false],
  ['unique', { ...scan, limit: 10 }, true],
  ['histogram', { ...scan, bins: 10, part: 'value' }, true],
  ['histogram', { ...scan, bins: '10', part: 'value' }, false],
  ['series', { ...scan, runs: 10, part: 'phase' }, true],
  ['find', { ...found, query: { kind: 'bytes', pattern: '4d ??' } }, true],
  ['find', { ...found, query: { kind: 'bytes', pattern: 5 } }, false],
  ['find', { ...found, query: { kind: 'regex', source: 'a', ignoreCase: true } }, true],
  [
    'find',
    { ...found, query: { kind: 'text', text: 'a', encoding: 'utf-8', ignoreCase: false } },
    true,
  ],
  [
    'find',
    { ...found, query: { kind: 'text', text: 'a', encoding: 'ebcdic', ignoreCase: false } },
    false,
  ],
  ['find', { ...found, query: { kind: 'value', elements, test: { kind: 'nan' } } }, true],
  ['find', { ...found, query: { kind: 'value', elements, test: { kind: 'odd' } } }, false],
  ['find', { ...found, query: { kind: 'eval', text: 'a' } }, false],
  ['layRaw', { layout: raw }, true],
  ['layRaw', { layout: null }, true],
  ['layRaw', { layout: { ...raw, kind: 'python' } }, false],
  ['keepLayout', { pattern: '*.dat', layout: raw }, true],
  ['keepLayout', { pattern: 5, layout: raw }, false],
  ['compare', compared, true],
  ['compare', { ...compared, absolute: -1 }, false],
  ['compare', { ...compared, with: '/etc/passwd' }, false],
  ['openPart', { name: 'weights.npy' }, true],
  ['openPart', { name: ['a', 'b'] }, false],
  ['timeCopy', { code: 'pass', label: 'a' }, true],
  ['timeCopy', { code: 5, label: 'a' }, false],
] as const)('buffer: %s with %j is let through: %s', (method, params, expected) => {
  expect(bufferChecks[method](params)).toBe(expected);
});

test.each([
  ['listRuns', {}, true],
  ['readRows', { runId: 1, start: 0, count: 100 }, true],
  ['readRows', { runId: 1, start: 0, count: 1e6 }, false],
  ['readRows', { runId: '1', start: 0, count: 1 }, false],
  ['readRows', { runId: 1 }, false],
  ['explainRun', { runId: 7 }, true],
  ['explainRun', { runId: -7 }, false],
  ['copyText', { text: 'a\tb' }, true],
  ['copyText', { text: 5 }, false],
] as const)('results: %s with %j is let through: %s', (method, params, expected) => {
  expect(resultsChecks[method](params)).toBe(expected);
});

interface EchoContract {
  readonly requests: { describe: Call<Record<string, never>, string> };
  readonly events: object;
}

/** A panel whose webview is this test: `say` is what its script posts, `heard` what it was sent. */
function panel() {
  const heard: WireMessage[] = [];
  const disposed = closeOnce();
  const listeners = new Set<(message: unknown) => void>();
  const like = {
    webview: {
      postMessage: (message: WireMessage) => {
        heard.push(message);
        return Promise.resolve(true);
      },
      onDidReceiveMessage: (listener: (message: unknown) => void) => {
        listeners.add(listener);
        return { dispose: () => void listeners.delete(listener) };
      },
    },
    onDidDispose: (listener: () => void) => disposed.listen(listener),
  } as unknown as PanelLike;
  const say = (message: unknown) => {
    for (const listener of listeners) listener(message);
  };
  return { like, heard, say, dispose: () => disposed.fire() };
}

test('a refused request is answered, never acted on', async () => {
  const { like, heard, say } = panel();
  const refused: string[] = [];
  let asked = 0;
  const port = checkedPort<EchoContract['requests']>(
    portOfPanel(like),
    { describe: bufferChecks.describe },
    (method) => refused.push(method),
  );
  answerOver<EchoContract>(
    port,
    {
      describe: () => {
        asked += 1;
        return ok('fine');
      },
    },
    () => undefined,
  );
  say({ wire: 'request', id: 1, method: 'describe', params: { evil: true } });
  say({ wire: 'request', id: 2, method: 'constructor', params: {} });
  say({ wire: 'request', id: 3, method: 'describe', params: {} });
  say('not a message');
  await Promise.resolve();
  await Promise.resolve();
  expect(refused).toEqual(['describe', 'constructor']);
  expect(asked).toBe(1);
  expect(heard.map((message) => [message.wire, 'id' in message ? message.id : 0])).toEqual([
    ['reply', 1],
    ['reply', 2],
    ['reply', 3],
  ]);
});

test('a disposed panel aborts what is under way and hears no more', async () => {
  const { like, heard, say, dispose } = panel();
  let aborted = false;
  answerOver<EchoContract>(
    portOfPanel(like),
    {
      describe: (_params, signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            aborted = true;
            resolve(ok('late'));
          });
        }),
    },
    () => undefined,
  );
  say({ wire: 'request', id: 1, method: 'describe', params: {} });
  dispose();
  await Promise.resolve();
  expect(aborted).toBe(true);
  expect(heard).toEqual([]);
});

test('a call to a disposed panel settles as closed', async () => {
  const { like, dispose } = panel();
  const port: Port = portOfPanel(like);
  const { call } = callOver<EchoContract>(port, {});
  const pending = call('describe', {});
  dispose();
  expect(await pending).toEqual({ ok: false, error: { kind: 'closed' } });
});
