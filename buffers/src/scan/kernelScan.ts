/**
 * Sums over arrays without holes in WebAssembly SIMD. The file is read straight into the kernel's memory, the
 * next pieces while one is summed.
 */
import type { ScalarType } from '#shared/layout/dtype.ts';
import type { StridedLayout } from '#shared/layout/strides.ts';
import { contiguityOf, elementCount } from '#shared/layout/strides.ts';
import type { Result } from '#shared/result.ts';
import { ok } from '#shared/result.ts';
import type { ByteSource, SourceFailure } from '../source/byteSource.ts';
import type { Accumulator, BlockSums } from './floatStatistics.ts';
import { NeumaierSum } from './floatStatistics.ts';
import { wasm } from './scan.wat';

type Finite = (start: number, end: number, out: number, bias: number, center: number) => void;
type Sums = (start: number, end: number, out: number) => void;
type Squares = (start: number, end: number, out: number, mean: number) => void;

interface Kernel {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly functions: Readonly<Record<string, unknown>>;
}

/** What one call sums: a second pass finds the bytes in a cache. */
const BLOCK_BYTES = 128 * 1024;
const PIECE_BYTES = 1 * 1024 * 1024;
const PIECES_START = 64 * 1024;
/** One is summed while the others are read. */
const SLOTS = 3;
/** Where the kernel writes sums: see `scripts/wasm.mjs`. */
const FIRST_SUM = 64;
/** Two decimal digits of squares may be lost. */
const MAX_LOSS = 100;
/** What one turn of the kernel's loop takes: two pairs. */
const STEP_ELEMENTS = 4;

/** Undefined where there is no kernel for such elements or no SIMD; nothing was added then. */
export async function scanWithKernel(
  source: ByteSource,
  type: ScalarType,
  layout: StridedLayout,
  accumulator: Accumulator,
  signal?: AbortSignal,
): Promise<Result<undefined, SourceFailure> | undefined> {
  const name = kernelName(type);
  const isPacked = contiguityOf(layout) !== 'strided';
  if (name === undefined || !isPacked || !accumulator.merge) return undefined;
  const kernel = idleKernels.pop() ?? createKernel();
  if (!kernel) return undefined;

  const run = new KernelRun(kernel, name);
  const byteLength = elementCount(layout.shape) * type.itemsize;
  const pieces = Math.ceil(byteLength / PIECE_BYTES);
  const pieceOf = (piece: number) => {
    const start = PIECES_START + (piece % SLOTS) * PIECE_BYTES;
    return { start, end: start + Math.min(PIECE_BYTES, byteLength - piece * PIECE_BYTES) };
  };
  const underWay: ReturnType<ByteSource['readInto']>[] = [];
  const readPiece = (piece: number) => {
    if (piece >= pieces) return;
    const { start, end } = pieceOf(piece);
    const target = new Uint8Array(kernel.memory.buffer, start, end - start);
    underWay.push(source.readInto(target, layout.offset + piece * PIECE_BYTES));
  };
  for (let piece = 0; piece < SLOTS - 1; piece++) readPiece(piece);
  try {
    for (let piece = 0; piece < pieces; piece++) {
      const filled = await underWay.shift();
      signal?.throwIfAborted();
      if (filled?.ok === false) return filled;
      readPiece(piece + SLOTS - 1);
      const { start, end } = pieceOf(piece);
      run.addTo(accumulator, start, end);
    }
    return ok(undefined);
  } finally {
    // Reads under way still write to the memory.
    await Promise.all(underWay);
    idleKernels.push(kernel);
  }
}

/** One array's way through the kernel: what its last block was like says how to sum the next. */
class KernelRun {
  readonly #memory: Kernel['memory'];
  readonly #type: (typeof kernelTypes)[KernelName];
  readonly #finite: Finite;
  readonly #sums: Sums;
  readonly #squares: Squares;
  readonly #extremes: Float64Array;
  /** The low halves of 64-bit counts are every other one. */
  readonly #counts: Int32Array;
  readonly #results: Float64Array;
  /** The largest element so far. */
  #magnitude = 0;
  #center = 0;
  #hadNan = false;

  constructor({ memory, functions }: Kernel, name: KernelName) {
    this.#memory = memory;
    this.#extremes = new Float64Array(memory.buffer, 0, 4);
    this.#counts = new Int32Array(memory.buffer, 32, 8);
    this.#results = new Float64Array(memory.buffer, FIRST_SUM, 12);
    this.#type = kernelTypes[name];
    this.#finite = functions[`finite_${name}`] as Finite;
    this.#sums = functions[`sums_${name}`] as Sums;
    this.#squares = functions[`squares_${name}`] as Squares;
  }

