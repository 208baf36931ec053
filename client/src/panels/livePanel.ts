/** The inspector's panel over memory of a program: what it asks is answered beside the debugger, not in the worker. */
import * as vscode from 'vscode';
import type {
  BufferReadRequests,
  BufferViewContract,
  BufferViewRequests,
} from '#shared/protocol/bufferView.ts';
import { answerOver, type Answers, type Params } from '#shared/protocol/wire.ts';
import { fail, type Disposable } from '#shared/result.ts';
import type { Logger } from '../logs.ts';
import { bufferChecks } from './bufferMessages.ts';
import { checkedPort } from './checkedPort.ts';
import type { LivePanelBuffer } from './livePanelBuffer.ts';
import type { PanelCalls } from './panelCalls.ts';
import { fillWebview } from './webviewHtml.ts';
import { portOfPanel } from './webviewPort.ts';

export const LIVE_PANEL = 'strata.liveBuffer';

export interface LivePanelOptions {
  readonly extensionUri: vscode.Uri;
  readonly name: string;
  readonly buffer: LivePanelBuffer;
  readonly calls: PanelCalls;
  readonly log: Logger;
}

/** Opens beside the code, so that stepping and looking go together. */
export function openLivePanel(options: LivePanelOptions): vscode.WebviewPanel {
  const { buffer, name, calls, log } = options;
  const panel = vscode.window.createWebviewPanel(
    LIVE_PANEL,
    `${name} (memory)`,
    { viewColumn: vscode.ViewColumn.Beside, preserveFocus: false },
    { retainContextWhenHidden: true },
  );
  const port = checkedPort(portOfPanel(panel), bufferChecks, (method) => {
    log.warn(`wire.bufferView refused ${method}`);
  });
  const end = answerOver<BufferViewContract>(
    port,
    calls.watch('live', answersOf(buffer)),
    (method, error) => log.error(`wire.bufferView ${method}: ${String(error)}`),
  );
  const subscriptions: readonly Disposable[] = [
    buffer.onChanged((generation) => end.emit('changed', { generation })),
    buffer.onProgress((progress) => end.emit('progress', progress)),
    buffer,
    end,
  ];
  panel.onDidDispose(() => {
    for (const subscription of subscriptions) subscription.dispose();
  });
  fillWebview(panel.webview, options.extensionUri, 'buffer', 'Strata Buffer Inspector');
  return panel;
}

function answersOf(buffer: LivePanelBuffer): Answers<BufferViewRequests> {
  const read =
    <M extends keyof BufferReadRequests>(method: M) =>
    (params: Params<BufferReadRequests[M]>, signal: AbortSignal) =>
      buffer.read(method, params, signal);
  return {
    describe: read('describe'),
    readBytes: read('readBytes'),
    readElements: read('readElements'),
    statistics: read('statistics'),
    unique: read('unique'),
    histogram: read('histogram'),
    series: read('series'),
    find: read('find'),
    layRaw: ({ layout }, signal) => buffer.layRaw(layout, signal),
    suggestLayouts: () => buffer.suggestLayouts(),
    edit: ({ edits }, signal) => buffer.edit(edits, signal),
    keepLayout: () =>
      fail({ kind: 'notKept', message: 'A layout is kept for files, and this is memory.' }),
    compare: () =>
      fail({ kind: 'notCompared', message: 'Files can be compared, and this is memory.' }),
    exportArray: () =>
      fail({ kind: 'notExported', message: 'Files can be exported, and this is memory.' }),
    openPart: () => fail({ kind: 'unreadable', message: 'Files have parts, and this is memory' }),
    timeCopy: () =>
      fail({ kind: 'notTimed', message: 'Copies are timed of files, and this is memory.' }),
  };
}
