import type { Result } from '#shared/result.ts';
import type { DataRows } from './dataRows.ts';
import { MAX_COPIED_CELLS } from './dataRows.ts';
import type { CallFailure } from './failureText.ts';
import { failureText } from './failureText.ts';
import type { Span } from './gridAxis.ts';
import type { GridSelection } from './gridSelection.ts';
import { selectionSpans } from './gridSelection.ts';
import { formatCount, formatQuantity } from './quantities.ts';
import type { RowFormat, RowText } from './rowText.ts';
import { rowText } from './rowText.ts';

export interface CopyTarget {
  /** What the rows are of. */
  readonly name: string;
  copyText(text: string): Promise<Result<unknown, CallFailure>>;
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
  const spans = selectionSpans(selection);
  const span = { start: spans.rows.start, end: Math.min(spans.rows.end, rows.rowCount.value) };
  const { columns } = spans;
  const rowCount = span.end - span.start;
  const cells = rowCount * (columns.end - columns.start);
  if (cells > MAX_COPIED_CELLS) {
    target.announce(
      `${formatCount(cells)} cells are too many to copy; export the result to a file instead`,
    );
    return;
  }
  const copied = `Copied ${formatQuantity(rowCount, 'row')} × ${formatQuantity(columns.end - columns.start, 'column')}`;
  const text = writer(rows, columns, format, target.name);
  const lines = rows.linesNow(span, columns, text.line);
  if (lines !== undefined && event?.clipboardData) {
    event.clipboardData.setData('text/plain', text.whole(lines));
    target.announce(copied);
    return;
  }
  void readAll(rows, span, columns, text).then(async (read) => {
    if (!read.ok) {
      target.announce(failureText(read.error).title);
      return;
    }
    const reply = await target.copyText(read.value);
    target.announce(reply.ok ? copied : 'The clipboard could not be reached');
  });
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
