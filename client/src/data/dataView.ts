/** "Data": registered views and the files that SQL can read, with their columns. */
import * as vscode from 'vscode';
import { relative, sep } from 'node:path';
import type { ViewDefinition } from '#shared/protocol/engine.ts';
import { quoteName } from '#shared/protocol/sparkDdl.ts';
import { fileFormat, nameViews } from '../viewNames.ts';
import { dataItem, dataTooltip, isOneFormat } from './dataItems.ts';
import { columnChildren, columnItem, columnSql, type ColumnNode } from './columnItems.ts';
import { dataStamp } from './dataStamp.ts';
import type { FolderView } from './registeredViews.ts';
import type { Statistics } from './statistics.ts';
import { groupFolders } from './tableFolders.ts';
import { localFolders, MOST_FILES, type WorkspaceTables } from './workspaceTables.ts';

export interface FolderNode {
  readonly uri: vscode.Uri;
  readonly label: string;
  readonly files: readonly vscode.Uri[];
}

export type DataNode =
  | { readonly kind: 'views' }
  /** Of a workspace that has several. */
  | {
      readonly kind: 'root';
      readonly root: vscode.WorkspaceFolder;
      readonly files: readonly vscode.Uri[];
    }
  | ({ readonly kind: 'folder' } & FolderNode)
  /** The files of a folder, as the one table that they are. */
  | ({ readonly kind: 'table' } & FolderNode)
  | { readonly kind: 'view'; readonly view: FolderView }
  | { readonly kind: 'file'; readonly uri: vscode.Uri }
  | ColumnNode
  | { readonly kind: 'problem'; readonly message: string }
  /** There are more files than are listed. */
  | { readonly kind: 'more' };

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
  readonly #statistics: Statistics;
  readonly #tree: vscode.TreeView<DataNode>;
  /** Where a node was found, so that it can be revealed. */
  readonly #parents = new WeakMap<DataNode, DataNode>();
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #disposables: readonly { dispose(): unknown }[];

  constructor(tables: WorkspaceTables, statistics: Statistics) {
    this.#tables = tables;
    this.#statistics = statistics;
    this.#tree = vscode.window.createTreeView('strata.data', {
      treeDataProvider: this,
      dragAndDropController: this,
      showCollapseAll: true,
      canSelectMany: true,
    });
    this.#disposables = [
      this.#changed,
      tables.onChanged(() => this.#changed.fire(undefined)),
      statistics.onChanged(() => this.#changed.fire(undefined)),
      this.#tree,
    ];
  }

  async getChildren(node?: DataNode): Promise<DataNode[]> {
    const children = await this.#childrenOf(node);
    if (node) for (const child of children) this.#parents.set(child, node);
    return children;
  }

  getParent(node: DataNode): DataNode | undefined {
    return this.#parents.get(node);
  }

  /** Opens the tree at a table, so that its columns are seen. Nothing happens where the tree does not list it. */
  async reveal(path: string): Promise<void> {
    const options = { expand: true, select: true, focus: false };
    const once = async () => {
      const node = await this.#tableAt(path);
      if (node) await this.#tree.reveal(node, options);
    };
    // VS Code does not find a node where files come and go meanwhile.
    await once().catch(() => once().catch(() => undefined));
  }

  async #tableAt(path: string, below?: DataNode): Promise<DataNode | undefined> {
    for (const node of await this.getChildren(below)) {
      if (node.kind === 'view' && node.view.definition.path === path) return node;
      const isHere = (node.kind === 'file' || node.kind === 'table') && node.uri.fsPath === path;
      if (isHere) return node;
      const isGroup = node.kind === 'views' || node.kind === 'folder' || node.kind === 'root';
      const found = isGroup ? await this.#tableAt(path, node) : undefined;
      if (found) return found;
    }
    return undefined;
  }

  async #childrenOf(node: DataNode | undefined): Promise<DataNode[]> {
    if (!node) return this.#roots();
    switch (node.kind) {
      case 'views':
        return (await this.#tables.views.list()).map((view) => ({ kind: 'view', view }));
      case 'root':
        return filesBelow(node.root.uri, node.files);
      case 'folder': {
        const files = node.files.map((uri): DataNode => ({ kind: 'file', uri }));
        const label = 'All files as one table';
        return isOneFormat(node.files) ? [{ ...node, kind: 'table', label }, ...files] : files;
      }
      case 'view':
      case 'file':
      case 'table':
        return this.#columns(definitionOf(node));
      case 'more':
      case 'problem':
        return [];
      default:
        return columnChildren(node);
    }
  }

  getTreeItem(node: DataNode): vscode.TreeItem {
    switch (node.kind) {
      case 'views':
      case 'root':
      case 'folder':
      case 'table':
      case 'view':
      case 'file':
      case 'problem':
      case 'more':
        return dataItem(node);
      default: {
        const above = this.#parents.get(node);
        const table = above && this.getTreeItem(above).id;
        const isNamed = node.kind === 'column' && table !== undefined;
        return columnItem(node, isNamed ? `${table}/${node.field.name}` : undefined);
      }
    }
  }

  /** The tooltip, which only what is hovered over is asked for. */
  async resolveTreeItem(item: vscode.TreeItem, node: DataNode): Promise<vscode.TreeItem> {
    if (node.kind !== 'view' && node.kind !== 'file' && node.kind !== 'table') return item;
    const definition = definitionOf(node);
    await this.#statistics.ready();
    const stamp = await dataStamp(definition.path);
    const rowCount = this.#statistics.rowCount(definition, stamp);
    item.tooltip = dataTooltip(node, definition, stamp, rowCount);
    return item;
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
    const folders = localFolders();
    const ownFiles = (root: vscode.WorkspaceFolder) =>
      files.filter((uri) => vscode.workspace.getWorkspaceFolder(uri)?.index === root.index);
    const [only] = folders;
    const below =
      folders.length > 1
        ? folders.map((root): DataNode => ({ kind: 'root', root, files: ownFiles(root) }))
        : only
          ? filesBelow(only.uri, files)
          : [];
    return [
      ...(views.length > 0 ? [{ kind: 'views' } as const] : []),
      ...below,
      ...(files.length >= MOST_FILES ? [{ kind: 'more' } as const] : []),
    ];
  }

  async #columns(view: ViewDefinition): Promise<DataNode[]> {
    const found = await this.#tables.schemas.describe(view);
    if (!found.ok) return [{ kind: 'problem', message: found.error.message }];
    const { fields, isSampled } = found.value;
    await this.#statistics.ready();
    const stamp = await dataStamp(view.path);
    return fields.map((field) => {
      const profile = this.#statistics.known(view, stamp, field.name);
      return { kind: 'column', table: view, field, isSampled, ...(profile ? { profile } : {}) };
    });
  }
}

