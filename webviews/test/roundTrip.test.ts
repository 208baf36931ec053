/** Rows that leave as text or as a file come back as the same rows of the same types, through the engine itself. */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EngineContract, Field } from '#shared/protocol/engine.ts';
import { portOfProcess } from '#shared/protocol/ports.ts';
import { callOver } from '#shared/protocol/wire.ts';
import type { CellTable } from '#webviews/kit/arrowCells.ts';
import { readCellTable } from '#webviews/kit/arrowCells.ts';
import type { RowFormat } from '#webviews/kit/rowText.ts';
import { rowText } from '#webviews/kit/rowText.ts';

const folder = mkdtempSync(join(tmpdir(), 'strata-round-trip-'));
const child = fork(join(process.env.STRATA_DIST ?? '', 'engine.js'), [], {
  serialization: 'advanced',
  env: { ...process.env, STRATA_TEMP: folder },
  execArgv: [],
});
const { call } = callOver<EngineContract>(portOfProcess(child), {});
const zone = 'Europe/Berlin';

beforeAll(async () => {
  const settings = { 'spark.sql.session.timeZone': zone };
  expect(await call('openSession', { sessionId: 's', settings })).toMatchObject({ ok: true });
});
afterAll(async () => {
  await new Promise((resolve) => {
    child.once('exit', resolve);
    child.disconnect();
  });
  rmSync(folder, { recursive: true, force: true });
});

interface Rows {
  readonly schema: readonly Field[];
  readonly table: CellTable;
}

async function rowsOf(text: string): Promise<Rows> {
  const started = await call('runQuery', { sessionId: 's', text });
  if (!started.ok) throw new Error(`${JSON.stringify(started.error)}\n${text}`);
  const { resultId, schema } = started.value;
  const page = await call('readRows', { resultId, start: 0, count: 1000 });
  if (!page.ok) throw new Error(`${JSON.stringify(page.error)}\n${text}`);
  return { schema, table: readCellTable(page.value.arrow, schema) };
}

function shown({ schema, table }: Rows) {
  const rows = Array.from({ length: table.rowCount }, (_, row) =>
    schema.map((_field, column) => table.textAt(row, column)),
  );
  return { columns: schema.map(({ name, type }) => `${name} ${type}`), rows };
}

function textOf({ schema, table }: Rows, format: RowFormat): string {
  const { line, whole } = rowText(format, schema, 'sink');
  const lines = Array.from({ length: table.rowCount }, (_, row) =>
    line(
      schema.map((_field, column) => table.valueAt(row, column)),
      row,
    ),
  );
  return whole(lines);
}

/** Each a list of expressions, in a table of one column; the first row is all that tells a type. */
const columns: readonly (readonly [name: string, ...values: string[]])[] = [
  ['boolean', 'true', 'NULL', 'false'],
  ['tinyint', '-128Y', '127Y', 'NULL'],
  ['smallint', '-32768S', '0S', '32767S'],
  ['int', '-2147483648', '2147483647', 'NULL'],
  ['bigint', '(-9223372036854775807L - 1L)', '9223372036854775807L', 'NULL'],
  ['float', "float('NaN')", "float('-Infinity')", '1.17549435E-38F', '0.1F', '-0.0F', '1.4E-45F'],
  [
    'double',
    "double('NaN')",
    "double('Infinity')",
    '0.1D',
    '-0.0D',
    '4.9E-324D',
    '1.0E16D',
    '123456.5D',
  ],
  ['decimal', '1.50BD', '-0.01BD', 'NULL'],
  [
    'decimal of all digits',
    'CAST("-99999999999999999999999999999999999999" AS DECIMAL(38,0))',
    'CAST(7 AS DECIMAL(38,0))',
  ],
  ['decimal below one', 'CAST("0.0000000001" AS DECIMAL(10,10))', 'CAST(0 AS DECIMAL(10,10))'],
  [
    'string',
    "''",
    "' '",
    "'it\\'s'",
    '\'say "x"\'',
    "'back\\\\slash'",
    "'\\\\n is no newline'",
    "'a\\nb\\r\\nc\\td'",
    "'ends in \\\\'",
    "'\\\\%\\\\_'",
    "'NULL'",
    "'null'",
    "'émoji 😀 日本'",
    "'${x} :y ? -- ; /*'",
    "'a\\u0000b\\u0001'",
    "'\\u2028\\u0085'",
    'NULL',
  ],
  ['string with a collation', "'a' COLLATE UTF8_LCASE", "'A' COLLATE UTF8_LCASE"],
  ['binary', "X''", "X'00FF7F'", 'NULL'],
  ['date', "DATE'2024-02-29'", "DATE'0001-01-01'", "DATE'9999-12-31'", "DATE'1582-10-10'", 'NULL'],
  ['date of five digits', "DATE'+12345-01-02'"],
  ['date before the first year', "DATE'-0044-03-15'"],
  [
    'timestamp',
    "TIMESTAMP'2024-01-02 03:04:05.123456'",
    "TIMESTAMP'1900-01-01 00:00:00'",
    "TIMESTAMP'1880-01-01 00:00:00'",
    "TIMESTAMP'2024-01-02 03:04:05.5'",
    'NULL',
  ],
  [
    'timestamp in the hour that is twice',
    "TIMESTAMP'2024-10-27 00:30:00Z'",
    "TIMESTAMP'2024-10-27 01:30:00Z'",
    "TIMESTAMP'2024-03-31 01:00:00Z'",
  ],
  [
    'timestamp_ntz',
    "TIMESTAMP_NTZ'2024-03-31 02:30:00'",
    "TIMESTAMP_NTZ'1969-12-31 23:59:59.999999'",
  ],
  ['time', "TIME'12:34:56.789012'", "TIME'00:00:00'", 'NULL'],
  ['time of three digits', "CAST('12:34:56.789' AS TIME(3))", "CAST('00:00:00' AS TIME(3))"],
  [
    'interval day to second',
    "INTERVAL '-1 02:03:04.5' DAY TO SECOND",
    "INTERVAL '0 00:00:00' DAY TO SECOND",
  ],
  ['interval hour', "INTERVAL '5' HOUR", "INTERVAL '-50' HOUR"],
  ['interval minute to second', "INTERVAL '-70:01.000001' MINUTE TO SECOND"],
  ['interval year to month', "INTERVAL '-1-2' YEAR TO MONTH", "INTERVAL '0-0' YEAR TO MONTH"],
  ['interval month', "INTERVAL '14' MONTH"],
  ['void', 'NULL', 'NULL'],
  ['only nulls', 'CAST(NULL AS DATE)', 'CAST(NULL AS DATE)'],
  ['array', "array('a', NULL, '', 'it\\'s')", 'array()', 'NULL', 'array(NULL)'],
  ['array that begins empty', 'CAST(array() AS ARRAY<INT>)', 'array(1)', 'NULL'],
  ['array of arrays', 'array(array(1.5D), array(), NULL)', 'array(array(double("NaN")))'],
  ['map', "map('a', 1, '', NULL)", 'map()', 'NULL'],
  ['map of structs', "map(1L, named_struct('x', DATE'2024-01-01'))", 'NULL'],
  [
    'struct',
    "named_struct('a', 1, 'b', 'x')",
    "named_struct('a', CAST(NULL AS INT), 'b', CAST(NULL AS STRING))",
    'NULL',
  ],
  ['struct of odd names', "named_struct('a b', 1, 'it\\'s', X'FF', '`q`', true)", 'NULL'],
  [
    'struct of everything',
    "named_struct('d', 1.50BD, 't', TIMESTAMP'2024-01-02 03:04:05', 'i', INTERVAL '1' DAY, 'm', map('k', array(1Y)))",
  ],
  ['array of instants', "array(TIMESTAMP'2024-07-02 03:04:05.5', NULL)", 'array()', 'NULL'],
  ['map of instants', "map('k', TIMESTAMP'2024-07-02 03:04:05')", 'NULL'],
  [
    'struct of instants',
    "named_struct('d', 1.50BD, 'at', TIMESTAMP'2024-07-02 03:04:05', 'day', DATE'2024-07-02', 'n', array(named_struct('at', TIMESTAMP'2024-01-02 03:04:05')))",
    'NULL',
  ],
  ['variant', 'parse_json(\'{"a": [1, 2.5, "x", null, true]}\')', 'NULL'],
];

