import type { Result } from '#shared/result.ts';
import type { DataRows } from './dataRows.ts';
import { MAX_COPIED_CELLS } from './dataRows.ts';
import type { CallFailure } from './failureText.ts';
import { failureText } from './failureText.ts';
import type { Span } from './gridAxis.ts';
import type { GridSelection } from './gridSelection.ts';
import { selectionSpans } from './gridSelection.ts';
import { formatCount, formatQuantity } from '#shared/quantities.ts';
import type { RowFormat, RowText } from './rowText.ts';
import { rowText } from './rowText.ts';

export interface CopyTarget {
  /** What the rows are of. */
  readonly name: string;
  copyText(text: string): Promise<Result<unknown, CallFailure>>;
  /** Into the SQL editor. */
  insertSql(text: string): Promise<Result<{ readonly fileName: string }, CallFailure>>;
  announce(text: string): void;
}

/** Puts the selected rectangle on the clipboard; what is not here yet is read first. */
export function copySelection(
  rows: DataRows,
  selection: GridSelection,
  format: RowFormat,
  target: CopyTarget,
  event?: ClipboardEvent,
): void {
  const chosen = choose(rows, selection, target);
  if (!chosen) return;
  const { span, columns, quantity } = chosen;
  const text = writer(rows, columns, format, target.name);
  const lines = rows.linesNow(span, columns, text.line);
  if (lines !== undefined && event?.clipboardData) {
    event.clipboardData.setData('text/plain', text.whole(lines));
    target.announce(`Copied ${quantity}`);
    return;
  }
  void readAll(rows, span, columns, text).then(async (read) => {
    const reply = read.ok ? await target.copyText(read.value) : undefined;
    if (!read.ok) target.announce(failureText(read.error).title);
    else target.announce(reply?.ok ? `Copied ${quantity}` : 'The clipboard could not be reached');
  });
}

/** Puts the selected rectangle as VALUES into the SQL that is being written. */
export function insertSelection(
  rows: DataRows,
  selection: GridSelection,
  target: CopyTarget,
): void {
  const chosen = choose(rows, selection, target);
  if (!chosen) return;
  const { span, columns, quantity } = chosen;
  const text = writer(rows, columns, 'values', target.name);
  void readAll(rows, span, columns, text).then(async (read) => {
    const reply = read.ok ? await target.insertSql(read.value) : read;
    if (!reply.ok) target.announce(failureText(reply.error).title);
    else target.announce(`Inserted ${quantity} into ${reply.value.fileName}`);
  });
}

/** The rectangle, unless it is too much for a text, which is told. */
function choose(rows: DataRows, selection: GridSelection, target: CopyTarget) {
  const spans = selectionSpans(selection);
  const span = { start: spans.rows.start, end: Math.min(spans.rows.end, rows.rowCount.value) };
  const { columns } = spans;
  const rowCount = span.end - span.start;
  const columnCount = columns.end - columns.start;
  const cells = rowCount * columnCount;
  if (cells > MAX_COPIED_CELLS) {
    target.announce(
      `${formatCount(cells)} cells are too many to copy; export the result to a file instead`,
    );
    return undefined;
  }
  const quantity = `${formatQuantity(rowCount, 'row')} × ${formatQuantity(columnCount, 'column')}`;
  return { span, columns, quantity };
}

/** All rows as one text, for a file that only we write. */
export function wholeText(
  rows: DataRows,
  format: RowFormat,
  name: string,
): Promise<Result<string, CallFailure>> {
  const columns = { start: 0, end: rows.schema.value.length };
  const span = { start: 0, end: rows.complete.value ? rows.rowCount.value : MAX_COPIED_CELLS };
  return readAll(rows, span, columns, writer(rows, columns, format, name));
}

function writer(rows: DataRows, columns: Span, format: RowFormat, name: string) {
  return rowText(format, rows.schema.value.slice(columns.start, columns.end), name);
}

async function readAll(
  rows: DataRows,
  span: Span,
  columns: Span,
  text: RowText,
): Promise<Result<string, CallFailure>> {
  const read = await rows.readLines(span, columns, text.line);
  return read.ok ? { ok: true, value: text.whole(read.value) } : read;
}
