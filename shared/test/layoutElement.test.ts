import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DType } from '#shared/layout/dtype.ts';
import { dtypeName, dtypeText, parseDType } from '#shared/layout/dtypeText.ts';
import { elementToJson, formatElement } from '#shared/layout/elementText.ts';
import { decodeElement, float16ToNumber } from '#shared/layout/elementValue.ts';
import { float16Format, float64Text, narrowFloatText } from '#shared/layout/floatText.ts';
import { pep3118Format } from '#shared/layout/pep3118.ts';
import { parseStructFormat } from '#shared/layout/structFormat.ts';
import { dtypeOfStruct, unpackStruct, unpackedTypes } from '#shared/layout/structValue.ts';
import { NOT_A_TIME, datetimeText, timedeltaText } from '#shared/layout/timeText.ts';
import { readBufferTable } from './layoutTables.ts';

function dtypeOf(text: string): DType {
  const dtype = parseDType(text);
  if (!dtype.ok) throw new Error(dtype.error.message);
  return dtype.value;
}

function viewOf(hex: string): DataView {
  const bytes = Uint8Array.from(hex.replaceAll(' ', '').match(/../g) ?? [], (byte) =>
    Number.parseInt(byte, 16),
  );
  return new DataView(bytes.buffer);
}

describe('bytes of a dtype are this text and this JSON', () => {
  test.each<[dtype: string, hex: string, text: string, json: unknown]>([
    ['?', '02', 'True', true],
    ['i1', '80', '-128', -128],
    ['<u2', '0102', '513', 513],
    ['>u2', '0102', '258', 258],
    ['>i4', 'fffffffe', '-2', -2],
    ['<i8', '0000000000000080', '-9223372036854775808', { $int: '-9223372036854775808' }],
    ['<u8', '0100000000002000', '9007199254740993', { $int: '9007199254740993' }],
    ['>u8', '0000000000000007', '7', 7],
    ['<f2', '662e', '0.1', 0.0999755859375],
    ['<f2', '0100', '6e-08', 5.960464477539063e-8],
    ['<f2', 'ff7b', '65500.0', 65504],
    ['<f2', '007e', 'nan', { $f: 'nan' }],
    ['<f4', 'cdcccc3d', '0.1', 0.10000000149011612],
    ['>f4', '7f7fffff', '3.4028235e+38', 3.4028234663852886e38],
    ['<f4', '01000000', '1e-45', 1.401298464324817e-45],
    ['<f8', '9a9999999999b93f', '0.1', 0.1],
    ['<f8', '0000000000000080', '-0.0', { $f: '-0' }],
    ['<f8', '000000000000f0ff', '-inf', { $f: '-inf' }],
    ['<f16', '00000000000000a000c0000000000000', '-2.5', -2.5],
    ['<f16', 'cdcccccccccccccc fb3f 000000000000', '0.1', 0.1],
    ['<f16', '00d0cccccccccccc fb3f 000000000000', '0.10000000000000000555', 0.1],
    ['>f16', '000000000000 c000 a000000000000000', '-2.5', -2.5],
    ['<f16', '0000000000000080ff7f000000000000', 'inf', { $f: 'inf' }],
    ['<f16', 'ffffffffffffffff fe7f 000000000000', '1.189731495357231765e+4932', { $f: 'inf' }],
    ['<f16', '0100000000000000 0000 000000000000', '4e-4951', 0],
    ['<c8', '00000080000000bf', '-0.0-0.5j', { $c: [{ $f: '-0' }, -0.5] }],
    ['<c8', '0000803f0000807f', '1.0+infj', { $c: [1, { $f: 'inf' }] }],
    ['S5', '6100620000', "b'a\\x00b'", { $b: '610062' }],
    ['S3', '27ff5c', 'b"\'\\xff\\\\"', { $b: '27ff5c' }],
    ['<U2', '00f6010078000000', "'😀x'", '😀x'],
    ['>U2', '0001f60000000000', "'😀'", '😀'],
    ['<U1', '00d80000', "'\ufffd'", '\ufffd'],
    ['V2', '6100', '6100', { $b: '6100' }],
    ['<M8[s]', 'ffffffffffffffff', '1969-12-31T23:59:59', { $t: '1969-12-31T23:59:59', i8: -1 }],
    ['<M8[D]', '0000000000000080', 'NaT', { $t: 'NaT', i8: { $int: '-9223372036854775808' } }],
    ['>m8[ns]', '0000000000000005', '5 nanoseconds', { $t: '5 nanoseconds', i8: 5 }],
    ["[('a', '<i2'), ('', '|V1'), ('b', '>i2')]", '0100ff0002', '(1, 2)', { a: 1, b: 2 }],
    ["[('__proto__', 'u1')]", '05', '(5,)', JSON.parse('{"__proto__":5}')],
    [
      "[('m', '<i2', (2, 2))]",
      '0100020003000400',
      '([[1, 2], [3, 4]],)',
      {
        m: [
          [1, 2],
          [3, 4],
        ],
      },
    ],
    [
      "[('p', [('x', 'u1')], (2,)), ('q', (('u1', (2,)), (1,)))]",
      '01020304',
      '([(1,), (2,)], [[3, 4]])',
      { p: [{ x: 1 }, { x: 2 }], q: [[3, 4]] },
    ],
    ["[('none', '<f4', (0,))]", '', '([],)', { none: [] }],
  ])('%s %s', (dtype, hex, text, json) => {
    const type = dtypeOf(dtype);
    const value = decodeElement(type, viewOf(hex), 0);
    expect(formatElement(type, value)).toBe(text);
    expect(elementToJson(type, value)).toEqual(json);
  });
});

