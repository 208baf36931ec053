import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CopyFormat } from '#shared/layout/copyText.ts';
import { base64Text, copyBytesAs, copyTableAs } from '#shared/layout/copyText.ts';
import type { DType } from '#shared/layout/dtype.ts';
import { parseDType } from '#shared/layout/dtypeText.ts';
import { parseElement } from '#shared/layout/elementParse.ts';
import { formatElement, hexText } from '#shared/layout/elementText.ts';
import { decodeElement } from '#shared/layout/elementValue.ts';
import { bytesOfPaste, tableOfPaste } from '#shared/layout/pasteText.ts';

function dtypeOf(text: string): DType {
  const dtype = parseDType(text);
  if (!dtype.ok) throw new Error(dtype.error.message);
  return dtype.value;
}

const textOf = (dtype: DType, bytes: Uint8Array) =>
  formatElement(dtype, decodeElement(dtype, new DataView(bytes.buffer), 0));

describe('typed text becomes these bytes', () => {
  test.each([
    ['?', 'true', '01'],
    ['<u2', '513', '0102'],
    ['>u2', '0x0201', '0201'],
    ['<i8', '-9_223_372_036_854_775_808', '0000000000000080'],
    ['<f2', '0.1', '662e'],
    ['<f4', '1e-45', '01000000'],
    ['>f8', '-inf', 'fff0000000000000'],
    ['<c8', '(1-0.5j)', '0000803f000000bf'],
    ['<c8', '2j', '0000000000000040'],
    ['S4', "b'a\\x00b'", '61006200'],
    ['S4', 'é', 'c3a90000'],
    ['<U2', "'😀x'", '00f6010078000000'],
    ['<M8[D]', '2024-02-29', '464d000000000000'],
    ['<M8[ns]', 'NaT', '0000000000000080'],
    ['<M8[25s]', '1970-01-01T00:01:15', '0300000000000000'],
    ['<m8[h]', '-5 hours', 'fbffffffffffffff'],
    ['V3', '0a 0b 0C', '0a0b0c'],
  ])('%s %s', (dtype, text, hex) => {
    const parsed = parseElement(dtypeOf(dtype), text);
    expect(parsed.ok ? hexText(parsed.value) : parsed.error.message).toBe(hex);
  });
});

describe('what does not fit is said', () => {
  test.each([
    ['u1', '256', '256 is out of range for uint8 (0 to 255).'],
    ['i1', '-129', '-129 is out of range for int8 (-128 to 127).'],
    ['<i4', '1.5', "'1.5' is no whole number."],
    ['<f2', '65520', '65520 is too large for float16.'],
    ['<f4', '1e39', '1e39 is too large for float32.'],
    ['<f8', '1e999', '1e999 is too large for float64.'],
    ['<f8', 'one', "'one' is no number."],
    ['<f8', '', "'' is no number."],
    ['?', '2', "'2' is neither True nor False."],
    ['<c16', '1+j+', "'1+j+' is no complex number, such as 1+2j."],
    ['<M8[D]', '2023-02-29', "'2023-02-29' is not on the calendar."],
    ['<M8[M]', '2023-02-03', "'2023-02-03' is finer than the unit of this array (M)."],
    ['<U1', "'ab'", '2 characters are more than the 1 of'],
    ['S2', 'abc', '3 bytes are more than the 2 of'],
    ['V2', '0a', '1 bytes were typed, and an element has 2.'],
    ['<f16', '1.5', 'Extended floats have more digits'],
  ])('%s %s', (dtype, text, message) => {
    const parsed = parseElement(dtypeOf(dtype), text);
    expect(parsed.ok ? hexText(parsed.value) : parsed.error.message).toContain(message);
  });
});

