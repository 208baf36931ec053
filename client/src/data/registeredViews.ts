/** The views of the open folders, as their `.strata/views.json` say; followed while files change. */
import * as vscode from 'vscode';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { FileFormat, ViewDefinition } from '#shared/protocol/engine.ts';
import { quoteName } from '#shared/protocol/sparkDdl.ts';
import { EventSource } from '../event.ts';
import { withFileLock } from '../fileLock.ts';
import type { Messages } from '../messages.ts';
import { viewName } from '../viewNames.ts';
import {
  definitionOf,
  editViews,
  parseViews,
  VIEWS_FILE,
  type RegisteredView,
  type ViewEdit,
} from './viewFile.ts';

export interface FolderView {
  readonly folder: vscode.WorkspaceFolder;
  readonly view: RegisteredView;
  readonly definition: ViewDefinition;
}

export class RegisteredViews implements vscode.Disposable {
  readonly #messages: Messages;
  readonly #changed = new EventSource<undefined>();
  readonly onChanged = this.#changed.listen;
  readonly #disposables: vscode.Disposable[];
  #views: readonly FolderView[] = [];
  #reading: Promise<void> = Promise.resolve();
  /** By folder, the mistake in its file, so that each is said once. */
  readonly #said = new Map<string, string>();

  constructor(messages: Messages) {
    this.#messages = messages;
    const watcher = vscode.workspace.createFileSystemWatcher(`**/${VIEWS_FILE}`);
    const folders = vscode.workspace.createFileSystemWatcher('**/.strata', true, true);
    const read = () => this.#read();
    this.#disposables = [
      watcher,
      watcher.onDidChange(read),
      watcher.onDidCreate(read),
      watcher.onDidDelete(read),
      // A folder that goes takes its file along without a word of it.
      folders,
      folders.onDidDelete(read),
      vscode.workspace.onDidChangeWorkspaceFolders(read),
    ];
    this.#read();
  }

  /** Waits for the files to be read. */
  async list(): Promise<readonly FolderView[]> {
    await this.#reading;
    return this.#views;
  }

  /** As last read. */
  get known(): readonly FolderView[] {
    return this.#views;
  }

  async find(name: string): Promise<FolderView | undefined> {
    const lower = name.toLowerCase();
    return (await this.list()).find(({ view }) => view.name.toLowerCase() === lower);
  }

  /** `format` is said of a folder, whose name does not tell it. */
  async add(path: string, name: string, format?: FileFormat): Promise<boolean> {
    const folder = folderOf(path);
    if (!folder) return false;
    const inside = relative(folder.uri.fsPath, path);
    const isInside = inside !== '' && !inside.startsWith('..') && !isAbsolute(inside);
    const view: RegisteredView = {
      name,
      path: isInside ? inside.split(sep).join('/') : path,
      ...(format ? { format } : {}),
    };
    return this.#change(folder, { kind: 'put', view });
  }

  remove({ folder, view }: FolderView): Promise<boolean> {
    return this.#change(folder, { kind: 'remove', name: view.name });
  }

  rename({ folder, view }: FolderView, to: string): Promise<boolean> {
    return this.#change(folder, { kind: 'rename', name: view.name, to });
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  async #change(folder: vscode.WorkspaceFolder, edit: ViewEdit): Promise<boolean> {
    const file = vscode.Uri.joinPath(folder.uri, VIEWS_FILE);
    // Another window may add a view too.
    const isChanged = await withFileLock(file.fsPath, async () => {
      const changed = editViews((await textOf(file)) ?? '{}', edit);
      if (!changed.ok) {
        // Said again, since something was to be done.
        this.#said.delete(folder.name);
        this.#say(folder, changed.error.message, this.#views.length);
        return false;
      }
      await vscode.workspace.fs.createDirectory(vscode.Uri.file(dirname(file.fsPath)));
      await vscode.workspace.fs.writeFile(file, Buffer.from(changed.value, 'utf8'));
      return true;
    });
    if (!isChanged) return false;
    this.#read();
    await this.#reading;
    return true;
  }

  #read(): void {
    this.#reading = this.#reading.then(async () => {
      const found: FolderView[] = [];
      for (const folder of vscode.workspace.workspaceFolders ?? []) {
        if (folder.uri.scheme !== 'file') continue;
        const text = await textOf(vscode.Uri.joinPath(folder.uri, VIEWS_FILE));
        const { views, problem } = parseViews(text ?? '{}');
        if (problem !== undefined) this.#say(folder, problem, views.length);
        else this.#said.delete(folder.name);
        const at = (path: string) => join(folder.uri.fsPath, path);
        for (const view of views) found.push({ folder, view, definition: definitionOf(view, at) });
      }
      // Of two folders the first one's view has the name.
      this.#views = found.sort(
        (a, b) => a.view.name.localeCompare(b.view.name, 'en') || a.folder.index - b.folder.index,
      );
      this.#changed.fire(undefined);
    });
  }

  /** `readCount` views are there in spite of it. */
  #say(folder: vscode.WorkspaceFolder, why: string, readCount = 0): void {
    if (this.#said.get(folder.name) === why) return;
    this.#said.set(folder.name, why);
    const file = vscode.Uri.joinPath(folder.uri, VIEWS_FILE);
    this.#messages.show({
      id: 'views.unreadable',
      severity: 'warning',
      text:
        readCount === 0
          ? `The views of ${folder.name} can't be read: ${why}. Files can still be queried by their paths.`
          : `Not all views of ${folder.name} can be read: ${why}. The others work; the file is changed by commands once this is mended.`,
      button: { label: 'Open views.json', run: () => vscode.window.showTextDocument(file) },
    });
  }
}

/** The folder whose settings file a path belongs to. */
function folderOf(path: string): vscode.WorkspaceFolder | undefined {
  const uri = vscode.Uri.file(path);
  return vscode.workspace.getWorkspaceFolder(uri) ?? vscode.workspace.workspaceFolders?.[0];
}

async function textOf(file: vscode.Uri): Promise<string | undefined> {
  try {
    return Buffer.from(await vscode.workspace.fs.readFile(file)).toString('utf8');
  } catch {
    return undefined;
  }
}

/** Asks for a name, and says where Spark SQL wants it in backticks. `own` is the one that it has so far. */
export async function askViewName(
  path: string,
  taken: readonly string[],
  own?: string,
): Promise<string | undefined> {
  const others = taken
    .map((each) => each.toLowerCase())
    .filter((each) => each !== own?.toLowerCase());
  const { Error: Refused, Info, Warning } = vscode.InputBoxValidationSeverity;
  return vscode.window.showInputBox({
    title: own === undefined ? 'Add as View' : `Rename ${own}`,
    prompt: `The name of ${vscode.workspace.asRelativePath(path)} in SQL. It is kept in ${VIEWS_FILE}.`,
    value: own ?? viewName(path),
    validateInput(name) {
      if (name.trim() === '') return { message: 'A view has a name', severity: Refused };
      if (others.includes(name.toLowerCase())) {
        return own === undefined
          ? { message: `Replaces the view ${name}`, severity: Warning }
          : { message: `There is a view ${name}`, severity: Refused };
      }
      const inSql = quoteName(name);
      return inSql === name ? undefined : { message: `In SQL: ${inSql}`, severity: Info };
    },
  });
}
