/** What `view[…]` of a memoryview gives, or the exception of CPython 3.11, which can do less than NumPy. */
import type { Result } from '../result.ts';
import { ok } from '../result.ts';
import type { ViewLayout } from './memoryviewCast.ts';
import { nativeItemsize } from './memoryviewCast.ts';
import type { PythonException } from './pythonException.ts';
import { raise } from './pythonException.ts';
import type { Subscript } from './slice.ts';
import { resolveSlice } from './slice.ts';

/** `source[subscripts]`: an element, or for a single slice a view of the first axis. */
export function subscriptMemoryview(
  source: ViewLayout,
  subscripts: readonly Subscript[],
): Result<ViewLayout, PythonException> {
  const axes = source.shape.length;
  const [first, ...others] = subscripts;
  if (first?.kind === 'ellipsis' && others.length === 0 && axes === 0) return ok(source);
  if (axes === 0 && subscripts.length > 0)
    return raise('TypeError', 'invalid indexing of 0-dim memory');
  if (first?.kind === 'slice' && others.length === 0) {
    const resolved = resolveSlice(first, source.shape[0] ?? 0);
    if (!resolved) return raise('ValueError', 'slice step cannot be zero');
    const stride = source.strides[0] ?? 0;
    return ok({
      ...source,
      shape: [resolved.count, ...source.shape.slice(1)],
      strides: [stride * resolved.step, ...source.strides.slice(1)],
      offset: source.offset + resolved.start * stride,
    });
  }
  if (!subscripts.every((subscript) => subscript.kind === 'index')) {
    const isMultiSlice = subscripts.length > 1 && subscripts.every(({ kind }) => kind === 'slice');
    return isMultiSlice
      ? raise('NotImplementedError', 'multi-dimensional slicing is not implemented')
      : raise('TypeError', 'memoryview: invalid slice key');
  }
  // CPython looks at the format before it looks for the element.
  if (!isSingleCode(source.format))
    return raise('NotImplementedError', `memoryview: unsupported format ${source.format}`);
  if (subscripts.length < axes)
    return raise(
      'NotImplementedError',
      subscripts.length === 1
        ? 'multi-dimensional sub-views are not implemented'
        : 'sub-views are not implemented',
    );
  if (subscripts.length > axes)
    return raise(
      'TypeError',
      `cannot index ${axes}-dimension view with ${subscripts.length}-element tuple`,
    );
  let { offset } = source;
  for (const [axis, { value }] of subscripts.entries()) {
    const length = source.shape[axis] ?? 0;
    const position = value < 0n ? value + BigInt(length) : value;
    if (position < 0n || position >= BigInt(length))
      return raise('IndexError', `index out of bounds on dimension ${axis + 1}`);
    offset += Number(position) * (source.strides[axis] ?? 0);
  }
  if (nativeItemsize(source.format) === undefined)
    return raise('NotImplementedError', `memoryview: format ${source.format} not supported`);
  return ok({ ...source, shape: [], strides: [], offset });
}

function isSingleCode(format: string): boolean {
  return (format.startsWith('@') ? format.slice(1) : format).length === 1;
}
