/**
 * What is known of a value at some place in the program. Absent facts are not known; a rule may rest on a fact only
 * where it is there. Values that can change, or that share memory, are objects: an id here, their facts in the state.
 */
import type { DType } from '#shared/layout/dtype.ts';
import type { StringLiteral } from '../../../python/stringLiteral.ts';
import type { ClassStatement, FunctionStatement } from '../../../python/syntax.ts';
import type { Frame } from './frame.ts';

export interface Place {
  readonly from: number;
  readonly to: number;
}

export type Value =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'int'; readonly value?: bigint }
  | { readonly kind: 'float'; readonly value?: number }
  | { readonly kind: 'complex' }
  | { readonly kind: 'bool'; readonly value?: boolean }
  | { readonly kind: 'none' }
  | { readonly kind: 'ellipsis' }
  | { readonly kind: 'str'; readonly literal?: StringLiteral }
  | { readonly kind: 'bytes'; readonly length?: number; readonly literal?: StringLiteral }
  /** `from` says which function made it, where its length is that function's business. */
  | { readonly kind: 'tuple'; readonly items: readonly Value[]; readonly from?: 'struct' }
  | { readonly kind: 'range'; readonly length?: number }
  | { readonly kind: 'module'; readonly name: string }
  | { readonly kind: 'member'; readonly module: string; readonly name: string }
  | { readonly kind: 'builtin'; readonly name: string }
  | { readonly kind: 'method'; readonly receiver: Value; readonly name: string }
  | { readonly kind: 'struct'; readonly format?: StringLiteral; readonly madeAt: Place }
  | { readonly kind: 'dtype'; readonly dtype?: DType }
  | { readonly kind: 'ctype'; readonly type: CType }
  | { readonly kind: 'function'; readonly statement: FunctionStatement; readonly frame: Frame }
  | { readonly kind: 'class'; readonly statement: ClassStatement; readonly frame: Frame }
  | { readonly kind: 'instance'; readonly statement: ClassStatement }
  | { readonly kind: 'object'; readonly id: number };

/** A type of `ctypes`; `size` is undefined where its fields are not known. */
export interface CType {
  readonly name: string;
  readonly size?: number;
  readonly kind: 'simple' | 'array' | 'structure' | 'pointer';
  /** How many elements an array has. */
  readonly length?: number;
  /** Of one element of an array, else of the value itself, as a view of it tells. */
  readonly element?: { readonly format: string; readonly itemsize: number };
  /** Of all arrays in it; none of a simple value. */
  readonly shape?: readonly number[];
}

export type ObjectState =
  | { readonly kind: 'bytearray'; readonly length?: number; readonly madeAt: Place }
  | MemoryviewState
  | {
      readonly kind: 'array';
      readonly typecode?: string;
      readonly length?: number;
      readonly madeAt: Place;
    }
  | ArrayState
  | {
      readonly kind: 'ctypes';
      readonly type: CType;
      readonly base?: number;
      readonly madeAt: Place;
    }
  | { readonly kind: 'list'; readonly items?: readonly Value[]; readonly madeAt: Place }
  | {
      readonly kind: 'dict';
      /** Those with a text as key, if all of them have one. */
      readonly entries?: readonly (readonly [string, Value])[];
      readonly madeAt: Place;
    }
  | { readonly kind: 'priorityqueue'; readonly madeAt: Place }
  | { readonly kind: 'set'; readonly madeAt: Place }
  | {
      readonly kind: 'mmap';
      readonly length?: number;
      readonly readonly?: boolean;
      readonly madeAt: Place;
    }
  | {
      readonly kind: 'image';
      readonly mode?: string;
      readonly size?: readonly [number, number];
      readonly madeAt: Place;
    }
  | SeriesState
  | {
      readonly kind: 'dataframe';
      /** Columns that certainly are arrays of numbers. */
      readonly numeric: readonly string[];
      /** Whether it has just been taken out of another frame. */
      readonly isPart?: boolean;
      readonly madeAt: Place;
    }
  | { readonly kind: 'bytesio'; readonly madeAt: Place };

