/** Numbers as the inspector is asked to show them. */
import type { DType } from './dtype.ts';
import type { ElementValue } from './elementValue.ts';
import { formatElement } from './elementText.ts';

export const NUMBER_FORMATS = ['plain', 'hex', 'scientific'] as const;

export interface NumberFormat {
  readonly format: (typeof NUMBER_FORMATS)[number];
  /** Digits behind the point of floats; null for as many as they have. */
  readonly digits: number | null;
}

/** A value as the format has it; what the format does not speak of stays as NumPy prints it. */
export function numberText(dtype: DType, value: ElementValue, options: NumberFormat): string {
  const { format } = options;
  if (dtype.kind !== 'scalar') return formatElement(dtype, value);
  const isInteger = dtype.scalar === 'int' || dtype.scalar === 'uint';
  if (format === 'hex' && isInteger && (typeof value === 'number' || typeof value === 'bigint')) {
    const bits = BigInt.asUintN(dtype.itemsize * 8, BigInt(value));
    return `0x${bits
      .toString(16)
      .toUpperCase()
      .padStart(dtype.itemsize * 2, '0')}`;
  }
  if (typeof value === 'bigint' && format === 'scientific') return exponentialOf(value);
  if (typeof value === 'number')
    return partText(value, options, isFloat(dtype)) ?? formatElement(dtype, value);
  if (typeof value === 'object' && 'kind' in value && value.kind === 'complex') {
    const [real, imaginary] = [value.real, value.imaginary].map((part) =>
      partText(part, options, true),
    );
    // A part that is not finite is as NumPy prints it, and then so is the whole.
    if (real !== undefined && imaginary !== undefined)
      return `${real}${imaginary.startsWith('-') ? '' : '+'}${imaginary}j`;
  }
  return formatElement(dtype, value);
}

/** Undefined where the format says nothing of it. */
function partText(
  value: number,
  { format, digits }: NumberFormat,
  hasPoint: boolean,
): string | undefined {
  if (!Number.isFinite(value)) return undefined;
  // JavaScript's own have no negative zero.
  const sign = Object.is(value, -0) ? '-' : '';
  if (format === 'scientific') return `${sign}${value.toExponential(digits ?? undefined)}`;
  const isFixed = format === 'plain' && hasPoint && digits !== null && Math.abs(value) < 1e21;
  return isFixed ? `${sign}${value.toFixed(digits)}` : undefined;
}

/** All digits: a double has not enough for them. */
function exponentialOf(value: bigint): string {
  const text = String(value < 0n ? -value : value);
  const rest = text.slice(1).replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${text.charAt(0)}${rest === '' ? '' : `.${rest}`}e+${text.length - 1}`;
}

export function isFloat(dtype: DType | undefined): boolean {
  return dtype?.kind === 'scalar' && ['float', 'bfloat'].includes(dtype.scalar);
}

/** Digits behind the point; numbers in scientific form have no place in the column of points. */
export function fractionOf(text: string): number {
  const point = text.indexOf('.');
  return point < 0 || text.includes('e') ? 0 : text.length - point - 1;
}
