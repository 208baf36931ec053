import { expect, test } from 'vitest';
import { sampleQueries } from '#client/queries/sampleQueries.ts';

const field = (name: string, type: string) => ({ name, type, nullable: true });
const texts = (table: string, ...fields: ReturnType<typeof field>[]) =>
  sampleQueries(table, fields).map(({ text }) => text.replace(/\s+/g, ' '));

test('sample queries quote the names that need it', () => {
  const odd = [
    field('first name', 'string'),
    field('a`b', 'int'),
    field('x.y', 'timestamp'),
    field('select', 'struct<a b:int>'),
  ];
  expect(texts('my table', ...odd)).toContain(
    'SELECT `first name`, sum(`a``b`) AS total, avg(`a``b`) AS average FROM `my table` GROUP BY `first name` ORDER BY total DESC LIMIT 20',
  );
});

test('sample queries of a table of one column, or of none, say how many rows there are', () => {
  expect(texts('t', field('only', 'array<int>'))).toEqual([
    'SELECT * FROM t LIMIT 100',
    'SELECT count(*) AS rows FROM t',
  ]);
  expect(texts('t').length).toBe(2);
});

test('what a sample query makes has no name that a column has', () => {
  const all = texts('t', field('total', 'string'), field('rows', 'int'), field('Month', 'date'));
  expect(all).toContain('SELECT count(*) AS rows_ FROM t');
  expect(all).toContain(
    'SELECT total, sum(rows) AS total_, avg(rows) AS average FROM t GROUP BY total ORDER BY total_ DESC LIMIT 20',
  );
  expect(all).toContain(
    "SELECT date_trunc('MONTH', Month) AS month_, count(*) AS rows_ FROM t GROUP BY month_ ORDER BY month_",
  );
});
