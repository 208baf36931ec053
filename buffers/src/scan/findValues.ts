/** Elements that pass a test, in the order of their index. Whole numbers are compared exactly, floats as their type rounds. */
import type { DType, ScalarType } from '#shared/layout/dtype.ts';
import { dtypeName } from '#shared/layout/dtypeText.ts';
import { bfloat16ToNumber, float16ToNumber } from '#shared/layout/elementValue.ts';
import { float16Bits } from '#shared/layout/float16Bits.ts';
import type { StridedLayout } from '#shared/layout/strides.ts';
import { byteOffsetOf, elementCount, indexOfPosition } from '#shared/layout/strides.ts';
import type { BadQuery, ValueTest } from '#shared/protocol/bufferScan.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { ByteSource, SourceFailure } from '../source/byteSource.ts';
import { packedElements } from './elements.ts';
import { valuesOf } from './elementNumbers.ts';
import type { FindRange, Match, Matches } from './findMatches.ts';

/** Whether element `k` of a packed piece passes. */
type PieceTest = (bytes: Uint8Array) => (k: number) => boolean;

export async function findValues(
  source: ByteSource,
  dtype: DType,
  layout: StridedLayout,
  test: ValueTest,
  range: FindRange,
  signal?: AbortSignal,
): Promise<Result<Matches, SourceFailure | BadQuery>> {
  const passes = testOf(dtype, test);
  if (!passes.ok) return passes;
  const { start, end, limit, backward = false, countAll = false } = range;
  const found: Match[] = [];
  let count = 0;
  let position = 0;
  for await (const piece of packedElements(source, layout, {}, signal)) {
    if (!piece.ok) return piece;
    signal?.throwIfAborted();
    const isHit = passes.value(piece.value);
    const length = piece.value.length / Math.max(1, layout.itemsize);
    for (let k = 0; k < length; k++) {
      if (!isHit(k)) continue;
      const at = byteOffsetOf(layout, indexOfPosition(layout.shape, position + k));
      if (at < start || at >= end) continue;
      count++;
      if (!backward && found.length >= limit) {
        if (!countAll) return ok({ matches: found, count: null });
        continue;
      }
      found.push({ start: at, end: at + layout.itemsize });
      if (backward && found.length > limit) found.shift();
    }
    position += length;
  }
  return ok({ matches: found, count: position === elementCount(layout.shape) ? count : null });
}

function testOf(dtype: DType, test: ValueTest): Result<PieceTest, BadQuery> {
  if (dtype.kind !== 'scalar')
    return bad(`Values of ${dtypeName(dtype)} have no order: choose one of its fields.`);
  switch (dtype.scalar) {
    case 'bool':
    case 'int':
    case 'uint':
      return integerTest(dtype, test);
    case 'float':
    case 'bfloat':
      return floatTest(dtype, test);
    case 'complex':
      return test.kind === 'nan' || test.kind === 'infinite'
        ? ok(complexTest(dtype, test.kind === 'nan' ? Number.isNaN : isInfinite))
        : bad('Complex numbers can be found by NaN and infinity, or by their bytes.');
    default:
      return bad(`Values of ${dtypeName(dtype)} can be found by their bytes or as text.`);
  }
}

function integerTest(dtype: ScalarType, test: ValueTest): Result<PieceTest, BadQuery> {
  if (test.kind === 'nan' || test.kind === 'infinite')
    return bad(`${dtypeName(dtype)} has no NaN and no infinity.`);
  const [lowText, highText] =
    test.kind === 'equals' ? [test.value, test.value] : [test.low, test.high];
  const low = integerOf(lowText);
  const high = integerOf(highText);
  if (low === undefined || high === undefined)
    return bad(`'${low === undefined ? lowText : highText}' is no whole number.`);
  if (low > high) return bad('The range is empty: its low end is above its high end.');
  if (dtype.itemsize < 8) {
    const [from, to] = [Number(low), Number(high)];
    return ok((bytes) => {
      const values = valuesOf(dtype, bytes);
      return (k) => {
        const value = values[k] ?? 0;
        return from <= value && value <= to;
      };
    });
  }
  return ok((bytes) => {
    const halves = valuesOf(dtype, bytes);
    const signed = dtype.scalar === 'int';
    return (k) => {
      const top = halves[2 * k + 1] ?? 0;
      const value = (BigInt(signed ? top | 0 : top) << 32n) + BigInt(halves[2 * k] ?? 0);
      return low <= value && value <= high;
    };
  });
}

function floatTest(dtype: ScalarType, test: ValueTest): Result<PieceTest, BadQuery> {
  const over = (accepts: (value: number) => boolean): Result<PieceTest, BadQuery> =>
    ok((bytes) => {
      const values = valuesOf(dtype, bytes);
      return (k) => accepts(values[k] ?? 0);
    });
  if (test.kind === 'nan') return over(Number.isNaN);
  if (test.kind === 'infinite') return over(isInfinite);
  const [lowText, highText] =
    test.kind === 'equals' ? [test.value, test.value] : [test.low, test.high];
  const low = floatOf(lowText);
  const high = floatOf(highText);
  if (low === undefined || high === undefined)
    return bad(`'${low === undefined ? lowText : highText}' is no number.`);
  if (test.kind === 'equals') {
    // `0.1` finds the float32 that prints as 0.1.
    const wanted = roundTo(dtype, low);
    return over(Number.isNaN(wanted) ? Number.isNaN : (value) => value === wanted);
  }
  if (!(low <= high)) return bad('The range is empty: its low end is above its high end.');
  return over((value) => low <= value && value <= high);
}

function complexTest(dtype: ScalarType, accepts: (value: number) => boolean): PieceTest {
  return (bytes) => {
    const values = valuesOf(dtype, bytes);
    return (k) => accepts(values[2 * k] ?? 0) || accepts(values[2 * k + 1] ?? 0);
  };
}

function isInfinite(value: number): boolean {
  return value === Infinity || value === -Infinity;
}

function roundTo({ scalar, itemsize }: ScalarType, value: number): number {
  if (scalar === 'bfloat') {
    const single = new Float32Array([value]);
    const [bits = 0] = new Uint32Array(single.buffer);
    const upper = bits >>> 16;
    const rest = bits & 0xffff;
    const isUp = rest > 0x8000 || (rest === 0x8000 && upper % 2 === 1);
    return Number.isNaN(value) ? value : bfloat16ToNumber(upper + (isUp ? 1 : 0));
  }
  if (itemsize === 2) return float16ToNumber(float16Bits(value));
  return itemsize === 4 ? Math.fround(value) : value;
}

function integerOf(text: string): bigint | undefined {
  const trimmed = text.trim().replaceAll('_', '');
  const sign = trimmed.startsWith('-') ? -1n : 1n;
  const digits = trimmed.replace(/^[+-]/, '');
  return /^(0x[0-9a-f]{1,40}|0b[01]{1,130}|\d{1,40})$/i.test(digits)
    ? sign * BigInt(digits)
    : undefined;
}

function floatOf(text: string): number | undefined {
  const trimmed = text.trim().toLowerCase();
  const named = /^([+-]?)(inf|infinity|nan)$/.exec(trimmed);
  if (named) return named[2] === 'nan' ? NaN : named[1] === '-' ? -Infinity : Infinity;
  const value = Number(trimmed);
  return trimmed === '' || Number.isNaN(value) ? undefined : value;
}

function bad(message: string): Result<never, BadQuery> {
  return fail({ kind: 'badQuery', message });
}