test('every half has a text that reads back as it', () => {
  for (let bits = 0; bits < 0x7c00; bits++) {
    const value = float16ToNumber(bits);
    const text = narrowFloatText(value, float16Format);
    const error = Number(text) - value;
    const below = value - float16ToNumber(Math.max(bits - 1, 0));
    const above = float16ToNumber(bits + 1) - value;
    expect(-below / 2 <= error && error <= above / 2, text).toBe(true);
  }
});

test('a double has the text of Python’s repr', () => {
  expect([1e16, 1e15, 1e-4, 1e-5, 123456.789, 1e100, 5e-324, 0].map(float64Text)).toEqual([
    '1e+16',
    '1000000000000000.0',
    '0.0001',
    '1e-05',
    '123456.789',
    '1e+100',
    '5e-324',
    '0.0',
  ]);
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(Number(float64Text(value))).toBe(value);
    }),
  );
});

describe('times are the text of NumPy', () => {
  test.each<[ticks: bigint, unit: string, text: string]>([
    [-5n, 'Y', '1965'],
    [-1982n, 'Y', '-012'],
    [123456n, 'M', '12258-01'],
    [-5n, 'M', '1969-08'],
    [-5n, 'W', '1969-11-27'],
    [123456n, 'W', '4336-01-30'],
    [2n ** 62n, 'D', '12626367463885247-04-15'],
    [-719162n, 'D', '0001-01-01'],
    [19782n, 'D', '2024-02-29'],
    [-5n, 'h', '1969-12-31T19'],
    [123456n, 'm', '1970-03-27T17:36'],
    [2n ** 63n - 1n, 'ns', '2262-04-11T23:47:16.854775807'],
    [-5n, 'as', '1969-12-31T23:59:59.999999999999999995'],
    [-1n, '25s', '1969-12-31T23:59:35'],
    [5n, '', '5'],
    [NOT_A_TIME, 'ns', 'NaT'],
  ])('%d %s', (ticks, unit, text) => {
    expect(datetimeText(ticks, unit)).toBe(text);
  });

  test('and spans have the name of their unit', () => {
    expect(timedeltaText(3n, '25s')).toBe('75 seconds');
    expect(timedeltaText(1n, '')).toBe('1 generic time units');
    expect(timedeltaText(NOT_A_TIME, 'D')).toBe('NaT');
  });
});

