import { useMemo } from 'preact/hooks';
import type { SortKey } from '#shared/protocol/arrangement.ts';
import type { Field } from '#shared/protocol/engine.ts';
import { isNumeric } from './arrowCells.ts';
import type { MenuPlace } from './contextMenu.tsx';
import type { Cell, DataRows } from './dataRows.ts';
import { fractionOf, PAGE_ROWS } from './dataRows.ts';
import { sizedAxis } from './gridAxis.ts';
import type { CellView } from './gridRow.ts';
import type { CellPosition, GridSelection } from './gridSelection.ts';
import { formatCount } from '#shared/quantities.ts';
import { columnWidthFor, dataCharacterWidth } from './textWidth.ts';
import { VirtualGrid } from './virtualGrid.tsx';

const PENDING: CellView = { text: '', pending: true };
const UNREAD: CellView = { text: '—', tone: 'error', tooltip: 'This could not be read' };
const NULL: CellView = { text: 'null', tone: 'dim' };
const EMPTY: CellView = { text: '""', tone: 'dim' };
/** What one cell's element may hold; a longer text is shown up to here. */
const LONGEST_TEXT = 1000;

/** Typed rows as Spark shows them, in a grid that is virtual in both directions. */
export function DataGrid(props: {
  readonly label: string;
  readonly rows: DataRows;
  /** The rows ended with their engine, or with their file. */
  readonly over: boolean;
  readonly sortKeys: readonly SortKey[];
  /** Absent where the rows can't be asked for in another order. */
  readonly onSort: ((column: number, more: boolean, descending?: boolean) => void) | undefined;
  readonly onCopy: (selection: GridSelection, event: ClipboardEvent) => void;
  readonly onMenu: (at: MenuPlace) => void;
  readonly onActivate: (cell: CellPosition) => void;
}) {
  const { rows, over } = props;
  const schema = rows.schema.value;
  const character = useMemo(dataCharacterWidth, []);
  rows.fitColumns(character);
  const widths = rows.widths.value;
  const columns = useMemo(
    () => sizedAxis(schema.length, columnWidthFor(14, character), widths),
    [schema.length, widths, character],
  );
  const complete = rows.complete.value || over;
  // Rows that may follow: as many as one page, so that scrolling to the end asks for them.
  const rowCount = rows.rowCount.value + (complete ? 0 : PAGE_ROWS);
  const digits = rows.fractionDigits.value;
  return (
    <VirtualGrid
      label={props.label}
      rowCount={rowCount}
      rowCountKnown={complete}
      columns={columns}
      columnHeader={(column) =>
        headerOf(schema[column], column, props.onSort ? props.sortKeys : undefined)
      }
      rowHeader={(row) => formatCount(row + 1)}
      rowHeaderWidth={Math.ceil(Math.max(3, formatCount(rowCount).length) * character) + 17}
      cell={(row, column) =>
        viewOf(rows.cell(row, column), schema[column]?.type ?? '', digits[column] ?? 0, over)
      }
      source={`${rows.era.value} ${over}`}
      revision={`${rows.era.value} ${rows.revision.value} ${over}`}
      selection={rows.selection.value}
      onSelect={(selection) => {
        rows.select(selection);
      }}
      onVisible={(shown, shownColumns) => {
        rows.show(shown, shownColumns);
      }}
      onResizeColumn={(column, width) => {
        rows.resizeColumn(column, width);
      }}
      {...(props.onSort ? { onSortColumn: props.onSort } : {})}
      onCopy={props.onCopy}
      onMenu={props.onMenu}
      onActivate={props.onActivate}
      initialScroll={rows.scroll}
      onScroll={(position) => {
        rows.scroll = position;
      }}
      stale={over}
    />
  );
}

function headerOf(field: Field | undefined, column: number, keys: readonly SortKey[] | undefined) {
  if (field === undefined) return { text: '' };
  const at = keys?.findIndex((key) => key.column === column) ?? -1;
  const key = keys?.[at];
  const how = keys ? '\nClick sorts, Shift+click sorts by several (Alt+Shift+↑ and ↓)' : '';
  const width = '\nAlt+Shift+← and → change its width';
  return {
    text: field.name,
    detail: field.type,
    tooltip: `${field.name} · ${field.type}${field.nullable ? '' : ' · not null'}${how}${width}`,
    align: isNumeric(field.type) ? ('end' as const) : ('start' as const),
    ...(key
      ? {
          sort: {
            descending: key.descending,
            ...(keys.length > 1 ? { place: at + 1 } : {}),
          },
        }
      : {}),
  };
}

function viewOf(found: Cell, type: string, digits: number, over: boolean): CellView {
  const align = isNumeric(type) ? 'end' : 'start';
  if (found.kind === 'pending') return over ? { text: '' } : PENDING;
  if (found.kind === 'failed') return UNREAD;
  const { text } = found;
  if (text === null) return { ...NULL, align };
  if (text === '' && /^string\b/.test(type)) return EMPTY;
  const aligned = type === 'double' || type === 'float';
  const isNumber = !/^-?(NaN|Infinity)$/.test(text);
  const room = isNumber ? Math.max(0, digits - fractionOf(text)) : 0;
  return {
    text: text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : oneLine(text),
    align,
    ...(aligned && !isNumber ? { tone: 'mark' as const } : {}),
    ...(aligned && room > 0 ? { fractionRoom: room } : {}),
  };
}

function oneLine(text: string): string {
  return text.replace(/\r?\n/g, '↵');
}
