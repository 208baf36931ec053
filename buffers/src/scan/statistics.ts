/**
 * Count, extremes, mean and deviation of an array in one read of it. Integers are summed exactly; floats with
 * Neumaier's compensation, and the deviation by pieces merged as Chan, Golub and LeVeque do.
 */
import type { DType, ScalarType } from '#shared/layout/dtype.ts';
import { bfloat16ToNumber, decodeElement, float16ToNumber } from '#shared/layout/elementValue.ts';
import type { StridedLayout } from '#shared/layout/strides.ts';
import type { Result } from '#shared/result.ts';
import { ok } from '#shared/result.ts';
import type { ByteSource, SourceFailure } from '../source/byteSource.ts';
import { packedElements } from './elements.ts';
import type { Accumulator } from './floatStatistics.ts';
import { ComplexAccumulator, FloatAccumulator } from './floatStatistics.ts';
import { IntegerAccumulator, WideIntegerAccumulator } from './integerStatistics.ts';
import { scanWithKernel } from './kernelScan.ts';

/** What has no answer (the extremes of nothing, a mean that overflows, an order of complex numbers) is null. */
export interface Statistics {
  /** All elements, NaN included. */
  readonly count: number;
  /** Of the finite elements; a bigint for 64-bit integers. */
  readonly min: number | bigint | null;
  readonly max: number | bigint | null;
  readonly mean: number | null;
  /** Of the population: divided by the number of finite elements. */
  readonly std: number | null;
  /** Negative zeros included. */
  readonly zeros: number | null;
  readonly nan: number;
  readonly positiveInfinite: number;
  readonly negativeInfinite: number;
}

/** Undefined for what has no numbers: text, times, raw bytes, structs. */
export async function statisticsOf(
  source: ByteSource,
  dtype: DType,
  layout: StridedLayout,
  signal?: AbortSignal,
): Promise<Result<Statistics | undefined, SourceFailure>> {
  const accumulator = dtype.kind === 'scalar' ? accumulatorOf(dtype) : undefined;
  if (accumulator && dtype.kind === 'scalar') {
    const scanned = await scanWithKernel(source, dtype, layout, accumulator, signal);
    if (scanned) return scanned.ok ? ok(accumulator.result()) : scanned;
  }
  return statisticsInJavaScript(source, dtype, layout, signal);
}

/** The same for every type and layout, and what the kernel is held to. */
export async function statisticsInJavaScript(
  source: ByteSource,
  dtype: DType,
  layout: StridedLayout,
  signal?: AbortSignal,
): Promise<Result<Statistics | undefined, SourceFailure>> {
  const accumulator = dtype.kind === 'scalar' ? accumulatorOf(dtype) : undefined;
  if (!accumulator || dtype.kind !== 'scalar') return ok(undefined);
  for await (const piece of packedElements(source, layout, { anyOrder: true }, signal)) {
    if (!piece.ok) return piece;
    signal?.throwIfAborted();
    accumulator.add(valuesOf(dtype, piece.value));
  }
  return ok(accumulator.result());
}

function accumulatorOf(type: ScalarType): Accumulator | undefined {
  switch (type.scalar) {
    case 'bool':
      return new IntegerAccumulator();
    case 'int':
    case 'uint':
      return type.itemsize === 8
        ? new WideIntegerAccumulator(type.scalar === 'int')
        : new IntegerAccumulator();
    case 'float':
    case 'bfloat':
      return new FloatAccumulator();
    case 'complex':
      return new ComplexAccumulator();
    default:
      return undefined;
  }
}

let halves: Float64Array | undefined;

/** The elements as something to index: a typed array over the bytes where it can be, else decoded. */
function valuesOf(type: ScalarType, bytes: Uint8Array): ArrayLike<number> {
  if (type.scalar === 'bool') return bytes.map((byte) => (byte === 0 ? 0 : 1));
  if (type.itemsize === 1)
    return type.scalar === 'int'
      ? new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length)
      : bytes;
  if (type.itemsize === 16 && type.scalar === 'float') return decodedFloats(type, bytes);
  if (type.scalar === 'complex' && type.itemsize === 32)
    return decodedFloats({ ...type, scalar: 'float', itemsize: 16 }, bytes);
  const width = type.scalar === 'complex' ? type.itemsize / 2 : type.itemsize;
  const ordered = inHostOrder(bytes, type.byteOrder === 'big', width);
  const count = ordered.length / width;
  if (width === 2 && type.scalar === 'float') {
    const table = (halves ??= Float64Array.from({ length: 65_536 }, (_, bits) =>
      float16ToNumber(bits),
    ));
    return Float64Array.from(
      new Uint16Array(ordered.buffer, ordered.byteOffset, count),
      (bits) => table[bits] ?? 0,
    );
  }
  const { buffer, byteOffset } = ordered;
  if (type.scalar === 'bfloat')
    return Float64Array.from(new Uint16Array(buffer, byteOffset, count), bfloat16ToNumber);
  if (type.scalar === 'float' || type.scalar === 'complex')
    return width === 4
      ? new Float32Array(buffer, byteOffset, count)
      : new Float64Array(buffer, byteOffset, count);
  // 64-bit integers as pairs of halves, low one first: a BigInt each would cost three times as much.
  if (width === 8) return new Uint32Array(buffer, byteOffset, count * 2);
  if (width === 2)
    return type.scalar === 'int'
      ? new Int16Array(buffer, byteOffset, count)
      : new Uint16Array(buffer, byteOffset, count);
  return type.scalar === 'int'
    ? new Int32Array(buffer, byteOffset, count)
    : new Uint32Array(buffer, byteOffset, count);
}

function decodedFloats(type: ScalarType, bytes: Uint8Array): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Float64Array.from({ length: bytes.length / type.itemsize }, (_, position) => {
    const value = decodeElement(type, view, position * type.itemsize);
    if (typeof value === 'number') return value;
    return typeof value === 'object' && 'value' in value ? value.value : NaN;
  });
}

const hostIsBig = new Uint8Array(Uint16Array.of(1).buffer)[0] === 0;

/** Aligned for a typed array and in this machine's byte order; a copy only where it has to be. */
function inHostOrder(bytes: Uint8Array, isBig: boolean, width: number): Uint8Array {
  const swap = isBig !== hostIsBig && width > 1;
  if (!swap && bytes.byteOffset % width === 0) return bytes;
  // Not `slice`, which on a Buffer gives the same bytes again.
  const copy = Buffer.from(new Uint8Array(bytes).buffer);
  if (swap && width === 2) copy.swap16();
  if (swap && width === 4) copy.swap32();
  if (swap && width === 8) copy.swap64();
  return copy;
}
