/** Reads test-fixtures/sql-editor; its README says what the files look like. */
import { readFileSync } from 'node:fs';
import type { SqlTable, SqlTables } from '#server/queries/sqlTables.ts';

export interface EditorCase {
  readonly title: string;
  readonly text: string;
  readonly expected: readonly string[];
}

const folder = new URL('../../../test-fixtures/sql-editor/', import.meta.url);
const CURSOR = '‸';

export function editorCases(name: string): readonly EditorCase[] {
  const text = readFileSync(new URL(name, folder), 'utf8');
  return text.split(/\n\n(?=# )/).map((block) => {
    const [heading = '', ...lines] = block.trim().split('\n');
    const rule = lines.indexOf('----');
    const end = rule < 0 ? lines.length : rule;
    return {
      title: heading.slice(2),
      text: lines.slice(0, end).join('\n'),
      expected: lines.slice(end + 1),
    };
  });
}

/** The blocks of halfTyped.txt; a block is a text, and what its list begins with and does not have. */
export function halfTyped() {
  const blocks = readFileSync(new URL('halfTyped.txt', folder), 'utf8').trim().split(/\n\n/);
  return blocks.map((block) => {
    const lines = block.split('\n');
    const listed = (name: string) => {
      const line = lines
        .find((each) => each.startsWith(`  ${name}  `))
        ?.slice(`  ${name}  `.length);
      return line === undefined || line === 'nothing' ? [] : line.split(', ');
    };
    const text = lines.filter((line) => !/^ {2}(first|never) {2}/.test(line)).join('\n');
    return { text, first: listed('first'), never: listed('never') };
  });
}

export function atCursor(text: string): { readonly text: string; readonly offset: number } {
  const offset = text.indexOf(CURSOR);
  return { text: text.replace(CURSOR, ''), offset };
}

export function fixtureTables(): SqlTables {
  const tables = new Map(
    readFileSync(new URL('tables.txt', folder), 'utf8')
      .trim()
      .split('\n')
      .map((line) => {
        const table = tableOf(line);
        return [table.name, table] as const;
      }),
  );
  return {
    find: ([name = '', ...more]) =>
      name === 'unknown'
        ? undefined
        : more.length > 0
          ? undefined
          : (tables.get(name.toLowerCase()) ?? null),
    names: [...tables.keys()],
    files: ['data/orders.csv', 'data/customers.csv', 'data/people.json'],
  };
}

function tableOf(line: string): SqlTable {
  const [name = '', path = '', ...columns] = line.match(/(?:`[^`]*`|[^\s`])+/g) ?? [];
  const fields = columns.map((column) => {
    const colon = column.indexOf(':');
    const type = column.slice(colon + 1);
    return { name: column.slice(0, colon).replaceAll('`', ''), type, nullable: true };
  });
  return { name, path, fields };
}
