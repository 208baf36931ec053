import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { intType, simpleString, stringType } from '#sql/plan/types.ts';
import { sparkErrorOf } from '../../src/duckdb/runtimeError.ts';
import { ownQueries } from '../../src/duckdb/sourceReader.ts';
import { quoteString } from '../../src/duckdb/quote.ts';
import { viewCsvDefaults } from '../../src/sources/csv.ts';
import { createSourceCache } from '../../src/sources/openSource.ts';
import type { SourceReader } from '../../src/sources/source.ts';
import { testDatabase } from '../duckdb/evaluate.ts';

let folder: string;
let reader: SourceReader;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'strata-sources-'));
  reader = ownQueries(await testDatabase(), new AbortController().signal);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Options {
  readonly name?: string;
  readonly format?: string;
  readonly options?: Readonly<Record<string, string>>;
  readonly sample?: boolean;
}

/** The schema as `name type, …` and the rows, or the class of the failure. */
async function read(content: string | Uint8Array, options: Options = {}) {
  const path = join(folder, options.name ?? 'file.csv');
  writeFileSync(path, content);
  const request = {
    path,
    format: options.format ?? 'csv',
    options: options.options ?? viewCsvDefaults,
    sample: options.sample ?? false,
  };
  const source = await createSourceCache().open(request, reader);
  if (!source.ok) return { failure: source.error.class };
  const { columns } = source.value;
  const names = columns.map(({ name }) => name);
  const sql = source.value.scanSql(names, 'UTC');
  const functions = source.value.functions?.(names, 'UTC') ?? [];
  const { rows } = ownQueries(await testDatabase(), new AbortController().signal, functions);
  return {
    schema: columns.map(({ name, type }) => `${name} ${simpleString(type)}`).join(', '),
    rows: columns.length === 0 ? [] : await rows(sql),
  };
}

const header = (column: string, ...cells: string[]) =>
  `${column},other\n${cells.map((cell) => `${cell},x\n`).join('')}`;

describe('CSV columns are', () => {
  test.each([
    ['int', ['1', '-2', '+3', '007'], 'int'],
    ['bigint where one does not fit', ['1', '3000000000'], 'bigint'],
    ['decimal beyond bigint', ['1', '12345678901234567890123'], 'decimal(23,0)'],
    ['double', ['1', '2.5', '1e3', 'NaN'], 'double'],
    ['double, not rounded to integers', ['1.7', '2'], 'double'],
    ['string where a number has underscores', ['1_000'], 'string'],
    ['string where a number is hexadecimal', ['0x1A'], 'string'],
    ['double where a number has blanks', [' 12'], 'double'],
    ['date', ['2024-02-29', '1999-01-01'], 'date'],
    ['string where there is no such day', ['2023-02-29'], 'string'],
    ['timestamp', ['2024-02-29 10:00:00', '2024-02-29T10:00:00.5Z'], 'timestamp'],
    ['timestamp where dates are among them', ['2024-02-29', '2024-02-29 10:00:00'], 'timestamp'],
    ['boolean', ['true', 'FALSE'], 'boolean'],
    ['string where numbers and booleans mix', ['1', 'true'], 'string'],
    ['string where nothing is there', ['', ''], 'string'],
    ['int beside nothing', ['', '5'], 'int'],
  ])('%s', async (_name, cells, type) => {
    expect((await read(header('a', ...cells))).schema).toBe(`a ${type}, other string`);
  });

  test('what the whole file says, not its beginning', async () => {
    const cells = Array.from({ length: 30_000 }, (_, index) => String(index));
    expect((await read(header('a', ...cells, '1.5'))).schema).toBe('a double, other string');
    expect((await read(header('a', ...cells, 'x'))).schema).toBe('a string, other string');
    expect(await read(header('a', ...cells, 'x'), { sample: true }).catch(String)).toMatch(
      'SAMPLE_SCHEMA_DISAGREES',
    );
  });

  test.each([true, false])('the same of many columns, preview or not: %s', async (sample) => {
    const cells = ['1', '2.5', '2024-02-29', 'TRUE', 'x', '2024-02-29 10:00:00', ''];
    const row = Array.from({ length: 300 }, (_, index) => cells[index % cells.length]);
    const names = row.map((_, index) => (index === 0 ? 'cell' : `a_${index}`));
    const lines = [names, ...Array.from({ length: sample ? 1800 : 3 }, () => row)];
    const text = lines.map((line) => `${line.join(',')}\n`).join('');
    const wide = await read(text, { sample });
    const few = await read(
      lines
        .slice(0, 2)
        .map((line) => `${line.slice(0, 7).join(',')}\n`)
        .join(''),
    );
    const schema = wide.schema?.split(', ');
    expect(schema?.length).toBe(300);
    expect(schema?.slice(0, 7).join(', ')).toBe(few.schema);
    expect(schema?.slice(7, 14).map((one) => one.split(' ')[1])).toEqual(
      few.schema?.split(', ').map((one) => one.split(' ')[1]),
    );
    expect(wide.rows?.length).toBe(lines.length - 1);
    expect(wide.rows?.at(-1)?.slice(0, 7)).toEqual(few.rows?.[0]);
    expect(wide.rows?.at(-1)?.slice(7, 14)).toEqual(few.rows?.[0]);
    if (!sample) return;
    const odd = [...row.slice(0, 7), 'x', ...row.slice(8)].join(',');
    expect(await read(`${text}${odd}\n`, { sample }).catch(String)).toMatch(
      'SAMPLE_SCHEMA_DISAGREES',
    );
  });

  test('of a preview too where lines are longer than it reads at a time', async () => {
    const long = 'x'.repeat(1_500_000);
    const first = await read(`${header('a', '1')}2,${long}\n`, { sample: true });
    expect(first.schema).toBe('a int, other string');
    expect(first.rows?.map((row) => String(row[1]).length)).toEqual([1, long.length]);
    const cells = Array.from({ length: 30_000 }, () => '1');
    const later = await read(`${header('a', ...cells)}2,${long}\n`, { sample: true }).catch(
      (error: unknown) => sparkErrorOf((error as Error).message, new Map())?.class,
    );
    expect(later).toBe('SAMPLE_SCHEMA_DISAGREES');
  });
});

