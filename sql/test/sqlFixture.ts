/** Reads test-fixtures/sql; its README says what they look like. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Field } from '#shared/protocol/engine.ts';
import type { Catalog, Table } from '#sql/catalog.ts';

export interface Expectation {
  readonly kind: 'query' | 'error' | 'fails';
  readonly sql: string;
  readonly ordered: boolean;
  readonly schema: string;
  readonly rows: readonly string[];
  readonly condition: string;
  readonly range: string;
}

export interface SqlFixture {
  readonly name: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly tables: readonly Table[];
  readonly catalog: Catalog;
  readonly expectations: readonly Expectation[];
}

const folder = new URL('../../test-fixtures/sql/', import.meta.url);

export function sqlFixtures(): readonly SqlFixture[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.slt'))
    .sort()
    .map((name) => readFixture(name, readFileSync(new URL(name, folder), 'utf8')));
}

function readFixture(name: string, text: string): SqlFixture {
  const settings: Record<string, string> = {};
  const tables = new Map<string, Table>();
  const expectations: Expectation[] = [];
  for (const block of text.split(/\n\s*\n/)) {
    const lines = block.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    while (lines[0]?.startsWith('set ') === true || lines[0]?.startsWith('file ') === true) {
      const line = lines.shift() ?? '';
      const setting = /^set (\S+)=(.*)$/.exec(line);
      if (setting?.[1] !== undefined) settings[setting[1]] = setting[2] ?? '';
      const file = /^file (\S+) (\S+) (.*)$/.exec(line);
      if (file?.[1] !== undefined)
        tables.set(file[1], tableOf(file[1], file[2] ?? '', file[3] ?? ''));
    }
    if (lines.length > 0) expectations.push(expectationOf(lines));
  }
  const catalog: Catalog = { lookup: (nameParts) => tables.get(nameParts.join('.').toLowerCase()) };
  return { name, settings, tables: [...tables.values()], catalog, expectations };
}

function tableOf(name: string, path: string, columns: string): Table {
  const fields = columns.split(', ').map((column): Field => {
    const [field = '', ...type] = column.split(' ');
    return { name: field, type: type.join(' '), nullable: true };
  });
  return { id: name, name, fields, source: { format: 'csv', path, options: { header: 'true' } } };
}

function expectationOf([head = '', ...rest]: readonly string[]): Expectation {
  const [kind, second = '', third = ''] = head.split(' ');
  if (kind !== 'query' && kind !== 'error' && kind !== 'fails')
    throw new Error(`No block: ${head}`);
  const line = rest.indexOf('----');
  const body = line < 0 ? rest : rest.slice(0, line);
  const [schema = '', ...rows] = line < 0 ? [] : rest.slice(line + 1);
  const ordered = second === 'ordered';
  return { kind, sql: body.join('\n'), ordered, schema, rows, condition: second, range: third };
}
