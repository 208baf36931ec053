import { describe, expect, test } from 'vitest';
import {
  definitionOf,
  editViews,
  parseViews,
  printViews,
  type ViewEdit,
} from '#client/data/viewFile.ts';

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
    expect(read.views.map(({ name }) => name)).toEqual(['events', 'orders']);
  });

  test('takes a path alone, and options that are no texts', () => {
    const read = parseViews(
      '{"views":{"a":"a.csv","b":{"path":"b.csv","options":{"header":false}}}}',
    );
    expect(read).toEqual({
      views: [
        { name: 'a', path: 'a.csv' },
        { name: 'b', path: 'b.csv', options: { header: 'false' } },
      ],
    });
  });

  test.each([
    ['{', 'it ends where a value is expected (line 1, column 2)'],
    ['{"views":{\n  "a": "a.csv"\n  "b": "b.csv"}}', "',' or '}' is expected (line 3, column 3)"],
    ['{"views":{\n  "a": tru}}', 'a value is expected (line 2, column 8)'],
    ['{"views":{"a": "a.csv", "A": "b.csv"}}', "two views are called 'A'"],
    ['{"views":{"a":{}}}', "'a' has no path"],
    ['{"views":{"a":{"path":"a.xls","format":"xls"}}}', "the format 'xls'"],
  ])('says what is wrong with %s', (text, why) => {
    expect(parseViews(text).problem).toContain(why);
    const put: ViewEdit = { kind: 'put', view: { name: 'c', path: 'c.csv' } };
    expect(editViews(text, put).ok).toBe(false);
  });

  test('reads the views beside one that is wrong', () => {
    const read = parseViews('{"views":{"a":{"path":"a","format":"xls"},"b":"b.csv","B":"c.csv"}}');
    expect(read.views).toEqual([{ name: 'b', path: 'b.csv' }]);
    expect(read.problem).toContain("the format 'xls'");
  });

  describe('with comments, changes a view and nothing else', () => {
    const text = `{
  // What we read.
  "views": {
    "a": "a.csv", // the first
    "b": { "path": "b.csv", }, /* the last */
  },
}
`;
    test.each<[ViewEdit, string, string]>([
      [{ kind: 'rename', name: 'a', to: 'my "a"' }, '"a": "a.csv"', '"my \\"a\\"": "a.csv"'],
      [
        { kind: 'put', view: { name: 'c', path: 'c.csv' } },
        '{ "path": "b.csv", },',
        '{ "path": "b.csv", },\n    "c": {"path":"c.csv"},',
      ],
      [{ kind: 'put', view: { name: 'A', path: 'x' } }, '"a": "a.csv"', '"A": {"path":"x"}'],
      [{ kind: 'remove', name: 'a' }, '"a": "a.csv", // the first\n    ', ''],
      [{ kind: 'remove', name: 'b' }, '"b": { "path": "b.csv", },', ''],
    ])('%j', (edit, was, is) => {
      const changed = editViews(text, edit);
      expect(changed).toEqual({ ok: true, value: text.replace(was, () => is) });
      expect(parseViews(changed.ok ? changed.value : '').problem).toBeUndefined();
    });

    test.each([
      [
        '{ "$schema": "s", "views": { "b": "b.csv" } }',
        '{ "$schema": "s", "views": { "b": "b.csv",\n    "a": {"path":"a.csv"} } }',
      ],
      ['{ "$schema": "s" }', '{ "$schema": "s",\n  "views": {\n    "a": {"path":"a.csv"}\n  } }'],
      ['{ // none yet\n}', '{\n  "views": {\n    "a": {"path":"a.csv"}\n  }\n // none yet\n}'],
      [
        '{ "views": null, // none yet\n}',
        '{ "views": {\n    "a": {"path":"a.csv"}\n  }, // none yet\n}',
      ],
    ])('keeps what is no view: %s', (before, after) => {
      const put: ViewEdit = { kind: 'put', view: { name: 'a', path: 'a.csv' } };
      expect(editViews(before, put)).toEqual({ ok: true, value: after });
      expect(parseViews(after).problem).toBeUndefined();
    });

    test('and without comments, prints all of them in order', () => {
      const put: ViewEdit = { kind: 'put', view: { name: 'a', path: 'a.csv' } };
      const added = editViews('{"views":{"b":"b.csv"}}', put);
      expect(added).toEqual({
        ok: true,
        value: printViews([
          { name: 'a', path: 'a.csv' },
          { name: 'b', path: 'b.csv' },
        ]),
      });
      expect(editViews('{', put).ok).toBe(false);
    });
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
