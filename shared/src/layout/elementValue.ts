/** From the bytes of one element to a typed value, for every dtype and byte order. Text is in `elementText.ts`. */
import type { DType, ScalarType } from './dtype.ts';
import type { ExtendedFloat } from './floatText.ts';
import { extendedToNumber } from './floatText.ts';

export type ElementValue =
  | boolean
  /** Integers up to 32 bits and floats up to 64. */
  | number
  /** Integers of 64 bits, however small the value. */
  | bigint
  /** Of `U`: text without its trailing NULs. */
  | string
  /** Of `S` without trailing NULs, of `V` whole. A copy. */
  | Uint8Array
  | ComplexValue
  | TimeValue
  | ExtendedValue
  | StructValue
  | ArrayValue;

export interface ComplexValue {
  readonly kind: 'complex';
  readonly real: number;
  readonly imaginary: number;
}

export interface TimeValue {
  readonly kind: 'datetime' | 'timedelta';
  readonly ticks: bigint;
}

/** A finite x87 extended float: `value` is the nearest double, the rest is exact. */
export interface ExtendedValue extends ExtendedFloat {
  readonly kind: 'extended';
  readonly value: number;
}

export interface StructValue {
  readonly kind: 'struct';
  readonly fields: readonly { readonly name: string; readonly value: ElementValue }[];
}

export interface ArrayValue {
  readonly kind: 'array';
  readonly items: readonly ElementValue[];
}

/** The element that starts at `byteOffset`; all its bytes must be in the view. */
export function decodeElement(dtype: DType, view: DataView, byteOffset: number): ElementValue {
  if (dtype.kind === 'struct')
    return {
      kind: 'struct',
      fields: dtype.fields.map((field) => ({
        name: field.name,
        value: decodeElement(field.dtype, view, byteOffset + field.offset),
      })),
    };
  if (dtype.kind === 'subarray') return decodeArray(dtype.base, dtype.shape, view, byteOffset);
  return decodeScalar(dtype, view, byteOffset);
}

function decodeArray(
  base: DType,
  shape: readonly number[],
  view: DataView,
  byteOffset: number,
): ElementValue {
  const [length, ...inner] = shape;
  if (length === undefined) return decodeElement(base, view, byteOffset);
  const stride = inner.reduce((product, axis) => product * axis, base.itemsize);
  return {
    kind: 'array',
    items: Array.from({ length }, (_, position) =>
      decodeArray(base, inner, view, byteOffset + position * stride),
    ),
  };
}

function decodeScalar(type: ScalarType, view: DataView, byteOffset: number): ElementValue {
  const little = type.byteOrder !== 'big';
  switch (type.scalar) {
    case 'bool':
      return view.getUint8(byteOffset) !== 0;
    case 'int':
      if (type.itemsize === 1) return view.getInt8(byteOffset);
      if (type.itemsize === 2) return view.getInt16(byteOffset, little);
      if (type.itemsize === 4) return view.getInt32(byteOffset, little);
      return view.getBigInt64(byteOffset, little);
    case 'uint':
      if (type.itemsize === 1) return view.getUint8(byteOffset);
      if (type.itemsize === 2) return view.getUint16(byteOffset, little);
      if (type.itemsize === 4) return view.getUint32(byteOffset, little);
      return view.getBigUint64(byteOffset, little);
    case 'float':
      return decodeFloat(type.itemsize, view, byteOffset, little);
    case 'bfloat':
      return bfloat16ToNumber(view.getUint16(byteOffset, little));
    case 'complex': {
      const half = type.itemsize / 2;
      return {
        kind: 'complex',
        real: numberOf(decodeFloat(half, view, byteOffset, little)),
        imaginary: numberOf(decodeFloat(half, view, byteOffset + half, little)),
      };
    }
    case 'bytes': {
      const bytes = copyBytes(view, byteOffset, type.itemsize);
      let end = bytes.length;
      while (end > 0 && bytes[end - 1] === 0) end--;
      return bytes.subarray(0, end);
    }
    case 'unicode':
      return decodeUcs4(view, byteOffset, type.itemsize / 4, little);
    case 'datetime':
    case 'timedelta':
      return { kind: type.scalar, ticks: view.getBigInt64(byteOffset, little) };
    case 'void':
    case 'object':
      return copyBytes(view, byteOffset, type.itemsize);
  }
}

function decodeFloat(
  itemsize: number,
  view: DataView,
  byteOffset: number,
  little: boolean,
): number | ExtendedValue {
  if (itemsize === 2) return float16ToNumber(view.getUint16(byteOffset, little));
  if (itemsize === 4) return view.getFloat32(byteOffset, little);
  if (itemsize === 8) return view.getFloat64(byteOffset, little);
  return decodeExtended(view, byteOffset, little);
}

/** IEEE binary16 from its bits. */
export function float16ToNumber(bits: number): number {
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const word = new DataView(new ArrayBuffer(4));

export function bfloat16ToNumber(bits: number): number {
  word.setUint32(0, bits << 16);
  return word.getFloat32(0);
}

/** x87: 64 bits of mantissa with the leading one, 15 of exponent, the sign, then six bytes of padding. */
function decodeExtended(
  view: DataView,
  byteOffset: number,
  little: boolean,
): number | ExtendedValue {
  const mantissa = view.getBigUint64(little ? byteOffset : byteOffset + 8, little);
  const head = view.getUint16(little ? byteOffset + 8 : byteOffset + 6, little);
  const negative = (head & 0x8000) !== 0;
  const biased = head & 0x7fff;
  if (biased === 0x7fff) {
    if (BigInt.asUintN(63, mantissa) !== 0n) return NaN;
    return negative ? -Infinity : Infinity;
  }
  const exact = { negative, mantissa, exponent: Math.max(biased, 1) - 16_383 - 63 };
  return { kind: 'extended', ...exact, value: extendedToNumber(exact) };
}

/** Trailing NULs are padding; a unit that is no code point shows as U+FFFD instead of failing. */
function decodeUcs4(view: DataView, byteOffset: number, length: number, little: boolean): string {
  let end = length;
  while (end > 0 && view.getUint32(byteOffset + 4 * (end - 1), little) === 0) end--;
  let text = '';
  for (let k = 0; k < end; k++) {
    const codePoint = view.getUint32(byteOffset + 4 * k, little);
    const valid = codePoint <= 0x10ffff && !(0xd800 <= codePoint && codePoint <= 0xdfff);
    text += valid ? String.fromCodePoint(codePoint) : '\ufffd';
  }
  return text;
}

function copyBytes(view: DataView, byteOffset: number, length: number): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + byteOffset, length).slice();
}

function numberOf(value: number | ExtendedValue): number {
  return typeof value === 'number' ? value : value.value;
}
