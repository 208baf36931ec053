/**
 * Thrift's compact protocol (github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md), as far as a
 * reader needs it: structs by field number. Broken bytes throw a `ThriftError`.
 */
export class ThriftError extends Error {}

export type ThriftValue =
  boolean | number | bigint | Uint8Array | readonly ThriftValue[] | ThriftStruct;
export type ThriftStruct = ReadonlyMap<number, ThriftValue>;

const MAX_DEPTH = 64;

/** The struct at the start of the bytes, and where it ends. */
export function readThrift(bytes: Uint8Array): {
  readonly struct: ThriftStruct;
  readonly end: number;
} {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
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
  const valueOf = (type: number, depth: number): ThriftValue => {
    if (depth > MAX_DEPTH) throw new ThriftError(`it is nested deeper than ${MAX_DEPTH}`);
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
      case 7: {
        if (at + 8 > bytes.length) throw new ThriftError('it ends in the middle');
        at += 8;
        return view.getFloat64(at - 8, true);
      }
      case 8: {
        const length = count(varint());
        if (at + length > bytes.length) throw new ThriftError('it ends in the middle');
        at += length;
        return bytes.subarray(at - length, at);
      }
      case 9:
      case 10: {
        const head = byte();
        const length = head >> 4 === 15 ? count(varint()) : head >> 4;
        const element = head & 15;
        return Array.from({ length }, () =>
          // Booleans of a list are whole bytes.
          element <= 2 ? byte() === 1 : valueOf(element, depth + 1),
        );
      }
      case 11: {
        const length = count(varint());
        const types = length > 0 ? byte() : 0;
        const pairs: ThriftValue[] = [];
        for (let k = 0; k < length; k++)
          pairs.push([valueOf(types >> 4, depth + 1), valueOf(types & 15, depth + 1)]);
        return pairs;
      }
      case 12:
        return structOf(depth + 1);
      default:
        throw new ThriftError(`a field has the type ${type}`);
    }
  };
  const structOf = (depth: number): ThriftStruct => {
    const fields = new Map<number, ThriftValue>();
    let id = 0;
    for (;;) {
      const head = byte();
      const type = head & 15;
      if (type === 0) return fields;
      id = head >> 4 === 0 ? Number(zigzag()) : id + (head >> 4);
      fields.set(id, valueOf(type, depth));
    }
  };
  return { struct: structOf(0), end: at };
}
