/** Element values as text for a grid and as JSON for programs. */
import type { DType, ScalarType } from './dtype.ts';
import type { ArrayValue, ElementValue } from './elementValue.ts';
import {
  bfloat16Format,
  extendedText,
  float16Format,
  float32Format,
  float64Text,
  narrowFloatText,
} from './floatText.ts';
import { pythonString } from './pythonLiteral.ts';
import { datetimeText, timedeltaText } from './timeText.ts';

/** One line as Python prints the value; floats with the digits that their own width needs. */
export function formatElement(dtype: DType, value: ElementValue): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'string') return pythonString(value);
  if (typeof value === 'number')
    return isFloat(dtype)
      ? floatText(dtype.itemsize, value)
      : isBfloat(dtype)
        ? narrowFloatText(value, bfloat16Format)
        : String(value);
  if (value instanceof Uint8Array) return isVoid(dtype) ? hexText(value) : bytesText(value);
  switch (value.kind) {
    case 'complex': {
      const width = dtype.itemsize / 2;
      const imaginary = floatText(width, value.imaginary);
      const sign = /^[-+]/.test(imaginary) ? '' : '+';
      return `${floatText(width, value.real)}${sign}${imaginary}j`;
    }
    case 'datetime':
      return datetimeText(value.ticks, unitOf(dtype));
    case 'timedelta':
      return timedeltaText(value.ticks, unitOf(dtype));
    case 'extended':
      return extendedText(value);
    case 'struct': {
      const fields = dtype.kind === 'struct' ? dtype.fields : [];
      const items = value.fields.map((field, position) =>
        formatElement(fields[position]?.dtype ?? dtype, field.value),
      );
      return `(${items.join(', ')}${items.length === 1 ? ',' : ''})`;
    }
    case 'array': {
      const { base, shape } =
        dtype.kind === 'subarray' ? dtype : { base: dtype, shape: [value.items.length] };
      return arrayText(base, shape.length, value.items);
    }
  }
}

export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/**
 * Values that JSON can't say are objects of one `$` key: `{"$f": "nan"}` for nan, inf, -inf and -0,
 * `{"$int": "…"}` beyond 2^53, `{"$c": [re, im]}`, `{"$b": hex}`, `{"$t": text, "i8": ticks}`.
 */
export function elementToJson(dtype: DType, value: ElementValue): JsonValue {
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return numberToJson(value);
  if (typeof value === 'bigint') return integerToJson(value);
  if (value instanceof Uint8Array) return { $b: hexText(value) };
  switch (value.kind) {
    case 'complex':
      return { $c: [numberToJson(value.real), numberToJson(value.imaginary)] };
    case 'datetime':
    case 'timedelta':
      return { $t: formatElement(dtype, value), i8: integerToJson(value.ticks) };
    case 'extended':
      return numberToJson(value.value);
    case 'struct': {
      const fields = dtype.kind === 'struct' ? dtype.fields : [];
      return Object.fromEntries(
        value.fields.map((field, position) => [
          field.name,
          elementToJson(fields[position]?.dtype ?? dtype, field.value),
        ]),
      );
    }
    case 'array': {
      const { base, shape } =
        dtype.kind === 'subarray' ? dtype : { base: dtype, shape: [value.items.length] };
      return arrayToJson(base, shape.length, value.items);
    }
  }
}

export function numberToJson(value: number): JsonValue {
  if (Number.isNaN(value)) return { $f: 'nan' };
  if (Object.is(value, -0)) return { $f: '-0' };
  if (!Number.isFinite(value)) return { $f: value > 0 ? 'inf' : '-inf' };
  return value;
}

export function integerToJson(value: bigint): JsonValue {
  const exact = -(2n ** 53n) <= value && value <= 2n ** 53n;
  return exact ? Number(value) : { $int: String(value) };
}

/** Two digits a byte, as `bytes.hex()`. */
export function hexText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Python's repr of bytes: `b'abc\x00'`. */
export function bytesText(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return `b${pythonString(text).replace(
    /[\x80-\xff]/g,
    (character) => `\\x${character.charCodeAt(0).toString(16)}`,
  )}`;
}

function floatText(itemsize: number, value: number): string {
  if (itemsize === 2) return narrowFloatText(value, float16Format);
  return itemsize === 4 ? narrowFloatText(value, float32Format) : float64Text(value);
}

function arrayText(base: DType, depth: number, items: readonly ElementValue[]): string {
  const texts = items.map((item) =>
    depth > 1 && isArray(item) ? arrayText(base, depth - 1, item.items) : formatElement(base, item),
  );
  return `[${texts.join(', ')}]`;
}

/** `depth` counts the axes of this sub-array; what lies deeper is an element of its base. */
function arrayToJson(base: DType, depth: number, items: readonly ElementValue[]): JsonValue {
  return items.map((item) =>
    depth > 1 && isArray(item)
      ? arrayToJson(base, depth - 1, item.items)
      : elementToJson(base, item),
  );
}

function isArray(value: ElementValue): value is ArrayValue {
  return typeof value === 'object' && 'kind' in value && value.kind === 'array';
}

function isFloat(dtype: DType): dtype is ScalarType {
  return dtype.kind === 'scalar' && dtype.scalar === 'float';
}

function isBfloat(dtype: DType): boolean {
  return dtype.kind === 'scalar' && dtype.scalar === 'bfloat';
}

function isVoid(dtype: DType): boolean {
  return dtype.kind !== 'scalar' || dtype.scalar === 'void' || dtype.scalar === 'object';
}

function unitOf(dtype: DType): string {
  return dtype.kind === 'scalar' ? (dtype.unit ?? '') : '';
}
