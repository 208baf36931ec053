import { describe, expect, test } from 'vitest';
import { LLP64, parseStructFormat } from '#shared/layout/structFormat.ts';
import { readBufferTable } from './layoutTables.ts';

interface StructTable {
  readonly sizes: Record<string, Record<string, number | null>>;
  readonly formats: readonly {
    format: string;
    size?: number;
    fields?: { code: string; offset: number; size: number; count?: number }[];
    error?: string;
  }[];
  readonly errors: readonly { format: string; message: string }[];
}

const table = readBufferTable('expect_struct.json') as StructTable;

/** One entry a value, as the table has it: `4b` is four, `4s` one with a count, `x` none. */
function valuesOf(format: string) {
  const { layout, problems } = parseStructFormat(format);
  if (!layout) return { error: problems[0]?.message };
  const fields = layout.fields.flatMap(({ code, repeat, valueCount, itemsize, offset, size }) => {
    if (code === 's' || code === 'p') return [{ code, count: repeat, offset, size }];
    return Array.from({ length: valueCount }, (_, item) => ({
      code,
      offset: offset + item * itemsize,
      size: itemsize,
    }));
  });
  return { size: layout.size, fields };
}

describe('the layout of a format is the one of CPython', () => {
  test.each(table.formats)('$format', ({ format, ...expected }) => {
    expect(valuesOf(format)).toEqual(
      expected.fields
        ? {
            size: expected.size,
            fields: expected.fields.map((field) =>
              field.code === 's' || field.code === 'p' ? { count: 1, ...field } : field,
            ),
          }
        : expected,
    );
  });
});

test('sizes in every mode are those of CPython', () => {
  for (const [code, sizes] of Object.entries(table.sizes)) {
    for (const mode of ['@', '=', '<', '>', '!']) {
      const { layout } = parseStructFormat(mode + code);
      expect(layout?.size ?? null, mode + code).toBe(sizes[mode]);
    }
    expect(parseStructFormat(`b${code}`).layout?.fields[1]?.offset, code).toBe(sizes.align);
  }
});

describe('a format that CPython rejects has its error text and the place', () => {
  test.each([
    ['', []],
    ['<5', ['repeat count given without format specifier', '5']],
    ['i12', ['repeat count given without format specifier', '12']],
    ['3 i', ['bad char in struct format', ' ']],
    ['i<', ['bad char in struct format', '<']],
    ['=iP', ['bad char in struct format', 'P']],
    ['constructor', ['bad char in struct format', 'o']],
    ['i\0', ['embedded null character', '\0']],
    ['9223372036854775807s', []],
    ['9223372036854775808s', ['total struct size too long', '9223372036854775808']],
    ['i9223372036854775807s', ['total struct size too long', '9223372036854775807s']],
    ['9223372036854775807q', ['total struct size too long', '9223372036854775807q']],
    ['9223372036854775807x9x', ['total struct size too long', '9x']],
    [`${'9'.repeat(100_000)}x`, ['total struct size too long', '9'.repeat(100_000)]],
    [`${'0'.repeat(100)}3h`, []],
    [
      'ié',
      [
        "'ascii' codec can't encode character '\\xe9' in position 1: ordinal not in range(128)",
        'é',
      ],
    ],
    [
      '€😀i',
      ["'ascii' codec can't encode characters in position 0-1: ordinal not in range(128)", '€😀'],
    ],
  ])('%.20j', (format, expected) => {
    const { layout, problems } = parseStructFormat(format);
    expect(
      problems.flatMap(({ message, start, end }) => [message, format.slice(start, end)]),
    ).toEqual(expected);
    expect(layout === undefined).toBe(expected.length > 0);
  });

  test('also where the table of CPython has the error when packing', () => {
    for (const { format, message } of table.errors) {
      const text = parseStructFormat(format).problems[0]?.message;
      if (text !== undefined) expect(text).toBe(message);
    }
  });
});

test('a field knows its padding, its types and its place in the text', () => {
  const { layout } = parseStructFormat('<2h 4x q');
  expect(layout?.fields.map(({ code, start, end }) => [code, start, end])).toEqual([
    ['h', 1, 3],
    ['x', 4, 6],
    ['q', 7, 8],
  ]);
  const native = parseStructFormat('bidh0q').layout;
  expect(native).toMatchObject({ mode: '@', native: true, size: 24, valueCount: 4 });
  expect(native?.fields.map((field) => field.padding)).toEqual([0, 3, 0, 0, 6]);
  expect(native?.fields[2]).toMatchObject({ cType: 'double', pythonType: 'float', offset: 8 });
});

test('on Windows a native long has four bytes', () => {
  expect(parseStructFormat('bl').layout?.size).toBe(16);
  expect(parseStructFormat('bl', LLP64).layout?.size).toBe(8);
  expect(parseStructFormat('bP', LLP64).layout?.size).toBe(16);
});
