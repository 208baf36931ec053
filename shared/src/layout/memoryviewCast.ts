/**
 * What `memoryview.cast` makes of a view, and what CPython says when it refuses. The order of the checks is CPython's
 * (Objects/memoryobject.c): where two things are wrong, the first one is named.
 */
import type { Result } from '../result.ts';
import { fail, ok } from '../result.ts';
import type { StridedLayout } from './strides.ts';
import { contiguityOf, contiguousStrides, elementCount } from './strides.ts';
import type { NativePlatform } from './structFormat.ts';
import { LP64, parseStructFormat } from './structFormat.ts';

/** What a `memoryview` tells of itself. */
export interface ViewLayout extends StridedLayout {
  /** As in `view.format`: `B`, `@i`, `T{i:a:}`. */
  readonly format: string;
}

export interface CastProblem {
  readonly kind:
    | 'not-contiguous'
    | 'zeros'
    | 'bad-shape'
    | 'bad-dimensions'
    | 'bad-format'
    | 'no-byte-format'
    | 'length'
    | 'product';
  readonly exception: 'TypeError' | 'ValueError';
  /** The text of CPython's exception. */
  readonly message: string;
}

/** An element of a shape that Python does not take for an integer, such as `2.0`. */
export const NOT_AN_INTEGER = Symbol('not an integer');

/** More axes than this no view has. */
const MAX_AXES = 64;

/** `shape` is a list or tuple as it was given; undefined where none was. */
export function castView(
  view: ViewLayout,
  format: string,
  shape?: readonly (number | typeof NOT_AN_INTEGER)[],
  platform: NativePlatform = LP64,
): Result<ViewLayout, CastProblem> {
  const contiguity = contiguityOf(view);
  if (contiguity !== 'C' && contiguity !== 'both')
    return refuse('not-contiguous', 'casts are restricted to C-contiguous views');
  if (
    (shape !== undefined || view.shape.length !== 1) &&
    (view.shape.includes(0) || view.strides.includes(0))
  )
    return refuse('zeros', 'cannot cast view with zeros in shape or strides');
  if (shape) {
    if (shape.length > MAX_AXES)
      return refuse('bad-dimensions', 'number of dimensions must not exceed 64', 'ValueError');
    if (view.shape.length !== 1 && shape.length !== 1)
      return refuse('bad-dimensions', 'cast must be 1D -> ND or ND -> 1D');
  }
  const itemsize = nativeItemsize(format, platform);
  if (itemsize === undefined)
    return refuse(
      'bad-format',
      "destination format must be a native single character format prefixed with an optional '@'",
      'ValueError',
    );
  if (!isByteFormat(format) && !isByteFormat(view.format))
    return refuse('no-byte-format', 'cannot cast between two non-byte formats');
  const byteLength = elementCount(view.shape) * view.itemsize;
  if (byteLength % itemsize !== 0) return refuse('length', 'length is not a multiple of itemsize');
  const made = shape ?? [byteLength / itemsize];
  const lengths: number[] = [];
  for (const length of shape ?? []) {
    if (typeof length !== 'number')
      return refuse('bad-shape', 'elements of shape must be integers', 'TypeError', '.cast()');
    if (length <= 0)
      return refuse('bad-shape', 'elements of shape must be integers > 0', 'ValueError', '.cast()');
    lengths.push(length);
  }
  if (!shape) lengths.push(Number(made[0]));
  if (elementCount(lengths) * itemsize !== byteLength)
    return refuse('product', 'product(shape) * itemsize != buffer size');
  return ok({
    format,
    itemsize,
    shape: lengths,
    strides: contiguousStrides(lengths, itemsize, 'C'),
    offset: view.offset,
  });
}

/** The size of a format that `cast` and indexing know: one native code, with or without `@`. */
export function nativeItemsize(
  format: string,
  platform: NativePlatform = LP64,
): number | undefined {
  if (!/^@?[bBchHiIlLqQnNfd?P]$/.test(format)) return undefined;
  return parseStructFormat(format, platform).layout?.size;
}

function isByteFormat(format: string): boolean {
  return /^@?[Bbc]$/.test(format);
}

function refuse(
  kind: CastProblem['kind'],
  message: string,
  exception: CastProblem['exception'] = 'TypeError',
  where = '',
): { readonly ok: false; readonly error: CastProblem } {
  return fail({ kind, exception, message: `memoryview${where}: ${message}` });
}
