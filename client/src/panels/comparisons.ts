/** The other side of a comparison: what another panel shows, a file that was picked, or what Git has committed. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { compareModeOf, type ChosenMode } from '#buffers/compareMode.ts';
import type {
  CompareFailure,
  CompareReply,
  CompareRequest,
} from '#shared/protocol/bufferCompare.ts';
import type {
  ArrayDescription,
  BufferDescription,
  ReadFailure,
} from '#shared/protocol/bufferView.ts';
import { fail, ok, type Disposable, type Result } from '#shared/result.ts';
import type { BufferWorker, OpenBuffer } from '../bufferWorker.ts';
import { differencesOf } from './comparedBuffers.ts';
import type { ShownBuffer } from './inspectorPanels.ts';
import type { PanelBuffer } from './panelBuffer.ts';

interface Cancelled {
  readonly kind: 'cancelled';
}

interface Other extends Disposable {
  readonly name: string;
  readonly buffer: PanelBuffer;
  /** Of several arrays, the one that was picked; else the one of the same name or place. */
  readonly array?: { readonly at: number; readonly label: string };
  /** Whether the panel that shows it is there still. */
  readonly isThere?: () => boolean;
}

/** What is compared: a file, a part of one, or memory, which has no file. */
export interface ComparedHere {
  readonly buffer: PanelBuffer;
  readonly uri?: vscode.Uri;
  /** The way to a part of the file. */
  readonly names?: readonly string[];
}

/** The parts of Git's extension that give a committed file. */
interface GitExtension {
  getAPI(version: 1): {
    getRepository(uri: vscode.Uri): {
      buffer(ref: string, path: string): Promise<Buffer>;
    } | null;
  };
}

export class Comparisons {
  /** What "Select for Compare" chose last. */
  #selected: vscode.Uri | undefined;
  readonly #worker: () => Promise<BufferWorker>;
  readonly #shown: () => readonly ShownBuffer[];

  /** `shown` are the buffers of all panels. */
  constructor(worker: () => Promise<BufferWorker>, shown: () => readonly ShownBuffer[]) {
    this.#worker = worker;
    this.#shown = shown;
  }

  select(uri: vscode.Uri): void {
    this.#selected = uri;
    void vscode.commands.executeCommand('setContext', 'strata.hasSelectedForCompare', true);
    const name = nameOf(uri);
    vscode.window.setStatusBarMessage(`Selected ${name} to compare buffers with`, 5000);
  }

  /** Of one panel: it keeps the other buffer open between two comparisons. */
  forPanel(here: ComparedHere): PanelComparison {
    return new PanelComparison(here, this.#worker, this.#shown, () => this.#selected);
  }
}

export class PanelComparison implements Disposable {
  readonly #here: ComparedHere;
  readonly #worker: () => Promise<BufferWorker>;
  readonly #shown: () => readonly ShownBuffer[];
  readonly #selected: () => vscode.Uri | undefined;
  #other: Other | undefined;

  constructor(
    here: ComparedHere,
    worker: () => Promise<BufferWorker>,
    shown: () => readonly ShownBuffer[],
    selected: () => vscode.Uri | undefined,
  ) {
    this.#here = here;
    this.#worker = worker;
    this.#shown = shown;
    this.#selected = selected;
  }

  async compare(
    request: CompareRequest,
    signal: AbortSignal,
  ): Promise<Result<CompareReply, ReadFailure | CompareFailure | Cancelled>> {
    const { buffer } = this.#here;
    const here = await buffer.read('describe', {}, signal);
    if (!here.ok) return here;
    const found = await this.#otherFor(request, here.value, signal);
    if (!found.ok) return found;
    const other = found.value;
    const there = await other.buffer.read('describe', {}, signal);
    if (!there.ok) return named(there.error, other.name);
    const { mode, note } = modeOf(request, here.value, there.value, other.array?.at);
    const isByValue = mode.kind === 'values';
    // Its bytes are those on screen: to find no difference would say nothing of the arrays.
    if (other.buffer === buffer && !isByValue)
      return refuse(
        'Two arrays of the same bytes are compared by their values, and need one shape.',
      );
    const { job, limit } = request;
    const differences = await differencesOf(
      buffer,
      other.buffer,
      { here: here.value.byteLength, there: there.value.byteLength },
      { job, mode, limit },
      signal,
    );
    if (!differences.ok) return differences;
    return ok({
      ...differences.value,
      generation: here.value.generation,
      mode: mode.kind,
      otherName: isByValue && other.array ? `${other.array.label} of ${other.name}` : other.name,
      otherByteLength: there.value.byteLength,
      note,
    });
  }

