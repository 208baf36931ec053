/** Rows as text, in every form that they are copied in. */
import { expect, test } from 'vitest';
import type { CellValue } from '#webviews/kit/arrowCells.ts';
import { sortedBy } from '#webviews/kit/arranging.ts';
import type { RowFormat } from '#webviews/kit/rowText.ts';
import { rowText } from '#webviews/kit/rowText.ts';

const cell = (type: string, text: string | null): CellValue => ({ type, text });
const list: CellValue = {
  type: 'array<string>',
  text: '[a, NULL]',
  children: () => [
    { name: '0', value: cell('string', 'a') },
    { name: '1', value: cell('string', null) },
  ],
};
const struct: CellValue = {
  type: 'struct<x:int>',
  text: '{1}',
  children: () => [{ name: "it's", value: cell('int', '1') }],
};
const map: CellValue = {
  type: 'map<int,double>',
  text: '{7 -> 1.5}',
  keys: () => [cell('int', '7')],
  children: () => [{ name: '7', value: cell('double', '1.5') }],
};

function textOf(format: RowFormat, values: readonly CellValue[], rows = 1): string {
  const fields = values.map(({ type }, k) => ({ name: `c${k}`, type, nullable: true }));
  const { line, whole } = rowText(format, fields, 'my result');
  return whole(Array.from({ length: rows }, (_, index) => line(values, index)));
}

const mixed = [
  cell('int', '-1'),
  cell('string', 'a "b", c|d\\\nline'),
  cell('string', ''),
  cell('date', null),
  cell('double', 'NaN'),
];

test.each<[RowFormat, readonly CellValue[], string]>([
  ['tabs', mixed.slice(0, 1).concat(cell('string', 'x'), cell('date', null)), '-1\tx\tNULL'],
  ['csv', mixed, 'c0,c1,c2,c3,c4\n-1,"a ""b"", c|d\\\nline","",,NaN\n'],
  [
    'json',
    [...mixed, list, struct, map, cell('decimal(5,2)', '1.50'), cell('boolean', 'true')],
    '[\n  {"c0": -1, "c1": "a \\"b\\", c|d\\\\\\nline", "c2": "", "c3": null, "c4": "NaN", "c5": ["a", null], ' +
      '"c6": {"it\'s": 1}, "c7": {"7": 1.5}, "c8": 1.50, "c9": true}\n]\n',
  ],
  [
    'markdown',
    mixed.slice(0, 3),
    '| c0 | c1 | c2 |\n| ---: | --- | --- |\n| -1 | a "b", c\\|d\\\\<br>line |  |\n',
  ],
  [
    'insert',
    mixed,
    "INSERT INTO `my result` (`c0`, `c1`, `c2`, `c3`, `c4`) VALUES\n  (-1, 'a \"b\", c|d\\\\\\nline', '', NULL, double('NaN'));\n",
  ],
])('%s', (format, values, expected) => {
  expect(textOf(format, values)).toBe(expected);
});

test.each<[CellValue, string]>([
  [cell('tinyint', '-128'), '-128Y'],
  [cell('bigint', '-9223372036854775808'), '(-9223372036854775807L - 1L)'],
  [cell('float', '1.0E10'), '1.0E10F'],
  [cell('float', '-Infinity'), "float('-Infinity')"],
  [cell('decimal(38,10)', '-0.0000000001'), "CAST('-0.0000000001' AS DECIMAL(38,10))"],
  [cell('timestamp', '2024-01-02 03:04:05.5'), "TIMESTAMP'2024-01-02 03:04:05.5'"],
  [cell('binary', '[00 FF]'), "X'00FF'"],
  [
    cell('interval day to second', "INTERVAL '1 02:03:04' DAY TO SECOND"),
    "INTERVAL '1 02:03:04' DAY TO SECOND",
  ],
  [list, "array('a', NULL)"],
  [struct, "named_struct('it\\'s', 1)"],
  [map, 'map(7, 1.5D)'],
])('a literal of %o', (value, expected) => {
  expect(textOf('insert', [value])).toContain(`VALUES\n  (${expected});`);
});

test('no rows are no text that fails', () => {
  expect(textOf('json', mixed, 0)).toBe('[]\n');
  expect(textOf('insert', mixed, 0)).toBe('');
});

test('a column goes round: ascending, descending, not at all', () => {
  const up = sortedBy([], 2, false);
  const down = sortedBy(up, 2, false);
  expect([up, down, sortedBy(down, 2, false)]).toEqual([
    [{ column: 2, descending: false }],
    [{ column: 2, descending: true }],
    [],
  ]);
  expect(sortedBy(down, 0, true)).toEqual([...down, { column: 0, descending: false }]);
  expect(sortedBy([...down, { column: 0, descending: false }], 2, true)).toEqual([
    { column: 0, descending: false },
  ]);
});
