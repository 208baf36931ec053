/** Digests, and Spark's hashes of values: Murmur3 and xxHash, each seeded with 42. */
import { createHash } from 'node:crypto';
import { crc32 as crcOf } from 'node:zlib';
import type { DataType } from '#sql/plan/types.ts';
import type { CalendarInterval, ScalarFunction, Value } from './scalarFunction.ts';

const hex = (algorithm: string, bytes: Uint8Array): string =>
  createHash(algorithm).update(bytes).digest('hex');

export const md5: ScalarFunction = {
  name: 'md5',
  prepare: () => (bytes: Uint8Array) => hex('md5', bytes),
};

export const sha1: ScalarFunction = {
  name: 'sha1',
  prepare: () => (bytes: Uint8Array) => hex('sha1', bytes),
};

const shaNames: Readonly<Record<number, string>> = {
  0: 'sha256',
  224: 'sha224',
  256: 'sha256',
  384: 'sha384',
  512: 'sha512',
};

export const sha2: ScalarFunction = {
  name: 'sha2',
  prepare: () => (bytes: Uint8Array, bitLength: number) => {
    const name = shaNames[bitLength];
    return name === undefined ? null : hex(name, bytes);
  },
};

export const crc32: ScalarFunction = {
  name: 'crc32',
  prepare: () => (bytes: Uint8Array) => BigInt(crcOf(bytes)),
};

export const murmur3: ScalarFunction = {
  name: 'hash',
  nulls: 'passed',
  prepare({ parameterTypes }) {
    const hash = parameterTypes.map((type) => hasher(type, murmur));
    return (...values: Value[]) =>
      values.reduce<number>((seed, value, index) => hash[index]?.(value, seed) ?? seed, 42);
  },
};

export const xxHash64: ScalarFunction = {
  name: 'xxhash64',
  nulls: 'passed',
  prepare({ parameterTypes }) {
    const hash = parameterTypes.map((type) => hasher(type, xx));
    return (...values: Value[]) =>
      values.reduce<bigint>((seed, value, index) => hash[index]?.(value, seed) ?? seed, 42n);
  },
};

interface Algorithm<Seed> {
  readonly int: (value: number, seed: Seed) => Seed;
  readonly long: (value: bigint, seed: Seed) => Seed;
  readonly bytes: (value: Uint8Array, seed: Seed) => Seed;
}

function hasher<Seed>(
  type: DataType,
  algorithm: Algorithm<Seed>,
): (value: Value, seed: Seed) => Seed {
  const present = presentHasher(type, algorithm);
  return (value, seed) => (value === null ? seed : present(value, seed));
}

function presentHasher<Seed>(
  type: DataType,
  algorithm: Algorithm<Seed>,
): (value: Exclude<Value, null>, seed: Seed) => Seed {
  const { int, long, bytes } = algorithm;
  const scratch = new DataView(new ArrayBuffer(8));
  switch (type.kind) {
    case 'boolean':
      return (value, seed) => int(value === true ? 1 : 0, seed);
    case 'byte':
    case 'short':
    case 'int':
    case 'date':
    case 'yearMonthInterval':
      return (value, seed) => int(value as number, seed);
    case 'long':
    case 'timestamp':
    case 'timestamp_ntz':
    case 'time':
    case 'dayTimeInterval':
      return (value, seed) => long(value as bigint, seed);
    case 'float':
      return (value, seed) => {
        scratch.setFloat32(0, value === 0 ? 0 : (value as number));
        return int(scratch.getInt32(0), seed);
      };
    case 'double':
      return (value, seed) => {
        scratch.setFloat64(0, value === 0 ? 0 : (value as number));
        return long(scratch.getBigInt64(0), seed);
      };
    case 'decimal':
      return type.precision <= 18
        ? (value, seed) => long(value as bigint, seed)
        : (value, seed) => bytes(twosComplement(value as bigint), seed);
    case 'string':
      return (value, seed) => bytes(Buffer.from(value as string, 'utf8'), seed);
    case 'binary':
      return (value, seed) => bytes(value as Uint8Array, seed);
    case 'calendarInterval':
      return (value, seed) => {
        const { months, days, micros } = value as CalendarInterval;
        return int(months, int(days, long(micros, seed)));
      };
    case 'array': {
      const element = hasher(type.element, algorithm);
      return (value, seed) =>
        (value as readonly Value[]).reduce<Seed>((state, item) => element(item, state), seed);
    }
    case 'struct': {
      const fields = type.fields.map((field) => hasher(field.type, algorithm));
      return (value, seed) =>
        (value as readonly Value[]).reduce<Seed>(
          (state, item, index) => fields[index]?.(item, state) ?? state,
          seed,
        );
    }
    default:
      return (_, seed) => seed;
  }
}

/** As Java's `BigInteger.toByteArray`: the fewest bytes that keep the sign, the highest first. */
function twosComplement(value: bigint): Uint8Array {
  let length = 1;
  while (BigInt.asIntN(8 * length, value) !== value) length += 1;
  return Uint8Array.from({ length }, (_, index) =>
    Number(BigInt.asUintN(8, value >> BigInt(8 * (length - 1 - index)))),
  );
}

