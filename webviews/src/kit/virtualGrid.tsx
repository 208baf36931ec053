import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { GridAxis, Span } from './gridAxis.ts';
import { scrollToShow, uniformAxis, visibleSpan } from './gridAxis.ts';
import type { CellView } from './gridRow.ts';
import { GridRow } from './gridRow.ts';
import type { CellPosition, GridSelection } from './gridSelection.ts';
import { moveSelection, selectCell, selectionSpans } from './gridSelection.ts';
import type { MenuPlace } from './contextMenu.tsx';
import { menuPlaceOf } from './contextMenu.tsx';
import { consume } from './keyboard.ts';
import { useRowElements } from './rowElements.ts';
import type { ScrollPosition } from './scroller.tsx';
import { Scrollbars, useScroller } from './scroller.tsx';

export const ROW_HEIGHT = 22;
/** Rows are placed from the nearest multiple of this, so that no pixel position grows out of the float range. */
const ROW_BASE = 4096;
const NARROWEST_COLUMN = 40;

export interface ColumnHeader {
  readonly text: string;
  /** A second line in secondary colour, such as the type. */
  readonly detail?: string;
  readonly tooltip?: string;
  readonly align?: 'start' | 'end';
  /** `place` among the keys, where there are several. */
  readonly sort?: { readonly descending: boolean; readonly place?: number };
}

export interface VirtualGridProps {
  readonly label: string;
  readonly rowCount: number;
  /** False while more rows may come: the row count is then not told as the last word. */
  readonly rowCountKnown?: boolean;
  readonly columns: GridAxis;
  readonly columnHeader: (column: number) => ColumnHeader;
  readonly rowHeader: (row: number) => string;
  readonly rowHeaderWidth: number;
  readonly cell: (row: number, column: number) => CellView;
  /** What the cells are of; when it changes, `onVisible` tells again what is shown. */
  readonly source: unknown;
  /** Anything that changes when `cell` would answer otherwise. */
  readonly revision: unknown;
  readonly selection: GridSelection;
  readonly onSelect: (selection: GridSelection) => void;
  readonly onVisible: (rows: Span, columns: Span) => void;
  readonly onResizeColumn?: (column: number, width: number | undefined) => void;
  /**
   * Set where rows can be sorted; `more` keeps the keys before. Without a direction the column's own goes round:
   * ascending, descending, none.
   */
  readonly onSortColumn?: (column: number, more: boolean, descending?: boolean) => void;
  /** Fills the clipboard with the selected rectangle. */
  readonly onCopy: (selection: GridSelection, event: ClipboardEvent) => void;
  readonly onActivate?: (cell: CellPosition) => void;
  /** Set where cells may be changed. True where the key was one of editing. */
  readonly onEditKey?: (event: KeyboardEvent) => boolean;
  readonly onPaste?: (event: ClipboardEvent) => void;
  readonly onMenu?: (at: MenuPlace) => void;
  /** What stands in the active cell instead of its text. */
  readonly editor?: VNode | undefined;
  readonly initialScroll?: ScrollPosition | undefined;
  readonly onScroll?: (position: ScrollPosition) => void;
  readonly stale?: boolean;
}