test('the text of any element is read back as the same element', () => {
  const dtypes = ['?', 'i1', '<u2', '>i4', '<i8', '>u8', '<f2', '>f4', '<f8', '<c8', '>c16', 'S5'];
  const times = ['<M8[s]', '<M8[D]', '>M8[25m]', '<M8[us]', '<m8[ns]', '<m8[7D]', '<M8[M]', 'V4'];
  fc.assert(
    fc.property(
      fc.constantFrom(...dtypes, ...times),
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      (name, random) => {
        const dtype = dtypeOf(name);
        const bytes = random.slice(0, dtype.itemsize);
        // Far years have more digits than a calendar of ours has.
        if (name.includes('M8')) bytes.fill(0, 4, 7);
        if (name.includes('<M8')) bytes.fill(0, 3);
        else if (name.includes('>M8')) bytes.fill(0, 0, 5);
        const text = textOf(dtype, bytes);
        const parsed = parseElement(dtype, text);
        expect(parsed.ok ? textOf(dtype, parsed.value) : parsed.error.message).toBe(text);
      },
    ),
    { numRuns: 1500 },
  );
});

describe('copied as', () => {
  const bytes = Uint8Array.of(1, 0, 255, 65);
  test.each<[CopyFormat, string]>([
    ['hex', '01 00 FF 41'],
    ['base64', 'AQD/QQ=='],
    ['python', "b'\\x01\\x00\\xffA'"],
    ['numpy', "np.frombuffer(b'\\x01\\x00\\xffA', dtype=np.uint8)"],
    ['c', 'const unsigned char data[4] = {\n  0x01, 0x00, 0xff, 0x41,\n};'],
    ['json', '[1,0,255,65]'],
    ['markdown', '| 0 | 1 | 2 | 3 |\n| --- | --- | --- | --- |\n| 01 | 00 | ff | 41 |'],
  ])('bytes as %s', (format, text) => {
    expect(copyBytesAs(format, bytes)).toBe(text);
  });

  const float = dtypeOf('<f4');
  const plain = {
    columns: [
      { name: '', dtype: float },
      { name: '', dtype: float },
    ],
    rows: [
      [0.5, Number.NaN],
      [Infinity, -2],
    ],
    bytes: new Uint8Array(16),
  };
  test.each<[CopyFormat, string]>([
    ['tsv', '0.5\tnan\ninf\t-2.0'],
    ['csv', '0.5,nan\ninf,-2.0'],
    ['json', '[[0.5,"nan"],["inf",-2]]'],
    ['markdown', '| 0 | 1 |\n| --- | --- |\n| 0.5 | nan |\n| inf | -2.0 |'],
    ['numpy', "np.array([[0.5, np.nan], [np.inf, -2.0]], dtype='<f4')"],
    ['c', 'const float data[2][2] = {\n  {0.5f, NAN},\n  {INFINITY, -2.0f},\n};'],
  ])('elements as %s', (format, text) => {
    expect(copyTableAs(format, plain)).toBe(text);
  });

  const named = {
    columns: [
      { name: 'id', dtype: dtypeOf('<i8') },
      { name: 'name', dtype: dtypeOf('<U4') },
    ],
    rows: [[7n, 'a,"b']],
    bytes: new Uint8Array(24),
  };
  test.each<[CopyFormat, string]>([
    ['csv', 'id,name\n7,"\'a,""b\'"'],
    ['json', '[{"id":7,"name":"a,\\"b"}]'],
    ['numpy', "np.array([(7, 'a,\"b')], dtype=[('id', '<i8'), ('name', '<U4')])"],
  ])('fields as %s', (format, text) => {
    expect(copyTableAs(format, named)).toBe(text);
  });

  test('base64 as everybody has it', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (some) => {
        expect(base64Text(some)).toBe(Buffer.from(some).toString('base64'));
      }),
    );
  });
});

describe('pasted', () => {
  test.each([
    ['de ad be EF', 'hex', 'deadbeef'],
    ['0xde, 0xad', 'hex', 'dead'],
    ["b'\\xde\\xad'", 'hex', 'dead'],
    ['dea', 'text', '646561'],
    ['häh', 'text', '68c3a468'],
  ])('%s is %s', (text, kind, hex) => {
    const pasted = bytesOfPaste(text);
    expect([pasted.kind, hexText(pasted.bytes)]).toEqual([kind, hex]);
  });

  test('a table of a spreadsheet', () => {
    expect(tableOfPaste('1\t2\r\n3\t4\r\n')).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
  });
});