/** Guava's `murmur3_32().hashInt`. */
export function hashInt32(value: number): number {
  return murmur.int(value, 0);
}

/** `UTF8String.hashCode`. */
export function textHashCode(text: string): number {
  return murmur.bytes(Buffer.from(text, 'utf8'), 42);
}

/** Spark's murmur of bytes, also by what counts values in a sketch. */
export function murmurBytes(bytes: Uint8Array, seed: number): number {
  return murmur.bytes(bytes, seed);
}

/** Java's `String.hashCode`. */
export function textCode(text: string): number {
  let code = 0;
  for (let at = 0; at < text.length; at++) code = (Math.imul(code, 31) + text.charCodeAt(at)) | 0;
  return code;
}

const rotate = (value: number, by: number) => (value << by) | (value >>> (32 - by));

function mixKey(key: number): number {
  return Math.imul(rotate(Math.imul(key, 0xcc9e2d51), 15), 0x1b873593);
}

function mixHash(hash: number, key: number): number {
  return (Math.imul(rotate(hash ^ key, 13), 5) + 0xe6546b64) | 0;
}

function finish(hash: number, length: number): number {
  let mixed = hash ^ length;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

const murmur: Algorithm<number> = {
  int: (value, seed) => finish(mixHash(seed, mixKey(value)), 4),
  long(value, seed) {
    const low = Number(BigInt.asIntN(32, value));
    const high = Number(BigInt.asIntN(32, value >> 32n));
    return finish(mixHash(mixHash(seed, mixKey(low)), mixKey(high)), 8);
  },
  bytes(value, seed) {
    const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
    const aligned = value.length - (value.length % 4);
    let hash = seed;
    for (let at = 0; at < aligned; at += 4) hash = mixHash(hash, mixKey(view.getInt32(at, true)));
    // Spark mixes each byte that is left over as if it were an int.
    for (let at = aligned; at < value.length; at++) hash = mixHash(hash, mixKey(view.getInt8(at)));
    return finish(hash, value.length);
  },
};

const [prime1, prime2, prime3, prime4, prime5] = [
  0x9e3779b185ebca87n,
  0xc2b2ae3d27d4eb4fn,
  0x165667b19e3779f9n,
  0x85ebca77c2b2ae63n,
  0x27d4eb2f165667c5n,
];
const wrap = (value: bigint) => BigInt.asUintN(64, value);
const rotate64 = (value: bigint, by: bigint) => wrap((value << by) | (wrap(value) >> (64n - by)));

function avalanche(hash: bigint): bigint {
  let mixed = wrap(hash);
  mixed = wrap((mixed ^ (mixed >> 33n)) * prime2);
  mixed = wrap((mixed ^ (mixed >> 29n)) * prime3);
  return BigInt.asIntN(64, mixed ^ (mixed >> 32n));
}

const xx: Algorithm<bigint> = {
  int(value, seed) {
    const hash = wrap(wrap(seed) + prime5 + 4n) ^ wrap(BigInt(value >>> 0) * prime1);
    return avalanche(rotate64(hash, 23n) * prime2 + prime3);
  },
  long(value, seed) {
    const hash = wrap(wrap(seed) + prime5 + 8n) ^ laneOf(value);
    return avalanche(rotate64(hash, 27n) * prime1 + prime4);
  },
  bytes(value, seed) {
    const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
    let at = 0;
    let hash = wrap(wrap(seed) + prime5);
    if (value.length >= 32) {
      const start = wrap(seed);
      const lanes = [
        wrap(start + prime1 + prime2),
        wrap(start + prime2),
        start,
        wrap(start - prime1),
      ];
      for (; at + 32 <= value.length; at += 32) {
        lanes.forEach((lane, index) => {
          const read = view.getBigUint64(at + 8 * index, true);
          lanes[index] = wrap(rotate64(wrap(lane + read * prime2), 31n) * prime1);
        });
      }
      hash = wrap(
        lanes.reduce(
          (sum, lane, index) => sum + rotate64(lane, [1n, 7n, 12n, 18n][index] ?? 0n),
          0n,
        ),
      );
      for (const lane of lanes) hash = wrap((hash ^ laneOf(lane)) * prime1 + prime4);
    }
    hash = wrap(hash + BigInt(value.length));
    for (; at + 8 <= value.length; at += 8) {
      hash = wrap(rotate64(hash ^ laneOf(view.getBigUint64(at, true)), 27n) * prime1 + prime4);
    }
    if (at + 4 <= value.length) {
      hash ^= wrap(BigInt(view.getUint32(at, true)) * prime1);
      hash = wrap(rotate64(hash, 23n) * prime2 + prime3);
      at += 4;
    }
    for (; at < value.length; at++) {
      hash = wrap(rotate64(hash ^ wrap(BigInt(view.getUint8(at)) * prime5), 11n) * prime1);
    }
    return avalanche(hash);
  },
};

function laneOf(value: bigint): bigint {
  return wrap(rotate64(wrap(wrap(value) * prime2), 31n) * prime1);
}
