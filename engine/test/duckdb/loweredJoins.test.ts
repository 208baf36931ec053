/** The shape of the SQL of joins, as far as DuckDB's own optimizer depends on it. */
import { expect, test } from 'vitest';
import type { Catalog, Table } from '#sql/catalog.ts';
import { compile } from '#sql/compile.ts';
import { defaultSettings } from '#sql/settings.ts';
import { lowerPlan } from '../../src/duckdb/lowerRelation.ts';

function tableOf(name: string, ...columns: readonly string[]): Table {
  return {
    id: name,
    name,
    fields: columns.map((column) => ({ name: column, type: 'bigint', nullable: true })),
    source: { format: 'parquet', path: name, options: {} },
  };
}

const tables: Readonly<Record<string, Table>> = {
  a: tableOf('a', 'id', 'b_id', 'x'),
  b: tableOf('b', 'id', 'c_id', 'y'),
  c: tableOf('c', 'id', 'z'),
};
const catalog: Catalog = { lookup: (nameParts) => tables[nameParts.join('.')] };

function lowered(query: string): string {
  const compiled = compile(query, catalog, defaultSettings);
  if (!compiled.ok) throw new Error(compiled.error.message);
  const sql = lowerPlan(compiled.value.optimized, {
    timeZone: 'UTC',
    scanSql: ({ name }) => `FROM ${name}`,
  });
  if (!sql.ok) throw new Error(sql.error.message);
  return sql.value.sql;
}

test.each([
  ['beside a comparison', 'SELECT x FROM a WHERE x > 1'],
  ['below an inner join', 'SELECT x, y FROM a JOIN b ON a.b_id = b.id'],
  ['below three', 'SELECT x, y, z FROM a JOIN b ON a.b_id = b.id JOIN c ON b.c_id = c.id'],
  ['below a semi join', 'SELECT x FROM a WHERE EXISTS (SELECT 1 FROM b WHERE a.b_id = b.id)'],
  ['below an outer join', 'SELECT x, y FROM a LEFT JOIN b ON a.b_id = b.id'],
  ['written, and implied', 'SELECT x FROM a WHERE x IS NOT NULL AND x > 1'],
])('no test for null %s', (_, query) => {
  expect(lowered(query)).not.toContain('IS NOT NULL');
});

test.each([
  ['of itself', 'SELECT x FROM a WHERE x IS NOT NULL'],
  [
    'of a side that keeps its rows',
    'SELECT x, y FROM (SELECT * FROM a WHERE b_id IS NOT NULL) a LEFT JOIN b ON a.b_id = b.id',
  ],
  ['below a limit', 'SELECT x FROM (SELECT x FROM a WHERE x IS NOT NULL LIMIT 3) WHERE x > 1'],
  ['before what may raise', 'SELECT x FROM a WHERE x IS NOT NULL AND 1 / b_id > x'],
])('a test for null %s', (_, query) => {
  expect(lowered(query)).toContain('IS NOT NULL');
});

test('joins stand in one FROM, so that DuckDB may order them all', () => {
  const sql = lowered('SELECT x, y, z FROM a JOIN b ON a.b_id = b.id JOIN c ON b.c_id = c.id');
  expect(sql).toMatch(/FROM \(\(\(SELECT .+ INNER JOIN .+\) INNER JOIN /);
  expect(sql.match(/SELECT/g)).toHaveLength(4);
});

test('what is no equality of an inner join is a condition after it', () => {
  const sql = lowered('SELECT x, y FROM a JOIN b ON a.b_id = b.id AND (a.x = 1 OR b.y = 2)');
  expect(sql).toMatch(/ON \(c\d+ = c\d+\)\) WHERE \(\(c\d+ = /);
});

test('a column that is hidden on one side is not mistaken for one of the other', () => {
  const sql = lowered(
    'WITH w AS (SELECT a.x, b.y FROM a JOIN b ON a.b_id = b.id) SELECT p.x, q.y FROM w p JOIN w q ON p.y = q.x',
  );
  const aliases = [...sql.matchAll(/AS (c\d+)/g)].map(([, name]) => name);
  expect(new Set(aliases).size).toBe(aliases.length);
});
