import { describe, expect, test } from 'vitest';
import { isNumeric, readCellTable, typeArguments } from '#webviews/kit/arrowCells.ts';
import { arrowPage } from './fakeResults.ts';
import { customers } from './scenarios/results.ts';

describe('a page of rows', () => {
  const table = readCellTable(arrowPage(customers, 0, 10), customers.schema);
  const column = (name: string) => customers.schema.findIndex((field) => field.name === name);

  test.each([
    ['transaction_count', 3, '9007199254741014'],
    ['total_spent', 0, '-999.99'],
    ['total_spent', 4, null],
    ['average_purchase', 1, '1.933431'],
    ['score', 3, '1.0E10'],
    ['name', 2, ''],
    ['name', 5, null],
    ['active', 0, 'true'],
    ['signed_up', 0, '2019-01-01'],
    ['last_seen', 1, '2023-11-14 22:14:21.001'],
    ['address', 3, '{Zürich, 10003}'],
    ['tags', 0, '[]'],
    ['tags', 2, '[vip, newsletter]'],
  ])('%s of row %d', (name, row, expected) => {
    expect(table.textAt(row, column(name))).toBe(expected);
  });

  test('a page in the middle of the result', () => {
    const later = readCellTable(arrowPage(customers, 119_990, 256), customers.schema);
    expect(later.rowCount).toBe(10);
    expect(later.textAt(9, 0)).toBe('120000');
  });

  test('no bytes are no rows', () => {
    expect(readCellTable(new ArrayBuffer(0), customers.schema).rowCount).toBe(0);
  });
});

test.each([
  ['map<string,array<int>>', ['string', 'array<int>']],
  ['struct<a:decimal(10,2),b:struct<c:int,d:int>>', ['a:decimal(10,2)', 'b:struct<c:int,d:int>']],
  ['int', []],
])('the arguments of %s', (type, expected) => {
  expect(typeArguments(type)).toEqual(expected);
});

test('numbers stand to the right', () => {
  const types = ['int', 'decimal(18,2)', 'double', 'string', 'date', 'array<int>'];
  expect(types.map(isNumeric)).toEqual([true, true, true, false, false, false]);
});
