import { expect, test } from 'vitest';
import { parseDType } from '#shared/layout/dtypeText.ts';
import type { ElementValue } from '#shared/layout/elementValue.ts';
import type { NumberFormat } from '#shared/layout/numberText.ts';
import { numberText } from '#shared/layout/numberText.ts';

const z = (real: number, imaginary: number): ElementValue => ({ kind: 'complex', real, imaginary });

test.each<[string, ElementValue, NumberFormat['format'], number | null, string]>([
  ['<f8', 1234.5678, 'plain', 2, '1234.57'],
  ['<f8', 1234.5678, 'scientific', 3, '1.235e+3'],
  ['<f8', Number.NaN, 'scientific', 3, 'nan'],
  ['<f8', -0, 'scientific', 1, '-0.0e+0'],
  ['<f8', -0, 'plain', 1, '-0.0'],
  ['<i4', 1000, 'scientific', null, '1e+3'],
  ['<i4', -1, 'hex', null, '0xFFFFFFFF'],
  ['<i8', 9007199254740993n, 'scientific', null, '9.007199254740993e+15'],
  ['<i8', -1200n, 'scientific', null, '-1.2e+3'],
  ['<i8', 7n, 'scientific', null, '7e+0'],
  ['<c16', z(1.25, -0.5), 'plain', null, '1.25-0.5j'],
  ['<c16', z(1.25, 0.123), 'plain', 1, '1.3+0.1j'],
  ['<c16', z(1250, -0.5), 'scientific', 1, '1.3e+3-5.0e-1j'],
  ['<c16', z(Number.NaN, 1), 'scientific', 1, 'nan+1.0j'],
])('%s %s %s %s', (type, value, format, digits, text) => {
  const dtype = parseDType(type);
  if (!dtype.ok) throw new Error(dtype.error.message);
  expect(numberText(dtype.value, value, { format, digits })).toBe(text);
});
