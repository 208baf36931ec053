/**
 * A dtype from a format string of the buffer protocol (PEP 3118), with NumPy's rules: a byte order holds until the
 * next one, `@` aligns fields and the whole, unnamed fields are `f0`, `f1`, …
 */
import type { Result } from '../result.ts';
import { fail, ok } from '../result.ts';
import type { DType, ScalarKind, ScalarType, StructField } from './dtype.ts';

export interface Pep3118TextProblem {
  readonly kind: 'bad-format';
  readonly message: string;
  /** Where in the text. */
  readonly position: number;
}

interface Code {
  readonly scalar: ScalarKind;
  /** Under `@`, where a C compiler decides, and in the standard modes; undefined where a mode has no such code. */
  readonly native: number;
  readonly standard: number | undefined;
}

const codes: Readonly<Record<string, Code>> = {
  '?': { scalar: 'bool', native: 1, standard: 1 },
  c: { scalar: 'bytes', native: 1, standard: 1 },
  b: { scalar: 'int', native: 1, standard: 1 },
  B: { scalar: 'uint', native: 1, standard: 1 },
  h: { scalar: 'int', native: 2, standard: 2 },
  H: { scalar: 'uint', native: 2, standard: 2 },
  i: { scalar: 'int', native: 4, standard: 4 },
  I: { scalar: 'uint', native: 4, standard: 4 },
  l: { scalar: 'int', native: 8, standard: 4 },
  L: { scalar: 'uint', native: 8, standard: 4 },
  q: { scalar: 'int', native: 8, standard: 8 },
  Q: { scalar: 'uint', native: 8, standard: 8 },
  n: { scalar: 'int', native: 8, standard: undefined },
  N: { scalar: 'uint', native: 8, standard: undefined },
  e: { scalar: 'float', native: 2, standard: 2 },
  f: { scalar: 'float', native: 4, standard: 4 },
  d: { scalar: 'float', native: 8, standard: 8 },
  g: { scalar: 'float', native: 16, standard: undefined },
  Zf: { scalar: 'complex', native: 8, standard: 8 },
  Zd: { scalar: 'complex', native: 16, standard: 16 },
  Zg: { scalar: 'complex', native: 32, standard: undefined },
  s: { scalar: 'bytes', native: 1, standard: 1 },
  w: { scalar: 'unicode', native: 4, standard: 4 },
  x: { scalar: 'void', native: 1, standard: 1 },
};

const MAX_DEPTH = 32;
const MAX_BYTES = 0x7fffffff;

export function parsePep3118(text: string): Result<DType, Pep3118TextProblem> {
  const reader: Reader = { text, position: 0, order: '@' };
  try {
    const { dtype } = readFields(reader, 0);
    if (reader.position < text.length) throw problem(reader, `'}' closes nothing`);
    if (dtype.itemsize === 0) throw problem(reader, 'the format has no bytes');
    return ok(dtype);
  } catch (error) {
    if (error instanceof FormatError)
      return fail({ kind: 'bad-format', message: error.message, position: error.position });
    throw error;
  }
}

interface Reader {
  readonly text: string;
  position: number;
  order: string;
}

class FormatError extends Error {
  readonly position: number;
  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}

interface Typed {
  readonly dtype: DType;
  readonly alignment: number;
}

function readFields(reader: Reader, depth: number): Typed {
  if (depth > MAX_DEPTH) throw problem(reader, `the format is nested deeper than ${MAX_DEPTH}`);
  const fields: { name: string | undefined; offset: number; dtype: DType }[] = [];
  let offset = 0;
  let alignment = 1;
  while (reader.position < reader.text.length && peek(reader) !== '}') {
    if (/\s/.test(peek(reader))) {
      reader.position++;
      continue;
    }
    const shape = readShape(reader);
    if ('@=<>^!'.includes(peek(reader))) reader.order = next(reader);
    const count = readCount(reader);
    const isPadding = peek(reader) === 'x';
    const item = readItem(reader, count, depth);
    let { dtype } = item;
    let behind = 0;
    if (reader.order === '@') {
      offset = alignUp(offset, item.alignment);
      const trailing = alignUp(dtype.itemsize, item.alignment) - dtype.itemsize;
      const repeats = item.repeat * shape.reduce((product, length) => product * length, 1);
      if (trailing > 0 && repeats > 1) dtype = padded(dtype, trailing);
      else behind = trailing;
      alignment = leastCommonMultiple(alignment, item.alignment);
    }
    if (item.repeat !== 1) dtype = subarray(reader, dtype, [item.repeat]);
    if (shape.length > 0) dtype = subarray(reader, dtype, shape);
    const name = readName(reader);
    if (name !== undefined && fields.some((field) => field.name === name))
      throw problem(reader, `the field name '${name}' is there twice`);
    if (!isPadding || name !== undefined) fields.push({ name, offset, dtype });
    offset += dtype.itemsize + behind;
    if (offset > MAX_BYTES) throw problem(reader, 'the format is too large');
  }
  const itemsize = reader.order === '@' ? alignUp(offset, alignment) : offset;
  const [only] = fields;
  if (
    depth === 0 &&
    only &&
    fields.length === 1 &&
    only.name === undefined &&
    only.offset === 0 &&
    only.dtype.itemsize === itemsize
  )
    return { dtype: only.dtype, alignment };
  if (depth === 0 && fields.length === 0)
    return { dtype: { kind: 'scalar', scalar: 'void', itemsize, byteOrder: 'none' }, alignment };
  return { dtype: { kind: 'struct', itemsize, fields: named(fields) }, alignment };
}

