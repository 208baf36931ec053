import { expect, test } from 'vitest';
import { expressionLowering } from '../../src/duckdb/lowerExpression.ts';
import { scalarCall } from '../../src/duckdb/scalarFunctions/scalarFunction.ts';
import type { ScalarFunction, Value } from '../../src/duckdb/scalarFunctions/scalarFunction.ts';
import { sparkErrorOf } from '../../src/duckdb/runtimeError.ts';
import type { DataType } from '#sql/plan/types.ts';
import {
  arrayType,
  binaryType,
  calendarIntervalType,
  dateType,
  decimalType,
  intType,
  longType,
  stringType,
  timestampType,
} from '#sql/plan/types.ts';
import { testDatabase } from './evaluate.ts';

/** What DuckDB makes of a call with arguments in its own SQL. */
async function run(
  definition: ScalarFunction,
  args: readonly (readonly [sql: string, type: DataType])[],
  type: DataType,
  from = '',
): Promise<string[]> {
  const lowering = expressionLowering('UTC');
  const call = {
    arguments: args.map(([, argumentType]) => ({ type: argumentType })),
    type,
    evalMode: 'ansi',
    range: { start: 7, end: 9 },
  } as const;
  const sql = scalarCall(
    definition,
    args.map(([text]) => text),
    call,
    lowering,
  );
  const functions = [...lowering.functions.values()];
  const connection = await (await testDatabase()).connect(sql, functions);
  try {
    const rows = await connection.runAndReadAll(`SELECT CAST(${sql} AS VARCHAR) ${from}`);
    return rows.getRows().map((row) => String(row[0]));
  } catch (error) {
    const spark = sparkErrorOf((error as Error).message, new Map());
    return [spark ? `${spark.class} ${spark.start}-${spark.end} ${spark.message}` : String(error)];
  } finally {
    connection.closeSync();
  }
}

const same: ScalarFunction = { name: 'test_same', prepare: () => (value: Value) => value };

test.each([
  ['42', intType, '42'],
  ['9007199254740993', longType, '9007199254740993'],
  ["CAST('12.50' AS DECIMAL(10, 2))", decimalType(10, 2), '12.50'],
  ["'text'", stringType, 'text'],
  ["'\\xAB'::BLOB", binaryType, '\\xAB'],
  ["DATE '2024-02-29'", dateType, '2024-02-29'],
  ["TIMESTAMP '2024-02-29 01:02:03.000004'", timestampType, '2024-02-29 01:02:03.000004'],
  ['INTERVAL (14) MONTH', calendarIntervalType, '1 year 2 months'],
  ["['a', NULL]", arrayType(stringType), '[a, NULL]'],
  [
    'MAP {1: [2.5::DECIMAL(3,1)]}',
    {
      kind: 'map',
      key: intType,
      value: arrayType(decimalType(3, 1)),
      valueContainsNull: true,
    } as const,
    '{1=[2.5]}',
  ],
  [
    "{'a': 1, 'b': DATE '2024-01-01'}",
    {
      kind: 'struct',
      fields: [
        { name: 'a', type: intType, nullable: true },
        { name: 'b', type: dateType, nullable: true },
      ],
    } as const,
    "{'a': 1, 'b': 2024-01-01}",
  ],
] as const)('a value goes in and out as it is: %s', async (sql, type, text) => {
  expect(await run(same, [[sql, type]], type)).toEqual([text]);
});

test('nulls skip a function that did not ask for them', async () => {
  const length: ScalarFunction = {
    name: 'test_length',
    prepare: () => (value: string) => value.length,
  };
  const from = "FROM (VALUES ('ab'), (NULL), ('abc')) AS t(s)";
  expect(await run(length, [['s', stringType]], intType, from)).toEqual(['2', 'null', '3']);
  const isThere: ScalarFunction = {
    name: 'test_there',
    nulls: 'passed',
    prepare: () => (value: string | null) => (value === null ? 0 : 1),
  };
  expect(await run(isThere, [['s', stringType]], intType, from)).toEqual(['1', '0', '1']);
});

test('a condition that it raises comes out with its place', async () => {
  const failing: ScalarFunction = {
    name: 'test_failing',
    prepare:
      ({ raise }) =>
      (value: string) =>
        raise('USER_RAISED_EXCEPTION', `no ${value}`),
  };
  expect(await run(failing, [["'x'", stringType]], stringType)).toEqual([
    'USER_RAISED_EXCEPTION 7-9 [USER_RAISED_EXCEPTION] no x SQLSTATE: P0001',
  ]);
});

test('rows of many chunks and threads meet one function', async () => {
  const twice: ScalarFunction = {
    name: 'test_twice',
    prepare: () => (value: bigint) => value * 2n,
  };
  const rows = await run(twice, [['i', longType]], longType, 'FROM range(10000) AS t(i)');
  expect(rows).toHaveLength(10000);
  expect(rows[9999]).toBe('19998');
});
