/**
 * A dtype from the declaration of a struct as in C, for 64-bit machines: fixed-size types, arrays and nested structs,
 * aligned as a compiler does unless packed. What has no fixed layout here (pointers, bit-fields, unions) is named.
 */
import type { Result } from '../result.ts';
import { fail, ok } from '../result.ts';
import type { DType, ScalarKind, StructField } from './dtype.ts';

export interface CStructProblem {
  readonly kind: 'bad-struct';
  readonly message: string;
}

const integers: Readonly<Record<string, readonly [ScalarKind, number]>> = {
  char: ['bytes', 1],
  'signed char': ['int', 1],
  'unsigned char': ['uint', 1],
  short: ['int', 2],
  'unsigned short': ['uint', 2],
  int: ['int', 4],
  'unsigned int': ['uint', 4],
  long: ['int', 8],
  'unsigned long': ['uint', 8],
  'long long': ['int', 8],
  'unsigned long long': ['uint', 8],
  bool: ['bool', 1],
  _Bool: ['bool', 1],
  half: ['float', 2],
  _Float16: ['float', 2],
  float: ['float', 4],
  double: ['float', 8],
  'long double': ['float', 16],
  size_t: ['uint', 8],
  ssize_t: ['int', 8],
  wchar_t: ['unicode', 4],
  char32_t: ['unicode', 4],
};

const MAX_BYTES = 0x7fffffff;
const MAX_DEPTH = 32;

/**
 * The last struct of the text is the element; those before it can be its fields' types. `#pragma pack(1)` and
 * `packed` leave out the padding, `#pragma endian big` turns the byte order.
 */
export function parseCStruct(text: string): Result<DType, CStructProblem> {
  const reader: Reader = {
    tokens: tokensOf(text),
    position: 0,
    order: 'little',
    isPacked: false,
    named: new Map(),
  };
  try {
    let last: Typed | undefined;
    while (reader.position < reader.tokens.length) last = readDeclaration(reader) ?? last;
    if (!last) throw new DeclarationError('There is no struct: struct { int32_t id; double x; }');
    if (last.dtype.itemsize === 0) throw new DeclarationError('The struct has no bytes.');
    return ok(last.dtype);
  } catch (error) {
    if (error instanceof DeclarationError)
      return fail({ kind: 'bad-struct', message: error.message });
    throw error;
  }
}

class DeclarationError extends Error {}

interface Typed {
  readonly dtype: DType;
  readonly alignment: number;
}

interface Reader {
  readonly tokens: readonly string[];
  position: number;
  order: 'little' | 'big';
  isPacked: boolean;
  readonly named: Map<string, Typed>;
}