  addTo(accumulator: Accumulator, start: number, end: number): void {
    const { values, bytes } = this.#type;
    const stepBytes = STEP_ELEMENTS * bytes;
    const stepsEnd = start + Math.floor((end - start) / stepBytes) * stepBytes;
    const view = (from: number, to: number) =>
      new values(this.#memory.buffer, from, (to - from) / bytes);
    for (let from = start; from < stepsEnd; from += BLOCK_BYTES) {
      const to = Math.min(from + BLOCK_BYTES, stepsEnd);
      const sums = this.#sumBlock(from, to);
      if (sums) accumulator.merge?.(sums);
      else accumulator.add(view(from, to));
    }
    if (stepsEnd < end) accumulator.add(view(stepsEnd, end));
  }

  /** Undefined where an infinity or an overflow leaves no sums. */
  #sumBlock(start: number, end: number): BlockSums | undefined {
    const count = (end - start) / this.#type.bytes;
    const found =
      (this.#hadNan ? undefined : this.#sumFinite(start, end, count)) ??
      this.#sumAny(start, end, count);
    this.#hadNan = found === undefined || found.nan > 0;
    if (found && found.nan < count) this.#center = found.mean;
    return found;
  }

  #sumFinite(start: number, end: number, count: number): BlockSums | undefined {
    // Once, and again where this block has larger elements than all before it.
    for (let attempt = 0; attempt < 2; attempt++) {
      const bias = biasFor(this.#magnitude * count);
      this.#finite(start, end, 0, bias, this.#center);
      const { min, max, zeros, parts, total, squares } = this.#read();
      const magnitude = Math.max(-min, max);
      if (!Number.isFinite(total) || !Number.isFinite(magnitude)) return undefined;
      if (magnitude > this.#magnitude) {
        this.#magnitude = magnitude;
        continue;
      }
      const mean = total / count;
      const shift = mean - this.#center;
      const ofMean = squares - count * shift * shift;
      // Far from the center the difference loses digits.
      const ofBlock =
        squares <= MAX_LOSS * ofMean
          ? { mean, squares: ofMean }
          : this.#distances(start, end, count, mean);
      return { count, nan: 0, zeros, min, max, parts, ...ofBlock };
    }
    return undefined;
  }

  #sumAny(start: number, end: number, count: number): BlockSums | undefined {
    this.#sums(start, end, 0);
    const { min, max, nan, zeros, parts, total } = this.#read();
    if (min === -Infinity || max === Infinity || !Number.isFinite(total)) return undefined;
    const numbers = count - nan;
    const ofBlock =
      numbers === 0
        ? { mean: 0, squares: 0 }
        : this.#distances(start, end, numbers, total / numbers);
    return { count, nan, zeros, min, max, parts, ...ofBlock };
  }

  #distances(start: number, end: number, numbers: number, mean: number) {
    this.#squares(start, end, 0, mean);
    const squares = sumOf(this.#results.subarray(0, 4));
    // What rounding left of a sum that should be 0.
    const drift = sumOf(this.#results.subarray(4, 8));
    return { mean: mean + drift / numbers, squares: squares - (drift * drift) / numbers };
  }

  /** What `finite_` and `sums_` write: two lanes of each. */
  #read() {
    const extremes = this.#extremes;
    const counts = this.#counts;
    const parts = Array.from(this.#results.subarray(0, 8));
    return {
      min: Math.min(extremes[0] ?? 0, extremes[1] ?? 0),
      max: Math.max(extremes[2] ?? 0, extremes[3] ?? 0),
      nan: (counts[0] ?? 0) + (counts[2] ?? 0),
      zeros: (counts[4] ?? 0) + (counts[6] ?? 0),
      parts,
      total: sumOf(parts),
      squares: sumOf(this.#results.subarray(8, 12)),
    };
  }
}

function sumOf(parts: Iterable<number>): number {
  const sum = new NeumaierSum();
  for (const part of parts) sum.add(part);
  return sum.value;
}

/** Large enough that no sum up to `largest` leaves its binade, so that the sums' last place stays the same. */
function biasFor(largest: number): number {
  return largest > 0 ? 1.5 * 2 ** (Math.floor(Math.log2(largest)) + 3) : 0;
}

const kernelTypes = {
  f64: { values: Float64Array, bytes: 8 },
  f32: { values: Float32Array, bytes: 4 },
  i32: { values: Int32Array, bytes: 4 },
  u32: { values: Uint32Array, bytes: 4 },
  i16: { values: Int16Array, bytes: 2 },
  u16: { values: Uint16Array, bytes: 2 },
  i8: { values: Int8Array, bytes: 1 },
  u8: { values: Uint8Array, bytes: 1 },
} as const;
type KernelName = keyof typeof kernelTypes;

const prefixes: Readonly<Record<string, string>> = { float: 'f', int: 'i', uint: 'u' };

/** WebAssembly is little-endian on every machine, typed arrays are not. */
const hostIsLittle = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function kernelName({ scalar, itemsize, byteOrder }: ScalarType): KernelName | undefined {
  const name = `${prefixes[scalar] ?? ''}${itemsize * 8}`;
  if (byteOrder === 'big' || !hostIsLittle) return undefined;
  return Object.hasOwn(kernelTypes, name) ? (name as KernelName) : undefined;
}

/** Kept for the next scan: a memory of 4 MiB each, as many as ever ran at the same time. */
const idleKernels: Kernel[] = [];
let compiled: WebAssembly.Module | 'unsupported' | undefined;

function createKernel(): Kernel | undefined {
  compiled ??= compile();
  if (compiled === 'unsupported') return undefined;
  const { exports } = new WebAssembly.Instance(compiled);
  return { memory: exports.memory as Kernel['memory'], functions: exports };
}

function compile(): WebAssembly.Module | 'unsupported' {
  try {
    return new WebAssembly.Module(wasm);
  } catch {
    // An older machine or a policy without SIMD.
    return 'unsupported';
  }
}
