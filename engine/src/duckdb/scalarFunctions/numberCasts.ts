/** Casts of numbers that DuckDB has otherwise or not at all. */
import { simpleString, typeSql } from '#sql/plan/types.ts';
import { javaDouble } from '#sql/plan/literalText.ts';
import { microsPerSecond } from '#sql/value/datetime.ts';
import type { ScalarFunction } from './scalarFunction.ts';

const widths: Readonly<Record<string, number>> = { byte: 8, short: 16, int: 32, long: 64 };

/** Java's conversion of a double: it saturates at an int or a long, and narrower ones wrap from there. */
export const saturatedIntegerFunction: ScalarFunction = {
  name: 'saturated_integer',
  prepare({ type }) {
    const bits = widths[type.kind] ?? 64;
    const most = bits === 64 ? 64 : 32;
    return (value: number) => {
      if (Number.isNaN(value)) return bits === 64 ? 0n : 0;
      const limit = 1n << BigInt(most - 1);
      const whole = Number.isFinite(value)
        ? BigInt(Math.trunc(value))
        : value > 0
          ? limit - 1n
          : -limit;
      const saturated = whole >= limit ? limit - 1n : whole < -limit ? -limit : whole;
      const result = BigInt.asIntN(bits, saturated);
      return bits === 64 ? result : Number(result);
    };
  },
};

/** The bytes of an integer, the highest first. */
export const integerBytesFunction: ScalarFunction = {
  name: 'integer_bytes',
  prepare({ parameterTypes }) {
    const length = (widths[parameterTypes[0]?.kind ?? 'int'] ?? 32) / 8;
    return (value: number | bigint) => {
      let rest = BigInt.asUintN(8 * length, BigInt(value));
      const bytes = new Uint8Array(length);
      for (let at = length - 1; at >= 0; at--) {
        bytes[at] = Number(rest & 0xffn);
        rest >>= 8n;
      }
      return bytes;
    };
  },
};

/** Seconds since 1970 as a timestamp. */
export const secondsTimestampFunction: ScalarFunction = {
  name: 'seconds_timestamp',
  prepare({ parameterTypes, mode, raise, type }) {
    const [from] = parameterTypes;
    if (from?.kind === 'decimal') {
      const unit = 10n ** BigInt(from.scale);
      return (value: bigint) => {
        const micros = (value * microsPerSecond) / unit;
        return BigInt.asIntN(64, micros);
      };
    }
    if (from?.kind === 'boolean') return (value: boolean) => (value ? 1n : 0n);
    const isFloat = from?.kind === 'float';
    return (value: number) => {
      if (!Number.isFinite(value)) {
        if (mode !== 'ansi') return null;
        const text = javaDouble(value, isFloat);
        return raise(
          'CAST_INVALID_INPUT',
          text,
          `"${from === undefined ? '' : typeSql(from)}"`,
          `"${simpleString(type).toUpperCase()}"`,
        );
      }
      const micros = value * 1_000_000;
      if (Math.abs(micros) >= 2 ** 63) {
        if (mode === 'try') return null;
        if (mode === 'ansi')
          return raise(
            'CAST_OVERFLOW',
            `${javaDouble(value, isFloat)}${isFloat ? '' : 'D'}`,
            `"${from === undefined ? '' : typeSql(from)}"`,
            `"${simpleString(type).toUpperCase()}"`,
          );
        return micros > 0 ? (1n << 63n) - 1n : -(1n << 63n);
      }
      return BigInt(Math.trunc(micros));
    };
  },
};
