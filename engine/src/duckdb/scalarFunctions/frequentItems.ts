/** The most frequent values, and the table of a count-min sketch. */
import { murmurBytes, textCode } from './hashes.ts';
import type { ScalarFunction, Site, Value } from './scalarFunction.ts';

interface Told {
  readonly name: string;
  readonly constants: readonly (string | number | null)[];
}

const told = (site: Site): Told => JSON.parse(site.extra) as Told;

type Counts = Map<string, { readonly value: Value; count: number }>;

/** Values as JSON has none of: `bigint`s and bytes. */
function written(value: Value): string {
  if (typeof value === 'bigint') return JSON.stringify({ whole: String(value) });
  if (value instanceof Uint8Array)
    return JSON.stringify({ hex: Buffer.from(value).toString('hex') });
  return JSON.stringify(value);
}

function read(text: string): Value {
  const value = JSON.parse(text) as Value | { readonly whole?: string; readonly hex?: string };
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value as Value;
  const { whole, hex } = value as { readonly whole?: string; readonly hex?: string };
  return whole === undefined ? Buffer.from(hex ?? '', 'hex') : BigInt(whole);
}

function count(counts: Counts, value: Value, times: number): void {
  const key = written(value);
  const known = counts.get(key);
  if (known) known.count += times;
  else counts.set(key, { value, count: times });
}

const mask64 = (1n << 64n) - 1n;

/** Where the value goes in a table of hashes, before the table's size cuts it. */
function placeOf(value: Value): bigint {
  const code =
    typeof value === 'string'
      ? textCode(value)
      : typeof value === 'bigint'
        ? Number(BigInt.asIntN(32, value ^ (value >> 32n)))
        : Number(value);
  let hash = BigInt.asUintN(64, BigInt(Math.trunc(code)));
  hash = ((hash ^ (hash >> 33n)) * 0xff51afd7ed558ccdn) & mask64;
  hash = ((hash ^ (hash >> 33n)) * 0xc4ceb9fe1a85ec53n) & mask64;
  return hash ^ (hash >> 33n);
}

/** Values that come equally often are told in the order of the table that counts them. */
function tableOrder(values: readonly Value[]): readonly Value[] {
  let table: (Value | undefined)[] = Array.from({ length: 8 });
  let used = 0;
  const put = (into: (Value | undefined)[], value: Value) => {
    let at = Number(placeOf(value) & BigInt(into.length - 1));
    while (into[at] !== undefined) at = (at + 1) % into.length;
    into[at] = value;
  };
  for (const value of values) {
    put(table, value);
    used += 1;
    if (used <= 0.75 * table.length) continue;
    const larger: (Value | undefined)[] = Array.from({ length: table.length * 2 });
    for (const kept of table) if (kept !== undefined) put(larger, kept);
    table = larger;
  }
  const step = Math.trunc(table.length * 0.6180339887498949) | 1;
  return table.flatMap((_, index) => {
    const value = table[(index * step) % table.length];
    return value === undefined ? [] : [value];
  });
}

function most(counts: Counts, limit: number): Value[] {
  const present = [...counts.values()].filter(({ value }) => value !== null);
  const ordered = tableOrder(present.map(({ value }) => value));
  const nulls = [...counts.values()].filter(({ value }) => value === null);
  const all = [...ordered.map((value) => counts.get(written(value))), ...nulls].filter(
    (one) => one !== undefined,
  );
  return all
    .sort((left, right) => right.count - left.count)
    .slice(0, limit)
    .map((one) => [one.value, BigInt(one.count)]);
}

function counted(values: readonly Value[]): Counts {
  const counts: Counts = new Map();
  for (const value of values) count(counts, value, 1);
  return counts;
}

export const topK: ScalarFunction = {
  name: 'approx_top_k',
  prepare: (site) => {
    const [limit] = told(site).constants;
    return (values: readonly Value[]) => most(counted(values), Number(limit));
  },
};

function sketchOf(counts: Counts, size: Value, ddl: string): Value[] {
  const items = [...counts.values()].map((one) => [written(one.value), one.count]);
  return [Buffer.from(JSON.stringify(items), 'utf8'), size, null, ddl];
}

