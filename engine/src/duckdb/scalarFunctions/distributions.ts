/** What the values of a group are distributed like: each takes the array of a group's values. */
import type { ArrayType, DataType } from '#sql/plan/types.ts';
import { openHashOrder } from './openHashOrder.ts';
import { keyOf, ordering } from './ordering.ts';
import type { ScalarFunction, Site, Value } from './scalarFunction.ts';

type Items = readonly Value[];

function elementOf(site: Site): DataType {
  const [type] = site.parameterTypes;
  return (type as ArrayType).element;
}

/** One share, or an array of them. */
function eachShare(shares: number | readonly number[], at: (share: number) => Value): Value {
  return typeof shares === 'number' ? at(shares) : shares.map(at);
}

/** Of pairs of a value and how often it counts. */
export const percentile: ScalarFunction = {
  name: 'percentile',
  prepare(site) {
    const entry = elementOf(site);
    if (entry.kind !== 'struct') throw new Error('values have counts');
    const type = entry.fields[0]?.type ?? { kind: 'double' };
    const compare = ordering(type);
    const toNumber = numberOf(type);
    const fromNumber = interpolated(type);
    return (entries: readonly (readonly [Value, number | bigint])[], shares: number | number[]) => {
      const counted = entries
        .map(([value, count]) => ({ value, count: Number(count) }))
        .sort((a, b) => compare(a.value, b.value));
      if (counted.some(({ count }) => count < 0)) {
        return site.raise('NEGATIVE_VALUES_IN_FREQUENCY_EXPRESSION');
      }
      let total = 0;
      const ends = counted.map(({ count }) => (total += count));
      if (total === 0) return null;
      const at = (position: number): number => {
        const index = ends.findIndex((end) => position < end);
        return toNumber(counted[index]?.value ?? null);
      };
      return eachShare(shares, (share) => {
        const position = (total - 1) * share;
        const [lower, higher] = [Math.floor(position), Math.ceil(position)];
        const [low, high] = [at(lower), at(higher)];
        if (lower === higher || low === high) return fromNumber(low);
        return fromNumber((higher - position) * low + (position - lower) * high);
      });
    };
  },
};

/** As `percentile` of values that all count once, from the other end where `extra` says so. */
export const percentileCont: ScalarFunction = {
  name: 'percentile_cont',
  prepare(site) {
    const sorted = sortedValues(site);
    const toNumber = numberOf(elementOf(site));
    const fromNumber = interpolated(elementOf(site));
    return (items: Items, shares: number | number[]) => {
      if (items.length === 0) return null;
      const values = sorted(items).map(toNumber);
      return eachShare(shares, (share) => {
        const position = (values.length - 1) * share;
        const [lower, higher] = [Math.floor(position), Math.ceil(position)];
        const [low = 0, high = 0] = [values[lower], values[higher]];
        if (lower === higher || low === high) return fromNumber(low);
        return fromNumber((higher - position) * low + (position - lower) * high);
      });
    };
  },
};

export const percentileDisc: ScalarFunction = {
  name: 'percentile_disc',
  prepare(site) {
    const sorted = sortedValues(site);
    const toNumber = numberOf(elementOf(site));
    const fromNumber = interpolated(elementOf(site));
    return (items: Items, shares: number | number[]) => {
      if (items.length === 0) return null;
      const values = sorted(items);
      return eachShare(shares, (share) => {
        const index = Math.max(0, Math.ceil(share * values.length) - 1);
        return fromNumber(toNumber(values[index] ?? null));
      });
    };
  },
};

export const percentileApprox: ScalarFunction = {
  name: 'percentile_approx',
  prepare(site) {
    const sorted = sortedValues(site);
    return (items: Items, shares: number | number[]) => {
      if (items.length === 0) return null;
      const values = sorted(items);
      return eachShare(
        shares,
        (share) => values[Math.max(0, Math.ceil(share * values.length) - 1)] ?? null,
      );
    };
  },
};

function sortedValues(site: Site): (items: Items) => Items {
  const compare = ordering(elementOf(site));
  const isReversed = site.extra === 'reversed';
  return (items) => [...items].sort(isReversed ? (a, b) => compare(b, a) : compare);
}

function numberOf(type: DataType): (value: Value) => number {
  if (type.kind === 'decimal') {
    return (value) => Number(`${value as bigint}e-${type.scale}`);
  }
  return Number;
}

/** Months are rounded half up, microseconds to the nearest. */
function interpolated(type: DataType): (value: number) => Value {
  switch (type.kind) {
    case 'yearMonthInterval':
      return (value) => Math.trunc(value);
    case 'dayTimeInterval':
      return (value) => BigInt(Math.trunc(value));
    default:
      return (value) => value;
  }
}

/** The most frequent; of equals the first in a hash map's order, or as `extra` says the least or the greatest. */
export const mode: ScalarFunction = {
  name: 'mode',
  prepare(site) {
    const type = elementOf(site);
    const key = keyOf(type);
    const compare = ordering(type);
    const sign = site.extra === 'greatest' ? 1 : -1;
    return (items: Items) => {
      const counts = new Map<unknown, { readonly value: Value; count: number }>();
      for (const value of items) {
        const own = key(value);
        const known = counts.get(own);
        if (known === undefined) counts.set(own, { value, count: 1 });
        else known.count += 1;
      }
      let best: { readonly value: Value; readonly count: number } | undefined;
      const distinct = [...counts.values()].map(({ value }) => value);
      for (const value of openHashOrder(distinct, type)) {
        const entry = { value, count: counts.get(key(value))?.count ?? 0 };
        const isTie = entry.count === best?.count && site.extra !== '';
        const isBetter =
          best === undefined ||
          entry.count > best.count ||
          (isTie && sign * compare(entry.value, best.value) > 0);
        if (isBetter) best = entry;
      }
      return best?.value ?? null;
    };
  },
};

