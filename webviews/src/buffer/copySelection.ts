/** The selected bytes or elements as text. What is not here is read first, and what is too much is said. */
import type { CopiedTable, CopyFormat } from '#shared/layout/copyText.ts';
import {
  copyBytesAs,
  copyTableAs,
  MOST_COPIED_BYTES,
  MOST_COPIED_CELLS,
} from '#shared/layout/copyText.ts';
import type { ElementValue } from '#shared/layout/elementValue.ts';
import { decodeElement } from '#shared/layout/elementValue.ts';
import { MAX_PAGE_BYTES } from '#shared/protocol/bufferView.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { selectionSpans } from '../kit/gridSelection.ts';
import { formatBytes, formatCount, formatQuantity } from '#shared/quantities.ts';
import { windowOf } from './arrayView.ts';
import type { BufferModel } from './bufferModel.ts';
import { failureMessage } from './failureMessage.ts';

type Copied = Result<
  { readonly text: string; readonly what: string },
  { readonly message: string }
>;

export function copySelectedBytes(model: BufferModel, format: CopyFormat): void {
  finish(model, bytesText(model, format));
}

export function copySelectedCells(model: BufferModel, format: CopyFormat): void {
  finish(model, cellsText(model, format));
}

async function bytesText(model: BufferModel, format: CopyFormat): Promise<Copied> {
  const { anchor, active } = model.hexSelection.peek();
  const start = Math.min(anchor, active);
  const end = Math.max(anchor, active) + 1;
  if (end - start > MOST_COPIED_BYTES)
    return refuse(
      `${formatBytes(end - start)} are too many to copy as text; at most ${formatBytes(MOST_COPIED_BYTES)} are. Export has no limit.`,
    );
  const read = await model.readBytes({ start, end });
  if (!read.ok) return refuse(failureMessage(read.error));
  return ok({
    text: copyBytesAs(format, read.value),
    what: formatQuantity(end - start, 'byte'),
  });
}

async function cellsText(model: BufferModel, format: CopyFormat): Promise<Copied> {
  const { rows, columns } = selectionSpans(model.gridSelection.peek());
  const count = (rows.end - rows.start) * (columns.end - columns.start);
  const description = model.description.peek();
  const array = model.array.peek();
  if (!array || description.kind !== 'ready') return refuse('There are no elements to copy.');
  if (count > MOST_COPIED_CELLS)
    return refuse(
      `${formatCount(count)} elements are too many to copy as text; at most ${formatCount(MOST_COPIED_CELLS)} are. Export has no limit.`,
    );
  const view = model.view.peek();
  const leaves = model.leaves.peek();
  const shown =
    view.columnAxis === null ? leaves.slice(columns.start, columns.end) : leaves.slice(0, 1);
  const across = view.columnAxis === null ? { start: 0, end: 1 } : columns;
  const width = across.end - across.start;
  const itemsize = array.dtype.itemsize;
  const rowsAtOnce = Math.max(1, Math.floor(MAX_PAGE_BYTES / Math.max(1, width * itemsize)));
  const table: ElementValue[][] = [];
  const parts: Uint8Array[] = [];
  for (let row = rows.start; row < rows.end; row += rowsAtOnce) {
    const span = { start: row, end: Math.min(rows.end, row + rowsAtOnce) };
    const reply = await model.call(
      'readElements',
      windowOf(array, view, { rows: span, columns: across }),
    );
    if (!reply.ok) return refuse(failureMessage(reply.error));
    if (reply.value.generation !== description.value.generation)
      return refuse('The bytes changed while they were copied; copy again.');
    const data = new DataView(reply.value.bytes);
    for (let r = 0; r < span.end - span.start; r++) {
      const values: ElementValue[] = [];
      for (let c = 0; c < width; c++)
        for (const { dtype, offset } of shown) {
          const at = (r * width + c) * itemsize + offset;
          values.push(decodeElement(dtype, data, at));
          parts.push(new Uint8Array(reply.value.bytes, at, dtype.itemsize));
        }
      table.push(values);
    }
  }
  const first = shown[0];
  const copied: CopiedTable = {
    columns:
      view.columnAxis === null
        ? shown
        : Array.from({ length: width }, () => ({
            name: '',
            dtype: first?.dtype ?? array.dtype,
          })),
    rows: table,
    bytes: joined(parts),
  };
  return ok({ text: copyTableAs(format, copied), what: formatQuantity(count, 'element') });
}

function finish(model: BufferModel, copying: Promise<Copied>): void {
  void copying.then(async (copied) => {
    if (!copied.ok) {
      model.editing.tell(copied.error.message);
      return;
    }
    await navigator.clipboard.writeText(copied.value.text).then(
      () => {
        model.announce(`Copied ${copied.value.what}`);
      },
      () => {
        model.editing.tell('The clipboard could not be reached.');
      },
    );
  });
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function refuse(message: string): Copied {
  return fail({ message });
}
