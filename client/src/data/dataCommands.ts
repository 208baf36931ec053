/** What can be done with data: query, preview, statistics, names and schemas. */
import * as vscode from 'vscode';
import { isAbsolute, join } from 'node:path';
import type { FileFormat, ViewDefinition } from '#shared/protocol/engine.ts';
import { quoteName } from '#shared/protocol/sparkDdl.ts';
import { fileFormat, nameViews } from '../viewNames.ts';
import { sampleQueries, statisticsQuery } from '../queries/sampleQueries.ts';
import { titleOf } from '../queries/runSql.ts';
import type { Workbench } from '../workbench.ts';
import type { DataNode } from './dataView.ts';
import { askViewName } from './registeredViews.ts';
import { schemaText, type SchemaForm } from './schemaText.ts';
import { engineFolder, isDataFile } from './workspaceTables.ts';

/** From the tree a node, from the explorer a URI, from the palette nothing. */
async function viewOf(workbench: Workbench, given: unknown): Promise<ViewDefinition | undefined> {
  if (isNode(given) && given.kind === 'view') return given.view.definition;
  const path = isNode(given)
    ? pathOf(given)
    : given instanceof vscode.Uri
      ? given.fsPath
      : await pick(workbench);
  if (path === undefined) return undefined;
  const registered = (await workbench.tables().views.list()).find(
    ({ definition }) => definition.path === path,
  );
  if (registered) return registered.definition;
  const [view] = nameViews([path], workbench.viewNames);
  const format = isNode(given) ? folderFormat(given) : undefined;
  return view && (format ? { ...view, format } : view);
}

function isNode(given: unknown): given is DataNode {
  return (
    typeof given === 'object' && given !== null && 'kind' in given && !(given instanceof vscode.Uri)
  );
}

/** Of a folder the format of its files, which are one table. */
function folderFormat(node: DataNode): FileFormat | undefined {
  const first = node.kind === 'folder' ? node.files[0] : undefined;
  return first && fileFormat(first.fsPath);
}

function pathOf(node: DataNode): string | undefined {
  if (node.kind === 'file') return node.uri.fsPath;
  if (node.kind === 'folder') {
    const [first] = node.files;
    return first && vscode.Uri.joinPath(first, '..').fsPath;
  }
  return node.kind === 'view' ? node.view.definition.path : undefined;
}

async function pick(workbench: Workbench): Promise<string | undefined> {
  const tables = workbench.tables();
  const views = (await tables.views.list()).map(({ view, definition }) => ({
    label: view.name,
    description: view.path,
    iconPath: new vscode.ThemeIcon('symbol-structure'),
    path: definition.path,
  }));
  const files = (await tables.files()).map((uri) => ({
    label: vscode.workspace.asRelativePath(uri),
    iconPath: new vscode.ThemeIcon('table'),
    path: uri.fsPath,
  }));
  const picked = await vscode.window.showQuickPick([...views, ...files], {
    placeHolder: 'Pick a view or a file',
    matchOnDescription: true,
  });
  return picked?.path;
}

/** A new document of SQL with a query to go on with. */
export async function queryData(workbench: Workbench, given?: unknown): Promise<void> {
  const view = await viewOf(workbench, given);
  if (!view) return;
  workbench.tables().changed();
  const content = `-- ${process.platform === 'darwin' ? 'Cmd' : 'Ctrl'}+Enter runs the statement at the cursor.\nSELECT *\nFROM ${quoteName(view.name)}\nLIMIT 100;\n`;
  const document = await vscode.workspace.openTextDocument({ language: 'spark-sql', content });
  const editor = await vscode.window.showTextDocument(document);
  const star = document.getText().indexOf('*');
  const place = document.positionAt(star);
  const behind = place.translate(0, 1);
  editor.selection = new vscode.Selection(behind, behind);
}

export function previewData(workbench: Workbench, given?: unknown): Promise<number | undefined> {
  return run(workbench, given, (view) => ({
    title: `First rows of ${view.name}`,
    text: `SELECT * FROM ${quoteName(view.name)} LIMIT 1000`,
  }));
}

export async function showStatistics(
  workbench: Workbench,
  given?: unknown,
): Promise<number | undefined> {
  const view = await viewOf(workbench, given);
  if (!view) return undefined;
  const schema = await workbench.tables().schemas.describe(view);
  if (!schema.ok) {
    tell(workbench, view, schema.error.message);
    return undefined;
  }
  const text = statisticsQuery(view.name, schema.value.fields);
  return start(workbench, view, { title: `Columns of ${view.name}`, text });
}

async function run(
  workbench: Workbench,
  given: unknown,
  make: (view: ViewDefinition) => { readonly title: string; readonly text: string },
): Promise<number | undefined> {
  const view = await viewOf(workbench, given);
  return view && start(workbench, view, make(view));
}

