import type { ArrayDescription } from '#shared/protocol/bufferView.ts';
import { hexOf } from '#shared/quantities.ts';

export type GoToTarget =
  | { readonly kind: 'element'; readonly index: readonly number[] }
  | { readonly kind: 'offset'; readonly byteOffset: number }
  | { readonly kind: 'problem'; readonly message: string };

/**
 * What people type to go somewhere: `[3, 1, 0]`, `3, 1` or `-1` is an index, missing axes stay where they are;
 * `0x8c` or `@140` is a byte offset. A plain number is an index where the array has one axis, else an offset.
 */
export function parseGoTo(
  text: string,
  where: {
    readonly array: ArrayDescription | undefined;
    readonly index: readonly number[];
    readonly byteLength: number;
  },
): GoToTarget {
  const trimmed = text.trim();
  const { array, byteLength } = where;
  if (/^0x[0-9a-f]+$/i.test(trimmed)) return offsetTarget(Number(trimmed), byteLength);
  if (/^@\s*\d+$/.test(trimmed)) return offsetTarget(Number(trimmed.slice(1)), byteLength);
  const bracketed = /^\[(.*)\]$/.exec(trimmed)?.[1] ?? /^\((.*)\)$/.exec(trimmed)?.[1];
  const parts = (bracketed ?? trimmed).replace(/,\s*$/, '').split(',');
  const numbers = parts.map((part) => (/^\s*-?\d{1,16}\s*$/.test(part) ? Number(part) : undefined));
  if (trimmed === '' || numbers.includes(undefined)) return problem(HOW);
  const isPlain = bracketed === undefined && !trimmed.includes(',');
  if (isPlain && array?.shape.length !== 1) return offsetTarget(numbers[0] ?? 0, byteLength);
  if (array === undefined) return problem('There is no array to go into; 0x… goes to an offset');
  if (numbers.length > array.shape.length)
    return problem(`The array has ${array.shape.length} axes, not ${numbers.length}`);
  const index = [...where.index];
  for (const [axis, given] of numbers.entries()) {
    const length = array.shape[axis] ?? 0;
    const position = (given ?? 0) < 0 ? (given ?? 0) + length : (given ?? 0);
    if (position < 0 || position >= length)
      return problem(`Index ${given ?? 0} is out of bounds for axis ${axis} with size ${length}`);
    index[axis] = position;
  }
  return { kind: 'element', index };
}

const HOW = 'An index such as 3, 1, 0 or an offset such as 0x80';

function offsetTarget(byteOffset: number, byteLength: number): GoToTarget {
  if (byteOffset < 0 || byteOffset >= byteLength)
    return problem(
      byteLength === 0 ? 'The file is empty' : `The last byte is at ${hexOf(byteLength - 1)}`,
    );
  return { kind: 'offset', byteOffset };
}

function problem(message: string): GoToTarget {
  return { kind: 'problem', message };
}
