import { expect, test } from 'vitest';
import { macrosOf } from '../../src/duckdb/macros.ts';
import { testDatabase } from './evaluate.ts';

test('a statement brings its macros, each behind those that it is made of', () => {
  expect([...macrosOf('SELECT spark_double_string(1e10), spark_nonzero(1, 2)')]).toEqual([
    'spark_scientific',
    'spark_large',
    'spark_small',
    'spark_double_text',
    'spark_double_string',
    'spark_nonzero',
  ]);
  expect([...macrosOf('SELECT spark_of_its_own FROM t')]).toEqual([]);
});

test('statements that need a macro at once all have it', async () => {
  const database = await testDatabase();
  const sql = "SELECT spark_string_date(' 2024-2 '), spark_upper('straße')";
  const texts = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const connection = await database.connect(sql);
      const rows = await connection.runAndReadAll(sql);
      connection.closeSync();
      return rows.getRows().map((row) => row.map(String).join(' '));
    }),
  );
  expect(texts).toEqual(Array.from({ length: 4 }, () => ['2024-02-01 STRASSE']));
});
