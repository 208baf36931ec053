/** From text that someone typed to the bytes of one element: the other way round of `elementText.ts`. */
import type { Result } from '../result.ts';
import { fail, ok } from '../result.ts';
import type { DType, ScalarType } from './dtype.ts';
import { dtypeName } from './dtypeText.ts';
import { float16Bits } from './float16Bits.ts';
import { datetimeTicks, timedeltaTicks } from './timeParse.ts';

export interface BadElement {
  readonly kind: 'badElement';
  /** A sentence for whoever typed it. */
  readonly message: string;
}

type Parsed = Result<Uint8Array<ArrayBuffer>, BadElement>;

/** What `formatElement` writes is read back to the same bytes; besides that what Python takes for such a value. */
export function parseElement(dtype: DType, text: string): Parsed {
  if (dtype.kind === 'struct') return bad('A struct is edited field by field.');
  if (dtype.kind === 'subarray')
    return bad('A sub-array is edited as bytes: its elements stand together in one cell.');
  const bytes = new Uint8Array(dtype.itemsize);
  const problem = writeScalar(dtype, new DataView(bytes.buffer), text);
  return problem === undefined ? ok(bytes) : bad(problem);
}

/** The problem, if there is one. */
function writeScalar(dtype: ScalarType, view: DataView, text: string): string | undefined {
  const trimmed = text.trim();
  const little = dtype.byteOrder !== 'big';
  switch (dtype.scalar) {
    case 'bool':
      return writeBool(view, trimmed);
    case 'int':
    case 'uint':
      return writeInteger(dtype, view, trimmed, little);
    case 'float':
    case 'bfloat':
      return writeFloat(dtype, view, 0, trimmed, little);
    case 'complex':
      return writeComplex(dtype, view, trimmed, little);
    case 'bytes':
      return writeBytes(dtype, view, text);
    case 'unicode':
      return writeUnicode(dtype, view, text, little);
    case 'datetime':
    case 'timedelta': {
      const ticksOf = dtype.scalar === 'datetime' ? datetimeTicks : timedeltaTicks;
      const ticks = ticksOf(trimmed, dtype.unit ?? '');
      if (!ticks.ok) return ticks.error.message;
      if (BigInt.asIntN(64, ticks.value) !== ticks.value)
        return `'${trimmed}' is out of range for ${dtypeName(dtype)}.`;
      view.setBigInt64(0, ticks.value, little);
      return undefined;
    }
    case 'void':
      return writeVoid(view, trimmed);
    case 'object':
      return 'Objects are pickled and can’t be edited.';
  }
}

function writeBool(view: DataView, text: string): string | undefined {
  const value = { true: 1, '1': 1, false: 0, '0': 0 }[text.toLowerCase()];
  if (value === undefined) return `'${text}' is neither True nor False.`;
  view.setUint8(0, value);
  return undefined;
}

function writeInteger(
  dtype: ScalarType,
  view: DataView,
  text: string,
  little: boolean,
): string | undefined {
  const value = integerOf(text);
  if (value === undefined) return `'${text}' is no whole number.`;
  const bits = BigInt(8 * dtype.itemsize);
  const low = dtype.scalar === 'int' ? -(1n << (bits - 1n)) : 0n;
  const high = dtype.scalar === 'int' ? (1n << (bits - 1n)) - 1n : (1n << bits) - 1n;
  if (value < low || value > high)
    return `${value} is out of range for ${dtypeName(dtype)} (${low} to ${high}).`;
  let rest = BigInt.asUintN(Number(bits), value);
  for (let k = 0; k < dtype.itemsize; k++) {
    view.setUint8(little ? k : dtype.itemsize - 1 - k, Number(rest & 255n));
    rest >>= 8n;
  }
  return undefined;
}

function writeFloat(
  dtype: ScalarType,
  view: DataView,
  at: number,
  text: string,
  little: boolean,
): string | undefined {
  const itemsize = dtype.scalar === 'complex' ? dtype.itemsize / 2 : dtype.itemsize;
  const value = floatOf(text);
  if (value === undefined) return `'${text}' is no number.`;
  const tooLarge = `${text} is too large for ${dtypeName(dtype)}.`;
  if (!Number.isFinite(value) && /\d/.test(text)) return tooLarge;
  if (itemsize > 8)
    return 'Extended floats have more digits than can be typed here; edit their bytes.';
  if (itemsize === 8) view.setFloat64(at, value, little);
  else if (itemsize === 4) {
    if (Number.isFinite(value) && !Number.isFinite(Math.fround(value))) return tooLarge;
    view.setFloat32(at, value, little);
  } else {
    const bits = dtype.scalar === 'bfloat' ? bfloat16Bits(value) : float16Bits(value);
    const infinite = dtype.scalar === 'bfloat' ? 0x7f80 : 0x7c00;
    if (Number.isFinite(value) && (bits & 0x7fff) === infinite) return tooLarge;
    view.setUint16(at, bits, little);
  }
  return undefined;
}

