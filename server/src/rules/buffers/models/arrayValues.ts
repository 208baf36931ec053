/** Which values the type codes of `array.array` take. The words are CPython's. */
import type { Value } from '../flow/values.ts';
import { knownBigint } from '../flow/values.ts';
import { arrayItemsize, rangeOfCode } from './typecodes.ts';

const names: Readonly<Record<string, readonly [above: string, below: string]>> = {
  b: ['signed char', 'signed char'],
  B: ['unsigned byte integer', 'unsigned byte integer'],
  h: ['signed short integer', 'signed short integer'],
  H: ['unsigned short', 'unsigned short'],
  i: ['signed integer', 'signed integer'],
  I: ['unsigned int', 'unsigned int'],
};

export function problemOfItem(
  typecode: string,
  value: Value,
  object: string | undefined,
): { readonly message: string; readonly exception: string } | undefined {
  const type = typeOf(value, object);
  if (/^[uw]$/.test(typecode))
    return type !== undefined && type !== 'str'
      ? { message: 'array item must be unicode character', exception: 'TypeError' }
      : undefined;
  if (/^[fd]$/.test(typecode)) {
    return type !== undefined && !/^(int|bool|float)$/.test(type)
      ? { message: `must be real number, not ${type}`, exception: 'TypeError' }
      : undefined;
  }
  if (type !== undefined && type !== 'int' && type !== 'bool')
    return {
      message: `'${type}' object cannot be interpreted as an integer`,
      exception: 'TypeError',
    };
  const known = knownBigint(value);
  const itemsize = arrayItemsize(typecode);
  const range = itemsize === undefined ? undefined : rangeOfCode(typecode, itemsize);
  if (known === undefined || !range || (range.low <= known && known <= range.high))
    return undefined;
  return { message: outOfRange(typecode, known, range.high), exception: 'OverflowError' };
}

function outOfRange(typecode: string, value: bigint, high: bigint): string {
  const takes = `'${typecode}' takes ${/[BHILQ]/.test(typecode) ? '0' : String(-high - 1n)} to ${high}`;
  if (/^[qQ]$/.test(typecode))
    return value < 0n && typecode === 'Q'
      ? `can't convert negative int to unsigned: ${takes}`
      : `int too big to convert: ${takes}`;
  if (/^[IL]$/.test(typecode) && value < 0n)
    return `can't convert negative value to unsigned int: ${takes}`;
  const isBeyondLong =
    typecode === 'I' ? value >= 1n << 64n : value >= 1n << 63n || value < -(1n << 63n);
  if (isBeyondLong || /^[lL]$/.test(typecode))
    return `Python int too large to convert to C ${/[IL]/.test(typecode) ? 'unsigned long' : 'long'}: ${takes}`;
  // CPython reads the number as a larger type first.
  const read = /^[bB]$/.test(typecode) ? 15n : typecode === 'H' ? 31n : undefined;
  const isBeyondRead = read !== undefined && (value >= 1n << read || value < -(1n << read));
  const [above = '', below = ''] =
    names[isBeyondRead ? (read === 15n ? 'h' : 'i') : typecode] ?? [];
  return value > 0n
    ? `${above} is greater than maximum: ${takes}`
    : `${below} is less than minimum: ${takes}`;
}

/** The name of a type that is certain and has no `__index__` or `__float__` of its own. */
function typeOf(value: Value, object: string | undefined): string | undefined {
  switch (value.kind) {
    case 'none':
      return 'NoneType';
    case 'int':
    case 'float':
    case 'complex':
    case 'bool':
    case 'str':
    case 'bytes':
    case 'tuple':
    case 'range':
      return value.kind;
    default:
      return /^(list|dict|set|bytearray|memoryview)$/.test(object ?? '') ? object : undefined;
  }
}
