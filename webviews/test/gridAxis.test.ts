import { fc, test as property } from './property.ts';
import { describe, expect, test } from 'vitest';
import { scrollToShow, sizedAxis, uniformAxis, visibleSpan } from '#webviews/kit/gridAxis.ts';

describe('a grid axis', () => {
  test('a billion rows have exact pixel positions', () => {
    const rows = uniformAxis(1_000_000_000, 22);
    expect(rows.length).toBe(22_000_000_000);
    expect(rows.indexAt(rows.offsetOf(999_999_999))).toBe(999_999_999);
    expect(rows.indexAt(rows.offsetOf(999_999_999) - 1)).toBe(999_999_998);
  });

  property(
    'indexAt is the inverse of offsetOf, whatever columns were widened',
    [
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.array(fc.tuple(fc.nat(999_999), fc.integer({ min: 40, max: 900 })), { maxLength: 20 }),
      fc.nat(999_999),
    ],
    (count, sizes, pick) => {
      const axis = sizedAxis(count, 100, new Map(sizes));
      const index = pick % count;
      expect(axis.indexAt(axis.offsetOf(index))).toBe(index);
      expect(axis.indexAt(axis.offsetOf(index) + axis.sizeOf(index) - 1)).toBe(index);
      expect(axis.offsetOf(index + 1) - axis.offsetOf(index)).toBe(axis.sizeOf(index));
    },
  );

  test('a window shows whole and partly visible columns', () => {
    const columns = sizedAxis(10, 100, new Map([[1, 250]]));
    expect(visibleSpan(columns, 90, 280)).toEqual({ start: 0, end: 3 });
    expect(visibleSpan(columns, 100, 250)).toEqual({ start: 1, end: 2 });
    expect(visibleSpan(uniformAxis(0, 22), 0, 100)).toEqual({ start: 0, end: 0 });
  });

  test.each([
    ['is in sight', 100, 50, 110, 130, 100],
    ['is above', 100, 50, 60, 82, 60],
    ['is below', 100, 50, 150, 172, 122],
    ['is larger than the window', 100, 50, 120, 220, 120],
  ])('scrolls as little as possible to what %s', (_, position, extent, start, end, expected) => {
    expect(scrollToShow(position, extent, start, end)).toBe(expected);
  });
});