/** Folders and tables first, then the files beside them. */
function filesBelow(root: vscode.Uri, files: readonly vscode.Uri[]): DataNode[] {
  const named = files.map((uri) => ({
    uri,
    path: relative(root.fsPath, uri.fsPath).split(sep).join('/'),
    format: fileFormat(uri.fsPath) ?? '',
  }));
  const groups = groupFolders(named).map(({ folder, files: own, isTable }) => ({
    kind: isTable ? ('table' as const) : ('folder' as const),
    uri: vscode.Uri.joinPath(root, folder),
    label: folder,
    files: own.map(({ uri }) => uri),
  }));
  const top = groups.find(({ label }) => label === '')?.files ?? [];
  return [
    ...groups.filter(({ label }) => label !== ''),
    ...top.map((uri): DataNode => ({ kind: 'file', uri })),
  ];
}

/** What the engine reads where a node stands for data. */
function definitionOf(node: DataNode & { kind: 'view' | 'file' | 'table' }): ViewDefinition {
  if (node.kind === 'view') return node.view.definition;
  const [view] = nameViews([node.uri.fsPath], new Map());
  if (!view) throw new Error('one path has one name');
  const format = node.kind === 'table' ? fileFormat(node.files[0]?.fsPath ?? '') : undefined;
  return format ? { ...view, format } : view;
}

/** What stands for the node in SQL; a file that has no name yet gets one. */
export function sqlName(node: DataNode, tables: WorkspaceTables): string | undefined {
  switch (node.kind) {
    case 'column':
    case 'part':
      return columnSql(node);
    case 'view':
      return quoteName(node.view.view.name);
    case 'file':
    case 'table':
      return quoteName(tables.viewOf(node.uri.fsPath).name);
    default:
      return undefined;
  }
}
