/** How an array of any number of axes is laid out on a grid of rows and columns. Pure. */
import { leavesOf } from '#shared/layout/leaves.ts';
import { byteOffsetOf } from '#shared/layout/strides.ts';
import type { ArrayDescription, ElementWindow } from '#shared/protocol/bufferView.ts';
import type { Span } from '../kit/gridAxis.ts';
import { clamp } from '../kit/gridAxis.ts';
import type { CellPosition } from '../kit/gridSelection.ts';

/** Which axes run over rows and columns; the others stand still at `index`. */
export interface ArrayView {
  readonly rowAxis: number | null;
  readonly columnAxis: number | null;
  readonly index: readonly number[];
}

const MOST_CHANNELS = 4;

/** The last two axes; of an image those before its channels. Fields of a struct take the columns. */
export function usualView(array: ArrayDescription): ArrayView {
  const axes = array.shape.length;
  const index = array.shape.map(() => 0);
  if (axes === 0) return { rowAxis: null, columnAxis: null, index };
  if (array.dtype.kind === 'struct') return { rowAxis: axes - 1, columnAxis: null, index };
  if (axes === 1) return { rowAxis: 0, columnAxis: null, index };
  const channels = axes > 2 && (array.shape[axes - 1] ?? 0) <= MOST_CHANNELS;
  const last = channels ? axes - 2 : axes - 1;
  return { rowAxis: last - 1, columnAxis: last, index };
}

/** Whether a view that was kept from before still fits the array. */
export function fits(view: ArrayView, array: ArrayDescription): boolean {
  const axes = array.shape.length;
  const isAxis = (axis: number | null) => axis === null || (0 <= axis && axis < axes);
  return (
    view.index.length === axes &&
    isAxis(view.rowAxis) &&
    isAxis(view.columnAxis) &&
    (view.rowAxis === null || view.rowAxis !== view.columnAxis) &&
    (axes === 0) === (view.rowAxis === null) &&
    !(array.dtype.kind === 'struct' && view.columnAxis !== null) &&
    view.index.every((position, axis) => position < Math.max(1, array.shape[axis] ?? 0))
  );
}

export function rowCountOf(array: ArrayDescription, view: ArrayView): number {
  if (array.shape.includes(0)) return 0;
  return view.rowAxis === null ? 1 : (array.shape[view.rowAxis] ?? 0);
}

export function columnCountOf(array: ArrayDescription, view: ArrayView): number {
  if (array.dtype.kind === 'struct') return leavesOf(array.dtype).length;
  return view.columnAxis === null ? 1 : (array.shape[view.columnAxis] ?? 0);
}

/** The element under a cell. Of a struct all columns of a row are one element. */
export function indexOfCell(view: ArrayView, cell: CellPosition): number[] {
  const index = [...view.index];
  if (view.rowAxis !== null) index[view.rowAxis] = cell.row;
  if (view.columnAxis !== null) index[view.columnAxis] = cell.column;
  return index;
}

/** The cell that shows an element, in a view that is moved to where the element is. */
export function viewShowing(
  view: ArrayView,
  index: readonly number[],
): { view: ArrayView; row: number; column: number } {
  const row = view.rowAxis === null ? 0 : (index[view.rowAxis] ?? 0);
  const column = view.columnAxis === null ? 0 : (index[view.columnAxis] ?? 0);
  const fixed = view.index.map((old, axis) =>
    axis === view.rowAxis || axis === view.columnAxis ? old : (index[axis] ?? 0),
  );
  const same = fixed.every((position, axis) => position === view.index[axis]);
  return { view: same ? view : { ...view, index: fixed }, row, column };
}

/** Gives an axis to rows or columns. The axis that loses its place takes the other's, if it was that one. */
export function withAxis(view: ArrayView, role: 'rowAxis' | 'columnAxis', axis: number): ArrayView {
  const other = role === 'rowAxis' ? 'columnAxis' : 'rowAxis';
  const swapped = view[other] === axis ? { [other]: view[role] } : {};
  return { ...view, ...swapped, [role]: axis };
}

export function withIndex(view: ArrayView, axis: number, position: number, length: number) {
  const index = [...view.index];
  index[axis] = clamp(position, 0, Math.max(0, length - 1));
  return { ...view, index };
}

/** `[:, :, 0]`, as Python would say what the grid shows. */
export function sliceText(view: ArrayView): string {
  const parts = view.index.map((position, axis) =>
    axis === view.rowAxis || axis === view.columnAxis ? ':' : String(position),
  );
  return `[${parts.length === 0 ? '()' : parts.join(', ')}]`;
}

/** A block of elements that is read as one page. */
export interface Tiling {
  readonly rows: number;
  readonly columns: number;
}

const TILE_BYTES = 64 * 1024;

export function tilingOf(array: ArrayDescription, view: ArrayView): Tiling {
  const { itemsize } = array.dtype;
  const elements = Math.max(1, Math.floor(TILE_BYTES / Math.max(1, itemsize)));
  const columns = view.columnAxis === null ? 1 : clamp(Math.floor(elements / 64), 1, 32);
  return { columns, rows: clamp(Math.floor(elements / columns), 1, 256) };
}

export function tileKeys(tiling: Tiling, rows: Span, columns: Span): string[] {
  const keys: string[] = [];
  for (let r = Math.floor(rows.start / tiling.rows); r * tiling.rows < rows.end; r++)
    for (let c = Math.floor(columns.start / tiling.columns); c * tiling.columns < columns.end; c++)
      keys.push(`${r}:${c}`);
  return keys;
}

/** The rows and columns of a tile, cut at the array's end. */
export function spansOfTile(
  array: ArrayDescription,
  view: ArrayView,
  tiling: Tiling,
  key: string,
): { readonly rows: Span; readonly columns: Span } {
  const [row = 0, column = 0] = key.split(':').map(Number);
  const rowCount = rowCountOf(array, view);
  const columnCount = view.columnAxis === null ? 1 : (array.shape[view.columnAxis] ?? 0);
  return {
    rows: { start: row * tiling.rows, end: Math.min((row + 1) * tiling.rows, rowCount) },
    columns: {
      start: column * tiling.columns,
      end: Math.min((column + 1) * tiling.columns, columnCount),
    },
  };
}

/** A rectangle of the view, as bytes to ask for. */
export function windowOf(
  array: ArrayDescription,
  view: ArrayView,
  spans: { readonly rows: Span; readonly columns: Span },
): ElementWindow {
  const { rows, columns } = spans;
  const strideOf = (axis: number | null) => (axis === null ? 0 : (array.strides[axis] ?? 0));
  const index = indexOfCell(view, { row: rows.start, column: columns.start });
  return {
    shape: [rows.end - rows.start, columns.end - columns.start],
    strides: [strideOf(view.rowAxis), strideOf(view.columnAxis)],
    offset: byteOffsetOf({ ...array, itemsize: array.dtype.itemsize }, index),
    itemsize: array.dtype.itemsize,
  };
}
