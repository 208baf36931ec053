/** Which commands stand in which menu, by the `when` clauses of the manifest. */
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { expect, test } from 'vitest';
import { tableFileExtensions } from '#client/viewNames.ts';
import { matchesWhen, type ContextKeys } from './whenClause.ts';

interface MenuItem {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
  readonly group?: string;
}

const { contributes } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'),
) as { readonly contributes: { readonly menus: Readonly<Record<string, readonly MenuItem[]>> } };

function shownIn(menu: string, keys: ContextKeys): readonly string[] {
  return (contributes.menus[menu] ?? [])
    .filter(({ when }) => when === undefined || matchesWhen(when, keys))
    .map(({ command, submenu, group = '' }) =>
      group.startsWith('inline') ? `inline ${command}` : (command ?? `${submenu} >`),
    );
}

/** What VS Code says of a resource in its explorer. */
const resource = (name: string, isFolder = false): ContextKeys => ({
  resourceScheme: 'file',
  resourceFilename: name,
  resourceExtname: extname(name),
  explorerResourceIsFolder: isFolder,
});

test('VS Code can read every `when` clause', () => {
  const clauses: string[] = [];
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if ((key === 'when' || key === 'enablement') && typeof inner === 'string')
        clauses.push(inner);
      else collect(inner);
    }
  };
  collect(contributes);
  expect(clauses.length).toBeGreaterThan(50);
  for (const clause of clauses) expect(() => matchesWhen(clause, {}), clause).not.toThrow();
});

test('a clause with double quotes is one that VS Code drops', () => {
  expect(() => matchesWhen('viewItem == "job over"', {})).toThrow();
  expect(matchesWhen("viewItem == 'job over'", { viewItem: 'job over' })).toBe(true);
});

test('files of data have queries in the context menu of the explorer, whatever the case of their names', () => {
  const names = ['orders.csv', 'ORDERS.CSV', 'a.b.tsv', 'products.json', 'x.jsonl', 'x.ndjson'];
  const binary = ['t.parquet', 't.pq', 't.arrow', 't.feather', 't.ipc', 'T.Parquet'];
  for (const name of [...names, ...binary, ...tableFileExtensions.map((each) => `f.${each}`)]) {
    const shown = shownIn('explorer/context', resource(name));
    expect(shown, name).toContain('strata.runSqlOnFile');
    expect(shown, name).toContain('strata.data >');
    expect(shown, name).toContain('strata.openInInspector');
  }
  for (const name of ['notes.txt', 'csv', 'weights.npy', 'x.csv.bak', 'script.py'])
    expect(shownIn('explorer/context', resource(name)), name).not.toContain('strata.runSqlOnFile');
  // A file of another file system than the engine's.
  const virtual = { ...resource('orders.csv'), resourceScheme: 'git' };
  expect(shownIn('explorer/context', virtual)).not.toContain('strata.data >');
});

test('each line of a tree has its own actions and none of another tree', () => {
  const inline = (view: string, viewItem: string) =>
    shownIn('view/item/context', { view, viewItem }).flatMap((each) =>
      each.startsWith('inline') ? [each.slice('inline strata.'.length)] : [],
    );
  expect(inline('strata.data', 'strata.file')).toEqual(['queryData', 'previewData', 'addAsView']);
  expect(inline('strata.data', 'strata.view')).toEqual(['queryData', 'previewData']);
  expect(inline('strata.data', 'strata.column')).toEqual(['showStatistics']);
  expect(inline('strata.jobs', 'job underWay')).toEqual(['cancelJob']);
  expect(inline('strata.jobs', 'job over')).toEqual(['runJobAgain', 'openJobPlan']);
  expect(inline('strata.jobs', 'job elsewhere')).toEqual([]);
});

test('a folder has what can be done with a table of several files', () => {
  for (const name of ['events', 'events.parquet'])
    expect(shownIn('explorer/context', resource(name, true)), name).toContain('strata.data >');
  expect(shownIn('explorer/context', resource('events', true))).not.toContain(
    'strata.openInInspector',
  );
});
