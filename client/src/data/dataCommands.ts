/** What can be done with data: query, preview, statistics, names and schemas. */
import * as vscode from 'vscode';
import { basename, isAbsolute, join } from 'node:path';
import type { Field, ViewDefinition } from '#shared/protocol/engine.ts';
import { quoteName } from '#shared/protocol/sparkDdl.ts';
import { fileFormat } from '../viewNames.ts';
import { sampleQueries } from '../queries/sampleQueries.ts';
import { titleOf } from '../queries/runSql.ts';
import type { Workbench } from '../workbench.ts';
import type { DataNode } from './dataView.ts';
import { askViewName } from './registeredViews.ts';
import { schemasText, type SchemaForm } from './schemaText.ts';
import { engineFolder, isDataFile } from './workspaceTables.ts';

/** From the tree a node, from the explorer a URI, from the palette nothing; `selected` are all of a selection. */
async function viewsOf(
  workbench: Workbench,
  given: unknown,
  selected: unknown,
): Promise<readonly ViewDefinition[]> {
  const paths = pathsOf(given, selected);
  const picked = paths ?? [await pick(workbench)].filter((path) => path !== undefined);
  const views: ViewDefinition[] = [];
  for (const path of picked) {
    const view = await viewAt(workbench, path);
    if (view) views.push(view);
  }
  return views;
}

/** Undefined where nothing was given. */
function pathsOf(given: unknown, selected: unknown): readonly string[] | undefined {
  const all: readonly unknown[] =
    Array.isArray(selected) && selected.length > 0 ? selected : given === undefined ? [] : [given];
  const paths = all.flatMap((each) => {
    if (each instanceof vscode.Uri) return each.scheme === 'file' ? [each.fsPath] : [];
    return isNode(each) ? (pathOf(each) ?? []) : [];
  });
  return all.length > 0 && all.every((each) => isNode(each) || each instanceof vscode.Uri)
    ? [...new Set(paths)]
    : undefined;
}

async function viewAt(workbench: Workbench, path: string): Promise<ViewDefinition | undefined> {
  const view = await workbench.tables().viewAt(path);
  if (!view) {
    workbench.messages.show({
      id: 'data.noTable',
      severity: 'warning',
      text: `${basename(path)} is no table: queries read CSV, JSON, Parquet and Arrow files, and folders of files of one of them.`,
    });
  }
  return view;
}

function isNode(given: unknown): given is DataNode {
  return (
    typeof given === 'object' && given !== null && 'kind' in given && !(given instanceof vscode.Uri)
  );
}

function pathOf(node: DataNode): string | undefined {
  if (node.kind === 'file' || node.kind === 'folder' || node.kind === 'table')
    return node.uri.fsPath;
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
export async function queryData(
  workbench: Workbench,
  given?: unknown,
  selected?: unknown,
): Promise<void> {
  const views = await viewsOf(workbench, given, selected);
  if (views.length === 0) return;
  workbench.tables().changed();
  const key = process.platform === 'darwin' ? 'Cmd' : 'Ctrl';
  const content = [
    `-- ${key}+Enter runs the statement at the cursor.\n`,
    views.map(({ name }) => `SELECT *\nFROM ${quoteName(name)}\nLIMIT 100;\n`).join('\n'),
  ].join('');
  const document = await vscode.workspace.openTextDocument({ language: 'spark-sql', content });
  const editor = await vscode.window.showTextDocument(document);
  const star = document.getText().indexOf('*');
  const place = document.positionAt(star);
  const behind = place.translate(0, 1);
  editor.selection = new vscode.Selection(behind, behind);
}

/** Gives the ids of the runs, one a table. */
export async function previewData(
  workbench: Workbench,
  given?: unknown,
  selected?: unknown,
): Promise<readonly number[]> {
  const ids: number[] = [];
  for (const view of await viewsOf(workbench, given, selected)) {
    const text = `SELECT * FROM ${quoteName(view.name)} LIMIT 1000`;
    ids.push(await start(workbench, view, `First rows of ${view.name}`, text));
  }
  return ids;
}

/** Measures columns where they are listed, with progress and Cancel: those of a table, or the ones that are chosen. */
export async function showStatistics(
  workbench: Workbench,
  given?: unknown,
  selected?: unknown,
): Promise<void> {
  const chosen = Array.isArray(selected) && selected.length > 0 ? selected : [given];
  const columns = chosen.filter(
    (each): each is DataNode & { kind: 'column' } => isNode(each) && each.kind === 'column',
  );
  const views =
    columns.length > 0
      ? [...new Set(columns.map(({ table }) => table))]
      : await viewsOf(workbench, given, selected);
  for (const view of views) {
    const names = columns.filter(({ table }) => table === view).map(({ field }) => field.name);
    await measure(workbench, view, names.length > 0 ? new Set(names) : undefined);
  }
}

async function measure(
  workbench: Workbench,
  view: ViewDefinition,
  names: ReadonlySet<string> | undefined,
): Promise<void> {
  const schema = await workbench.tables().schemas.describe(view);
  if (!schema.ok) {
    tell(workbench, view, schema.error.message);
    return;
  }
  const fields = schema.value.fields.filter(({ name }) => names?.has(name) ?? true);
  const data = workbench.showData();
  await data.reveal(view.path);
  const measured = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: `Statistics of ${view.name}`,
      cancellable: true,
    },
    (progress, cancellation) => {
      const controller = new AbortController();
      cancellation.onCancellationRequested(() => controller.abort());
      return workbench.statistics.measure(view, fields, controller.signal, (name, index) =>
        progress.report({
          message: `${name}, ${index + 1} of ${fields.length} columns`,
          ...(index > 0 ? { increment: 100 / fields.length } : {}),
        }),
      );
    },
  );
  if (measured.ok || measured.error.kind === 'cancelled') return;
  const { error } = measured;
  tell(workbench, view, 'message' in error ? error.message : 'The engine ended meanwhile.');
}