/** A grid that is virtual in both directions: only visible cells are in the document, plus the active one. */
export function VirtualGrid(props: VirtualGridProps) {
  const { columns, rowCount, selection } = props;
  const rows = uniformAxis(rowCount, ROW_HEIGHT);
  const scroller = useScroller({
    contentWidth: columns.length,
    contentHeight: rows.length,
    frozenWidth: props.rowHeaderWidth,
    initial: props.initialScroll,
    onScroll: props.onScroll,
  });
  const grid = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const hasFocus = useRef(false);
  const dragging = useRef(false);
  const { position, width, height } = scroller;
  const visibleRows = visibleSpan(rows, position.top, height);
  const visibleColumns = visibleSpan(columns, position.left, width);
  const { active } = selection;
  const twoLines = columns.count > 0 && props.columnHeader(0).detail !== undefined;
  const headerHeight = twoLines ? 40 : 24;

  useLayoutEffect(() => {
    props.onVisible(visibleRows, visibleColumns);
  }, [
    visibleRows.start,
    visibleRows.end,
    visibleColumns.start,
    visibleColumns.end,
    columns.count,
    props.source,
  ]);

  const shown = useRef<CellPosition | undefined>(props.initialScroll ? active : undefined);
  useLayoutEffect(() => {
    if (height === 0 || columns.count === 0) return;
    const before = shown.current;
    shown.current = active;
    if (before?.row === active.row && before.column === active.column) return;
    const columnStart = columns.offsetOf(active.column);
    const top = rows.offsetOf(active.row);
    scroller.scrollTo({
      top: scrollToShow(position.top, height - 12, top, top + ROW_HEIGHT),
      left: scrollToShow(
        position.left,
        width - 12,
        columnStart,
        columnStart + columns.sizeOf(active.column),
      ),
    });
  }, [active.row, active.column, height === 0]);

  useLayoutEffect(() => {
    const top = rows.offsetOf(active.row);
    if (!scroller.showedBefore(top, top + ROW_HEIGHT)) return;
    scroller.scrollTo({ top: scrollToShow(position.top, height - 12, top, top + ROW_HEIGHT) });
  }, [height]);

  const baseRow = Math.floor(visibleRows.start / ROW_BASE) * ROW_BASE;
  const spans = selectionSpans(selection);
  const firstLeft = columns.offsetOf(visibleColumns.start) - position.left;
  // The active cell stays in the document when it is scrolled away, or the focus would be lost with it.
  const extraColumn =
    active.column < visibleColumns.start || active.column >= visibleColumns.end
      ? active.column
      : undefined;
  useRowElements(
    body,
    () => new GridRow(),
    indexesWith(visibleRows, active.row, rowCount).map((row) => {
      const inSelection = spans.rows.start <= row && row < spans.rows.end;
      return {
        row,
        top: (placeOf(row, visibleRows) - baseRow) * ROW_HEIGHT,
        header: props.rowHeader(row),
        left: firstLeft,
        start: visibleColumns.start,
        end: visibleColumns.end,
        columns,
        cell: props.cell,
        revision: props.revision,
        selectedStart: inSelection ? spans.columns.start : -1,
        selectedEnd: inSelection ? spans.columns.end : -1,
        activeColumn: row === active.row ? active.column : -1,
        extraColumn: row === active.row ? extraColumn : undefined,
        editor: row === active.row ? props.editor : undefined,
      };
    }),
  );

  useLayoutEffect(() => {
    // While the quick pick or another editor has the focus, it stays there.
    if (!hasFocus.current || !document.hasFocus()) return;
    const target = grid.current?.querySelector<HTMLElement>('[tabindex="0"]');
    if (target !== document.activeElement) target?.focus({ preventScroll: true });
  });

  const onKeyDown = (event: KeyboardEvent) => {
    // What is typed in a cell is the editor's.
    if (event.target instanceof HTMLInputElement) return;
    if (props.onEditKey?.(event)) {
      consume(event);
      return;
    }
    const menu = props.onMenu && menuPlaceOf(event);
    if (menu) {
      props.onMenu(menu);
      consume(event);
      return;
    }
    if (event.altKey && event.shiftKey && /^Arrow(Up|Down)$/.test(event.key)) {
      if (!props.onSortColumn || columns.count === 0) return;
      props.onSortColumn(active.column, false, event.key === 'ArrowDown');
      consume(event);
      return;
    }
    if (event.altKey && event.shiftKey && props.onResizeColumn) {
      const step = event.key === 'ArrowLeft' ? -8 : event.key === 'ArrowRight' ? 8 : 0;
      if (step === 0) return;
      const next = Math.max(NARROWEST_COLUMN, columns.sizeOf(active.column) + step);
      props.onResizeColumn(active.column, next);
      consume(event);
      return;
    }
    if (event.key === 'Enter' && props.onActivate) {
      props.onActivate(active);
      consume(event);
      return;
    }
    const pageRows = Math.max(1, Math.floor(height / ROW_HEIGHT) - 1);
    const next = moveSelection(selection, event, {
      rowCount,
      columnCount: columns.count,
      pageRows,
    });
    if (next === undefined) return;
    props.onSelect(next);
    consume(event);
  };
  const cellUnder = (event: MouseEvent): CellPosition | undefined => {
    const box = scroller.viewport.current?.getBoundingClientRect();
    if (!box || rowCount === 0) return undefined;
    const x = event.clientX - box.left - props.rowHeaderWidth;
    return {
      row: rows.indexAt(event.clientY - box.top + position.top),
      column: columns.indexAt(Math.max(0, x) + position.left),
    };
  };
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0 || event.target instanceof HTMLInputElement) return;
    const cell = cellUnder(event);
    if (cell === undefined) return;
    dragging.current = true;
    hasFocus.current = true;
    props.onSelect(event.shiftKey ? { anchor: selection.anchor, active: cell } : selectCell(cell));
    event.preventDefault();
    grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
  };

  return (
    <div
      class={`grid-frame${props.stale ? ' stale' : ''}`}
      onWheel={scroller.onWheel}
      onFocusIn={() => {
        hasFocus.current = true;
      }}
      onFocusOut={(event) => {
        const next = event.relatedTarget;
        // Chromium also tells of a focus that is lost because its element left the document.
        if (next instanceof Node && grid.current?.contains(next)) return;
        if (event.target instanceof Node && event.target.isConnected) hasFocus.current = false;
      }}
      onCopy={(event) => {
        if (rowCount === 0 || event.target instanceof HTMLInputElement) return;
        props.onCopy(selection, event);
        consume(event);
      }}
      onPaste={(event) => {
        if (!props.onPaste || event.target instanceof HTMLInputElement) return;
        props.onPaste(event);
        consume(event);
      }}
    >
      <div
        ref={grid}
        role="grid"
        aria-label={props.label}
        aria-rowcount={props.rowCountKnown === false ? -1 : rowCount + 1}
        aria-colcount={columns.count + 1}
        aria-multiselectable="true"
        aria-readonly={props.onEditKey ? 'false' : 'true'}
        class="grid"
        style={{ '--row-header-width': `${props.rowHeaderWidth}px` }}
        onKeyDown={onKeyDown}
      >
        <div
          role="row"
          aria-rowindex={1}
          class="grid-header"
          style={{ height: `${headerHeight}px` }}
        >
          <div role="columnheader" aria-colindex={1} class="grid-corner">
            <span class="visually-hidden">Row</span>
          </div>
          <div role="presentation" class="grid-header-cells">
            <div
              role="presentation"
              class="grid-cells"
              style={{ transform: `translateX(${firstLeft}px)` }}
            >
              {range(visibleColumns).map((column) => (
                <HeaderCell
                  key={column}
                  column={column}
                  header={props.columnHeader(column)}
                  width={columns.sizeOf(column)}
                  active={spans.columns.start <= column && column < spans.columns.end}
                  onResize={props.onResizeColumn}
                  onSort={props.onSortColumn}
                  onMenu={
                    props.onMenu &&
                    ((at) => {
                      props.onSelect(selectCell({ row: active.row, column }));
                      props.onMenu?.(at);
                    })
                  }
                />
              ))}
            </div>
          </div>
        </div>
        <div
          ref={scroller.viewport}
          role="presentation"
          class="grid-viewport"
          onPointerDown={onPointerDown}
          onPointerMove={(event) => {
            if (!dragging.current || event.buttons !== 1) return;
            const cell = cellUnder(event);
            if (cell && (cell.row !== active.row || cell.column !== active.column))
              props.onSelect({ anchor: selection.anchor, active: cell });
          }}
          onPointerUp={() => {
            dragging.current = false;
          }}
          onContextMenu={(event) => {
            if (!props.onMenu || event.target instanceof HTMLInputElement) return;
            const cell = cellUnder(event);
            if (cell && !isInside(spans, cell)) props.onSelect(selectCell(cell));
            props.onMenu({ x: event.clientX, y: event.clientY });
            consume(event);
          }}
          onDblClick={() => props.onActivate?.(active)}
        >
          <div
            ref={body}
            role="presentation"
            class="grid-rows"
            style={{
              transform: `translateY(${baseRow * ROW_HEIGHT - position.top}px)`,
            }}
          />
        </div>
      </div>
      <Scrollbars scroller={scroller} top={headerHeight} />
    </div>
  );
}

