import { describe, expect, test } from 'vitest';
import { fencesIn, magicIn } from '#shared/embeddedSql.ts';
import { literalOf, withValues } from '#client/queries/parameters.ts';
import { sampleQueries } from '#client/queries/sampleQueries.ts';

describe('parameters', () => {
  test.each([
    ['12', '12'],
    ['-1.5', '(-1.5)'],
    ['Oslo', "'Oslo'"],
    ["it's", "'it\\'s'"],
    ["'quoted'", "'quoted'"],
    ['2024-01-01', "'2024-01-01'"],
    ["date '2024-01-01'", "date '2024-01-01'"],
    ['NULL', 'NULL'],
    ['array(1, 2)', 'array(1, 2)'],
    ['1; DROP TABLE t', "'1; DROP TABLE t'"],
    ["' OR 1=1 --", "'\\' OR 1=1 --'"],
  ])('%s is %s in SQL', (typed, written) => {
    expect(literalOf(typed)).toBe(written);
  });

  test('stand where their marks were', () => {
    const text = 'SELECT :a FROM ${t} WHERE x = :a';
    const parameters = [
      { kind: 'value', name: 'a', start: 7, end: 9 },
      { kind: 'text', name: 't', start: 15, end: 19 },
      { kind: 'value', name: 'a', start: 30, end: 32 },
    ] as const;
    const values = { a: 'Oslo', t: 'orders' };
    const put = withValues(text, parameters, ({ name }) => values[name as 'a' | 't']);
    expect(put.text).toBe("SELECT 'Oslo' FROM orders WHERE x = 'Oslo'");
    expect(put.replaced.map(({ length }) => length)).toEqual([6, 6, 6]);
  });
});

describe('SQL in other documents', () => {
  test('is in fences of Markdown', () => {
    const text =
      '# A\n```sql\nSELECT 1\n```\n~~~spark-sql title=x\nSELECT 2;\nSELECT 3\n~~~\n```python\n```\n````\n```sql\nno\n```\n````\n```sql\nopen';
    const found = fencesIn(text).map(({ line, start, end, isSpark }) => [
      ...[line, text.slice(start, end), isSpark],
    ]);
    expect(found).toEqual([
      [1, 'SELECT 1\n', false],
      [4, 'SELECT 2;\nSELECT 3\n', true],
    ]);
    const [windows] = fencesIn('a\r\n```sql\r\nSELECT 1\r\n```\r\n');
    expect(windows).toEqual({ line: 1, start: 11, end: 21, isSpark: false });
  });

  test('is in cells that begin with %%sql', () => {
    expect(magicIn('%%sql result <<\nSELECT 1')).toEqual({
      line: 0,
      start: 16,
      end: 24,
      isSpark: false,
    });
    expect(magicIn('%%sparksql\nSELECT 1')?.isSpark).toBe(true);
    expect(magicIn('%%time\nSELECT 1')).toBeUndefined();
  });
});

describe('queries to begin with', () => {
  const fields = [
    { name: 'order_id', type: 'int', nullable: true },
    { name: 'city name', type: 'string', nullable: true },
    { name: 'total', type: 'decimal(10,2)', nullable: true },
    { name: 'day', type: 'date', nullable: true },
    { name: 'tags', type: 'map<string,int>', nullable: true },
  ];

  test('are about the columns that there are', () => {
    expect(sampleQueries('orders', fields).map(({ label }) => label)).toEqual([
      'First rows',
      'How many rows',
      'Rows by city name',
      'Total total by city name',
      'Top 3 total within each city name',
      'Range of total',
      'Rows by month of day',
    ]);
    expect(sampleQueries('t', []).map(({ label }) => label)).toEqual([
      'First rows',
      'How many rows',
    ]);
  });
});
