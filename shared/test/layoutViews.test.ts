import { describe, expect, test } from 'vitest';
import { broadcastShapes, broadcastStrides } from '#shared/layout/broadcast.ts';
import type { ViewLayout } from '#shared/layout/memoryviewCast.ts';
import { NOT_AN_INTEGER, castView } from '#shared/layout/memoryviewCast.ts';
import type { ReshapeOrder } from '#shared/layout/reshape.ts';
import { reshapeLayout } from '#shared/layout/reshape.ts';
import { contiguousStrides } from '#shared/layout/strides.ts';
import { readBufferTable } from './layoutTables.ts';

interface CastRow {
  readonly src: string;
  readonly src_props: Omit<ViewLayout, 'offset'>;
  readonly format: string;
  readonly shape: number[] | null;
  readonly result?: Omit<ViewLayout, 'offset'>;
  readonly error?: [string, string];
}

interface ReshapeRow {
  readonly src: string;
  readonly shape: number[];
  readonly strides: number[];
  readonly new: number[];
  readonly order: ReshapeOrder;
  readonly result?: {
    readonly shape: number[];
    readonly strides: number[];
    readonly view: boolean | null;
  };
  readonly error?: [string, string];
}

interface BroadcastRow {
  readonly shapes: number[][];
  readonly result?: number[];
  readonly strides_i4?: number[][];
  readonly error?: string;
}

describe('a cast of CPython is the same view here, or the same refusal', () => {
  const rows = readBufferTable('expect_casts.json') as CastRow[];
  test.each([...new Set(rows.map(({ src }) => src))])('%s', (source) => {
    for (const row of rows.filter(({ src }) => src === source)) {
      // JSON can't tell `2.0` from `2`; the answer does.
      const isFloat = row.error?.[1].endsWith('must be integers') === true;
      const shape = row.shape?.map((length, axis) =>
        isFloat && axis === 0 ? NOT_AN_INTEGER : length,
      );
      const cast = castView({ ...row.src_props, offset: 0 }, row.format, shape);
      const found = cast.ok
        ? { format: cast.value.format, shape: cast.value.shape, strides: cast.value.strides }
        : [cast.error.exception, cast.error.message];
      const { result } = row;
      const expected = result
        ? { format: result.format, shape: result.shape, strides: result.strides }
        : row.error;
      expect([row.format, row.shape, found]).toEqual([row.format, row.shape, expected]);
    }
  });
});

describe('a reshape of NumPy is the same here: view, copy or refusal', () => {
  const rows = readBufferTable('expect_reshape.json') as ReshapeRow[];
  test.each([...new Set(rows.map(({ src }) => src))])('%s', (source) => {
    for (const row of rows.filter(({ src }) => src === source)) {
      const layout = { shape: row.shape, strides: row.strides, offset: 0, itemsize: 4 };
      const reshaped = reshapeLayout(layout, row.new, row.order);
      const found = reshaped.ok
        ? {
            shape: reshaped.value.layout.shape,
            strides: reshaped.value.layout.strides,
            // NumPy can't tell whether an array without elements shares memory.
            view: row.result?.view === null ? null : reshaped.value.isView,
          }
        : reshaped.error.message;
      expect([row.new, row.order, found]).toEqual([
        row.new,
        row.order,
        row.result ?? row.error?.[1],
      ]);
    }
  });
});

test.each(readBufferTable('expect_broadcast.json') as BroadcastRow[])(
  'broadcasting $shapes',
  ({ shapes, result, strides_i4: strides, error }) => {
    const broadcast = broadcastShapes(shapes);
    if (broadcast.kind === 'fits') {
      expect(broadcast.shape).toEqual(result);
      const made = shapes.map((shape) =>
        broadcastStrides(shape, contiguousStrides(shape, 4, 'C'), broadcast.shape),
      );
      expect(made).toEqual(strides);
    } else {
      const [first, second] = broadcast.arguments;
      expect(error).toContain(`between arg ${first} with`);
      expect(error).toContain(`and arg ${second} with`);
    }
  },
);
