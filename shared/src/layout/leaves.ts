/** The parts of an element that are shown by themselves. */
import type { DType } from './dtype.ts';

/** A field of a struct, or the whole element where the dtype has none. */
export interface Leaf {
  readonly name: string;
  /** From the start of the element, in bytes. */
  readonly offset: number;
  readonly dtype: DType;
}

/** The fields that make columns of their own: nested structs are opened, sub-arrays stay one column. */
export function leavesOf(dtype: DType): readonly Leaf[] {
  if (dtype.kind !== 'struct') return [{ name: '', offset: 0, dtype }];
  return dtype.fields.flatMap((field) =>
    leavesOf(field.dtype).map((leaf) => ({
      name: leaf.name === '' ? field.name : `${field.name}.${leaf.name}`,
      offset: field.offset + leaf.offset,
      dtype: leaf.dtype,
    })),
  );
}
