/** NumPy's dtypes as code spells them, and which dtype an operation has. */
import type { DType, ScalarType } from '#shared/layout/dtype.ts';
import { parseDType } from '#shared/layout/dtypeText.ts';
import type { Machine } from '../flow/machine.ts';
import type { Value } from '../flow/values.ts';
import { knownText } from '../flow/values.ts';
import { platform } from '../structFormats.ts';

/** Names of scalar types in `numpy`, as type strings. Those that differ between platforms are not here. */
const members: Readonly<Record<string, string>> = {
  bool_: '|b1',
  bool: '|b1',
  int8: '|i1',
  byte: '|i1',
  uint8: '|u1',
  ubyte: '|u1',
  int16: '<i2',
  short: '<i2',
  uint16: '<u2',
  ushort: '<u2',
  int32: '<i4',
  intc: '<i4',
  uint32: '<u4',
  uintc: '<u4',
  int64: '<i8',
  longlong: '<i8',
  uint64: '<u8',
  ulonglong: '<u8',
  intp: '<i8',
  uintp: '<u8',
  float16: '<f2',
  half: '<f2',
  float32: '<f4',
  single: '<f4',
  float64: '<f8',
  double: '<f8',
  float_: '<f8',
  complex64: '<c8',
  csingle: '<c8',
  complex128: '<c16',
  cdouble: '<c16',
};

const builtins: Readonly<Record<string, string>> = { float: '<f8', bool: '|b1', complex: '<c16' };

/** Codes of one letter, as in `dtype='d'`. */
const letters: Readonly<Record<string, string>> = {
  b: '|i1',
  B: '|u1',
  h: '<i2',
  H: '<u2',
  i: '<i4',
  I: '<u4',
  q: '<i8',
  Q: '<u8',
  e: '<f2',
  f: '<f4',
  d: '<f8',
  '?': '|b1',
  F: '<c8',
  D: '<c16',
};

export function dtypeOfValue(value: Value | undefined): DType | undefined {
  if (!value) return undefined;
  if (value.kind === 'dtype') return value.dtype;
  const text =
    value.kind === 'member' && value.module === 'numpy'
      ? members[value.name]
      : value.kind === 'builtin'
        ? value.name === 'int' && platform.longSize === 8
          ? '<i8'
          : builtins[value.name]
        : knownText(value);
  if (text === undefined) return undefined;
  const parsed = parseDType(letters[text] ?? text);
  return parsed.ok && isNative(parsed.value) ? parsed.value : undefined;
}

/** Sizes that are certain: not those of flexible types without a length. */
function isNative(dtype: DType): boolean {
  return dtype.itemsize > 0;
}

export function scalar(text: string): DType | undefined {
  const parsed = parseDType(text);
  return parsed.ok ? parsed.value : undefined;
}

export function asNumber(dtype: DType | undefined): ScalarType | undefined {
  return dtype?.kind === 'scalar' && /^(bool|int|uint|float|complex)$/.test(dtype.scalar)
    ? dtype
    : undefined;
}

const kinds = ['bool', 'uint', 'int', 'float', 'complex'] as const;
const letterOf = { bool: 'b', uint: 'u', int: 'i', float: 'f', complex: 'c' } as const;

function make(kind: keyof typeof letterOf, itemsize: number): ScalarType | undefined {
  return asNumber(scalar(`${itemsize === 1 ? '|' : '<'}${letterOf[kind]}${itemsize}`));
}

/** `np.promote_types` of numbers. Long doubles are left out: their size differs between platforms. */
export function promote(a: ScalarType, b: ScalarType): ScalarType | undefined {
  if (a.itemsize > 16 || b.itemsize > 16) return undefined;
  const [low, high] = rank(a) <= rank(b) ? [a, b] : [b, a];
  if (isLong(low) || isLong(high)) return undefined;
  if (low.scalar === high.scalar) return low.itemsize > high.itemsize ? low : high;
  if (low.scalar === 'bool') return high;
  if (low.scalar === 'uint' && high.scalar === 'int') {
    if (low.itemsize < high.itemsize) return high;
    return low.itemsize === 8 ? make('float', 8) : make('int', low.itemsize * 2);
  }
  const half = high.scalar === 'complex' ? high.itemsize / 2 : high.itemsize;
  const own =
    low.scalar === 'float' ? low.itemsize : low.itemsize === 1 ? 2 : low.itemsize === 2 ? 4 : 8;
  const size = Math.max(half, own);
  return make(
    high.scalar as 'float' | 'complex',
    high.scalar === 'complex' ? Math.max(8, size * 2) : size,
  );
}

function isLong(type: ScalarType): boolean {
  return (
    (type.scalar === 'float' && type.itemsize === 16) ||
    (type.scalar === 'complex' && type.itemsize === 32)
  );
}

function rank(type: ScalarType): number {
  return kinds.indexOf(type.scalar as (typeof kinds)[number]);
}

/** With a Python number, whose own size says nothing (NEP 50). */
export function promoteWith(type: ScalarType, value: Value): ScalarType | undefined {
  switch (value.kind) {
    case 'bool':
      return type;
    case 'int':
      return type.scalar === 'bool' ? make('int', 8) : type;
    case 'float':
      return /^(bool|int|uint)$/.test(type.scalar) ? make('float', 8) : type;
    case 'complex':
      if (type.scalar === 'complex') return type;
      return type.scalar === 'float' && type.itemsize === 4
        ? make('complex', 8)
        : make('complex', 16);
    default:
      return undefined;
  }
}

/** `np.can_cast(from, to, 'same_kind')`. */
export function isSameKind(from: ScalarType, to: ScalarType): boolean {
  return rank(from) <= rank(to);
}

/** What dividing gives: a float whatever the integers. */
export function quotient(type: ScalarType): ScalarType | undefined {
  return /^(bool|int|uint)$/.test(type.scalar) ? make('float', 8) : type;
}

/** As in NumPy's messages: `dtype('uint8')`. */
export function dtypeWords(type: ScalarType): string {
  const name = type.scalar === 'bool' ? 'bool' : `${type.scalar}${type.itemsize * 8}`;
  return `dtype('${type.byteOrder === 'big' ? `>${letterOf[type.scalar as 'int']}${type.itemsize}` : name}')`;
}

/** The dtype that `np.array` gives Python numbers. */
export function dtypeOfNumbers(values: readonly Value[]): DType | undefined {
  if (values.length === 0) return scalar('<f8');
  const all = (pattern: RegExp) => values.every(({ kind }) => pattern.test(kind));
  if (all(/^bool$/)) return scalar('|b1');
  if (all(/^(int|bool)$/)) {
    const isWide = values.some(
      (value) =>
        value.kind === 'int' &&
        (value.value === undefined || value.value >= 1n << 63n || value.value < -(1n << 63n)),
    );
    return isWide || platform.longSize !== 8 ? undefined : scalar('<i8');
  }
  if (all(/^(int|bool|float)$/)) return scalar('<f8');
  return all(/^(int|bool|float|complex)$/) ? scalar('<c16') : undefined;
}

/** A text that is certainly no dtype. */
export function isUnknownDtype(_machine: Machine, value: Value | undefined): string | undefined {
  const text = knownText(value);
  if (text === undefined || value === undefined) return undefined;
  return /^[<>=|]?[iu](3|5|6|7|9)$|^[<>=|]?f(1|3|5|6|7)$|^(float|int|uint)(4|12|20|24|48)$/.test(
    text,
  )
    ? text
    : undefined;
}