function HeaderCell(props: {
  readonly column: number;
  readonly header: ColumnHeader;
  readonly width: number;
  readonly active: boolean;
  readonly onResize: ((column: number, width: number | undefined) => void) | undefined;
  readonly onSort: ((column: number, more: boolean) => void) | undefined;
  readonly onMenu: ((at: MenuPlace) => void) | undefined;
}) {
  const { header, column } = props;
  const { sort } = header;
  const held = useRef<{ x: number; width: number } | undefined>(undefined);
  return (
    <div
      role="columnheader"
      aria-colindex={column + 2}
      class={`grid-column-header${header.align === 'end' ? ' end' : ''}${props.active ? ' in-selection' : ''}${props.onSort ? ' sortable' : ''}`}
      style={{ width: `${props.width}px` }}
      aria-sort={sort ? (sort.descending ? 'descending' : 'ascending') : props.onSort && 'none'}
      title={header.tooltip}
      onClick={(event) => props.onSort?.(column, event.shiftKey)}
      onContextMenu={(event) => {
        if (!props.onMenu) return;
        props.onMenu({ x: event.clientX, y: event.clientY });
        consume(event);
      }}
    >
      <span class="grid-column-name">
        {header.text}
        {sort === undefined ? null : (
          <span aria-hidden="true" class="grid-column-sort">
            <span class={`codicon codicon-arrow-${sort.descending ? 'down' : 'up'}`} />
            {sort.place}
          </span>
        )}
      </span>
      {header.detail === undefined ? null : <span class="grid-column-detail">{header.detail}</span>}
      {props.onResize ? (
        <span
          aria-hidden="true"
          class="grid-column-edge"
          onClick={consume}
          onPointerDown={(event) => {
            held.current = { x: event.clientX, width: props.width };
            event.currentTarget.setPointerCapture(event.pointerId);
            consume(event);
          }}
          onPointerMove={(event) => {
            if (!held.current) return;
            const next = held.current.width + event.clientX - held.current.x;
            props.onResize?.(column, Math.max(NARROWEST_COLUMN, next));
          }}
          onPointerUp={() => {
            held.current = undefined;
          }}
          onDblClick={(event) => {
            props.onResize?.(column, undefined);
            consume(event);
          }}
        />
      ) : null}
    </div>
  );
}

function isInside(spans: { rows: Span; columns: Span }, { row, column }: CellPosition): boolean {
  return (
    spans.rows.start <= row &&
    row < spans.rows.end &&
    spans.columns.start <= column &&
    column < spans.columns.end
  );
}

export function range(span: Span): number[] {
  return Array.from({ length: Math.max(0, span.end - span.start) }, (_, i) => span.start + i);
}

/** Where a row stands: one that is out of sight and has the focus is just outside. */
export function placeOf(row: number, visible: Span): number {
  if (row < visible.start) return visible.start - 1;
  return row < visible.end ? row : visible.end + 1;
}

/** The visible rows in order, and the active one before or after them. */
export function indexesWith(span: Span, active: number, count: number): number[] {
  const indexes = range(span);
  if (active >= count || (span.start <= active && active < span.end)) return indexes;
  return active < span.start ? [active, ...indexes] : [...indexes, active];
}
