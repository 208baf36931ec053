/**
 * The format string of the buffer protocol (PEP 3118) as NumPy writes it: `d`, `>i`, `T{i:a:=d:b:}`. The byte order
 * holds until the next one inside the string; padding at the end is not in it, so a reader needs the itemsize too.
 */
import type { Result } from '../result.ts';
import { fail, ok } from '../result.ts';
import type { DType, ScalarType } from './dtype.ts';

export interface Pep3118Problem {
  readonly kind: 'no-buffer-format';
  /** The text of NumPy's ValueError. */
  readonly message: string;
}

/** Of an array on a little-endian machine whose data start aligned; `byteStrides` are those of axes longer than 1. */
export function pep3118Format(
  dtype: DType,
  byteStrides: readonly number[] = [],
): Result<string, Pep3118Problem> {
  const writer: Writer = { text: '', offset: 0, byteOrder: '@', byteStrides };
  const message = write(writer, dtype);
  return message === undefined ? ok(writer.text) : fail({ kind: 'no-buffer-format', message });
}

interface Writer {
  text: string;
  /** Of the next byte that the string has not told of. */
  offset: number;
  /** The last prefix: `@` native and aligned, `=` native, else the order itself. */
  byteOrder: string;
  readonly byteStrides: readonly number[];
}

/** The message of what can't be written. */
function write(writer: Writer, dtype: DType): string | undefined {
  if (dtype.kind === 'scalar') return writeScalar(writer, dtype);
  if (dtype.kind === 'subarray') {
    const start = writer.offset;
    writer.text += `(${dtype.shape.join(',')})`;
    const message = write(writer, dtype.base);
    // As NumPy counts: without the padding at the end of each, for which the next field is padded then.
    writer.offset =
      start + dtype.shape.reduce((times, length) => times * length, writer.offset - start);
    return message;
  }
  const start = writer.offset;
  writer.text += 'T{';
  for (const field of dtype.fields) {
    const gap = start + field.offset - writer.offset;
    if (gap < 0)
      return 'dtypes with overlapping or out-of-order fields are not representable as buffers. Consider reordering the fields.';
    writer.text += 'x'.repeat(gap);
    writer.offset += gap;
    const message = write(writer, field.dtype);
    if (message !== undefined) return message;
    if (field.name.includes(':')) return "':' is not an allowed character in buffer field names";
    writer.text += `:${field.name}:`;
  }
  writer.text += '}';
  return undefined;
}

function writeScalar(writer: Writer, type: ScalarType): string | undefined {
  const aligned = isAligned(writer, type);
  writer.offset += type.itemsize;
  const isExtended = type.itemsize === (type.scalar === 'complex' ? 32 : 16) && hasFloats(type);
  let standard = false;
  if (type.byteOrder !== 'none') {
    const order = type.byteOrder === 'big' ? '>' : aligned ? '@' : isExtended ? '^' : '=';
    if (isExtended && order === '>')
      return `cannot expose native-only dtype '${type.scalar === 'complex' ? 'G' : 'g'}' in non-native byte order via the buffer interface`;
    if (writer.byteOrder !== order) writer.text += order;
    writer.byteOrder = order;
    standard = order === '>' || order === '=';
  }
  const code = codeOf(type, standard);
  if (code === undefined)
    return `cannot include dtype '${uncodable[type.scalar] ?? ''}' in a buffer`;
  writer.text += code;
  return undefined;
}

const uncodable: Readonly<Record<string, string>> = { datetime: 'M', timedelta: 'm', bfloat: 'E' };

const integers = { int: 'bhil', uint: 'BHIL' } as const;

function codeOf(type: ScalarType, standard: boolean): string | undefined {
  const { scalar, itemsize } = type;
  switch (scalar) {
    case 'bool':
      return '?';
    case 'int':
    case 'uint':
      // A C long has 8 bytes only natively; in the standard sizes that is a long long.
      if (itemsize === 8 && standard) return scalar === 'int' ? 'q' : 'Q';
      return integers[scalar][Math.log2(itemsize)];
    case 'float':
      return 'efdg'[Math.log2(itemsize) - 1];
    case 'complex':
      return `Z${'fdg'[Math.log2(itemsize) - 3] ?? ''}`;
    case 'bytes':
      return `${itemsize}s`;
    case 'unicode':
      return `${itemsize / 4}w`;
    case 'void':
      return `${itemsize}x`;
    case 'object':
      return 'O';
    case 'bfloat':
    case 'datetime':
    case 'timedelta':
      return undefined;
  }
}

function isAligned(writer: Writer, type: ScalarType): boolean {
  const alignment = alignmentOf(type);
  return [writer.offset, ...writer.byteStrides].every((distance) => distance % alignment === 0);
}

/** C's alignment of the type on 64-bit machines. */
function alignmentOf(type: ScalarType): number {
  if (type.byteOrder === 'none') return 1;
  if (type.scalar === 'unicode') return 4;
  return type.scalar === 'complex' ? type.itemsize / 2 : type.itemsize;
}

function hasFloats(type: ScalarType): boolean {
  return type.scalar === 'float' || type.scalar === 'complex';
}
