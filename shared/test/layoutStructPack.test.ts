import { describe, expect, test } from 'vitest';
import { float16ToNumber } from '#shared/layout/elementValue.ts';
import { float16Bits } from '#shared/layout/float16Bits.ts';
import { parseStructFormat } from '#shared/layout/structFormat.ts';
import type { PackValue } from '#shared/layout/structPack.ts';
import { packStruct } from '#shared/layout/structPack.ts';
import { readBufferText } from './layoutTables.ts';

type TableValue = number | string | { $b: string } | { $int: string } | { $real: number };

// Python's `65504.0` and `1e+39` are floats, which JavaScript's JSON no longer tells from whole numbers.
const text = readBufferText('expect_struct.json').replace(
  /(?<=[[,]\s*)(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)(?=\s*[,\]])/g,
  (number) => (/[.eE]/.test(number) ? `{"$real":${number}}` : number),
);
const table = JSON.parse(text) as {
  readonly pack: readonly { format: string; values: TableValue[]; hex: string }[];
  readonly errors: readonly {
    format: string;
    values: TableValue[];
    type: string;
    message: string;
  }[];
};

function pythonValue(value: TableValue): PackValue {
  if (typeof value === 'number') return BigInt(value);
  if (typeof value === 'string') return value;
  if ('$int' in value) return BigInt(value.$int);
  if ('$real' in value) return value.$real;
  return Uint8Array.from(value.$b.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function pack(format: string, values: readonly PackValue[]): string {
  const { layout, problems } = parseStructFormat(format);
  if (!layout) return `error: ${problems[0]?.message ?? ''}`;
  const packed = packStruct(layout, values);
  if (!packed.ok)
    return `${packed.error.exception.replace('struct.', '')}: ${packed.error.message}`;
  return Array.from(packed.value, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

describe('packs the bytes of CPython', () => {
  test.each(table.pack)('$format $values', ({ format, values, hex }) => {
    expect(pack(format, values.map(pythonValue))).toBe(hex);
  });
});

describe('refuses with the words of CPython', () => {
  test.each(table.errors)('$format $values', ({ format, values, type, message }) => {
    expect(pack(format, values.map(pythonValue))).toBe(`${type}: ${message}`);
  });

  const [word, long] = [2n ** 31n, 2n ** 64n];
  test.each<[string, PackValue, string]>([
    ['b', long, 'error: argument out of range'],
    ['<f', 10n ** 39n, 'error: int too large to convert'],
    ['@e', 70_000n, 'error: int too large to convert'],
    ['@f', 1e39, '0000807f'],
    ['=f', 1e39, 'OverflowError: float too large to pack with f format'],
    ['@h', word, 'error: short format requires -32768 <= number <= 32767'],
    ['>h', word, "error: 'h' format requires -32768 <= number <= 32767"],
    ['<H', -1n, 'error: ushort format requires 0 <= number <= 65535'],
    ['>H', -1n, 'error: argument out of range'],
    ['>H', word, "error: 'H' format requires 0 <= number <= 65535"],
    ['I', -1n, 'error: argument out of range'],
    ['I', 2n * word, "error: 'I' format requires 0 <= number <= 4294967295"],
    ['<l', word, "error: 'l' format requires -2147483648 <= number <= 2147483647"],
    ['<L', -1n, 'error: argument out of range'],
    ['@l', long, 'error: argument out of range'],
    ['<q', long, 'error: argument out of range'],
    ['>q', long, 'error: int too large to convert'],
    ['>Q', -1n, 'error: int too large to convert'],
    ['P', long, 'error: int too large to convert'],
    ['P', -1n, 'ffffffffffffffff'],
    ['<e', 65_520, 'OverflowError: float too large to pack with e format'],
    ['<e', 65_519.9, 'ff7b'],
    ['<f', 'x', 'error: required argument is not a float'],
    ['<d', 2n ** 2000n, 'error: required argument is not a float'],
    ['<i', null, 'error: required argument is not an integer'],
    ['<p', new Uint8Array([97]), '00'],
    ['<s', new Uint8Array([97, 98]), '61'],
    ['<?', new Uint8Array(), '00'],
    ['<2i', 1n, 'error: pack expected 2 items for packing (got 1)'],
  ])('%s %s', (format, value, expected) => {
    expect(pack(format, [value])).toBe(expected);
  });
});

test('every half-precision float is its own nearest one', () => {
  for (let bits = 0; bits < 0x10000; bits++) {
    const value = float16ToNumber(bits);
    if (Number.isNaN(value)) expect(float16ToNumber(float16Bits(value))).toBeNaN();
    else expect(float16Bits(value)).toBe(bits);
  }
});
