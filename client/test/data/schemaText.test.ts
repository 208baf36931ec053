import { describe, expect, test } from 'vitest';
import { schemasText, schemaText } from '#client/data/schemaText.ts';
import { quoteName } from '#shared/protocol/sparkDdl.ts';

const fields = [
  { name: 'order_id', type: 'int', nullable: false },
  { name: 'join date', type: 'timestamp', nullable: true },
  { name: 'prices', type: 'map<string,array<decimal(10,2)>>', nullable: true },
  { name: 'who', type: 'struct<name:string,age:bigint>', nullable: true },
  { name: 'took', type: 'interval day to second', nullable: true },
];

describe('a schema as text', () => {
  test('is DDL', () => {
    expect(schemaText(fields, 'ddl')).toBe(
      [
        'order_id INT NOT NULL',
        '`join date` TIMESTAMP',
        'prices MAP<STRING, ARRAY<DECIMAL(10, 2)>>',
        'who STRUCT<name: STRING, age: BIGINT>',
        'took INTERVAL DAY TO SECOND',
      ].join(',\n'),
    );
  });

  test("is PySpark's StructType, with its import", () => {
    const text = schemaText(fields, 'structType');
    expect(text).toContain(
      'from pyspark.sql.types import ArrayType, DayTimeIntervalType, DecimalType,',
    );
    expect(text).toContain('    StructField("order_id", IntegerType(), False),');
    expect(text).toContain('MapType(StringType(), ArrayType(DecimalType(10, 2)))');
    expect(text).toContain(
      'StructType([StructField("name", StringType()), StructField("age", LongType())])',
    );
    expect(text).toContain('DayTimeIntervalType(0, 3)');
  });

  test("is Spark's JSON", () => {
    const json = JSON.parse(schemaText(fields, 'json')) as { fields: { type: unknown }[] };
    expect(json.fields[0]).toEqual({
      name: 'order_id',
      type: 'integer',
      nullable: false,
      metadata: {},
    });
    expect(json.fields[2]?.type).toEqual({
      type: 'map',
      keyType: 'string',
      valueType: { type: 'array', elementType: 'decimal(10,2)', containsNull: true },
      valueContainsNull: true,
    });
  });
});

test.each([
  ['order_id', 'order_id'],
  ['_c0', '_c0'],
  ['order', '`order`'],
  ['Null', '`Null`'],
  ['join date', '`join date`'],
  ['1st', '`1st`'],
  ['größe', '`größe`'],
  ['a`b', '`a``b`'],
])('%s is written %s in SQL', (name, expected) => {
  expect(quoteName(name)).toBe(expected);
});

test('schemas of several tables stand under their names', () => {
  const tables = ['a', 'b'].map((name) => ({
    name,
    fields: [{ name: 'n', type: 'int', nullable: true }],
  }));
  expect(schemasText(tables, 'ddl')).toBe('-- a\nn INT\n\n-- b\nn INT\n');
  expect(Object.keys(JSON.parse(schemasText(tables, 'json')) as object)).toEqual(['a', 'b']);
});