function tokensOf(text: string): string[] {
  const bare = text.replace(/\/\*[^]*?\*\/|\/\/[^\n]*/g, ' ');
  return bare.match(/#[^\n]*|\w+|[^\s\w]/g) ?? [];
}

/** A struct with or without a name, or bare fields, which are a struct of their own. */
function readDeclaration(reader: Reader): Typed | undefined {
  const token = peek(reader);
  if (token.startsWith('#')) {
    readPragma(reader);
    return undefined;
  }
  if (token === ';') {
    reader.position++;
    return undefined;
  }
  const isTypedef = take(reader, 'typedef');
  const opens = peek(reader) === 'struct' && !isReference(reader);
  if (!opens && !isTypedef) return structOf(reader, readFields(reader, 0, ''));
  const found = readStruct(reader, 0);
  if (isTypedef && isName(peek(reader))) reader.named.set(next(reader), found);
  else if (isName(peek(reader))) next(reader);
  expect(reader, ';', true);
  return found;
}

function readPragma(reader: Reader): void {
  const line = next(reader);
  if (/^#\s*pragma\s+pack\s*\(\s*(push\s*,\s*)?1\s*\)/.test(line)) reader.isPacked = true;
  else if (/^#\s*pragma\s+pack\s*\(\s*(pop)?\s*\)/.test(line)) reader.isPacked = false;
  else if (/^#\s*pragma\s+endian\s+(big|little)/.test(line))
    reader.order = line.includes('big') ? 'big' : 'little';
  else if (/^#\s*pragma\s+pack/.test(line))
    throw new DeclarationError(`Only a packing of 1 is read, not ${line.trim()}`);
}

/** `struct point p;`, as against `struct point { … }`. */
function isReference(reader: Reader): boolean {
  const [, second = '', third = ''] = reader.tokens.slice(reader.position, reader.position + 3);
  return second !== '{' && third !== '{' && second !== '__attribute__';
}

function readStruct(reader: Reader, depth: number): Typed {
  if (depth > MAX_DEPTH)
    throw new DeclarationError(`The struct is nested deeper than ${MAX_DEPTH}.`);
  expect(reader, 'struct');
  const wasPacked = reader.isPacked;
  if (readAttribute(reader)) reader.isPacked = true;
  const name = isName(peek(reader)) ? next(reader) : '';
  expect(reader, '{');
  // A packed attribute behind the braces holds for what is inside them, so it is looked for first.
  if (hasPackedBehind(reader)) reader.isPacked = true;
  const fields = readFields(reader, depth, '}');
  expect(reader, '}');
  readAttribute(reader);
  const found = structOf(reader, fields);
  reader.isPacked = wasPacked;
  if (name !== '') reader.named.set(name, found);
  return found;
}

interface Field {
  readonly name: string;
  readonly type: Typed;
}

function readFields(reader: Reader, depth: number, end: string): Field[] {
  const fields: Field[] = [];
  while (reader.position < reader.tokens.length && peek(reader) !== end) {
    if (peek(reader).startsWith('#')) {
      readPragma(reader);
      continue;
    }
    if (take(reader, ';')) continue;
    const base = readType(reader, depth);
    do {
      if (peek(reader) === '*')
        throw new DeclarationError('A pointer says nothing of the bytes that it points to.');
      const name = next(reader);
      if (!isName(name))
        throw new DeclarationError(`A field needs a name${name === '' ? '' : `, not '${name}'`}.`);
      if (fields.some((field) => field.name === name))
        throw new DeclarationError(`The field '${name}' is there twice.`);
      fields.push({ name, type: withLengths(reader, base) });
      if (peek(reader) === ':')
        throw new DeclarationError('Bit-fields have no bytes of their own.');
    } while (take(reader, ','));
    expect(reader, ';', end === '');
  }
  return fields;
}

function readType(reader: Reader, depth: number): Typed {
  for (const qualifier of ['const', 'volatile']) take(reader, qualifier);
  const first = peek(reader);
  if (first === 'union')
    throw new DeclarationError('A union has no single layout: choose one of its members.');
  if (first === 'enum')
    return next(reader) && next(reader) ? scalar(reader, 'int', 4) : fallThrough();
  if (first === 'struct') {
    if (!isReference(reader)) return readStruct(reader, depth + 1);
    next(reader);
    return known(reader, next(reader));
  }
  const words: string[] = [];
  const basic = ['signed', 'unsigned', 'char', 'short', 'int', 'long', 'float', 'double'];
  while (basic.includes(peek(reader))) words.push(next(reader));
  if (words.length === 0) return known(reader, next(reader));
  const entry = Object.hasOwn(integers, canonical(words)) ? integers[canonical(words)] : undefined;
  if (!entry) throw new DeclarationError(`'${words.join(' ')}' is no type.`);
  return scalar(reader, ...entry);
}

function fallThrough(): never {
  throw new DeclarationError('The declaration ends too early.');
}

/** `long unsigned int` and `unsigned long` are one type. */
function canonical(words: readonly string[]): string {
  const isUnsigned = words.includes('unsigned');
  const longs = words.filter((word) => word === 'long').length;
  const base = words.find((word) => ['char', 'short', 'float', 'double'].includes(word));
  if (base === 'double') return longs > 0 ? 'long double' : 'double';
  if (base === 'float') return 'float';
  if (base === 'char')
    return isUnsigned ? 'unsigned char' : words.includes('signed') ? 'signed char' : 'char';
  const name = base ?? (longs === 0 ? 'int' : longs === 1 ? 'long' : 'long long');
  return isUnsigned ? `unsigned ${name}` : name;
}

function known(reader: Reader, name: string): Typed {
  const declared = reader.named.get(name);
  if (declared) return declared;
  const sized =
    /^(u?)int_?(8|16|32|64)(?:_t)?$|^([ui])(8|16|32|64)$|^float(16|32|64)(?:_t)?$|^f(16|32|64)$/.exec(
      name,
    );
  if (sized) {
    const [, unsigned, intBits, short, shortBits, floatBits, shortFloatBits] = sized;
    const bits = Number(intBits ?? shortBits ?? floatBits ?? shortFloatBits);
    const isFloat = floatBits !== undefined || shortFloatBits !== undefined;
    const isUnsigned = unsigned === 'u' || short === 'u';
    return scalar(reader, isFloat ? 'float' : isUnsigned ? 'uint' : 'int', bits / 8);
  }
  const entry = Object.hasOwn(integers, name) ? integers[name] : undefined;
  if (!entry)
    throw new DeclarationError(
      name === '' ? 'The declaration ends too early.' : `'${name}' is no type that is known here.`,
    );
  return scalar(reader, ...entry);
}

function scalar(reader: Reader, kind: ScalarKind, itemsize: number): Typed {
  const orderless = itemsize === 1;
  return {
    dtype: {
      kind: 'scalar',
      scalar: kind,
      itemsize,
      byteOrder: orderless ? 'none' : reader.order,
    },
    alignment: itemsize,
  };
}

/** `[3][4]` behind a name. Characters in a row are text. */
function withLengths(reader: Reader, base: Typed): Typed {
  const shape: number[] = [];
  while (take(reader, '[')) {
    const length = next(reader);
    if (!/^(\d{1,9}|0x[0-9a-f]{1,7})$/i.test(length))
      throw new DeclarationError(`An array needs a length as a number, not '${length}'.`);
    shape.push(Number(length));
    expect(reader, ']');
  }
  if (shape.length === 0) return base;
  const { dtype, alignment } = base;
  const isText =
    dtype.kind === 'scalar' && (dtype.scalar === 'bytes' || dtype.scalar === 'unicode');
  const textLength = isText ? (shape.pop() ?? 1) : 1;
  const element = isText ? { ...dtype, itemsize: dtype.itemsize * textLength } : dtype;
  const itemsize = shape.reduce((product, length) => product * length, element.itemsize);
  if (itemsize > MAX_BYTES) throw new DeclarationError('The struct is too large.');
  return {
    dtype: shape.length === 0 ? element : { kind: 'subarray', itemsize, base: element, shape },
    alignment,
  };
}

function structOf(reader: Reader, fields: readonly Field[]): Typed {
  let offset = 0;
  let alignment = 1;
  const placed: StructField[] = fields.map(({ name, type }) => {
    const step = reader.isPacked ? 1 : type.alignment;
    offset = Math.ceil(offset / step) * step;
    const field = { name, offset, dtype: type.dtype };
    offset += type.dtype.itemsize;
    alignment = Math.max(alignment, step);
    return field;
  });
  const itemsize = Math.ceil(offset / alignment) * alignment;
  if (itemsize > MAX_BYTES) throw new DeclarationError('The struct is too large.');
  return { dtype: { kind: 'struct', itemsize, fields: placed }, alignment };
}

function readAttribute(reader: Reader): boolean {
  if (!take(reader, '__attribute__')) return false;
  let depth = 0;
  let isPacked = false;
  do {
    const token = next(reader);
    if (token === '(') depth++;
    else if (token === ')') depth--;
    else if (/^(__)?packed(__)?$/.test(token)) isPacked = true;
    else if (token === '') break;
  } while (depth > 0);
  return isPacked;
}

function hasPackedBehind(reader: Reader): boolean {
  let depth = 1;
  let at = reader.position;
  while (at < reader.tokens.length && depth > 0) {
    if (reader.tokens[at] === '{') depth++;
    else if (reader.tokens[at] === '}') depth--;
    at++;
  }
  return (
    reader.tokens
      .slice(at, at + 5)
      .join('')
      .startsWith('__attribute__((packed') ||
    reader.tokens
      .slice(at, at + 5)
      .join('')
      .startsWith('__attribute__((__packed__')
  );
}

function peek(reader: Reader): string {
  return reader.tokens[reader.position] ?? '';
}

function next(reader: Reader): string {
  return reader.tokens[reader.position++] ?? '';
}

function take(reader: Reader, token: string): boolean {
  if (peek(reader) !== token) return false;
  reader.position++;
  return true;
}

function expect(reader: Reader, token: string, mayEnd = false): void {
  if (take(reader, token) || (mayEnd && reader.position >= reader.tokens.length)) return;
  const found = peek(reader);
  throw new DeclarationError(
    `Here '${token}' is needed${found === '' ? ' before the end' : `, not '${found}'`}.`,
  );
}

function isName(token: string): boolean {
  return /^[A-Za-z_]\w*$/.test(token);
}