function addSketch(counts: Counts, [bytes]: readonly Value[]): void {
  const text = Buffer.from(bytes as Uint8Array).toString('utf8');
  for (const [value, times] of JSON.parse(text) as [string, number][]) {
    count(counts, read(value), times);
  }
}

/** `extra` has the type of the items behind the constants. */
export const topKAccumulate: ScalarFunction = {
  name: 'approx_top_k_accumulate',
  prepare: (site) => {
    const [size, ddl] = told(site).constants;
    return (values: readonly Value[]) => sketchOf(counted(values), Number(size), String(ddl));
  },
};

export const topKCombine: ScalarFunction = {
  name: 'approx_top_k_combine',
  prepare: (site) => {
    const [given, ddl] = told(site).constants;
    return (sketches: readonly (readonly Value[])[]) => {
      const counts: Counts = new Map();
      for (const sketch of sketches) addSketch(counts, sketch);
      const size = typeof given === 'number' ? given : (sketches[0]?.[1] ?? 10_000);
      return sketchOf(counts, size, String(ddl));
    };
  },
};

export const topKEstimate: ScalarFunction = {
  name: 'approx_top_k_estimate',
  prepare: () => (sketch: readonly Value[], limit: number) => {
    const counts: Counts = new Map();
    addSketch(counts, sketch);
    return most(counts, limit);
  },
};

/** Java's random numbers below 2^31 - 1. */
function* hashFactors(seed: number): Generator<bigint> {
  const mask48 = (1n << 48n) - 1n;
  let state = (BigInt(seed) ^ 0x5deece66dn) & mask48;
  const bound = 2147483647n;
  for (;;) {
    state = (state * 0x5deece66dn + 0xbn) & mask48;
    const drawn = state >> 17n;
    if (drawn < bound) yield drawn;
  }
}

/** The layout that Spark's own reader of such sketches has. */
export const countMin: ScalarFunction = {
  name: 'count_min_sketch',
  prepare: (site) => {
    const [error, confidence, seed] = told(site).constants.map(Number);
    const width = Math.ceil(2 / (error ?? 1));
    const depth = Math.ceil(-Math.log(1 - (confidence ?? 0)) / Math.log(2));
    const factors = hashFactors(seed ?? 0);
    const hashes = Array.from({ length: depth }, () => factors.next().value as bigint);
    const placeOfWhole = (row: number, item: bigint) => {
      let hash = BigInt.asIntN(64, (hashes[row] ?? 0n) * item);
      hash = BigInt.asIntN(64, hash + (hash >> 32n));
      return Number(BigInt.asIntN(32, hash & 2147483647n)) % width;
    };
    const placeOfBytes = (row: number, bytes: Uint8Array) => {
      const first = murmurBytes(bytes, 0);
      const second = murmurBytes(bytes, first);
      return Math.abs(((first + Math.imul(row, second)) | 0) % width);
    };
    return (values: readonly Exclude<Value, null>[]) => {
      const table = Array.from({ length: depth }, () => new BigInt64Array(width));
      for (const value of values) {
        for (const [row, cells] of table.entries()) {
          const isWhole = typeof value === 'number' || typeof value === 'bigint';
          const at = isWhole
            ? placeOfWhole(row, BigInt(value))
            : placeOfBytes(
                row,
                typeof value === 'string' ? Buffer.from(value) : (value as Uint8Array),
              );
          cells[at] = (cells[at] ?? 0n) + 1n;
        }
      }
      const out = Buffer.alloc(20 + 8 * depth + 8 * depth * width);
      out.writeInt32BE(1, 0);
      out.writeBigInt64BE(BigInt(values.length), 4);
      out.writeInt32BE(depth, 12);
      out.writeInt32BE(width, 16);
      const cells = [...hashes, ...table.flatMap((row) => [...row])];
      for (const [index, cell] of cells.entries()) out.writeBigInt64BE(cell, 20 + 8 * index);
      return out;
    };
  },
};