function readItem(
  reader: Reader,
  count: number,
  depth: number,
): Typed & { readonly repeat: number } {
  if (reader.text.startsWith('T{', reader.position)) {
    reader.position += 2;
    const inner = readFields(reader, depth + 1);
    if (peek(reader) !== '}') throw problem(reader, "'T{' is not closed");
    reader.position++;
    return { ...inner, repeat: count };
  }
  const start = reader.position;
  let code = next(reader);
  if (code === 'Z') code += next(reader);
  if (code === 'O')
    throw problem(reader, 'the elements are Python objects, which are never loaded');
  const entry = Object.hasOwn(codes, code) ? codes[code] : undefined;
  const isNative = reader.order === '@' || reader.order === '^';
  const size = isNative ? entry?.native : entry?.standard;
  if (!entry || size === undefined) {
    reader.position = start;
    throw problem(reader, code === '' ? 'a count without a code' : `'${code}' is no code here`);
  }
  const isText = code === 's' || code === 'w' || code === 'x';
  const itemsize = isText ? size * count : size;
  const isBig = reader.order === '>' || reader.order === '!';
  const orderless = ['bool', 'bytes', 'void'].includes(entry.scalar) || size === 1;
  const dtype: ScalarType = {
    kind: 'scalar',
    scalar: entry.scalar,
    itemsize,
    byteOrder: orderless ? 'none' : isBig ? 'big' : 'little',
  };
  const alignment = entry.scalar === 'complex' ? size / 2 : orderless ? 1 : size;
  return { dtype, alignment, repeat: isText ? 1 : count };
}

function readShape(reader: Reader): number[] {
  if (peek(reader) !== '(') return [];
  const end = reader.text.indexOf(')', reader.position);
  const inside = reader.text.slice(reader.position + 1, end);
  if (end < 0 || !/^\s*\d{1,9}\s*(,\s*\d{1,9}\s*)*$/.test(inside))
    throw problem(reader, 'a shape is whole numbers in brackets: (2,3)');
  reader.position = end + 1;
  return inside.split(',').map(Number);
}

function readCount(reader: Reader): number {
  const digits = /^\d*/.exec(reader.text.slice(reader.position, reader.position + 12))?.[0] ?? '';
  if (digits.length > 10) throw problem(reader, 'a count is too large');
  reader.position += digits.length;
  return digits === '' ? 1 : Number(digits);
}

function readName(reader: Reader): string | undefined {
  if (peek(reader) !== ':') return undefined;
  const end = reader.text.indexOf(':', reader.position + 1);
  if (end < 0) throw problem(reader, "a name ends with ':'");
  const name = reader.text.slice(reader.position + 1, end);
  reader.position = end + 1;
  return name;
}

function subarray(reader: Reader, base: DType, shape: readonly number[]): DType {
  const itemsize = shape.reduce((product, length) => product * length, base.itemsize);
  if (itemsize > MAX_BYTES) throw problem(reader, 'the format is too large');
  return { kind: 'subarray', itemsize, base, shape };
}

function padded(dtype: DType, trailing: number): DType {
  const fields = dtype.kind === 'struct' ? dtype.fields : [{ name: 'f0', offset: 0, dtype }];
  return { kind: 'struct', itemsize: dtype.itemsize + trailing, fields };
}

/** As in NumPy the numbers of unnamed fields pass over names that are taken. */
function named(
  fields: readonly { name: string | undefined; offset: number; dtype: DType }[],
): StructField[] {
  const taken = new Set(fields.map(({ name }) => name));
  let number = 0;
  return fields.map(({ name, offset, dtype }) => {
    if (name !== undefined) return { name, offset, dtype };
    while (taken.has(`f${number}`)) number++;
    return { name: `f${number++}`, offset, dtype };
  });
}

function peek(reader: Reader): string {
  return reader.text[reader.position] ?? '';
}

function next(reader: Reader): string {
  return reader.text[reader.position++] ?? '';
}

function alignUp(offset: number, alignment: number): number {
  return Math.ceil(offset / alignment) * alignment;
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return (a / x) * b;
}

function problem(reader: Reader, message: string): FormatError {
  return new FormatError(message, reader.position);
}
