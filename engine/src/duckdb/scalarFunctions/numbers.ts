/** Functions of numbers as Java computes them. */
import type { ScalarFunction } from './scalarFunction.ts';

const curves: Readonly<Record<string, (x: number) => number>> = {
  acosh: (x) => Math.log(x + Math.sqrt(x * x - 1)),
  asinh: (x) => (x === -Infinity ? x : Math.log(x + Math.sqrt(x * x + 1))),
  atanh: (x) => 0.5 * (Math.log1p(x) - Math.log1p(-x)),
  sinh: Math.sinh,
  cosh,
  tanh: Math.tanh,
  expm1: Math.expm1,
  log1p: Math.log1p,
  sec: (x) => 1 / Math.cos(x),
  csc: (x) => 1 / Math.sin(x),
  cot: (x) => 1 / Math.tan(x),
  rint: nearestEven,
  cbrt: Math.cbrt,
};

/** As fdlibm has it, which Java follows to the last digit; V8's own exponential differs in that. */
function cosh(x: number): number {
  const size = Math.abs(x);
  if (!(0.5 * Math.LN2 <= size && size <= 709)) return Math.cosh(x);
  const power = exponential(size);
  return size > 22 ? 0.5 * power : 0.5 * power + 0.5 / power;
}

/** fdlibm's `exp` between 0.35 and 709: e^x = 2^k * e^r, with the rest r in two parts. */
function exponential(x: number): number {
  const [high, low] = [0.69314718036912381649, 1.90821492927058770002e-10];
  const k = x < 1.5 * Math.LN2 ? 1 : Math.trunc(x / Math.LN2 + 0.5);
  const [left, right] = [x - k * high, k * low];
  const rest = left - right;
  const square = rest * rest;
  const series =
    rest -
    square *
      (1.66666666666666019037e-1 +
        square *
          (-2.77777777770155933842e-3 +
            square *
              (6.61375632143793436117e-5 +
                square * (-1.6533902205465251539e-6 + square * 4.13813679705723846039e-8))));
  return (1 - (right - (rest * series) / (2 - series) - left)) * 2 ** k;
}

/** `extra` names the curve. V8 and Java share the algorithms of fdlibm. */
export const curveFunction: ScalarFunction = {
  name: 'curve',
  prepare: ({ extra }) => curves[extra] ?? Number,
};

export const hypotFunction: ScalarFunction = {
  name: 'hypot',
  prepare: () => (x: number, y: number) => Math.hypot(x, y),
};

function nearestEven(x: number): number {
  if (!Number.isFinite(x) || Math.abs(x) >= 2 ** 52) return x;
  const floor = Math.floor(x);
  const rest = x - floor;
  const rounded = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
  return rounded === 0 && (x < 0 || Object.is(x, -0)) ? -0 : rounded;
}

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** A number's digits in one base as those of another; what counts is the unsigned value of 64 bits. */
export const convFunction: ScalarFunction = {
  name: 'conv',
  prepare:
    ({ mode, raise }) =>
    (given: string, from: number, to: number) => {
      const base = Math.abs(to);
      if (from < 2 || 36 < from || base < 2 || 36 < base) return null;
      const text = given.replace(/^ +| +$/g, '');
      if (text === '') return null;
      let isNegative = text.startsWith('-');
      const limit = 1n << 64n;
      let value = 0n;
      for (const character of text.slice(isNegative ? 1 : 0).toUpperCase()) {
        const digit = digits.indexOf(character);
        if (digit < 0 || from <= digit) break;
        value = value * BigInt(from) + BigInt(digit);
        if (value < limit) continue;
        if (mode === 'ansi') raise('ARITHMETIC_OVERFLOW', 'Overflow in function conv()', '');
        value = limit - 1n;
        break;
      }
      const isHigh = value >= limit / 2n;
      if (isNegative && to > 0) value = isHigh ? limit - 1n : BigInt.asUintN(64, -value);
      else if (to < 0 && isHigh) {
        value = BigInt.asUintN(64, -value);
        isNegative = true;
      }
      const result = value.toString(base).toUpperCase();
      return isNegative && to < 0 ? `-${result}` : result;
    },
};

export const unhexFunction: ScalarFunction = {
  name: 'unhex',
  prepare: () => (text: string) => {
    if (!/^[0-9a-fA-F]*$/.test(text)) return null;
    return new Uint8Array(Buffer.from(text.length % 2 === 0 ? text : `0${text}`, 'hex'));
  },
};

/** `extra` is the function's name as it was written. */
export const bitGetFunction: ScalarFunction = {
  name: 'bit_get',
  prepare({ extra, parameterTypes, raise }) {
    const size = { byte: 8, short: 16, int: 32, long: 64 }[parameterTypes[0]?.kind as 'long'];
    return (value: number | bigint, position: number) => {
      if (position < 0 || size <= position) {
        raise(
          'INVALID_PARAMETER_VALUE.BIT_POSITION_RANGE',
          `\`${extra}\``,
          '`pos`',
          String(size),
          String(position),
        );
      }
      return Number((BigInt.asUintN(64, BigInt(value)) >> BigInt(position)) & 1n);
    };
  },
};

export const widthBucketFunction: ScalarFunction = {
  name: 'width_bucket',
  prepare:
    () =>
    (
      given: number | bigint,
      first: number | bigint,
      last: number | bigint,
      count: bigint,
    ): bigint | null => {
      const [value, low, high] = [Number(given), Number(first), Number(last)];
      if (count <= 0n || count === 9223372036854775807n || Number.isNaN(value)) return null;
      if (low === high || !Number.isFinite(low) || !Number.isFinite(high)) return null;
      const [lower, upper] = [Math.min(low, high), Math.max(low, high)];
      const part = (size: number) => BigInt(Math.trunc((Number(count) * size) / (upper - lower)));
      if (low < high) {
        if (value < lower) return 0n;
        return value >= upper ? count + 1n : part(value - lower) + 1n;
      }
      if (value > upper) return 0n;
      return value <= lower ? count + 1n : part(upper - value) + 1n;
    },
};
