/**
 * Thrift's compact protocol (github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md), as far as a
 * reader needs it: structs by field number, of them the fields that are wanted. Broken bytes throw a `ThriftError`.
 */
export class ThriftError extends Error {}

export type ThriftValue =
  boolean | number | bigint | Uint8Array | readonly ThriftValue[] | ThriftStruct;
export type ThriftStruct = ReadonlyMap<number, ThriftValue>;

/** The fields of a struct that are kept; of a list, those of its structs. */
export type Wanted = true | { readonly [field: number]: Wanted };

const MAX_DEPTH = 64;
/** What is kept of lists; the elements behind are read over. A value takes about a hundred bytes of memory. */
const MAX_KEPT = 50_000;

/** The struct at the start of the bytes, where it ends, and whether there was more of it than is kept. */
export function readThrift(
  bytes: Uint8Array,
  wantedOfRoot: Wanted,
): {
  readonly struct: ThriftStruct;
  readonly end: number;
  readonly isCut: boolean;
} {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  let kept = 0;
  let isCut = false;
  const byte = () => {
    const value = bytes[at++];
    if (value === undefined) throw new ThriftError('it ends in the middle');
    return value;
  };
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const next = byte();
      value |= BigInt(next & 0x7f) << shift;
      if (next < 0x80) return value;
    }
    throw new ThriftError('a number has no end');
  };
  const zigzag = () => {
    const value = varint();
    return (value >> 1n) ^ -(value & 1n);
  };
  const count = (value: bigint) => {
    // An element takes a byte at least, so that more than there are bytes is a lie.
    if (value > BigInt(bytes.length)) throw new ThriftError(`it claims ${value} elements`);
    return Number(value);
  };
  const skip = (length: number) => {
    if (at + length > bytes.length) throw new ThriftError('it ends in the middle');
    at += length;
  };
  /** Of a list or a map, where a boolean is a whole byte. */
  const elementOf = (type: number, depth: number, wanted: Wanted | undefined): ThriftValue =>
    type <= 2 ? byte() === 1 : valueOf(type, depth, wanted);
  /** What is not wanted is read over, and nothing is made of it. */
  const valueOf = (type: number, depth: number, wanted: Wanted | undefined): ThriftValue => {
    if (depth > MAX_DEPTH) throw new ThriftError(`it is nested deeper than ${MAX_DEPTH}`);
    if (wanted !== undefined) kept++;
    switch (type) {
      case 1:
        return true;
      case 2:
        return false;
      case 3:
        return (byte() << 24) >> 24;
      case 4:
      case 5:
        return Number(zigzag());
      case 6:
        return zigzag();
      case 7:
        skip(8);
        return view.getFloat64(at - 8, true);
      case 8: {
        const length = count(varint());
        skip(length);
        return wanted === undefined ? 0 : bytes.subarray(at - length, at);
      }
      case 9:
      case 10: {
        const head = byte();
        const length = head >> 4 === 15 ? count(varint()) : head >> 4;
        const items: ThriftValue[] = [];
        for (let k = 0; k < length; k++) {
          const isKept = wanted !== undefined && kept < MAX_KEPT;
          const item = elementOf(head & 15, depth + 1, isKept ? wanted : undefined);
          if (isKept) items.push(item);
          else if (wanted !== undefined) isCut = true;
        }
        return items;
      }
      case 11: {
        const length = count(varint());
        const types = length > 0 ? byte() : 0;
        // No map of Parquet's is of use here.
        for (let k = 0; k < length; k++) {
          elementOf(types >> 4, depth + 1, undefined);
          elementOf(types & 15, depth + 1, undefined);
        }
        return 0;
      }
      case 12:
        return structOf(depth + 1, wanted);
      default:
        throw new ThriftError(`a field has the type ${type}`);
    }
  };
  const structOf = (depth: number, wanted: Wanted | undefined): ThriftStruct => {
    const fields = wanted === undefined ? nothing : new Map<number, ThriftValue>();
    let id = 0;
    for (;;) {
      const head = byte();
      const type = head & 15;
      if (type === 0) return fields;
      id = head >> 4 === 0 ? Number(zigzag()) : id + (head >> 4);
      const wantedHere = wanted === true ? true : wanted?.[id];
      const value = valueOf(type, depth, wantedHere);
      if (wantedHere !== undefined) fields.set(id, value);
    }
  };
  return { struct: structOf(0, wantedOfRoot), end: at, isCut };
}

const nothing = new Map<number, ThriftValue>();