function queryOf(values: readonly string[]): string {
  const rows = values.map((value, row) => `SELECT ${row} AS n, ${value} AS \`the value\``);
  return `SELECT * FROM (${rows.join(' UNION ALL ')}) ORDER BY n`;
}

test.each(columns)('VALUES of %s', async (_name, ...values) => {
  const rows = await rowsOf(queryOf(values));
  expect(rows.table.rowCount).toBe(values.length);
  const text = textOf(rows, 'values');
  expect(shown(await rowsOf(`SELECT * FROM ${text}`)), text).toEqual(shown(rows));
  expect(shown(await rowsOf(text)), text).toEqual(shown(rows));
});

/** What a file has no type for is left out: each format says so of itself. */
const files: Readonly<Record<'csv' | 'json' | 'parquet', RegExp>> = {
  csv: /^(array|map|struct|interval|binary|void|variant|time )|^time$|collation|five digits|before the first/,
  json: /before the first|^(void|variant|time )|^time$|collation|binary|interval|map of structs|odd names|everything/,
  parquet: /^(void|variant)|collation|interval|three digits|odd names|everything/,
};
const options = {
  csv: { options: { header: 'true', multiLine: 'true', escape: '"', nullValue: '\\N' } },
  json: {},
  parquet: {},
};
type FileFormat = keyof typeof files;

const inFiles = (format: FileFormat) => columns.filter(([name]) => !files[format].test(name));
const schemaOf = (format: FileFormat, { schema }: Rows) => (format === 'parquet' ? {} : { schema });

async function readBack(
  format: FileFormat,
  path: string,
  rows: Rows,
  own: { readonly options?: Readonly<Record<string, string>> } = options[format],
): Promise<Rows> {
  const view = { name: 'back', path, format, ...schemaOf(format, rows), ...own };
  expect(await call('defineView', { sessionId: 's', view })).toMatchObject({ ok: true });
  return rowsOf('SELECT * FROM back');
}

for (const format of ['csv', 'json', 'parquet'] as const) {
  test.each(inFiles(format))(`${format} of %s`, async (name, ...values) => {
    const text = queryOf(values);
    const path = join(folder, `${name}.${format}`);
    const exported = await call('exportQuery', { sessionId: 's', text, path, format });
    expect(exported).toEqual({ ok: true, value: { rowCount: values.length } });
    const rows = await rowsOf(text);
    expect(shown(await readBack(format, path, rows))).toEqual(shown(rows));
  });
}

for (const format of ['csv', 'json'] as const) {
  test.each(inFiles(format))(`${format} that is copied of %s`, async (name, ...values) => {
    const rows = await rowsOf(queryOf(values));
    const path = join(folder, `copied ${name}.${format}`);
    writeFileSync(path, textOf(rows, format));
    const own = format === 'json' ? { options: { multiLine: 'true' } } : options.csv;
    expect(shown(await readBack(format, path, rows, own))).toEqual(shown(rows));
  });
}
