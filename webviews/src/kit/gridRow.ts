import type { VNode } from 'preact';
import { render } from 'preact';
import { ElementPool } from './elementPool.ts';
import type { GridAxis } from './gridAxis.ts';

/** One cell as shown. */
export interface CellView {
  readonly text: string;
  readonly align?: 'start' | 'end';
  /** `dim` for what is not data (null, an empty string), `mark` for what stands out (NaN, infinity). */
  readonly tone?: 'dim' | 'mark' | 'error';
  /** Not read yet. */
  readonly pending?: boolean;
  /** Characters left free behind a number, so that decimal points stand in one column. */
  readonly fractionRoom?: number;
  readonly tooltip?: string;
  /** Colour by value, from -1 to 1; the sign has a hue of its own, besides the one in the text. */
  readonly heat?: number;
  /** Another value stood here before. */
  readonly changed?: boolean;
}

export interface GridRowProps {
  readonly row: number;
  readonly top: number;
  readonly header: string;
  readonly left: number;
  readonly start: number;
  readonly end: number;
  readonly columns: GridAxis;
  readonly cell: (row: number, column: number) => CellView;
  readonly revision: unknown;
  readonly selectedStart: number;
  readonly selectedEnd: number;
  readonly activeColumn: number;
  readonly extraColumn: number | undefined;
  /** Of the active cell, while it is typed into. */
  readonly editor: VNode | undefined;
}

/**
 * A row's own elements, written to where something of them changed: a component for each cell would take longer to
 * compare than the browser takes to show them.
 */
export class GridRow {
  readonly element = elementOf('row', 'grid-row');
  private readonly header = elementOf('rowheader', 'grid-row-header');
  private readonly headerText = document.createTextNode('');
  private readonly cellBox = elementOf('presentation', 'grid-cells');
  private readonly pool = new ElementPool(this.cellBox, () => new GridCell());
  private cells: readonly GridCell[] = [];
  private indexes: readonly number[] = [];
  private shown: GridRowProps | undefined;
  private isPending = false;

  constructor() {
    this.header.setAttribute('aria-colindex', '1');
    this.header.append(this.headerText);
    this.element.append(this.header, this.cellBox);
  }

  /** Whether something of the row is not read yet. */
  paint(next: GridRowProps): boolean {
    const now = this.shown;
    this.shown = next;
    if (now && isSame(now, next)) return this.isPending;
    if (now?.row !== next.row) {
      this.element.setAttribute('aria-rowindex', String(next.row + 2));
      this.element.classList.toggle('odd', next.row % 2 === 1);
    }
    if (now?.top !== next.top) this.element.style.transform = `translateY(${next.top}px)`;
    if (now?.left !== next.left) this.cellBox.style.transform = `translateX(${next.left}px)`;
    if (now?.header !== next.header) this.headerText.data = next.header;
    const isSelected = next.selectedStart >= 0;
    if (now === undefined || now.selectedStart >= 0 !== isSelected)
      this.header.classList.toggle('in-selection', isSelected);
    if ((now?.editor !== undefined) !== (next.editor !== undefined))
      this.element.classList.toggle('edited', next.editor !== undefined);
    if (now?.start !== next.start || now.end !== next.end || now.extraColumn !== next.extraColumn) {
      this.indexes = columnsOf(next);
      this.cells = this.pool.show(this.indexes, next.activeColumn);
    }
    this.isPending = false;
    this.cells.forEach((cell, at) => {
      const column = this.indexes[at] ?? 0;
      const view = next.cell(next.row, column);
      if (view.pending) this.isPending = true;
      cell.paint(view, column, next);
    });
    return this.isPending;
  }

  /** Takes down what is typed into. */
  dispose(): void {
    for (const cell of this.cells) cell.dispose();
  }
}

class GridCell {
  readonly element = elementOf('gridcell', '');
  private readonly text = document.createTextNode('');
  private editor: VNode | undefined;
  private column = -1;
  private names = '';
  private width = -1;
  private fractionRoom = 0;
  private heat: number | undefined;
  private tooltip: string | undefined;
  private selected: boolean | undefined;
  private pending = false;
  private tabStop: boolean | undefined;

