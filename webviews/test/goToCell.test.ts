import { expect, test } from 'vitest';
import { goToChoices } from '#webviews/kit/goToCell.ts';

const fields = ['id', 'price', 'unit_price', '2019', 'note'].map((name) => ({
  name,
  type: 'int',
  nullable: true,
}));

function where(text: string, rowCount = 120_000, complete = true): unknown {
  const found = goToChoices(text, { rowCount, complete, fields });
  if (found.kind === 'problem') return found.message;
  return found.choices.map(({ row, column }) => (row === undefined ? fields[column!]!.name : row));
}

test.each([
  ['1', [0]],
  ['12,345', [12_344]],
  [' 12 345 ', [12_344]],
  ['120000', [119_999]],
  ['-1', [119_999]],
  ['-200000', [0]],
  ['50%', [60_000]],
  ['100 %', [119_999]],
  ['2019', [2018, '2019']],
  ['PRICE', ['price', 'unit_price']],
  ['t', ['unit_price', 'note']],
])('%j goes to %j', (text, expected) => {
  expect(where(text)).toEqual(expected);
});

test.each([
  ['0', 'The last row is 120,000'],
  ['120,001', 'The last row is 120,000'],
  ['total', 'No column’s name has “total” in it'],
])('%j is a problem', (text, message) => {
  expect(where(text)).toBe(message);
});

test('rows that are still being found are told as that', () => {
  expect(where('120,001', 120_000, false)).toBe('Rows up to 120,000 are known so far');
  expect(where('1', 0)).toBe('There are no rows');
});
