/** "Run Spark SQL on File…": files become views, one question asks for the query, results open. */
import * as vscode from 'vscode';
import { basename } from 'node:path';
import type { ViewDefinition } from '#shared/protocol/engine.ts';
import { quoteName } from '#shared/protocol/sparkDdl.ts';
import { pickSample } from '../data/dataCommands.ts';
import { titleOf } from '../queries/runSql.ts';
import { tableFileExtensions } from '../viewNames.ts';
import type { Workbench } from '../workbench.ts';

const MAX_LISTED_FILES = 1000;

/** From the explorer: the file clicked and all selected. From a keybinding: `{ files, query }`. */
export async function runSqlOnFile(
  workbench: Workbench,
  first?: unknown,
  selected?: unknown,
): Promise<number | undefined> {
  const given = readArguments(first, selected);
  const paths = given.paths.length > 0 ? given.paths : await pickFiles();
  if (paths.length === 0) return undefined;
  const tables = workbench.tables();
  const found = await Promise.all(paths.map((path) => tables.viewAt(path)));
  const unreadable = paths.find((_, index) => found[index] === undefined);
  if (unreadable !== undefined) {
    workbench.messages.show({
      id: 'runSql.unknownFormat',
      severity: 'warning',
      text: `Queries read CSV, JSON, Parquet and Arrow files, and ${basename(unreadable)} is none by its name. The buffer inspector opens any file.`,
      button: {
        label: 'Open in Buffer Inspector',
        run: () =>
          vscode.commands.executeCommand('strata.openInInspector', vscode.Uri.file(unreadable)),
      },
    });
    return undefined;
  }
  const views = found.filter((each) => each !== undefined);
  const [view] = views;
  const sample =
    given.query ?? (view && views.length === 1 ? await pickSample(workbench, view) : '');
  if (sample === undefined) return undefined;
  const text = sample === '' ? await askQuery(views) : sample;
  if (text === undefined || text.trim() === '') return undefined;
  const { runs, panel } = await workbench.queries();
  panel.show();
  return runs.start({ title: titleOf(text), text, views });
}

function readArguments(first: unknown, selected: unknown) {
  const uris = Array.isArray(selected) && selected.length > 0 ? selected : [first];
  const paths = uris
    .filter((uri): uri is vscode.Uri => uri instanceof vscode.Uri && uri.scheme === 'file')
    .map((uri) => uri.fsPath);
  if (paths.length > 0 || typeof first !== 'object' || first === null) return { paths };
  const { files, query } = first as { files?: unknown; query?: unknown };
  return {
    paths: Array.isArray(files) ? files.filter((file) => typeof file === 'string') : [],
    ...(typeof query === 'string' ? { query } : {}),
  };
}

async function pickFiles(): Promise<readonly string[]> {
  const extensions = tableFileExtensions.join(',');
  const found = vscode.workspace
    .findFiles(`**/*.{${extensions}}`, '**/{node_modules,.git,.venv}/**', MAX_LISTED_FILES)
    .then((uris) => [
      ...uris
        .filter(({ scheme }) => scheme === 'file')
        .sort((a, b) => (a.path < b.path ? -1 : 1))
        .map((uri) => ({
          label: basename(uri.fsPath),
          description: vscode.workspace.asRelativePath(uri),
          iconPath: new vscode.ThemeIcon('table'),
          path: uri.fsPath,
        })),
      { label: 'Browse…', iconPath: new vscode.ThemeIcon('folder-opened'), path: '' },
    ]);
  const picked = await vscode.window.showQuickPick(found, {
    title: 'Run Spark SQL on File',
    placeHolder: 'Pick the files to query; each becomes a view named after the file',
    canPickMany: true,
    matchOnDescription: true,
  });
  if (!picked) return [];
  const listed = picked.filter(({ path }) => path !== '').map(({ path }) => path);
  if (listed.length === picked.length) return listed;
  const browsed = await vscode.window.showOpenDialog({
    canSelectMany: true,
    openLabel: 'Query',
    filters: { 'CSV, JSON, Parquet and Arrow': [...tableFileExtensions] },
  });
  return [...listed, ...(browsed ?? []).map((uri) => uri.fsPath)];
}

async function askQuery(views: readonly ViewDefinition[]): Promise<string | undefined> {
  const sample = `SELECT * FROM ${quoteName(views[0]?.name ?? '')} LIMIT 100`;
  const names = views.map(({ name }) => name).join(', ');
  return vscode.window.showInputBox({
    title: 'Run Spark SQL on File',
    prompt: views.length === 1 ? `View: ${names}` : `Views: ${names}`,
    value: sample,
    valueSelection: [sample.length, sample.length],
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? 'Write a query' : undefined),
  });
}