  dispose(): void {
    this.#other?.dispose();
    this.#other = undefined;
  }

  async #otherFor(
    request: CompareRequest,
    here: BufferDescription,
    signal: AbortSignal,
  ): Promise<Result<Other, ReadFailure | CompareFailure | Cancelled>> {
    const { kind } = request.with;
    if (kind === 'same' && this.#other) {
      const { name, isThere } = this.#other;
      if (isThere?.() ?? true) return ok(this.#other);
      return refuse(`${name} is not open any more. Choose what to compare with.`);
    }
    const other =
      kind === 'head'
        ? await this.#committed()
        : kind === 'disk'
          ? await this.#onDisk()
          : await this.#chosen(request, here, signal);
    if (!other.ok) return other;
    this.#other?.dispose();
    this.#other = other.value;
    return other;
  }

  async #chosen(
    request: CompareRequest,
    here: BufferDescription,
    signal: AbortSignal,
  ): Promise<Result<Other, ReadFailure | CompareFailure | Cancelled>> {
    const selected = request.with.kind === 'selected' ? this.#selected() : undefined;
    if (selected) return this.#file(selected);
    const other = await this.#picked(request, here);
    if (!other.ok || request.mode === 'bytes') return other;
    const arrays = await withArray(other.value, this.#here.buffer, here, request.array, signal);
    if (!arrays.ok) other.value.dispose();
    return arrays;
  }

  /** What other panels show and the arrays beside the one on screen; a file at once where there are none. */
  async #picked(
    { mode }: CompareRequest,
    { arrays }: BufferDescription,
  ): Promise<Result<Other, CompareFailure | Cancelled>> {
    const hasOthers = mode === 'values' && arrays.length > 1;
    const shown = this.#shown()
      .filter(({ buffer }) => buffer !== this.#here.buffer || hasOthers)
      .map((open) => ({
        label: open.title,
        description:
          open.buffer === this.#here.buffer
            ? 'another array of the same'
            : open.kind === 'part'
              ? 'part of a file, open'
              : open.kind === 'live'
                ? 'memory of a program'
                : 'open',
        open,
      }));
    const fromDisk = { label: 'Choose a File…', description: '', open: undefined };
    const choice =
      shown.length === 0
        ? fromDisk
        : await vscode.window.showQuickPick([...shown, fromDisk], { title: 'Compare With' });
    if (!choice) return fail({ kind: 'cancelled' });
    if (choice.open) return ok(this.#panels(choice.open));
    const folder = this.#here.uri && vscode.Uri.joinPath(this.#here.uri, '..');
    const files = await vscode.window.showOpenDialog({
      title: 'Compare With',
      openLabel: 'Compare',
      ...(folder ? { defaultUri: folder } : {}),
    });
    return files?.[0] ? this.#file(files[0]) : fail({ kind: 'cancelled' });
  }

  /** A buffer of another panel, with its unsaved edits; the panel closes it. */
  #panels({ title, buffer }: ShownBuffer): Other {
    return {
      name: title,
      buffer,
      isThere: () => this.#shown().some((shown) => shown.buffer === buffer),
      dispose: () => undefined,
    };
  }

  async #file(uri: vscode.Uri): Promise<Result<Other, CompareFailure>> {
    if (uri.scheme !== 'file') return refuse('Only files on disk can be compared.');
    const buffer = (await this.#worker()).open(uri.fsPath);
    return ok({ name: nameOf(uri), buffer, dispose: () => buffer.dispose() });
  }

  /** The same file or part of it, at another place on disk. */
  async #opened(path: string): Promise<OpenBuffer> {
    const { names } = this.#here;
    const worker = await this.#worker();
    return names ? worker.openPart(path, names) : worker.open(path);
  }

