/** `struct.pack`: values into bytes, or the exception that CPython 3.11 raises for one that does not fit. */
import type { Result } from '../result.ts';
import { ok } from '../result.ts';
import { float16Bits } from './float16Bits.ts';
import type { PythonException } from './pythonException.ts';
import { raise } from './pythonException.ts';
import type { StructFormatField, StructLayout } from './structFormat.ts';

/** A Python `int` is a bigint and a `float` a number, as the two differ where a code takes only one. */
export type PackValue = bigint | number | boolean | Uint8Array | string | null;

export function packStruct(
  layout: StructLayout,
  values: readonly PackValue[],
): Result<Uint8Array<ArrayBuffer>, PythonException> {
  if (values.length !== layout.valueCount)
    return raise(
      'struct.error',
      `pack expected ${layout.valueCount} items for packing (got ${values.length})`,
    );
  const bytes = new Uint8Array(layout.size);
  const view = new DataView(bytes.buffer);
  let next = 0;
  for (const field of layout.fields) {
    for (let item = 0; item < field.valueCount; item++) {
      const value = values[next++] ?? null;
      const at = field.offset + item * field.itemsize;
      const problem = packValue(view, at, field, layout, value);
      if (problem) return problem;
    }
  }
  return ok(bytes);
}

type Refusal = ReturnType<typeof raise>;

function packValue(
  view: DataView,
  at: number,
  field: StructFormatField,
  layout: StructLayout,
  value: PackValue,
): Refusal | undefined {
  switch (field.code) {
    case 's':
    case 'p':
      return packBytes(view, at, field, value);
    case 'c':
      if (!(value instanceof Uint8Array) || value.length !== 1)
        return raise('struct.error', 'char format requires a bytes object of length 1');
      view.setUint8(at, value[0] ?? 0);
      return undefined;
    case '?':
      view.setUint8(at, isTruthy(value) ? 1 : 0);
      return undefined;
    case 'e':
    case 'f':
    case 'd':
      return packFloat(view, at, field.code, layout, value);
    default:
      return packInteger(view, at, field, layout, value);
  }
}

function packBytes(
  view: DataView,
  at: number,
  field: StructFormatField,
  value: PackValue,
): Refusal | undefined {
  if (!(value instanceof Uint8Array))
    return raise('struct.error', `argument for '${field.code}' must be a bytes object`);
  const target = new Uint8Array(view.buffer, at, field.size);
  if (field.code === 's') {
    target.set(value.subarray(0, field.size));
    return undefined;
  }
  if (field.size === 0) return undefined;
  const kept = value.subarray(0, field.size - 1);
  target.set(kept, 1);
  target[0] = Math.min(kept.length, 255);
  return undefined;
}

function packFloat(
  view: DataView,
  at: number,
  code: 'e' | 'f' | 'd',
  { mode, byteOrder }: StructLayout,
  value: PackValue,
): Refusal | undefined {
  const isLittle = byteOrder === 'little';
  const overflow = () =>
    typeof value === 'bigint'
      ? raise('struct.error', 'int too large to convert')
      : raise('OverflowError', `float too large to pack with ${code} format`);
  if (typeof value === 'string' || value === null || value instanceof Uint8Array)
    return raise('struct.error', 'required argument is not a float');
  const number = Number(value);
  if (typeof value === 'bigint' && !Number.isFinite(number))
    return raise('struct.error', 'required argument is not a float');
  if (code === 'd') {
    view.setFloat64(at, number, isLittle);
    return undefined;
  }
  const rounded = code === 'f' ? Math.fround(number) : undefined;
  if (rounded !== undefined) {
    // Natively C converts, and makes an infinity of what is too large.
    if (mode !== '@' && Number.isFinite(number) && !Number.isFinite(rounded)) return overflow();
    view.setFloat32(at, number, isLittle);
    return undefined;
  }
  const bits = float16Bits(number);
  if (Number.isFinite(number) && (bits & 0x7fff) === 0x7c00) return overflow();
  view.setUint16(at, bits, isLittle);
  return undefined;
}

function packInteger(
  view: DataView,
  at: number,
  field: StructFormatField,
  layout: StructLayout,
  value: PackValue,
): Refusal | undefined {
  const integer = typeof value === 'boolean' ? BigInt(value) : value;
  if (typeof integer !== 'bigint')
    return raise('struct.error', 'required argument is not an integer');
  const isSigned = 'bhilqn'.includes(field.code);
  const bits = BigInt(field.itemsize * 8);
  // A pointer may be written as the negative number that has its bits.
  const low = isSigned || field.code === 'P' ? -(1n << (bits - 1n)) : 0n;
  const high = isSigned ? (1n << (bits - 1n)) - 1n : (1n << bits) - 1n;
  if (integer < low || integer > high) return outOfRange(field, layout, integer, low, high);
  const isLittle = layout.byteOrder === 'little';
  const rest = BigInt.asUintN(64, integer);
  for (let byte = 0; byte < field.itemsize; byte++) {
    const place = isLittle ? byte : field.itemsize - 1 - byte;
    view.setUint8(at + place, Number((rest >> BigInt(8 * byte)) & 0xffn));
  }
  return undefined;
}

/** CPython converts to a C long first, then looks at the range; each way has a text of its own. */
function outOfRange(
  field: StructFormatField,
  layout: StructLayout,
  value: bigint,
  low: bigint,
  high: bigint,
): Refusal {
  const { code } = field;
  // On a little-endian machine `<` packs with the functions of `@` wherever the sizes agree.
  const isNative = layout.byteOrder === 'little' && (layout.native || !'lL'.includes(code));
  const tooLarge = raise('struct.error', 'argument out of range');
  const cannotConvert = raise('struct.error', 'int too large to convert');
  if (code === 'P') return cannotConvert;
  if (field.itemsize === 8) return isNative ? tooLarge : cannotConvert;
  const isByte = field.itemsize === 1;
  const isSigned = low < 0n || isByte || (isNative && field.itemsize === 2);
  const fits = isSigned
    ? -(1n << 63n) <= value && value < 1n << 63n
    : 0n <= value && value < 1n << 64n;
  if (!fits) return tooLarge;
  const names: Readonly<Record<string, string>> = isNative
    ? { b: 'byte', B: 'ubyte', h: 'short', H: 'ushort' }
    : { b: 'byte', B: 'ubyte' };
  const name = Object.hasOwn(names, code) ? (names[code] ?? code) : `'${code}'`;
  return raise('struct.error', `${name} format requires ${low} <= number <= ${high}`);
}

function isTruthy(value: PackValue): boolean {
  if (value instanceof Uint8Array) return value.length > 0;
  return Boolean(value);
}
