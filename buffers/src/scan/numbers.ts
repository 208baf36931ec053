/** Elements as numbers to index, for scans in which a float64 says enough: plots, and comparing small numbers. */
import type { DType, ScalarType } from '#shared/layout/dtype.ts';
import type { StridedLayout } from '#shared/layout/strides.ts';
import type { NumberPart } from '#shared/protocol/bufferScan.ts';
import type { Result } from '#shared/result.ts';
import type { ByteSource, SourceFailure } from '../source/byteSource.ts';
import { packedElements } from './elements.ts';
import { valuesOf } from './elementNumbers.ts';

export function hasNumbers(dtype: DType): dtype is ScalarType {
  const kinds = ['bool', 'int', 'uint', 'float', 'bfloat', 'complex', 'datetime', 'timedelta'];
  return dtype.kind === 'scalar' && kinds.includes(dtype.scalar);
}

/** In C order unless any order will do. */
export async function* numbersOf(
  source: ByteSource,
  dtype: ScalarType,
  layout: StridedLayout,
  part: NumberPart,
  anyOrder: boolean,
  signal?: AbortSignal,
): AsyncGenerator<Result<ArrayLike<number>, SourceFailure>> {
  for await (const piece of packedElements(source, layout, { anyOrder }, signal)) {
    signal?.throwIfAborted();
    yield piece.ok ? { ok: true, value: asNumbers(dtype, piece.value, part) } : piece;
  }
}

export function asNumbers(
  dtype: ScalarType,
  bytes: Uint8Array,
  part: NumberPart,
): ArrayLike<number> {
  const { scalar, itemsize } = dtype;
  if (scalar === 'datetime' || scalar === 'timedelta')
    return wide(valuesOf({ ...dtype, scalar: 'int' }, bytes), true);
  const values = valuesOf(dtype, bytes);
  if (itemsize === 8 && (scalar === 'int' || scalar === 'uint'))
    return wide(values, scalar === 'int');
  return scalar === 'complex' ? partOf(values, part) : values;
}

/** From pairs of halves, low one first; the least value of a datetime is NaT. */
function wide(halves: ArrayLike<number>, isSigned: boolean): Float64Array {
  return Float64Array.from({ length: halves.length / 2 }, (_, k) => {
    const high = halves[2 * k + 1] ?? 0;
    return (isSigned ? high | 0 : high) * 2 ** 32 + (halves[2 * k] ?? 0);
  });
}

function partOf(pairs: ArrayLike<number>, part: NumberPart): Float64Array {
  const numbers = new Float64Array(pairs.length / 2);
  for (let k = 0; k < numbers.length; k++) {
    const real = pairs[2 * k] ?? 0;
    const imaginary = pairs[2 * k + 1] ?? 0;
    numbers[k] =
      part === 'real'
        ? real
        : part === 'imaginary'
          ? imaginary
          : part === 'phase'
            ? Math.atan2(imaginary, real)
            : Math.hypot(real, imaginary);
  }
  return numbers;
}