describe('a dtype text', () => {
  test.each([
    ['=i4', '<i4'],
    ['>i1', '|i1'],
    ['float32', '<f4'],
    ['>d', '>f8'],
    ['l', '<i8'],
    ['datetime64[ns]', '<M8[ns]'],
    ['M8[1s]', '<M8[s]'],
    ['m8[generic]', '<m8'],
    ['V0', '|V0'],
    ['U', '<U0'],
    ['>S3', '|S3'],
    ["[('', '|V4'), ('x', '<i4'), ('', '|V4')]", "[('', '|V4'), ('x', '<i4'), ('', '|V4')]"],
    ["[(('Title', 'a'), '<i4', 3)]", "[(('Title', 'a'), '<i4', (3,))]"],
    ['[]', '[]'],
  ])('%s is %s', (text, expected) => {
    expect(dtypeText(dtypeOf(text))).toBe(expected);
  });

  test.each([
    'f12',
    'i16',
    'f1',
    'B8',
    'M4[D]',
    'M8[]',
    'M8[2]',
    'M8[0s]',
    'M8[-3s]',
    'i4[s]',
    'S-1',
    '',
    '>',
    'i4, f8',
    'S99999999999',
    'constructor',
    "[('a',)]",
    "[('a', 'i4'), ('a', 'i4')]",
    '[1]',
    "[('a', 'i4', (-1,))]",
    "[('a', 'i4', (99999999999, 99999999999))]",
    "[('a', '<i4'",
    "__import__('os')",
    `${'['.repeat(100)}${']'.repeat(100)}`,
  ])('%s is no dtype', (text) => {
    expect(parseDType(text)).toMatchObject({ error: { kind: 'bad-dtype' } });
  });

  test.each(['O', '|O8', "[('a', 'i4'), ('b', '|O')]"])('%s has pickled objects', (text) => {
    expect(parseDType(text)).toMatchObject({ error: { kind: 'object-dtype' } });
  });

  test('never throws', () => {
    const characters = fc.constantFrom(...Array.from('[](){}\'",:<>=|abUSVM80 1i2f4\\xLO.-eE\n'));
    fc.assert(
      fc.property(fc.array(characters, { maxLength: 40 }), (parts) => {
        parseDType(parts.join(''));
      }),
      { numRuns: 2000 },
    );
  });
});

test('a struct format reads what struct.unpack reads', () => {
  const { pack } = readBufferTable('expect_struct.json') as {
    pack: { format: string; hex: string; unpacked: unknown[] }[];
  };
  for (const { format, hex, unpacked } of pack) {
    const { layout } = parseStructFormat(format);
    const values = unpackStruct(layout!, viewOf(hex), 0);
    const types = unpackedTypes(layout!);
    const json = values.map((value, position) => elementToJson(types[position]!, value));
    expect(json, format).toEqual(unpacked);
  }
});

test('a struct format is a dtype with padding as gaps', () => {
  const dtype = dtypeOfStruct(parseStructFormat('@b2ix4sd').layout!);
  expect(dtypeText(dtype)).toBe(
    "[('f0', '|i1'), ('', '|V3'), ('f1', '<i4', (2,)), ('', '|V1'), ('f2', '|S4'), ('', '|V7'), ('f3', '<f8')]",
  );
});

describe('bfloat16', () => {
  const dtype = dtypeOf('bfloat16');

  test.each<[bits: number, value: number, text: string]>([
    [0x3f80, 1, '1.0'],
    [0xc020, -2.5, '-2.5'],
    [0x4049, 3.140625, '3.14'],
    [0x3dcd, 0.10009765625, '0.1'],
    [0x0001, 2 ** -133, '9e-41'],
    [0x7f80, Infinity, 'inf'],
    [0x8000, -0, '-0.0'],
    [0x7fc0, NaN, 'nan'],
  ])('%i is %f', (bits, value, text) => {
    const found = decodeElement(dtype, new DataView(Uint16Array.of(bits).buffer), 0);
    expect(found).toBe(value);
    expect(formatElement(dtype, found)).toBe(text);
  });

  test('is written as it is read, and offers no buffer', () => {
    expect([dtypeText(dtype), dtypeName(dtype)]).toEqual(['bfloat16', 'bfloat16']);
    expect(pep3118Format(dtype)).toMatchObject({ ok: false });
    expect(parseDType('E2')).toMatchObject({ ok: false });
  });
});
