/** Records found in bytes, whatever the pieces that the bytes come in. */
import { describe, expect, test } from 'vitest';
import { RecordScanner } from '../src/sources/csvRecords.ts';

const comma = { separator: 44, quote: 34, escape: 34 };
const backslash = { separator: 44, quote: 34, escape: 92 };
const plain = { separator: 9, quote: -1, escape: -1 };

const cases: readonly (readonly [text: string, marks: typeof comma, records: readonly string[]])[] =
  [
    ['a,b\n1,2\n', comma, ['a,b\n', '1,2\n']],
    ['a\r\n\r\n\nb', comma, ['a\r\n', 'b']],
    ['"a\nb",c\n"d""\n",e\n', comma, ['"a\nb",c\n', '"d""\n",e\n']],
    ['x"y\nz"\n', comma, ['x"y\n', 'z"\n']],
    ['"a\\"\nb"\nc\n', backslash, ['"a\\"\nb"\n', 'c\n']],
    ['"a\tb\nc"\n', plain, ['"a\tb\n', 'c"\n']],
    ['"open\nto the end', comma, ['"open\nto the end']],
  ];

describe.each(cases)('%j', (text, marks, records) => {
  test.each([1, 2, 3, 1000])('in pieces of %i', (size) => {
    const bytes = Buffer.from(text);
    const scanner = new RecordScanner(marks);
    const found: string[] = [];
    let from = 0;
    for (let base = 0; base < bytes.length; base += size) {
      scanner.scan(bytes.subarray(base, base + size), (end, isRecord) => {
        const record = text.slice(from, base + end);
        if (isRecord) found.push(record);
        from = base + end;
      });
    }
    if (scanner.hasRest) found.push(text.slice(from));
    expect(found).toEqual(records);
  });
});
