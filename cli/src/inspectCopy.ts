/** `--as`: the values of a view as the text that the panel copies. */
import { packedElements } from '#buffers/scan/elements.ts';
import type { ByteSource } from '#buffers/source/byteSource.ts';
import type { ArrayDescription } from '#shared/protocol/bufferView.ts';
import type { CopiedTable, CopyFormat } from '#shared/layout/copyText.ts';
import { MOST_COPIED_BYTES, MOST_COPIED_CELLS, copyTableAs } from '#shared/layout/copyText.ts';
import type { ElementValue } from '#shared/layout/elementValue.ts';
import { decodeElement } from '#shared/layout/elementValue.ts';
import { elementCount } from '#shared/layout/strides.ts';
import { CannotRun } from './command.ts';
import { layoutOf, readable } from './inspectMember.ts';

/** A row for each index of all axes but the last; of records a column for each field. */
export async function copyText(
  format: CopyFormat,
  view: ArrayDescription | undefined,
  source: ByteSource,
  file: string,
  signal: AbortSignal,
): Promise<string> {
  if (!view) throw new CannotRun('--as: there is no array to write');
  const { dtype, shape } = view;
  const count = elementCount(shape);
  const fields = dtype.kind === 'struct' && shape.length <= 1 ? dtype.fields : undefined;
  const width = fields?.length ?? (shape.length < 2 ? 1 : (shape.at(-1) ?? 1));
  if (count > MOST_COPIED_CELLS || count * dtype.itemsize > MOST_COPIED_BYTES)
    throw new CannotRun(
      `--as writes up to ${MOST_COPIED_CELLS} values of ${MOST_COPIED_BYTES} bytes; --slice takes fewer, --export writes all`,
    );
  const pieces: Uint8Array[] = [];
  for await (const piece of packedElements(source, layoutOf(view), {}, signal))
    pieces.push(readable(file, piece).slice());
  const bytes = new Uint8Array(Buffer.concat(pieces));
  const data = new DataView(bytes.buffer);
  const values: ElementValue[] = [];
  for (let at = 0; at < count; at++) {
    if (!fields) values.push(decodeElement(dtype, data, at * dtype.itemsize));
    for (const field of fields ?? [])
      values.push(decodeElement(field.dtype, data, at * dtype.itemsize + field.offset));
  }
  const columns: CopiedTable['columns'] =
    fields ?? Array.from({ length: width }, () => ({ name: '', dtype }));
  const rows = Array.from({ length: width === 0 ? 0 : values.length / width }, (_, row) =>
    values.slice(row * width, (row + 1) * width),
  );
  return copyTableAs(format, { columns, rows, bytes });
}
