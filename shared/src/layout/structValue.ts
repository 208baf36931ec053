/** What a struct format reads: the values of `struct.unpack`, and the dtype that lays it over a file. */
import type { DType, ScalarKind, StructField, StructType } from './dtype.ts';
import type { ElementValue } from './elementValue.ts';
import { decodeElement } from './elementValue.ts';
import type { StructFormatField, StructLayout } from './structFormat.ts';

/**
 * The struct as a dtype with fields `f0`, `f1`, …, one for each code that has values; a repeat count other
 * than 1 is a sub-array, and a Pascal string is raw bytes.
 */
export function dtypeOfStruct(layout: StructLayout): StructType {
  const fields: StructField[] = layout.fields
    .filter((field) => field.valueCount > 0)
    .map((field, position) => ({
      name: `f${position}`,
      offset: field.offset,
      dtype: dtypeOfField(field, layout.byteOrder),
    }));
  return { kind: 'struct', itemsize: layout.size, fields };
}

/** The tuple that `struct.unpack` gives for the bytes from `byteOffset` on. `s` keeps its NULs, as in Python. */
export function unpackStruct(
  layout: StructLayout,
  view: DataView,
  byteOffset: number,
): ElementValue[] {
  return layout.fields.flatMap((field) => {
    const start = byteOffset + field.offset;
    if (field.code === 's' || field.code === 'p') {
      const bytes = new Uint8Array(view.buffer, view.byteOffset + start, field.size).slice();
      if (field.code === 's') return [bytes];
      // The first byte of a Pascal string is its length, never more than there is room for.
      return [bytes.subarray(1, 1 + Math.min(bytes[0] ?? 0, Math.max(bytes.length - 1, 0)))];
    }
    const item = itemType(field, layout.byteOrder);
    return Array.from({ length: field.valueCount }, (_, position) =>
      decodeElement(item, view, start + position * field.itemsize),
    );
  });
}

/** The dtype of each value that {@link unpackStruct} gives, for its text. */
export function unpackedTypes(layout: StructLayout): DType[] {
  return layout.fields.flatMap((field) => {
    const item =
      field.code === 's' || field.code === 'p'
        ? dtypeOfField({ ...field, code: 's' }, layout.byteOrder)
        : itemType(field, layout.byteOrder);
    return new Array<DType>(field.valueCount).fill(item);
  });
}

function dtypeOfField(field: StructFormatField, byteOrder: 'little' | 'big'): DType {
  if (field.code === 's' || field.code === 'p')
    return {
      kind: 'scalar',
      scalar: field.code === 's' ? 'bytes' : 'void',
      itemsize: field.size,
      byteOrder: 'none',
    };
  const base = itemType(field, byteOrder);
  if (field.repeat === 1) return base;
  return { kind: 'subarray', itemsize: field.size, base, shape: [field.repeat] };
}

function itemType(field: StructFormatField, byteOrder: 'little' | 'big'): DType {
  return {
    kind: 'scalar',
    scalar: scalarKindOf(field),
    itemsize: field.itemsize,
    byteOrder: field.itemsize === 1 ? 'none' : byteOrder,
  };
}

function scalarKindOf(field: StructFormatField): ScalarKind {
  if (field.pythonType === 'bytes') return 'bytes';
  if (field.pythonType === 'bool') return 'bool';
  if (field.pythonType === 'float') return 'float';
  if (field.pythonType === 'None') return 'void';
  return 'BHILQNP'.includes(field.code) ? 'uint' : 'int';
}
