import { NUMBER_FORMATS } from '#shared/layout/numberText.ts';
import type { ViewStep } from '#shared/layout/viewChain.ts';
import { parseStep, stepArgument, stepKinds } from '#shared/layout/viewStepText.ts';
import type { CellPosition } from '../kit/gridSelection.ts';
import type { ByteSelection } from '../kit/hexView.tsx';
import type { ScrollPosition } from '../kit/scroller.tsx';
import type { ArrayView } from './arrayView.ts';
import type { GridOptions, HexOptions, Mode } from './modes.ts';
import { HEX_GROUPS, HEX_WIDTHS, MODES } from './modes.ts';

/** What survives a reload of the panel. */
export interface SavedBufferState {
  readonly arrayIndex: number;
  readonly view: ArrayView;
  readonly cell: CellPosition;
  readonly bytes: ByteSelection;
  readonly panes: { readonly grid: boolean; readonly hex: boolean };
  readonly share: number;
  readonly mode?: Mode;
  readonly steps?: readonly ViewStep[];
  readonly bookmarks?: readonly number[];
  readonly hexOptions?: HexOptions;
  readonly gridOptions?: GridOptions;
  readonly gridScroll?: ScrollPosition;
  readonly hexScroll?: ScrollPosition;
  /** Read by the host, which opens the part again. */
  readonly part?: { readonly uri: string; readonly names: readonly string[] };
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
    ...modeOf(value.mode),
    ...stepsOf(value.steps),
    ...bookmarksOf(value.bookmarks),
    ...hexOptionsOf(value.hexOptions),
    ...gridOptionsOf(value.gridOptions),
    ...(grid ? { gridScroll: grid } : {}),
    ...(hex ? { hexScroll: hex } : {}),
  };
}

function modeOf(value: unknown): { mode?: Mode } {
  const mode = MODES.find((known) => known === value);
  return mode ? { mode } : {};
}

/** Each step is written out and read again, which leaves only what a person could have typed. */
function stepsOf(value: unknown): { steps?: readonly ViewStep[] } {
  if (!Array.isArray(value)) return {};
  const steps: ViewStep[] = [];
  for (const saved of value as unknown[]) {
    if (!isRecord(saved)) return {};
    const kind = stepKinds.find((known) => known === saved.kind);
    if (!kind) return {};
    try {
      const step = parseStep(kind, stepArgument(saved as unknown as ViewStep));
      if (!step.ok) return {};
      steps.push(step.value);
    } catch {
      return {};
    }
  }
  return { steps };
}

function bookmarksOf(value: unknown): { bookmarks?: readonly number[] } {
  return Array.isArray(value) && value.every(isCount) ? { bookmarks: value } : {};
}

function hexOptionsOf(value: unknown): { hexOptions?: HexOptions } {
  if (!isRecord(value)) return {};
  const { width, groupBytes, encoding, inspector } = value;
  if (width !== null && !HEX_WIDTHS.some((known) => known === width)) return {};
  const group = HEX_GROUPS.find((known) => known === groupBytes);
  if (group === undefined || (encoding !== 'ascii' && encoding !== 'utf-8')) return {};
  const isWidth = typeof width === 'number' ? width : null;
  return {
    hexOptions: { width: isWidth, groupBytes: group, encoding, inspector: inspector === true },
  };
}

function gridOptionsOf(value: unknown): { gridOptions?: GridOptions } {
  if (!isRecord(value)) return {};
  const format = NUMBER_FORMATS.find((known) => known === value.format);
  if (!format) return {};
  const digits = isCount(value.digits) && value.digits <= 20 ? value.digits : null;
  return { gridOptions: { format, digits, heat: value.heat === true } };
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
