/** Rounding to a number of decimal places, by the digits that a number prints. */
import type { DataType } from '#sql/plan/types.ts';
import { javaDouble } from '#sql/plan/literalText.ts';
import type { ScalarFunction } from './scalarFunction.ts';

type RoundingMode = 'half_up' | 'half_even' | 'ceiling' | 'floor';

/** `extra` is the mode and the scale. */
export const roundFunction: ScalarFunction = {
  name: 'round',
  prepare({ extra, mode, parameterTypes, type, raise }) {
    const [rounding = '', scaleText = '0'] = extra.split(' ');
    const roundingMode = rounding as RoundingMode;
    const scale = Number(scaleText);
    const from = parameterTypes[0] ?? type;
    if (from.kind === 'float' || from.kind === 'double') {
      return (value: number) => roundedDouble(value, scale, roundingMode, from);
    }
    if (from.kind === 'decimal') {
      const target = type.kind === 'decimal' ? type.scale : 0;
      return (value: bigint) => rescaled(value, from.scale, scale, target, roundingMode);
    }
    const bits = { byte: 8, short: 16, int: 32, long: 64 }[from.kind as 'long'];
    return (value: number | bigint) => {
      const exact = rescaled(BigInt(value), 0, scale, 0, roundingMode);
      const fitted = BigInt.asIntN(bits, exact);
      if (fitted !== exact && mode === 'ansi') raise('ARITHMETIC_OVERFLOW', 'Overflow', '');
      return bits === 64 ? fitted : Number(fitted);
    };
  },
};

/** An unscaled value rounded at `places` digits behind the point, with `target` digits there. */
export function rescaled(
  unscaled: bigint,
  scale: number,
  places: number,
  target: number,
  mode: RoundingMode,
): bigint {
  const dropped = scale - places;
  const kept = dropped > 0 ? divided(unscaled, 10n ** BigInt(dropped), mode) : unscaled;
  const keptScale = dropped > 0 ? places : scale;
  return keptScale <= target
    ? kept * 10n ** BigInt(target - keptScale)
    : kept / 10n ** BigInt(keptScale - target);
}

/** The quotient by a positive number, rounded to a whole one. */
export function divided(value: bigint, by: bigint, mode: RoundingMode): bigint {
  const quotient = value / by;
  const rest = value % by;
  if (rest === 0n) return quotient;
  const away = value < 0n ? -1n : 1n;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  switch (mode) {
    case 'ceiling':
      return value > 0n ? quotient + 1n : quotient;
    case 'floor':
      return value < 0n ? quotient - 1n : quotient;
    case 'half_up':
      return twice >= by ? quotient + away : quotient;
    case 'half_even':
      return twice > by || (twice === by && quotient % 2n !== 0n) ? quotient + away : quotient;
  }
}

function roundedDouble(value: number, places: number, mode: RoundingMode, type: DataType): number {
  if (!Number.isFinite(value)) return value;
  const { unscaled, scale } = exactDigits(javaDouble(value, type.kind === 'float'));
  if (scale <= places) return value;
  const rounded = divided(unscaled, 10n ** BigInt(scale - places), mode);
  const result = Number(`${rounded}e${-places}`);
  return type.kind === 'float' ? Math.fround(result) : result;
}

/** The digits of a number's text and how many of them are behind the point. */
export function exactDigits(text: string): { unscaled: bigint; scale: number } {
  const [mantissa = '0', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  let scale = fraction.length - Number(exponent);
  let unscaled = BigInt(whole + fraction);
  if (scale < 0) {
    unscaled *= 10n ** BigInt(-scale);
    scale = 0;
  }
  return { unscaled, scale };
}
