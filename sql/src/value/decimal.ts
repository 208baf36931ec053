/** Decimals as an unscaled integer beside its scale. */
import type { DecimalType } from '../plan/types.ts';
import { decimalType, maxDecimalPrecision } from '../plan/types.ts';

export interface DecimalValue {
  readonly unscaled: bigint;
  readonly type: DecimalType;
}

/** Reads `12`, `1.50`, `.5`, `1e3`; undefined where it needs more than 38 digits. */
export function parseDecimal(text: string): DecimalValue | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,6}))?$/.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  if (whole === '' && fraction === '') return undefined;
  let scale = fraction.length - Number(exponent);
  if (Math.abs(scale) > 1000) return undefined;
  let unscaled = BigInt(whole + fraction);
  if (scale < 0) {
    unscaled *= 10n ** BigInt(-scale);
    scale = 0;
  }
  const precision = Math.max(String(unscaled).length, scale);
  if (precision > maxDecimalPrecision) return undefined;
  return { unscaled: sign === '-' ? -unscaled : unscaled, type: decimalType(precision, scale) };
}

export function formatDecimal(unscaled: bigint, scale: number): string {
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  const sign = unscaled < 0n ? '-' : '';
  if (scale === 0) return sign + digits;
  // Java's BigDecimal prints an exponent for what begins six places after the point.
  const adjusted = String(unscaled < 0n ? -unscaled : unscaled).length - 1 - scale;
  if (adjusted < -6) {
    const plain = String(unscaled < 0n ? -unscaled : unscaled);
    const mantissa = plain.length === 1 ? plain : `${plain.slice(0, 1)}.${plain.slice(1)}`;
    return `${sign}${mantissa}E${adjusted}`;
  }
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Rounds half up to a scale; undefined where the precision does not hold the result. */
export function rescale(
  unscaled: bigint,
  scale: number,
  { precision, scale: toScale }: DecimalType,
): bigint | undefined {
  let result = unscaled;
  if (toScale >= scale) result *= 10n ** BigInt(toScale - scale);
  else {
    const divisor = 10n ** BigInt(scale - toScale);
    const magnitude = (result < 0n ? -result : result) + divisor / 2n;
    result = result < 0n ? -(magnitude / divisor) : magnitude / divisor;
  }
  return String(result < 0n ? -result : result).length > precision && result !== 0n
    ? undefined
    : result;
}
