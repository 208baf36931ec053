import { expect, test } from 'vitest';
import { groupFolders } from '#client/data/tableFolders.ts';
import { bars } from '#client/data/bars.ts';

test('folders of partitions and of parts are tables, others are folders', () => {
  const paths = [
    'a.csv',
    'data/b.csv',
    'data/c.json',
    'lake/sales/year=2024/month=1/x.parquet',
    'lake/sales/year=2025/y.parquet',
    'mixed/k=1/a.csv',
    'mixed/k=2/a.json',
    'out/part-00000-1.csv',
    'out/part-00001-1.csv',
    'part-1.csv',
  ];
  const files = paths.map((path) => ({ path, format: path.split('.').at(-1) ?? '' }));
  const shown = groupFolders(files).map(
    ({ folder, files: own, isTable }) => `${folder} ${own.length}${isTable ? ' table' : ''}`,
  );
  expect(shown).toEqual([' 2', 'data 2', 'lake/sales 2 table', 'mixed 2', 'out 2 table']);
});

test('a histogram in one line', () => {
  expect(bars([0, 1, 4, 8])).toBe('\u2007▁▄█');
  expect(bars([0, 0])).toBe('\u2007\u2007');
});
