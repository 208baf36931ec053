/**
 * Floats to the shortest decimal text that reads back as the same value, for the widths that JavaScript has no
 * text for, in the form of Python's `repr`: `1.0`, `1e+16`, `nan`.
 */

/** The precision of a binary format: 24 for float32, 11 for float16. */
export interface FloatFormat {
  readonly mantissaBits: number;
  /** Exponent of the last bit of the smallest subnormal. */
  readonly minExponent: number;
}

export const float16Format: FloatFormat = { mantissaBits: 11, minExponent: -24 };
export const bfloat16Format: FloatFormat = { mantissaBits: 8, minExponent: -133 };
export const float32Format: FloatFormat = { mantissaBits: 24, minExponent: -149 };

/** A double as Python's `repr` shows it. */
export function float64Text(value: number): string {
  if (!Number.isFinite(value)) return specialText(value);
  const [digits = '', exponent = '0'] = Math.abs(value).toExponential().split('e');
  return decimalText(isNegative(value), digits.replace('.', ''), Number(exponent));
}

/** A double that came from a narrower format, with no more digits than that format needs. */
export function narrowFloatText(value: number, format: FloatFormat): string {
  if (!Number.isFinite(value)) return specialText(value);
  const magnitude = Math.abs(value);
  if (magnitude === 0) return isNegative(value) ? '-0.0' : '0.0';
  // The neighbours' midpoints are exact in a double: they need one bit more than the format has.
  const unit = 2 ** Math.max(exponentOf(magnitude) - format.mantissaBits + 1, format.minExponent);
  const isPowerOfTwo = 2 ** exponentOf(magnitude) === magnitude;
  const below = magnitude - unit / (isPowerOfTwo && unit > 2 ** format.minExponent ? 4 : 2);
  const above = magnitude + unit / 2;
  const isEven = (magnitude / unit) % 2 === 0;
  for (let precision = 0; ; precision++) {
    const text = magnitude.toExponential(precision);
    const decimal = Number(text);
    const inside = below < decimal && decimal < above;
    if (!inside && !(isEven && (decimal === below || decimal === above)) && precision < 17)
      continue;
    const [digits = '', exponent = '0'] = text.split('e');
    return decimalText(isNegative(value), digits.replace('.', ''), Number(exponent));
  }
}

/** An x87 extended value: `mantissa · 2^exponent`, both exact. */
export interface ExtendedFloat {
  readonly negative: boolean;
  readonly mantissa: bigint;
  readonly exponent: number;
}

/** The nearest double, so a value beyond its range becomes infinite. */
export function extendedToNumber({ negative, mantissa, exponent }: ExtendedFloat): number {
  if (mantissa === 0n) return negative ? -0 : 0;
  const bits = mantissa.toString(2).length;
  // Rounding once, to the bits that a double has at this magnitude, half to even.
  const lastBit = Math.max(exponent + bits - 53, -1074);
  const drop = lastBit - exponent;
  let kept = mantissa;
  if (drop > 0) {
    const shift = BigInt(drop);
    const half = 1n << (shift - 1n);
    const rest = mantissa & ((1n << shift) - 1n);
    kept = mantissa >> shift;
    if (rest > half || (rest === half && (kept & 1n) === 1n)) kept += 1n;
  }
  const scale = drop > 0 ? lastBit : exponent;
  const magnitude =
    scale > 1023 ? Infinity : Number(kept) * 2 ** Math.ceil(scale / 2) * 2 ** Math.floor(scale / 2);
  return negative ? -magnitude : magnitude;
}

/** Steele and White's free-format digits on exact integers, for 64 bits of mantissa. */
export function extendedText({ negative, mantissa, exponent }: ExtendedFloat): string {
  if (mantissa === 0n) return negative ? '-0.0' : '0.0';
  // value = numerator / denominator; half a unit in the last place = margin / denominator.
  let numerator = mantissa << 1n;
  let denominator = 2n;
  let margin = 1n;
  if (exponent >= 0) {
    numerator <<= BigInt(exponent);
    margin <<= BigInt(exponent);
  } else denominator <<= BigInt(-exponent);
  let decimalExponent = Math.floor(
    (mantissa.toString(2).length - 1 + exponent) * Math.LOG10E * Math.LN2,
  );
  if (decimalExponent >= 0) denominator *= 10n ** BigInt(decimalExponent);
  else {
    const scale = 10n ** BigInt(-decimalExponent);
    numerator *= scale;
    margin *= scale;
  }
  if (numerator >= denominator * 10n) {
    denominator *= 10n;
    decimalExponent++;
  }
  let digits = '';
  for (;;) {
    const digit = numerator / denominator;
    const rest = numerator % denominator;
    const low = rest < margin;
    const high = rest + margin > denominator;
    if (!low && !high) {
      digits += String(digit);
      numerator = rest * 10n;
      margin *= 10n;
      continue;
    }
    const up = high && (!low || rest * 2n >= denominator);
    digits = carry(digits + String(up ? digit + 1n : digit));
    if (digits.startsWith('+')) {
      digits = digits.slice(1);
      decimalExponent++;
    }
    return decimalText(negative, digits, decimalExponent);
  }
}

/** A last digit of 10 runs into the ones before it; `+` in front says that the exponent grew. */
function carry(digits: string): string {
  if (!digits.endsWith('10')) return digits;
  const before = digits.slice(0, -2);
  if (before === '') return '+1';
  const nines = /9*$/.exec(before)?.[0].length ?? 0;
  const head = before.slice(0, before.length - nines);
  return head === '' ? '+1' : head.slice(0, -1) + String(Number(head.at(-1)) + 1);
}

function specialText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  return value > 0 ? 'inf' : '-inf';
}

/** Python's choice: an exponent below 1e-4 and from 1e16 on. `digits` have the point behind the first. */
function decimalText(negative: boolean, digits: string, exponent: number): string {
  const sign = negative ? '-' : '';
  const significant = digits.replace(/0+$/, '') || '0';
  if (exponent < -4 || exponent >= 16) {
    const rest = significant.slice(1);
    const power = `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
    return `${sign}${significant.slice(0, 1)}${rest === '' ? '' : `.${rest}`}e${power}`;
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${significant}`;
  const whole = significant.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${sign}${whole}.${significant.slice(exponent + 1) || '0'}`;
}

function isNegative(value: number): boolean {
  return value < 0 || Object.is(value, -0);
}

/** The power of two at or below a positive value: Math.log2 rounds up just below a power. */
function exponentOf(magnitude: number): number {
  const estimate = Math.floor(Math.log2(magnitude));
  return 2 ** estimate > magnitude ? estimate - 1 : estimate;
}
