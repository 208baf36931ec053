/** "Data": registered views and the files that SQL can read, with their columns. */
import * as vscode from 'vscode';
import { basename, dirname, relative } from 'node:path';
import type { Field, ViewDefinition } from '#shared/protocol/engine.ts';
import { quoteName } from '#shared/protocol/sparkDdl.ts';
import { fileFormat, nameViews } from '../viewNames.ts';
import type { FolderView } from './registeredViews.ts';
import { engineFolder, type WorkspaceTables } from './workspaceTables.ts';

export type DataNode =
  | { readonly kind: 'views' }
  | { readonly kind: 'folder'; readonly path: string; readonly files: readonly vscode.Uri[] }
  | { readonly kind: 'view'; readonly view: FolderView }
  | { readonly kind: 'file'; readonly uri: vscode.Uri }
  | { readonly kind: 'column'; readonly field: Field; readonly isSampled: boolean }
  | { readonly kind: 'problem'; readonly message: string };

export class DataView
  implements
    vscode.TreeDataProvider<DataNode>,
    vscode.TreeDragAndDropController<DataNode>,
    vscode.Disposable
{
  /** No list of URIs: VS Code would open the files where a name is to go into a query. */
  readonly dragMimeTypes = ['text/plain'];
  readonly dropMimeTypes = [];
  readonly #tables: WorkspaceTables;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #disposables: readonly { dispose(): unknown }[];

  constructor(tables: WorkspaceTables) {
    this.#tables = tables;
    this.#disposables = [
      this.#changed,
      tables.onChanged(() => this.#changed.fire(undefined)),
      vscode.window.createTreeView('strata.data', {
        treeDataProvider: this,
        dragAndDropController: this,
        showCollapseAll: true,
        canSelectMany: true,
      }),
    ];
  }

  async getChildren(node?: DataNode): Promise<DataNode[]> {
    if (!node) return this.#roots();
    switch (node.kind) {
      case 'views':
        return (await this.#tables.views.list()).map((view) => ({ kind: 'view', view }));
      case 'folder':
        return node.files.map((uri) => ({ kind: 'file', uri }));
      case 'view':
      case 'file':
        return this.#columns(definitionOf(node));
      default:
        return [];
    }
  }

  getTreeItem(node: DataNode): vscode.TreeItem {
    switch (node.kind) {
      case 'views':
        return section('Views', 'symbol-namespace', 'strata.views');
      case 'folder':
        return folderItem(node.path, node.files);
      case 'view':
        return viewItem(node.view);
      case 'file':
        return fileItem(node.uri);
      case 'column':
        return columnItem(node.field, node.isSampled);
      case 'problem': {
        const item = new vscode.TreeItem(firstLine(node.message));
        item.tooltip = node.message;
        item.iconPath = new vscode.ThemeIcon('warning');
        return item;
      }
    }
  }

  handleDrag(nodes: readonly DataNode[], transfer: vscode.DataTransfer): void {
    const texts = nodes.flatMap((node) => {
      const text = sqlName(node, this.#tables);
      return text === undefined ? [] : [text];
    });
    transfer.set('text/plain', new vscode.DataTransferItem(texts.join(', ')));
  }

  /** Labels and descriptions as they are shown, for tests. */
  async lines(below?: string): Promise<readonly string[]> {
    const roots = await this.getChildren();
    const labelOf = (node: DataNode) => {
      const { label, description } = this.getTreeItem(node);
      const text = typeof label === 'object' ? label.label : (label ?? '');
      return typeof description === 'string' ? `${text} ${description}` : text;
    };
    const node = roots.find((root) => below !== undefined && labelOf(root).startsWith(below));
    return (node ? await this.getChildren(node) : roots).map(labelOf);
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  async #roots(): Promise<DataNode[]> {
    const [views, files] = await Promise.all([this.#tables.views.list(), this.#tables.files()]);
    const base = engineFolder() ?? '';
    const byFolder = new Map<string, vscode.Uri[]>();
    for (const uri of files) {
      const folder = relative(base, dirname(uri.fsPath));
      byFolder.set(folder, [...(byFolder.get(folder) ?? []), uri]);
    }
    const top = (byFolder.get('') ?? []).map((uri): DataNode => ({ kind: 'file', uri }));
    const folders = [...byFolder]
      .filter(([folder]) => folder !== '')
      .map(([path, uris]): DataNode => ({ kind: 'folder', path, files: uris }));
    return [...(views.length > 0 ? [{ kind: 'views' } as const] : []), ...folders, ...top];
  }

  async #columns(view: ViewDefinition): Promise<DataNode[]> {
    const found = await this.#tables.schemas.describe(view);
    if (!found.ok) return [{ kind: 'problem', message: found.error.message }];
    const { fields, isSampled } = found.value;
    return fields.map((field) => ({ kind: 'column', field, isSampled }));
  }
}

/** What the engine reads where a node stands for data. */
export function definitionOf(node: DataNode & { kind: 'view' | 'file' }): ViewDefinition {
  if (node.kind === 'view') return node.view.definition;
  const [view] = nameViews([node.uri.fsPath], new Map());
  if (!view) throw new Error('one path has one name');
  return view;
}

/** What stands for the node in SQL; a file that has no name yet gets one. */
export function sqlName(node: DataNode, tables: WorkspaceTables): string | undefined {
  switch (node.kind) {
    case 'column':
      return quoteName(node.field.name);
    case 'view':
      return quoteName(node.view.view.name);
    case 'file':
      return quoteName(tables.viewOf(node.uri.fsPath).name);
    default:
      return undefined;
  }
}

function section(label: string, icon: string, context: string): vscode.TreeItem {
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Expanded);
  item.iconPath = new vscode.ThemeIcon(icon);
  item.contextValue = context;
  item.id = context;
  return item;
}

function folderItem(path: string, files: readonly vscode.Uri[]): vscode.TreeItem {
  const item = new vscode.TreeItem(path, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `folder:${path}`;
  item.iconPath = vscode.ThemeIcon.Folder;
  item.description = files.length === 1 ? '1 file' : `${files.length} files`;
  const formats = new Set(files.map(({ fsPath }) => fileFormat(fsPath)));
  // Files of one format are a table together.
  item.contextValue = formats.size === 1 ? 'strata.dataFolder' : 'strata.folder';
  return item;
}

function viewItem({ view, folder }: FolderView): vscode.TreeItem {
  const item = new vscode.TreeItem(view.name, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `view:${folder.name}:${view.name}`;
  item.description = view.path;
  item.iconPath = new vscode.ThemeIcon('symbol-structure');
  item.contextValue = 'strata.view';
  const options = Object.entries(view.options ?? {}).map(([key, value]) => `${key} = ${value}`);
  item.tooltip = [`${view.name}: ${view.path}`, ...options].join('\n');
  return item;
}

function fileItem(uri: vscode.Uri): vscode.TreeItem {
  const item = new vscode.TreeItem(basename(uri.fsPath), vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `file:${uri.toString()}`;
  item.iconPath = new vscode.ThemeIcon('table');
  item.description = fileFormat(uri.fsPath) ?? '';
  item.tooltip = uri.fsPath;
  item.contextValue = 'strata.file';
  return item;
}

function columnItem({ name, type, nullable }: Field, isSampled: boolean): vscode.TreeItem {
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.None);
  item.description = nullable ? type : `${type} not null`;
  item.iconPath = new vscode.ThemeIcon(iconOf(type));
  item.contextValue = 'strata.column';
  item.tooltip = isSampled ? `${name} ${type}, by the first rows` : `${name} ${type}`;
  return item;
}

function iconOf(type: string): string {
  if (/^(tinyint|smallint|int|bigint|float|double|decimal)/.test(type)) return 'symbol-number';
  if (/^(date|timestamp|interval)/.test(type)) return 'calendar';
  if (type.startsWith('array')) return 'symbol-array';
  if (/^(struct|map|variant)/.test(type)) return 'symbol-object';
  return type === 'boolean' ? 'symbol-boolean' : 'symbol-string';
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}