describe('CSV cells', () => {
  test('of a file from Windows: byte order mark, CRLF, quotes, line breaks', async () => {
    expect(await read('\ufeffid,text\r\n1,"say ""hi"", you"\r\n2,"two\nlines"\r\n3,é\r\n')).toEqual(
      {
        schema: 'id int, text string',
        rows: [
          [1, 'say "hi", you'],
          [2, 'two\nlines'],
          [3, 'é'],
        ],
      },
    );
  });

  test('that are missing are null, and those too many are dropped', async () => {
    expect(await read('a,b,c\n1,2\n3,4,5,6\n')).toEqual({
      schema: 'a int, b int, c int',
      rows: [
        [1, 2, null],
        [3, 4, 5],
      ],
    });
  });

  test('have names even where the header has none, or twice the same', async () => {
    expect((await read('a,,A,b\n1,2,3,4\n')).schema).toBe('a0 int, _c1 int, A2 int, b int');
  });

  test('have the separator, quote and header that are said', async () => {
    const options = { header: 'false', inferSchema: 'true', sep: ';', quote: "'" };
    expect(await read("1;'a;b'\n2;c\n", { options })).toEqual({
      schema: '_c0 int, _c1 string',
      rows: [
        [1, 'a;b'],
        [2, 'c'],
      ],
    });
  });

  test('are strings under Spark’s own defaults', async () => {
    expect(await read('id,n\n1,2\n', { options: {} })).toEqual({
      schema: '_c0 string, _c1 string',
      rows: [
        ['id', 'n'],
        ['1', '2'],
      ],
    });
  });

  test('of an option that changes reading and is not known are refused', async () => {
    expect(await read('a\n1\n', { options: { unescapedQuoteHandling: 'RAISE_ERROR' } })).toEqual({
      failure: 'UNSUPPORTED_READER_OPTION',
    });
  });
});

