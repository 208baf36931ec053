/** Reads and, with UPDATE=1, writes test-fixtures/plans; its README says what they look like. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Catalog, Table } from '#sql/catalog.ts';
import { compile } from '#sql/compile.ts';
import type { Compiled } from '#sql/compile.ts';
import { defaultSettings } from '#sql/settings.ts';

const root = new URL('../../test-fixtures/plans/', import.meta.url);

export interface PlanStatement {
  readonly fires: boolean;
  readonly text: string;
}

export function fixtureNames(folder = ''): readonly string[] {
  return readdirSync(new URL(folder, root))
    .filter((name) => name.endsWith('.sql'))
    .map((name) => folder + name.slice(0, -4))
    .sort();
}

export function textOf(name: string): string {
  return readFileSync(new URL(`${name}.sql`, root), 'utf8').trim();
}

export function statementsOf(name: string): readonly PlanStatement[] {
  return textOf(name)
    .split(/\n\s*\n/)
    .map((block) => ({
      fires: block.startsWith('-- fires'),
      text: block.replace(/^--.*\n/, ''),
    }));
}

/** What the fixture says; with UPDATE=1 it says from now on what is given. */
export function expectedPlan(name: string, actual: unknown): unknown {
  const file = new URL(`${name}.plan.json`, root);
  if (process.env.UPDATE === '1') writeFileSync(file, `${JSON.stringify(actual, undefined, 2)}\n`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Ids count from zero in the order in which they are met, so that they say nothing of how names were found. */
export function normalized(...texts: readonly string[]): readonly (readonly string[])[] {
  const ids = new Map<string, number>();
  return texts.map((text) =>
    text
      .replaceAll(/#(\d+)/g, (_, id: string) => {
        if (!ids.has(id)) ids.set(id, ids.size);
        return `#${ids.get(id)}`;
      })
      .split('\n'),
  );
}

export function compiled(text: string): Compiled {
  const result = compile(text, catalog, defaultSettings);
  if (!result.ok) throw new Error(`${result.error.message}\n${text}`);
  return result.value;
}

const tables: Readonly<Record<string, Table>> = {
  orders: tableOf('orders', 'csv', 50_000_000, [
    'id int',
    'customer_id int',
    'amount double',
    'day date',
    'status string',
  ]),
  customers: tableOf('customers', 'parquet', 20_000, [
    'id int',
    'name string',
    'country string',
    'big bigint',
  ]),
};

export const catalog: Catalog = {
  lookup: (nameParts) => tables[nameParts.join('.').toLowerCase()],
};

function tableOf(
  name: string,
  format: string,
  byteLength: number,
  columns: readonly string[],
): Table {
  const fields = columns.map((column) => {
    const [field = '', type = ''] = column.split(' ');
    return { name: field, type, nullable: true };
  });
  const source = { format, path: `/shop/${name}.${format}`, options: {} };
  return { id: name, name, fields, source, statistics: { byteLength } };
}
