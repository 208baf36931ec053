import { describe, expect, test } from 'vitest';
import { leavesOf } from '#shared/layout/leaves.ts';
import {
  columnCountOf,
  fits,
  indexOfCell,
  rowCountOf,
  spansOfTile,
  sliceText,
  tileKeys,
  tilingOf,
  usualView,
  viewShowing,
  withAxis,
} from '#webviews/buffer/arrayView.ts';
import { fc, test as property } from './property.ts';
import { arrayOf } from './fakeBuffer.ts';

const of = (shape: readonly number[], dtype = '<f4') => arrayOf({ dtype, shape });
const struct = "[('id', '<u4'), ('at', [('x', '<f8'), ('y', '<f8')]), ('m', '<i2', (2, 2))]";

describe('the view that an array opens with', () => {
  test.each([
    ['a scalar', of([]), null, null, '[()]'],
    ['a vector', of([5]), 0, null, '[:]'],
    ['a matrix', of([5, 6]), 0, 1, '[:, :]'],
    ['a batch of matrices', of([9, 5, 6]), 1, 2, '[0, :, :]'],
    ['an image with channels', of([480, 640, 3]), 0, 1, '[:, :, 0]'],
    ['structs', of([4, 7], struct), 1, null, '[0, :]'],
  ])('%s', (_, array, rowAxis, columnAxis, slice) => {
    const view = usualView(array);
    expect(view).toMatchObject({ rowAxis, columnAxis });
    expect(sliceText(view)).toBe(slice);
    expect(fits(view, array)).toBe(true);
  });

  test('a kept view of another shape does not fit', () => {
    expect(fits(usualView(of([5, 6])), of([5]))).toBe(false);
    expect(fits({ rowAxis: 0, columnAxis: 1, index: [0, 9] }, of([5, 6]))).toBe(false);
    expect(fits({ rowAxis: 0, columnAxis: 0, index: [0, 0] }, of([5, 6]))).toBe(false);
  });
});

test('fields of structs inside structs are columns, sub-arrays are one', () => {
  const leaves = leavesOf(of([1], struct).dtype);
  expect(leaves.map(({ name, offset }) => [name, offset])).toEqual([
    ['id', 0],
    ['at.x', 4],
    ['at.y', 12],
    ['m', 20],
  ]);
});

test('giving rows the axis of columns swaps the two', () => {
  const view = withAxis(usualView(of([2, 3, 4, 5])), 'rowAxis', 3);
  expect(view).toMatchObject({ rowAxis: 3, columnAxis: 2 });
  expect(withAxis(view, 'rowAxis', 0)).toMatchObject({ rowAxis: 0, columnAxis: 2 });
});

const shapes = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 5 });

property(
  'every element is under one cell of a view that shows it',
  [shapes, fc.nat()],
  (shape, n) => {
    const array = of(shape);
    const index = shape.map((length, axis) => (n >> axis) % length);
    const { view, row, column } = viewShowing(usualView(array), index);
    expect(indexOfCell(view, { row, column })).toEqual(index);
    expect(row).toBeLessThan(rowCountOf(array, view));
    expect(column).toBeLessThan(columnCountOf(array, view));
  },
);

property('tiles cover what is visible, and none is larger than it should be', [shapes], (shape) => {
  const array = of(shape);
  const view = usualView(array);
  const rows = { start: 0, end: Math.min(40, rowCountOf(array, view)) };
  const columns = { start: 0, end: Math.min(20, columnCountOf(array, view)) };
  const tiling = tilingOf(array, view);
  const windows = tileKeys(tiling, rows, columns).map((key) =>
    spansOfTile(array, view, tiling, key),
  );
  for (const { rows: r, columns: c } of windows) {
    expect((r.end - r.start) * (c.end - c.start) * 4).toBeLessThanOrEqual(64 * 1024);
    expect(r.end).toBeLessThanOrEqual(rowCountOf(array, view));
  }
  const shown = windows.some(
    ({ rows: r, columns: c }) =>
      r.start < rows.end && rows.end <= r.end && c.start < columns.end && columns.end <= c.end,
  );
  expect(shown).toBe(true);
});
