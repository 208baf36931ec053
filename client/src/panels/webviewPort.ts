/** A wire's port over a webview: closed when the panel is disposed, and silent from then on. */
import type * as vscode from 'vscode';
import { closeOnce, isWireMessage } from '#shared/protocol/ports.ts';
import type { Port } from '#shared/protocol/wire.ts';

/** The parts of a `vscode.WebviewPanel` that a port needs. */
export interface PanelLike {
  readonly webview: Pick<vscode.Webview, 'postMessage' | 'onDidReceiveMessage'>;
  readonly onDidDispose: vscode.Event<void>;
}

export function portOfPanel(panel: PanelLike): Port {
  const closed = closeOnce();
  let isOpen = true;
  panel.onDidDispose(() => {
    isOpen = false;
    closed.fire();
  });
  return {
    post(message) {
      // A disposed webview throws; the disposal itself has told everyone who waits.
      if (isOpen) void panel.webview.postMessage(message);
    },
    onMessage: (listener) =>
      panel.webview.onDidReceiveMessage((message: unknown) => {
        if (isOpen && isWireMessage(message)) listener(message);
      }),
    onClose: (listener) => closed.listen(listener),
  };
}
