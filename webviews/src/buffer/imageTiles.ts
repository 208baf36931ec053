/** Tiles of an image at a power-of-two step: only what is on screen is read, whatever the array's size. */
import { decodeElement } from '#shared/layout/elementValue.ts';
import type { ElementWindow } from '#shared/protocol/bufferView.ts';
import type { ArrayDescription } from '#shared/protocol/bufferView.ts';
import type { NumberPart } from '#shared/protocol/bufferScan.ts';
import type { Span } from '../kit/gridAxis.ts';
import type { Leaf } from '#shared/layout/leaves.ts';
import type { ArrayView } from './arrayView.ts';
import { windowOf } from './arrayView.ts';

export const TILE_SIDE = 128;

export interface TileKey {
  /** Elements from one pixel to the next: 2 to this power. */
  readonly level: number;
  readonly row: number;
  readonly column: number;
}

export interface ImageSize {
  readonly rows: number;
  readonly columns: number;
}

export function tileText({ level, row, column }: TileKey): string {
  return `${level}:${row}:${column}`;
}

export function parseTile(text: string): TileKey {
  const [level = 0, row = 0, column = 0] = text.split(':').map(Number);
  return { level, row, column };
}

/** The tiles of a level that show some elements. */
export function tilesFor(level: number, rows: Span, columns: Span): TileKey[] {
  const side = TILE_SIDE * 2 ** level;
  const keys: TileKey[] = [];
  for (let row = Math.floor(rows.start / side); row * side < rows.end; row++)
    for (let column = Math.floor(columns.start / side); column * side < columns.end; column++)
      keys.push({ level, row, column });
  return keys;
}

/** Every `2^level`-th element of a tile's rectangle. */
export function tileWindow(
  array: ArrayDescription,
  view: ArrayView,
  leaf: Leaf,
  size: ImageSize,
  key: TileKey,
): ElementWindow {
  const step = 2 ** key.level;
  const side = TILE_SIDE * step;
  const startRow = key.row * side;
  const startColumn = key.column * side;
  const height = Math.ceil((Math.min(startRow + side, size.rows) - startRow) / step);
  const width = Math.ceil((Math.min(startColumn + side, size.columns) - startColumn) / step);
  const window = windowOf(array, view, {
    rows: { start: startRow, end: startRow + 1 },
    columns: { start: startColumn, end: startColumn + 1 },
  });
  return {
    shape: [height, width],
    strides: [window.strides[0] * step, window.strides[1] * step],
    offset: window.offset + leaf.offset,
    itemsize: leaf.dtype.itemsize,
  };
}

/** The numbers of a tile, row by row. */
export function tileNumbers(leaf: Leaf, bytes: ArrayBuffer, part: NumberPart): Float64Array {
  const { dtype } = leaf;
  const view = new DataView(bytes);
  const count = Math.floor(bytes.byteLength / Math.max(1, dtype.itemsize));
  const numbers = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    const value = decodeElement(dtype, view, k * dtype.itemsize);
    numbers[k] = numberOf(value, part);
  }
  return numbers;
}

function numberOf(value: unknown, part: NumberPart): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint' || typeof value === 'boolean') return Number(value);
  if (typeof value !== 'object' || value === null) return NaN;
  if ('value' in value) return Number(value.value);
  if ('ticks' in value) return Number(value.ticks);
  if (!('real' in value) || !('imaginary' in value)) return NaN;
  const real = numberOf(value.real, 'value');
  const imaginary = numberOf(value.imaginary, 'value');
  if (part === 'real') return real;
  if (part === 'imaginary') return imaginary;
  return part === 'phase' ? Math.atan2(imaginary, real) : Math.hypot(real, imaginary);
}
