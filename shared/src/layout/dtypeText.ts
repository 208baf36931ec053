/**
 * Dtypes to and from the text that NumPy writes: `<f8`, `|S5`, `<M8[25s]`, or a list of fields as in
 * `dtype.descr`. Also the names that people type: `float32`, `int64`, `datetime64[ns]`.
 */
import type { Result } from '../result.ts';
import { fail, ok } from '../result.ts';
import type { DType, ScalarKind, ScalarType, StructField } from './dtype.ts';
import type { PythonLiteral } from './pythonLiteral.ts';
import { literalText, parsePythonLiteral, pythonString } from './pythonLiteral.ts';

export interface DTypeProblem {
  readonly kind: 'bad-dtype' | 'object-dtype';
  readonly message: string;
}

const MAX_DEPTH = 32;
const MAX_AXES = 64;

/** A dtype from what a person or a header says: a type string, or a Python literal of fields. */
export function parseDType(text: string): Result<DType, DTypeProblem> {
  const trimmed = text.trim();
  if (!/^[[('"]/.test(trimmed)) return scalarOfText(trimmed);
  const literal = parsePythonLiteral(trimmed);
  return literal.ok ? dtypeOfLiteral(literal.value) : bad(literal.error.message);
}

/** What `numpy.lib.format.descr_to_dtype` does: a string, a `(base, shape)` tuple, or a list of fields. */
export function dtypeOfLiteral(literal: PythonLiteral, depth = 0): Result<DType, DTypeProblem> {
  if (depth > MAX_DEPTH) return bad(`the dtype is nested deeper than ${MAX_DEPTH}`);
  if (literal.kind === 'string') return scalarOfText(literal.value);
  if (literal.kind === 'tuple') {
    const [base, shape] = literal.items;
    if (!base || !shape || literal.items.length !== 2)
      return bad(`${literalText(literal)} is no (base, shape) of a dtype`);
    return subarrayOf(base, shape, depth);
  }
  if (literal.kind !== 'list')
    return bad(`descr is not a valid dtype descriptor: ${literalText(literal)}`);

  const fields: StructField[] = [];
  const taken = new Set<string>();
  let offset = 0;
  for (const item of literal.items) {
    const field = fieldOf(item, offset, depth);
    if (!field.ok) return field;
    const { name, title, dtype } = field.value;
    offset += dtype.itemsize;
    // NumPy writes the gaps of an aligned or sparse struct as unnamed void fields.
    if (name === '' && dtype.kind === 'scalar' && dtype.scalar === 'void') continue;
    for (const label of title === undefined || title === name ? [name] : [name, title]) {
      if (taken.has(label)) return bad(`the field name ${pythonString(label)} is there twice`);
      taken.add(label);
    }
    fields.push(field.value);
  }
  return ok({ kind: 'struct', itemsize: offset, fields });
}

/** NumPy's `dtype.str`: one code, byte order in front. A struct is `|V` and its size, a sub-array its base's. */
export function typeString(dtype: DType): string {
  if (dtype.kind === 'struct') return `|V${dtype.itemsize}`;
  if (dtype.kind === 'subarray') return `|V${dtype.itemsize}`;
  if (dtype.scalar === 'bfloat') return dtypeName(dtype);
  const order = dtype.byteOrder === 'none' ? '|' : dtype.byteOrder === 'big' ? '>' : '<';
  const count = dtype.scalar === 'unicode' ? dtype.itemsize / 4 : dtype.itemsize;
  const unit = dtype.unit === undefined || dtype.unit === '' ? '' : `[${dtype.unit}]`;
  return `${order}${kindCodes[dtype.scalar]}${count}${unit}`;
}

/** As NumPy's header has it: a type string, or the list of fields with their padding. */
export function dtypeText(dtype: DType): string {
  if (dtype.kind === 'scalar') return typeString(dtype);
  if (dtype.kind === 'subarray') return `(${baseText(dtype.base)}, ${shapeText(dtype.shape)})`;
  const items: string[] = [];
  let end = 0;
  for (const { name, title, offset, dtype: field } of dtype.fields) {
    if (offset > end) items.push(`('', '|V${offset - end}')`);
    const label =
      title === undefined ? pythonString(name) : `(${pythonString(title)}, ${pythonString(name)})`;
    items.push(
      field.kind === 'subarray'
        ? `(${label}, ${baseText(field.base)}, ${shapeText(field.shape)})`
        : `(${label}, ${baseText(field)})`,
    );
    end = offset + field.itemsize;
  }
  if (dtype.itemsize > end) items.push(`('', '|V${dtype.itemsize - end}')`);
  return `[${items.join(', ')}]`;
}

/** A shape as Python writes the tuple: `(3,)`, `(2, 3)`, `()`. */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape.join('')},)` : `(${shape.join(', ')})`;
}

/** The name for people: `float32`, `datetime64[ns]`, `struct of 3 fields`. */
export function dtypeName(dtype: DType): string {
  if (dtype.kind === 'struct')
    return `struct of ${dtype.fields.length} ${dtype.fields.length === 1 ? 'field' : 'fields'}`;
  if (dtype.kind === 'subarray') return `${shapeText(dtype.shape)} ${dtypeName(dtype.base)}`;
  const bits = dtype.itemsize * 8;
  switch (dtype.scalar) {
    case 'bool':
    case 'object':
      return dtype.scalar;
    case 'int':
    case 'uint':
    case 'float':
    case 'bfloat':
    case 'complex':
      return `${dtype.scalar}${bits}`;
    case 'bytes':
      return `S${dtype.itemsize}`;
    case 'unicode':
      return `U${dtype.itemsize / 4}`;
    case 'void':
      return `V${dtype.itemsize}`;
    case 'datetime':
    case 'timedelta':
      return `${dtype.scalar}64${dtype.unit === undefined || dtype.unit === '' ? '' : `[${dtype.unit}]`}`;
  }
}

/** Of all that has one: `mixed` where fields disagree, `none` where bytes have no order. */
export function byteOrderOf(dtype: DType): 'little' | 'big' | 'mixed' | 'none' {
  if (dtype.kind === 'scalar') return dtype.byteOrder;
  if (dtype.kind === 'subarray') return byteOrderOf(dtype.base);
  const orders = new Set(dtype.fields.map((field) => byteOrderOf(field.dtype)));
  orders.delete('none');
  const [first = 'none', second] = orders;
  return second === undefined ? first : 'mixed';
}

const kindCodes: Readonly<Record<ScalarKind, string>> = {
  bool: 'b',
  int: 'i',
  uint: 'u',
  float: 'f',
  // ml_dtypes' code, which NumPy does not parse: the name stands for it.
  bfloat: 'E',
  complex: 'c',
  bytes: 'S',
  unicode: 'U',
  datetime: 'M',
  timedelta: 'm',
  void: 'V',
  object: 'O',
};

/** One-letter codes and names; sizes are those of 64-bit Linux and macOS. */
const aliases: Readonly<Record<string, string>> = {
  '?': 'b1',
  bool: 'b1',
  bool_: 'b1',
  b: 'i1',
  B: 'u1',
  h: 'i2',
  H: 'u2',
  i: 'i4',
  I: 'u4',
  l: 'i8',
  L: 'u8',
  q: 'i8',
  Q: 'u8',
  n: 'i8',
  N: 'u8',
  p: 'i8',
  P: 'u8',
  e: 'f2',
  f: 'f4',
  d: 'f8',
  g: 'f16',
  F: 'c8',
  D: 'c16',
  G: 'c32',
  c: 'S1',
  S: 'S0',
  U: 'U0',
  V: 'V0',
  O: 'O8',
  M: 'M8',
  m: 'm8',
  int: 'i8',
  int_: 'i8',
  uint: 'u8',
  float: 'f8',
  half: 'f2',
  single: 'f4',
  double: 'f8',
  longdouble: 'f16',
  complex: 'c16',
  object: 'O8',
  int8: 'i1',
  int16: 'i2',
  int32: 'i4',
  int64: 'i8',
  uint8: 'u1',
  uint16: 'u2',
  uint32: 'u4',
  uint64: 'u8',
  float16: 'f2',
  float32: 'f4',
  float64: 'f8',
  float128: 'f16',
  complex64: 'c8',
  complex128: 'c16',
  complex256: 'c32',
};

const sizes: Readonly<Record<string, readonly number[]>> = {
  E: [],
  b: [1],
  i: [1, 2, 4, 8],
  u: [1, 2, 4, 8],
  f: [2, 4, 8, 16],
  c: [8, 16, 32],
  M: [8],
  m: [8],
};

const kinds = Object.fromEntries(
  Object.entries(kindCodes).map(([kind, code]) => [code, kind as ScalarKind]),
);

function scalarOfText(text: string): Result<ScalarType, DTypeProblem> {
  if (text === 'bfloat16')
    return ok({ kind: 'scalar', scalar: 'bfloat', itemsize: 2, byteOrder: 'little' });
  const match = /^([<>=|]?)([A-Za-z_?]\w*?)(?:\[([^\]]*)\])?$/.exec(text);
  const [, order = '', word = '', unit] = match ?? [];
  const spelled = word.replace(/^datetime64$/, 'M8').replace(/^timedelta64$/, 'm8');
  const code = Object.hasOwn(aliases, spelled) ? (aliases[spelled] ?? '') : spelled;
  const [, letter = '', digits = ''] = /^([A-Za-z])(\d{0,10})$/.exec(code) ?? [];
  const scalar = Object.hasOwn(kinds, letter) ? kinds[letter] : undefined;
  if (!match || !scalar) return bad(`data type ${quoted(text)} not understood`);
  if (scalar === 'object')
    return fail({
      kind: 'object-dtype',
      message: 'the elements are pickled Python objects, which are never loaded',
    });
  const count = Number(digits);
  const allowed = Object.hasOwn(sizes, letter) ? sizes[letter] : undefined;
  if (digits === '' || (allowed && !allowed.includes(count)))
    return bad(`data type ${quoted(text)} has a size that does not exist`);
  const itemsize = scalar === 'unicode' ? 4 * count : count;
  if (itemsize > 0x7fffffff) return bad(`data type ${quoted(text)} is too large`);

  const orderless =
    ['bool', 'bytes', 'void'].includes(scalar) || (itemsize === 1 && scalar !== 'unicode');
  const byteOrder = orderless ? 'none' : order === '>' ? 'big' : 'little';
  if (scalar !== 'datetime' && scalar !== 'timedelta')
    return unit === undefined
      ? ok({ kind: 'scalar', scalar, itemsize, byteOrder })
      : bad(`data type ${quoted(text)} has no unit`);
  const canonical = unit === undefined ? '' : canonicalUnit(unit);
  if (canonical === undefined) return bad(`invalid datetime unit in ${quoted(text)}`);
  return ok({ kind: 'scalar', scalar, itemsize, byteOrder, unit: canonical });
}

function canonicalUnit(text: string): string | undefined {
  const [whole, digits = '', unit = ''] =
    /^(\d{0,9})(Y|M|W|D|h|m|s|ms|us|μs|ns|ps|fs|as|generic)$/.exec(text) ?? [];
  if (whole === undefined || (digits !== '' && Number(digits) === 0)) return undefined;
  if (unit === 'generic') return digits === '' ? '' : undefined;
  const multiplier = Number(digits === '' ? '1' : digits);
  return `${multiplier === 1 ? '' : String(multiplier)}${unit === 'μs' ? 'us' : unit}`;
}

function fieldOf(
  item: PythonLiteral,
  offset: number,
  depth: number,
): Result<StructField, DTypeProblem> {
  const parts = item.kind === 'tuple' || item.kind === 'list' ? item.items : [];
  const [label, type, shape] = parts;
  if (!label || !type || parts.length > 3)
    return bad(`${literalText(item)} is no (name, type) or (name, type, shape) of a field`);
  const names = label.kind === 'tuple' ? label.items : [label];
  const name = names.at(-1);
  const title = names.length === 2 ? names[0] : undefined;
  if (name?.kind !== 'string' || names.length > 2 || (title && title.kind !== 'string'))
    return bad(`${literalText(label)} is no name of a field`);
  const dtype = shape ? subarrayOf(type, shape, depth) : dtypeOfLiteral(type, depth + 1);
  if (!dtype.ok) return dtype;
  return ok({
    name: name.value,
    ...(title ? { title: title.value } : {}),
    offset,
    dtype: dtype.value,
  });
}

function subarrayOf(
  base: PythonLiteral,
  shape: PythonLiteral,
  depth: number,
): Result<DType, DTypeProblem> {
  const element = dtypeOfLiteral(base, depth + 1);
  if (!element.ok) return element;
  const lengths = shape.kind === 'tuple' || shape.kind === 'list' ? shape.items : [shape];
  const axes: number[] = [];
  let itemsize = BigInt(element.value.itemsize);
  for (const length of lengths) {
    if (length.kind !== 'int' || length.value < 0n)
      return bad(`${literalText(shape)} is no shape of a sub-array`);
    itemsize *= length.value;
    if (length.value > 0x7fffffffn || itemsize > 0x7fffffffn)
      return bad(`a sub-array of shape ${literalText(shape)} is too large`);
    axes.push(Number(length.value));
  }
  if (axes.length > MAX_AXES) return bad(`a sub-array has more than ${MAX_AXES} axes`);
  if (axes.length === 0) return element;
  return ok({ kind: 'subarray', itemsize: Number(itemsize), base: element.value, shape: axes });
}

function baseText(dtype: DType): string {
  return dtype.kind === 'scalar' ? `'${typeString(dtype)}'` : dtypeText(dtype);
}

function quoted(text: string): string {
  return pythonString(text.length > 60 ? `${text.slice(0, 59)}…` : text);
}

function bad(message: string): Result<never, DTypeProblem> {
  return fail({ kind: 'bad-dtype', message });
}
