/** The type codes of `array.array`, and the range of the integers behind codes. */
import { platform } from '../structFormats.ts';

const sizes: Readonly<Record<string, number>> = {
  b: 1,
  B: 1,
  u: 4,
  h: 2,
  H: 2,
  i: 4,
  I: 4,
  l: platform.longSize,
  L: platform.longSize,
  q: 8,
  Q: 8,
  f: 4,
  d: 8,
  w: 4,
};

export function arrayItemsize(typecode: string): number | undefined {
  // A wchar_t has two bytes on Windows.
  if (typecode === 'u' && platform.longSize === 4) return 2;
  return Object.hasOwn(sizes, typecode) ? sizes[typecode] : undefined;
}

export interface IntegerRange {
  readonly low: bigint;
  readonly high: bigint;
}

export function integerRange(itemsize: number, isSigned: boolean): IntegerRange {
  const bits = BigInt(itemsize * 8);
  return isSigned
    ? { low: -(1n << (bits - 1n)), high: (1n << (bits - 1n)) - 1n }
    : { low: 0n, high: (1n << bits) - 1n };
}

/** Of a code that stands for an integer: lower case is signed. */
export function rangeOfCode(code: string, itemsize: number): IntegerRange | undefined {
  if (/^[bhilqn]$/.test(code)) return integerRange(itemsize, true);
  return /^[BHILQNP]$/.test(code) ? integerRange(itemsize, false) : undefined;
}
