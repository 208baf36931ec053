import type { CellPosition } from '../kit/gridSelection.ts';
import type { ByteSelection } from '../kit/hexView.tsx';
import type { ScrollPosition } from '../kit/scroller.tsx';
import type { ArrayView } from './arrayView.ts';

/** What survives a reload of the panel. */
export interface SavedBufferState {
  readonly arrayIndex: number;
  readonly view: ArrayView;
  readonly cell: CellPosition;
  readonly bytes: ByteSelection;
  readonly panes: { readonly grid: boolean; readonly hex: boolean };
  readonly share: number;
  readonly gridScroll?: ScrollPosition;
  readonly hexScroll?: ScrollPosition;
}

/** The grid's part of the width. */
export const USUAL_SHARE = 0.45;

/** What another version saved may have any shape; what does not fit is forgotten as a whole. */
export function readSavedState(value: unknown): SavedBufferState | undefined {
  if (!isRecord(value)) return undefined;
  const { arrayIndex, view, cell, bytes, panes, share, gridScroll, hexScroll } = value;
  if (!isCount(arrayIndex) || !isRecord(view) || !isRecord(cell) || !isRecord(bytes))
    return undefined;
  const { rowAxis, columnAxis, index } = view;
  const isAxis = (axis: unknown) => axis === null || isCount(axis);
  if (!isAxis(rowAxis) || !isAxis(columnAxis)) return undefined;
  if (!Array.isArray(index) || !index.every(isCount)) return undefined;
  if (!isCount(cell.row) || !isCount(cell.column)) return undefined;
  if (!isCount(bytes.anchor) || !isCount(bytes.active)) return undefined;
  if (!isRecord(panes) || typeof panes.grid !== 'boolean' || typeof panes.hex !== 'boolean')
    return undefined;
  if (!panes.grid && !panes.hex) return undefined;
  if (typeof share !== 'number' || !(0 < share && share < 1)) return undefined;
  const grid = scrollOf(gridScroll);
  const hex = scrollOf(hexScroll);
  return {
    arrayIndex,
    view: { rowAxis: rowAxis, columnAxis: columnAxis, index },
    cell: { row: cell.row, column: cell.column },
    bytes: { anchor: bytes.anchor, active: bytes.active },
    panes: { grid: panes.grid, hex: panes.hex },
    share,
    ...(grid ? { gridScroll: grid } : {}),
    ...(hex ? { hexScroll: hex } : {}),
  };
}

function scrollOf(value: unknown): ScrollPosition | undefined {
  if (!isRecord(value) || !isCount(value.left) || !isCount(value.top)) return undefined;
  return { left: value.left, top: value.top };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
