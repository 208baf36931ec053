/** Arrow and Feather files as tables, with Spark's types for Arrow's. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  Binary,
  Bool,
  DateDay,
  Decimal,
  Dictionary,
  DurationSecond,
  Field,
  Float64,
  Int32,
  Int64,
  List,
  Map_,
  Struct,
  Table,
  tableToIPC,
  TimeMicrosecond,
  TimeMillisecond,
  TimeNanosecond,
  TimestampMicrosecond,
  TimestampNanosecond,
  Uint32,
  Uint64,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import type { DataType } from 'apache-arrow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ok } from '#shared/result.ts';
import { createEngine } from '../../src/session/engine.ts';
import { testDatabase } from '../duckdb/evaluate.ts';
import { runStatement } from '../runStatement.ts';

const { signal } = new AbortController();
const engine = createEngine({
  database: async () => ok(await testDatabase()),
  onProgress: () => undefined,
  storeByteLength: 1 << 24,
});
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'strata-arrow-'));
  void engine.answers.openSession({ sessionId: 's', settings: {} }, signal);
});
afterAll(() => {
  engine.dispose();
  rmSync(folder, { recursive: true, force: true });
});

/** The schema, and the rows as the spark-sql shell prints them; the class of the failure. */
async function read(path: string, query = 'SELECT * FROM t'): Promise<readonly string[]> {
  const defined = await engine.answers.defineView(
    { sessionId: 's', view: { name: 't', path } },
    signal,
  );
  if (!defined.ok) return [defined.error.kind === 'spark' ? defined.error.class : ''];
  const ran = await runStatement(engine, 's', query);
  if (!ran.ok) return [ran.error.message];
  return [ran.schema.map(({ name, type }) => `${name} ${type}`).join(', '), ...ran.rows];
}

function write(
  columns: Readonly<Record<string, readonly [DataType, readonly unknown[]]>>,
  form: 'file' | 'stream' = 'file',
): string {
  const vectors = Object.entries(columns).map(
    ([name, [type, values]]) => [name, vectorFromArray(values, type)] as const,
  );
  const path = join(folder, 'table.arrow');
  writeFileSync(path, tableToIPC(new Table(Object.fromEntries(vectors)), form));
  return path;
}

const cases: readonly (readonly [DataType, readonly unknown[], string, readonly string[]])[] = [
  [new Int32(), [1, null, -5], 'int', ['1', 'NULL', '-5']],
  [new Int64(), [2n ** 63n - 1n], 'bigint', ['9223372036854775807']],
  [new Uint32(), [4_294_967_295], 'bigint', ['4294967295']],
  [new Uint64(), [2n ** 64n - 1n], 'decimal(20,0)', ['18446744073709551615']],
  [
    new Float64(),
    [0.1, Number.NaN, -Infinity, null],
    'double',
    ['0.1', 'NaN', '-Infinity', 'NULL'],
  ],
  [new Bool(), [true, false, null], 'boolean', ['true', 'false', 'NULL']],
  [new Utf8(), ['a "b"\n\\', '', null], 'string', ['a "b"\n\\', '', 'NULL']],
  [
    new Dictionary(new Utf8(), new Int32()),
    ['x', 'y', 'x', null],
    'string',
    ['x', 'y', 'x', 'NULL'],
  ],
  [new DateDay(), [new Date('1969-12-31'), null], 'date', ['1969-12-31', 'NULL']],
  [new DurationSecond(), [90_061n], 'interval day to second', ['1 01:01:01.000000000']],
  [
    new List(new Field('item', new Int32(), true)),
    [[1, null], [], null],
    'array<int>',
    ['[1,null]', '[]', 'NULL'],
  ],
  [
    new Struct([new Field('x', new Int32(), true), new Field('s', new Utf8(), true)]),
    [
      { x: 1, s: 'a' },
      { x: null, s: null },
    ],
    'struct<x:int,s:string>',
    ['{"x":1,"s":"a"}', '{"x":null,"s":null}'],
  ],
];

