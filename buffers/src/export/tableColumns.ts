/**
 * An array as a table: the last axis is columns, the axes before it are rows, numbered by columns of their own where
 * there are more than one. Of structs each field is a column, and every element a row.
 */
import type { DType } from '#shared/layout/dtype.ts';

export interface TableColumn {
  readonly name: string;
  /** From the start of the row's bytes. */
  readonly offset: number;
  readonly dtype: DType;
}

export interface TableShape {
  readonly columns: readonly TableColumn[];
  /** Axes whose index is a column. */
  readonly indexAxes: readonly number[];
  /** Lengths of all axes that run over rows. */
  readonly rowShape: readonly number[];
  /** Bytes of a row's elements, packed. */
  readonly rowBytes: number;
}

export function tableOf(dtype: DType, shape: readonly number[]): TableShape {
  const isWide = dtype.kind !== 'struct' && shape.length > 1;
  const width = isWide ? (shape.at(-1) ?? 1) : 1;
  const rowShape = isWide ? shape.slice(0, -1) : shape;
  const columns: TableColumn[] = isWide
    ? Array.from({ length: width }, (_, k) => ({
        name: String(k),
        offset: k * dtype.itemsize,
        dtype,
      }))
    : fieldColumns(dtype, '', 0);
  return {
    columns,
    indexAxes: rowShape.length > 1 ? rowShape.map((_, axis) => axis) : [],
    rowShape,
    rowBytes: width * dtype.itemsize,
  };
}

function fieldColumns(dtype: DType, name: string, offset: number): TableColumn[] {
  if (dtype.kind !== 'struct') return [{ name: name === '' ? 'value' : name, offset, dtype }];
  return dtype.fields.flatMap((field) =>
    fieldColumns(
      field.dtype,
      name === '' ? field.name : `${name}.${field.name}`,
      offset + field.offset,
    ),
  );
}

/** Cuts pieces of whole elements into whole rows. */
export function rowCutter(rowBytes: number): (bytes: Uint8Array) => Uint8Array {
  let kept = new Uint8Array(0);
  return (bytes) => {
    const all = kept.length === 0 ? bytes : Buffer.concat([kept, bytes]);
    const whole = rowBytes === 0 ? 0 : all.length - (all.length % rowBytes);
    kept = new Uint8Array(all.subarray(whole));
    return all.subarray(0, whole);
  };
}