  constructor() {
    this.element.append(this.text);
  }

  paint(view: CellView, column: number, row: GridRowProps): void {
    const { element } = this;
    const selected = row.selectedStart <= column && column < row.selectedEnd;
    const active = column === row.activeColumn;
    const editor = active ? row.editor : undefined;
    const outside = column < row.start || column >= row.end;
    const names = namesOf(view, selected, active, outside, editor !== undefined);
    const pending = view.pending === true;
    const width = row.columns.sizeOf(column);
    const fractionRoom = view.fractionRoom ?? 0;
    const tabStop = active && !editor;
    if (this.column !== column) element.setAttribute('aria-colindex', String(column + 2));
    if (this.names !== names) element.className = names;
    if (this.width !== width) element.style.width = `${width}px`;
    if (this.fractionRoom !== fractionRoom)
      element.style.paddingRight = fractionRoom > 0 ? `calc(8px + ${fractionRoom}ch)` : '';
    if (this.heat !== view.heat)
      element.style.setProperty('--heat', view.heat === undefined ? '' : heatText(view.heat));
    if (this.selected !== selected) element.setAttribute('aria-selected', String(selected));
    if (this.pending !== pending) {
      if (pending) element.setAttribute('aria-busy', 'true');
      else element.removeAttribute('aria-busy');
    }
    if (this.tabStop !== tabStop) element.tabIndex = tabStop ? 0 : -1;
    if (this.tooltip !== view.tooltip) {
      if (view.tooltip === undefined) element.removeAttribute('title');
      else element.title = view.tooltip;
    }
    this.fill(view.text, editor);
    this.column = column;
    this.names = names;
    this.width = width;
    this.fractionRoom = fractionRoom;
    this.heat = view.heat;
    this.selected = selected;
    this.pending = pending;
    this.tabStop = tabStop;
    this.tooltip = view.tooltip;
  }

  dispose(): void {
    if (this.editor) render(null, this.element);
  }

  private fill(text: string, editor: VNode | undefined): void {
    if (editor) {
      if (!this.editor) this.text.remove();
      if (this.editor !== editor) render(editor, this.element);
    } else {
      if (this.editor) {
        render(null, this.element);
        this.element.append(this.text);
      }
      if (this.text.data !== text) this.text.data = text;
    }
    this.editor = editor;
  }
}

function isSame(now: GridRowProps, next: GridRowProps): boolean {
  return (
    now.row === next.row &&
    now.top === next.top &&
    now.header === next.header &&
    now.left === next.left &&
    now.start === next.start &&
    now.end === next.end &&
    now.columns === next.columns &&
    now.revision === next.revision &&
    now.selectedStart === next.selectedStart &&
    now.selectedEnd === next.selectedEnd &&
    now.activeColumn === next.activeColumn &&
    now.extraColumn === next.extraColumn &&
    now.editor === next.editor
  );
}

/** Those in sight, and the one that has the focus. */
function columnsOf({ start, end, extraColumn }: GridRowProps): readonly number[] {
  const columns: number[] = [];
  if (extraColumn !== undefined && extraColumn < start) columns.push(extraColumn);
  for (let column = start; column < end; column++) columns.push(column);
  if (extraColumn !== undefined && extraColumn >= end) columns.push(extraColumn);
  return columns;
}

function namesOf(
  view: CellView,
  selected: boolean,
  active: boolean,
  outside: boolean,
  edited: boolean,
): string {
  let names = 'grid-cell';
  if (view.align === 'end') names += ' end';
  if (view.tone) names += ` ${view.tone}`;
  if (view.pending) names += ' pending';
  if (view.heat !== undefined) names += view.heat < 0 ? ' heat cold' : ' heat';
  if (view.changed) names += ' changed';
  if (selected) names += ' selected';
  if (active) names += ' active';
  if (outside) names += ' outside';
  if (edited) names += ' edited';
  return names;
}

function heatText(heat: number): string {
  return `${Math.round(Math.abs(heat) * 25)}%`;
}

function elementOf(role: string, className: string): HTMLElement {
  const element = document.createElement('div');
  element.setAttribute('role', role);
  element.className = className;
  return element;
}
