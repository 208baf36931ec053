/** Sums over floats, a piece at a time. */
import type { Statistics } from './statistics.ts';

export interface Accumulator {
  add(values: ArrayLike<number>): void;
  /** The same for elements that were summed elsewhere. */
  merge?(sums: BlockSums): void;
  result(): Statistics;
}

/** A sum and, beside it, what its additions rounded away. */
export class NeumaierSum {
  sum: number;
  compensation: number;

  constructor(sum = 0, compensation = 0) {
    this.sum = sum;
    this.compensation = compensation;
  }

  add(value: number): void {
    const next = this.sum + value;
    this.compensation +=
      Math.abs(this.sum) >= Math.abs(value) ? this.sum - next + value : value - next + this.sum;
    this.sum = next;
  }

  get value(): number {
    return this.sum + this.compensation;
  }
}

/** Of some elements, none of them infinite. */
export interface BlockSums {
  /** NaN included. */
  readonly count: number;
  readonly nan: number;
  readonly zeros: number;
  /** Infinite where all are NaN. */
  readonly min: number;
  readonly max: number;
  /** Numbers whose exact sum is that of the elements. */
  readonly parts: readonly number[];
  readonly mean: number;
  /** Of the distances from the mean. */
  readonly squares: number;
}

/** Mean and squared deviation of all pieces so far; `mean` is the exact sum over the count, once each piece. */
export class Deviation {
  #count = 0;
  #mean = 0;
  #squares = 0;

  merge(count: number, mean: number, squares: number): void {
    if (count === 0) return;
    if (this.#count === 0) {
      // The square of the largest floats' distance from nothing would overflow.
      [this.#count, this.#mean, this.#squares] = [count, mean, squares];
      return;
    }
    const total = this.#count + count;
    const delta = mean - this.#mean;
    this.#squares += squares + delta * delta * ((this.#count * count) / total);
    this.#mean += (delta * count) / total;
    this.#count = total;
  }

  get std(): number | null {
    return this.#count === 0 ? null : finiteOrNull(Math.sqrt(this.#squares / this.#count));
  }
}

export class FloatAccumulator implements Accumulator {
  #count = 0;
  #finite = 0;
  #nan = 0;
  #positive = 0;
  #negative = 0;
  #zeros = 0;
  #min = Infinity;
  #max = -Infinity;
  #sum = 0;
  #compensation = 0;
  readonly #deviation = new Deviation();

  add(values: ArrayLike<number>): void {
    const count = values.length;
    const sumBefore = this.#sum;
    const compensationBefore = this.#compensation;
    let sum = sumBefore;
    let compensation = compensationBefore;
    let finite = 0;
    let zeros = 0;
    let min = this.#min;
    let max = this.#max;
    for (let k = 0; k < count; k++) {
      const value = values[k] ?? 0;
      // False for NaN and both infinities, in one subtraction.
      if (value - value !== 0) {
        this.#countSpecial(value);
        continue;
      }
      finite++;
      if (value === 0) zeros++;
      if (value < min) min = value;
      if (value > max) max = value;
      const next = sum + value;
      compensation += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
      sum = next;
    }
    this.#count += count;
    this.#finite += finite;
    this.#zeros += zeros;
    this.#min = min;
    this.#max = max;
    this.#sum = sum;
    this.#compensation = compensation;
    const ofPiece = sum - sumBefore + (compensation - compensationBefore);
    this.#addDeviation(values, finite, ofPiece / finite);
  }

  merge({ count, nan, zeros, min, max, parts, mean, squares }: BlockSums): void {
    this.#count += count;
    this.#finite += count - nan;
    this.#nan += nan;
    this.#zeros += zeros;
    this.#min = Math.min(this.#min, min);
    this.#max = Math.max(this.#max, max);
    const total = new NeumaierSum(this.#sum, this.#compensation);
    for (const part of parts) total.add(part);
    this.#sum = total.sum;
    this.#compensation = total.compensation;
    this.#deviation.merge(count - nan, mean, squares);
  }

  result(): Statistics {
    const some = this.#finite > 0;
    return {
      count: this.#count,
      min: some ? this.#min : null,
      max: some ? this.#max : null,
      mean: some ? finiteOrNull((this.#sum + this.#compensation) / this.#finite) : null,
      std: this.#deviation.std,
      zeros: this.#zeros,
      nan: this.#nan,
      positiveInfinite: this.#positive,
      negativeInfinite: this.#negative,
    };
  }

  #countSpecial(value: number): void {
    if (Number.isNaN(value)) this.#nan++;
    else if (value > 0) this.#positive++;
    else this.#negative++;
  }

  #addDeviation(values: ArrayLike<number>, finite: number, mean: number): void {
    const count = values.length;
    let squares = 0;
    let drift = 0;
    for (let k = 0; k < count; k++) {
      const value = values[k] ?? 0;
      if (value - value !== 0) continue;
      const delta = value - mean;
      squares += delta * delta;
      drift += delta;
    }
    // `drift` is what rounding left of a sum that should be 0.
    if (finite > 0)
      this.#deviation.merge(finite, mean + drift / finite, squares - (drift * drift) / finite);
  }
}

/** Complex numbers have no order, so only NaN is counted: an element with one in either part. */
export class ComplexAccumulator implements Accumulator {
  #count = 0;
  #nan = 0;

  /** Real and imaginary parts in turn. */
  add(values: ArrayLike<number>): void {
    for (let k = 0; k < values.length; k += 2)
      if (Number.isNaN(values[k]) || Number.isNaN(values[k + 1])) this.#nan++;
    this.#count += values.length / 2;
  }

  result(): Statistics {
    return {
      count: this.#count,
      min: null,
      max: null,
      mean: null,
      std: null,
      zeros: null,
      nan: this.#nan,
      positiveInfinite: 0,
      negativeInfinite: 0,
    };
  }
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