  get #name(): string {
    const { uri, names = [] } = this.#here;
    return names.at(-1) ?? (uri ? nameOf(uri) : '');
  }

  async #onDisk(): Promise<Result<Other, CompareFailure>> {
    const { uri } = this.#here;
    if (!uri) return refuse('Memory has no state on disk.');
    const buffer = await this.#opened(uri.fsPath);
    return ok({ name: `${this.#name} on disk`, buffer, dispose: () => buffer.dispose() });
  }

  /** Git gives the whole file at once; it is kept in a temporary one, so that it is read like any other. */
  async #committed(): Promise<Result<Other, CompareFailure>> {
    const { uri } = this.#here;
    if (!uri) return refuse('Memory of a program is not in Git.');
    const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
    if (!extension) return refuse('Git’s extension is not there, so there is no committed file.');
    try {
      const git = (await extension.activate()).getAPI(1);
      const repository = git.getRepository(uri);
      if (!repository) return refuse('This file is in no Git repository that is open.');
      const bytes = await repository.buffer('HEAD', uri.fsPath);
      const folder = await mkdtemp(join(tmpdir(), 'strata-head-'));
      const path = join(folder, nameOf(uri));
      await writeFile(path, bytes);
      const buffer = await this.#opened(path);
      return ok({
        name: `${this.#name} at HEAD`,
        buffer,
        dispose() {
          buffer.dispose();
          void rm(folder, { recursive: true, force: true });
        },
      });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return refuse(`Git has no committed state of this file: ${message}`);
    }
  }
}

/** Asks which array where there are several to choose from. */
async function withArray(
  other: Other,
  buffer: PanelBuffer,
  here: BufferDescription,
  array: number,
  signal: AbortSignal,
): Promise<Result<Other, ReadFailure | CompareFailure | Cancelled>> {
  const there =
    other.buffer === buffer ? ok(here) : await other.buffer.read('describe', {}, signal);
  if (!there.ok) return named(there.error, other.name);
  const { arrays } = there.value;
  if (arrays.length < 2) return ok(other);
  const usual = usualArray(here.arrays[array], arrays, array);
  const items = arrays
    .map((each, at) => ({
      label: each.name || `Array ${at}`,
      description: `${each.dtypeText} (${each.shape.join(', ')})`,
      at,
    }))
    .filter(({ at }) => other.buffer !== buffer || at !== array)
    .sort((a, b) => Number(b.at === usual) - Number(a.at === usual));
  const picked = await vscode.window.showQuickPick(items, {
    title: `Which Array of ${other.name}`,
    matchOnDescription: true,
  });
  if (!picked) return fail({ kind: 'cancelled' });
  if (other.buffer !== buffer && picked.at === usual) return ok(other);
  return ok({ ...other, array: picked });
}

/** The array of the same name, else the one at the same place. */
function usualArray(
  one: ArrayDescription | undefined,
  arrays: readonly ArrayDescription[],
  place: number,
): number {
  const found = arrays.findIndex(({ name }) => name === one?.name);
  return found < 0 ? place : found;
}

/** Values where both have an array of the same shape, else bytes and the reason. */
function modeOf(
  request: CompareRequest,
  here: BufferDescription,
  there: BufferDescription,
  array: number | undefined,
): ChosenMode {
  if (request.mode === 'bytes') return { mode: { kind: 'bytes' }, note: null };
  const one = here.arrays[request.array];
  const at = array ?? usualArray(one, there.arrays, request.array);
  return compareModeOf(one, there.arrays[at], request);
}

/** Says whose failure it is: the other one's, which is not on screen. */
function named<F extends ReadFailure | Cancelled>(
  failure: F,
  name: string,
): Result<never, F | CompareFailure> {
  return 'message' in failure ? refuse(`${name} can’t be read: ${failure.message}`) : fail(failure);
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}

function refuse(message: string): Result<never, CompareFailure> {
  return fail({ kind: 'notCompared', message });
}
