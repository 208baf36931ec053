/** Files, folders and views in the tree of data. */
import * as vscode from 'vscode';
import { basename } from 'node:path';
import type { ViewDefinition } from '#shared/protocol/engine.ts';
import { formatBytes, formatQuantity } from '#shared/quantities.ts';
import { fileFormat } from '../viewNames.ts';
import type { DataStamp } from './dataStamp.ts';
import type { DataNode, FolderNode } from './dataView.ts';
import type { FolderView } from './registeredViews.ts';
import { MOST_FILES } from './workspaceTables.ts';

type OwnKind = 'views' | 'root' | 'folder' | 'table' | 'view' | 'file' | 'problem' | 'more';

export function dataItem(node: DataNode & { kind: OwnKind }): vscode.TreeItem {
  switch (node.kind) {
    case 'views':
      return section('Views', 'symbol-namespace', 'strata.views');
    case 'root':
      return section(node.root.name, 'root-folder', 'strata.root', node.root.uri.toString());
    case 'folder':
      return folderItem(node);
    case 'table':
      return tableItem(node);
    case 'view':
      return viewItem(node.view);
    case 'file':
      return fileItem(node.uri);
    case 'problem':
      return warning(firstLine(node.message), node.message);
    case 'more':
      return warning(
        `More than ${formatQuantity(MOST_FILES, 'file')}`,
        `The first ${formatQuantity(MOST_FILES, 'file')} are listed. Others can be queried by their paths; folders of parts are best added as views. What files.exclude names is left out.`,
      );
  }
}

/** What it is, how much of it there is, and when it changed last. */
export function dataTooltip(
  node: DataNode & { kind: 'view' | 'file' | 'table' },
  { path, options = {} }: ViewDefinition,
  stamp: DataStamp | undefined,
  rowCount: number | undefined,
): string {
  const facts = stamp
    ? [
        ...(rowCount === undefined ? [] : [formatQuantity(rowCount, 'row')]),
        formatBytes(stamp.byteLength),
        ...(node.kind === 'table' || stamp.fileCount > 1
          ? [formatQuantity(stamp.fileCount, 'file')]
          : []),
        `changed ${new Date(stamp.modifiedMs).toLocaleString()}`,
      ].join(' · ')
    : 'Nothing is there any more.';
  return [
    ...(node.kind === 'view' ? [`${node.view.view.name}: ${node.view.view.path}`] : [path]),
    ...Object.entries(options).map(([key, value]) => `${key} = ${JSON.stringify(value)}`),
    facts,
  ].join('\n');
}

export function isOneFormat(files: readonly vscode.Uri[]): boolean {
  return new Set(files.map(({ fsPath }) => fileFormat(fsPath))).size === 1;
}

function section(label: string, icon: string, context: string, id = context): vscode.TreeItem {
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Expanded);
  item.iconPath = new vscode.ThemeIcon(icon);
  item.contextValue = context;
  item.id = id;
  return item;
}

function folderItem({ uri, label, files }: FolderNode): vscode.TreeItem {
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `folder:${uri.toString()}`;
  item.iconPath = vscode.ThemeIcon.Folder;
  item.description = files.length === 1 ? '1 file' : `${files.length} files`;
  // Files of one format are a table together.
  item.contextValue = isOneFormat(files) ? 'strata.dataFolder' : 'strata.folder';
  return item;
}

function viewItem({ view, folder }: FolderView): vscode.TreeItem {
  const item = new vscode.TreeItem(view.name, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `view:${folder.uri.toString()}:${view.name}`;
  item.description = view.path;
  item.iconPath = new vscode.ThemeIcon('symbol-structure');
  item.contextValue = 'strata.view';
  return item;
}

function fileItem(uri: vscode.Uri): vscode.TreeItem {
  const item = new vscode.TreeItem(basename(uri.fsPath), vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `file:${uri.toString()}`;
  item.iconPath = new vscode.ThemeIcon('table');
  item.description = fileFormat(uri.fsPath) ?? '';
  item.contextValue = 'strata.file';
  return item;
}

function tableItem({ uri, label, files }: FolderNode): vscode.TreeItem {
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `table:${uri.toString()}`;
  item.iconPath = new vscode.ThemeIcon('layers');
  const format = fileFormat(files[0]?.fsPath ?? '') ?? '';
  item.description = `${format} · ${formatQuantity(files.length, 'file')}`;
  item.contextValue = 'strata.dataFolder';
  return item;
}

function warning(label: string, tooltip: string): vscode.TreeItem {
  const item = new vscode.TreeItem(label);
  item.tooltip = tooltip;
  item.iconPath = new vscode.ThemeIcon('warning');
  return item;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}
