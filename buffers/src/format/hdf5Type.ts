/** HDF5's datatypes as dtypes, the way h5py maps them (docs.h5py.org/en/stable/faq.html). */
import type { DType, StructField } from '#shared/layout/dtype.ts';
import type { Metadata } from './hdf5Library.ts';
import { scalar } from './scalar.ts';

const INTEGER = 0;
const FLOAT = 1;
const STRING = 3;
const BITFIELD = 4;
const OPAQUE = 5;
const COMPOUND = 6;
const ENUM = 8;
const ARRAY = 10;
const MAX_DEPTH = 32;

/**
 * What the library hands out: little-endian, whatever the file has. Undefined for what has no fixed size or points
 * elsewhere, and for big-endian enumerations, which the library fails to read.
 */
export function hdf5Type(metadata: Metadata, depth = 0): DType | undefined {
  const { type, size, signed, littleEndian, vlen } = metadata;
  if (vlen || depth > MAX_DEPTH || size <= 0) return undefined;
  const order = 'little';
  const plain = (kind: 'bytes' | 'void'): DType => ({
    kind: 'scalar',
    scalar: kind,
    itemsize: size,
    byteOrder: 'none',
  });
  switch (type) {
    case INTEGER:
    case BITFIELD:
      return [1, 2, 4, 8].includes(size)
        ? scalar(signed ? 'int' : 'uint', size, order)
        : plain('void');
    case FLOAT:
      return [2, 4, 8, 16].includes(size) ? scalar('float', size, order) : plain('void');
    case STRING:
      return plain('bytes');
    case OPAQUE:
      return plain('void');
    case ENUM:
      return isBoolean(metadata)
        ? { kind: 'scalar', scalar: 'bool', itemsize: 1, byteOrder: 'none' }
        : size > 1 && !littleEndian
          ? undefined
          : scalar(signed ? 'int' : 'uint', size, order);
    case COMPOUND:
      return compoundType(metadata, depth);
    case ARRAY: {
      const { array_type: array } = metadata;
      if (!array?.shape) return undefined;
      const base = hdf5Type({ ...array, shape: null }, depth + 1);
      return base && { kind: 'subarray', itemsize: size, base, shape: array.shape };
    }
    default:
      return undefined;
  }
}

/** As h5py writes booleans. */
function isBoolean({ size, enum_type: names }: Metadata): boolean {
  const { FALSE: no, TRUE: yes } = names?.members ?? {};
  return size === 1 && names?.nmembers === 2 && no === 0 && yes === 1;
}

function compoundType(
  { size, compound_type: compound }: Metadata,
  depth: number,
): DType | undefined {
  const fields: StructField[] = [];
  for (const member of compound?.members ?? []) {
    const dtype = hdf5Type(member, depth + 1);
    if (!dtype) return undefined;
    fields.push({ name: member.name, offset: member.offset, dtype });
  }
  const [real, imaginary] = fields;
  // As h5py writes complex numbers.
  if (
    fields.length === 2 &&
    real?.name === 'r' &&
    imaginary?.name === 'i' &&
    real.dtype.kind === 'scalar' &&
    real.dtype.scalar === 'float' &&
    imaginary.dtype.kind === 'scalar' &&
    imaginary.dtype.itemsize === real.dtype.itemsize &&
    real.dtype.byteOrder !== 'none' &&
    size === 2 * real.dtype.itemsize &&
    (size === 8 || size === 16)
  )
    return scalar('complex', size, real.dtype.byteOrder);
  return fields.length > 0 ? { kind: 'struct', itemsize: size, fields } : undefined;
}
