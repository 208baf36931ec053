/**
 * Count, extremes, mean and deviation of an array in one read of it. Integers are summed exactly; floats with
 * Neumaier's compensation, and the deviation by pieces merged as Chan, Golub and LeVeque do.
 */
import type { DType, ScalarType } from '#shared/layout/dtype.ts';
import type { StridedLayout } from '#shared/layout/strides.ts';
import type { Result } from '#shared/result.ts';
import { ok } from '#shared/result.ts';
import type { ByteSource, SourceFailure } from '../source/byteSource.ts';
import { valuesOf } from './elementNumbers.ts';
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
