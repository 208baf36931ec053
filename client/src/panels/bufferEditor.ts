/** The buffer inspector: a custom editor whose panel asks, whose worker reads and whose document keeps the edits. */
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import type { Answers } from '#shared/protocol/wire.ts';
import type {
  BufferDescription,
  BufferReadRequests,
  BufferViewContract,
  BufferViewRequests,
  ReadFailure,
} from '#shared/protocol/bufferView.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { BufferWorker, OpenBuffer } from '../bufferWorker.ts';
import { keepLayout, keptLayout } from '../keptLayouts.ts';
import type { RememberedFiles } from '../rememberedFiles.ts';
import { BufferDocument, type EditEvent, type SaveQuestions } from './bufferDocument.ts';
import type { PanelBuffer } from './panelBuffer.ts';
import { openPartPanel, PART_PANEL, savedPart, servePart } from './partPanel.ts';
import { copyVirtualFile } from './virtualFile.ts';
import { exportFromPanel } from './exportFromPanel.ts';
import { answersOfReads, type InspectorPanels } from './inspectorPanels.ts';

/** For the formats that are arrays and nothing else, opened by default. */
export const ARRAY_EDITOR = 'strata.bufferEditor';
/** For any file, by "Open With…". */
export const ANY_FILE_EDITOR = 'strata.bufferEditorAny';

type CompareWish = BufferViewContract['events']['compareWith'];

export class BufferEditor {
  readonly #inspectors: InspectorPanels;
  readonly #worker: () => Promise<BufferWorker>;
  readonly remembered: RememberedFiles;
  /** By URI, what a panel is to compare with once it is there. */
  readonly #wishes = new Map<string, CompareWish>();
  readonly #panels = new Map<string, (wish: CompareWish) => void>();
  /** By URI, why a file that is not on disk can't be read. */
  readonly #notThere = new Map<string, string>();

  readonly #documents = new Map<string, BufferDocument>();
  /** How a save is asked about; tests answer themselves. */
  questions: (uri: vscode.Uri) => SaveQuestions = (uri) => this.#questionsOf(uri);
  constructor(
    inspectors: InspectorPanels,
    worker: () => Promise<BufferWorker>,
    remembered: RememberedFiles,
  ) {
    this.#inspectors = inspectors;
    this.#worker = worker;
    this.remembered = remembered;
  }

  static register(editor: BufferEditor): vscode.Disposable {
    const options = {
      webviewOptions: { retainContextWhenHidden: true },
      supportsMultipleEditorsPerDocument: true,
    };
    return vscode.Disposable.from(
      ...[ARRAY_EDITOR, ANY_FILE_EDITOR].map((type) =>
        vscode.window.registerCustomEditorProvider(type, editor.#provider(), options),
      ),
      vscode.window.registerWebviewPanelSerializer(PART_PANEL, {
        deserializeWebviewPanel: (panel, state) => editor.revivePart(panel, state),
      }),
    );
  }

  /** One for each type of editor: VS Code looks for the document of an edit among those of the provider's type. */
  #provider(): vscode.CustomEditorProvider<BufferDocument> {
    const edited = new vscode.EventEmitter<EditEvent>();
    return {
      onDidChangeCustomDocument: edited.event,
      openCustomDocument: async (uri, context) => {
        const document = await this.open(uri, context);
        document.onEdited((event) => edited.fire(event));
        return document;
      },
      resolveCustomEditor: (document, panel) => this.#resolve(document, panel),
      saveCustomDocument: (document, cancellation) =>
        document.save(this.questions(document.uri), cancellation),
      saveCustomDocumentAs: (document, destination, cancellation) =>
        destination.toString() === document.uri.toString()
          ? document.save(this.questions(document.uri), cancellation)
          : document.saveAs(destination, cancellation),
      revertCustomDocument: (document) => document.revert(),
      backupCustomDocument: (document, { destination }) => document.backup(destination),
    };
  }

  /** Opens a file in the inspector and compares it there. */
  async compare(uri: vscode.Uri, wish: CompareWish): Promise<void> {
    const key = uri.toString();
    const show = this.#panels.get(key);
    if (!show) this.#wishes.set(key, wish);
    await vscode.commands.executeCommand('vscode.openWith', uri, editorFor(uri));
    show?.(wish);
  }

  async open(
    uri: vscode.Uri,
    { backupId, untitledDocumentData }: Partial<vscode.CustomDocumentOpenContext>,
  ): Promise<BufferDocument> {
    const document = await this.#create(uri, untitledDocumentData);
    const key = uri.toString();
    document.onDisposed(() => {
      if (this.#documents.get(key) === document) this.#documents.delete(key);
    });
    await document.open(backupId);
    this.#documents.set(key, document);
    return document;
  }

  /** The document of a file that is open here. */
  documentOf(uri: vscode.Uri): BufferDocument | undefined {
    return this.#documents.get(uri.toString());
  }

  /** A file on disk may be edited; what is elsewhere is read from a copy, which nobody would find edited. */
  async #create(uri: vscode.Uri, untitled: Uint8Array | undefined): Promise<BufferDocument> {
    const worker = await this.#worker();
    if (uri.scheme === 'file') return new BufferDocument(uri, worker.open(uri.fsPath, true));
    const copy = await copyVirtualFile(uri, untitled);
    if (!copy.ok) {
      this.#notThere.set(uri.toString(), copy.error.message);
      return new BufferDocument(uri, undefined);
    }
    this.#notThere.delete(uri.toString());
    return new BufferDocument(uri, worker.open(copy.value.path), copy.value);
  }

