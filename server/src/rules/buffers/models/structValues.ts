/** Which values the codes of a `struct` format take. The words are CPython's. */
import type { StructFormatField, StructLayout } from '#shared/layout/structFormat.ts';
import { floatOf } from '../flow/arithmetic.ts';
import type { Argument, Machine } from '../flow/machine.ts';
import type { Value } from '../flow/values.ts';
import { knownBigint } from '../flow/values.ts';
import { rangeOfCode } from './typecodes.ts';

/** Reports the first value that does not fit; true where none is known to be wrong. */
export function checkValues(
  machine: Machine,
  layout: StructLayout,
  values: readonly Argument[],
): boolean {
  let position = 0;
  for (const field of layout.fields) {
    for (let item = 0; item < field.valueCount && position < values.length; item++) {
      const argument = values[position++];
      const problem = argument && problemOf(machine, layout, field, argument.value);
      if (!argument || !problem) continue;
      machine.report({
        rule: 'struct-value',
        at: argument.expression,
        message: problem.message,
        exception: problem.exception ?? 'struct.error',
      });
      return false;
    }
    if (position >= values.length) break;
  }
  return true;
}

interface ValueProblem {
  readonly message: string;
  readonly exception?: string;
}

/** Kinds that no `__index__` turns into an integer. */
const notIntegers = /^(float|complex|str|bytes|none|tuple|range|module|function|ellipsis)$/;
const notFloats = /^(complex|str|bytes|none|tuple|range|module|function|ellipsis)$/;
const containers = /^(list|dict|set|bytearray|memoryview|array|dataframe|image|bytesio|mmap)$/;

function problemOf(
  machine: Machine,
  layout: StructLayout,
  field: StructFormatField,
  value: Value,
): ValueProblem | undefined {
  const { code } = field;
  const object = machine.objectOf(value)?.kind ?? '';
  if (code === '?' || code === 'x') return undefined;
  if (code === 'c') {
    const isWrong =
      value.kind === 'bytes'
        ? value.length !== undefined && value.length !== 1
        : /^(int|bool)$/.test(value.kind) || notFloats.test(value.kind) || value.kind === 'float';
    return isWrong || containers.test(object)
      ? { message: 'char format requires a bytes object of length 1' }
      : undefined;
  }
  if (code === 's' || code === 'p') {
    const isWrong =
      value.kind !== 'bytes' &&
      (/^(int|bool|float)$/.test(value.kind) ||
        notFloats.test(value.kind) ||
        (containers.test(object) && object !== 'bytearray'));
    return isWrong ? { message: `argument for '${code}' must be a bytes object` } : undefined;
  }
  if (/^[efd]$/.test(code)) {
    if (notFloats.test(value.kind) || containers.test(object))
      return { message: 'required argument is not a float' };
    return tooLarge(layout, code, floatOf(value));
  }
  if (notIntegers.test(value.kind) || containers.test(object))
    return { message: 'required argument is not an integer' };
  const known = knownBigint(value);
  return known === undefined ? undefined : outOfRange(layout, field, known);
}

/** 65520 rounds to what a half can't hold; natively a `float` overflows to infinity without a word. */
function tooLarge(
  layout: StructLayout,
  code: string,
  value: number | undefined,
): ValueProblem | undefined {
  if (value === undefined || !Number.isFinite(value)) return undefined;
  const isTooLarge =
    (code === 'e' && Math.abs(value) >= 65520) ||
    (code === 'f' && !layout.native && !Number.isFinite(Math.fround(value)));
  return isTooLarge
    ? { message: `float too large to pack with ${code} format`, exception: 'OverflowError' }
    : undefined;
}

const shortNames: Readonly<Record<string, string>> = {
  b: 'byte',
  B: 'ubyte',
  h: 'short',
  H: 'ushort',
};

function outOfRange(
  layout: StructLayout,
  field: StructFormatField,
  value: bigint,
): ValueProblem | undefined {
  const { code, itemsize } = field;
  // A pointer takes negative numbers too.
  const range =
    code === 'P' ? { low: -(1n << 63n), high: (1n << 64n) - 1n } : rangeOfCode(code, itemsize);
  if (!range || (range.low <= value && value <= range.high)) return undefined;
  const hint = `${code === 'P' ? 'a pointer' : `'${code}'`} takes ${range.low} to ${range.high}`;
  if (code === 'P') return { message: 'int too large to convert' };
  const isBeyondLong =
    /[IL]/.test(code) && itemsize === 4
      ? value < 0n || value >= 1n << 64n
      : value < -(1n << 63n) || value >= 1n << 63n;
  if (isBeyondLong || itemsize === 8 || (layout.native && /[lL]/.test(code)))
    return { message: `argument out of range: ${hint}` };
  const name = shortNames[code];
  return {
    message:
      name === undefined
        ? `'${code}' format requires ${range.low} <= number <= ${range.high}`
        : `${name} format requires ${range.low} <= number <= ${range.high}`,
  };
}
