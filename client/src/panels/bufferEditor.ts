/** The buffer inspector: a read-only custom editor whose panel asks and whose worker reads. */
import * as vscode from 'vscode';
import { answerOver } from '#shared/protocol/wire.ts';
import type { BufferViewContract } from '#shared/protocol/bufferView.ts';
import { fail } from '#shared/result.ts';
import type { BufferWorker, OpenBuffer } from '../bufferWorker.ts';
import type { Logger } from '../logs.ts';
import { bufferChecks } from './bufferMessages.ts';
import { checkedPort } from './checkedPort.ts';
import type { PanelCalls } from './panelCalls.ts';
import { fillWebview } from './webviewHtml.ts';
import { portOfPanel } from './webviewPort.ts';

/** For the formats that are arrays and nothing else, opened by default. */
export const ARRAY_EDITOR = 'strata.bufferEditor';
/** For any file, by "Open With…". */
export const ANY_FILE_EDITOR = 'strata.bufferEditorAny';

interface BufferDocument extends vscode.CustomDocument {
  /** Undefined where the file is not on this machine's disk. */
  readonly buffer: OpenBuffer | undefined;
}

export class BufferEditor implements vscode.CustomReadonlyEditorProvider<BufferDocument> {
  readonly #extensionUri: vscode.Uri;
  readonly #worker: () => Promise<BufferWorker>;
  readonly #calls: PanelCalls;
  readonly #log: Logger;

  constructor(
    extensionUri: vscode.Uri,
    worker: () => Promise<BufferWorker>,
    calls: PanelCalls,
    log: Logger,
  ) {
    this.#extensionUri = extensionUri;
    this.#worker = worker;
    this.#calls = calls;
    this.#log = log;
  }

  static register(editor: BufferEditor): vscode.Disposable {
    const options = {
      webviewOptions: { retainContextWhenHidden: true },
      supportsMultipleEditorsPerDocument: true,
    };
    return vscode.Disposable.from(
      vscode.window.registerCustomEditorProvider(ARRAY_EDITOR, editor, options),
      vscode.window.registerCustomEditorProvider(ANY_FILE_EDITOR, editor, options),
    );
  }

  async openCustomDocument(uri: vscode.Uri): Promise<BufferDocument> {
    const buffer = uri.scheme === 'file' ? (await this.#worker()).open(uri.fsPath) : undefined;
    return { uri, buffer, dispose: () => buffer?.dispose() };
  }

  resolveCustomEditor(document: BufferDocument, panel: vscode.WebviewPanel): void {
    const { buffer } = document;
    const refused = (method: string) => {
      this.#log.warn(`wire.bufferView refused ${method}`);
    };
    const port = checkedPort(portOfPanel(panel), bufferChecks, refused);
    const end = answerOver<BufferViewContract>(
      port,
      this.#calls.watch('buffer', {
        describe: (_params, signal) => buffer?.describe(signal) ?? notOnDisk,
        readBytes: (params, signal) => buffer?.read('readBytes', params, signal) ?? notOnDisk,
        readElements: (params, signal) => buffer?.read('readElements', params, signal) ?? notOnDisk,
      }),
      (method, error) => this.#log.error(`wire.bufferView ${method}: ${String(error)}`),
    );
    const changed = buffer?.onChanged((generation) => end.emit('changed', { generation }));
    panel.onDidDispose(() => {
      changed?.dispose();
      end.dispose();
    });
    fillWebview(panel.webview, this.#extensionUri, 'buffer', 'Strata Buffer Inspector');
  }
}

const notOnDisk = fail({
  kind: 'unreadable',
  message:
    'The inspector reads files on disk, and this one is elsewhere. Save a copy to a folder and open that.',
});
