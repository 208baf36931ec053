/** CSV as RFC 4180 has it, values as Python prints them, text without quotes of Python. */
import { csvField } from '#shared/layout/copyText.ts';
import type { DType } from '#shared/layout/dtype.ts';
import { formatElement } from '#shared/layout/elementText.ts';
import type { ElementValue } from '#shared/layout/elementValue.ts';
import { decodeElement } from '#shared/layout/elementValue.ts';
import { indexOfPosition } from '#shared/layout/strides.ts';
import type { Result } from '#shared/result.ts';
import { ok } from '#shared/result.ts';
import type { ArrayEncoder } from './exportArray.ts';
import { rowCutter, tableOf } from './tableColumns.ts';

export function csvEncoder(dtype: DType, shape: readonly number[]): Result<ArrayEncoder, never> {
  const { columns, indexAxes, rowShape, rowBytes } = tableOf(dtype, shape);
  const cut = rowCutter(rowBytes);
  let row = 0;
  return ok({
    begin: () =>
      Buffer.from(
        `${[...indexAxes.map((axis) => `axis${axis}`), ...columns.map(({ name }) => name)].map(csvField).join(',')}\n`,
      ),
    encode(bytes) {
      const rows = cut(bytes);
      const view = new DataView(rows.buffer, rows.byteOffset, rows.length);
      const lines: string[] = [];
      for (let at = 0; at < rows.length; at += rowBytes) {
        const index = indexAxes.length > 0 ? indexOfPosition(rowShape, row++).map(String) : [];
        const texts = columns.map((column) =>
          csvField(csvText(column.dtype, decodeElement(column.dtype, view, at + column.offset))),
        );
        lines.push(`${[...index, ...texts].join(',')}\n`);
      }
      return Buffer.from(lines.join(''));
    },
    end: () => new Uint8Array(0),
  });
}

function csvText(dtype: DType, value: ElementValue): string {
  if (typeof value === 'string') return value;
  const isText = value instanceof Uint8Array && dtype.kind === 'scalar' && dtype.scalar === 'bytes';
  if (isText && value.every((byte) => 0x20 <= byte && byte < 0x7f))
    return Buffer.from(value).toString('latin1');
  return formatElement(dtype, value);
}