describe('files', () => {
  test.each([["it's.csv"], ['a[1]*?.csv'], ['b"q`.csv'], ['é ü.csv']])('named %s', async (name) => {
    expect((await read('a\n1\n', { name })).rows).toEqual([[1]]);
  });

  test.each([
    ['csv', ''],
    ['json', ''],
    ['csv', '\n\n'],
  ])('that are empty have no columns: %s', async (format, content) => {
    expect(await read(content, { format, options: {} })).toEqual({ schema: '', rows: [] });
  });

  test('with a header alone have columns and no rows', async () => {
    expect(await read('a,b\n')).toEqual({ schema: 'a string, b string', rows: [] });
  });

  test('that are not there', async () => {
    const request = { path: join(folder, 'none.csv'), format: 'csv', options: {}, sample: false };
    const source = await createSourceCache().open(request, reader);
    expect(source).toMatchObject({
      ok: false,
      error: {
        class: 'PATH_NOT_FOUND',
        sqlState: '42K03',
        parameters: { path: `file:${join(folder, 'none.csv')}` },
      },
    });
  });

  test('are read anew when they change', async () => {
    const path = join(folder, 'changing.csv');
    const cache = createSourceCache();
    const request = { path, format: 'csv', options: viewCsvDefaults, sample: false };
    writeFileSync(path, 'a\n1\n');
    expect(await cache.open(request, reader)).toMatchObject({
      value: { columns: [{ type: { kind: 'int' } }] },
    });
    writeFileSync(path, 'a\nlonger\n');
    expect(await cache.open(request, reader)).toMatchObject({
      value: { columns: [{ type: { kind: 'string' } }] },
    });
  });
});

describe('JSON lines', () => {
  const json = { name: 'file.json', format: 'json', options: {} };

  test('have columns by name, integers as bigint, and what is mixed as text', async () => {
    expect(
      await read('{"b":1,"a":1.5,"c":true}\n{"b":2,"d":"x","a":2}\n\n{"c":"mixed"}\n', json),
    ).toEqual({
      schema: 'a double, b bigint, c string, d string',
      rows: [
        [1.5, '1', 'true', null],
        [2, '2', null, 'x'],
        [null, null, 'mixed', null],
      ],
    });
  });

  test('nest', async () => {
    expect(
      (await read('{"o":{"z":1,"y":[1,2]},"e":null,"date":"2024-01-01"}\n', json)).schema,
    ).toBe('date string, e string, o struct<y:array<bigint>,z:bigint>');
  });

  test('that are malformed are kept as they are', async () => {
    expect(await read('{"a":1}\n{oops\n', json)).toEqual({
      schema: '_corrupt_record string, a bigint',
      rows: [
        [null, '1'],
        ['{oops', null],
      ],
    });
  });
});

test('JSON is not read as maps of keys that are no strings', async () => {
  const path = join(folder, 'keys.json');
  writeFileSync(path, '{"m": {"1": "a"}}\n');
  const columns = [
    { name: 'm', type: { kind: 'map', key: intType, value: stringType, valueContainsNull: true } },
  ] as const;
  const request = { path, format: 'json', options: {}, sample: false, columns };
  expect(await createSourceCache().open(request, reader)).toMatchObject({
    error: {
      class: 'INVALID_JSON_SCHEMA_MAP_TYPE',
      parameters: { jsonSchema: '"STRUCT<m: MAP<INT, STRING>>"' },
    },
  });
});

test('Parquet files bring their types', async () => {
  const path = join(folder, 'types.parquet');
  await reader.rows(
    `COPY (SELECT 1::TINYINT AS t, 2::UINTEGER AS u, 1.5::DECIMAL(10,2) AS d, DATE '2024-01-01' AS day,
      TIMESTAMP '2024-01-01 10:00:00' AS local, TIMESTAMPTZ '2024-01-01 10:00:00+00' AS instant,
      [1, 2] AS list, {'x': 1, 'y': 'a'} AS s, MAP {'k': 1} AS m) TO ${quoteString(path)} (FORMAT parquet)`,
  );
  const request = { path, format: 'parquet', options: {}, sample: false };
  const source = await createSourceCache().open(request, reader);
  expect(source.ok && source.value.columns.map(({ type }) => simpleString(type))).toEqual([
    'tinyint',
    'bigint',
    'decimal(10,2)',
    'date',
    'timestamp_ntz',
    'timestamp',
    'array<int>',
    'struct<x:int,y:string>',
    'map<string,int>',
  ]);
});