  #questionsOf(uri: vscode.Uri): SaveQuestions {
    return {
      changedOnDisk: async (message) => {
        const picked = await vscode.window.showWarningMessage(
          message,
          {
            modal: true,
            detail:
              'Overwrite writes what you changed into the file as it is now. Compare shows the differences and saves nothing.',
          },
          'Overwrite',
          'Compare',
        );
        if (picked === 'Compare') void this.compare(uri, { kind: 'disk' });
        return picked === 'Overwrite' ? 'overwrite' : picked === 'Compare' ? 'compare' : 'cancel';
      },
      hardLinks: async (message) =>
        (await vscode.window.showWarningMessage(message, { modal: true }, 'Save Anyway')) ===
        'Save Anyway',
    };
  }

  /** A part of the file at `path` in a panel of its own; what the panel reads is what it returns. */
  async openPart(uri: vscode.Uri, path: string, name: string): Promise<OpenBuffer> {
    const worker = await this.#worker();
    return openPartPanel(this.#inspectors, {
      uri,
      names: [name],
      open: (names) => worker.openPart(path, names),
    });
  }

  /** The panel of a part in a window that was loaded again, unpacked anew. */
  async revivePart(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const part = savedPart(state);
    if (!part) {
      panel.dispose();
      return;
    }
    const worker = await this.#worker();
    servePart(this.#inspectors, panel, {
      ...part,
      open: (names) => worker.openPart(part.uri.fsPath, names),
    });
  }

  #resolve(document: BufferDocument, panel: vscode.WebviewPanel): void {
    const { buffer, uri } = document;
    const { remembered } = this;
    const comparison = buffer && this.#inspectors.comparisons.forPanel({ uri, buffer });
    const key = uri.toString();
    const notOnDisk = fail({
      kind: 'unreadable',
      message: this.#notThere.get(key) ?? 'It is not on this machine’s disk.',
    });
    const answers: Answers<BufferViewRequests> = {
      ...readsOf(buffer, notOnDisk, async (described, signal) => {
        const { bookmarks = [], layout } = remembered.of(key);
        // What was said of this file goes before what is said of all of its pattern.
        const ofPattern = described.format === 'raw' ? keptLayout(uri) : undefined;
        const kept = layout === undefined ? ofPattern : layout;
        const laid = kept && (await buffer?.layRaw(kept, signal));
        // A layout that does not fit this file leaves it as bytes.
        return { ...(laid?.ok ? laid.value : described), bookmarks };
      }),
      async layRaw({ layout }, signal) {
        const laid = (await buffer?.layRaw(layout, signal)) ?? notOnDisk;
        if (laid.ok) await remembered.note(key, { layout });
        return laid;
      },
      async keepBookmarks({ bookmarks }) {
        await remembered.note(key, { bookmarks });
        return ok({});
      },
      async suggestLayouts(_, signal) {
        if (!buffer) return notOnDisk;
        const files = await vscode.workspace.findFiles('**/*.py', undefined, MOST_PYTHON_FILES);
        return buffer.suggestLayouts(
          files.filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath),
          signal,
        );
      },
      edit: ({ edits, label }, signal) => document.edit(edits, label, signal),
      keepLayout: ({ pattern, layout }) => keepLayout(uri, pattern, layout),
      compare: (request, signal) => comparison?.compare(request, signal) ?? notOnDisk,
      exportArray: (request, signal) =>
        buffer
          ? exportFromPanel(
              { folder: vscode.Uri.joinPath(uri, '..'), source: uri },
              buffer,
              request,
              signal,
            )
          : notOnDisk,
      openPart: async ({ name }) => {
        if (!buffer) return notOnDisk;
        await this.openPart(uri, buffer.path, name);
        return ok({});
      },
      timeCopy: ({ code }, signal) =>
        this.#inspectors.timeCopy(dirname(buffer?.path ?? uri.fsPath), code, signal),
    };
    const calls = this.#inspectors.calls.listen(({ method, phase }) => {
      const wish = method === 'describe' && phase === 'answered' && this.#wishes.get(key);
      if (!wish) return;
      this.#wishes.delete(key);
      show(wish);
    });
    const end = this.#inspectors.serve(panel, {
      kind: 'buffer',
      buffer,
      answers,
      owned: [
        calls,
        comparison,
        buffer?.onEdited((generation) => end.emit('changed', { generation, edited: true })),
      ],
    });
    const show = (wish: CompareWish) => end.emit('compareWith', wish);
    this.#panels.set(key, show);
    panel.onDidDispose(() => {
      if (this.#panels.get(key) === show) this.#panels.delete(key);
    });
    document.announceRecovered();
  }
}

/** Strata is the default for arrays and an offer for everything else. */
export function editorFor(uri: vscode.Uri): string {
  return /\.(npy|npz|safetensors)$/i.test(uri.path) ? ARRAY_EDITOR : ANY_FILE_EDITOR;
}

const MOST_PYTHON_FILES = 300;

/** The first description may be laid out anew. */
function readsOf(
  buffer: PanelBuffer | undefined,
  notOnDisk: Result<never, ReadFailure>,
  onFirst: (described: BufferDescription, signal: AbortSignal) => Promise<BufferDescription>,
): Answers<BufferReadRequests> {
  const reads = answersOfReads(buffer, notOnDisk);
  let isFirst = true;
  return {
    ...reads,
    async describe(params, signal) {
      const described = await reads.describe(params, signal);
      if (!described.ok || !isFirst) return described;
      isFirst = false;
      return ok(await onFirst(described.value, signal));
    },
  };
}
