/**
 * The document behind the inspector's panels of one file: its edits, which VS Code undoes, saves and keeps. The worker
 * has the edited bytes; what was edited is kept here too, for a worker that dies.
 */
import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import type { BufferEdit } from '#shared/edit/bufferEdit.ts';
import type { BufferEditRequests, SaveConsent } from '#shared/protocol/bufferEditing.ts';
import type { Failure } from '#shared/protocol/wire.ts';
import type { Disposable } from '#shared/result.ts';
import type { ChangeCall, OpenBuffer, Outcome } from '../bufferWorker.ts';
import { lateProgress } from './lateProgress.ts';

interface Step {
  readonly edits: readonly BufferEdit[];
  readonly label: string;
}

export type EditEvent = vscode.CustomDocumentEditEvent<BufferDocument>;

/** What the user is asked before a save goes on. */
export interface SaveQuestions {
  /** Whether to write over what another program wrote, or to look at it first. */
  changedOnDisk(message: string): Promise<'overwrite' | 'compare' | 'cancel'>;
  hardLinks(message: string): Promise<boolean>;
}

let nextJob = 1_000_000;

export class BufferDocument implements vscode.CustomDocument {
  readonly uri: vscode.Uri;
  /** Undefined where the file is not on this machine's disk, and could not be copied there. */
  readonly buffer: OpenBuffer | undefined;
  /** Whatever ends with the document. */
  readonly #owned: Disposable | undefined;
  readonly #edited = new vscode.EventEmitter<EditEvent>();
  readonly onEdited = this.#edited.event;
  readonly #disposed = new vscode.EventEmitter<void>();
  readonly onDisposed = this.#disposed.event;
  #steps: Step[] = [];
  /** How many steps are done. */
  #at = 0;
  /** The same when it was saved last; undefined where the steps don't lead there. */
  #savedAt: number | undefined = 0;
  #backup: string | undefined;
  /** The edits of a save that was cut off, which nobody has told VS Code of. */
  #recovered = false;

  constructor(uri: vscode.Uri, buffer: OpenBuffer | undefined, owned?: Disposable) {
    this.uri = uri;
    this.#owned = owned;
    this.buffer = buffer;
    if (buffer) buffer.restore = (change) => this.#tellAgain(change);
  }

