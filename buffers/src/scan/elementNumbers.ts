/** Packed bytes of numbers as something to index: a typed array over them where it can be. */
import type { ScalarType } from '#shared/layout/dtype.ts';
import { bfloat16ToNumber, decodeElement, float16ToNumber } from '#shared/layout/elementValue.ts';

let halves: Float64Array | undefined;

/** The elements as something to index: a typed array over the bytes where it can be, else decoded. */
export function valuesOf(type: ScalarType, bytes: Uint8Array): ArrayLike<number> {
  if (type.scalar === 'bool') return bytes.map((byte) => (byte === 0 ? 0 : 1));
  if (type.itemsize === 1)
    return type.scalar === 'int'
      ? new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length)
      : bytes;
  if (type.itemsize === 16 && type.scalar === 'float') return decodedFloats(type, bytes);
  if (type.scalar === 'complex' && type.itemsize === 32)
    return decodedFloats({ ...type, scalar: 'float', itemsize: 16 }, bytes);
  const width = type.scalar === 'complex' ? type.itemsize / 2 : type.itemsize;
  const ordered = inHostOrder(bytes, type.byteOrder === 'big', width);
  const count = ordered.length / width;
  if (width === 2 && type.scalar === 'float') {
    const table = (halves ??= Float64Array.from({ length: 65_536 }, (_, bits) =>
      float16ToNumber(bits),
    ));
    return Float64Array.from(
      new Uint16Array(ordered.buffer, ordered.byteOffset, count),
      (bits) => table[bits] ?? 0,
    );
  }
  const { buffer, byteOffset } = ordered;
  if (type.scalar === 'bfloat')
    return Float64Array.from(new Uint16Array(buffer, byteOffset, count), bfloat16ToNumber);
  if (type.scalar === 'float' || type.scalar === 'complex')
    return width === 4
      ? new Float32Array(buffer, byteOffset, count)
      : new Float64Array(buffer, byteOffset, count);
  // 64-bit integers as pairs of halves, low one first: a BigInt each would cost three times as much.
  if (width === 8) return new Uint32Array(buffer, byteOffset, count * 2);
  if (width === 2)
    return type.scalar === 'int'
      ? new Int16Array(buffer, byteOffset, count)
      : new Uint16Array(buffer, byteOffset, count);
  return type.scalar === 'int'
    ? new Int32Array(buffer, byteOffset, count)
    : new Uint32Array(buffer, byteOffset, count);
}

function decodedFloats(type: ScalarType, bytes: Uint8Array): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Float64Array.from({ length: bytes.length / type.itemsize }, (_, position) => {
    const value = decodeElement(type, view, position * type.itemsize);
    if (typeof value === 'number') return value;
    return typeof value === 'object' && 'value' in value ? value.value : NaN;
  });
}

const hostIsBig = new Uint8Array(Uint16Array.of(1).buffer)[0] === 0;

/** Aligned for a typed array and in this machine's byte order; a copy only where it has to be. */
function inHostOrder(bytes: Uint8Array, isBig: boolean, width: number): Uint8Array {
  const swap = isBig !== hostIsBig && width > 1;
  if (!swap && bytes.byteOffset % width === 0) return bytes;
  // Not `slice`, which on a Buffer gives the same bytes again.
  const copy = Buffer.from(new Uint8Array(bytes).buffer);
  if (swap && width === 2) copy.swap16();
  if (swap && width === 4) copy.swap32();
  if (swap && width === 8) copy.swap64();
  return copy;
}