export const histogramNumeric: ScalarFunction = {
  name: 'histogram_numeric',
  prepare(site) {
    const type = elementOf(site);
    const toNumber = numberOf(type);
    const fromNumber = binCentre(type);
    return (items: Items, limit: number) => {
      if (items.length === 0) return null;
      const histogram = new Histogram(limit);
      for (const item of items) histogram.add(toNumber(item));
      return histogram.bins.map(({ x, y }): Value => [fromNumber(x), y]);
    };
  },
};

function binCentre(type: DataType): (value: number) => Value {
  switch (type.kind) {
    case 'long':
    case 'timestamp':
    case 'timestamp_ntz':
    case 'dayTimeInterval':
      return (value) => BigInt(Math.trunc(value));
    case 'decimal':
      return (value) => BigInt(Math.round(value * 10 ** type.scale));
    case 'float':
      return Math.fround;
    case 'double':
      return (value) => value;
    default:
      return Math.trunc;
  }
}

/** The streaming histogram of Ben-Haim and Tom-Tov, with Hive's way to choose between equal gaps. */
class Histogram {
  readonly bins: { x: number; y: number }[] = [];
  private readonly limit: number;
  private readonly random = new JavaRandom(31183n);

  constructor(limit: number) {
    this.limit = limit;
  }

  add(value: number): void {
    let low = 0;
    let high = this.bins.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.bins[middle]?.x ?? Infinity) < value) low = middle + 1;
      else high = middle;
    }
    const found = this.bins[low];
    if (found?.x === value) {
      found.y += 1;
      return;
    }
    this.bins.splice(low, 0, { x: value, y: 1 });
    while (this.bins.length > this.limit) this.joinNearest();
  }

  private joinNearest(): void {
    let [nearest, gap, ties] = [0, Infinity, 1];
    for (let index = 0; index + 1 < this.bins.length; index++) {
      const difference = (this.bins[index + 1]?.x ?? 0) - (this.bins[index]?.x ?? 0);
      if (difference < gap) [nearest, gap, ties] = [index, difference, 1];
      else if (difference === gap) {
        ties += 1;
        if (this.random.nextDouble() <= 1 / ties) nearest = index;
      }
    }
    const [left, right] = this.bins.splice(nearest, 2);
    if (left === undefined || right === undefined) return;
    const y = left.y + right.y;
    const x = (left.x * left.y) / y + (right.x * right.y) / y;
    this.bins.splice(nearest, 0, { x, y });
  }
}

/** `java.util.Random`. */
class JavaRandom {
  private seed: bigint;

  constructor(seed: bigint) {
    this.seed = (seed ^ 0x5deece66dn) & ((1n << 48n) - 1n);
  }

  nextDouble(): number {
    const high = BigInt(this.next(26));
    return Number((high << 27n) + BigInt(this.next(27))) * 2 ** -53;
  }

  private next(bits: number): number {
    this.seed = (this.seed * 0x5deece66dn + 0xbn) & ((1n << 48n) - 1n);
    return Number(this.seed >> BigInt(48 - bits));
  }
}

const bitmapLength = 4096;

export const bitmapConstruct: ScalarFunction = {
  name: 'bitmap_construct_agg',
  prepare: (site) => (positions: readonly (bigint | null)[]) => {
    const bitmap = new Uint8Array(bitmapLength);
    for (const position of positions) {
      if (position === null) continue;
      if (position < 0n || position >= BigInt(8 * bitmapLength)) {
        return site.raise('INVALID_BITMAP_POSITION', String(position), String(bitmapLength));
      }
      const at = Number(position);
      bitmap[at >> 3] = (bitmap[at >> 3] ?? 0) | (1 << (at & 7));
    }
    return bitmap;
  },
};

/** Bitmaps that are shorter count as filled with zeros. */
const combining = (name: string, isOr: boolean): ScalarFunction => ({
  name,
  prepare: () => (bitmaps: readonly (Uint8Array | null)[]) => {
    const result = new Uint8Array(bitmapLength).fill(isOr ? 0 : 255);
    for (const bitmap of bitmaps) {
      if (bitmap === null) continue;
      for (let at = 0; at < bitmapLength; at++) {
        const [own, other] = [result[at] ?? 0, bitmap[at] ?? 0];
        result[at] = isOr ? own | other : own & other;
      }
    }
    return result;
  },
});

export const bitmapOr = combining('bitmap_or_agg', true);
export const bitmapAnd = combining('bitmap_and_agg', false);

export const joinedBytes: ScalarFunction = {
  name: 'listagg',
  prepare: () => (items: readonly Uint8Array[], separator: Uint8Array) => {
    const parts = items.flatMap((item, index) => (index === 0 ? [item] : [separator, item]));
    return Buffer.concat(parts);
  },
};