  /** Opens with the edits that VS Code kept of a session before, or those of a save that was cut off. */
  async open(backupId: string | undefined): Promise<void> {
    const { buffer } = this;
    if (!buffer) return;
    if (backupId === undefined) {
      const described = await buffer.read('describe', {}, idle);
      this.#recovered = described.ok && described.value.edit?.isDirty === true;
      if (this.#recovered) this.#savedAt = undefined;
      return;
    }
    this.#backup = vscode.Uri.parse(backupId).fsPath;
    this.#savedAt = undefined;
    const restored = await buffer.change('restoreBackup', { path: this.#backup }, idle);
    if (!restored.ok) throw new Error(messageOf(restored.error));
  }

  /** Once a panel shows it; before, VS Code knows no document that could be dirty. */
  announceRecovered(): void {
    if (!this.#recovered) return;
    this.#recovered = false;
    this.#fire('Recover a save that was cut off');
  }

  async edit(
    edits: readonly BufferEdit[],
    label: string,
    signal: AbortSignal,
  ): Promise<Outcome<BufferEditRequests['edit']>> {
    const { buffer } = this;
    if (!buffer)
      return {
        ok: false,
        error: { kind: 'notEdited', message: 'Only files on disk can be edited.' },
      };
    const done = await buffer.change('edit', { edits }, signal);
    if (!done.ok) return done;
    if (this.#savedAt !== undefined && this.#savedAt > this.#at) this.#savedAt = undefined;
    this.#steps.length = this.#at;
    this.#steps.push({ edits, label });
    this.#at++;
    this.#fire(label);
    return done;
  }

  async save(questions: SaveQuestions, cancellation: vscode.CancellationToken): Promise<void> {
    const { buffer } = this;
    if (!buffer) throw new Error('Only files on disk can be saved.');
    let consent: SaveConsent = { overwrite: false, splitLinks: false };
    for (;;) {
      const job = nextJob++;
      const now = consent;
      const saved = await lateProgress(
        `Saving ${nameOf(this.uri)}`,
        (listener) => buffer.onProgress((told) => told.job === job && listener(told)),
        cancellation,
        (signal) => buffer.change('save', { job, ...now }, signal),
      );
      if (saved.ok) {
        this.#savedAt = this.#at;
        return;
      }
      const { error } = saved;
      if (error.kind !== 'notSaved' || error.reason === 'refused') throw failed(error);
      if (error.reason === 'hardLinks') {
        if (!(await questions.hardLinks(error.message))) throw new vscode.CancellationError();
        consent = { ...consent, splitLinks: true };
        continue;
      }
      if ((await questions.changedOnDisk(error.message)) !== 'overwrite')
        throw new vscode.CancellationError();
      consent = { ...consent, overwrite: true };
    }
  }

  async saveAs(target: vscode.Uri, cancellation: vscode.CancellationToken): Promise<void> {
    const { buffer } = this;
    if (!buffer || target.scheme !== 'file')
      throw new Error('The inspector writes to folders on this machine only.');
    const job = nextJob++;
    const saved = await lateProgress(
      `Saving ${nameOf(target)}`,
      (listener) => buffer.onProgress((told) => told.job === job && listener(told)),
      cancellation,
      (signal) => buffer.change('saveCopy', { job, path: target.fsPath }, signal),
    );
    if (!saved.ok) throw failed(saved.error);
  }

  async revert(): Promise<void> {
    const reverted = await this.buffer?.change('revert', {}, idle);
    if (reverted && !reverted.ok) throw failed(reverted.error);
    this.#steps = [];
    this.#at = 0;
    this.#savedAt = 0;
  }

  async backup(destination: vscode.Uri): Promise<vscode.CustomDocumentBackup> {
    const path = destination.fsPath;
    await mkdir(dirname(path), { recursive: true });
    const written = await this.buffer?.change('writeBackup', { path }, idle);
    if (written && !written.ok) throw failed(written.error);
    this.#backup = path;
    return {
      id: destination.toString(),
      delete: () => void rm(path, { force: true }),
    };
  }

  dispose(): void {
    this.#edited.dispose();
    this.buffer?.dispose();
    this.#owned?.dispose();
    this.#disposed.fire();
    this.#disposed.dispose();
  }

  #fire(label: string): void {
    this.#edited.fire({
      document: this,
      label,
      undo: () => this.#move('undo'),
      redo: () => this.#move('redo'),
    });
  }

  async #move(way: 'undo' | 'redo'): Promise<void> {
    const moved = await this.buffer?.change(way, {}, idle);
    if (moved && !moved.ok) throw failed(moved.error);
    this.#at = Math.max(0, this.#at + (way === 'undo' ? -1 : 1));
  }

  /** A worker is new and has the file as it is on disk: it is told what was done since that was saved. */
  async #tellAgain(change: ChangeCall): Promise<void> {
    const from = this.#savedAt;
    if (from === undefined || this.#at < from) {
      // The steps don't begin at what is on disk; what VS Code kept last does.
      if (this.#backup !== undefined) await change('restoreBackup', { path: this.#backup });
      return;
    }
    for (const { edits } of this.#steps.slice(from)) await change('edit', { edits });
    for (let k = this.#steps.length; k > this.#at; k--) await change('undo', {});
  }
}

const idle = new AbortController().signal;

function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}

function failed(error: Failure<BufferEditRequests['save']> | { readonly kind: string }): Error {
  return error.kind === 'cancelled' ? new vscode.CancellationError() : new Error(messageOf(error));
}

function messageOf(error: { readonly kind: string }): string {
  return 'message' in error && typeof error.message === 'string'
    ? error.message
    : 'The file could not be read.';
}
