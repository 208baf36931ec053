import type { DType } from '#shared/layout/dtype.ts';
import type { ElementValue } from '#shared/layout/elementValue.ts';
import { formatElement } from '#shared/layout/elementText.ts';
import type { GridOptions } from './modes.ts';

/** A value as the grid's format has it; what the format does not speak of stays as NumPy prints it. */
export function numberText(dtype: DType, value: ElementValue, options: GridOptions): string {
  const { format, digits } = options;
  if (dtype.kind !== 'scalar') return formatElement(dtype, value);
  const isInteger = dtype.scalar === 'int' || dtype.scalar === 'uint';
  if (format === 'hex' && isInteger && (typeof value === 'number' || typeof value === 'bigint')) {
    const bits = BigInt.asUintN(dtype.itemsize * 8, BigInt(value));
    return `0x${bits
      .toString(16)
      .toUpperCase()
      .padStart(dtype.itemsize * 2, '0')}`;
  }
  if (typeof value === 'number' && Number.isFinite(value)) {
    if (format === 'scientific') return value.toExponential(digits ?? undefined);
    if (format === 'plain' && isFloat(dtype) && digits !== null && Math.abs(value) < 1e21)
      return value.toFixed(digits);
  }
  return formatElement(dtype, value);
}

export function isFloat(dtype: DType | undefined): boolean {
  return dtype?.kind === 'scalar' && ['float', 'bfloat'].includes(dtype.scalar);
}

/** Digits behind the point; numbers in scientific form have no place in the column of points. */
export function fractionOf(text: string): number {
  const point = text.indexOf('.');
  return point < 0 || text.includes('e') ? 0 : text.length - point - 1;
}
