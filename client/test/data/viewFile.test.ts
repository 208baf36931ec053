import { describe, expect, test } from 'vitest';
import { definitionOf, parseViews, printViews } from '#client/data/viewFile.ts';

describe('.strata/views.json', () => {
  test('reads back what it wrote, in the order of the names', () => {
    const text = printViews([
      { name: 'orders', path: 'data/orders.csv', options: { sep: ';' } },
      { name: 'events', path: 'events', format: 'parquet' },
    ]);
    expect(text).toBe(
      `${JSON.stringify({ views: { events: { path: 'events', format: 'parquet' }, orders: { path: 'data/orders.csv', options: { sep: ';' } } } }, null, 2)}\n`,
    );
    const read = parseViews(text);
    expect(read.ok && read.value.map(({ name }) => name)).toEqual(['events', 'orders']);
  });

  test('takes a path alone, and options that are no texts', () => {
    const read = parseViews(
      '{"views":{"a":"a.csv","b":{"path":"b.csv","options":{"header":false}}}}',
    );
    expect(read).toEqual({
      ok: true,
      value: [
        { name: 'a', path: 'a.csv' },
        { name: 'b', path: 'b.csv', options: { header: 'false' } },
      ],
    });
  });

  test.each([
    ['{', 'JSON'],
    ['{"views":{"a":{}}}', "'a' has no path"],
    ['{"views":{"a":{"path":"a.xls","format":"xls"}}}', "the format 'xls'"],
  ])('says what is wrong with %s', (text, why) => {
    const read = parseViews(text);
    expect(read.ok ? '' : read.error.message).toContain(why);
  });

  test('puts a relative path behind its folder', () => {
    const join = (path: string) => `/folder/${path}`;
    expect(definitionOf({ name: 'a', path: 'data/a.csv' }, join).path).toBe('/folder/data/a.csv');
    expect(definitionOf({ name: 'a', path: '/elsewhere/a.csv' }, join).path).toBe(
      '/elsewhere/a.csv',
    );
    expect(definitionOf({ name: 'a', path: 'C:\\a.csv' }, join).path).toBe('C:\\a.csv');
  });
});