const number = '(?:inf(?:inity)?|nan|(?:\\d+\\.?\\d*|\\.\\d+)(?:e[+-]?\\d+)?)';
const complexForms = [
  new RegExp(`^([+-]?${number})([+-]${number})j$`, 'i'),
  new RegExp(`^()([+-]?${number})j$`, 'i'),
  new RegExp(`^([+-]?${number})()$`, 'i'),
];

function writeComplex(
  dtype: ScalarType,
  view: DataView,
  text: string,
  little: boolean,
): string | undefined {
  const bare = text.replace(/^\(([^]*)\)$/, '$1').replaceAll(/\s/g, '');
  for (const form of complexForms) {
    const [matched, real = '', imaginary = ''] = form.exec(bare) ?? [];
    if (matched === undefined) continue;
    return (
      writeFloat(dtype, view, 0, real === '' ? '0' : real, little) ??
      writeFloat(dtype, view, dtype.itemsize / 2, imaginary === '' ? '0' : imaginary, little)
    );
  }
  return `'${text}' is no complex number, such as 1+2j.`;
}

function writeBytes(dtype: ScalarType, view: DataView, text: string): string | undefined {
  const literal = /^\s*b(['"])([^]*)\1\s*$/.exec(text);
  const bytes = literal ? unescapeBytes(literal[2] ?? '') : new TextEncoder().encode(text);
  if (bytes === undefined) return 'This is no bytes literal of Python.';
  if (bytes.length > dtype.itemsize)
    return `${bytes.length} bytes are more than the ${dtype.itemsize} of ${dtypeName(dtype)}.`;
  new Uint8Array(view.buffer).set(bytes);
  return undefined;
}

function writeUnicode(
  dtype: ScalarType,
  view: DataView,
  text: string,
  little: boolean,
): string | undefined {
  const literal = /^\s*(['"])([^]*)\1\s*$/.exec(text);
  const value = literal ? unescapeText(literal[2] ?? '') : text;
  if (value === undefined) return 'This is no string literal of Python.';
  const points = Array.from(value, (character) => character.codePointAt(0) ?? 0);
  const room = dtype.itemsize / 4;
  if (points.length > room)
    return `${points.length} characters are more than the ${room} of ${dtypeName(dtype)}.`;
  points.forEach((point, k) => {
    view.setUint32(4 * k, point, little);
  });
  return undefined;
}

function writeVoid(view: DataView, text: string): string | undefined {
  const digits = text.replace(/^0x/i, '').replaceAll(/[\s_]/g, '');
  if (!/^(?:[\da-f]{2})*$/i.test(digits)) return `'${text}' are no pairs of hex digits.`;
  if (digits.length !== 2 * view.byteLength)
    return `${digits.length / 2} bytes were typed, and an element has ${view.byteLength}.`;
  for (let k = 0; k < view.byteLength; k++)
    view.setUint8(k, Number.parseInt(digits.slice(2 * k, 2 * k + 2), 16));
  return undefined;
}

/** As Python's `int` reads it, with its prefixes. */
export function integerOf(text: string): bigint | undefined {
  const [, sign = '', digits = ''] = /^([+-]?)(.*)$/.exec(text.replaceAll('_', '')) ?? [];
  if (!/^(?:0x[\da-f]{1,40}|0o[0-7]{1,50}|0b[01]{1,130}|\d{1,40})$/i.test(digits)) return undefined;
  return sign === '-' ? -BigInt(digits) : BigInt(digits);
}

/** As Python's `float` reads it. */
export function floatOf(text: string): number | undefined {
  const trimmed = text.trim().toLowerCase().replaceAll('_', '');
  const named = /^([+-]?)(inf|infinity|nan)$/.exec(trimmed);
  if (named) return named[2] === 'nan' ? NaN : named[1] === '-' ? -Infinity : Infinity;
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/.test(trimmed) ? Number(trimmed) : undefined;
}

/** The upper half of a float32, rounded half to even. */
function bfloat16Bits(value: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  const bits = view.getUint32(0);
  if (Number.isNaN(value)) return (bits >>> 16) | 0x40;
  const upper = bits >>> 16;
  const rest = bits & 0xffff;
  return upper + (rest > 0x8000 || (rest === 0x8000 && upper % 2 === 1) ? 1 : 0);
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '0': '\0',
};
const escapePattern = /\\(?:x([\da-f]{2})|u([\da-f]{4})|U([\da-f]{8})|([nrt0'"\\]))|\\|([^\\]+)/gi;

function unescapeText(body: string): string | undefined {
  let text = '';
  for (const [whole, two, four, eight, named, plain] of body.matchAll(escapePattern)) {
    const code = two ?? four ?? eight;
    if (code !== undefined) {
      const point = Number.parseInt(code, 16);
      if (point > 0x10ffff) return undefined;
      text += String.fromCodePoint(point);
    } else if (named !== undefined) text += escapes[named] ?? '';
    else if (plain !== undefined) text += plain;
    else if (whole === '\\') return undefined;
  }
  return text;
}

function unescapeBytes(body: string): Uint8Array | undefined {
  const text = unescapeText(body);
  if (text === undefined || Array.from(text).some((character) => character > '\xff'))
    return undefined;
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function bad(message: string): Parsed {
  return fail({ kind: 'badElement', message });
}
