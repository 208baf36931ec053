/**
 * A file that is not on this machine's disk, as one that is: a copy of what a file system of another extension or an
 * untitled editor holds, made anew when that changes. The inspector reads the copy and never writes to it.
 */
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { fail, ok, type Disposable, type Result } from '#shared/result.ts';

/** Such a file is read whole, through the memory of two processes. */
export const MOST_VIRTUAL_BYTES = 128 * 1024 * 1024;

export interface VirtualFile extends Disposable {
  readonly path: string;
}

export interface NotCopied {
  readonly kind: 'notCopied';
  readonly message: string;
}

/** `untitled` is what VS Code gives of an editor that was never saved. */
export async function copyVirtualFile(
  uri: vscode.Uri,
  untitled: Uint8Array | undefined,
): Promise<Result<VirtualFile, NotCopied>> {
  const read = async () => (isUntitled(uri) ? ok(textOf(uri) ?? untitled) : readWhole(uri));
  const first = await read();
  if (!first.ok) return first;
  const folder = await mkdtemp(join(tmpdir(), 'strata-virtual-'));
  const path = join(folder, fileNameOf(uri));
  const write = async (bytes: Uint8Array) => {
    // Renamed into place, so that no reader meets half of it.
    await writeFile(`${path}~`, bytes, { mode: 0o600 });
    await rename(`${path}~`, path);
  };
  await write(first.value ?? new Uint8Array());
  let isDisposed = false;
  let following: Promise<unknown> = Promise.resolve();
  const follow = () => {
    following = following.then(async () => {
      const next = isDisposed ? undefined : await read();
      // What can't be read any more leaves the last copy, as a file that went away leaves its last bytes.
      if (next?.ok && next.value) await write(next.value);
    });
    following.catch(() => undefined);
  };
  const watch = watchOf(uri, follow);
  return ok({
    path,
    dispose() {
      isDisposed = true;
      watch.dispose();
      void following.finally(() => rm(folder, { recursive: true, force: true }));
    },
  });
}

async function readWhole(uri: vscode.Uri): Promise<Result<Uint8Array, NotCopied>> {
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.Directory) !== 0) return refuse('It is a folder, not a file.');
    if (size > MOST_VIRTUAL_BYTES) return tooLarge(size);
    const bytes = await vscode.workspace.fs.readFile(uri);
    // Some file systems say a size only once they have read.
    return bytes.length > MOST_VIRTUAL_BYTES ? tooLarge(bytes.length) : ok(bytes);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return refuse(`${uri.scheme}: could not be read: ${message}`);
  }
}

function textOf(uri: vscode.Uri): Uint8Array | undefined {
  const document = vscode.workspace.textDocuments.find(
    (each) => each.uri.toString() === uri.toString(),
  );
  return document && new TextEncoder().encode(document.getText());
}

function watchOf(uri: vscode.Uri, onChange: () => void): vscode.Disposable {
  if (isUntitled(uri))
    return vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document.uri.toString() === uri.toString()) onChange();
    });
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  const pattern = name.replace(/[[\]{}*?!,]/g, (character) => `[${character}]`);
  const watcher = vscode.workspace.createFileSystemWatcher(
    new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), pattern),
  );
  return vscode.Disposable.from(
    watcher,
    watcher.onDidChange(onChange),
    watcher.onDidCreate(onChange),
  );
}

function isUntitled(uri: vscode.Uri): boolean {
  return uri.scheme === 'untitled';
}

/** The name says the format; what no file system takes in a name is left out. */
function fileNameOf(uri: vscode.Uri): string {
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  // eslint-disable-next-line no-control-regex
  const plain = name.replace(/[<>:"/\\|?*\u0000-\u001f]/g, '_').slice(-120);
  return plain === '' || /^\.+$/.test(plain) ? 'untitled' : plain;
}

function tooLarge(byteLength: number): Result<never, NotCopied> {
  const mebibytes = (bytes: number) => Math.ceil(bytes / 1024 / 1024);
  return refuse(
    `It has ${mebibytes(byteLength)} MiB, and a file that is not on this machine's disk is read whole, up to ${mebibytes(MOST_VIRTUAL_BYTES)} MiB. Save a copy to a folder and open that.`,
  );
}

function refuse(message: string): Result<never, NotCopied> {
  return fail({ kind: 'notCopied', message });
}