test.each(cases)('%s', async (type, values, spark, rows) => {
  const [schema, ...found] = await read(write({ c: [type, values] }));
  expect(schema).toBe(`c ${spark}`);
  expect(found).toEqual(rows);
});

test('times keep their microseconds, and say whether they are instants', async () => {
  const micros = new TimestampMicrosecond('UTC');
  const local = new TimestampNanosecond();
  const path = write({
    at: [micros, [1_700_000_000_123]],
    local: [local, [1_700_000_000_123]],
  });
  expect(await read(path)).toEqual([
    'at timestamp, local timestamp_ntz',
    '2023-11-14 22:13:20.123\t2023-11-14 22:13:20.123',
  ]);
});

test('decimals, maps and bytes', async () => {
  const entries = new Struct([
    new Field('key', new Utf8(), false),
    new Field('value', new Int32(), true),
  ]);
  const words = new Uint32Array([0xffffff85, 0xffffffff, 0xffffffff, 0xffffffff]);
  const path = write({
    d: [new Decimal(2, 10, 128), [words]],
    m: [new Map_(new Field('entries', entries as never, false)), [new Map([['a', 1]])]],
    b: [new Binary(), [new Uint8Array([0, 255])]],
  });
  expect(await read(path, 'SELECT d, m, hex(b) AS b FROM t')).toEqual([
    'd decimal(10,2), m map<string,int>, b string',
    '-1.23\t{"a":1}\t00FF',
  ]);
});

test('a stream is read as a file is, and counted without its columns', async () => {
  const path = write({ n: [new Int32(), Array.from({ length: 5000 }, (_, k) => k)] }, 'stream');
  expect(await read(path, 'SELECT count(*) AS n, sum(n) AS s FROM t')).toEqual([
    'n bigint, s bigint',
    '5000\t12497500',
  ]);
  expect(await read(path, 'SELECT count(*) AS n FROM t')).toEqual(['n bigint', '5000']);
});

test('times of day, of microseconds and of nanoseconds', async () => {
  const noon = 43_200_000_000n;
  expect(await read(write({ t: [new TimeMicrosecond(), [noon, 500_000n]] }))).toEqual([
    't time(6)',
    '12:00:00',
    '00:00:00.5',
  ]);
  expect(await read(write({ t: [new TimeNanosecond(), [noon * 1000n]] }))).toEqual([
    't time(6)',
    '12:00:00',
  ]);
});

test('a type that Spark has none of is named, and a file that is cut is an error', async () => {
  expect(await read(write({ t: [new TimeMillisecond(), [1]] }))).toEqual([
    'UNSUPPORTED_COLUMN_TYPE',
  ]);
  const cut = join(folder, 'cut.arrow');
  writeFileSync(cut, 'ARROW1\0\0nothing');
  expect(await read(cut)).toHaveLength(1);
});

const fixture = (name: string) =>
  fileURLToPath(new URL(`../../../test-fixtures/formats/${name}`, import.meta.url));

// What scripts/formatFixtures.py wrote with pyarrow.
test.each(['lz4', 'zstd'])('what pyarrow packed by %s', async (name) => {
  const [schema, ...rows] = await read(fixture(`${name}.feather`));
  expect(schema).toBe('n int, w string');
  expect(rows).toEqual(Array.from({ length: 500 }, (_, k) => `${k}\trow ${k % 7}`));
});

test('what pyarrow wrote, nulls, lists, instants and a dictionary', async () => {
  expect(await read(fixture('columns.arrow'))).toEqual([
    'n int, w string, f boolean, l array<smallint>, t timestamp, c string',
    '1\ta\ttrue\t[1,2]\t1970-01-01 00:00:00\tx',
    'NULL\tbcd\tfalse\t[]\t1970-01-01 00:00:00.000001\ty',
    '3\t\tNULL\tNULL\t1970-01-01 00:00:00.000002\tx',
    '4\tNULL\ttrue\t[3]\t1970-01-01 00:00:00.000003\tx',
    '5\té\ttrue\t[4,5,6]\t1970-01-01 00:00:00.000004\ty',
  ]);
});
