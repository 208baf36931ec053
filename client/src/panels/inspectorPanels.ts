/** What all panels of the buffer inspector have alike: page, port, reads, and the news of their buffer. */
import * as vscode from 'vscode';
import type {
  BufferReadRequests,
  BufferViewContract,
  BufferViewRequests,
  ReadFailure,
} from '#shared/protocol/bufferView.ts';
import { answerOver, type AnswererEnd, type Answers, type Params } from '#shared/protocol/wire.ts';
import { fail, type Disposable, type Result } from '#shared/result.ts';
import type { BufferWorker } from '../bufferWorker.ts';
import type { Logger } from '../logs.ts';
import { bufferChecks } from './bufferMessages.ts';
import { checkedPort } from './checkedPort.ts';
import { Comparisons } from './comparisons.ts';
import { timeCopy } from './copyTiming.ts';
import type { PanelBuffer } from './panelBuffer.ts';
import type { PanelCalls } from './panelCalls.ts';
import { fillWebview } from './webviewHtml.ts';
import { portOfPanel } from './webviewPort.ts';

export interface ServedBuffer {
  /** As tests call it. */
  readonly kind: 'buffer' | 'live' | 'part';
  /** Undefined where there are no bytes to be told of. */
  readonly buffer: PanelBuffer | undefined;
  readonly answers: Answers<BufferViewRequests>;
  /** What ends with the panel. */
  readonly owned: readonly (Disposable | undefined)[];
}

/** A buffer that some panel shows. */
export interface ShownBuffer {
  readonly title: string;
  readonly kind: ServedBuffer['kind'];
  readonly buffer: PanelBuffer;
}

export type InspectorEnd = AnswererEnd<BufferViewContract>;

export class InspectorPanels {
  readonly #extensionUri: vscode.Uri;
  readonly #log: Logger;
  readonly #python: () => Promise<string>;
  readonly calls: PanelCalls;
  readonly comparisons: Comparisons;
  readonly #open = new Map<vscode.WebviewPanel, InspectorEnd>();
  readonly #buffers = new Map<vscode.WebviewPanel, ShownBuffer>();

  /** `python` is the interpreter of the user's code. */
  constructor(
    extensionUri: vscode.Uri,
    python: () => Promise<string>,
    worker: () => Promise<BufferWorker>,
    calls: PanelCalls,
    log: Logger,
  ) {
    this.#python = python;
    this.#extensionUri = extensionUri;
    this.calls = calls;
    this.#log = log;
    this.comparisons = new Comparisons(worker, () => [...this.#buffers.values()]);
  }

  /** The one that has the focus. */
  get active(): InspectorEnd | undefined {
    for (const [panel, end] of this.#open) if (panel.active) return end;
    return undefined;
  }

  /** A panel beside the text or the file that it is about; the second of a kind opens where the first is. */
  create(viewType: string, title: string): vscode.WebviewPanel {
    const same = [...this.#open.keys()].find((panel) => panel.viewType === viewType);
    return vscode.window.createWebviewPanel(
      viewType,
      title,
      { viewColumn: same?.viewColumn ?? vscode.ViewColumn.Beside, preserveFocus: false },
      { retainContextWhenHidden: true },
    );
  }

  /** `folder` is where the file lies that the code opens by its name. */
  timeCopy(folder: string, code: string, signal: AbortSignal): ReturnType<typeof timeCopy> {
    return timeCopy(this.#python, folder, code, signal);
  }

  serve(panel: vscode.WebviewPanel, { kind, buffer, answers, owned }: ServedBuffer): InspectorEnd {
    const port = checkedPort(portOfPanel(panel), bufferChecks, (method) => {
      this.#log.warn(`wire.bufferView refused ${method}`);
    });
    const end = answerOver<BufferViewContract>(
      port,
      this.calls.watch(kind, answers),
      (method, error) => this.#log.error(`wire.bufferView ${method}: ${String(error)}`),
    );
    const subscriptions = [
      buffer?.onChanged((generation) => end.emit('changed', { generation })),
      buffer?.onProgress((progress) => end.emit('progress', progress)),
      ...owned,
      end,
    ];
    this.#open.set(panel, end);
    if (buffer) this.#buffers.set(panel, { title: panel.title, kind, buffer });
    panel.onDidDispose(() => {
      this.#open.delete(panel);
      this.#buffers.delete(panel);
      for (const subscription of subscriptions) subscription?.dispose();
    });
    fillWebview(panel.webview, this.#extensionUri, 'buffer', 'Strata Buffer Inspector');
    return end;
  }
}

const NOBODY = fail({ kind: 'unreadable', message: 'nobody reads it' } as const);

/** What is read from the bytes alone, from whoever reads them; `otherwise` where nobody does. */
export function answersOfReads(
  buffer: Pick<PanelBuffer, 'read'> | undefined,
  otherwise: Result<never, ReadFailure> = NOBODY,
): Answers<BufferReadRequests> {
  const read =
    <M extends keyof BufferReadRequests>(method: M) =>
    (params: Params<BufferReadRequests[M]>, signal: AbortSignal) =>
      buffer?.read(method, params, signal) ?? otherwise;
  return {
    describe: read('describe'),
    readBytes: read('readBytes'),
    readElements: read('readElements'),
    statistics: read('statistics'),
    unique: read('unique'),
    histogram: read('histogram'),
    series: read('series'),
    find: read('find'),
    readValue: read('readValue'),
  };
}
