import { afterEach, expect, test, vi } from 'vitest';
import type { WireMessage } from '#shared/protocol/wire.ts';
import { connectWebview } from '#webviews/kit/webviewPort.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

test('the wire is what VS Code gives a webview', async () => {
  const posted: unknown[] = [];
  let state: unknown = { share: 0.4 };
  vi.stubGlobal('acquireVsCodeApi', () => ({
    postMessage: (message: unknown) => posted.push(message),
    getState: () => state,
    setState: (next: unknown) => (state = next),
  }));
  const host = connectWebview();
  const received: WireMessage[] = [];
  const listening = host.port.onMessage((message) => received.push(message));

  host.port.post({ wire: 'cancel', id: 7 });
  expect(posted).toEqual([{ wire: 'cancel', id: 7 }]);
  expect(host.restore()).toEqual({ share: 0.4 });
  host.save({ share: 0.6 });
  expect(state).toEqual({ share: 0.6 });

  const bytes = new Uint8Array([1, 2, 3]).buffer;
  window.postMessage({ source: 'something else on the page' });
  window.postMessage({ wire: 'event', name: 'page', event: { bytes } });
  await expect.poll(() => received).toHaveLength(1);
  expect(received[0]).toEqual({ wire: 'event', name: 'page', event: { bytes } });

  listening.dispose();
  let closed = false;
  host.port.onClose(() => (closed = true));
  window.dispatchEvent(new Event('pagehide'));
  expect(closed).toBe(true);
});
