/** The inspector's panel over a part of a file, such as a packed member of an archive or the pixels of an image. */
import * as vscode from 'vscode';
import type {
  BufferReadRequests,
  BufferViewContract,
  BufferViewRequests,
} from '#shared/protocol/bufferView.ts';
import { answerOver, type Answers, type Params } from '#shared/protocol/wire.ts';
import { fail, ok, type Disposable } from '#shared/result.ts';
import type { OpenBuffer } from '../bufferWorker.ts';
import type { Logger } from '../logs.ts';
import { bufferChecks } from './bufferMessages.ts';
import { checkedPort } from './checkedPort.ts';
import { exportFromPanel } from './exportFromPanel.ts';
import type { PanelCalls } from './panelCalls.ts';
import { fillWebview } from './webviewHtml.ts';
import { portOfPanel } from './webviewPort.ts';

export const PART_PANEL = 'strata.bufferPart';

export interface PartPanelOptions {
  /** Of the file that has it. */
  readonly uri: vscode.Uri;
  /** The way to the part, from file to file. */
  readonly names: readonly string[];
  readonly open: (names: readonly string[]) => OpenBuffer;
  readonly extensionUri: vscode.Uri;
  readonly calls: PanelCalls;
  readonly log: Logger;
}

/** Opens beside the file, so that what was unpacked is seen with the bytes that it came from. */
export function openPartPanel(options: PartPanelOptions): vscode.WebviewPanel {
  const { names, calls, log } = options;
  const panel = vscode.window.createWebviewPanel(
    PART_PANEL,
    titleOf(options),
    { viewColumn: vscode.ViewColumn.Beside, preserveFocus: false },
    { retainContextWhenHidden: true },
  );
  const buffer = options.open(names);
  const port = checkedPort(portOfPanel(panel), bufferChecks, (method) => {
    log.warn(`wire.bufferView refused ${method}`);
  });
  const end = answerOver<BufferViewContract>(
    port,
    calls.watch('part', answersOf(options, buffer)),
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

function answersOf(options: PartPanelOptions, buffer: OpenBuffer): Answers<BufferViewRequests> {
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
    suggestLayouts: () => ok([]),
    edit: () =>
      fail({
        kind: 'notEdited',
        message: 'This is a part of a file, unpacked to be read. Export it to change it.',
      }),
    keepLayout: () =>
      fail({ kind: 'notKept', message: 'A layout is kept for files, and this is a part of one.' }),
    compare: () =>
      fail({ kind: 'notCompared', message: 'Files can be compared, and this is a part of one.' }),
    exportArray: (request, signal) => exportFromPanel(options.uri, buffer, request, signal),
    openPart({ name }) {
      openPartPanel({ ...options, names: [...options.names, name] });
      return ok({});
    },
    timeCopy: () =>
      fail({ kind: 'notTimed', message: 'Copies are timed of files, and this is a part of one.' }),
  };
}

function titleOf({ uri, names }: PartPanelOptions): string {
  const name = names[names.length - 1] ?? '';
  return `${name} (${uri.path.slice(uri.path.lastIndexOf('/') + 1)})`;
}
