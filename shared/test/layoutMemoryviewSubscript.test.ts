import { describe, expect, test } from 'vitest';
import { subscriptMemoryview } from '#shared/layout/memoryviewSubscript.ts';
import { parseSlice } from '#shared/layout/slice.ts';

describe('subscripts of a memoryview, as CPython 3.11 has them', () => {
  const bytes = { format: 'B', itemsize: 1, shape: [2, 3, 4], strides: [12, 4, 1], offset: 0 };
  const vector = (format: string, itemsize: number) => ({
    format,
    itemsize,
    shape: [3],
    strides: [itemsize],
    offset: 0,
  });
  const zero = { ...bytes, shape: [], strides: [] };
  test.each([
    ['0', bytes, 'NotImplementedError: multi-dimensional sub-views are not implemented'],
    ['0, 1', bytes, 'NotImplementedError: sub-views are not implemented'],
    ['0, 1, 2, 3', bytes, 'TypeError: cannot index 3-dimension view with 4-element tuple'],
    ['0, 1, 9', bytes, 'IndexError: index out of bounds on dimension 3'],
    ['5, 1, 1', bytes, 'IndexError: index out of bounds on dimension 1'],
    ['0:1, 0:1', bytes, 'NotImplementedError: multi-dimensional slicing is not implemented'],
    ['0:1, 0', bytes, 'TypeError: memoryview: invalid slice key'],
    ['...', bytes, 'TypeError: memoryview: invalid slice key'],
    ['None', bytes, 'TypeError: memoryview: invalid slice key'],
    ['::0', bytes, 'ValueError: slice step cannot be zero'],
    ['0', vector('e', 2), 'NotImplementedError: memoryview: format e not supported'],
    ['9', vector('e', 2), 'IndexError: index out of bounds on dimension 1'],
    ['9', vector('>d', 8), 'NotImplementedError: memoryview: unsupported format >d'],
    ['0', zero, 'TypeError: invalid indexing of 0-dim memory'],
    ['0:1', zero, 'TypeError: invalid indexing of 0-dim memory'],
  ])('[%s] of %o', (text, view, expected) => {
    const subscripts = parseSlice(text);
    const found = subscripts.ok ? subscriptMemoryview(view, subscripts.value) : undefined;
    const error = found && !found.ok ? found.error : undefined;
    expect(`${error?.exception}: ${error?.message}`).toBe(expected);
  });

  test('what is allowed is a view', () => {
    const view = (text: string) => {
      const subscripts = parseSlice(text);
      if (!subscripts.ok) throw new Error(subscripts.error.message);
      return subscriptMemoryview(bytes, subscripts.value);
    };
    expect(view('1:')).toMatchObject({ value: { shape: [1, 3, 4], offset: 12 } });
    expect(view('::-1')).toMatchObject({ value: { strides: [-12, 4, 1], offset: 12 } });
    expect(view('1, 2, -1')).toMatchObject({ value: { shape: [], offset: 23 } });
  });
});
