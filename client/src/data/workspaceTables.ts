/** What SQL can read here: registered views, files that were queried by name, and files by their paths. */
import * as vscode from 'vscode';
import { stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { FileFormat, ViewDefinition } from '#shared/protocol/engine.ts';
import type {
  SqlSchema,
  SqlSchemasReply,
  SqlTablesReply,
} from '#shared/protocol/languageServer.ts';
import { fileFormat, nameViews, tableFileExtensions } from '../viewNames.ts';
import { EventSource } from '../event.ts';
import type { RegisteredViews } from './registeredViews.ts';
import type { TableSchemas } from './tableSchemas.ts';

export const MOST_FILES = 2000;
const notData = '**/{node_modules,.git,.venv,venv,.strata,.vscode,dist,out}/**';

export class WorkspaceTables implements vscode.Disposable {
  readonly views: RegisteredViews;
  readonly schemas: TableSchemas;
  /** By lower-cased name, the path of a file that has been queried under it in this session. */
  readonly names: Map<string, string>;
  readonly #changed = new EventSource<undefined>();
  readonly onChanged = this.#changed.listen;
  readonly #disposables: { dispose(): unknown }[];
  /** Of folders that are tables, what their files are. */
  readonly #folderFormats = new Map<string, FileFormat>();
  #files: Promise<readonly vscode.Uri[]> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(views: RegisteredViews, schemas: TableSchemas, names: Map<string, string>) {
    this.views = views;
    this.schemas = schemas;
    this.names = names;
    const watcher = vscode.workspace.createFileSystemWatcher(
      `**/*.{${tableFileExtensions.join(',')}}`,
    );
    const folders = vscode.workspace.createFileSystemWatcher('**/*', true, true);
    const changed = () => this.changedSoon();
    this.#disposables = [
      watcher,
      watcher.onDidChange(changed),
      watcher.onDidCreate(changed),
      watcher.onDidDelete(changed),
      views.onChanged(() => this.changed()),
      // A folder that goes, or is called otherwise, takes its files along without a word of them.
      folders,
      folders.onDidDelete((uri) => this.#folderGone(uri)),
      vscode.workspace.onDidRenameFiles(changed),
    ];
  }

  /** Many files at once, as a job that writes a folder makes, are one change. */
  changedSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.changed(), 300);
  }

  changed(): void {
    clearTimeout(this.#timer);
    this.#files = undefined;
    this.schemas.forget();
    this.#changed.fire(undefined);
  }

  #folderGone({ path }: vscode.Uri): void {
    void this.#files?.then((files) => {
      if (files.some((file) => file.path.startsWith(`${path}/`))) this.changedSoon();
    });
  }

  files(): Promise<readonly vscode.Uri[]> {
    this.#files ??= Promise.resolve(
      vscode.workspace.findFiles(`**/*.{${tableFileExtensions.join(',')}}`, notData, MOST_FILES),
    ).then((uris) =>
      uris.filter(({ scheme }) => scheme === 'file').sort((a, b) => (a.path < b.path ? -1 : 1)),
    );
    return this.#files;
  }

  /** What a path is in SQL: the view that is registered for it, or a view of this session under a name of its own. */
  viewOf(path: string): ViewDefinition {
    const registered = this.views.known.find(({ definition }) => definition.path === path);
    return registered?.definition ?? this.#sessionView(path);
  }

  /** Like `viewOf`, also of a folder; nothing where its files are no table together. */
  async viewAt(path: string): Promise<ViewDefinition | undefined> {
    const registered = (await this.views.list()).find(({ definition }) => definition.path === path);
    if (registered) return registered.definition;
    if (fileFormat(path) === undefined) {
      const format = await folderFormat(path);
      if (format === undefined) return undefined;
      this.#folderFormats.set(path, format);
    }
    return this.#sessionView(path);
  }

  #sessionView(path: string): ViewDefinition {
    const isReserved = (name: string) =>
      this.views.known.some(({ view }) => view.name.toLowerCase() === name);
    const [view] = nameViews([path], this.names, isReserved);
    if (!view) throw new Error('one path has one name');
    const format = this.#folderFormats.get(path);
    return format ? { ...view, format } : view;
  }

  /** All views that a text may mean: a name in it that no view has costs nothing. */
  async viewsIn(text: string): Promise<readonly ViewDefinition[]> {
    const lower = text.toLowerCase();
    const words = new Set(lower.match(/[\p{L}\p{Nd}_]+/gu) ?? []);
    // A name in backticks may be more than a word.
    const isIn = (name: string) =>
      words.has(name) || (/\W/.test(name) && lower.includes(name.replaceAll('`', '``')));
    const named = [...this.names].flatMap(([name, path]) => (words.has(name) ? [path] : []));
    const registered = (await this.views.list()).map(({ definition }) => definition);
    const own = new Set(registered.map(({ name }) => name.toLowerCase()));
    return [
      ...named
        .map((path) => this.#sessionView(path))
        .filter(({ name }) => !own.has(name.toLowerCase())),
      ...registered.filter(
        ({ name }, index) =>
          isIn(name.toLowerCase()) &&
          registered.findIndex((each) => each.name.toLowerCase() === name.toLowerCase()) === index,
      ),
    ];
  }

  async list(): Promise<SqlTablesReply> {
    const registered = (await this.views.list()).map(({ view }) => view.name);
    const known = new Set(registered.map((name) => name.toLowerCase()));
    const session = [...this.names.values()]
      .map((path) => this.#sessionView(path).name)
      .filter((name) => !known.has(name.toLowerCase()));
    const files = (await this.files()).slice(0, 500).map(relativePath);
    return { names: [...registered, ...session], files };
  }

  async describe(names: readonly (readonly string[])[]): Promise<SqlSchemasReply> {
    return { schemas: await Promise.all(names.map((parts) => this.#describe(parts))) };
  }

  async #describe(nameParts: readonly string[]): Promise<SqlSchema> {
    const [first = '', second] = nameParts;
    if (nameParts.length === 2 && second !== undefined && isFormat(first)) {
      return this.#schemaOf(fileOf(first.toLowerCase() as 'csv', second));
    }
    if (nameParts.length === 1) {
      const registered = await this.views.find(first);
      if (registered) return this.#schemaOf(registered.definition);
      const path = this.names.get(first.toLowerCase());
      if (path !== undefined) return this.#schemaOf(this.#sessionView(path));
    }
    return this.schemas.describeTable(nameParts);
  }

  async #schemaOf(view: ViewDefinition): Promise<SqlSchema> {
    const found = await this.schemas.describe(view);
    if (!found.ok) return { kind: 'unknown' };
    return { kind: 'table', path: relativePath(vscode.Uri.file(view.path)), ...found.value };
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const disposable of this.#disposables) disposable.dispose();
    this.views.dispose();
  }
}

/** Files of one format in a folder, and in those of partitions below it, are a table together. */
async function folderFormat(path: string): Promise<FileFormat | undefined> {
  const info = await stat(path).catch(() => undefined);
  if (!info?.isDirectory()) return undefined;
  const pattern = new vscode.RelativePattern(
    vscode.Uri.file(path),
    `**/*.{${tableFileExtensions.join(',')}}`,
  );
  const formats = new Set<FileFormat | undefined>();
  for (const { fsPath } of await vscode.workspace.findFiles(pattern, null, MOST_FILES)) {
    const folders = relative(path, fsPath).split(sep).slice(0, -1);
    if (folders.every((folder) => folder.includes('='))) formats.add(fileFormat(fsPath));
  }
  const [format] = formats;
  return formats.size === 1 ? format : undefined;
}

/** Where the engine looks for a path that SQL gives without its folder. */
export function engineFolder(): string | undefined {
  return localFolders()[0]?.uri.fsPath;
}

/** The engine reads files on this machine's disk. */
export function localFolders(): readonly vscode.WorkspaceFolder[] {
  return (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
}

function relativePath(uri: vscode.Uri): string {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.path;
  return folder !== undefined && uri.path.startsWith(`${folder}/`)
    ? uri.path.slice(folder.length + 1)
    : uri.fsPath;
}

function isFormat(name: string): boolean {
  return ['csv', 'json', 'parquet'].includes(name.toLowerCase());
}

/** A path in SQL is read with Spark's own defaults: a CSV file's columns are texts without names. */
function fileOf(format: 'csv' | 'json' | 'parquet', given: string): ViewDefinition {
  const path = isAbsolute(given) ? given : join(engineFolder() ?? dirname(given), given);
  const options = format === 'csv' ? { options: { header: 'false', inferSchema: 'false' } } : {};
  return { name: basename(path), path, format, ...options };
}

export function isDataFile(path: string): boolean {
  return fileFormat(path) !== undefined;
}
