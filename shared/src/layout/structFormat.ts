/**
 * Format strings of Python's `struct` module: which field lies at which byte, and what CPython says of a bad one.
 * Rules and error texts are those of CPython 3.11 (docs.python.org/3/library/struct.html#format-strings).
 * Knows nothing of values; what a format reads and writes is in `elementValue.ts`, by way of a dtype.
 */

export type ByteOrderMode = '@' | '=' | '<' | '>' | '!';

/** Sizes and alignments that `@` takes from the C compiler and that differ between platforms. */
export interface NativePlatform {
  readonly longSize: 4 | 8;
  readonly pointerSize: 4 | 8;
  readonly byteOrder: 'little' | 'big';
}

/** Linux and macOS on 64 bits. On Windows `long` has 4 bytes. */
export const LP64: NativePlatform = { longSize: 8, pointerSize: 8, byteOrder: 'little' };
export const LLP64: NativePlatform = { longSize: 4, pointerSize: 8, byteOrder: 'little' };

/** One code with its repeat count: `4h` is one field of four values, `4s` one field of one. */
export interface StructFormatField {
  readonly code: string;
  /** The count as written, 1 where none is. */
  readonly repeat: number;
  /** Python values that it packs and unpacks: 0 for `x`, 1 for `s` and `p`, else `repeat`. */
  readonly valueCount: number;
  readonly cType: string;
  /** What `unpack` gives for one value; `None` for the pad bytes of `x`, which give none. */
  readonly pythonType: 'int' | 'float' | 'bool' | 'bytes' | 'None';
  /** Of one item, in bytes. */
  readonly itemsize: number;
  /** Of the first item from the start of the struct, in bytes. */
  readonly offset: number;
  /** All items together, in bytes. */
  readonly size: number;
  /** Bytes that alignment put in front of it. */
  readonly padding: number;
  /** The half-open range of the format text that says it, count included. */
  readonly start: number;
  readonly end: number;
}

export interface StructLayout {
  readonly mode: ByteOrderMode;
  readonly byteOrder: 'little' | 'big';
  /** Whether fields are aligned and have the sizes of the C compiler: only `@`. */
  readonly native: boolean;
  /** What `struct.calcsize` returns. Beyond 2^53 it is the nearest double. */
  readonly size: number;
  /** How many values `pack` takes and `unpack` gives. */
  readonly valueCount: number;
  readonly fields: readonly StructFormatField[];
}

