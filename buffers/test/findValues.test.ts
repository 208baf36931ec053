import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeElement } from '#shared/layout/elementValue.ts';
import { parseDType } from '#shared/layout/dtypeText.ts';
import type { StridedLayout } from '#shared/layout/strides.ts';
import type { ValueTest } from '#shared/protocol/bufferScan.ts';
import { findValues } from '#buffers/scan/findValues.ts';
import { memorySource } from './memorySource.ts';

function dtypeOf(text: string) {
  const dtype = parseDType(text);
  if (!dtype.ok) throw new Error(dtype.error.message);
  return dtype.value;
}

/** The first bytes of the elements that pass, or what keeps the test from being made. */
async function find(
  bytes: Uint8Array,
  type: string,
  wanted: ValueTest,
  change: Partial<StridedLayout> & { readonly backward?: boolean; readonly limit?: number } = {},
) {
  const dtype = dtypeOf(type);
  const { backward = false, limit = 100, ...layoutChange } = change;
  const layout = {
    shape: [Math.floor(bytes.length / dtype.itemsize)],
    strides: [dtype.itemsize],
    offset: 0,
    itemsize: dtype.itemsize,
    ...layoutChange,
  };
  const range = { start: 0, end: bytes.length, limit, backward };
  const found = await findValues(memorySource(bytes), dtype, layout, wanted, range);
  return found.ok ? found.value.matches.map(({ start }) => start) : found.error.message;
}

const equals = (value: string): ValueTest => ({ kind: 'equals', value });
const between = (low: string, high: string): ValueTest => ({ kind: 'range', low, high });

describe('every type finds what it decodes', () => {
  test.each(['|i1', '|u1', '<i2', '>u2', '<i4', '>i4', '<u4', '<i8', '>i8', '<u8', '|b1'])(
    '%s',
    async (type) => {
      const dtype = dtypeOf(type);
      await fc.assert(
        fc.asyncProperty(
          fc.uint8Array({ maxLength: 64 }),
          fc.bigInt(-300n, 300n),
          async (bytes, low) => {
            const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
            const expected: number[] = [];
            for (let at = 0; at + dtype.itemsize <= bytes.length; at += dtype.itemsize) {
              const value = BigInt(decodeElement(dtype, view, at) as number | bigint | boolean);
              if (low <= value && value <= low + 50n) expected.push(at);
            }
            expect(await find(bytes, type, between(String(low), String(low + 50n)))).toEqual(
              expected,
            );
          },
        ),
        { numRuns: 40 },
      );
    },
  );

  test('a whole number beyond 2^53 is exact', async () => {
    const numbers = BigInt64Array.of(2n ** 53n, 2n ** 53n + 1n, -(2n ** 63n));
    const bytes = new Uint8Array(numbers.buffer);
    expect(await find(bytes, '<i8', equals('9007199254740993'))).toEqual([8]);
    expect(await find(bytes, '<i8', equals('-0x8000000000000000'))).toEqual([16]);
  });

  test('a float finds what its type rounds to', async () => {
    const singles = new Uint8Array(Float32Array.of(0.1, 0.2, Infinity, NaN).buffer);
    expect(await find(singles, '<f4', equals('0.1'))).toEqual([0]);
    expect(await find(singles, '<f4', equals('nan'))).toEqual([12]);
    expect(await find(singles, '<f4', { kind: 'nan' })).toEqual([12]);
    expect(await find(singles, '<f4', { kind: 'infinite' })).toEqual([8]);
    expect(await find(singles, '<f4', between('0.15', 'inf'))).toEqual([4, 8]);
    const halves = Uint8Array.of(0x66, 0x2e, 0, 0x7c);
    expect(await find(halves, '<f2', equals('0.1'))).toEqual([0]);
    const brains = Uint8Array.of(0xcd, 0x3d);
    expect(await find(brains, 'bfloat16', equals('0.1'))).toEqual([0]);
  });

  test('a complex number is NaN where a part of it is', async () => {
    const parts = new Uint8Array(Float64Array.of(1, NaN, 2, 3).buffer);
    expect(await find(parts, '<c16', { kind: 'nan' })).toEqual([0]);
  });
});

test('a view is searched in the order of its index', async () => {
  const bytes = Uint8Array.of(7, 1, 7, 1, 7, 1);
  const turned = { shape: [3], strides: [-2], offset: 4 };
  expect(await find(bytes, '|u1', equals('7'), turned)).toEqual([4, 2, 0]);
  expect(await find(bytes, '|u1', equals('7'), { ...turned, limit: 1 })).toEqual([4]);
  expect(await find(bytes, '|u1', equals('7'), { ...turned, limit: 1, backward: true })).toEqual([
    0,
  ]);
});

describe('what can’t be compared says why', () => {
  test.each<[string, ValueTest, string]>([
    ['<i4', equals('1.5'), "'1.5' is no whole number."],
    ['<f8', equals('one'), "'one' is no number."],
    ['<i4', { kind: 'nan' }, 'int32 has no NaN and no infinity.'],
    ['<i4', between('2', '1'), 'The range is empty: its low end is above its high end.'],
    ['<c8', equals('1'), 'Complex numbers can be found by NaN and infinity, or by their bytes.'],
    ['|S3', equals('a'), 'Values of S3 can be found by their bytes or as text.'],
    [
      "[('a', '<i4')]",
      equals('1'),
      'Values of struct of 1 field have no order: choose one of its fields.',
    ],
  ])('%s', async (type, wanted, message) => {
    expect(await find(new Uint8Array(8), type, wanted)).toBe(message);
  });
});
