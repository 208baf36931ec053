/** Random numbers in the order in which Spark's generator makes them of a seed. */
import type { ScalarFunction } from './scalarFunction.ts';

/** `extra` is `rand` or `randn`, the seed, and a number of the statement's own, so that each begins anew. */
export const randomFunction: ScalarFunction = {
  name: 'random',
  isVolatile: true,
  prepare({ extra }) {
    const [kind, seed = '0'] = extra.split(' ');
    const next = generator(BigInt(seed));
    return kind === 'randn' ? gaussian(next) : next;
  },
};

/** Texts of digits and letters; `extra` is the seed and a number of the statement's own. */
export const randomTextFunction: ScalarFunction = {
  name: 'random_text',
  isVolatile: true,
  prepare({ extra, raise }) {
    const bits = bitGenerator(BigInt(extra.split(' ')[0] ?? '0'));
    return (length: number) => {
      if (length < 0)
        raise('INVALID_PARAMETER_VALUE.LENGTH', '`length`', '`randstr`', String(length));
      return Array.from({ length }, () => {
        const drawn = BigInt.asIntN(32, bits(32n)) % 62n;
        return letters[Number(drawn < 0n ? -drawn : drawn)] ?? '';
      }).join('');
    };
  },
};

const letters = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

const mask64 = (1n << 64n) - 1n;

/** An xorshift of 64 bits, which begins with the seed's hash. */
function bitGenerator(seed: bigint): (count: bigint) => bigint {
  let state = hashed(seed);
  return (count: bigint) => {
    state ^= (state << 21n) & mask64;
    state ^= state >> 35n;
    state ^= (state << 4n) & mask64;
    state &= mask64;
    return state & ((1n << count) - 1n);
  };
}

function generator(seed: bigint): () => number {
  const bits = bitGenerator(seed);
  return () => Number((bits(26n) << 27n) + bits(27n)) * 2 ** -53;
}

/** Java's polar method; every second number is kept from the pair before. */
function gaussian(next: () => number): () => number {
  let kept: number | undefined;
  return () => {
    if (kept !== undefined) {
      const value = kept;
      kept = undefined;
      return value;
    }
    for (;;) {
      const [first, second] = [2 * next() - 1, 2 * next() - 1];
      const size = first * first + second * second;
      if (size >= 1 || size === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(size)) / size);
      kept = second * factor;
      return first * factor;
    }
  };
}

function hashed(seed: bigint): bigint {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigInt64(0, BigInt.asIntN(64, seed));
  const low = murmur(bytes, 0x3c074a61);
  const high = murmur(bytes, low);
  return (BigInt.asUintN(32, BigInt(high)) << 32n) | BigInt.asUintN(32, BigInt(low));
}

/** Scala's murmur hash of bytes. */
function murmur(bytes: Uint8Array, seed: number): number {
  const rotated = (value: number, by: number) => (value << by) | (value >>> (32 - by));
  const view = new DataView(bytes.buffer);
  let hash = seed;
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const word = Math.imul(rotated(Math.imul(view.getInt32(at, true), 0xcc9e2d51), 15), 0x1b873593);
    hash = (Math.imul(rotated(hash ^ word, 13), 5) + 0xe6546b64) | 0;
  }
  hash ^= bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
