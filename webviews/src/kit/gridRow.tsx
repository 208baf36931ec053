import type { VNode } from 'preact';
import { Component } from 'preact';
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

/** Rendered again only when something of it changed: scrolling by a row touches one row, not forty. */
export class GridRow extends Component<GridRowProps> {
  override shouldComponentUpdate(next: Readonly<GridRowProps>): boolean {
    const now = this.props;
    return (
      now.row !== next.row ||
      now.top !== next.top ||
      now.header !== next.header ||
      now.left !== next.left ||
      now.start !== next.start ||
      now.end !== next.end ||
      now.columns !== next.columns ||
      now.revision !== next.revision ||
      now.selectedStart !== next.selectedStart ||
      now.selectedEnd !== next.selectedEnd ||
      now.activeColumn !== next.activeColumn ||
      now.extraColumn !== next.extraColumn ||
      now.editor !== next.editor
    );
  }

  override render(props: Readonly<GridRowProps>) {
    const cells = [];
    const { extraColumn } = props;
    if (extraColumn !== undefined && extraColumn < props.start)
      cells.push(renderCell(props, extraColumn, true));
    for (let column = props.start; column < props.end; column++)
      cells.push(renderCell(props, column, false));
    if (extraColumn !== undefined && extraColumn >= props.end)
      cells.push(renderCell(props, extraColumn, true));
    return (
      <div
        role="row"
        aria-rowindex={props.row + 2}
        class={`grid-row${props.row % 2 === 1 ? ' odd' : ''}`}
        style={{ transform: `translateY(${props.top}px)` }}
      >
        <div
          role="rowheader"
          aria-colindex={1}
          class={`grid-row-header${props.selectedStart >= 0 ? ' in-selection' : ''}`}
        >
          {props.header}
        </div>
        <div
          role="presentation"
          class="grid-cells"
          style={{ transform: `translateX(${props.left}px)` }}
        >
          {cells}
        </div>
      </div>
    );
  }
}

function renderCell(props: Readonly<GridRowProps>, column: number, outside: boolean) {
  const view = props.cell(props.row, column);
  const selected = props.selectedStart <= column && column < props.selectedEnd;
  const active = column === props.activeColumn;
  const names = ['grid-cell'];
  if (view.align === 'end') names.push('end');
  if (view.tone) names.push(view.tone);
  if (view.pending) names.push('pending');
  if (view.heat !== undefined) names.push(view.heat < 0 ? 'heat cold' : 'heat');
  if (view.changed) names.push('changed');
  if (selected) names.push('selected');
  if (active) names.push('active');
  if (outside) names.push('outside');
  return (
    <div
      key={column}
      role="gridcell"
      aria-colindex={column + 2}
      aria-selected={selected}
      aria-busy={view.pending ? 'true' : undefined}
      tabIndex={active && !props.editor ? 0 : -1}
      class={names.join(' ')}
      style={{
        width: `${props.columns.sizeOf(column)}px`,
        paddingRight: view.fractionRoom ? `calc(8px + ${view.fractionRoom}ch)` : '',
        '--heat': view.heat === undefined ? '' : `${Math.round(Math.abs(view.heat) * 25)}%`,
      }}
      title={view.tooltip}
    >
      {active && props.editor ? props.editor : view.text}
    </div>
  );
}
