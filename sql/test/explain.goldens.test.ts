/**
 * EXPLAIN against what Spark printed. Ids, locations and the catalog's prefix are taken out of both; a Relation
 * prints the columns that are read, where Spark's prints all and a Project above it.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Catalog, Table } from '#sql/catalog.ts';
import { compile } from '#sql/compile.ts';
import { defaultExplainOptions, explainText } from '#sql/explain/explain.ts';
import { defaultSettings } from '#sql/settings.ts';

interface Golden {
  readonly queries: readonly { readonly sql: string; readonly output: string }[];
}

const file = new URL('../../test-fixtures/plans/spark/explain-aqe.json', import.meta.url);
const { queries } = JSON.parse(readFileSync(file, 'utf8')) as Golden;

const columns: Readonly<Record<string, string>> = {
  explain_temp1: 'key int, val int',
  explain_temp2: 'key int, val int',
  explain_temp3: 'key int, val int',
  explain_temp4: 'key int, val string',
};
const catalog: Catalog = {
  lookup: (nameParts) => {
    const name = nameParts.at(-1)?.toLowerCase() ?? '';
    const fields = columns[name]?.split(', ').map((column) => {
      const [field = '', type = ''] = column.split(' ');
      return { name: field, type, nullable: true };
    });
    if (fields === undefined) return undefined;
    const source = { format: 'parquet', path: `/${name}`, options: {} };
    const qualifier = ['spark_catalog', 'default', name];
    return {
      id: name,
      name,
      qualifier,
      fields,
      source,
      statistics: { byteLength: 1 },
    } satisfies Table;
  },
};
const options = { ...defaultExplainOptions, shufflePartitions: 4 };

const explained = queries.flatMap(({ sql, output }) => {
  const match = /^EXPLAIN\s+(EXTENDED|FORMATTED)?\s*((?:SELECT|WITH)[^]*)$/i.exec(sql);
  if (match === null || !sql.includes('explain_temp')) return [];
  const mode = match[1]?.toLowerCase() === 'extended' ? 'extended' : 'formatted';
  return [{ mode, text: match[2] ?? '', output } as const];
});

describe('as Spark explains', () => {
  test.each(explained)('$mode $text', ({ mode, text, output }) => {
    const compiled = compile(text, catalog, defaultSettings);
    if (!compiled.ok) throw new Error(compiled.error.message);
    const own = explainText(mode, compiled.value, options);
    expect(comparable(own)).toEqual(comparable(output));
  });
});

function comparable(text: string): string {
  return text
    .replaceAll('spark_catalog.default.', '')
    .replaceAll(/#(?:\d+|x)(L?)/g, '#x$1')
    .replaceAll(/plan_id=(?:\d+|x)/g, 'plan_id=x')
    .replaceAll(
      /Location(?:: InMemoryFileIndex(?:\(1 paths\))? ?\[file:| \[not included in comparison\]\/\{warehouse_dir\})[^\]]*\]/g,
      'Location',
    )
    .replaceAll(/[ \t]+$/gm, '')
    .trimEnd();
}
