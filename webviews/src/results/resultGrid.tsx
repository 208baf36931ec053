import { useMemo } from 'preact/hooks';
import { sizedAxis } from '../kit/gridAxis.ts';
import type { CellView } from '../kit/gridRow.tsx';
import { selectionSpans } from '../kit/gridSelection.ts';
import { formatCount, formatQuantity } from '../kit/quantities.ts';
import { columnWidthFor, dataCharacterWidth } from '../kit/textWidth.ts';
import { VirtualGrid } from '../kit/virtualGrid.tsx';
import { isNumeric } from './arrowCells.ts';
import { failureText } from './failureText.ts';
import type { ResultsModel } from './resultsModel.ts';
import type { RunModel } from './runModel.ts';
import { fractionOf, MAX_COPIED_CELLS, PAGE_ROWS } from './runModel.ts';

const PENDING: CellView = { text: '', pending: true };
const UNREAD: CellView = { text: '—', tone: 'error', tooltip: 'This could not be read' };
const NULL: CellView = { text: 'null', tone: 'dim' };
const EMPTY: CellView = { text: '""', tone: 'dim' };
/** What one cell's element may hold; a longer text is shown up to here. */
const LONGEST_TEXT = 1000;

export function ResultGrid(props: { readonly model: ResultsModel; readonly run: RunModel }) {
  const { model, run } = props;
  const { schema, title, status } = run.run.value;
  const character = useMemo(dataCharacterWidth, []);
  run.fitColumns(character);
  const widths = run.widths.value;
  const columns = useMemo(
    () => sizedAxis(schema.length, columnWidthFor(14, character), widths),
    [schema.length, widths, character],
  );
  const complete = run.complete.value || status === 'lost';
  // Rows that may follow: as many as one page, so that scrolling to the end asks for them.
  const rowCount = run.rowCount.value + (complete ? 0 : PAGE_ROWS);
  const digits = run.fractionDigits.value;
  const cell = (row: number, column: number): CellView => {
    const found = run.cell(row, column);
    const type = schema[column]?.type ?? '';
    const align = isNumeric(type) ? 'end' : 'start';
    if (found.kind === 'pending') return status === 'lost' ? { text: '' } : PENDING;
    if (found.kind === 'failed') return UNREAD;
    const { text } = found;
    if (text === null) return { ...NULL, align };
    if (text === '' && /^string\b/.test(type)) return EMPTY;
    const room = Math.max(0, (digits[column] ?? 0) - fractionOf(text));
    const aligned = type === 'double' || type === 'float';
    return {
      text: text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : oneLine(text),
      align,
      ...(aligned && /^-?(NaN|Infinity)$/.test(text) ? { tone: 'mark' as const } : {}),
      ...(aligned && room > 0 ? { fractionRoom: room } : {}),
    };
  };

  return (
    <VirtualGrid
      label={`Rows of ${title}`}
      rowCount={rowCount}
      rowCountKnown={complete}
      columns={columns}
      columnHeader={(column) => {
        const field = schema[column];
        if (field === undefined) return { text: '' };
        return {
          text: field.name,
          detail: field.type,
          tooltip: `${field.name} · ${field.type}${field.nullable ? '' : ' · not null'}`,
          align: isNumeric(field.type) ? 'end' : 'start',
        };
      }}
      rowHeader={(row) => formatCount(row + 1)}
      rowHeaderWidth={Math.ceil(Math.max(3, formatCount(rowCount).length) * character) + 17}
      cell={cell}
      source={run.attempt.value}
      revision={`${run.revision.value} ${status}`}
      selection={run.selection.value}
      onSelect={(selection) => {
        run.select(selection);
      }}
      onVisible={(rows) => {
        run.show(rows);
      }}
      onResizeColumn={(column, width) => {
        run.resizeColumn(column, width);
      }}
      onCopy={(selection, event) => {
        copyRows(model, run, selection, event);
      }}
      initialScroll={run.scroll}
      onScroll={(position) => {
        run.scroll = position;
      }}
      stale={status === 'lost'}
    />
  );
}

function oneLine(text: string): string {
  return text.replace(/\r?\n/g, '↵');
}

/** Puts the rectangle on the clipboard as tab-separated text; what is not here yet is read first. */
function copyRows(
  model: ResultsModel,
  run: RunModel,
  selection: Parameters<typeof selectionSpans>[0],
  event: ClipboardEvent,
) {
  const spans = selectionSpans(selection);
  const rows = { start: spans.rows.start, end: Math.min(spans.rows.end, run.rowCount.value) };
  const { columns } = spans;
  const cells = (rows.end - rows.start) * (columns.end - columns.start);
  const copied = `Copied ${formatQuantity(rows.end - rows.start, 'row')} × ${formatQuantity(columns.end - columns.start, 'column')}`;
  if (cells > MAX_COPIED_CELLS) {
    model.announce(
      `${formatCount(cells)} cells are too many to copy; export the result to a file instead`,
    );
    return;
  }
  const text = run.textNow(rows, columns);
  if (text !== undefined && event.clipboardData) {
    event.clipboardData.setData('text/plain', text);
    model.announce(copied);
    return;
  }
  void run.readText(rows, columns).then(async (read) => {
    if (!read.ok) {
      model.announce(failureText(read.error).title);
      return;
    }
    const reply = await model.call('copyText', { text: read.value });
    model.announce(reply.ok ? copied : 'The clipboard could not be reached');
  });
}