async function start(
  workbench: Workbench,
  view: ViewDefinition,
  title: string,
  text: string,
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
  const asked = viewAsked(given);
  const paths = asked ? [asked.path] : pathsOf(given, selected);
  for (const path of paths ?? [await pick(workbench)]) {
    const view = path === undefined ? undefined : await viewAt(workbench, path);
    if (!view) return;
    const name = asked?.name ?? (typeof selected === 'string' ? selected : undefined);
    if (!(await addView(workbench, view, name))) return;
  }
}

/** False where the user changed their mind, or there is no folder to keep it in. */
async function addView(
  workbench: Workbench,
  { path, format }: ViewDefinition,
  given: string | undefined,
): Promise<boolean> {
  const { views } = workbench.tables();
  const taken = (await views.list()).map(({ view }) => view.name);
  const name = given ?? (await askViewName(path, taken));
  if (name === undefined) return false;
  const said = format === fileFormat(path) ? undefined : format;
  if (await views.add(path, name, said)) return true;
  // Why a file that is there could not be changed was said already.
  if (vscode.workspace.workspaceFolders) return false;
  workbench.messages.show({
    id: 'views.noFolder',
    severity: 'warning',
    text: 'A view is kept in a folder, and none is open. Files can still be queried by their paths.',
    button: {
      label: 'Open Folder…',
      run: () => vscode.commands.executeCommand('vscode.openFolder'),
    },
  });
  return false;
}

/** As a quick fix asks: a path from the folder that the engine reads from, and the name that the query has. */
function viewAsked(given: unknown): { readonly name: string; readonly path: string } | undefined {
  if (typeof given !== 'object' || given === null || given instanceof vscode.Uri) return undefined;
  const { name, path } = given as { name?: unknown; path?: unknown };
  if (typeof name !== 'string' || typeof path !== 'string') return undefined;
  return { name, path: isAbsolute(path) ? path : join(engineFolder() ?? '', path) };
}

export async function removeView(
  workbench: Workbench,
  given?: unknown,
  selected?: unknown,
): Promise<void> {
  const nodes: readonly unknown[] = Array.isArray(selected) ? selected : [given];
  for (const node of nodes)
    if (isNode(node) && node.kind === 'view') await workbench.tables().views.remove(node.view);
}

export async function renameView(
  workbench: Workbench,
  given?: unknown,
  to?: unknown,
): Promise<void> {
  if (!isNode(given) || given.kind !== 'view') return;
  const { views } = workbench.tables();
  const { view, definition } = given.view;
  const taken = (await views.list()).map(({ view: each }) => each.name);
  const name = typeof to === 'string' ? to : await askViewName(definition.path, taken, view.name);
  if (name !== undefined && name !== view.name) await views.rename(given.view, name);
}

export async function openViewsFile(workbench: Workbench): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) return;
  const { VIEWS_FILE } = await import('./viewFile.ts');
  const uri = vscode.Uri.joinPath(folder.uri, VIEWS_FILE);
  const isThere = (await workbench.tables().views.list()).length > 0;
  if (isThere) await vscode.window.showTextDocument(uri);
}

export async function openData(_: Workbench, given?: unknown, selected?: unknown): Promise<void> {
  for (const path of pathsOf(given, selected) ?? [])
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
  return async (workbench: Workbench, given?: unknown, selected?: unknown): Promise<void> => {
    const tables: { readonly name: string; readonly fields: readonly Field[] }[] = [];
    for (const view of await viewsOf(workbench, given, selected)) {
      const schema = await workbench.tables().schemas.describe(view);
      if (schema.ok) tables.push({ name: view.name, fields: schema.value.fields });
      else tell(workbench, view, schema.error.message);
    }
    const [first] = tables;
    if (!first) return;
    await vscode.env.clipboard.writeText(schemasText(tables, form));
    const columns = first.fields.length === 1 ? '1 column' : `${first.fields.length} columns`;
    vscode.window.setStatusBarMessage(
      tables.length === 1
        ? `Copied the schema of ${first.name}: ${columns}`
        : `Copied the schemas of ${tables.length} tables`,
      5000,
    );
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