export interface StructFormatProblem {
  readonly kind:
    'bad-char' | 'count-without-code' | 'size-overflow' | 'embedded-null' | 'not-ascii';
  /** The text of CPython's exception. */
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

export interface ParsedStructFormat {
  readonly layout?: StructLayout;
  readonly problems: readonly StructFormatProblem[];
}

interface Code {
  readonly cType: string;
  readonly pythonType: StructFormatField['pythonType'];
  /** Size in the standard modes; undefined where only `@` knows the code. */
  readonly standard: number | undefined;
  /** Size and alignment under `@`, where a C compiler may differ from the standard size. */
  readonly native: 'standard' | 'long' | 'pointer';
}

const codes: Readonly<Record<string, Code>> = {
  x: { cType: 'pad byte', pythonType: 'None', standard: 1, native: 'standard' },
  c: { cType: 'char', pythonType: 'bytes', standard: 1, native: 'standard' },
  b: { cType: 'signed char', pythonType: 'int', standard: 1, native: 'standard' },
  B: { cType: 'unsigned char', pythonType: 'int', standard: 1, native: 'standard' },
  '?': { cType: '_Bool', pythonType: 'bool', standard: 1, native: 'standard' },
  h: { cType: 'short', pythonType: 'int', standard: 2, native: 'standard' },
  H: { cType: 'unsigned short', pythonType: 'int', standard: 2, native: 'standard' },
  i: { cType: 'int', pythonType: 'int', standard: 4, native: 'standard' },
  I: { cType: 'unsigned int', pythonType: 'int', standard: 4, native: 'standard' },
  l: { cType: 'long', pythonType: 'int', standard: 4, native: 'long' },
  L: { cType: 'unsigned long', pythonType: 'int', standard: 4, native: 'long' },
  q: { cType: 'long long', pythonType: 'int', standard: 8, native: 'standard' },
  Q: { cType: 'unsigned long long', pythonType: 'int', standard: 8, native: 'standard' },
  n: { cType: 'ssize_t', pythonType: 'int', standard: undefined, native: 'pointer' },
  N: { cType: 'size_t', pythonType: 'int', standard: undefined, native: 'pointer' },
  e: { cType: 'half-precision float', pythonType: 'float', standard: 2, native: 'standard' },
  f: { cType: 'float', pythonType: 'float', standard: 4, native: 'standard' },
  d: { cType: 'double', pythonType: 'float', standard: 8, native: 'standard' },
  s: { cType: 'char[]', pythonType: 'bytes', standard: 1, native: 'standard' },
  p: { cType: 'Pascal string', pythonType: 'bytes', standard: 1, native: 'standard' },
  P: { cType: 'void *', pythonType: 'int', standard: undefined, native: 'pointer' },
};

/** PY_SSIZE_T_MAX of a 64-bit CPython: the largest size that `calcsize` returns. */
const SSIZE_MAX = 2n ** 63n - 1n;

/** Reads a format as `struct.Struct(text)` does, and like it stops at the first problem. */
export function parseStructFormat(
  text: string,
  platform: NativePlatform = LP64,
): ParsedStructFormat {
  const unencodable = findNonAscii(text);
  if (unencodable) return { problems: [unencodable] };
  const nullAt = text.indexOf('\0');
  if (nullAt >= 0) return problem('embedded-null', 'embedded null character', nullAt, nullAt + 1);

  const prefixed = isMode(text[0]);
  const mode = prefixed ? (text[0] as ByteOrderMode) : '@';
  const native = mode === '@';
  const fields: StructFormatField[] = [];
  let size = 0n;
  let valueCount = 0n;
  let position = prefixed ? 1 : 0;
  while (position < text.length) {
    if (isSpace(text[position])) {
      position++;
      continue;
    }
    const start = position;
    while (isDigit(text[position])) position++;
    const countText = text.slice(start, position);
    const repeat = countText === '' ? 1n : parseCount(countText);
    if (repeat > SSIZE_MAX) return tooLong(start, position);
    if (position >= text.length)
      return problem(
        'count-without-code',
        'repeat count given without format specifier',
        start,
        position,
      );
    const code = text[position] ?? '';
    const entry = Object.hasOwn(codes, code) ? codes[code] : undefined;
    const itemsize = entry && (native ? nativeSize(entry, platform) : entry.standard);
    if (!entry || itemsize === undefined)
      return problem('bad-char', 'bad char in struct format', position, position + 1);
    position++;

    const item = BigInt(itemsize);
    const padding = native && size > 0n ? (item - (size % item)) % item : 0n;
    const values = code === 'x' ? 0n : code === 's' || code === 'p' ? 1n : repeat;
    valueCount += values;
    const offset = size + padding;
    size = offset + repeat * item;
    if (valueCount > SSIZE_MAX || size > SSIZE_MAX) return tooLong(start, position);
    fields.push({
      code,
      repeat: Number(repeat),
      valueCount: Number(values),
      cType: entry.cType,
      pythonType: entry.pythonType,
      itemsize,
      offset: Number(offset),
      size: Number(repeat * item),
      padding: Number(padding),
      start,
      end: position,
    });
  }
  const layout: StructLayout = {
    mode,
    byteOrder: mode === '>' || mode === '!' ? 'big' : mode === '<' ? 'little' : platform.byteOrder,
    native,
    size: Number(size),
    valueCount: Number(valueCount),
    fields,
  };
  return { layout, problems: [] };
}

function nativeSize(entry: Code, platform: NativePlatform): number | undefined {
  if (entry.native === 'long') return platform.longSize;
  return entry.native === 'pointer' ? platform.pointerSize : entry.standard;
}

/** A count of a million digits must not cost a second: what is longer than 2^63 is only known to be too long. */
function parseCount(digits: string): bigint {
  const significant = digits.replace(/^0+/, '');
  return significant.length > 19 ? SSIZE_MAX + 1n : BigInt(significant === '' ? '0' : significant);
}

function problem(
  kind: StructFormatProblem['kind'],
  message: string,
  start: number,
  end: number,
): ParsedStructFormat {
  return { problems: [{ kind, message, start, end }] };
}

function tooLong(start: number, end: number): ParsedStructFormat {
  return problem('size-overflow', 'total struct size too long', start, end);
}

/** `struct` encodes the format as ASCII first, so this error is the codec's, counted in code points. */
function findNonAscii(text: string): StructFormatProblem | undefined {
  // eslint-disable-next-line no-control-regex -- the whole of ASCII is meant, control characters included
  const match = /[^\x00-\x7f]+/u.exec(text);
  if (!match) return undefined;
  const run = Array.from(match[0]);
  const position = match.index;
  const what =
    run.length === 1
      ? `character '${escapeCodePoint(run[0]?.codePointAt(0) ?? 0)}' in position ${position}`
      : `characters in position ${position}-${position + run.length - 1}`;
  return {
    kind: 'not-ascii',
    message: `'ascii' codec can't encode ${what}: ordinal not in range(128)`,
    start: position,
    end: position + match[0].length,
  };
}

function escapeCodePoint(codePoint: number): string {
  const hex = codePoint.toString(16);
  if (codePoint <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return codePoint <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

function isMode(character: string | undefined): boolean {
  return character !== undefined && character !== '' && '@=<>!'.includes(character);
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && '0' <= character && character <= '9';
}

/** C's isspace in ASCII: the whitespace that may stand between fields. */
function isSpace(character: string | undefined): boolean {
  return character !== undefined && ' \t\n\v\f\r'.includes(character);
}