async function start(
  workbench: Workbench,
  view: ViewDefinition,
  { title, text }: { readonly title: string; readonly text: string },
): Promise<number> {
  const { runs, panel } = await workbench.queries();
  panel.show();
  return runs.start({ title: titleOf(title), text, views: [view] });
}

function tell(workbench: Workbench, view: ViewDefinition, why: string): void {
  workbench.messages.show({
    id: 'data.unreadable',
    severity: 'error',
    text: `${view.name} can't be read: ${why.split('\n', 1)[0] ?? ''} Other data still works.`,
  });
}

/** Under a name that is kept in the folder's `.strata/views.json`. A name may be given, as tests and fixes do. */
export async function addAsView(
  workbench: Workbench,
  given?: unknown,
  selected?: unknown,
): Promise<void> {
  const { views } = workbench.tables();
  const asked = viewAsked(given);
  const path = isNode(given)
    ? pathOf(given)
    : given instanceof vscode.Uri
      ? given.fsPath
      : (asked?.path ?? (await pick(workbench)));
  if (path === undefined) return;
  const taken = (await views.list()).map(({ view }) => view.name);
  const name =
    asked?.name ?? (typeof selected === 'string' ? selected : await askViewName(path, taken));
  if (name === undefined) return;
  const format = isNode(given) ? folderFormat(given) : undefined;
  if (await views.add(path, name, format)) return;
  workbench.messages.show({
    id: 'views.noFolder',
    severity: 'warning',
    text: 'A view is kept in a folder, and none is open. Files can still be queried by their paths.',
    button: {
      label: 'Open Folder…',
      run: () => vscode.commands.executeCommand('vscode.openFolder'),
    },
  });
}

/** As a quick fix asks: a path from the folder that the engine reads from, and the name that the query has. */
function viewAsked(given: unknown): { readonly name: string; readonly path: string } | undefined {
  if (typeof given !== 'object' || given === null || given instanceof vscode.Uri) return undefined;
  const { name, path } = given as { name?: unknown; path?: unknown };
  if (typeof name !== 'string' || typeof path !== 'string') return undefined;
  return { name, path: isAbsolute(path) ? path : join(engineFolder() ?? '', path) };
}

export async function removeView(workbench: Workbench, given?: unknown): Promise<void> {
  if (isNode(given) && given.kind === 'view') await workbench.tables().views.remove(given.view);
}

export async function openViewsFile(workbench: Workbench): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) return;
  const { VIEWS_FILE } = await import('./viewFile.ts');
  const uri = vscode.Uri.joinPath(folder.uri, VIEWS_FILE);
  const isThere = (await workbench.tables().views.list()).length > 0;
  if (isThere) await vscode.window.showTextDocument(uri);
}

export async function openData(_: Workbench, given?: unknown): Promise<void> {
  const path = isNode(given) ? pathOf(given) : undefined;
  if (path === undefined) return;
  await vscode.commands.executeCommand(
    isDataFile(path) ? 'vscode.open' : 'revealInExplorer',
    vscode.Uri.file(path),
  );
}

export function refreshData(workbench: Workbench): void {
  workbench.tables().changed();
}

export const copySchemaAsDdl = copySchema('ddl');
export const copySchemaAsStructType = copySchema('structType');
export const copySchemaAsJson = copySchema('json');

function copySchema(form: SchemaForm) {
  return async (workbench: Workbench, given?: unknown): Promise<void> => {
    const view = await viewOf(workbench, given);
    if (!view) return;
    const schema = await workbench.tables().schemas.describe(view);
    if (!schema.ok) {
      tell(workbench, view, schema.error.message);
      return;
    }
    const { fields } = schema.value;
    await vscode.env.clipboard.writeText(schemaText(fields, form));
    const columns = fields.length === 1 ? '1 column' : `${fields.length} columns`;
    vscode.window.setStatusBarMessage(`Copied the schema of ${view.name}: ${columns}`, 5000);
  };
}

/** A query to begin with, made for the columns; undefined where the user went away. */
export async function pickSample(
  workbench: Workbench,
  view: ViewDefinition,
): Promise<string | undefined> {
  const schema = await workbench.tables().schemas.describe(view);
  if (!schema.ok) {
    tell(workbench, view, schema.error.message);
    return undefined;
  }
  const own = { label: '$(edit) Write a query…', description: '', detail: '', text: '' };
  const samples = sampleQueries(view.name, schema.value.fields).map(({ label, text }) => ({
    label: `$(play) ${label}`,
    description: '',
    detail: text.replace(/\s+/g, ' '),
    text,
  }));
  const picked = await vscode.window.showQuickPick([...samples, own], {
    title: `Query ${view.name}`,
    placeHolder: 'Pick a query to run, or write one',
    matchOnDetail: true,
  });
  return picked?.text;
}
