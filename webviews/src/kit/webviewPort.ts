import { closeOnce, isWireMessage } from '#shared/protocol/ports.ts';
import type { PanelHost } from './panelHost.ts';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

/** The host of a VS Code webview. `acquireVsCodeApi` works once a page, so call this once. */
export function connectWebview(): PanelHost {
  const api = acquireVsCodeApi();
  const closed = closeOnce();
  window.addEventListener('pagehide', () => {
    closed.fire();
  });
  return {
    port: {
      post: (message) => {
        api.postMessage(message);
      },
      onMessage(listener) {
        const receive = (event: MessageEvent<unknown>) => {
          if (isWireMessage(event.data)) listener(event.data);
        };
        window.addEventListener('message', receive);
        return {
          dispose: () => {
            window.removeEventListener('message', receive);
          },
        };
      },
      onClose: (listener) => closed.listen(listener),
    },
    restore: () => api.getState(),
    save: (state) => {
      api.setState(state);
    },
  };
}
