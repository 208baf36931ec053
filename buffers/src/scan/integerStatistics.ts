/** Exact sums over integers, a piece at a time. */
import type { Accumulator, BlockSums } from './floatStatistics.ts';
import { Deviation } from './floatStatistics.ts';
import type { Statistics } from './statistics.ts';

/** Integers of up to 32 bits; a piece of 4 MiB of them sums below 2^53. */
export class IntegerAccumulator implements Accumulator {
  #count = 0;
  #zeros = 0;
  #min = Infinity;
  #max = -Infinity;
  #sum = 0n;
  readonly #deviation = new Deviation();

  add(values: ArrayLike<number>): void {
    const count = values.length;
    if (count === 0) return;
    let sum = 0;
    let zeros = 0;
    let min = this.#min;
    let max = this.#max;
    for (let k = 0; k < count; k++) {
      const value = values[k] ?? 0;
      sum += value;
      if (value === 0) zeros++;
      if (value < min) min = value;
      if (value > max) max = value;
    }
    const mean = sum / count;
    let squares = 0;
    for (let k = 0; k < count; k++) {
      const delta = (values[k] ?? 0) - mean;
      squares += delta * delta;
    }
    this.#count += count;
    this.#zeros += zeros;
    this.#min = min;
    this.#max = max;
    this.#sum += BigInt(sum);
    this.#deviation.merge(count, mean, squares);
  }

  merge({ count, zeros, min, max, parts, mean, squares }: BlockSums): void {
    this.#count += count;
    this.#zeros += zeros;
    this.#min = Math.min(this.#min, min);
    this.#max = Math.max(this.#max, max);
    for (const part of parts) this.#sum += BigInt(part);
    this.#deviation.merge(count, mean, squares);
  }

  result(): Statistics {
    const some = this.#count > 0;
    return {
      ...withoutSpecials,
      count: this.#count,
      min: some ? this.#min : null,
      max: some ? this.#max : null,
      mean: some ? Number(this.#sum) / this.#count : null,
      std: this.#deviation.std,
      zeros: this.#zeros,
    };
  }
}

/** 64-bit integers as pairs of unsigned halves, low one first. Sums stay exact, extremes too. */
export class WideIntegerAccumulator implements Accumulator {
  /** Added to the high half, it makes signed order the unsigned one. */
  readonly #bias: number;
  #count = 0;
  #zeros = 0;
  #min: bigint | undefined;
  #max: bigint | undefined;
  #sum = 0n;
  /** Deviations are taken from here: differences of large values stay small. */
  #origin: bigint | undefined;
  readonly #deviation = new Deviation();

  constructor(signed: boolean) {
    this.#bias = signed ? 0x80000000 : 0;
  }

  add(halves: ArrayLike<number>): void {
    const count = halves.length / 2;
    if (count === 0) return;
    let minHigh = Infinity;
    let minLow = 0;
    let maxHigh = -1;
    let maxLow = 0;
    let sumHigh = 0;
    let sumLow = 0;
    for (let k = 0; k < halves.length; k += 2) {
      const low = halves[k] ?? 0;
      const raw = halves[k + 1] ?? 0;
      const high = (raw ^ this.#bias) >>> 0;
      if (low === 0 && raw === 0) this.#zeros++;
      sumLow += low;
      sumHigh += high;
      if (high < minHigh || (high === minHigh && low < minLow)) {
        minHigh = high;
        minLow = low;
      }
      if (high > maxHigh || (high === maxHigh && low > maxLow)) {
        maxHigh = high;
        maxLow = low;
      }
    }
    const min = this.#join(minHigh, minLow);
    const max = this.#join(maxHigh, maxLow);
    if (this.#min === undefined || min < this.#min) this.#min = min;
    if (this.#max === undefined || max > this.#max) this.#max = max;
    this.#sum +=
      BigInt(sumHigh) * 2n ** 32n + BigInt(sumLow) - BigInt(count) * BigInt(this.#bias) * 2n ** 32n;
    this.#count += count;
    this.#addDeviation(halves, minHigh, minLow, min);
  }

  result(): Statistics {
    return {
      ...withoutSpecials,
      count: this.#count,
      min: this.#min ?? null,
      max: this.#max ?? null,
      mean: this.#count > 0 ? Number(this.#sum) / this.#count : null,
      std: this.#deviation.std,
      zeros: this.#zeros,
    };
  }

  #join(high: number, low: number): bigint {
    return BigInt(high - this.#bias) * 2n ** 32n + BigInt(low);
  }

  /** From the smallest of the piece, where a double is exact for as long as values lie within 2^53. */
  #addDeviation(halves: ArrayLike<number>, minHigh: number, minLow: number, min: bigint): void {
    const count = halves.length / 2;
    const distance = (k: number) =>
      (((halves[k + 1] ?? 0) ^ this.#bias) >>> 0) * 2 ** 32 -
      minHigh * 2 ** 32 +
      ((halves[k] ?? 0) - minLow);
    let sum = 0;
    for (let k = 0; k < halves.length; k += 2) sum += distance(k);
    const mean = sum / count;
    let squares = 0;
    let drift = 0;
    for (let k = 0; k < halves.length; k += 2) {
      const delta = distance(k) - mean;
      squares += delta * delta;
      drift += delta;
    }
    this.#origin ??= min;
    const fromOrigin = Number(min - this.#origin) + mean + drift / count;
    this.#deviation.merge(count, fromOrigin, squares - (drift * drift) / count);
  }
}

const withoutSpecials = { nan: 0, positiveInfinite: 0, negativeInfinite: 0 };
