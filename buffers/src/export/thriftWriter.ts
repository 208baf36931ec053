/** Thrift's compact protocol, as far as Parquet's headers and footers need it. */

export type ThriftValue =
  | { readonly kind: 'i32' | 'i64'; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'list'; readonly items: readonly ThriftValue[] }
  | { readonly kind: 'struct'; readonly fields: readonly (readonly [id: number, ThriftValue])[] };

export const i32 = (value: number): ThriftValue => ({ kind: 'i32', value });
export const i64 = (value: number): ThriftValue => ({ kind: 'i64', value });
export const bool = (value: boolean): ThriftValue => ({ kind: 'bool', value });
export const text = (value: string): ThriftValue => ({ kind: 'text', value });
export const list = (items: readonly ThriftValue[]): ThriftValue => ({ kind: 'list', items });
export const struct = (
  fields: readonly (readonly [id: number, ThriftValue | undefined])[],
): ThriftValue => ({
  kind: 'struct',
  fields: fields.flatMap(([id, value]) => (value ? [[id, value] as const] : [])),
});

export function thriftBytes(value: ThriftValue): Uint8Array {
  const bytes: number[] = [];
  write(bytes, value);
  return Uint8Array.from(bytes);
}

function write(bytes: number[], value: ThriftValue): void {
  switch (value.kind) {
    case 'i32':
    case 'i64':
      writeVarint(bytes, zigzag(value.value));
      return;
    case 'bool':
      bytes.push(value.value ? 1 : 2);
      return;
    case 'text': {
      const encoded = Buffer.from(value.value, 'utf8');
      writeVarint(bytes, BigInt(encoded.length));
      bytes.push(...encoded);
      return;
    }
    case 'list': {
      const type = typeOf(value.items[0] ?? i32(0));
      if (value.items.length < 15) bytes.push((value.items.length << 4) | type);
      else {
        bytes.push(0xf0 | type);
        writeVarint(bytes, BigInt(value.items.length));
      }
      for (const item of value.items) write(bytes, item);
      return;
    }
    case 'struct': {
      let last = 0;
      for (const [id, field] of value.fields) {
        bytes.push(((id - last) << 4) | typeOf(field));
        // A boolean field is its type.
        if (field.kind !== 'bool') write(bytes, field);
        last = id;
      }
      bytes.push(0);
    }
  }
}

function typeOf(value: ThriftValue): number {
  if (value.kind === 'bool') return value.value ? 1 : 2;
  return { i32: 5, i64: 6, text: 8, list: 9, struct: 12 }[value.kind];
}

function zigzag(value: number): bigint {
  const big = BigInt(value);
  return big < 0n ? -2n * big - 1n : 2n * big;
}

function writeVarint(bytes: number[], value: bigint): void {
  let rest = value;
  while (rest >= 0x80n) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
}
