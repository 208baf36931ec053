/** The other side of a comparison: a file that was selected or picked, or what Git has committed. */
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
import type { BufferDescription, ReadFailure } from '#shared/protocol/bufferView.ts';
import { fail, ok, type Disposable, type Result } from '#shared/result.ts';
import type { BufferWorker, OpenBuffer } from '../bufferWorker.ts';

interface Cancelled {
  readonly kind: 'cancelled';
}

interface Other extends Disposable {
  readonly name: string;
  readonly buffer: OpenBuffer;
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

  constructor(worker: () => Promise<BufferWorker>) {
    this.#worker = worker;
  }

  select(uri: vscode.Uri): void {
    this.#selected = uri;
    void vscode.commands.executeCommand('setContext', 'strata.hasSelectedForCompare', true);
    const name = nameOf(uri);
    vscode.window.setStatusBarMessage(`Selected ${name} to compare buffers with`, 5000);
  }

  /** Of one panel: it keeps the other buffer open between two comparisons. */
  forPanel(uri: vscode.Uri, buffer: OpenBuffer): PanelComparison {
    return new PanelComparison(uri, buffer, this.#worker, () => this.#selected);
  }
}

export class PanelComparison implements Disposable {
  readonly #uri: vscode.Uri;
  readonly #buffer: OpenBuffer;
  readonly #worker: () => Promise<BufferWorker>;
  readonly #selected: () => vscode.Uri | undefined;
  #other: Other | undefined;

  constructor(
    uri: vscode.Uri,
    buffer: OpenBuffer,
    worker: () => Promise<BufferWorker>,
    selected: () => vscode.Uri | undefined,
  ) {
    this.#uri = uri;
    this.#buffer = buffer;
    this.#worker = worker;
    this.#selected = selected;
  }

  async compare(
    request: CompareRequest,
    signal: AbortSignal,
  ): Promise<Result<CompareReply, ReadFailure | CompareFailure | Cancelled>> {
    const other = await this.#otherFor(request.with);
    if (!other.ok) return other;
    const here = await this.#buffer.read('describe', {}, signal);
    if (!here.ok) return here;
    const there = await other.value.buffer.read('describe', {}, signal);
    if (!there.ok) return there;
    const { mode, note } = modeOf(request, here.value, there.value);
    const { job, limit } = request;
    const found = await this.#buffer.compare(other.value.buffer, { job, mode, limit }, signal);
    if (!found.ok) return found;
    return ok({
      ...found.value,
      generation: here.value.generation,
      mode: mode.kind,
      otherName: other.value.name,
      otherByteLength: there.value.byteLength,
      note,
    });
  }

  dispose(): void {
    this.#other?.dispose();
    this.#other = undefined;
  }

  async #otherFor(
    wanted: CompareRequest['with'],
  ): Promise<Result<Other, CompareFailure | Cancelled>> {
    if (wanted.kind === 'same' && this.#other) return ok(this.#other);
    const other =
      wanted.kind === 'head'
        ? await this.#committed()
        : wanted.kind === 'disk'
          ? ok(await this.#onDisk())
          : await this.#file(wanted);
    if (!other.ok) return other;
    this.#other?.dispose();
    this.#other = other.value;
    return other;
  }

  async #file(wanted: CompareRequest['with']): Promise<Result<Other, CompareFailure | Cancelled>> {
    const selected = wanted.kind === 'selected' ? this.#selected() : undefined;
    const picked =
      selected ??
      (
        await vscode.window.showOpenDialog({
          title: 'Compare With',
          openLabel: 'Compare',
          defaultUri: vscode.Uri.joinPath(this.#uri, '..'),
        })
      )?.[0];
    if (!picked) return fail({ kind: 'cancelled' });
    if (picked.scheme !== 'file') return refuse('Only files on disk can be compared.');
    const buffer = (await this.#worker()).open(picked.fsPath);
    return ok({ name: nameOf(picked), buffer, dispose: () => buffer.dispose() });
  }

  async #onDisk(): Promise<Other> {
    const buffer = (await this.#worker()).open(this.#uri.fsPath);
    return { name: `${nameOf(this.#uri)} on disk`, buffer, dispose: () => buffer.dispose() };
  }

  /** Git gives the whole file at once; it is kept in a temporary one, so that it is read like any other. */
  async #committed(): Promise<Result<Other, CompareFailure>> {
    const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
    if (!extension) return refuse('Git’s extension is not there, so there is no committed file.');
    try {
      const git = (await extension.activate()).getAPI(1);
      const repository = git.getRepository(this.#uri);
      if (!repository) return refuse('This file is in no Git repository that is open.');
      const bytes = await repository.buffer('HEAD', this.#uri.fsPath);
      const folder = await mkdtemp(join(tmpdir(), 'strata-head-'));
      const path = join(folder, nameOf(this.#uri));
      await writeFile(path, bytes);
      const buffer = (await this.#worker()).open(path);
      return ok({
        name: `${nameOf(this.#uri)} at HEAD`,
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

/** Values where both have an array of the same shape, else bytes and the reason. */
function modeOf(
  request: CompareRequest,
  here: BufferDescription,
  there: BufferDescription,
): ChosenMode {
  if (request.mode === 'bytes') return { mode: { kind: 'bytes' }, note: null };
  const one = here.arrays[request.array];
  const other = there.arrays.find(({ name }) => name === one?.name) ?? there.arrays[request.array];
  return compareModeOf(one, other, request);
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}

function refuse(message: string): Result<never, CompareFailure> {
  return fail({ kind: 'notCompared', message });
}
