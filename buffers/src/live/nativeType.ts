/** Types as debuggers of C++, Rust and JavaScript name them, where they say how many numbers of what lie there. */

export interface NativeLayout {
  /** Of PEP 3118. */
  readonly format: string;
  readonly itemsize: number;
  readonly shape: readonly number[];
}

/** Undefined where the name says no sizes: a pointer, a class, a type of the program's own. */
export function nativeLayout(typeName: string, value: string): NativeLayout | undefined {
  return rustArray(typeName) ?? cArray(typeName) ?? typedArray(value) ?? typedArray(typeName);
}

/** `int [2][3]`, `const uint8_t[16]`, `double` alone. */
function cArray(typeName: string): NativeLayout | undefined {
  const [, base = '', axes = ''] = /^([^[\]*&()]+?)\s*((?:\[\d+\]\s*)*)$/.exec(typeName) ?? [];
  const words = base
    .replace(/\b(const|volatile|std::|static|struct)\b|std::/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '');
  const code = codeIn(cTypes, words.sort().join(' '));
  if (!code) return undefined;
  return layoutOf(
    code,
    [...axes.matchAll(/\d+/g)].map(([digits]) => Number(digits)),
  );
}

/** `[i32; 10]`, `[[f64; 3]; 2]`, `u64` alone. */
function rustArray(typeName: string): NativeLayout | undefined {
  const shape: number[] = [];
  let inner = typeName.trim();
  for (;;) {
    const [, base, count] = /^\[(.*);\s*(\d+)\]$/.exec(inner) ?? [];
    if (base === undefined) break;
    shape.push(Number(count));
    inner = base.trim();
  }
  const code = codeIn(rustTypes, inner);
  return code ? layoutOf(code, shape) : undefined;
}

/** `Float64Array(10)` and `ArrayBuffer(16)`, with what follows. */
function typedArray(text: string): NativeLayout | undefined {
  const [, name = '', count] = /^(\w+)\((\d+)\)/.exec(text) ?? [];
  const code = codeIn(scriptTypes, name);
  return code && count !== undefined ? layoutOf(code, [Number(count)]) : undefined;
}

type Code = readonly [format: string, itemsize: number];

function codeIn(types: Readonly<Record<string, Code>>, name: string): Code | undefined {
  return Object.hasOwn(types, name) ? types[name] : undefined;
}

function layoutOf([format, itemsize]: Code, shape: readonly number[]): NativeLayout | undefined {
  const count = shape.reduce((product, length) => product * length, itemsize);
  return Number.isSafeInteger(count) ? { format, itemsize, shape } : undefined;
}

const i8: Code = ['b', 1];
const u8: Code = ['B', 1];
const i16: Code = ['=h', 2];
const u16: Code = ['=H', 2];
const i32: Code = ['=i', 4];
const u32: Code = ['=I', 4];
const i64: Code = ['=q', 8];
const u64: Code = ['=Q', 8];
const f32: Code = ['=f', 4];
const f64: Code = ['=d', 8];

/** The words in alphabetical order. `long` is left out: its size depends on the system. */
const cTypes: Readonly<Record<string, Code>> = {
  bool: ['?', 1],
  char: i8,
  'char signed': i8,
  'char unsigned': u8,
  short: i16,
  'int short': i16,
  'short unsigned': u16,
  'int short unsigned': u16,
  int: i32,
  unsigned: u32,
  'int unsigned': u32,
  'long long': i64,
  'int long long': i64,
  'long long unsigned': u64,
  'int long long unsigned': u64,
  float: f32,
  double: f64,
  byte: u8,
  int8_t: i8,
  uint8_t: u8,
  int16_t: i16,
  uint16_t: u16,
  int32_t: i32,
  uint32_t: u32,
  int64_t: i64,
  uint64_t: u64,
  size_t: u64,
};

const rustTypes: Readonly<Record<string, Code>> = {
  bool: ['?', 1],
  i8,
  u8,
  i16,
  u16,
  i32,
  u32,
  i64,
  u64,
  f32,
  f64,
};

const scriptTypes: Readonly<Record<string, Code>> = {
  Int8Array: i8,
  Uint8Array: u8,
  Uint8ClampedArray: u8,
  Int16Array: i16,
  Uint16Array: u16,
  Int32Array: i32,
  Uint32Array: u32,
  BigInt64Array: i64,
  BigUint64Array: u64,
  Float32Array: f32,
  Float64Array: f64,
  ArrayBuffer: u8,
  SharedArrayBuffer: u8,
  DataView: u8,
};
