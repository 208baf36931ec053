import { expect, test } from 'vitest';
import { fileFormat, nameViews, viewName } from '#client/viewNames.ts';

test.each([
  ['/data/orders.csv', 'orders'],
  ['/data/2024 sales.csv', 'file_2024_sales'],
  ['/data/café-menu.json', 'cafe_menu'],
  ['/data/a.b.parquet', 'a_b'],
  ['/data/日本.csv', 'file'],
  ['/data/--.csv', 'file'],
  ['/data/Robert"); DROP.csv', 'Robert_DROP'],
])('%s becomes the view %s', (path, expected) => {
  expect(viewName(path)).toBe(expected);
});

test.each([
  ['x.csv', 'csv'],
  ['x.TSV', 'csv'],
  ['x.jsonl', 'json'],
  ['x.parquet', 'parquet'],
  ['x.npy', undefined],
  ['csv', undefined],
])('%s is read as %s', (path, expected) => {
  expect(fileFormat(path)).toBe(expected);
});

test('two files of one name stay apart, ignoring case, for the whole session', () => {
  const taken = new Map<string, string>();
  const names = (...paths: string[]) => nameViews(paths, taken).map(({ name }) => name);
  expect(names('/a/orders.csv', '/b/Orders.csv')).toEqual(['orders', 'Orders_2']);
  expect(names('/c/ORDERS.json')).toEqual(['ORDERS_3']);
  expect(names('/b/Orders.csv')).toEqual(['Orders_2']);
  expect(names('/a/orders.csv')).toEqual(['orders']);
});

test('a file separated by tabs says so', () => {
  expect(nameViews(['/a/x.tsv'], new Map())).toEqual([
    { name: 'x', path: '/a/x.tsv', format: 'csv', options: { sep: '\t' } },
  ]);
});

test('a name that is registered for another file is passed over', () => {
  const taken = new Map<string, string>();
  const isReserved = (name: string) => name === 'orders';
  expect(nameViews(['/a/orders.csv'], taken, isReserved)[0]?.name).toBe('orders_2');
  expect(nameViews(['/a/orders.csv'], taken)[0]?.name).toBe('orders');
});