export interface MemoryviewState {
  readonly kind: 'memoryview';
  readonly format?: string;
  readonly itemsize?: number;
  readonly shape?: readonly number[];
  readonly strides?: readonly number[];
  /** From the start of the memory that it views. */
  readonly offset?: number;
  readonly readonly?: boolean;
  /** The object whose memory it views, where that is one that can be resized or changed. */
  readonly base?: number;
  /** What the memory belongs to, in words: `bytes`. */
  readonly owner?: string;
  /** `true` where it is certain, undefined where it is not known. */
  readonly released?: boolean;
  readonly releasedAt?: Place;
  readonly madeAt: Place;
}

export interface ArrayState {
  readonly kind: 'ndarray';
  readonly dtype?: DType;
  readonly shape?: readonly number[];
  readonly strides?: readonly number[];
  /** Of its first element, from the start of the memory. */
  readonly offset?: number;
  /** Of the memory that it lies in, in bytes. */
  readonly memory?: number;
  readonly readonly?: boolean;
  /** Why it is read-only, in words. */
  readonly readonlyBecause?: string;
  /** The rule that a write breaks, where it is not NumPy's own. */
  readonly readonlyRule?: string;
  readonly base?: number;
  /** Whether its items lie in one run in C order, where its shape is not known. */
  readonly isContiguous?: boolean;
  /** Whether its memory belongs to another array or buffer; undefined where that is not known. */
  readonly isView?: boolean;
  readonly madeAt: Place;
}

export interface SeriesState {
  readonly kind: 'series';
  /** A column of a frame that has just been taken out of it, as in `frame['a'][0] = 1`. */
  readonly isColumn: boolean;
  /** Whether it certainly is an array of numbers. */
  readonly isNumeric: boolean;
  readonly madeAt: Place;
}

export const unknown: Value = { kind: 'unknown' };
export const none: Value = { kind: 'none' };

export function integer(value: bigint | number | undefined): Value {
  return value === undefined ? { kind: 'int' } : { kind: 'int', value: BigInt(value) };
}

export function bytesOf(length: number | undefined): Value {
  return length === undefined ? { kind: 'bytes' } : { kind: 'bytes', length };
}

/** The number of an integer, or of a bool that Python takes for one. */
export function knownBigint(value: Value | undefined): bigint | undefined {
  if (value?.kind === 'int') return value.value;
  if (value?.kind === 'bool' && value.value !== undefined) return value.value ? 1n : 0n;
  return undefined;
}

/** Lengths and offsets beyond 2^53 fit no memory; they count as not known. */
export function knownNumber(value: Value | undefined): number | undefined {
  const known = knownBigint(value);
  if (known === undefined) return undefined;
  const number = Number(known);
  return Number.isSafeInteger(number) ? number : undefined;
}

export function knownText(value: Value | undefined): string | undefined {
  return value?.kind === 'str' ? value.literal?.value : undefined;
}

export function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'int':
    case 'float':
    case 'bool':
      return Object.is(a.value, (b as typeof a).value);
    case 'str':
      return a.literal?.value === (b as typeof a).literal?.value;
    case 'bytes': {
      const other = b as typeof a;
      return a.length === other.length && a.literal?.value === other.literal?.value;
    }
    case 'tuple': {
      const { items } = b as typeof a;
      return (
        a.items.length === items.length &&
        a.items.every((item, index) => sameValue(item, items[index] ?? unknown))
      );
    }
    case 'range':
      return a.length === (b as typeof a).length;
    case 'module':
    case 'builtin':
      return a.name === (b as typeof a).name;
    case 'member':
      return a.name === (b as typeof a).name && a.module === (b as typeof a).module;
    case 'struct':
      return a.format?.value === (b as typeof a).format?.value;
    case 'object':
      return a.id === (b as typeof a).id;
    case 'function':
    case 'class':
    case 'instance':
      return a.statement.from === (b as typeof a).statement.from;
    case 'unknown':
    case 'none':
    case 'ellipsis':
    case 'complex':
      return true;
    case 'method':
    case 'dtype':
    case 'ctype':
      return false;
  }
}
