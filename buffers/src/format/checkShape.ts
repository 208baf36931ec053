/** A claimed shape against the bytes that are there, before anything is computed or allocated from it. */
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';

/** NumPy 2's limit. */
const MAX_AXES = 64;

export interface ShapeProblem {
  readonly kind:
    'too-many-dimensions' | 'negative-dimension' | 'dimension-too-large' | 'shape-exceeds-file';
  readonly message: string;
}

export function checkShape(
  shape: readonly bigint[],
  itemsize: number,
  availableBytes: number,
): Result<number[], ShapeProblem> {
  if (shape.length > MAX_AXES)
    return fail({
      kind: 'too-many-dimensions',
      message: `the shape has ${shape.length} axes; NumPy's limit is ${MAX_AXES}`,
    });
  for (const [axis, length] of shape.entries()) {
    if (length < 0n)
      return fail({ kind: 'negative-dimension', message: `axis ${axis} has length ${length}` });
    if (length > BigInt(Number.MAX_SAFE_INTEGER))
      return fail({ kind: 'dimension-too-large', message: `axis ${axis} is longer than 2^53` });
  }
  const count = shape.reduce((product, length) => product * length, 1n);
  const wanted = count * BigInt(itemsize);
  if (count > BigInt(Number.MAX_SAFE_INTEGER))
    return fail({
      kind: 'shape-exceeds-file',
      message: `the shape claims ${count} elements, more than any file has`,
    });
  if (availableBytes !== Infinity && wanted > BigInt(availableBytes))
    return fail({
      kind: 'shape-exceeds-file',
      message: `the shape claims ${wanted} bytes, the file has ${availableBytes} for it`,
    });
  return ok(shape.map(Number));
}
