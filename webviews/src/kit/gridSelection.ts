import type { Span } from './gridAxis.ts';
import { clamp } from './gridAxis.ts';

export interface CellPosition {
  readonly row: number;
  readonly column: number;
}

/** A rectangle of cells: `active` has the focus, `anchor` is the opposite corner. */
export interface GridSelection {
  readonly anchor: CellPosition;
  readonly active: CellPosition;
}

export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

export function selectCell(cell: CellPosition): GridSelection {
  return { anchor: cell, active: cell };
}

export function selectionSpans(selection: GridSelection): { rows: Span; columns: Span } {
  const { anchor, active } = selection;
  return {
    rows: {
      start: Math.min(anchor.row, active.row),
      end: Math.max(anchor.row, active.row) + 1,
    },
    columns: {
      start: Math.min(anchor.column, active.column),
      end: Math.max(anchor.column, active.column) + 1,
    },
  };
}

function sameCell(a: CellPosition, b: CellPosition): boolean {
  return a.row === b.row && a.column === b.column;
}

/** Where a key takes the selection; undefined for a key that does not move it. Shift extends. */
export function moveSelection(
  selection: GridSelection,
  press: KeyPress,
  size: { readonly rowCount: number; readonly columnCount: number; readonly pageRows: number },
): GridSelection | undefined {
  if (press.altKey) return undefined;
  const { row, column } = selection.active;
  const toEnd = press.ctrlKey || press.metaKey;
  const lastRow = size.rowCount - 1;
  const lastColumn = size.columnCount - 1;
  const targets: Readonly<Record<string, CellPosition | undefined>> = {
    ArrowUp: { row: toEnd ? 0 : row - 1, column },
    ArrowDown: { row: toEnd ? lastRow : row + 1, column },
    ArrowLeft: { row, column: toEnd ? 0 : column - 1 },
    ArrowRight: { row, column: toEnd ? lastColumn : column + 1 },
    PageUp: { row: row - size.pageRows, column },
    PageDown: { row: row + size.pageRows, column },
    Home: { row: toEnd ? 0 : row, column: 0 },
    End: { row: toEnd ? lastRow : row, column: lastColumn },
  };
  if (toEnd && press.key.toLowerCase() === 'a')
    return {
      anchor: { row: 0, column: 0 },
      active: { row: Math.max(0, lastRow), column: Math.max(0, lastColumn) },
    };
  if (press.key === 'Escape')
    return sameCell(selection.anchor, selection.active) ? undefined : selectCell(selection.active);
  const target = Object.hasOwn(targets, press.key) ? targets[press.key] : undefined;
  if (target === undefined) return undefined;
  const active = {
    row: clamp(target.row, 0, Math.max(0, lastRow)),
    column: clamp(target.column, 0, Math.max(0, lastColumn)),
  };
  return press.shiftKey ? { anchor: selection.anchor, active } : selectCell(active);
}
